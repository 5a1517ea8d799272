import { expect, it } from 'vitest'
import { outcomeOf } from '../disposal/testing.ts'
import { general, officeWith, stored, taking } from '../testing.ts'

const why = { case: '一案', ground: 'RELATIVE', reason: '当事人的妻弟' } as const
const recuses = (person: string, more: { successors?: readonly string[] } = {}) =>
  ({ type: 'custody.recuse', person, ...why, ...more }) as const

it('is said by oneself, or decided by a head of the department; whoever stands aside handles nothing any more', () => {
  const { office } = officeWith()
  expect(outcomeOf(() => office.act('ou', recuses('wei')))).toBe('custody.recusal-not-yours')
  expect(outcomeOf(() => office.act('qin', recuses('wei')))).toBe('custody.recusal-not-yours')
  expect(outcomeOf(() => office.act('zhao', recuses('nobody-here')))).toBe('custody.recusal-person')
  office.act('ou', recuses('ou'))
  expect(office.facts.at(-1)).toMatchObject({ register: 'unit.dept-1', type: 'custody.recused' })
  expect(JSON.stringify(office.facts.at(-1)?.body)).not.toContain('妻弟')
  const register = { type: 'custody.register', case: '一案', items: [general], ...taking } as const
  expect(outcomeOf(() => office.act('ou', register))).toBe('custody.recused')
  expect(outcomeOf(() => office.act('wei', register))).toBe('done')
  expect(outcomeOf(() => office.act('zhao', recuses('ou')))).toBe('custody.recused')
  expect(outcomeOf(() => office.act('zhao', recuses('wei', { successors: ['ou'] })))).toBe('custody.recused')
  expect(outcomeOf(() => office.act('zhao', recuses('wei', { successors: ['han'] })))).toBe('custody.officer-unknown')
  office.act('tan', recuses('wei'))
  expect(office.cases.get('一案')?.officers).toEqual(['chief', 'everything', 'prober'])
})

it('leaves a case enough officers: others take the place in the same act', () => {
  const { office } = officeWith()
  for (const person of ['prober', 'everything', 'chief']) office.act('zhao', recuses(person))
  expect(outcomeOf(() => office.act('zhao', recuses('ou')))).toBe('custody.recusal-too-few')
})

it('whoever stands aside keeps nothing of the case and decides nothing in it', () => {
  const { office, codes, shelf } = stored(general)
  office.act('zhao', recuses('li'))
  const moves = { type: 'custody.move', items: codes, location: shelf } as const
  expect(outcomeOf(() => office.act('li', moves))).toBe('custody.recused')
  expect(outcomeOf(() => office.act('sun', moves))).not.toBe('custody.recused')
  office.act('zhao', recuses('zhao'))
  const incident = { type: 'custody.incident', items: codes, kind: 'loss', note: '不见' } as const
  office.act('sun', incident)
  const resolve = { type: 'custody.resolve', items: codes, conclusion: '了结' } as const
  expect(outcomeOf(() => office.act('zhao', resolve))).toBe('custody.recused')
  expect(outcomeOf(() => office.act('tan', resolve))).toBe('done')
})
