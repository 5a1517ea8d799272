import { expect, it } from 'vitest'
import type { Circumstances, Decision } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { acknowledgeAlarm, type Alarm, raiseAlarm, settlePassing } from './alarms.ts'
import type { Item } from '../items/item.ts'
import { general, lent, stored, submitted } from '../testing.ts'
import { actorOf } from '../testing-people.ts'

const AT = '2026-03-05T01:00:00.000Z'
const EPC = 'D4'.padEnd(24, '0')

function circumstances(place: string, person = 'li'): Circumstances {
  return {
    ...{ actor: actorOf(person), with: [], station: { id: 'door', place }, at: AT },
    mint: { id: () => 'a1', epc: () => EPC, seal: () => ({ ref: 'r1', commitment: 'c1' }), seed: () => '' },
  }
}

function seen(item: Item, place: string, { waits = false, isOfStore = true } = {}): Decision {
  const command = { type: 'custody.door-alarm', place, item: item.code, epc: EPC, side: 'inner' } as const
  return raiseAlarm({ item, waits, isOfStore }, command, circumstances(place))
}

const placesOf = ({ facts }: Decision) => facts.map(({ register, type }) => [register, type])

it('an item that lies in store alarms once, in the book of the door and in its own life', () => {
  const { office, codes } = stored(general)
  const item = office.item(codes[0] ?? '')
  expect(placesOf(seen(item, 'store-2'))).toEqual([
    ['store.store-2', 'custody.door-alarmed'],
    ['store.store-1', 'custody.seen-at-door'],
  ])
  expect(seen(item, 'store-2', { waits: true }).facts).toEqual([])
})

it('a door of no store has no book: its alarm stands with the store that has the item, whose keepers look', () => {
  const { office, codes } = stored(general)
  const decision = seen(office.item(codes[0] ?? ''), 'dept-1', { isOfStore: false })
  expect(placesOf(decision)).toEqual([
    ['store.store-1', 'custody.door-alarmed'],
    ['store.store-1', 'custody.seen-at-door'],
  ])
  for (const { body } of decision.facts) expect(body).toMatchObject({ store: 'store-1' })
})

it('what is on its way in, or handed out, goes through', () => {
  for (const { office, codes } of [submitted(general), lent(general)])
    expect(seen(office.item(codes[0] ?? ''), 'store-1').facts).toEqual([])
})

const alarm: Alarm = {
  ...{ id: 'a1', store: 'store-1', station: 'door', item: 'W1', case: '一案', epc: EPC, side: 'inner', at: AT },
  ...{ passed: null, acknowledged: null },
}

it('what became of it is said once', () => {
  const command = { type: 'custody.door-pass', alarm: 'a1', outcome: 'out', sure: true } as const
  expect(settlePassing(alarm, command).facts).toHaveLength(1)
  const passed = { outcome: 'out', sure: true, at: AT } as const
  expect(settlePassing({ ...alarm, passed }, command).facts).toEqual([])
})

it('is acknowledged by who answers for the store, and by nobody twice', () => {
  const acknowledge = (person: string, found: Alarm): string => {
    const command = { type: 'custody.acknowledge-alarm', alarm: 'a1', reason: '移库经过' } as const
    try {
      const of = { alarm: found, keeping: 'keeping' }
      return acknowledgeAlarm(of, command, circumstances('store-1', person))
        .facts.map(({ type }) => type)
        .join()
    } catch (error) {
      if (error instanceof Refusal) return error.code
      throw error
    }
  }
  expect(acknowledge('li', alarm)).toBe('custody.door-acknowledged')
  expect(acknowledge('ou', alarm)).toBe('custody.unknown-alarm')
  const acknowledged = { by: 'li', at: AT, reason: { ref: 'r1', commitment: 'c1' } }
  expect(acknowledge('li', { ...alarm, acknowledged })).toBe('custody.alarm-acknowledged')
})
