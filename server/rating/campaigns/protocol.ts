/** What the kiosk may import of campaigns: types alone. */
import type { Words } from '../../refusal.ts'
import type { Rate, ShownQuestionnaire } from '../protocol.ts'
import type { CampaignStage } from './campaign.ts'
import type { Interval } from '../statistics.ts'

export type { CampaignStage } from './campaign.ts'

interface Named {
  readonly id: string
  readonly name: string
}

interface ByAt {
  readonly by: Named
  readonly at: string
}

/** What may be done with it next by the one who asks. */
export type CampaignDeed = 'draft' | 'drop' | 'open' | 'issue' | 'close' | 'publish'

/** One of `GET /api/rating/campaigns`. */
export interface ShownCampaign {
  readonly id: string
  readonly unit: Named
  readonly title: string
  readonly from: string
  readonly to: string
  readonly stage: CampaignStage
  readonly questionnaire: string
  /** Papers filled in by hand are taken too. */
  readonly onPaper: boolean
  /** No vote can come any more: what is counted may be looked at. */
  readonly isOver: boolean
  readonly departments: readonly Named[]
  /** `issued`: codes that can be used or were; `exchanged`: codes that were given up for a paper; `used`: how many have voted by code; `onPaper`: by hand, and typed in. */
  readonly groups: readonly (Named & {
    readonly target: number
    readonly weight: number | null
    readonly issued: number
    readonly exchanged: number
    readonly used: number
    readonly onPaper: number
  })[]
  readonly drafters: readonly Named[]
  readonly draftedAt: string
  readonly opened: ByAt | null
  readonly closed: ByAt | null
  readonly published: ByAt | null
  readonly issues: readonly (ByAt & {
    readonly id: string
    readonly group: string
    readonly count: number
    readonly used: number
    readonly exchanged: number
    readonly voided: boolean
  })[]
  readonly may: readonly CampaignDeed[]
}

/** `GET /api/rating/campaigns/{campaign}/results`: sums of whole batches alone. */
export interface CampaignResults {
  readonly departments: readonly (Named & {
    readonly groups: readonly { readonly id: string; readonly satisfied: Rate | null }[]
    readonly all: Rate | null
    readonly weighted: (Interval & { readonly rate: number }) | null
    readonly place: number | null
    readonly answers: readonly { readonly id: string; readonly satisfied: Rate }[]
  })[]
  readonly questions: readonly { readonly id: string; readonly words: Words }[]
  readonly means: Words
  readonly least: number
  readonly rankedFrom: number
}

/** `POST /api/rating/ballot-papers/look`: what a code is the right to. */
export interface ShownPaper {
  readonly title: string
  readonly unit: string
  /** Whose votes its vote is counted with. */
  readonly group: string
  readonly from: string
  readonly to: string
  readonly departments: readonly Named[]
  readonly questionnaire: ShownQuestionnaire
}

/** `GET /api/rating/campaigns/{campaign}/addressees`: who is to be given a code or a paper, and who was. */
export interface ShownAddressees {
  readonly lists: readonly (ByAt & {
    readonly id: string
    readonly group: string
    /** The name is empty where it was erased. */
    readonly lines: readonly { readonly line: number; readonly name: string; readonly given: boolean }[]
  })[]
}
