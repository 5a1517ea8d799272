import { parseEntry } from '../../ledger/entry.ts'
import type { Post, Reader } from '../../module.ts'
import { appointmentsThen } from '../../org/org.ts'
import type { Facts } from '../custody.ts'
import type { HandoverList } from '../intake/lists.ts'
import { holdsPost } from '../separation.ts'
import '../../ledger/tables.ts'
import '../../org/tables.ts'

/** One item's way from a list into the store, as its register tells it. */
export interface Received {
  readonly item: string
  readonly at: string
  /** Id of the custodian. */
  readonly receiver: string
  /** Ids of the officers of the department who signed it over; who submitted the list where nobody signed at all. */
  readonly givers: readonly string[]
  /** Where it was put then. */
  readonly location: string
  /** What the scale said then; null where it was not weighed. */
  readonly weight_mg: number | null
  /** The seal that was read then; null where none was. */
  readonly sealNumber: string | null
  /** Whether it was compared with its photos. */
  readonly photoCompared: boolean
}

/** What the store has taken in of a list, by item: items of one list may come in by several acts, with other people on other days. */
export async function receivedOn(db: Reader, list: HandoverList): Promise<ReadonlyMap<string, Received>> {
  const taken = list.lines.filter(({ outcome }) => outcome === 'checked-in').map(({ item }) => `item/${item}`)
  if (taken.length === 0) return new Map()
  const found = await db
    .selectFrom('entries')
    .select('text')
    .where('subject', 'in', taken)
    .where('type', '=', 'custody.checked-in')
    .orderBy('at')
    .orderBy('register')
    .orderBy('seq')
    .execute()
  const entries = found.flatMap(({ text }) => {
    const { actor, at, with: signers, body } = parseEntry(text)
    const {
      list: of,
      location,
      weight_mg,
      sealNumber,
      photoCompared,
      subject,
    } = body as unknown as Facts['custody.checked-in'] & { readonly subject: string }
    return of === list.code
      ? [{ actor, at, signers, location, weight_mg, sealNumber, photoCompared, item: subject.slice('item/'.length) }]
      : []
  })
  const givers = await holdersThen(
    db,
    { post: 'officer', place: list.unit },
    entries.flatMap(({ signers }) => signers),
  )
  return new Map(
    entries.map(({ actor, signers, ...found }) => {
      const { item, at } = found
      const signed = signers.filter((person) => givers(person, at))
      return [item, { ...found, receiver: actor, givers: signers.length === 0 ? [list.submittedBy] : signed }]
    }),
  )
}

/** Which of these people held a post at a place at a moment, wherever they are now. */
export async function holdersThen(
  db: Reader,
  { post, place }: { readonly post: Post; readonly place: string },
  people: readonly string[],
): Promise<(person: string, at: string) => boolean> {
  if (people.length === 0) return () => false
  const found = await db
    .selectFrom('people')
    .select(['id', 'state'])
    .where('id', 'in', [...new Set(people)])
    .execute()
  const states = new Map(found.map(({ id, state }) => [id, state]))
  return (person, at) => {
    const state = states.get(person)
    if (state === undefined) return false
    return holdsPost({ person, unit: state.unit, appointments: appointmentsThen(state, at) }, post, place)
  }
}
