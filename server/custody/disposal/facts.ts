import type { Dropping } from '../../approvals/approvals.ts'
import type { JsonObject, Sealed } from '../../module.ts'
import type { MeasureStatus } from '../axes.ts'
import type { Handed } from './effects.ts'
import type { FoundOnHandingOut } from './found-on-handing-out.ts'
import type { WithSurplus } from '../worth/surplus.ts'
import type { Destination, DisposalType, Level, ReleaseGround, SaleGround, SaleMethod } from './types.ts'
import type { ComplaintGround, KeptOpenGround } from './words.ts'

/** 上级机关复查决定: whose document decided a review, and its number (rules X-18). */
export type SuperiorDocument = { readonly organ: string; readonly number: string }

/** Who took an item over for good. His name, his document and what empowers him stand beside the register (rules X-04, P-06). */
export type Receiver = {
  readonly relation: 'holder' | 'owner' | 'relative' | 'agent' | 'organ' | 'buyer'
  readonly name: Sealed
  readonly identity: Sealed
  /** What an agent shows; null for who acts for himself. */
  readonly authorisation: Sealed | null
}

/** What a proposal to sell early says beside its opinion (form F-15); the appraisal that the price rests on stands with the paper. */
export type SaleTerms = {
  readonly ground: SaleGround
  readonly method: SaleMethod
  /** What it was appraised at, all items together. */
  readonly estimate_fen: number
  readonly holderOpinion: Sealed
}

/** What an act of selling says: the price, where it was paid in, and the item that the money is since. */
export type Sale = {
  readonly price_fen: number
  readonly voucher: string
  readonly account: string
  /** Why it went for less than it was appraised at; null where it did not. */
  readonly belowReason: Sealed | null
  readonly proceeds: string
}

/** What the paper of one act of disposal says. What its type does not ask for is null or empty. */
export type DisposalAct = {
  readonly items: readonly string[]
  /** Number of the release notice, payment voucher, transfer receipt or sale contract. */
  readonly document: string
  readonly receiver: Receiver | null
  /** The organ that takes over a case; no person. */
  readonly organ: string | null
  /** Only papers went; the things stay where they are (rules ). */
  readonly listOnly: boolean
  readonly attachments: readonly string[]
  /** How it was destroyed or sold, and where. */
  readonly method: Sealed | null
  /** Photos of the thing before and after. */
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly finance: string | null
  readonly supervisor: string | null
  /** Of a sale; absent where nothing was sold. */
  readonly sale?: Sale
  /** Of personal effects that went back; absent for evidence, and in entries of the time when nobody said how. */
  readonly handed?: Handed
}

