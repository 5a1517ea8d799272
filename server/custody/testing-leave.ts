import type { Act } from '../act.ts'
import '../approvals/tables.ts'
import type { Db } from '../database/connect.ts'
import { standsUnapproved } from './measures/unapproved.ts'
import './tables.ts'

/** Who agrees for a department and for the organ, in the organisation of the tests and of the demonstration. */
const HEADS: Readonly<Record<string, string>> = { 'dept-1': 'qian-lei', 'dept-2': 'he-fang' }
const LEADER = 'sun-bo'

/** What was taken on its notice alone, or on the spot, is approved afterwards by all who must: asked by one of the officers who took it. */
export async function withLeave(
  { act, db }: { readonly act: Act; readonly db: Db },
  codes: readonly string[],
): Promise<void> {
  const found = await db.selectFrom('items').select('state').where('id', 'in', codes).execute()
  const lacking = found.map(({ state }) => state).filter(standsUnapproved)
  for (const its of Map.groupBy(lacking, ({ case: number, measure }) => `${number} ${measure.kind}`).values()) {
    const items = its.map(({ code }) => code)
    const [person = ''] = its[0]?.measure.officers ?? []
    const at = its.map(({ lastAt }) => lastAt).reduce((a, b) => (a > b ? a : b))
    const cause = `leave ${items.join(' ')}`
    const deed = { command: 'confirm-measure', items }
    const { result } = await act({ person }, { type: 'approvals.ask', deed, reason: '补办批准' }, { cause, at })
    const approval = String(result['id'])
    for (const approver of [HEADS[its[0]?.unit ?? ''] ?? '', LEADER]) {
      const asked = db.selectFrom('approvals').select('id').where('id', '=', approval).where('status', '=', 'asked')
      if ((await asked.executeTakeFirst()) === undefined) break
      await act({ person: approver }, { type: 'approvals.grant', approval }, { cause: `${cause} ${approver}`, at })
    }
  }
}
