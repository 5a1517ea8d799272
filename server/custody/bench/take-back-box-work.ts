import type { PersonView } from '../../stations/protocol.ts'
import { isKeeperWanted, type Paired } from './keeper.ts'
import type { TakeBackWork } from './take-back-work.ts'

/** 整箱归还 at a bench: a box that was lent, its seal, its shelf; and where its seal does not answer for it, what is in it, thing by thing. */
export type TakeBackBoxWork = Paired & {
  readonly procedure: 'take-back-box'
  readonly code: string
  readonly name: string
  /** The number on its seal; null where it went open. */
  readonly sealNumber: string | null
  readonly borrower: PersonView
  /** What went out in it and has not come back. */
  readonly out: readonly string[]
  readonly returner: PersonView | null
  readonly seal: 'intact' | 'broken' | null
  /** What was scanned of its seal, where that is another number. */
  readonly unlike: string | null
  /** It stands on a shelf again. */
  readonly back: boolean
  /** The thing that is compared now. */
  readonly now: TakeBackWork | null
}

export type BoxStage = 'badge' | 'keeper' | 'seal' | 'shelf' | 'items'

/** A box that nothing is out with needs no signature; one without a seal goes straight to its shelf. */
export function stageOfBox(work: TakeBackBoxWork): BoxStage {
  if (work.out.length > 0 && work.returner === null) return 'badge'
  if (work.out.length > 0 && isKeeperWanted(work)) return 'keeper'
  if (work.sealNumber !== null && work.seal === null) return 'seal'
  return work.back ? 'items' : 'shelf'
}
