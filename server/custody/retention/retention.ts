import { addDays, dayOf } from '../../clock/calendar.ts'
import { lastLocalDay } from '../../local-time.ts'
import type { Actor, Circumstances, Decision, Sealed } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Case } from '../cases/cases.ts'
import { type CustodyFact, draft, unitRegister } from '../custody.ts'
import { isDay } from '../intake/details.ts'
import type { Item } from '../items/item.ts'
import { rules } from '../rules.ts'
import { caseOf, itemOf, type Scene } from '../scene.ts'
import { handles, keepsApart, mustBeApart, mustBeOpen, mustHandle, mustKeep } from '../separation.ts'
import type { RetentionVerdict } from './facts.ts'
import type { AnswerRetention, AskRetention } from './schemas.ts'

/** What was asked and answered about keeping an item. */
export type ItemRetention = {
  /** Waits for an answer; absent where nothing does. */
  readonly asked?: { readonly by: string; readonly at: string; readonly question: Sealed }
  /** The next review; absent where the item may go. */
  readonly reviewOn?: string
  /** Oldest first. */
  readonly answers: readonly {
    readonly verdict: RetentionVerdict
    readonly reviewOn: string | null
    readonly said: Sealed
    readonly by: string
    readonly at: string
  }[]
}

/** What somebody may do about it at the item's page. */
export type RetentionAct = 'ask-retention' | 'answer-retention'

/** Still kept: neither gone nor become another item. */
function isKept({ custodyStatus, succeeded }: Item): boolean {
  return custodyStatus !== 'OUT' && succeeded === undefined
}

/**
 * 提请复核: a custodian of the store asks the officers of the case whether what he keeps is still needed.
 * @throws Refusal `custody.retention-asked`, `custody.item-gone`, and those of keeping
 */
export function askRetention(scene: Scene, command: AskRetention, circumstances: Circumstances): Decision {
  const question = circumstances.mint.seal(command.question)
  return {
    facts: [...new Set(command.items)].map((code) => {
      const item = itemOf(scene, code)
      const of = caseOf(scene, item.case)
      mustBeOpen(of)
      if (!isKept(item) || item.store === null) throw new Refusal('custody.item-gone', { item: code })
      mustKeep(circumstances, item.store)
      mustBeApart(circumstances.actor, of)
      if (item.retention?.asked !== undefined) throw new Refusal('custody.retention-asked', { item: code })
      return draft(unitRegister(item.unit), 'custody.retention-asked', `item/${code}`, {
        ...{ case: item.case, unit: item.unit, officers: of.officers, question },
      })
    }),
  }
}

/**
 * 复核答复: an officer of the case says that it is kept, until the next review, or that it may go; asked or not.
 * @throws Refusal `custody.retention-day`, `custody.item-gone`, `custody.not-case-officer`
 */
export function answerRetention(scene: Scene, command: AnswerRetention, circumstances: Circumstances): Decision {
  const reviewOn = reviewDay(command, circumstances.at)
  const said = circumstances.mint.seal(command.said)
  return {
    facts: [...new Set(command.items)].map((code) => {
      const item = itemOf(scene, code)
      const of = caseOf(scene, item.case)
      mustBeOpen(of)
      mustHandle(circumstances.actor, of)
      if (!isKept(item)) throw new Refusal('custody.item-gone', { item: code })
      return draft(unitRegister(item.unit), 'custody.retention-answered', `item/${code}`, {
        ...{ case: item.case, unit: item.unit, officers: of.officers, verdict: command.verdict, reviewOn, said },
      })
    }),
  }
}

/** A day to come, within the longest time between two reviews; none where the item may go. */
function reviewDay({ verdict, reviewOn }: AnswerRetention, at: string): string | null {
  const days = rules.retention_days_max.value
  const today = dayOf(at)
  const last = addDays(today, days)
  const fits =
    verdict === 'RELEASE'
      ? reviewOn === undefined
      : reviewOn !== undefined && isDay(reviewOn) && reviewOn > today && reviewOn <= last
  if (!fits) throw new Refusal('custody.retention-day', { last, days })
  return reviewOn ?? null
}

type RetentionFact = Extract<CustodyFact, { type: 'custody.retention-asked' | 'custody.retention-answered' }>

/** The item with what was asked or answered about keeping it; where it is and who holds it stay as they are. */
export function evolveRetention(item: Item, fact: RetentionFact): Item {
  const { asked: _, reviewOn: before, answers } = item.retention ?? { answers: [] }
  const { actor: by, at } = fact
  if (fact.type === 'custody.retention-asked') {
    const asked = { by, at, question: fact.body.question }
    return { ...item, retention: { answers, ...(before === undefined ? {} : { reviewOn: before }), asked } }
  }
  const { verdict, reviewOn, said } = fact.body
  const answered = [...answers, { verdict, reviewOn, said, by, at }]
  return { ...item, retention: { answers: answered, ...(reviewOn === null ? {} : { reviewOn }) } }
}

const REVIEW_RULE = 'DL-57'
type Clock = { readonly rule: string; readonly dueAt: string; readonly state: string }

/**
 * The day of the next review: as it was answered last, else as it was registered; null where there is none. What came of other things goes by the
 * clock that passed to it from them: what was answered about those stands with them.
 */
export function reviewOf(item: Item, clocks: readonly Clock[]): string | null {
  if (!isKept(item)) return null
  const { retention, marks, origin } = item
  const answered = retention !== undefined && retention.answers.length > 0
  if (origin !== undefined && !answered) {
    const clock = clocks.findLast(({ rule, state }) => rule === REVIEW_RULE && state !== 'met')
    return clock === undefined ? null : lastLocalDay(clock.dueAt)
  }
  if (retention === undefined || retention.answers.length === 0) return marks?.retentionOn ?? null
  return retention.reviewOn ?? null
}

/** What somebody may begin about keeping an item, at its page. */
export function retentionActOf(item: Item, of: Case, actor: Actor): RetentionAct | null {
  if (of.status !== 'OPEN' || !isKept(item)) return null
  if (handles(actor, of)) return 'answer-retention'
  return item.retention?.asked === undefined && keepsApart(actor, item, of) ? 'ask-retention' : null
}
