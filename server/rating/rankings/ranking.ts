import { addDays, dayOf, endOfDay } from '../../clock/calendar.ts'
import type { Circumstances, Decision, Fact, FactDraft } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { draft, ratingFact } from '../rating.ts'
import { mustBeDays } from '../seeing/days.ts'
import { wilson } from '../statistics.ts'
import { CORRECTION_PERIOD } from './rule.ts'
import type { DecideRanking, FreezeRanking } from '../schemas.ts'

/** Of fewer counted votes nobody is ranked (reliability.md 2 e, display rules). */
export const RANKED_FROM = 30
/** By the lower end of the 95 % interval of Wilson, ties together; whoever changes that gives it another number. */
const RANKING_RULE = 1

/** Why a published ranking is followed by another one. */
export const CORRECTIONS = ['wrong-days', 'votes-excluded', 'other-error'] as const
export type Correction = (typeof CORRECTIONS)[number]

/** What was counted of a clerk in the days of a ranking. */
export type RankedCount = Readonly<{ clerk: string; good: number; n: number }>

export interface Ranking {
  readonly id: string
  readonly hall: string
  readonly from: string
  readonly to: string
  readonly rule: number
  readonly rankedFrom: number
  readonly questionnaire: string
  readonly counts: readonly RankedCount[]
  readonly frozen: { readonly by: string; readonly at: string }
  readonly status: 'frozen' | 'published' | 'refused' | 'replaced'
  readonly decided: { readonly by: string; readonly at: string } | null
  readonly corrects: { readonly ranking: string; readonly why: Correction } | null
  readonly replacedBy: string | null
  /** Until when it may be corrected; absent where no rule said so when it was published. */
  readonly correctableUntil?: string
}

/** What one more fact makes of a ranking. Its counts stay as they were frozen, also when it is replaced. */
export function evolveRanking(one: Ranking | null, raw: Fact): Ranking | null {
  const fact = ratingFact(raw)
  if (fact.type === 'rating.ranking-frozen') {
    const { subject, hall, from, to, rule, rankedFrom, questionnaire, counts, corrects } = fact.body
    return {
      ...{ id: subject.slice('ranking/'.length), hall, from, to, rule, rankedFrom, questionnaire, counts, corrects },
      ...{ frozen: { by: fact.actor, at: fact.at }, status: 'frozen', decided: null, replacedBy: null },
    }
  }
  if (one === null) return null
  const decided = { by: fact.actor, at: fact.at }
  switch (fact.type) {
    case 'rating.ranking-published': {
      const { correctable } = fact.body
      const until = correctable === undefined ? {} : { correctableUntil: correctable.until }
      return { ...one, status: 'published', decided, ...until }
    }
    case 'rating.ranking-refused':
      return { ...one, status: 'refused', decided }
    case 'rating.ranking-replaced':
      return { ...one, status: 'replaced', replacedBy: fact.body.by }
    default:
      return one
  }
}

export interface FreezeState {
  readonly hallKnown: boolean
  readonly questionnaire: string
  readonly counts: readonly RankedCount[]
  /** The one that it corrects. */
  readonly corrected: Ranking | null
  /** The one that is published of exactly these days. */
  readonly published: Ranking | null
}

/**
 * Freezes the figures of a period as they are counted now; nothing that comes later moves them.
 * @throws Refusal `rating.unknown-hall`, `rating.not-for-you`, `rating.wrong-days`, `rating.nothing-counted`, `rating.unknown-ranking`,
 *   `rating.not-published`, `rating.correction-over`, `rating.days-not-over`, `rating.ranking-stands` (days that have a published one are ranked again as its correction)
 */
export function freezeRanking(
  state: FreezeState,
  command: FreezeRanking,
  { actor, at, mint }: Circumstances,
): Decision {
  const { hall, from, to, corrects = null } = command
  if (!state.hallKnown) throw new Refusal('rating.unknown-hall', { hall })
  mustJudge(actor, hall)
  mustBeDays({ from, to })
  if (to > dayOf(at)) throw new Refusal('rating.days-not-over', { to })
  if (state.counts.length === 0) throw new Refusal('rating.nothing-counted')
  if (corrects !== null) {
    if (state.corrected === null || state.corrected.hall !== hall)
      throw new Refusal('rating.unknown-ranking', { ranking: corrects.ranking })
    if (state.corrected.status !== 'published') throw new Refusal('rating.not-published')
    mustBeCorrectable(state.corrected, at)
  }
  mustReplace(state.published, corrects)
  const ranking = mint.id()
  const body = {
    ...{ hall, from, to, rule: RANKING_RULE, rankedFrom: RANKED_FROM, questionnaire: state.questionnaire },
    ...{ counts: state.counts.toSorted((one, other) => (one.clerk < other.clerk ? -1 : 1)), corrects },
  }
  return { facts: [draft(hall, 'rating.ranking-frozen', `ranking/${ranking}`, body)], result: { ranking } }
}

