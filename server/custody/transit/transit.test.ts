import { describe, expect, it } from 'vitest'
import { balancesOf, countedOf, entriesOf, imbalances } from '../account/accounting.ts'
import { general, stored } from '../testing.ts'
import { arrives, sends, shelfIn } from './testing-trips.ts'

type Made = ReturnType<typeof stored>
const itemOf = ({ office, codes }: Made) => office.item(codes[0] ?? '')
const wrongIn = ({ office }: Made): string[] => {
  const entries = [...office.items.keys()].flatMap((code) =>
    entriesOf(office.facts.filter(({ body }) => body.subject === `item/${code}`)),
  )
  return imbalances(balancesOf(entries), countedOf([...office.items.values()]))
}

describe('from one store to another', () => {
  it('who carries it holds it on the way; the other store holds it from the arrival on, without a gap', () => {
    const made = stored(general)
    sends(made)
    expect(itemOf(made)).toMatchObject({
      ...{ custodyStatus: 'IN_TRANSIT', store: 'store-2', location: null },
      transit: { from: 'store-1', to: 'store-2', carrier: 'ou', custodian: 'li' },
    })
    expect(itemOf(made).holdings.at(-1)).toMatchObject({ who: 'person/ou', to: null })
    expect(wrongIn(made)).toEqual([])
    const location = shelfIn(made)
    arrives(made, { location })
    expect(itemOf(made)).toMatchObject({ custodyStatus: 'IN_STORE', store: 'store-2', location })
    expect(itemOf(made).transit).toBeUndefined()
    const { holdings } = itemOf(made)
    expect(holdings.map(({ who }) => who)).toEqual(['unit/dept-1', 'store/store-1', 'person/ou', 'store/store-2'])
    for (const [index, { to }] of holdings.entries()) expect(to).toBe(holdings[index + 1]?.from ?? null)
    expect(wrongIn(made)).toEqual([])
    const told = made.office.facts.slice(-2).map(({ register, type }) => [register, type])
    expect(told).toEqual([
      ['unit.dept-1', 'custody.brought'],
      ['store.store-2', 'custody.arrived'],
    ])
  })

  it('what differs at the arrival stays with who carried it, under an incident', () => {
    const made = stored(general)
    sends(made)
    arrives(made, { condition: 'different' })
    expect(itemOf(made)).toMatchObject({ custodyStatus: 'IN_TRANSIT', incident: { kind: 'damage', opener: 'far' } })
    expect(() => arrives(made)).toThrow(expect.objectContaining({ code: 'custody.item-frozen' }))
  })
})
