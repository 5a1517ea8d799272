import type { DeedData } from '../../approvals/approvals.ts'
import type { Words } from '../../refusal.ts'
import type { Account } from '../account/accounting.ts'
import type { MeasureStatus, Track } from '../axes.ts'
import type { PaperKind } from '../papers/papers.ts'
import type { CheckPoint } from '../checklist/points.ts'
import type { CaseJoin } from '../case-lineage/facts.ts'
import type { CaseStatus } from './cases.ts'
import type { KeptOpenGround } from '../disposal/words.ts'
import type { View } from '../pictures/pictures.ts'
import type { RecusalGround } from '../recusal/grounds.ts'
import type { Filming } from '../videos/filming.ts'
import type { ShownDisposal } from '../disposal/protocol.ts'
import type { Said, Holder, ItemSummary } from '../items/protocol.ts'
import type { Claim, Settlement, Step } from '../worth/waterfall.ts'
import type { ShownLocation } from '../keeping/protocol.ts'

/** A case as it is shown: its account, and what keeps it open. */

/** Items taken = with the department + pending + in store + in the special account + kept by a third party + left where they are + out on loan +
 * transferred on paper alone + out for good. */
export interface Balance {
  readonly taken: number
  readonly withDepartment: number
  readonly pending: number
  readonly inStore: number
  /** 专户: money in the special account, that of a sale included. */
  readonly deposited: number
  readonly thirdParty: number
  /** 就地封存、持有人保管: under a measure where it stands. */
  readonly inPlace: number
  readonly borrowed: number
  /** Another organ answers for it, the thing is still kept. */
  readonly transferred: number
  readonly out: number
  readonly balances: boolean
}

export interface CaseSummary {
  /** The number it goes by. */
  readonly number: string
  /** The number it was registered under, which facts name it by: another one only where its number was put right since. */
  readonly registered: string
  /** Null for people who need not know it. */
  readonly title: string | null
  readonly track: Said<Track>
  readonly unit: string
  readonly openedAt: string
  readonly status: CaseStatus
  readonly officers: readonly Holder[]
  readonly balance: Balance
  /** Items on loan that should be back. */
  readonly overdue: number
  /** Items with an open incident. */
  readonly frozen: number
}

/** Something that keeps a case from being closed, one of all that do so for its item: whose turn it is, who holds that, and when what runs over it is due. */
export interface Block {
  readonly item: string
  readonly name: string
  readonly what: Words
  readonly turn: Words
  readonly holder: Holder
  readonly dueAt: string | null
}

/** An item that may lawfully stay open when its case is closed. */
export interface Exception {
  readonly item: string
  readonly name: string
  readonly ground: Said<KeptOpenGround>
  readonly document: string
  /** Of who is at large, from which day he is wanted; null elsewhere. */
  readonly wantedOn: string | null
  readonly approver: Holder
  readonly at: string
}

/** 一案一账 in double entry, as the registers tell it: where things came from, and where they are. */
export interface ShownLedger {
  readonly accounts: readonly {
    readonly account: Account
    readonly words: Words
    readonly pieces: number
    readonly fen: number
    readonly mg: number
    readonly agrees: boolean
  }[]
  readonly balances: boolean
}

/** What is held under measures that have to match a sum, against that sum. It warns, and stops nobody. */
export interface ShownWorth {
  /** `total_fen`: what may be held for it, late fees and the cost of selling included; null until somebody has said so. */
  readonly target: {
    readonly amount_fen: number
    readonly lateFee_fen: number
    readonly fine_fen: number
    readonly costs_fen: number
    readonly total_fen: number
    readonly document: string
    readonly by: Holder
    readonly at: string
  } | null
  readonly held_fen: number
  /** How much more is held than may be; 0 where it is not, or nobody has said for what. */
  readonly over_fen: number
  /** Held, and nobody has said what they are worth. */
  readonly unvalued: readonly string[]
  /** Held whole, because they cannot be divided and there is nothing else. */
  readonly indivisible: readonly string[]
  /** Held, though the law spares them. */
  readonly spared: readonly string[]
  /** What the money of its sales pays, step by step, and what goes back; null where nothing was sold or nobody has said what is due. */
  readonly settlement: ShownSettlement | null
}

/** 变价款抵缴 (rules X-17), all in fen. */
export interface ShownSettlement extends Omit<Settlement, 'steps'> {
  readonly steps: readonly (Omit<Step, 'claim'> & { readonly claim: Said<Claim> })[]
}

/** Items that went from one case into another by one decision. */
export interface ShownPassage {
  readonly how: CaseJoin
  /** The number that the other case goes by. */
  readonly case: string
  readonly document: string
  readonly items: readonly string[]
  /** Who granted it. */
  readonly by: Holder
  readonly at: string
}

