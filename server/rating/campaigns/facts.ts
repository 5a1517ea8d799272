import type { Sealed } from '../../module.ts'

/** Whose answers are told apart: how many are wanted, and how much theirs count; `weight` in percent, null where every vote counts alike. */
export type VoterGroup = Readonly<{ id: string; name: string; target: number; weight: number | null }>

/** What was counted of a department in one group of voters. */
export type CampaignCount = Readonly<{ department: string; group: string; good: number; n: number }>

/** Every fact of campaigns. All stand in the register of the unit that holds them; none holds a vote, a code, or who was given one. */
export interface CampaignFacts {
  /** What the campaign is to be, as it was written then; written anew until it is opened or dropped. */
  readonly 'rating.campaign-drafted': {
    readonly unit: string
    readonly title: string
    readonly from: string
    readonly to: string
    readonly questionnaire: string
    readonly departments: readonly string[]
    readonly groups: readonly VoterGroup[]
    /** Papers filled in by hand are taken too. Absent where they are not. */
    readonly onPaper?: true
  }
  /** Fixed from now on: whom it judges, what it asks, that nobody is asked who he is, and what each group weighs. */
  readonly 'rating.campaign-opened': Readonly<Record<never, never>>
  readonly 'rating.campaign-dropped': Readonly<Record<never, never>>
  /** So many codes were made for a group of voters; which ones, and who gets them, is written nowhere. */
  readonly 'rating.papers-issued': { readonly issue: string; readonly group: string; readonly count: number }
  /** Whatever of that issue was not used by then is of no more use. */
  readonly 'rating.papers-voided': { readonly issue: string }
  /** So many codes were given up, each for a paper that is filled in by hand; which ones, and by whom, is written nowhere. */
  readonly 'rating.papers-exchanged': { readonly issues: readonly { readonly issue: string; readonly count: number }[] }
  /** Who of a group of voters is to be given a code or a paper: so many, named beside the register. */
  readonly 'rating.addressees-listed': {
    readonly list: string
    readonly group: string
    readonly count: number
    readonly names: Sealed
  }
  /** These lines of a list, counted from one, were given theirs, or it came back. Which code it was, nobody wrote down. */
  readonly 'rating.addressees-marked': {
    readonly list: string
    readonly lines: readonly number[]
    readonly given: boolean
  }
  /** No more votes, though the last day may be to come. */
  readonly 'rating.campaign-closed': Readonly<Record<never, never>>
  /** The result as it stood then, which nothing moves any more. */
  readonly 'rating.campaign-published': { readonly counts: readonly CampaignCount[] }
}
