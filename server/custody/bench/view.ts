import type {
  AskView,
  CommandWord,
  DisposalDue,
  ItemView,
  OptionView,
  StepView,
  Words,
} from '../../stations/protocol.ts'
import { custodyWords, incidentWords, sealWords } from '../axes.ts'
import { quantityWords } from '../cash/cash.ts'
import { categories } from '../categories.ts'
import { isOverdue, type Item } from '../items/item.ts'
import { mayMove } from '../transitions.ts'
import { gramsOf } from '../weighing/weights.ts'

/** What a look-up offers to begin. */
export const MOVE = { zh: '移位', en: 'Move' } as const
export const UNSEAL = { zh: '启封', en: 'Open the seal' } as const
export const SEAL = { zh: '加封', en: 'Seal' } as const

/** What the bench shows of an item. Nothing of the case but its number. */
export function itemView(
  item: Item,
  {
    number,
    features,
    location,
    borrower,
    disposal = null,
    at,
  }: {
    /** By what number its case goes. */
    readonly number: string
    readonly features: string
    readonly location: string | null
    readonly borrower: string | null
    readonly disposal?: DisposalDue | null
    readonly at: string
  },
): ItemView {
  return {
    ...{ code: item.code, name: item.name, case: number, ordinal: item.ordinal, features },
    category: categories[item.category].name,
    quantity: quantityWords(item),
    custody: custodyWords[item.custodyStatus],
    sealed: sealWords[item.sealStatus],
    sealNumber: item.seal?.number ?? null,
    weight_mg: item.weights.at(-1)?.weight_mg ?? null,
    location: item.location === null ? null : { code: item.location, name: location ?? item.location },
    borrower: item.loan === null ? null : { id: item.loan.borrower, name: borrower ?? item.loan.borrower },
    dueAt: item.loan?.dueAt ?? item.reservation?.dueAt ?? null,
    overdue: isOverdue(item, at),
    frozen: item.incident === null ? null : incidentWords[item.incident.kind],
    photos: item.photos.map(({ photo }) => photo),
    disposal,
    can: possible(item, at),
  }
}

function possible(item: Item, at: string): Words[] {
  if (item.incident !== null) return [{ zh: '等待异常处理结论', en: 'Wait for the incident to be concluded' }]
  const can: Words[] = []
  if (mayMove(item, 'check-in')) can.push({ zh: '入库', en: 'Check in' }, { zh: '退回补正', en: 'Send back' })
  if (mayMove(item, 'take-back')) can.push({ zh: '归还入库', en: 'Take back' })
  if (mayMove(item, 'lend') && isReserved(item, at)) can.push({ zh: '调用出库', en: 'Hand out' })
  if (mayMove(item, 'move')) can.push(MOVE)
  if (item.custodyStatus === 'IN_STORE' && mayMove(item, 'unseal')) can.push(UNSEAL)
  if (item.custodyStatus === 'IN_STORE' && (mayMove(item, 'seal') || mayMove(item, 'reseal'))) can.push(SEAL)
  return can
}

/** Whether a granted loan waits to be fetched. */
export function isReserved(item: Item, at: string): boolean {
  return item.reservation !== null && item.reservation.validUntil >= at
}

/** Both languages of what is said or shown, Chinese first. */
export function words(zh: string, en: string): Words {
  return { zh, en }
}

/** What the scale said of the item in hand, and in which reading. */
export type BenchWeight = { readonly weight_mg: number; readonly reading: string }

/** `100.250 克`, `100.250 g`. */
export function grams(weight_mg: number): Words {
  const number = gramsOf(weight_mg)
  return { zh: `${number} 克`, en: `${number} g` }
}

/** A weight that differs: both numbers and what is between them. */
export function differenceOf(found_mg: number, expected_mg: number): Words {
  const gap = grams(Math.abs(found_mg - expected_mg))
  return found_mg < expected_mg
    ? { zh: `少 ${gap.zh}`, en: `${gap.en} less` }
    : { zh: `多 ${gap.zh}`, en: `${gap.en} more` }
}

/** A button, and the card that does the same; null where no card does. `marked` is what CONFIRM would take, and is set by who lists several. */
export function option(
  id: string,
  of: Words,
  word: CommandWord | null,
  look: OptionView['look'] = 'plain',
): OptionView {
  return { id, words: of, word, marked: false, look }
}

export const UNDO = option('undo', words('撤销上一次扫描', 'Take the last scan back'), 'UNDO')
export const CANCEL = option('cancel', words('取消办理', 'Cancel'), 'CANCEL')

/** What is asked, with the options that are always there. */
export function ask(kind: AskView['kind'], of: Words, options: readonly OptionView[] = []): AskView {
  return { kind, words: of, who: null, options: [...options, UNDO, CANCEL], text: false }
}

/** The steps of a procedure: those before the present one are done; those that this item has no need of say why. */
export function stepsOf<N extends string>(
  steps: readonly (readonly [N, Words])[],
  now: NoInfer<N>,
  needless: { readonly [Name in NoInfer<N>]?: Words | undefined } = {},
): readonly StepView[] {
  const at = steps.findIndex(([name]) => name === now)
  return steps.map(([name, of], index) => ({
    name,
    words: of,
    state: needless[name] !== undefined ? 'needless' : index < at ? 'done' : index === at ? 'now' : 'todo',
    why: needless[name] ?? null,
  }))
}
