import { sql } from 'kysely'
import type { Trx } from '../database/connect.ts'
import type { Fact } from '../module.ts'

/** Somebody is called to the program, by this fact. */
export interface Call {
  readonly person: string
  readonly fact: Pick<Fact, 'register' | 'seq' | 'at'>
}

/** What a module hands in: which of its facts call whom. */
export interface CallSource {
  readonly types: readonly string[]
  /** Reads in the transaction that wrote these facts, all of one of the types. */
  people(trx: Trx, facts: readonly Fact[]): Promise<readonly Call[]>
}

/** Writes down whom an act calls, in its own transaction; whoever did it himself is not called. */
export type Announce = (trx: Trx, facts: readonly Fact[]) => Promise<void>

/** @param sources of every module */
export function announcing(sources: readonly CallSource[]): Announce {
  return async (trx, facts) => {
    const calls: Call[] = []
    for (const { types, people } of sources) {
      const its = facts.filter(({ type }) => types.includes(type))
      if (its.length > 0) calls.push(...(await people(trx, its)))
    }
    const actors = new Set(facts.map(({ actor }) => actor))
    const others = calls.filter(({ person }) => !actors.has(person))
    if (others.length === 0) return
    await sql`
      insert into outbox_calls (register, seq, person, at, heard)
      select register, seq, person, at, false from unnest(
        ${others.map(({ fact }) => fact.register)}::text[], ${others.map(({ fact }) => fact.seq)}::bigint[],
        ${others.map(({ person }) => person)}::text[], ${others.map(({ fact }) => fact.at)}::timestamptz[]
      ) as called (register, seq, person, at)
      on conflict do nothing
    `.execute(trx)
  }
}
