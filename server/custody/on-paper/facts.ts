import type { Sealed } from '../../module.ts'

/** Acts of the bench that may be done on paper while there is no power, and entered later. */
export type PaperAct = 'hand-over' | 'check-in' | 'borrow' | 'give-back'

/** 补录: what was done on paper. Its time, and that of the facts before it, is when it happened; beside it stands when it was written down. */
export type OnPaperFacts = {
  /** unit for a hand-over, else store, `item/<code>`: the act before it was done on paper, by whoever enters it. */
  'custody.entered-from-paper': {
    readonly act: PaperAct
    /** The number on the sheet of paper. */
    readonly sheet: string
    readonly reason: Sealed
    /** Who signed the paper besides whoever enters it. */
    readonly signedBy: readonly string[]
    /** Who compared the entry with the paper, and signed for that with badge and PIN. */
    readonly comparedBy: string
  }
}
