import { expect, it } from 'vitest'
import { outcomeOf } from '../disposal/testing.ts'
import { general, officeWith, taking } from '../testing.ts'

const joins = (...officers: string[]) =>
  ({ type: 'custody.join-officers', case: '一案', officers, reason: '原承办人员周某已调离' }) as const
const register = { type: 'custody.register', case: '一案', items: [general], ...taking } as const

it('a head of the department takes officers into a case, who handle it beside those who do', () => {
  const { office } = officeWith()
  const before = office.cases.get('一案')?.officers ?? []
  expect(outcomeOf(() => office.act('zhi', register))).toBe('custody.not-case-officer')
  for (const person of ['ou', 'qin', 'jian'])
    expect([person, outcomeOf(() => office.act(person, joins('zhi')))]).toEqual([person, 'custody.officers-not-yours'])
  office.act('zhao', joins('zhi'))
  expect(office.facts.at(-1)).toMatchObject({ register: 'unit.dept-1', type: 'custody.officers-joined' })
  expect(JSON.stringify(office.facts.at(-1)?.body)).not.toContain('调离')
  expect(office.cases.get('一案')?.officers).toEqual([...before, 'zhi'])
  expect(outcomeOf(() => office.act('zhi', register))).toBe('done')
  expect(outcomeOf(() => office.act('tan', joins('zhi')))).toBe('custody.officer-already')
})

it('who handles it already, stands aside, or is no officer of the department is not taken in, nor does who stands aside decide it', () => {
  const { office } = officeWith()
  const recuse = { type: 'custody.recuse', case: '一案', ground: 'OTHER', reason: '其他情形' } as const
  office.act('zhao', { ...recuse, person: 'chief' })
  expect(outcomeOf(() => office.act('zhao', joins('wei')))).toBe('custody.officer-already')
  expect(outcomeOf(() => office.act('zhao', joins('chief')))).toBe('custody.recused')
  expect(outcomeOf(() => office.act('zhao', joins('han')))).toBe('custody.officer-unknown')
  expect(outcomeOf(() => office.act('zhao', joins('zhi', 'han')))).toBe('custody.officer-unknown')
  expect(office.cases.get('一案')?.officers).not.toContain('zhi')
  expect(outcomeOf(() => office.act('chief', joins('zhi')))).toBe('custody.recused')
})