export interface DecideState {
  readonly ranking: Ranking | null
  /** The one that it corrects. */
  readonly corrected: Ranking | null
  /** The one that is published of exactly these days. */
  readonly published: Ranking | null
}

/**
 * Somebody else publishes it or refuses to: not who froze it, and nobody who stands in it.
 * @throws Refusal `rating.unknown-ranking`, `rating.ranking-decided`, `rating.ranking-own`, `rating.not-published` (what it corrects was
 *   corrected otherwise), `rating.correction-over`, `rating.ranking-stands` (another one of these days was published meanwhile)
 */
export function decideRanking(
  { ranking, corrected, published }: DecideState,
  { ranking: id, publish }: DecideRanking,
  { actor, at }: Circumstances,
): Decision {
  if (ranking === null || !mayJudge(actor, ranking.hall)) throw new Refusal('rating.unknown-ranking', { ranking: id })
  const { hall, frozen, counts, status } = ranking
  if (status !== 'frozen') throw new Refusal('rating.ranking-decided')
  if (frozen.by === actor.person || counts.some(({ clerk }) => clerk === actor.person))
    throw new Refusal('rating.ranking-own')
  if (!publish) return { facts: [draft(hall, 'rating.ranking-refused', `ranking/${id}`, {})] }
  if (corrected !== null && corrected.status !== 'published') throw new Refusal('rating.not-published')
  mustReplace(published, ranking.corrects)
  if (corrected !== null) mustBeCorrectable(corrected, at)
  const replaced: FactDraft[] =
    corrected === null ? [] : [draft(hall, 'rating.ranking-replaced', `ranking/${corrected.id}`, { by: id })]
  const { rule, version, days } = CORRECTION_PERIOD
  const correctable = { rule, version, until: endOfDay(addDays(dayOf(at), days)) }
  return { facts: [draft(hall, 'rating.ranking-published', `ranking/${id}`, { correctable }), ...replaced] }
}

/** @throws Refusal `rating.correction-over` */
function mustBeCorrectable({ correctableUntil: until }: Ranking, at: string): void {
  if (until !== undefined && at > until) throw new Refusal('rating.correction-over', { until })
}

/** Of the same days no second one is published beside the first. */
function mustReplace(published: Ranking | null, corrects: Ranking['corrects']): void {
  if (published !== null && published.id !== corrects?.ranking)
    throw new Refusal('rating.ranking-stands', { from: published.from, to: published.to, ranking: published.id })
}

function mustJudge(actor: Circumstances['actor'], hall: string): void {
  if (!mayJudge(actor, hall)) throw new Refusal('rating.not-for-you')
}

/** The head of the hall, and supervisors. */
export function mayJudge(actor: Circumstances['actor'], hall: string): boolean {
  return actor.appointments.some(({ post, place }) => post === 'supervisor' || (post === 'manager' && place === hall))
}

/** A line of a ranking as it is read. */
export interface RankedLine extends RankedCount {
  readonly low: number
  readonly high: number
  /** Null for too few votes (人数不足); equal lower bounds share a place. */
  readonly place: number | null
}

/** The lines in their order, reckoned again from what was frozen: the same whenever it is done. */
export function linesOf({ counts, rankedFrom }: Pick<Ranking, 'counts' | 'rankedFrom'>): RankedLine[] {
  const lines = counts.map((count) => ({ ...count, ...(wilson(count.good, count.n) ?? { low: 0, high: 1 }) }))
  const ranked = lines
    .filter(({ n }) => n >= rankedFrom)
    .toSorted((one, other) => other.low - one.low || (one.clerk < other.clerk ? -1 : 1))
  const few = lines.filter(({ n }) => n < rankedFrom).toSorted((one, other) => (one.clerk < other.clerk ? -1 : 1))
  return [
    ...ranked.map((line) => ({ ...line, place: 1 + ranked.filter(({ low }) => low > line.low).length })),
    ...few.map((line) => ({ ...line, place: null })),
  ]
}
