import { Refusal } from '../../refusal.ts'
import { categories } from '../categories.ts'
import type { Item } from '../items/item.ts'
import { mustBeReachable, type Scene } from '../scene.ts'
import type { Container } from './containers.ts'

/** 整箱调用: a box out of its store with what was lent in it. */
export type BoxLoan = {
  readonly loan: string
  readonly borrower: string
  readonly lentAt: string
}

/**
 * A box is lent as a whole: these items are all that lies in it, and nothing else does. Who asks need not know what else there is, and is not
 * told.
 * @param items each once
 * @throws Refusal `custody.container-content`
 */
export function mustBeWhole(
  { packed }: Pick<Scene, 'packed'>,
  container: string,
  items: readonly Pick<Item, 'container'>[],
): void {
  const isAll = packed.get(container) === items.length && items.every((item) => item.container === container)
  if (!isAll) throw new Refusal('custody.container-content', { container, named: items.length })
}

/**
 * What goes out in a box goes out of it by nobody's hand: so it may be sealed, unless something in it is weighed at every hand-over.
 * @throws Refusal `custody.container-sealed`
 */
export function mustGoOutWith(scene: Pick<Scene, 'containers'>, container: string | undefined, item: Item): void {
  if (container === undefined || categories[item.category].weighed.required) mustBeReachable(scene, item)
}

/** @throws Refusal `custody.container-lent` while it is out on loan: nothing is put into it, and it is not carried about the store. */
export function mustBeHere({ code, lent }: Pick<Container, 'code' | 'lent'>): void {
  if (lent !== undefined) throw new Refusal('custody.container-lent', { container: code })
}
