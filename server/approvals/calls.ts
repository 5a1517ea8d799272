import { sql } from 'kysely'
import type { Trx } from '../database/connect.ts'
import type { CallSource } from '../outbox/calls.ts'
import { loadStates } from '../ledger/project.ts'
import type { Approval } from './approvals.ts'
import { placesOf } from './deciding.ts'
import { aboveOf, approvals } from './store.ts'

/** A request calls the approvers nearest to its department, those above where it has none but who asks; of several levels, those of the next. */
export const approvalCalls: CallSource = {
  types: ['approvals.asked', 'approvals.passed'],
  people: async (trx, facts) => {
    const called = await Promise.all(
      facts.map(async (fact) => {
        const id = fact.body.subject.slice('approval/'.length)
        const approval = (await loadStates(trx, approvals, [id])).get(id)
        if (approval === undefined || approval === null) return []
        const nearest = await nearestApprovers(trx, approval, fact.at)
        return nearest.map((person) => ({ person, fact }))
      }),
    )
    return called.flat()
  },
}

async function nearestApprovers(
  trx: Trx,
  { unit, requester, awaits }: Approval,
  at: string,
): Promise<readonly string[]> {
  const lineage = placesOf((await aboveOf(trx, [unit]))(unit), awaits ?? null)
  const found = await sql<{ person: string; place: string }>`
    select distinct a.person, a.place from appointments a join people p on p.id = a.person and p.active
    where a.post = 'approver' and a.place = any(${[...lineage]}::text[]) and a.person <> ${requester}
      and a.from_at <= ${at}::timestamptz and (a.to_at is null or a.to_at > ${at}::timestamptz)
  `.execute(trx)
  const place = lineage.find((one) => found.rows.some((row) => row.place === one))
  return found.rows.filter((row) => row.place === place).map(({ person }) => person)
}