/** 一案一账: `GET /api/cases/{number}`. */
export interface CaseAccount extends CaseSummary {
  readonly items: readonly ItemSummary[]
  readonly blocks: readonly Block[]
  /** Lists of other organs that are not accepted yet; they block the close too. */
  readonly inboundsOpen: number
  /** Items that lawfully stay open. */
  readonly exceptions: readonly Exception[]
  readonly ledger: ShownLedger
  /** Who closed it and when; null while it is open. */
  readonly closed: { readonly at: string; readonly by: Holder } | null
  readonly disposals: readonly ShownDisposal[]
  /** Measures that approvers agreed to, newest first; `holds`: it may still be taken. */
  readonly approvedMeasures: readonly {
    readonly approval: string
    readonly kind: Said<MeasureStatus>
    readonly approver: Holder
    readonly at: string
    readonly validUntil: string
    readonly holds: boolean
  }[]
  /** Who stands aside in the case, oldest first. The reason is null when it was lawfully erased. */
  readonly recusals: readonly {
    readonly person: Holder
    readonly ground: Said<RecusalGround>
    readonly reason: string | null
    readonly by: Holder
    readonly at: string
  }[]
  /** Whom whoever asks may recuse now: himself, or anybody; null where it is not for him. */
  readonly mayRecuse: 'self' | 'anybody' | null
  /** Who joined the case after it was opened, oldest first. The reason is null when it was lawfully erased. */
  readonly joined: readonly {
    readonly officers: readonly Holder[]
    readonly reason: string | null
    readonly by: Holder
    readonly at: string
  }[]
  /** Whether whoever asks may take more officers into it now. */
  readonly mayJoin: boolean
  /** 并案、分案: what went into other cases and came from others, oldest first. */
  readonly passedOn: readonly ShownPassage[]
  readonly tookOver: readonly ShownPassage[]
  /** 更正案号: what its number was and is since, oldest first. The reason is null when it was lawfully erased. */
  readonly renumbered: readonly {
    readonly was: string
    readonly is: string
    readonly reason: string | null
    readonly signers: readonly Holder[]
    readonly by: Holder
    readonly at: string
  }[]
  /** What was seized or sealed up with no recording of it, or with a gap in it: an open point, which keeps it from the store and the case open. */
  readonly unfilmed: Readonly<Record<Filming, readonly string[]>>
  /** Of these, why the recording was not entered at once, as far as somebody said it; it settles nothing. */
  readonly recordingsLater: readonly { readonly reason: string; readonly items: readonly string[] }[]
  /** 应保全金额 and what is held for it; null where no measure of the procedure has to match a sum or spares anything. */
  readonly worth: ShownWorth | null
  /** What is still to be photographed of which item, in order: an open point, which stops nobody. */
  readonly unpictured: readonly { readonly item: string; readonly views: readonly Said<View>[] }[]
  /** What was paid first for what third-party keepers lost, and what came back; `payable`: the items for which something may be paid. */
  readonly recourse: {
    readonly payable: readonly string[]
    readonly payments: readonly {
      readonly item: string
      /** Which payment of the item it is, counted from one. */
      readonly nth: number
      readonly amount_fen: number
      readonly open_fen: number
      readonly voucher: string
      /** Null where it was lawfully erased. */
      readonly payee: string | null
      readonly loss: string | null
      readonly finance: Holder
      readonly by: Holder
      readonly at: string
      readonly recovered: readonly {
        readonly amount_fen: number
        readonly voucher: string
        readonly by: Holder
        readonly at: string
      }[]
      readonly writtenOff: { readonly amount_fen: number; readonly approver: Holder; readonly at: string } | null
    }[]
  }
  /** Items of which nobody has said yet what they prove: an open point, which stops nobody. */
  readonly withoutRelevance: readonly string[]
  /** When it was filed; null where nobody has said so. */
  readonly filing: {
    readonly filedOn: string
    readonly document: string
    readonly by: Holder
    readonly at: string
  } | null
  /** What is seen to when things are taken, by notice: what nobody has said of it is an open point, which stops nobody. */
  readonly checklists: readonly {
    readonly notice: string
    readonly kind: Said<MeasureStatus>
    readonly points: readonly {
      readonly point: Said<CheckPoint>
      readonly basis: string
      readonly ticked: { readonly by: Holder; readonly at: string } | null
    }[]
  }[]
  /** Papers that are to be served and of which nobody has recorded a service: an open point, which stops nobody. */
  readonly unserved: readonly {
    readonly paper: string
    readonly number: string
    readonly kind: Said<PaperKind>
    readonly issuedAt: string
  }[]
  /** Transfers on suspicion of a crime of which a holder was not told in writing yet, by act and holder: an open point, which stops nobody. */
  readonly untold: readonly {
    readonly disposal: string
    readonly part: string
    readonly document: string
    readonly at: string
    /** The things of this holder. */
    readonly items: readonly string[]
  }[]
  /** Measures that nobody has approved yet though somebody must, over what was not given back, by notice; `onTheSpot`: within 24 hours. */
  readonly unapproved: readonly {
    readonly notice: string
    readonly kind: Said<MeasureStatus>
    readonly takenAt: string
    readonly onTheSpot: boolean
    readonly items: readonly string[]
  }[]
  /** Requests about anything of it that wait for a decision, whoever asked. */
  readonly pending: readonly {
    readonly id: string
    readonly deed: DeedData
    readonly requester: Holder
    readonly askedAt: string
    readonly expiresAt: string
  }[]
}

/** `GET /api/search`. */
export interface Found {
  readonly items: readonly ItemSummary[]
  readonly cases: readonly CaseSummary[]
  readonly places: readonly ShownLocation[]
}
