import type { Actor, Circumstances, Decision, Fact, FactDraft } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { GENERAL_MATTER } from '../counters.ts'
import { draft, groupName, ratingFact } from '../rating.ts'
import { mustBeDays } from '../seeing/days.ts'
import { agreed, differing, isOneOf, type Marks } from './agreement.ts'
import type { DecideBox, EnterBox, NumberedSheet, OpenBox, Sheet } from './schemas.ts'

/**
 * Sheets of paper on which raters have rated one clerk at one counter while nothing else worked. Whoever opens the box mixes and numbers them, and
 * counts them first; two people type them in, neither seeing what the other has; a third looks at those that differ. Then each is a sealed
 * ballot like any other, and what was typed in is gone.
 */
export interface Box {
  readonly id: string
  readonly hall: string
  readonly counter: string
  readonly clerk: string
  /** The days on which they were written. */
  readonly from: string
  readonly to: string
  readonly sheets: number
  readonly questionnaire: string
  readonly opened: { readonly by: string; readonly at: string }
  readonly entered: readonly { readonly by: string; readonly at: string }[]
  /** Numbers of the sheets that two have read differently; null as long as two have not. */
  readonly differ: readonly number[] | null
  readonly decided: { readonly by: string; readonly at: string } | null
  readonly sealed: boolean
}

/** What one more fact makes of a box. Who typed is kept, what was typed is not: it stands in a table of its own until the ballots are sealed. */
export function evolveBox(box: Box | null, raw: Fact): Box | null {
  const fact = ratingFact(raw)
  const by = { by: fact.actor, at: fact.at }
  if (fact.type === 'rating.box-opened') {
    const { subject, hall, counter, clerk, from, to, sheets, questionnaire } = fact.body
    return {
      ...{ id: subject.slice('box/'.length), hall, counter, clerk, from, to, sheets, questionnaire },
      ...{ opened: by, entered: [], differ: null, decided: null, sealed: false },
    }
  }
  if (box === null) return null
  switch (fact.type) {
    case 'rating.box-entered':
      return { ...box, entered: [...box.entered, by] }
    case 'rating.box-compared':
      return { ...box, entered: [...box.entered, by], differ: fact.body.differ }
    case 'rating.box-decided':
      return { ...box, decided: by }
    case 'rating.box-sealed':
      return { ...box, sealed: true }
    default:
      return box
  }
}

/** What its sheets are counted for, as the other votes of this clerk at this counter are; in batches of their own (`BallotForm`). */
export function groupOfBox({ hall, counter, clerk, questionnaire }: Box): string {
  return groupName({ hall, counter, clerk, matter: GENERAL_MATTER, questionnaire })
}

export interface OpenBoxState {
  /** The hall of the counter; null where it is none. */
  readonly hall: string | null
  /** He works as a clerk of that hall, or has. */
  readonly isClerk: boolean
  readonly questionnaire: string
  readonly hasKey: boolean
}

/**
 * The head of the hall says whose box it is and how many sheets were in it, before anybody types.
 * @throws Refusal `rating.unknown-counter`, `rating.not-your-hall`, `rating.handler-rated` (his own), `rating.not-a-clerk`, `rating.wrong-days`,
 * `rating.no-key`
 */
export function openBox(state: OpenBoxState, command: OpenBox, { actor, mint }: Circumstances): Decision {
  const { counter, clerk, from, to, sheets } = command
  const { hall, questionnaire } = state
  if (hall === null) throw new Refusal('rating.unknown-counter', { counter })
  if (!actor.appointments.some(({ post, place }) => post === 'manager' && place === hall))
    throw new Refusal('rating.not-your-hall', { unit: hall })
  if (clerk === actor.person) throw new Refusal('rating.box-own')
  if (!state.isClerk) throw new Refusal('rating.not-a-clerk', { unit: hall })
  mustBeDays({ from, to })
  if (!state.hasKey) throw new Refusal('rating.no-key')
  const box = mint.id()
  return {
    facts: [draft(hall, 'rating.box-opened', `box/${box}`, { hall, counter, clerk, from, to, sheets, questionnaire })],
    result: { box },
  }
}

export interface BoxState {
  readonly box: Box | null
  /** What the first, and the second, has typed in so far. */
  readonly typed: readonly (readonly Sheet[])[]
  /** Ids of the questions and reasons that the sheet has. */
  readonly questions: readonly string[]
  readonly reasons: readonly string[]
  readonly hasKey: boolean
}

