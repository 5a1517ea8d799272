import { MARKS, type Mark } from '../../../devices/ballot/marks.ts'
import { localDay, localMinute } from '../../local-time.ts'
import type { OpenSpan } from '../hours/hours.ts'

/**
 * What is odd about how votes come: which, and from how many on it is told. Flags that need no content are set here, when a ballot comes in; nothing
 * is refused, moved or deleted for one. The numbers are the house's own, so that each of the frauds of T16 is told of and an honest counter is
 * accused at most once a year: a test plays hundreds of honest years.
 */

/** Votes of one counter that were offered within so long, this one the last, are a burst from so many on: nobody serves four in two minutes. */
export const BURST_MS = 2 * 60_000
export const BURST_FROM = 4
/** Who was let in is served to the end; an offer later than this after closing is odd. */
const CLOSED_MS = 30 * 60_000
/** So many services of a hall before this one show whether everybody has a number there; one in fifty may have lost his. */
export const NUMBERED_OF = 50
const NUMBERED_FROM = 49
/** What comes to nothing and is told of all the same: who tries to stuff a box is refused, and leaves this behind. */
const ATTEMPTS = [
  'again', // a vote that was used
  'late', // a vote that is over
  'guessed', // a right that nobody was given
  'forged', // sealed to a key that is not the tally's
  'unasked', // a press at a pad that asked nothing
  'held', // a question that was pressed over and over
] as const
export type Attempt = (typeof ATTEMPTS)[number]
export type FlagKind = Mark | Attempt
export const FLAG_KINDS: readonly FlagKind[] = [...MARKS, ...ATTEMPTS]

/** From how many of a counter's day on a flag is raised: what befalls an honest counter now and then is none. */
const RAISED_FROM: Readonly<Record<FlagKind, number>> = {
  ...{ burst: 3, closed: 2, 'badge-near': 3, moved: 5, 'no-number': 5 },
  ...{ again: 3, late: 5, guessed: 3, forged: 3, unasked: 5, held: 1 },
}

/** What is known of a vote when it comes in. */
export interface Came {
  /** When the service was opened and the vote offered: RFC 3339 UTC. */
  readonly openedAt: string
  readonly offeredAt: string
  readonly number: string | null
  /** Used votes of this counter that were offered within `BURST_MS`, itself included. */
  readonly rush: number
  /** A badge was read at the counter since the vote was offered. */
  readonly badge: boolean
  /** The counter's devices were changed since that day began. */
  readonly moved: boolean
  /** How many of the `NUMBERED_OF` services before had a number. */
  readonly numbered: number
  /** When the hall is open, Monday first; null where it gave no hours. */
  readonly week: readonly (readonly OpenSpan[])[] | null
}

/** What is odd about how this vote came. */
export function marksOf(came: Came): Mark[] {
  const odd: Readonly<Record<Mark, boolean>> = {
    burst: came.rush >= BURST_FROM,
    closed: isAfterHours(came),
    'badge-near': came.badge,
    moved: came.moved,
    'no-number': came.number === null && came.numbered >= NUMBERED_FROM,
  }
  return MARKS.filter((mark) => odd[mark])
}

const WEEK_DAYS = 7

/** A service begins within the hours, on whatever kind of day; so only the end of that day matters. */
function isAfterHours({ week, openedAt, offeredAt }: Came): boolean {
  if (week === null) return false
  if (localDay(openedAt) !== localDay(offeredAt)) return true
  const weekday = (new Date(`${localDay(openedAt)}T00:00:00Z`).getUTCDay() + WEEK_DAYS - 1) % WEEK_DAYS
  const own = week[weekday] ?? []
  const spans = own.length > 0 ? own : (week.find((one) => one.length > 0) ?? [])
  const end = spans.at(-1)?.to
  const [, before = ''] = localMinute(new Date(Date.parse(offeredAt) - CLOSED_MS).toISOString()).split(' ')
  return end !== undefined && before >= end
}

/** Which attempt a refusal of a vote tells of; null for one that tells of none. */
export function attemptOf(code: string): Attempt | null {
  switch (code) {
    case 'rating.vote-used':
      return 'again'
    case 'rating.vote-over':
      return 'late'
    case 'rating.wrong-token':
      return 'guessed'
    case 'rating.wrong-key':
      return 'forged'
    default:
      return null
  }
}

/** How often something was at a counter on a day. */
export interface CountedFlag {
  readonly counter: string
  readonly day: string
  readonly kind: FlagKind
  readonly n: number
}

/** What is raised of these days: by counter and kind, with how often it was on the days that reached the number. */
export function raisedOf(counted: readonly CountedFlag[]): (Omit<CountedFlag, 'day'> & { readonly days: number })[] {
  const byDay = [...Map.groupBy(counted, ({ counter, day, kind }) => `${counter} ${kind} ${day}`).values()]
    .map((of) => ({ ...of[0], n: of.reduce((sum, { n }) => sum + n, 0) }) as CountedFlag)
    .filter(({ kind, n }) => n >= RAISED_FROM[kind])
  return [...Map.groupBy(byDay, ({ counter, kind }) => `${counter} ${kind}`).values()]
    .map((of) => {
      const { counter, kind } = of[0] as CountedFlag
      return { counter, kind, n: of.reduce((sum, { n }) => sum + n, 0), days: of.length }
    })
    .toSorted((one, other) =>
      one.counter === other.counter
        ? FLAG_KINDS.indexOf(one.kind) - FLAG_KINDS.indexOf(other.kind)
        : one.counter < other.counter
          ? -1
          : 1,
    )
}
