import type { Words } from '../../refusal.ts'
import type { ItemView, PersonView, PointView } from '../../stations/protocol.ts'
import { isKeeperWanted, type Paired } from './keeper.ts'
import { type BenchWeight, differenceOf, grams, words } from './view.ts'

/** 归还入库 at a bench: one item, compared point by point with how it went out. */
export type TakeBackWork = Paired & {
  readonly procedure: 'take-back'
  readonly view: ItemView
  readonly returner: PersonView | null
  readonly weigh: boolean
  readonly sealed: boolean
  readonly tolerance_mg: number
  /** Its last weight was taken as it went out; else at some earlier moment. */
  readonly weighedOut: boolean
  readonly weighed: BenchWeight | null
  readonly seal: 'intact' | 'broken' | null
  /** What was scanned of its seal, the registered number or another; null until one was. */
  readonly sealSeen: string | null
  readonly condition: 'same' | 'different' | null
  /** A difference was found, and is in the register: the work ends in an incident or in a return that fits, never by itself. */
  readonly differed: boolean
  /** An incident was asked for: CONFIRM opens it, and nothing takes it back. */
  readonly closing: boolean
}

export type Stage = 'badge' | 'keeper' | 'weigh' | 'seal' | 'condition' | 'shelf' | 'differs' | 'closing'

/** What is asked now follows from what has been found so far. */
export function stageOf(work: TakeBackWork): Stage {
  if (work.returner === null) return 'badge'
  if (isKeeperWanted(work)) return 'keeper'
  const open = openPoint(work)
  if (open !== null) return open
  if (differing(work).length === 0) return 'shelf'
  return work.closing ? 'closing' : 'differs'
}

/** The first point that is still to be compared. */
function openPoint({ weigh, weighed, sealed, seal, condition }: TakeBackWork): 'weigh' | 'seal' | 'condition' | null {
  if (weigh && weighed === null) return 'weigh'
  if (sealed && seal === null) return 'seal'
  return condition === null ? 'condition' : null
}

/** The same comparison as the register's, to show it before it is written. */
export function pointsOf(work: TakeBackWork): PointView[] {
  const { view, weighed, weigh, sealed, seal, sealSeen, condition, tolerance_mg } = work
  const weight_mg = weighed?.weight_mg ?? null
  const now = (point: Stage): boolean => work.returner !== null && !isKeeperWanted(work) && openPoint(work) === point
  const close = weight_mg !== null && view.weight_mg !== null && Math.abs(weight_mg - view.weight_mg) <= tolerance_mg
  return [
    {
      point: 'weight',
      words: words('重量', 'Weight'),
      expected: view.weight_mg === null ? null : grams(view.weight_mg),
      found: weight_mg === null ? null : foundWeight(weight_mg, view.weight_mg, close),
      verdict:
        !weigh || (weight_mg !== null && view.weight_mg === null)
          ? 'not-compared'
          : verdict(weight_mg, close, now('weigh')),
    },
    {
      point: 'seal',
      words: words('封条', 'Seal'),
      expected: view.sealNumber === null ? null : words(view.sealNumber, view.sealNumber),
      found:
        seal === null
          ? seen(sealSeen)
          : seal === 'intact'
            ? words('完好', 'Intact')
            : words('破损或编号不符', 'Broken or another'),
      verdict: !sealed ? 'not-compared' : verdict(seal, seal === 'intact', now('seal')),
    },
    {
      point: 'condition',
      words: words('外观', 'Condition'),
      expected: words('与照片一致', 'As on the photo'),
      found:
        condition === null ? null : condition === 'same' ? words('一致', 'The same') : words('不一致', 'Different'),
      verdict: verdict(condition, condition === 'same', now('condition')),
    },
  ]
}

function seen(number: string | null): Words | null {
  return number === null ? null : words(number, number)
}

function verdict(found: unknown, same: boolean, now: boolean): PointView['verdict'] {
  if (found === null) return now ? 'now' : 'waiting'
  return same ? 'same' : 'different'
}

/** What was weighed; where it differs, by how much. */
function foundWeight(found_mg: number, expected_mg: number | null, isClose: boolean): Words {
  const found = grams(found_mg)
  if (isClose || expected_mg === null) return found
  const gap = differenceOf(found_mg, expected_mg)
  return words(`${found.zh}，${gap.zh}`, `${found.en}, ${gap.en}`)
}

/** The points of comparison that came out different; what is not compared or not done yet is not among them. */
export function differing(work: TakeBackWork): PointView[] {
  return pointsOf(work).filter(({ verdict: found }) => found === 'different')
}

/** Who has signed beside the custodian. */
export function signedBy({ returner, keeper }: Pick<TakeBackWork, 'returner' | 'keeper'>): string[] {
  return [returner, keeper].flatMap((one) => one?.id ?? [])
}
