import { sql } from 'kysely'
import type { Json, Reader } from '../module.ts'
import { ERASED, sealedIn } from './personal.ts'

/** An entry that erased personal content lawfully, and what was given as the ground. */
export interface Erasure {
  readonly register: string
  readonly seq: number
  readonly at: string
  /** The references that it blanked. */
  readonly refs: readonly string[]
  readonly ground: string
  /** The number of the decision it rests on. */
  readonly document: string
}

/** Everything that was ever erased lawfully, in its order. A text that is no entry any more is left to the check of its register. */
export async function readErasures(db: Reader): Promise<Erasure[]> {
  const found = await sql<{ register: string; seq: number; at: string; text: string }>`
    select register, seq, at, text from entries where register = 'org' and type = ${ERASED} order by seq
  `.execute(db)
  return found.rows.flatMap(({ text, ...where }) => {
    const said = bodyOf(text)
    return said === null ? [] : [{ ...where, ...said }]
  })
}

/** Of these references, those that a register says are erased. */
export async function lawfullyErased(db: Reader, refs: readonly string[]): Promise<ReadonlySet<string>> {
  if (refs.length === 0) return new Set()
  const erased = new Set((await readErasures(db)).flatMap((erasure) => erasure.refs))
  return new Set(refs.filter((ref) => erased.has(ref)))
}

function bodyOf(text: string): Pick<Erasure, 'refs' | 'ground' | 'document'> | null {
  let body: { readonly [member: string]: Json }
  try {
    ;({ body } = JSON.parse(text) as { body: { readonly [member: string]: Json } })
  } catch {
    return null
  }
  const { erased = null, ground, document } = body
  if (typeof ground !== 'string' || typeof document !== 'string') return null
  return { refs: sealedIn(erased).map(({ ref }) => ref), ground, document }
}
