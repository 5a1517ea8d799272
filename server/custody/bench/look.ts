import { loadActor } from '../../access/actor.ts'
import { readPersonal } from '../../ledger/personal.ts'
import { loadStates } from '../../ledger/project.ts'
import type { Actor, Circumstances, Mint, Reader } from '../../module.ts'
import { Refusal, type RefusalCode } from '../../refusal.ts'
import type { Bench, ProcedureInput } from '../../stations/procedure.ts'
import type { ItemView } from '../../stations/protocol.ts'
import type { Say } from '../../stations/say.ts'
import { namesOf, textOf } from '../../names.ts'
import '../../stations/tables.ts'
import { itemView } from './view.ts'
import type { Item } from '../items/item.ts'
import { type Around, lookAround } from './around.ts'
import { disposalsDue } from './disposals.ts'
import { sayPaper } from './paper-scan.ts'
import type { BenchStocktake } from './stocktake.ts'
import { itemsOfTags, lookAtStocktake } from './stocktake-look.ts'
import type { Label } from '../papers/labels.ts'
import type { HandoverList } from '../intake/lists.ts'
import type { LockState } from '../locks/locks.ts'
import { lookAtLocks } from '../locks/reads.ts'
import { items, lists } from '../projections.ts'
import { scaleOf, type StationScale } from '../scales/reads.ts'
import { mayLookUp } from '../reads.ts'
import { caseOf, emptyScene, type Scene } from '../scene.ts'
import { sightOf } from '../sight/sight.ts'
import { itemsUnder, loadBags, loadSeals } from '../seals/seal-store.ts'
import { loadSigners } from '../people/signers.ts'
import { contentsOfBox, lentInBox } from '../keeping/store.ts'
import { unpackedAway } from '../keeping/unpacked.ts'
import { lyingAt } from '../store.ts'
import { numberNow } from '../renumbering/renumbering.ts'

/** What a step at a bench looks at. Read without locks: the act itself decides again on what is locked. */
export interface BenchLook {
  readonly actor: Actor
  readonly scene: Scene
  /** The list that was scanned, or that the scanned item stands on. */
  readonly list: HandoverList | null
  /** The stock-take whose paper was scanned; only looked up where no list has that code. */
  readonly stocktake: BenchStocktake | null
  /** The items that wear the tags a reader has heard: number to code. */
  readonly tagged: ReadonlyMap<string, string>
  /** The scanned issue of the item's label. */
  readonly labels: ReadonlyMap<string, Label>
  readonly views: ReadonlyMap<string, ItemView>
  /** What is closed with the seal whose strip was scanned, by code; only looked up where work begins. */
  readonly sealed: readonly string[]
  /** What is to be said of the issued paper whose symbol was scanned; null where none was. */
  readonly paper: Say | null
  /** The locks of the store and who signs for one; read only where one is to be opened. */
  readonly locks: LockState
  /** The scale of the station; read only where it is weighed, or checked. */
  readonly scale: StationScale | null
  /** Whether the station can put a slip on paper; only looked up for a signature, with which work may end. */
  readonly printer: boolean
}

/** What was weighed, or the card that weighs. */
function weighs(input: ProcedureInput): boolean {
  return input.kind === 'weight' || (input.kind === 'command' && input.word === 'WEIGH')
}

const NO_LOCKS: LockState = { locks: [], keeping: null, signers: new Map() }

