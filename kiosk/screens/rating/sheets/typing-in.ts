import type { BoxStage } from '../../../../server/rating/boxes/protocol.ts'
import type { Level } from '../../../../server/rating/protocol.ts'

/** What boxes of paper have in common, whatever their sheets ask: opened by one, typed in by two, looked at by a third where they differ. */
export interface TypedBox {
  readonly id: string
  readonly sheets: number
  readonly stage: BoxStage | 'withdrawn'
  readonly openedBy: string
  readonly openedAt: string
  readonly enteredBy: readonly string[]
  readonly decidedBy: string | null
  readonly differ: readonly number[]
  readonly next: 'enter' | 'decide' | null
}

/** Sheets that are being typed in. */
export interface TypingIn<Sheet> {
  /** Their numbers on the paper. */
  readonly numbers: readonly number[]
  readonly busy: boolean
  readonly onsubmit: (sheets: readonly Sheet[]) => void
  readonly oncancel: () => void
}

/** What a line of a sheet can be marked with; null for a blank one. */
export interface MarkChoice {
  readonly level: Level | null
  readonly name: string
}

/** The numbers of the sheets that are typed in now: all of them, or those that two have read differently. */
export function numbersOf({ next, differ, sheets }: TypedBox): readonly number[] {
  return next === 'decide' ? differ : Array.from({ length: sheets }, (_, nth) => nth + 1)
}

/** Where typed sheets are sent to, below the box, and as what: sheets that were looked at say their numbers. */
export function sentAs<Sheet extends object>(
  box: TypedBox,
  typed: readonly Sheet[],
): { readonly path: 'decide' | 'entries'; readonly sheets: readonly object[] } {
  if (box.next !== 'decide') return { path: 'entries', sheets: typed }
  return { path: 'decide', sheets: typed.map((said, nth) => ({ sheet: box.differ[nth], ...said })) }
}

/** Which choice of a line a key stands for, by its place; 0 is the last one, blank. Null for another key. */
export function choiceOfKey(key: string, choices: number): number | null {
  if (!/^\d$/.test(key)) return null
  if (key === '0') return choices - 1
  return Number(key) < choices ? Number(key) - 1 : null
}
