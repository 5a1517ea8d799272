import type { Sealed } from '../../module.ts'
import type { Words } from '../../refusal.ts'
import type { Facts } from '../custody.ts'
import type { Item } from '../items/item.ts'
import { retired } from '../seals/seals.ts'

/** 红字更正 (rules 7.2): what was typed wrongly may be put right, with both kept. Never where an item is, who held it, its category, or a time. */
export const correctedWords = {
  name: { zh: '名称', en: 'name' },
  features: { zh: '特征', en: 'features' },
  quantity: { zh: '数量', en: 'quantity' },
  weight_mg: { zh: '重量', en: 'weight' },
  sealNumber: { zh: '封条编号', en: 'seal number' },
  noticeNumber: { zh: '通知书文号', en: 'notice number' },
} as const satisfies Record<string, Words>

export type CorrectedField = keyof typeof correctedWords
export const CORRECTED_FIELDS = Object.keys(correctedWords) as CorrectedField[]

/** What stands on the printed card. */
const ON_CARD: ReadonlySet<CorrectedField> = new Set(['name', 'quantity', 'sealNumber'])

/** One correction of an item: what stood there, and what stands there since. Features stand beside the register. */
export type Correction = {
  readonly field: CorrectedField
  readonly was: string | number | null
  readonly is: string | number | null
  readonly wasSaid: Sealed | null
  readonly isSaid: Sealed | null
  readonly reason: Sealed
  readonly by: string
  readonly with: readonly string[]
  readonly at: string
}

/** An item after one of its fields was put right. */
export function corrected(
  item: Item,
  {
    body,
    actor,
    with: signers,
    at,
  }: { body: Facts['custody.corrected']; actor: string; with: readonly string[]; at: string },
): Item {
  const { field, was, is, text, reason } = body
  const said = field === 'features'
  const correction: Correction = {
    ...{ field, was, is, wasSaid: said ? item.features : null, isSaid: text },
    ...{ reason, by: actor, with: signers, at },
  }
  return {
    ...item,
    ...changed(item, body, at),
    corrections: [...(item.corrections ?? []), correction],
    lastAt: at,
  }
}

function changed(item: Item, { field, is, text, retires }: Facts['custody.corrected'], at: string): Partial<Item> {
  switch (field) {
    case 'name':
    case 'quantity':
      return { [field]: String(is) }
    case 'features':
      return { features: text }
    case 'weight_mg':
      return { weights: item.weights.map((one, index) => (index === 0 ? { ...one, weight_mg: Number(is) } : one)) }
    case 'sealNumber':
      if (item.seal === null) return {}
      return {
        seal: { ...item.seal, number: String(is) },
        ...(retires === undefined ? {} : retired(item, at, 'WRITTEN_WRONGLY')),
      }
    case 'noticeNumber':
      return { measure: { ...item.measure, noticeNumber: String(is) } }
  }
}

/**
 * Whether a card that was sent to print then says less or other than the item now: it wears another seal, was put right, or is of another case.
 * @param renumberedAt when the number of its case was put right last; null where it never was
 */
export function isStale(
  { seal, corrections = [], passed = [] }: Pick<Item, 'seal' | 'corrections' | 'passed'>,
  card: { readonly wantedAt: string; readonly state: string; readonly void: boolean } | undefined,
  renumberedAt: string | null,
): boolean {
  if (card === undefined || card.void || card.state === 'failed') return false
  const changes = corrections.filter(({ field }) => ON_CARD.has(field)).map(({ at }) => at)
  const others = [seal?.sealedAt ?? null, renumberedAt, ...passed.map(({ at }) => at)].filter((at) => at !== null)
  return [...changes, ...others].some((at) => card.wantedAt < at)
}
