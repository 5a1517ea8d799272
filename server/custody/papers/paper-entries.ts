import { sql } from 'kysely'
import { type EntryMembers, toFact } from '../../ledger/entry.ts'
import type { Fact, Reader } from '../../module.ts'
import { type CustodyFact, custodyFact, type FactType } from '../custody.ts'

type Told<T extends FactType> = Extract<CustodyFact, { type: T }>

/** Facts of these types about these items, in the order of their registers' time; what a paper says of an act, the register says. */
export async function factsOf<T extends FactType>(
  db: Reader,
  codes: readonly string[],
  types: readonly T[],
): Promise<readonly Told<T>[]> {
  const all = await entriesOf(db, subjectsOf(codes), types)
  return all.map((fact) => custodyFact(fact) as Told<T>)
}

/** The same without their types: everything that is told of these items. */
export async function livesOf(db: Reader, codes: readonly string[]): Promise<readonly Fact[]> {
  return entriesOf(db, subjectsOf(codes), null)
}

const BOX_TYPES = ['custody.container-added', 'custody.container-lent', 'custody.container-returned'] as const

/** What is told of a box: which it is, and each time that it went out of the store as a whole and came back. */
export async function factsOfBox(db: Reader, container: string): Promise<readonly Told<(typeof BOX_TYPES)[number]>[]> {
  const all = await entriesOf(db, [`container/${container}`], BOX_TYPES)
  return all.map((fact) => custodyFact(fact) as Told<(typeof BOX_TYPES)[number]>)
}

const subjectsOf = (codes: readonly string[]): string[] => codes.map((code) => `item/${code}`)

async function entriesOf(db: Reader, subjects: readonly string[], types: readonly string[] | null): Promise<Fact[]> {
  if (subjects.length === 0) return []
  const found = await sql<{ text: string; hash: Buffer }>`
    select text, hash from entries
    where subject = any(${subjects}::text[])
      and (${types}::text[] is null or type = any(${types}::text[]))
    order by at, subject, n
  `.execute(db)
  return found.rows.map(({ text, hash }) => toFact(JSON.parse(text) as EntryMembers, hash))
}
