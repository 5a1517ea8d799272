import type { Circumstances, Decision, FactDraft, Json } from '../../module.ts'
import { Refusal, type Words } from '../../refusal.ts'
import { mustBeCounted } from '../cash/cash.ts'
import type { CashFigures } from '../cash/figures.ts'
import { categories } from '../categories.ts'
import { draft, unitRegister } from '../custody.ts'
import type { Item } from '../items/item.ts'
import { filmingOf } from '../videos/filming.ts'
import { linesOf } from '../items/lines.ts'
import { ending, Forming, mustRegroup, type RegroupScene, sumOf, weighedTogether } from './regrouping.ts'
import { itemOf } from '../scene.ts'
import type { Merge } from './schemas.ts'

/**
 * 合并: several items that are alike become one with a card of its own; the old cards are void. They were taken by one measure, lie together and
 * stand alike on every axis; the new one is what they were together.
 * @throws Refusal `custody.merge-few`, `custody.not-alike`, and as `mustRegroup`
 */
export function mergeItems(scene: RegroupScene, command: Merge, circumstances: Circumstances): Decision {
  const items = linesOf(command.items).map((line) => itemOf(scene, line.item))
  for (const item of items) {
    mustRegroup(scene, item, 'merge', circumstances)
    mustBeCounted(item)
  }
  const [first, ...others] = items
  if (first === undefined || others.length === 0) throw new Refusal('custody.merge-few')
  for (const other of others) mustBeAlike(first, other)
  const forming = new Forming(scene, 'merge', items, circumstances)
  const born = forming.form(first, {
    ...{ name: command.name ?? first.name, features: command.features ?? null },
    quantity: sumOf(items.map(({ quantity }) => quantity)),
    weighed: weighedTogether(items.map(({ weights }) => weights.at(-1) ?? { weight_mg: null, weighing: null })),
    cash: categories[first.category].counted ? cashOf(items) : null,
  })
  const into = forming.given.map(({ code }) => code)
  const body = { into: into[0] ?? '', reason: circumstances.mint.seal(command.reason) }
  const facts: FactDraft[] = []
  for (const item of items) {
    const end = (giver: number | undefined) =>
      draft(unitRegister(item.unit), 'custody.merged', `item/${item.code}`, body, giver)
    facts.push(...ending(scene, item, into, end, facts.length, 'merge'))
  }
  return { facts: [...facts, born], result: { items: forming.given } }
}

/** In what two items must not differ to become one, and how that is called. */
const ALIKE: readonly (readonly [name: Words, of: (item: Item) => Json])[] = [
  [{ zh: '案件', en: 'case' }, ({ case: number }) => number],
  [{ zh: '类别', en: 'category' }, ({ category }) => category],
  [{ zh: '计量单位', en: 'unit' }, ({ quantityUnit }) => quantityUnit],
  [{ zh: '措施', en: 'measure' }, ({ measure: { kind, noticeNumber, takenAt } }) => [kind, noticeNumber, takenAt]],
  [{ zh: '措施的批准', en: 'approval of the measure' }, leaveOf],
  [{ zh: '录音录像', en: 'recording of the taking' }, filmingOf],
  [{ zh: '保管状态', en: 'custody' }, ({ custodyStatus }) => custodyStatus],
  [{ zh: '存放位置', en: 'place' }, ({ store, location, container = null }) => [store, location, container]],
  [{ zh: '封装状态', en: 'seal' }, ({ sealStatus }) => sealStatus],
  [{ zh: '价值状态', en: 'value' }, ({ valueStatus }) => valueStatus],
  [{ zh: '分类要素', en: 'details' }, ({ details, marks = {} }) => [details?.ref ?? null, { ...marks }]],
  [{ zh: '重量（须都已称重或都未称重）', en: 'weight (all of them or none)' }, ({ weights }) => weights.length > 0],
  [{ zh: '涉嫌犯罪、无关、完税、申诉的认定', en: 'what was found of it' }, findingsOf],
]

function leaveOf({ measure: { approval, emergency, unregisteredTrader }, confirmed }: Item): Json {
  return [approval ?? null, emergency ?? false, unregisteredTrader ?? false, confirmed?.approval ?? null]
}

function findingsOf(item: Item): Json {
  const { suspectedCrime, foundUnrelatedAt, taxPaidAt, upheld, reviewable, reviewedAbove, decisionToServe, keptOpen } =
    item
  return [
    ...[suspectedCrime ?? null, foundUnrelatedAt ?? null, taxPaidAt ?? null],
    ...[upheld?.at ?? null, reviewable?.at ?? null, reviewedAbove?.at ?? null, keptOpen?.document ?? null],
    decisionToServe?.at ?? null,
  ]
}

function mustBeAlike(first: Item, other: Item): void {
  for (const [{ zh: what, en: whatEn }, of] of ALIKE) {
    if (JSON.stringify(of(first)) !== JSON.stringify(of(other)))
      throw new Refusal('custody.not-alike', { item: other.code, other: first.code, what, whatEn })
  }
}

/** All pieces, as loose ones: a bundle that was counted may have been opened since. */
function cashOf(items: readonly Item[]): CashFigures {
  const pieces = items.flatMap(({ cash }) => cash?.agreed.at(-1)?.pieces ?? [])
  const byFace = [...Map.groupBy(pieces, ({ face_minor }) => face_minor)]
  return {
    lines: byFace
      .map(([face_minor, its]) => ({
        ...{ face_minor, bundles: 0 },
        loose: its.reduce((sum, one) => sum + one.pieces, 0),
      }))
      .sort((a, b) => b.face_minor - a.face_minor),
    serials: [],
  }
}
