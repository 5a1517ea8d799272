import { accountsFor } from '../deposit/special.ts'
import { sql } from 'kysely'
import { openInboundsOf } from '../inbound/reads.ts'
import { lineageOf } from '../../approvals/store.ts'
import { loadStates } from '../../ledger/project.ts'
import type { Circumstances, Reader } from '../../module.ts'
import '../../org/tables.ts'
import { itemsEverOf, trialOf } from '../account/account-trial.ts'
import type { Case } from '../cases/cases.ts'
import type { CloseState } from './closing.ts'
import type { Disposal } from './disposal.ts'
import { noNotices, typedNotices } from './issued-notices.ts'
import { namesOfCases } from '../in-clear/store.ts'
import type { Item } from '../items/item.ts'
import { holderNamesOf, holdersOf } from '../papers/holders.ts'
import { cases, disposals, items } from '../projections.ts'
import type { ItemNumbers } from './proceeds.ts'
import type { DisposalScene } from './proposing.ts'
import type { Scene } from '../scene.ts'
import { sightOf } from '../sight/sight.ts'
import { loadRegister } from '../intake/store.ts'
import { loadScene, type SceneNeeds } from '../store.ts'
import '../tables.ts'
import { taxPartsIn } from '../tax-roles/store.ts'
import { salesOf } from '../worth/store.ts'

type Asking = Pick<Circumstances, 'actor' | 'with' | 'at'>

/** Items with the papers they are to be disposed of by, and who may review. */
export async function loadDisposalScene(
  db: Reader,
  codes: readonly string[],
  asking: Asking,
  needs: SceneNeeds & {
    readonly reviewUnit?: string | undefined
    readonly disposal?: string
    /** Whether the act makes an item. */
    readonly numbers?: boolean
    /** The evidence that personal effects are to be since. */
    readonly becomes?: string | undefined
    /** What is typed as the number of a notice of release. */
    readonly notice?: string | undefined
  } = {},
): Promise<DisposalScene> {
  const scene = await loadScene(db, codes, asking, { ...needs, lineage: true })
  const named = [...scene.items.values()].flatMap((item) => item.disposal ?? [])
  const papers = needs.disposal === undefined ? named : [...named, needs.disposal]
  return {
    ...scene,
    disposals: (await loadStates(db, disposals, papers, { lock: true })) as Map<string, Disposal>,
    numbers: needs.numbers === true ? await numbersFor(db, scene, asking) : null,
    names: await namesOfCases(db, scene.cases),
    became: await becameAmong(db, scene, needs.becomes),
    holders: await holdersOf(db, [...scene.items.values()]),
    holderNames: await holderNamesOf(db, [...scene.items.values()]),
    // Only what makes money an item says into which account it went.
    accounts: needs.numbers === true ? await accountsFor(db, scene) : new Set(),
    notices: needs.notice === undefined ? noNotices : await typedNotices(db, codes, needs.notice),
    sales: await salesOf(db, scene.cases.values()),
    roles: await taxPartsIn(db, scene.cases.values()),
    approving: await approvingAmong(db, needs.reviewUnit === undefined ? [] : [needs.reviewUnit]),
  }
}

async function numbersFor(db: Reader, { items: its }: Scene, asking: Asking): Promise<ItemNumbers> {
  const [first] = its.values()
  const { unitNumber, nextSerial, nextOrdinal } = await loadRegister(db, { case: first?.case ?? '', items: [] }, asking)
  return { unitNumber, nextSerial, nextOrdinal }
}

/** The code where things of the same case became it already: whoever names it holds its row, so that two never do at once. */
async function becameAmong(db: Reader, { items: its }: Scene, code: string | undefined): Promise<Set<string>> {
  const of = code === undefined ? undefined : its.get(code)?.case
  if (code === undefined || of === undefined) return new Set()
  const found = await sql`
    select from items where case_number = ${of} and state #>> '{disposed,becomes}' = ${code} limit 1
  `.execute(db)
  return new Set(found.rows.length > 0 ? [code] : [])
}

async function approvingAmong(db: Reader, units: readonly string[]): Promise<Set<string>> {
  if (units.length === 0) return new Set()
  const found = await sql<{ place: string }>`
    select distinct a.place from appointments a join people p on p.id = a.person
    where a.place = any(${[...units]}::text[]) and a.post = 'approver' and a.to_at is null and p.active
  `.execute(db)
  return new Set(found.rows.map(({ place }) => place))
}

/** A case with everything it took, locked, and its account as it is tried now: what closing it looks at. */
export async function loadCloseState(db: Reader, number: string, { actor, at }: Asking): Promise<CloseState> {
  const found = await sql<{ id: string }>`select id from items where case_number = ${number}`.execute(db)
  const its = (await loadStates(
    db,
    items,
    found.rows.map(({ id }) => id),
    { lock: true },
  )) as ReadonlyMap<string, Item>
  const all = [...its.values()]
  return {
    sight: await sightOf(db, actor, at),
    cases: (await loadStates(db, cases, [number], { lock: true })) as ReadonlyMap<string, Case>,
    items: all,
    inbounds: await openInboundsOf(db, number),
    wrong: (await trialOf(db, await itemsEverOf(db, number), number)).wrong,
  }
}

/** A case or several, the units above their own, and what the actor may see. */
export async function loadCaseScene(
  db: Reader,
  number: string | readonly string[],
  { actor, at }: Asking,
): Promise<Pick<Scene, 'cases' | 'lineage' | 'sight'>> {
  const found = (await loadStates(db, cases, [number].flat(), { lock: true })) as ReadonlyMap<string, Case>
  return {
    cases: found,
    sight: await sightOf(db, actor, at),
    lineage: await lineageOf(
      db,
      [...found.values()].map(({ unit }) => unit),
    ),
  }
}
