import type { Circumstances } from '../../module.ts'
import { Refusal, type Words } from '../../refusal.ts'
import { categories } from '../categories.ts'
import type { Item } from '../items/item.ts'
import { itemOf } from '../scene.ts'
import type { Receiver } from './facts.ts'
import type { DisposalScene } from './proposing.ts'
import type { Release } from './schemas.ts'

interface Handing {
  readonly name: Words
  /** Who may receive it so; empty where it does not leave the organ's hands. */
  readonly receivers: readonly Receiver['relation'][]
  /** Whether what it became is named: the item under which it is held since. */
  readonly becomes: boolean
}

/** 返还方式 (rules X-20): how what was only on a person goes back, and what each way needs beside the receiver's name and document, where somebody receives it. */
export const handingWays = {
  SELF: { name: { zh: '本人领取', en: 'Fetched by himself' }, receivers: ['holder', 'owner'], becomes: false },
  ENTRUSTED: {
    name: { zh: '委托他人代为领取', en: 'Fetched by an agent' },
    // Both show what empowers them.
    ...{ receivers: ['agent', 'relative'], becomes: false },
  },
  TO_EVIDENCE: { name: { zh: '转涉案财物', en: 'Taken as evidence' }, receivers: [], becomes: true },
  HANDED_ON: { name: { zh: '移交', en: 'Handed to another organ' }, receivers: ['organ'], becomes: false },
} as const satisfies Readonly<Record<string, Handing>>

export type HandingWay = keyof typeof handingWays
export const HANDING_WAYS = Object.keys(handingWays) as HandingWay[]
export const handingWords = Object.fromEntries(HANDING_WAYS.map((way) => [way, handingWays[way].name])) as Readonly<
  Record<HandingWay, Words>
>

/** How personal effects went back. */
export type Handed = {
  readonly way: HandingWay
  /** The item that it is since, taken by a notice of its own; null where it went back. */
  readonly becomes: string | null
}

/**
 * How personal effects go back; null for evidence, which has no such ways.
 * @throws Refusal `custody.handing-way`, `custody.handing-receiver`, `custody.receiver-missing`, `custody.handing-becomes`
 */
export function handedBack(
  scene: Pick<DisposalScene, 'items' | 'sight' | 'became'>,
  items: readonly Item[],
  { handing, becomes, receiver }: Release,
  { at }: Pick<Circumstances, 'at'>,
): Handed | null {
  const [first] = items
  const books = new Set(items.map(({ category }) => categories[category].book))
  if (books.size > 1) throw new Refusal('custody.handing-way')
  if (first === undefined || !books.has('effects')) {
    if (handing !== undefined || becomes !== undefined) throw new Refusal('custody.handing-way')
    if (receiver === undefined) throw new Refusal('custody.receiver-missing')
    return null
  }
  if (handing === undefined) throw new Refusal('custody.handing-way')
  const way: Handing = handingWays[handing]
  const called = { way: way.name.zh, wayEn: way.name.en }
  if (receiver === undefined && way.receivers.length > 0) throw new Refusal('custody.receiver-missing')
  if (receiver !== undefined && !way.receivers.includes(receiver.relation))
    throw new Refusal('custody.handing-receiver', called)
  if (way.becomes !== (becomes !== undefined)) throw new Refusal('custody.handing-becomes', called)
  if (becomes === undefined) return { way: handing, becomes: null }
  const taken = itemOf(scene, becomes)
  const isNew = taken.measure.noticeNumber !== first.measure.noticeNumber && taken.measure.takenAt <= at
  const stays = taken.custodyStatus !== 'OUT' && taken.succeeded === undefined
  if (
    items.length > 1 ||
    scene.became.has(becomes) ||
    taken.case !== first.case ||
    categories[taken.category].book !== 'evidence' ||
    !isNew ||
    !stays
  )
    throw new Refusal('custody.handing-becomes', called)
  return { way: handing, becomes }
}
