import type { Fact, FactDraft, Sealed } from '../module.ts'
import type { CampaignFacts } from './campaigns/facts.ts'
import type { AskedContent } from './questionnaire.ts'
import type { PaperBoxFacts } from './paper-boxes/facts.ts'
import type { SampleFacts } from './samples/facts.ts'
import type { SilenceFacts } from './silence/facts.ts'
import type { Correction, RankedCount } from './rankings/ranking.ts'

/** On what ground the rated clerk appeals (K-09). */
export const APPEAL_GROUNDS = ['not-mine', 'unfounded', 'by-rule', 'outage'] as const
export type AppealGround = (typeof APPEAL_GROUNDS)[number]

/** How a service came to be opened. */
export type OpenedBy = 'program' | 'clerk' | 'keypad' | 'scan' | 'kiosk'

/** Every fact of rating. Those of a hall stand in its register; none holds a vote, or that one was cast. */
export interface Facts extends CampaignFacts, PaperBoxFacts, SampleFacts, SilenceFacts {
  /** A thing that is done at the hall's counters. */
  readonly 'rating.matter-listed': { readonly hall: string; readonly name: string }
  /** Who works at a counter from now on; whoever did before no longer does. */
  readonly 'rating.signed-on': { readonly hall: string; readonly clerk: string }
  readonly 'rating.signed-off': { readonly hall: string; readonly clerk: string }
  /** Another sat at a counter than was signed on there: `recorded` was, `clerk` did. No service or vote changes hands. */
  readonly 'rating.sign-on-corrected': {
    readonly hall: string
    readonly counter: string
    readonly from: string
    readonly until: string
    readonly recorded: string
    readonly clerk: string
    /** How many services of this time stand under `recorded`. */
    readonly services: number
    readonly reason: Sealed
  }
  /** Somebody is being served; `number` is the ticket's or the matter's own. */
  readonly 'rating.service-opened': {
    readonly hall: string
    readonly counter: string
    readonly clerk: string
    readonly matter: string
    readonly number: string | null
    readonly by: OpenedBy
    /** Further business of the same person: the first service of the batch, whose one vote is for all of it. Absent where it is the first. */
    readonly batch?: string
    /** Outside the hours of the hall, as they were then: it is offered no vote. Absent within them. */
    readonly outside?: true
  }
  /** The one vote of this service may be cast until `expiresAt`; `group` is what it will be counted in. */
  readonly 'rating.vote-offered': { readonly group: string; readonly expiresAt: string; readonly by: OpenedBy }
  /** A rater left how to reach him; what he voted is not known to who answers. */
  readonly 'rating.answer-asked': {
    readonly hall: string
    readonly counter: string
    readonly clerk: string
    readonly contact: Sealed
    readonly words: Sealed
  }
  /**
   * A counted batch held bad votes: its counter is looked into. The figures are the batch's, ten ballots or more; the clerk is named so that he does not
   * handle it. The subject is `follow-up/` and the batch.
   */
  readonly 'rating.counter-follow-up-opened': {
    readonly hall: string
    readonly counter: string
    readonly clerk: string
    /** Of counting. */
    readonly day: string
    readonly rule: string
    readonly version: number
    readonly bad: number
    /** Of so many whose level could be read. */
    readonly counted: number
  }
  readonly 'rating.follow-up-assigned': { readonly handler: string }
  readonly 'rating.contact-opened': { readonly reason: Sealed }
  readonly 'rating.follow-up-called': { readonly reached: boolean; readonly note: Sealed }
  /** Of a counter: what its handler found there. */
  readonly 'rating.follow-up-verified': { readonly note: Sealed }
  readonly 'rating.follow-up-settled': { readonly how: 'rectified' | 'by-date' | 'explained'; readonly note: Sealed }
  /** `ground` and what proves it; absent of appeals that were made before they were asked. */
  readonly 'rating.follow-up-appealed': {
    readonly note: Sealed
    readonly ground?: AppealGround
    readonly evidence?: Sealed
  }
  /** `upheld`: the clerk is right, 不予采纳; the record stays. */
  readonly 'rating.follow-up-reviewed': { readonly upheld: boolean; readonly note: Sealed }
  readonly 'rating.follow-up-fed-back': { readonly note: Sealed }
  /** Whoever may close it sends it back: what was settled is to be settled anew. */
  readonly 'rating.follow-up-returned': { readonly note: Sealed }
  readonly 'rating.follow-up-closed': Readonly<Record<never, never>>
  /** Somebody else than who answered was shown the contact, to ask the rater what he thinks of the answer; that he said it is in no register. */
  readonly 'rating.fix-asked': { readonly group: string; readonly expiresAt: string }
  /** What was counted of each clerk in these days, as it stood then; `corrects`: the published one that it takes the place of. */
  readonly 'rating.ranking-frozen': {
    readonly hall: string
    readonly from: string
    readonly to: string
    readonly rule: number
    readonly rankedFrom: number
    readonly questionnaire: string
    readonly counts: readonly RankedCount[]
    readonly corrects: { readonly ranking: string; readonly why: Correction } | null
  }
  /** `correctable`: until when it may be corrected, by which rule; absent of one that was published before there was such a rule. */
  readonly 'rating.ranking-published': {
    readonly correctable?: { readonly rule: string; readonly version: number; readonly until: string }
  }
  readonly 'rating.ranking-refused': Readonly<Record<never, never>>
  readonly 'rating.ranking-replaced': { readonly by: string }
  /** Somebody decided on what a threshold proposed, on these figures; it takes effect when another agrees. */
  readonly 'rating.action-decided': {
    readonly hall: string
    readonly clerk: string
    readonly rule: string
    readonly version: number
    readonly from: string
    readonly to: string
    readonly good: number
    readonly counted: number
    readonly adopt: boolean
    readonly note: Sealed
  }
  /** The second person: `agree`, or it is returned. `adopt` as it was decided. */
  readonly 'rating.action-confirmed': {
    readonly hall: string
    readonly adopt: boolean
    readonly agree: boolean
    readonly note: Sealed
  }
  /** What was adopted was carried out. */
  readonly 'rating.action-done': { readonly note: Sealed }
  /** Ratings on paper: how many sheets were in the box of a clerk at a counter. What a sheet says is in no register. */
  'rating.box-opened': {
    readonly hall: string
    readonly counter: string
    readonly clerk: string
    readonly from: string
    readonly to: string
    readonly sheets: number
    readonly questionnaire: string
  }
  /** A first person has typed them in. */
  'rating.box-entered': Readonly<Record<never, never>>
  /** A second one has: which sheets the two have read differently. */
  'rating.box-compared': { readonly differ: readonly number[] }
  /** A third one has looked at these. */
  'rating.box-decided': Readonly<Record<never, never>>
  /** Every sheet is a sealed ballot now. */
  'rating.box-sealed': Readonly<Record<never, never>>
  /** When the hall is open from now on, Monday first. */
  readonly 'rating.hours-set': {
    readonly hall: string
    readonly week: readonly (readonly Readonly<{ from: string; to: string }>[])[]
  }
  /** By what the clerks of a hall are watched from a day on, and what the heights were chosen from. */
  readonly 'rating.watch-set': {
    readonly hall: string
    readonly version: number
    readonly inOrder: number
    readonly outOfOrder: number
    readonly heights: readonly [number, number, number]
    readonly charts: number
    readonly votesAMonth: number
    readonly falseRedsAYear: number
    readonly from: string
  }
  /** A photo of a clerk for the screens, shown once he agrees; it takes the place of the one before. */
  readonly 'rating.portrait-set': { readonly hall: string; readonly clerk: string; readonly photo: string }
  readonly 'rating.portrait-agreed': Readonly<Record<never, never>>
  /** Shown no more: by the clerk, or by the head of the hall. */
  readonly 'rating.portrait-withdrawn': Readonly<Record<never, never>>
  /** What a hall is to ask in this version, as it was written then; written anew until it is opened or dropped. */
  readonly 'rating.questionnaire-drafted': AskedContent & { readonly hall: string; readonly version: number }
  /** Asked from now on, and never changed. */
  readonly 'rating.questionnaire-opened': Readonly<Record<never, never>>
  readonly 'rating.questionnaire-closed': Readonly<Record<never, never>>
  readonly 'rating.questionnaire-dropped': Readonly<Record<never, never>>
  /** Ended without a vote being offered; of a batch, without one of its own. */
  readonly 'rating.service-closed': Readonly<Record<never, never>>
}

