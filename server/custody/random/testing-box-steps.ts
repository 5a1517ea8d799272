import type { Item } from '../items/item.ts'
import type { Container } from '../keeping/containers.ts'
import { weight } from './testing-leaving.ts'
import type { Turn, Usual } from './testing-book.ts'
import type { CustodyCommand } from '../testing-commands.ts'
import type { Standing, Verb } from './testing-steps.ts'

/** What is done with a box as a whole. */
export const BOX_VERBS = [
  ...(['box-add', 'box-into', 'box-out-of', 'box-seal', 'box-open', 'box-carry'] as const),
  ...(['box-ask', 'box-lend', 'box-back'] as const),
] as const
export type BoxVerb = (typeof BOX_VERBS)[number]

/** Whether a step is one of these. */
export function isOfBox(verb: Verb): verb is BoxVerb {
  return (BOX_VERBS as readonly string[]).includes(verb)
}

const NO_BOX = 'C01260000999ZZ'
const NO_APPROVAL = '00000000-0000-7000-8000-000000000000'

/** What would come next of a box by the book for this item; null for a turn of something else. */
export function nextOfBox(standing: Standing, item: Item, odd: number): Verb | null {
  const one = (...verbs: readonly (Verb | null)[]): Verb | null => verbs[odd % verbs.length] ?? null
  if (standing.boxes.length === 0 || item.incident !== null || item.dispositionStatus === 'APPROVED') return null
  const box = boxOf(standing, item, odd)
  // Things come out of it one by one, and then it comes as a whole.
  if (box?.lent !== undefined)
    return one(
      ...(['box-back', 'box-back', 'box-back', null, null, null, null] as const),
      ...(['box-into', 'box-carry', 'box-seal', 'box-open', 'box-lend'] as const),
    )
  if (item.custodyStatus !== 'IN_STORE') return null
  if (item.container === undefined) return one('box-into', 'box-into', 'box-into', null)
  const promised = item.reservation?.container !== undefined
  if (promised)
    return one(
      ...(['box-lend', 'box-lend', 'box-lend', 'box-lend', 'box-lend', 'box-out-of', 'box-into'] as const),
      ...(['box-seal', 'box-seal', 'box-open', 'box-carry', 'borrow', 'split', 'box-ask'] as const),
    )
  const isAsked = standing.approvals.some(({ status, deed }) => status === 'asked' && 'container' in deed)
  if (isAsked) return one('grant', 'grant', 'grant', 'grant', 'box-into', 'box-out-of', 'box-seal', 'refuse')
  return one(
    'box-ask',
    'box-ask',
    'box-ask',
    'box-seal',
    'box-into',
    'box-carry',
    'box-open',
    null,
    'box-add',
    'box-ask',
  )
}

/** What the book says of it: who does it, who signs, and the command. */
export function bookOfBox(verb: BoxVerb, turn: Turn): Usual {
  const { step, standing, picked, first } = turn
  const { odd } = step
  const { cast, store, places } = standing.home
  const { colleague, custodian, otherCustodian } = cast
  const box = boxOf(standing, first, odd)
  const container = box?.code ?? NO_BOX
  const shelves = places[store] ?? places.narrow
  const inside = standing.items.filter((item) => item.container === container)
  // Now and then one thing less than lies there.
  const named = odd % 11 === 5 ? inside.slice(1) : inside
  const by = (signers: readonly string[], command: CustodyCommand, person: string = custodian): Usual => ({
    ...{ person, with: signers, command },
  })
  // A box is tried inside another one, where nothing may stand.
  const onShelf = odd % 10 === 0 ? (standing.boxes.at(-1)?.code ?? NO_BOX) : shelves.precious
  switch (verb) {
    case 'box-add':
      return by([], {
        type: 'custody.add-container',
        store,
        name: '证物箱',
        location: onShelf,
        capacity: 2 + (odd % 3),
      })
    case 'box-into': {
      const items = picked.map(({ code }) => ({ item: code, location: container }))
      return by([otherCustodian], { type: 'custody.move', items })
    }
    case 'box-out-of': {
      const items = picked.map(({ code }) => ({ item: code, location: shelves.precious }))
      return by([otherCustodian], { type: 'custody.move', items })
    }
    case 'box-seal': {
      const number = odd % 9 === 0 ? (box?.seal?.number ?? box?.retiredSeals?.[0]?.number) : undefined
      return by([otherCustodian], { type: 'custody.seal-container', container, number: number ?? `X${standing.mark}` })
    }
    case 'box-open':
      return by([otherCustodian], { type: 'custody.open-container', container, reason: '取件' })
    case 'box-carry': {
      const location = odd % 10 === 0 ? onShelf : odd % 3 === 0 ? places.narrow.precious : shelves.precious
      const to = location === box?.location ? shelves.ordinary : location
      return by([otherCustodian], { type: 'custody.move-container', container, location: to })
    }
    case 'box-ask': {
      const items = (named.length > 0 ? named : picked).map(({ code }) => code)
      const dueAt = new Date(Date.parse(standing.now) + 20 * 3_600_000).toISOString()
      const deed = { command: 'borrow', items, container, dueAt, purpose: 'COURT' } as const
      return by([], { type: 'approvals.ask', deed, reason: '出示' }, colleague)
    }
    case 'box-lend': {
      const promised = inside.find(({ reservation }) => reservation !== null)?.reservation
      const { requester = colleague, approval = NO_APPROVAL } = promised ?? {}
      const items = (named.length > 0 ? named : picked).map((item) => ({ item: item.code, ...weight(item, odd) }))
      return by([requester, otherCustodian], { type: 'custody.borrow', items, approval, container })
    }
    case 'box-back': {
      const sealed = (box?.seal ?? null) !== null
      const seal = !sealed ? {} : { seal: odd % 4 === 0 ? ('broken' as const) : ('intact' as const) }
      const location = odd % 10 === 9 ? places.narrow.precious : onShelf
      const borrower = box?.lent?.borrower ?? colleague
      return by([borrower, otherCustodian], { type: 'custody.return-container', container, location, ...seal })
    }
  }
}

/** The box that an item lies in or went out in; another of the sequence for what was never in one. */
export function boxOf({ boxes }: Pick<Standing, 'boxes'>, item: Item, odd: number): Container | undefined {
  const its = item.container ?? item.loan?.container
  return boxes.find(({ code }) => code === its) ?? boxes[odd % Math.max(boxes.length, 1)]
}
