import type { Circumstances, Fact, FactDraft } from '../../module.ts'
import { custodyFact, draft } from '../custody.ts'
import { type Item, presentHolder } from '../items/item.ts'
import { presentRegister, type Scene } from '../scene.ts'

/** What a head of department is told. It names items by code only. */
export type Notice = {
  readonly id: string
  readonly unit: string
  readonly person: string | null
  readonly about: 'incident'
  readonly items: readonly string[]
  readonly store: string | null
  readonly at: string
}

/** A notice is told once and nothing follows: that somebody has read it is no fact. */
export function evolveNotice(notice: Notice | null, raw: Fact): Notice | null {
  const fact = custodyFact(raw)
  if (fact.type !== 'custody.head-told') return notice
  const { subject, unit, person, about, items, store } = fact.body
  return { id: subject.slice('notice/'.length), unit, person, about, items, store, at: fact.at }
}

/** Both departments, the one that handles the case and the one that keeps the item (rules C-27): every head of each is told once an act. */
export function tellHeads(
  scene: Pick<Scene, 'heads' | 'stores'>,
  items: readonly Item[],
  { mint }: Circumstances,
): FactDraft[] {
  const told = Map.groupBy(
    items,
    (item) => `${item.unit} ${item.store ?? ''} ${presentHolder(item) === `unit/${item.unit}`}`,
  )
  return [...told.values()].flatMap((its) => {
    const [first] = its
    if (first === undefined) return []
    const keeping = first.store === null ? undefined : scene.stores.get(first.store)
    const units = keeping === undefined ? [first.unit] : [first.unit, keeping]
    return units.flatMap((unit) => {
      const heads = scene.heads.get(unit) ?? []
      return (heads.length === 0 ? [null] : heads).map((person) =>
        draft(presentRegister(first), 'custody.head-told', `notice/${mint.id()}`, {
          unit,
          person,
          about: 'incident',
          items: its.map((item) => item.code),
          store: first.store,
        }),
      )
    })
  })
}