export type FactType = keyof Facts

/** A fact of rating as a reducer sees it. */
export type RatingFact = {
  [T in FactType]: Omit<Fact, 'type' | 'body'> & {
    readonly type: T
    readonly body: Facts[T] & { readonly v: number; readonly subject: string; readonly n: number }
  }
}[FactType]

/** The door hands every fact of our subjects to our reducers, and only we write them. */
export function ratingFact(fact: Fact): RatingFact {
  return fact as unknown as RatingFact
}

/** A fact that a decision wants, in the register of the hall. */
export function draft<T extends FactType>(hall: string, type: T, subject: string, body: Facts[T]): FactDraft {
  return { register: hallRegister(hall), type, subject, body: { v: 1, ...body } }
}

/** Each hall keeps its own. */
export function hallRegister(hall: string): string {
  return `hall.${hall}`
}

/** What of a service its vote is counted in: the finest cell that anything is ever published of. */
export interface Group {
  readonly hall: string
  readonly counter: string
  readonly clerk: string
  readonly matter: string
  /** Name and version of the questions. */
  readonly questionnaire: string
}

/** No part holds a slash: ids of the house do not, and neither does a questionnaire's. */
export function groupName({ hall, counter, clerk, matter, questionnaire }: Group): string {
  return [hall, counter, clerk, matter, questionnaire].join('/')
}

/** The inverse of {@link groupName}. Parts that are missing are empty, never a fault: names come from our own tables. */
export function groupOf(name: string): Group {
  const [hall = '', counter = '', clerk = '', matter = '', questionnaire = ''] = name.split('/')
  return { hall, counter, clerk, matter, questionnaire }
}
