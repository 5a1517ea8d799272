import { sql } from 'kysely'
import type { Reader } from '../module.ts'
import { ERASED } from './personal.ts'

/** An entry that erased personal content: how much of it, and what was given as the ground. */
export interface Erasure {
  readonly register: string
  readonly seq: number
  readonly at: string
  readonly pieces: number
  readonly ground: string
  /** The number of the decision it rests on. */
  readonly document: string
}

/** Everything that was ever erased lawfully, in its order. */
export async function readErasures(db: Reader): Promise<Erasure[]> {
  const found = await sql<Erasure>`
    select register, seq, at, jsonb_array_length(body->'erased') as pieces, body->>'ground' as ground, body->>'document' as document
    from (select register, seq, at, text::jsonb->'body' as body from entries where register = 'org' and type = ${ERASED}) erasures
    order by seq
  `.execute(db)
  return found.rows
}
