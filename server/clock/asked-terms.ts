import type { DeedData, TermAsked } from '../approvals/approvals.ts'
import type { Reader } from '../module.ts'
import { namesOf } from '../names.ts'
import type { Calendars } from './calendar.ts'
import { loadCalendars } from './calendars.ts'
import type { Clock } from './clock.ts'
import { matterOf, titleOf } from './naming.ts'
import './tables.ts'

/**
 * The term that each of these requests is over, for who decides: its rule, the case or loan, what is not done yet, and until when.
 * @param wouldBe when a clock is due once that deed were granted at this moment; null where granting does not move it
 */
export async function termsAsked(
  db: Reader,
  deeds: readonly DeedData[],
  wouldBe: (clock: Clock, deed: DeedData, calendars: Calendars) => string | null,
): Promise<ReadonlyMap<DeedData, TermAsked>> {
  if (deeds.length === 0) return new Map()
  const ids = [...new Set(deeds.map(({ clock }) => String(clock)))]
  const found = await db.selectFrom('clocks').select(['id', 'state']).where('id', 'in', ids).execute()
  const clocks = new Map(found.map(({ id, state }) => [id, state]))
  const named = await namesOf(
    db,
    [...clocks.values()].flatMap(({ matter }) => (matter.startsWith('case/') ? [matter] : [])),
  )
  const calendars = await loadCalendars(db)
  return new Map(
    deeds.flatMap((deed): [DeedData, TermAsked][] => {
      const clock = clocks.get(String(deed['clock']))
      if (clock === undefined) return []
      const { rule, matter, dueAt, terms } = clock
      const term = {
        ...{ rule, title: titleOf(rule), basis: terms.basis, items: itemsOf(clock), dueAt },
        matter: matterOf(matter.startsWith('case/') ? `case/${named(matter).name}` : matter),
        wouldBeDueAt: wouldBe(clock, deed, calendars),
      }
      return [[deed, term]]
    }),
  )
}

function itemsOf({ subjects }: Clock): string[] {
  const items = subjects.filter(({ subject }) => subject.startsWith('item/'))
  const open = items.filter(({ doneAt }) => doneAt === null)
  return (open.length > 0 ? open : items).map(({ subject }) => subject.slice('item/'.length))
}
