import type { Circumstances, Decision } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { currencyOf, mustBeCounted } from '../cash/cash.ts'
import { type CashFigures, type CashPieces, figuresOf, piecesOf } from '../cash/figures.ts'
import { categories } from '../categories.ts'
import { draft, unitRegister } from '../custody.ts'
import type { Item } from '../items/item.ts'
import { quantityOf } from '../intake/registering.ts'
import { ending, Forming, mustRegroup, type RegroupScene, sumOf, weighedTogether } from './regrouping.ts'
import { itemOf, type Scene } from '../scene.ts'
import type { Split } from './schemas.ts'
import { gramsOf, NOT_WEIGHED, type Weighed, weighedNow } from '../weighing/weights.ts'

type Part = Split['items'][number]['parts'][number]

/**
 * 拆分: one item becomes several, each with a card of its own; the old card is void. What they are together is what the item was: quantities
 * exactly, cash piece by piece, weights within what scales differ by. They lie where it lay and inherit all that the law has said of it.
 * @throws Refusal `custody.parts-quantity`, `custody.parts-cash`, `custody.parts-weight`, `custody.location-full`, and as `mustRegroup`
 */
export function splitItem(scene: RegroupScene, command: Split, circumstances: Circumstances): Decision {
  const [line] = command.items
  if (line === undefined) throw new Error('an act names at least one item')
  const item = itemOf(scene, line.item)
  mustRegroup(scene, item, 'split', circumstances)
  mustBeCounted(item)
  mustHaveRoom(scene, item, line.parts.length - 1)
  const quantities = line.parts.map((part, index) =>
    quantityOf(part.quantity, item.quantityUnit, { line: index + 1, field: 'quantity' }),
  )
  const cash = line.parts.map((part, index) => countedIn(item, part, index))
  mustAddUp(item, quantities, cash)
  const weights = line.parts.map((part, index) => weighedIn(scene, item, part, index, circumstances))
  const together = mustWeighAlike(item, weights)
  const forming = new Forming(scene, 'split', [item], circumstances)
  const born = line.parts.map((part, index) =>
    forming.form(item, {
      ...{ name: part.name ?? item.name, quantity: quantities[index] ?? '', features: part.features ?? null },
      ...{ weighed: weights[index] ?? NOT_WEIGHED, cash: cash[index] ?? null },
    }),
  )
  const parts = forming.given.map(({ code }) => code)
  const body = { parts, ...together, reason: circumstances.mint.seal(command.reason) }
  const end = (giver: number | undefined) =>
    draft(unitRegister(item.unit), 'custody.split', `item/${item.code}`, body, giver)
  return { facts: [...ending(scene, item, parts, end, 0, 'split'), ...born], result: { items: forming.given } }
}

function mustHaveRoom({ locations, containers, occupied, packed }: Scene, item: Item, more: number): void {
  const shelf = item.location === null ? undefined : locations.get(item.location)
  if (shelf !== undefined && (occupied.get(shelf.code) ?? 0) + more > shelf.capacity)
    throw new Refusal('custody.location-full', { location: shelf.code, capacity: shelf.capacity })
  const box = item.container === undefined ? undefined : containers.get(item.container)
  if (box !== undefined && (packed.get(box.code) ?? 0) + more > box.capacity)
    throw new Refusal('custody.container-full', { container: box.code, capacity: box.capacity })
}

/** What of the cash goes into one part; null for what is no cash. */
function countedIn(item: Item, { cash }: Part, index: number): CashFigures | null {
  if (!categories[item.category].counted) {
    if (cash !== undefined) throw new Refusal('custody.not-cash', { item: item.code })
    return null
  }
  if (cash === undefined || cash.length === 0)
    throw new Refusal('custody.parts-cash', { item: item.code, line: index + 1, field: 'cash' })
  return figuresOf(currencyOf(item), cash, [])
}

/** Cash is counted piece by piece, whatever bags it comes in; everything else by its quantity. */
function mustAddUp(item: Item, quantities: readonly string[], cash: readonly (CashFigures | null)[]): void {
  if (categories[item.category].counted) {
    const whole = item.cash?.agreed.at(-1)?.pieces ?? []
    const found = cash.flatMap((one) => (one === null ? [] : piecesOf(one)))
    if (!isSamePieces(whole, found)) throw new Refusal('custody.parts-cash', { item: item.code })
    return
  }
  const found = sumOf(quantities)
  const { quantity: expected, quantityUnit: unit } = item
  if (found !== expected) throw new Refusal('custody.parts-quantity', { item: item.code, expected, found, unit })
}

function isSamePieces(one: readonly CashPieces[], other: readonly CashPieces[]): boolean {
  const byFace = (all: readonly CashPieces[]): string =>
    JSON.stringify(
      [...Map.groupBy(all, ({ face_minor }) => face_minor)]
        .map(([face, its]) => [face, its.reduce((sum, { pieces }) => sum + pieces, 0)] as const)
        .filter(([, pieces]) => pieces > 0)
        .sort(([a], [b]) => a - b),
    )
  return byFace(one) === byFace(other)
}

/** What has a weight loses none by being split: each part is weighed. */
function weighedIn(scene: Scene, item: Item, part: Part, index: number, circumstances: Circumstances): Weighed {
  const weighed = weighedNow(scene.frames, item, part, circumstances)
  if (weighed.weight_mg === null && item.weights.length > 0)
    throw new Refusal('custody.weight-missing', { item: item.code, line: index + 1, field: 'weight_mg' })
  return weighed
}

function mustWeighAlike(item: Item, parts: readonly Weighed[]): Weighed {
  const together = weighedTogether(parts)
  const expected = item.weights.at(-1)?.weight_mg
  const { tolerance_mg } = categories[item.category].weighed
  if (together.weight_mg !== null && expected !== undefined && Math.abs(together.weight_mg - expected) > tolerance_mg)
    throw new Refusal('custody.parts-weight', {
      ...{ item: item.code, expected: gramsOf(expected), found: gramsOf(together.weight_mg) },
      tolerance: gramsOf(tolerance_mg),
    })
  return together
}
