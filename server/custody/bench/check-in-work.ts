import type { ItemView, PersonView } from '../../stations/protocol.ts'
import type { Bag } from '../weighing/tare.ts'
import { isKeeperWanted } from './keeper.ts'
import { type BenchWeight, words } from './view.ts'

export type Line = {
  readonly item: string
  readonly name: string
  readonly state: 'waiting' | 'accepted' | 'refused'
  readonly weighed: BenchWeight | null
  /** What the scale said of it before that, oldest first. */
  readonly before: readonly BenchWeight[]
  /** The size of its bag, where somebody said it. */
  readonly bag: Bag | null
  /** As it was compared, or, of what is sent back, as it was read; null where it was not. */
  readonly sealNumber: string | null
  readonly photoMatches: boolean
  readonly location: { readonly code: string; readonly name: string } | null
  readonly reason: string | null
}

export type Hand = {
  readonly view: ItemView
  /** Its class takes two custodians. */
  readonly pair: boolean
  readonly weigh: boolean
  readonly weighed: BenchWeight | null
  /** The last weight that was not the registered one. */
  readonly unlike: BenchWeight | null
  /** What the scale has said of it so far, oldest first. */
  readonly readings: readonly BenchWeight[]
  /** What was scanned of its seal, the registered number or another; null until one was. */
  readonly sealSeen: string | null
  /** The size of its sealed bag, by which its net weight follows; null until somebody says it. */
  readonly bag: Bag | null
  /** Somebody is about to say it. */
  readonly bagging: boolean
  readonly compared: boolean
  /** Sending it back: which reason CONFIRM would take. */
  readonly refusing: number | null
}

/** All that the scale said of the thing in hand but the weight that it goes by. */
export function readingsBefore({ readings }: Pick<Hand, 'readings'>, found: BenchWeight | null): BenchWeight[] {
  return readings.filter(({ reading }) => reading !== found?.reading)
}

/** 入库 at a bench: a list, its officer, and what has been found of each line so far. Nothing is in a register before both confirm. */
export type CheckInWork = {
  readonly procedure: 'check-in'
  readonly list: string
  readonly unit: string
  readonly officer: PersonView | null
  /** The second custodian, from the first item on whose class takes two. */
  readonly keeper: PersonView | null
  /** The item that was scanned to begin; in hand as soon as the officer has signed. */
  readonly first: string | null
  readonly lines: readonly Line[]
  readonly hand: Hand | null
  /** The custodian has confirmed; the officer's badge and PIN do the rest. */
  readonly confirmed: boolean
}

/** Why single items are sent back; the REFUSE card steps through them. */
const REASONS = [
  { id: 'weight', words: words('重量与登记不符', 'The weight is not the registered one') },
  { id: 'seal', words: words('封条破损或编号不符', 'The seal is broken or another one') },
  { id: 'photo', words: words('实物与照片不符', 'It does not look like its photo') },
  { id: 'description', words: words('名称、数量或特征与清单不符', 'Name, quantity or features differ from the list') },
  { id: 'papers', words: words('文书或签名不全', 'Papers or signatures are missing') },
  { id: 'back', words: words('返回，重新核对', 'Back: compare again') },
] as const

/**
 * What the thing in hand may be sent back for. Its weight is no reason where it is not weighed at all, nor once the scale has
 * found it as registered: the first reason is the one that is marked, and two cards in a row would put into the register
 * what the bench itself has just disproved.
 */
export function reasonsFor({ weigh, weighed }: Pick<Hand, 'weigh' | 'weighed'>): readonly (typeof REASONS)[number][] {
  return REASONS.filter(({ id }) => id !== 'weight' || (weigh && weighed === null))
}

export type Stage =
  | 'officer'
  | 'item'
  | 'keeper'
  | 'refuse'
  | 'weigh'
  | 'bag'
  | 'compare'
  | 'shelf'
  | 'confirm'
  | 'officer-confirm'

/** What is asked now follows from what has been found so far. */
export function stageOf({ officer, keeper, hand, lines, confirmed }: CheckInWork): Stage {
  if (officer === null) return 'officer'
  if (confirmed) return 'officer-confirm'
  if (hand === null) return lines.some(({ state }) => state === 'waiting') ? 'item' : 'confirm'
  if (hand.refusing !== null) return 'refuse'
  if (isKeeperWanted({ pair: hand.pair, keeper })) return 'keeper'
  if (hand.weigh && hand.weighed === null) return 'weigh'
  if (hand.bagging) return 'bag'
  return hand.compared ? 'shelf' : 'compare'
}

/** Who has signed beside the custodian. */
export function signedBy({ officer, keeper }: Pick<CheckInWork, 'officer' | 'keeper'>): string[] {
  return [officer, keeper].flatMap((one) => one?.id ?? [])
}
