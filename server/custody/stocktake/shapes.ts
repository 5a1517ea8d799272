import type { Words } from '../../refusal.ts'
import type { Perceived } from './facts.ts'

/** What a count comes to for one thing. `FOUND` and `MOVED` agree with the register; the rest is a difference. */
export const verdictWords = {
  FOUND: { zh: '相符', en: 'Found' },
  MOVED: { zh: '盘点期间已办移动', en: 'Moved during the count' },
  MISPLACED: { zh: '错位', en: 'Misplaced' },
  UNEXPECTED: { zh: '账上不在库', en: 'Not in store by the register' },
  UNKNOWN: { zh: '账外物', en: 'Unknown to the register' },
  MISSING: { zh: '未见', en: 'Missing' },
  WEAK: { zh: '仅弱读，待扫码', en: 'Read faintly: scan it' },
  UNREADABLE: { zh: '无可读标签，待扫码', en: 'Not readable by design: scan it' },
  GONE: { zh: '复盘未再见', en: 'Not seen again' },
} as const satisfies Record<string, Words>
export type CountVerdict = keyof typeof verdictWords

/** 差异原因. */
export const causeWords = {
  MISCOUNTED: { zh: '首盘漏盘或误记', en: 'The first count missed or misread it' },
  PUT_WRONG: { zh: '放错库位', en: 'Put on the wrong shelf' },
  NOT_RECORDED: { zh: '移动未登记', en: 'Moved without being recorded' },
  LABEL: { zh: '标签损坏、脱落或贴错', en: 'Label damaged, lost or on the wrong thing' },
  TAG: { zh: '射频标签读不出', en: 'RFID tag cannot be read' },
  NOT_EVIDENCE: { zh: '不属涉案财物', en: 'Not evidence' },
  NOT_FOUND: { zh: '暂未查明，转查找', en: 'Not known yet: to be searched for' },
} as const satisfies Record<string, Words>
export type RootCause = keyof typeof causeWords

/** An entry that explains something. */
export type Reference = {
  readonly item: string
  readonly type: string
  readonly register: string
  readonly seq: number
  readonly at: string
}

/** How the thing was last perceived; `box`: under the seal of the box it lies in. */
export type CountedHow = Perceived | 'box'

/** Something that a count and the register do not agree on. */
export type FoundDifference = {
  /** From one, in the order of the paper. */
  readonly n: number
  readonly verdict: CountVerdict
  /** Null for what the register does not know. */
  readonly item: string | null
  /** Where it lies by the register; null where it should not lie in this store. */
  readonly expectedAt: string | null
  /** Where it was perceived; null where it was not. */
  readonly seenAt: string | null
  readonly how: CountedHow | null
  /** The issue of a voided label that it wore. */
  readonly voided: number | null
  /** Where what could be read of an unknown thing stands sealed, or the number of its tag. */
  readonly unknown: string | null
  /** The entry that explains it, where one does. */
  readonly why: Omit<Reference, 'item'> | null
  /** Who put it where the register has it: does not count it again when it is missing. */
  readonly placedBy: string | null
}

/** In pieces of the register, one for each item card. */
export type StocktakeFigures = {
  readonly expected: number
  readonly found: number
  readonly moved: number
  readonly differences: number
  /** Perceived, in its place by the register, and not on the list: the other direction, from the shelf to the book. */
  readonly alsoSeen: number
}
