import { sql } from 'kysely'
import type { Actor, Projection, Reader } from '../module.ts'
import { evolveLeak, type Leak } from './leaks.ts'
import './tables.ts'

export const leaks: Projection<Leak | null> = {
  kind: 'leak',
  table: 'leaks',
  initial: null,
  evolve: evolveLeak,
  columns: (_id, leak) => {
    if (leak === null) throw new Error('a leak begins with its registration')
    const { unit, by, closed, dueAt } = leak
    return { unit, person: by, open: closed === null, due_at: dueAt }
  },
}

/** Leaks in sight, the newest first: supervisors all, others their own. */
export async function listLeaks(
  db: Reader,
  { person, appointments }: Actor,
  { limit, after }: { readonly limit: number; readonly after: string | null },
): Promise<Leak[]> {
  const all = appointments.some(({ post }) => post === 'supervisor')
  const found = await sql<{ state: Leak }>`
    select state from leaks where (${all} or person = ${person}) and (${after}::text is null or id < ${after})
    order by id desc limit ${limit}
  `.execute(db)
  return found.rows.map(({ state }) => state)
}
