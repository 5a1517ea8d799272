import { describe, expect, it } from 'vitest'
import { custodyWords, dispositionWords } from './axes.ts'
import { asked, lent, officeWith, stored, submitted } from './testing.ts'
import { type Made, outcomeOf, proposal, receiver, sale, toReturn, toSell } from './disposal/testing.ts'
import { phones, splits } from './lineage/testing-trips.ts'
import { arrives, sends } from './transit/testing-trips.ts'
import type { NewItem } from './schemas.ts'
import { afterMove, mayMove, type Move, transitions } from './transitions.ts'

/** Every state of an item that acts lead to, against every move: what the table allows is done, its neighbours are not and change nothing. */

const DUE = '2026-03-20T00:00:00.000Z'
const house: NewItem = {
  ...{ name: '房屋', category: 'immovable', quantity: 1, unit: '套', features: '三居室' },
  details: { address: '云州市一号', keeping: 'IN_PLACE', registryNotice: '协〔2026〕1号' },
}

const sentAway = (made: Made): Made => {
  const command = { type: 'custody.appraise', items: made.codes, institution: '鉴定中心', commission: '委1' } as const
  made.office.act('li', { ...command, dueAt: DUE }, { with: ['ou'] })
  return made
}
const returned = (): Made => {
  const made = toReturn([phones])
  const command = { type: 'custody.release', items: made.codes, noticeNumber: '解1', receiver } as const
  made.office.act('li', command, { with: ['wei'] })
  return made
}
const sold = (): Made => {
  const made = toSell()
  made.office.act('li', { type: 'custody.dispose', items: made.codes, sale }, { with: ['cai'] })
  return made
}

const states: Readonly<Record<string, () => Made>> = {
  'with the department': () => officeWith(phones),
  'on a hand-over list': () => submitted(phones),
  'in store': () => stored(phones),
  'on loan': () => lent(phones),
  'on its way to another store': () => {
    const made = stored(phones)
    sends(made)
    return made
  },
  'at appraisal': () => sentAway(stored(phones)),
  'left in place': () => officeWith(house),
  'proposed to be returned': () => {
    const made = stored(phones)
    made.office.act('ou', proposal(made.codes))
    return made
  },
  'approved to be returned': () => toReturn([phones]),
  returned: () => returned(),
  'written off': () => {
    const made = returned()
    made.office.act('li', { type: 'custody.write-off', items: made.codes })
    return made
  },
  'split into others': () => {
    const made = stored(phones)
    splits(made)
    return made
  },
  'the money of a sale': () => {
    const made = sold()
    const money = [...made.office.items.values()].find(({ proceeds }) => proceeds !== undefined)?.code ?? ''
    return { ...made, codes: [money] }
  },
}

const keeps = ({ office, codes }: Made): boolean => office.item(codes[0] ?? '').custodyStatus === 'IN_STORE'
/** The officer who handles it, or the custodian who has it; the other signs. */
const both = (made: Made) =>
  keeps(made) ? (['li', { with: ['ou', 'wei'] }] as const) : (['ou', { with: ['wei'] }] as const)

const attempts: Partial<Readonly<Record<Move, (made: Made) => unknown>>> = {
  submit: ({ office, codes }) => office.act('ou', { type: 'custody.hand-over', items: codes, store: 'store-1' }),
  'check-in': ({ office, codes, shelf }) =>
    office.act('li', { type: 'custody.check-in', items: codes, location: shelf }, { with: ['ou'] }),
  'send-back': ({ office, codes }) => office.act('li', { type: 'custody.refuse-item', items: codes, reason: '袋破' }),
  'grant-loan': ({ office, codes }) => {
    const approval = asked(office, codes)
    return office.act('zhao', { type: 'approvals.grant', approval })
  },
  appraise: (made) => sentAway(made),
  'return-from-appraisal': ({ office, codes, shelf }) =>
    office.act('li', { type: 'custody.appraised', items: codes, location: shelf, report: '鉴1' }, { with: ['ou'] }),
  'take-back': ({ office, codes, shelf }) =>
    office.act('li', { type: 'custody.give-back', items: codes, location: shelf }, { with: ['ou'] }),
  'open-incident': (made) => {
    const { office, codes } = made
    const { store, custodyStatus } = office.item(codes[0] ?? '')
    const atDepartment = store === null || custodyStatus === 'PENDING_HANDOVER'
    const keeper = custodyStatus === 'IN_TRANSIT' ? 'far' : 'li'
    return office.act(atDepartment ? 'ou' : keeper, {
      ...{ type: 'custody.incident', items: codes, kind: 'damage', note: '屏幕裂' },
    })
  },
  seal: (made) => {
    const [person, options] = both(made)
    return made.office.act(person, { type: 'custody.seal', items: made.codes, number: 'F-777' }, options)
  },
  move: ({ office, codes, safe }) => office.act('li', { type: 'custody.move', items: codes, location: safe }),
  dispatch: (made) => sends(made),
  arrive: (made) => arrives(made),
  split: (made) => splits(made),
  'propose-disposal': ({ office, codes }) => office.act('ou', proposal(codes, { way: 'RECOVER' })),
  'write-off': ({ office, codes }) => office.act('li', { type: 'custody.write-off', items: codes }),
  RETURN: ({ office, codes }) =>
    office.act('li', { type: 'custody.release', items: codes, noticeNumber: '解1', receiver }, { with: ['wei'] }),
}

describe.each(Object.entries(states))('%s', (_, reach) => {
  for (const [name, attempt] of Object.entries(attempts) as [Move, (made: Made) => unknown][]) {
    it(transitions[name].name.zh, () => {
      const made = reach()
      const [code = ''] = made.codes
      const before = made.office.item(code)
      const count = made.office.facts.length
      const outcome = outcomeOf(() => attempt(made))
      const after = made.office.item(code)
      const stands = `${custodyWords[before.custodyStatus].zh} ${dispositionWords[before.dispositionStatus].zh}`
      if (mayMove(before, name)) {
        expect(outcome, stands).toBe('done')
        expect(after).toMatchObject(afterMove(before, name))
        expect(made.office.facts.slice(count).map(({ type }) => type)).toContain(transitions[name].fact)
        return
      }
      expect(outcome, stands).toMatch(/^(custody|approvals)\./)
      expect(after, stands).toEqual(before)
    })
  }
})