/** How an item leaves custody for good, and how its case is closed. */
export type DisposalFacts = {
  /** unit, `disposal/<code>`: 拟处置, one paper for items of one case that go one way (rules X-08, form F-13). */
  'custody.disposal-proposed': {
    readonly case: string
    readonly unit: string
    readonly year: number
    readonly serial: number
    readonly way: DisposalType
    readonly destination: Destination
    readonly ground: ReleaseGround | null
    readonly foundAt: string | null
    readonly suspectedCrime: boolean
    /** The office that examines it; null where its type needs none. */
    readonly reviewUnit: string | null
    readonly items: readonly string[]
    readonly opinion: Sealed
    /** Number of the appraisal that a price rests on. */
    readonly appraisal: string | null
    /** Of a proposal to sell; absent where it is none. */
    readonly sale?: SaleTerms
    /** The request that waits for a decision. */
    readonly approval: string
  }
  /** unit, `disposal/<code>`: one of those who must agree has; `next` is the request that waits now. */
  'custody.disposal-agreed': { readonly level: Level; readonly approval: string; readonly next: string | null }
  /** unit, `disposal/<code>`: the request `approval` came to nothing and the paper with it; `items` are those it still stood for. */
  'custody.disposal-dropped': {
    readonly approval: string
    readonly why: Dropping
    readonly items: readonly string[]
  }
  /** unit, `disposal/<code>`: carried out for these items. `surplus` is what the sales of the case leave over after it, where money of one went. */
  'custody.disposal-carried-out': DisposalAct & WithSurplus
  /** unit, `disposal/<code>`: 未领取 (rules X-20): who was to fetch these of its items did not; they stay where they are. */
  'custody.not-collected': { readonly items: readonly string[]; readonly note: Sealed }
  /**
   * unit, `item/<code>`: a way to dispose of it is proposed; an earlier proposal is void. `found` starts the three days of rules X-01, which
   * run while it is decided. That it is of a suspected crime counts from the approval on; entries that say so here counted at once.
   */
  'custody.proposed-for-disposal': {
    readonly disposal: string
    readonly case: string
    readonly way: DisposalType
    readonly suspectedCrime?: boolean
    /** When what it is returned for was found: that it is unrelated, or with `ground` that the tax is paid. */
    readonly found: { readonly at: string; readonly measure: MeasureStatus; readonly ground?: 'tax-paid' } | null
  }
  /** unit, `item/<code>`: 审理, the reviewing office agrees. */
  'custody.disposal-reviewed': { readonly disposal: string; readonly approval: string }
  /**
   * unit, `item/<code>`: approved; it may be carried out. `way` and `suspectedCrime` are absent in entries of the time when the proposal
   * alone said them. Another way than a return ends what a finding that it is unrelated has started.
   */
  'custody.disposal-approved': {
    readonly disposal: string
    readonly approval: string
    readonly way?: DisposalType
    readonly suspectedCrime?: boolean
  }
  /**
   * unit, `item/<code>`: its proposal came to nothing; it may be proposed anew. A return that its approver refused was not found unrelated;
   * who takes a proposal back leaves the finding as it is.
   */
  'custody.proposal-dropped': {
    readonly disposal: string
    readonly way: DisposalType
    readonly approval: string
    readonly why: Dropping
    /** The finding that it was proposed for is taken back with it. Absent in entries of the time when it stood on. */
    readonly findingEnds?: true
  }
  /** store, `item/<code>`: the giver's side of a disposal. */
  'custody.left-store': { readonly disposal: string; readonly store: string }
  /** unit, `item/<code>`: gone for good, or with `listOnly` in the responsibility of another organ while it stays. */
  'custody.disposed': {
    readonly disposal: string
    readonly way: DisposalType
    readonly listOnly: boolean
    /** The item that its price is since it was sold. */
    readonly proceeds?: string
    /** Personal effects that are evidence since: the item that they are. */
    readonly becomes?: string
  } & FoundOnHandingOut
  /** unit or store, `item/<code>`: 销账. */
  'custody.written-off': { readonly disposal: string }
  /** unit, `item/<code>`: a complaint about the measure is accepted; the item cannot be disposed of until it is decided (rules X-18). */
  'custody.complaint-accepted': {
    readonly case: string
    readonly unit: string
    readonly ground: ComplaintGround
    readonly note: Sealed
    /** 复查: asked for by who does not accept how his complaint was decided. */
    readonly review?: true
    /** Of a review: who decided what is reviewed. Absent in entries of the time when anybody else than who accepted it decided. */
    readonly decider?: string
  }
  /**
   * unit, `item/<code>`: the complaint is decided. An upheld one that it is unrelated to the case is a finding of it: `found` starts the three
   * days of rules X-01 for those who handle the case. Absent in entries of the time when deciding was all.
   */
  'custody.complaint-decided': {
    /** A review of it may be asked for since. Absent after a review, and in entries of the time when none was known. */
    readonly reviewable?: true
    /** Of a first one: the case, for who has to serve the decision. Absent in entries of the time when no term ran for that. */
    readonly toServe?: string
    readonly upheld: boolean
    readonly conclusion: Sealed
    /** Of a review: the document by which the superior organ decided it. Absent in entries of the time when it was not asked for. */
    readonly superior?: SuperiorDocument
    readonly found?: {
      readonly at: string
      readonly measure: MeasureStatus
      readonly case: string
      readonly officers: readonly string[]
    } | null
  }
  /** unit, `item/<code>`: 申诉处理决定书 was served on who complained (监察法实施条例(2025) 310). Who took it stands beside the register. */
  'custody.complaint-decision-served': {
    readonly number: string
    readonly way: string
    readonly servedAt: string
    /** When it counts as served: what is published takes its days. */
    readonly countsFrom: string
    readonly told: Sealed
  }
  /** unit, `item/<code>`: it may lawfully stay open when its case is closed (rules X-19). */
  'custody.kept-open': {
    readonly ground: KeptOpenGround
    readonly approval: string
    readonly requester: string
    readonly document: string
    /** Of who is at large, from which day he is wanted. Absent for other grounds, and in entries of the time when nobody said it. */
    readonly wantedOn?: string
  }
  /** unit, `case/<number>`: 案结物清, with the items that lawfully stay open. */
  'custody.case-closed': {
    readonly exceptions: readonly string[]
    /** On what ground each of them stays open, and by which document. Absent where none does, and in entries of before. */
    readonly grounds?: readonly {
      readonly item: string
      readonly ground: KeptOpenGround
      readonly document: string
    }[]
  }
  /** unit, `case/<number>`: opened again by approval. */
  'custody.case-reopened': {
    readonly approval: string
    readonly requester: string
    /** Items that had lawfully stayed open, which counts no more. Absent in entries of the time when nothing stood still for them. */
    readonly exceptions?: readonly string[]
  }
  /** unit, `case/<number>`: the daily trial found these accounts other than what is there. */
  'custody.account-differed': { readonly accounts: readonly string[] }
  /** unit, `case/<number>`: the trial agrees again. */
  'custody.account-agreed': JsonObject
}