/** Who may see a box: the clerks and the head of the hall, and supervisors; never whom it rates. */
export function maySeeBox({ hall, clerk }: Pick<Box, 'hall' | 'clerk'>, { person, appointments }: Actor): boolean {
  if (person === clerk) return false
  return appointments.some(
    ({ post, place }) => post === 'supervisor' || ((post === 'manager' || post === 'clerk') && place === hall),
  )
}

/**
 * What one person has read off the sheets. The second one's ends it where both agree.
 * @throws Refusal `rating.unknown-box`, `rating.box-typed`, `rating.box-own`, `rating.box-count`, `rating.box-questions`, `rating.no-key`
 */
export function enterBox(state: BoxState, { box: id, sheets }: EnterBox, { actor }: Circumstances): Decision {
  const box = seen(state, id, actor)
  if (box.entered.length >= 2) throw new Refusal('rating.box-typed')
  if (box.entered.some(({ by }) => by === actor.person)) throw new Refusal('rating.box-own')
  if (sheets.length !== box.sheets)
    throw new Refusal('rating.box-count', { sheets: box.sheets, entered: sheets.length })
  mustBeAsked(state, sheets)
  const subject = `box/${id}`
  const [first] = state.typed
  if (first === undefined) return { facts: [draft(box.hall, 'rating.box-entered', subject, {})] }
  const differ = differing(first.map(marksOf), sheets.map(marksOf))
  const compared = draft(box.hall, 'rating.box-compared', subject, { differ })
  return { facts: differ.length > 0 ? [compared] : [compared, sealing(state, box)] }
}

/**
 * A third person has looked at the sheets that differ: what he reads is what one of the two has read, mark by mark.
 * @throws Refusal `rating.unknown-box`, `rating.box-nothing-differs`, `rating.box-own`, `rating.box-sheets`, `rating.box-third`, `rating.no-key`
 */
export function decideBox(state: BoxState, { box: id, sheets }: DecideBox, { actor }: Circumstances): Decision {
  const box = seen(state, id, actor)
  const { differ } = box
  if (differ === null || differ.length === 0 || box.sealed) throw new Refusal('rating.box-nothing-differs')
  const judges = actor.appointments.some(
    ({ post, place }) => post === 'supervisor' || (post === 'manager' && place === box.hall),
  )
  if (!judges || box.entered.some(({ by }) => by === actor.person)) throw new Refusal('rating.box-own')
  const looked = new Set(sheets.map(({ sheet }) => sheet))
  if (looked.size !== sheets.length || looked.size !== differ.length || !differ.every((one) => looked.has(one)))
    throw new Refusal('rating.box-sheets', { sheets: differ.join(', ') })
  mustBeAsked(state, sheets)
  const [first = [], second = []] = state.typed
  const odd = sheets.filter((one) => !isReadByOne(one, first[one.sheet - 1], second[one.sheet - 1]))
  if (odd.length > 0) throw new Refusal('rating.box-third', { sheets: odd.map(({ sheet }) => sheet).join(', ') })
  return { facts: [draft(box.hall, 'rating.box-decided', `box/${id}`, {}), sealing(state, box)] }
}

/** Where two agree what they have read, where not what the third has. */
export function agreedOn(typed: BoxState['typed'], third: readonly NumberedSheet[]): Sheet[] {
  return agreed(typed, new Map(third.map(({ sheet, ...said }) => [sheet, said])), marksOf)
}

function seen({ box }: BoxState, id: string, actor: Actor): Box {
  if (box === null || !maySeeBox(box, actor)) throw new Refusal('rating.unknown-box', { box: id })
  return box
}

function sealing({ hasKey }: BoxState, { id, hall }: Box): FactDraft {
  if (!hasKey) throw new Refusal('rating.no-key')
  return draft(hall, 'rating.box-sealed', `box/${id}`, {})
}

function mustBeAsked({ questions, reasons }: BoxState, sheets: readonly Sheet[]): void {
  const known = sheets.every(
    (one) =>
      Object.keys(one.answers).every((question) => questions.includes(question)) &&
      one.reasons.every((reason) => reasons.includes(reason)),
  )
  if (!known) throw new Refusal('rating.box-questions')
}

function marksOf({ level, answers, reasons }: Sheet): Marks {
  return new Map([
    ['level', String(level)],
    ...Object.entries(answers).map(([question, given]): [string, string] => [`question ${question}`, String(given)]),
    ...reasons.map((reason): [string, string] => [`reason ${reason}`, 'marked']),
  ])
}

function isReadByOne(one: Sheet, first: Sheet | undefined, second: Sheet | undefined): boolean {
  return first !== undefined && second !== undefined && isOneOf(marksOf(one), marksOf(first), marksOf(second))
}
