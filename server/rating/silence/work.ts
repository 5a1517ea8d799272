import { sql } from 'kysely'
import type { WorkItem } from '../../inbox/protocol.ts'
import { pageOfWork, type WorkSource } from '../../inbox/work.ts'
import type { Words } from '../../refusal.ts'
import type { Silence } from './facts.ts'
import type { CounterSilence } from './silence.ts'
import '../tables.ts'

/** Of one house at once; the rest comes up as these speak again. */
const OPEN_MOST = 200

const WHAT: Readonly<Record<Silence, (services: number | null) => Words>> = {
  pad: () => ({ zh: '评价器没有信号', en: 'A rating pad gives no sign' }),
  screen: () => ({ zh: '评价屏没有信号', en: 'A rating screen gives no sign' }),
  votes: (services) => ({
    zh: `连续 ${services} 次服务无人评价，请检查评价器`,
    en: `Nobody voted on ${services} services in a row: look at the pad`,
  }),
}

/** Silent counters: for the head of the hall, and for the system administrator as far as it is a device that gives no sign. */
export const silenceWork: WorkSource = async (db, asked) => {
  const { appointments } = asked.actor
  const halls = appointments.filter(({ post }) => post === 'manager').map(({ place }) => place)
  const keeps = appointments.some(({ post }) => post === 'system-admin')
  if (halls.length === 0 && !keeps) return []
  const { rows } = await sql<{ state: CounterSilence; name: string }>`
    select r.state, coalesce(s.name, r.state ->> 'counter') as name
    from rating_silences r left join stations s on s.id = r.state ->> 'counter'
    where r.silent and (r.hall = any(${halls}::text[]) or (${keeps} and r.state ->> 'what' <> 'votes'))
    order by r.told_at, r.id limit ${OPEN_MOST}
  `.execute(db)
  return pageOfWork(
    rows.map(({ state: { id, what, toldAt, services }, name }): WorkItem => ({
      ...{ kind: 'silence', id, by: toldAt, dueAt: null, level: 'orange', about: name },
      what: WHAT[what](services),
      path: keeps ? '/manage/devices' : '/rating/hall',
    })),
    asked,
  )
}