/** Reads what was scanned, the items the work names, and who acts; by sets. The whole list only where work `begins`. */
export async function lookAtBench(
  db: Reader,
  {
    named,
    signers,
    begins,
    seals,
    opens = false,
    boxes: held = [],
    counting = null,
  }: {
    readonly named: readonly string[]
    readonly signers: readonly string[]
    readonly begins: boolean
    /** Numbers of new seals that the step gives. */
    readonly seals: readonly string[]
    /** Whether a lock is to be opened. */
    readonly opens?: boolean
    /** Boxes that the work is about. */
    readonly boxes?: readonly string[]
    /** The count in work: what of it is left is read again at each confirmation. */
    readonly counting?: string | null
  },
  input: ProcedureInput,
  { custodian, station, at }: Bench,
): Promise<BenchLook> {
  const scanned = input.kind === 'scan' ? input.scanned : null
  const code = scanned !== null && 'code' in scanned ? scanned.code : null
  const own = scanned?.kind === 'item' && code !== null ? [code] : []
  // Scanned at an idle bench, a box begins its own work, with all that is in it or went out in it.
  const boxed =
    scanned?.kind === 'container' && code !== null && begins
      ? [...(await contentsOfBox(db, code)), ...(await lentInBox(db, code))]
      : []
  const strip = scanned?.kind === 'text' && begins ? scanned.text : null
  const under = strip === null ? [] : await itemsUnder(db, strip)
  const asked = await stateOf<Item>(db, items, [...own, ...boxed, ...under, ...named])
  // A seal is opened over everything under it.
  const bags =
    input.kind === 'choose' && input.option === 'unseal'
      ? await loadBags(db, [...asked.values()])
      : new Map<string, string[]>()
  const first = new Map([...asked, ...(await stateOf<Item>(db, items, [...bags.values()].flat()))])
  const ofItem = begins ? (first.get(own[0] ?? '')?.list ?? null) : null
  const listCode = scanned?.kind === 'document' && begins ? code : ofItem
  const list = listCode === null ? null : ((await stateOf<HandoverList>(db, lists, [listCode])).get(listCode) ?? null)
  const onList = list === null ? [] : list.lines.map(({ item }) => item).filter((item) => !first.has(item))
  const found = new Map([...first, ...(await stateOf<Item>(db, items, onList))])
  const places = scanned?.kind === 'location' && code !== null ? [code] : []
  const lying = [...found.values()].flatMap(({ location }) => location ?? [])
  const boxes = [...(scanned?.kind === 'container' && code !== null ? [code] : []), ...held]
  const around = await lookAround(db, {
    locations: [...places, ...lying],
    containers: [...boxes, ...[...found.values()].flatMap(({ container }) => container ?? [])],
    cases: [...found.values()].map((item) => item.case),
    scanned: scanned?.kind === 'item' && scanned.issue !== null ? { code: scanned.code, issue: scanned.issue } : null,
  })
  const shelves = boxes.flatMap((box) => around.containers.get(box)?.location ?? [])
  const borrowers = [...found.values()].flatMap(({ loan }) => (loan === null ? [] : [`person/${loan.borrower}`]))
  const borrowerOf = await namesOf(db, borrowers)
  const contents = await readPersonal(
    db,
    [...found.values()].flatMap(({ features }) => features?.ref ?? []),
  )
  const actor = await loadActor(db, custodian.id, at)
  const sight = await sightOf(db, actor, at)
  const paperCode = scanned?.kind === 'document' && begins && list === null ? scanned.code : null
  const counted = input.kind === 'command' ? counting : paperCode
  const due = await disposalsDue(db, [...found.values()], actor)
  const lookedUp: string[] = []
  for (const one of [...own, ...under]) {
    const item = found.get(one)
    if (item !== undefined && (await mayLookUp(db, sight, item))) lookedUp.push(one)
  }
  return {
    actor,
    scene: {
      ...emptyScene,
      sight: sight === 'all' ? sight : { ...sight, items: [...sight.items, ...lookedUp] },
      items: found,
      cases: around.cases,
      locations: around.locations,
      containers: around.containers,
      occupied: await lyingAt(db, 'location', [...places, ...shelves]),
      packed: await lyingAt(db, 'container', boxes),
      unpacked: await unpackedAway(db, [...around.containers.values()]),
      signers: await loadSigners(db, signers, at),
      seals: await loadSeals(db, seals),
      bags,
    },
    list,
    stocktake: counted === null ? null : await lookAtStocktake(db, counted, actor),
    tagged: await itemsOfTags(db, input.kind === 'tags' ? input.seen.map(({ epc }) => epc) : []),
    labels: around.labels,
    sealed: under.filter((one) => lookedUp.includes(one)),
    paper: scanned?.kind === 'text' ? await sayPaper(db, scanned.text, { actor, sight }) : null,
    locks: opens ? await lookAtLocks(db, station.place, signers, at) : NO_LOCKS,
    scale: weighs(input) ? await scaleOf(db, station.id) : null,
    printer: input.kind === 'signed' && (await hasPrinter(db, station.id)),
    views: new Map(
      [...found].map(([item, state]) => [
        item,
        itemView(state, {
          number: numberNow(caseOf(around, state.case)),
          features: textOf(contents.get(state.features?.ref ?? '')) ?? '',
          location: placeOf(state, around),
          borrower: state.loan === null ? null : borrowerOf(`person/${state.loan.borrower}`).name,
          disposal: due.get(item) ?? null,
          at,
        }),
      ]),
    ),
  }
}

/** The shelf, and the box on it. */
function placeOf({ location, container }: Item, around: Pick<Around, 'locations' | 'containers'>): string | null {
  if (location === null) return null
  const names = [around.locations.get(location)?.name, around.containers.get(container ?? '')?.name]
  return names.every((name) => name === undefined) ? null : names.filter((name) => name !== undefined).join(' · ')
}

async function hasPrinter(db: Reader, station: string): Promise<boolean> {
  const found = await db.selectFrom('stations').select('state').where('id', '=', station).executeTakeFirst()
  return found?.state.devices.some(({ kind }) => kind === 'label-printer') === true
}

async function stateOf<S>(
  db: Reader,
  projection: Parameters<typeof loadStates<S | null>>[1],
  ids: readonly string[],
): Promise<Map<string, S>> {
  return (await loadStates(db, projection, ids)) as Map<string, S>
}

/** A rehearsal invents nothing: what it decides is thrown away. */
export const noMint: Mint = {
  id: () => '00000000-0000-7000-8000-000000000000',
  epc: () => '0'.repeat(24),
  seed: () => '0'.repeat(64),
  seal: () => ({ ref: '', commitment: '' }),
}

/**
 * Runs a decision of the register ahead of its time, so that the bench refuses at the scan what the act would refuse at the end.
 * Refusals that only say what has not been done yet are no news.
 * @throws Refusal as the decision does
 */
export function rehearse(
  { actor }: Pick<BenchLook, 'actor'>,
  { station, at }: Bench,
  signers: readonly string[],
  decide: (circumstances: Circumstances) => unknown,
  notYet: readonly RefusalCode[] = [],
): void {
  try {
    decide({ actor, with: signers, station: { id: station.id, place: station.place }, at, mint: noMint })
  } catch (error) {
    if (!(error instanceof Refusal) || !notYet.includes(error.code)) throw error
  }
}
