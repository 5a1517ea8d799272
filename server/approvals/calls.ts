import { sql } from 'kysely'
import type { Trx } from '../database/connect.ts'
import type { CallSource } from '../outbox/calls.ts'
import type { ApprovalFacts } from './approvals.ts'
import { lineageOf } from './store.ts'

/** A request calls the approvers nearest to its department: those of the department, or, where it has none but who asks, those above. */
export const approvalCalls: CallSource = {
  types: ['approvals.asked'],
  people: async (trx, facts) => {
    const called = await Promise.all(
      facts.map(async (fact) => {
        const { unit } = fact.body as unknown as ApprovalFacts['approvals.asked']
        const nearest = await nearestApprovers(trx, unit, { asker: fact.actor, at: fact.at })
        return nearest.map((person) => ({ person, fact }))
      }),
    )
    return called.flat()
  },
}

async function nearestApprovers(
  trx: Trx,
  unit: string,
  { asker, at }: { readonly asker: string; readonly at: string },
): Promise<readonly string[]> {
  const lineage = (await lineageOf(trx, [unit])).get(unit) ?? []
  const found = await sql<{ person: string; place: string }>`
    select distinct a.person, a.place from appointments a join people p on p.id = a.person and p.active
    where a.post = 'approver' and a.place = any(${[...lineage]}::text[]) and a.person <> ${asker}
      and a.from_at <= ${at}::timestamptz and (a.to_at is null or a.to_at > ${at}::timestamptz)
  `.execute(trx)
  const place = lineage.find((one) => found.rows.some((row) => row.place === one))
  return found.rows.filter((row) => row.place === place).map(({ person }) => person)
}
