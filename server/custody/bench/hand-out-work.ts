import type { ItemView, PersonView } from '../../stations/protocol.ts'
import { isKeeperWanted, type Paired } from './keeper.ts'
import type { BenchWeight } from './view.ts'

/** One item of a loan at the bench. */
export type HandOutLine = {
  readonly view: ItemView
  /** Its class is weighed at every hand-over. */
  readonly weigh: boolean
  readonly weighed: BenchWeight | null
}

/** 调用出库 at a bench: items of one granted loan, and the officer who fetches them; weighed before his eyes. */
export type HandOutWork = Paired & {
  readonly procedure: 'hand-out'
  readonly approval: string
  readonly requester: string
  /** The box that goes out with all that lies in it; absent where things go by themselves. */
  readonly box?: { readonly code: string; readonly name: string }
  readonly lines: readonly HandOutLine[]
  readonly borrower: PersonView | null
  /** What the scale said of the item that is weighed now, where it is not its last weight. */
  readonly unlike: BenchWeight | null
  /** A weight of that item differed: it goes out when a weighing fits, or gets an incident; the work is not left otherwise. */
  readonly differed: boolean
  /** An incident was asked for: CONFIRM opens it, and nothing takes it back. */
  readonly closing: boolean
}

export type HandOutStage = 'badge' | 'keeper' | 'weigh' | 'differs' | 'closing' | 'confirm'

/** What is asked now follows from what has been found so far; a weight that differs goes before everything that follows it. */
export function stageOf(work: HandOutWork): HandOutStage {
  if (work.borrower === null) return 'badge'
  if (isKeeperWanted(work)) return 'keeper'
  if (onScale(work) === null) return 'confirm'
  if (work.unlike === null) return 'weigh'
  return work.closing ? 'closing' : 'differs'
}

/** Whose turn it is on the scale: the first that was not weighed yet. */
export function onScale({ lines }: HandOutWork): HandOutLine | null {
  return lines.find(({ weigh, weighed }) => weigh && weighed === null) ?? null
}
