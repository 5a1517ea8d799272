import { sql } from 'kysely'
import { parseEntry } from '../../ledger/entry.ts'
import type { Reader } from '../../module.ts'
import { lockWhenIdle } from '../../stations/session.ts'
import type { PersonView } from '../../stations/protocol.ts'
import { readSession } from '../../stations/store.ts'
import { namesOf } from '../../names.ts'
import { storeRegister } from '../custody.ts'
import { openIncidentOf } from '../incidents/photos.ts'
import { readItems } from '../reads.ts'
import type { PaperSigner, SignedPaper } from '../signing/facts.ts'
import { LOAN_ACTS } from '../signing/loan-sides.ts'
import { signedItem } from '../signing/places.ts'
import type { BenchAfterwards, BenchPlace } from '../signing/protocol.ts'
import { readSides } from '../signing/sides.ts'
import { signatureFor } from '../signing/signing.ts'

/**
 * What was done at a bench this recently may be signed at it, and photographed: who gave badge and PIN for it still stands there. Later it is
 * signed at a desk, with badge and PIN again.
 */
export const AFTERWARDS_MS = 15 * 60_000
/** A store's last entries are looked through, not all of a busy day. */
const ENTRIES_MOST = 1_000

const SIGNED = ['custody.checked-in', 'custody.lent', 'custody.returned'] as const
const STOPPED = 'custody.incident-opened'

/** One of the acts of whoever works at the bench, as its register tells it. */
interface Deed {
  readonly type: string
  readonly item: string
  readonly with: readonly string[]
  readonly paper: SignedPaper | null
}

/** Who works at a bench now: signed in, not locked, and between two works; null where nobody does. */
export async function freeAt(db: Reader, station: string, now: string): Promise<PersonView | null> {
  const { custodian, locked, work } = lockWhenIdle((await readSession(db, station, now)).session, now)
  return custodian === null || locked || work !== null ? null : { id: custodian.id, name: custodian.name }
}

/**
 * What may be added at a bench to what was just done there: signatures by hand of the custodian and of who signed it beside him with badge and
 * PIN, and photos of what was found to differ.
 */
export async function afterwardsAt(
  db: Reader,
  { station, store, custodian }: { readonly station: string; readonly store: string; readonly custodian: string },
  now: string,
): Promise<BenchAfterwards> {
  const since = new Date(Date.parse(now) - AFTERWARDS_MS).toISOString()
  const deeds = await deedsAt(db, { station, store, custodian, since })
  const places = await placesIn(db, deeds, custodian)
  const stopped = deeds.filter(({ type }) => type === STOPPED).map(({ item }) => item)
  const differing = (await readItems(db, [...new Set(stopped)])).filter(({ incident }) => incident !== null)
  return {
    places,
    differing: differing.map((item) => {
      const nth = openIncidentOf(item)
      return { ...signedItem(item), photos: item.photos.filter(({ incident }) => incident === nth).length }
    }),
  }
}

async function deedsAt(
  db: Reader,
  { station, store, custodian, since }: Record<'station' | 'store' | 'custodian' | 'since', string>,
): Promise<Deed[]> {
  const register = storeRegister(store)
  const found = await sql<{ text: string }>`
    select text from entries
    where register = ${register} and seq > (select max(seq) from entries where register = ${register}) - ${ENTRIES_MOST}
      and type = any(${[...SIGNED, STOPPED]}::text[]) and actor = ${custodian} and at >= ${since}::timestamptz
    order by seq
  `.execute(db)
  return found.rows.flatMap(({ text }): Deed[] => {
    const { type, body, station: where, with: others } = parseEntry(text)
    const { subject, list, loan } = body as unknown as Record<'subject' | 'list' | 'loan', string>
    if (where !== station) return []
    return [{ type, item: subject.slice('item/'.length), with: others, paper: paperOf(type, { list, loan }) }]
  })
}

function paperOf(type: string, { list, loan }: Readonly<Record<'list' | 'loan', string>>): SignedPaper | null {
  if (type === 'custody.checked-in') return { code: list, act: null }
  if (type === 'custody.lent') return { code: loan, act: LOAN_ACTS.out }
  return type === 'custody.returned' ? { code: loan, act: LOAN_ACTS.back } : null
}

/** Places on the papers of these deeds that nothing stands in yet, of whoever stood there. */
async function placesIn(db: Reader, deeds: readonly Deed[], custodian: string): Promise<BenchPlace[]> {
  const byPaper = Map.groupBy(
    deeds.filter(({ paper }) => paper !== null),
    ({ paper }) => JSON.stringify(paper),
  )
  const open: (Omit<BenchPlace, 'person' | 'items'> & { person: string; items: BenchPlace['items'] })[] = []
  for (const its of byPaper.values()) {
    const paper = its[0]?.paper
    if (!paper) continue
    const sides = await readSides(db, paper.code, paper.act)
    const items = new Map(
      (
        await readItems(
          db,
          its.map(({ item }) => item),
        )
      ).map((item) => [item.code, item]),
    )
    for (const as of ['giver', 'taker'] as const)
      for (const person of new Set(its.flatMap((deed) => [custodian, ...deed.with]))) {
        const his = its.flatMap((deed) => {
          const item = items.get(deed.item)
          const stood = person === custodian || deed.with.includes(person)
          const mine = stood && sides.get(deed.item)?.[as].includes(person) === true
          return item !== undefined && mine && signatureFor(item, as, person, paper) === undefined ? [item] : []
        })
        if (his.length > 0)
          open.push({ ...paperMembers(paper), as, person, items: his.map((item) => signedItem(item)) })
      }
  }
  const named = await namesOf(
    db,
    open.map(({ person }) => `person/${person}`),
  )
  return open.map((place) => ({ ...place, person: { id: place.person, name: named(`person/${place.person}`).name } }))
}

const paperMembers = ({ code, act }: SignedPaper): Pick<BenchPlace, 'paper' | 'act'> => ({ paper: code, act })

/** The place of this person that is signed, if it is one of those that are open. */
export function placeAmong(
  places: readonly BenchPlace[],
  { paper, act, as, person }: { paper: string; act: number | null; as: PaperSigner; person: string },
): BenchPlace | undefined {
  return places.find(
    (place) => place.paper === paper && place.act === act && place.as === as && place.person.id === person,
  )
}
