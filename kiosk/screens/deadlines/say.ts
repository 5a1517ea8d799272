/** How a deadline and the terms of a rule are said. */

import type { DeadlineTerms, ShownClock, ShownDeadline, Standing } from '../../../server/clock/protocol.ts'
import { directory } from '../../custody/directory.svelte.ts'
import { sayDue, saySpan } from '../../custody/say.ts'
import type { State } from '../../parts/state.ts'
import { t } from '../../words/words.svelte.ts'

export const STANDING_STATES = {
  running: 'quiet',
  warned: 'attention',
  overdue: 'refused',
  paused: 'unknown',
  excepted: 'quiet',
  met: 'ok',
  late: 'fault',
} as const satisfies Readonly<Record<Standing, State>>

/** `临期 · 橙色提醒`: in words what the colour says. */
export function sayStanding({ standing, colour }: Pick<ShownClock, 'standing' | 'colour'>): string {
  const words = t(`deadlines.${standing}`)
  return standing === 'warned' && colour !== null ? `${words} · ${t(`deadlines.colour-${colour}`)}` : words
}

/** How often it was put off, and why there is no more of it, or from when on it may be asked for again. */
export function sayExtended({ extensions: times, further }: Pick<ShownDeadline, 'extensions' | 'further'>): string {
  if (further === null) return t('deadlines.extended', { times })
  const { from } = further
  return from === null ? t('deadlines.extended-last', { times }) : t('deadlines.extended-from', { times, from })
}

/** Whether its days are not counted now, so that its day is none on which anything is due. */
export function isStill({ standing }: Pick<ShownClock, 'standing'>): boolean {
  return standing === 'paused' || standing === 'excepted'
}

/** When it is due; of what stands still, that it does. */
export function sayWhenDue({ standing, dueAt }: Pick<ShownClock, 'standing' | 'dueAt'>): string {
  if (standing === 'excepted') return t('deadlines.due-excepted')
  return standing === 'paused' ? t('deadlines.due-paused') : sayDue(dueAt)
}

/** `还有 3 天`, `超期 2 天`; nothing for what has ended or is paused. */
export function sayLeft({ standing, dueAt }: Pick<ShownClock, 'standing' | 'dueAt'>, now_ms: number): string {
  if (standing === 'met' || standing === 'late' || isStill({ standing })) return ''
  const left_ms = Date.parse(dueAt) - now_ms
  return left_ms < 0
    ? t('deadlines.late-span', { span: saySpan(-left_ms) })
    : t('deadlines.left-span', { span: saySpan(left_ms) })
}

/** A case or a stock-take by its number, a store by its name, a loan or a notice by the end of its own: never a person. */
export function sayMatter({ matter }: Pick<ShownClock, 'matter'>): string {
  if (matter.kind === 'case') return matter.id
  if (matter.kind === 'follow-up') return t('deadlines.follow-up', { id: matter.id.slice(-8) })
  if (matter.kind === 'action') return t('deadlines.action', { id: matter.id.slice(-8) })
  if (matter.kind === 'stocktake') return t('deadlines.stocktake', { id: matter.id })
  if (matter.kind === 'annual') return sayYear(matter.id)
  if (matter.kind === 'store') return directory.nameOf(`store/${matter.id}`)
  return t(matter.kind === 'loan' ? 'deadlines.loan' : 'deadlines.urging', { id: matter.id.slice(-8) })
}

/** Where the statement of a year of a unit is made. */
export function annualPath(id: string): string {
  const slash = id.indexOf('/')
  return `/supervise/annual?${new URLSearchParams({ unit: id.slice(0, slash), year: id.slice(slash + 1) }).toString()}`
}

/** A year of a unit: `dept-1/2025`. */
function sayYear(id: string): string {
  const slash = id.indexOf('/')
  const name = directory.nameOf(`unit/${id.slice(0, slash)}`)
  return t('deadlines.annual', { name, year: id.slice(slash + 1) })
}

/** `到期前 3 天`, `到期`, `超期 7 天`. */
export function sayOffset(offset_days: number): string {
  if (offset_days === 0) return t('deadlines.at-due')
  return offset_days < 0 ? t('deadlines.before', { days: -offset_days }) : t('deadlines.after', { days: offset_days })
}

export function sayLadder({ ladder }: Pick<DeadlineTerms, 'ladder'>): string {
  return ladder.map(({ offset_days }) => offset_days).join(', ')
}

const SPAN = /^(?<count>[1-9]\d{0,2})(?<unit>h|d|wd|M)$/
const OFFSET_DAYS_MAX = 60

export function isSpan(text: string): boolean {
  return SPAN.test(text)
}

/** How long: `30 天`, `15 个工作日`. */
export function sayTerm({ due }: Pick<DeadlineTerms, 'due'>): string {
  if (due === null) return t('rules.term-own')
  const { count = '', unit = '' } = SPAN.exec(due)?.groups ?? {}
  switch (unit) {
    case 'h':
    case 'd':
    case 'wd':
    case 'M':
      return t(`rules.span-${unit}`, { count })
    default:
      return due
  }
}

/** The same ladder at other days; null while what was typed is none of `ladder`'s length, rising and within bounds. */
export function ladderAt(ladder: DeadlineTerms['ladder'], typed: string): DeadlineTerms['ladder'] | null {
  const days = typed
    .normalize('NFKC')
    .replaceAll('−', '-')
    .split(/[,、]/)
    .map((part) => part.trim())
  const offsets = days.map(Number)
  const fine = offsets.every(
    (day, index) =>
      days[index] !== '' &&
      Number.isInteger(day) &&
      Math.abs(day) <= OFFSET_DAYS_MAX &&
      (index === 0 || day > (offsets[index - 1] ?? 0)),
  )
  if (!fine || offsets.length !== ladder.length) return null
  return ladder.map((tier, index) => ({ ...tier, offset_days: offsets[index] ?? tier.offset_days }))
}
