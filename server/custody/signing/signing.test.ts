import { expect, it } from 'vitest'
import { outcomeOf } from '../disposal/testing.ts'
import { general, officeWith, taking } from '../testing.ts'
import { awaitedOf } from './signing.ts'
import type { Sign } from './schemas.ts'
import { NAME_WRITTEN } from './testing-strokes.ts'

type Made = ReturnType<typeof officeWith>

const signs = ({ office, codes }: Made, more: Partial<Sign> = {}, person = 'ou') =>
  office.act(person, {
    ...{ type: 'custody.sign', items: codes, as: 'holder', on: 'screen', strokes: NAME_WRITTEN },
    ...more,
  })

it('one signature is for the whole list: drawn once, committed to in the life of each item, and never drawn over', () => {
  const made = officeWith(general, general)
  const { office, codes } = made
  const [code = ''] = codes
  const before = office.item(code)
  const { facts } = signs(made)
  expect(new Set(facts.map(({ body }) => JSON.stringify(body['strokes']))).size).toBe(1)
  expect(office.item(code)).toMatchObject({ ...before, signatures: [{ as: 'holder', person: null, by: 'ou' }] })
  expect(awaitedOf(office.item(code), 'ou')).toEqual(['witness', 'officer'])
  expect(outcomeOf(() => signs(made))).toBe('custody.already-signed')
  signs(made, { as: 'witness', on: 'paper' })
  signs(made, { as: 'officer' })
  signs(made, { as: 'officer' }, 'wei')
  expect(office.item(code).signatures?.map(({ as, person }) => person ?? as)).toEqual([
    'holder',
    'witness',
    'ou',
    'wei',
  ])
})

it('who is on record as absent or refusing, who took no part, and who handles another case sign nothing', () => {
  const made = officeWith(general)
  const { office } = made
  expect(outcomeOf(() => signs(made, {}, 'han'))).toBe('custody.not-case-officer')
  expect(outcomeOf(() => signs(made, { strokes: [[1, 1]] }))).toBe('custody.signature-empty')
  const { result } = office.act('ou', {
    ...{ type: 'custody.register', case: '一案', items: [general], ...taking },
    measure: { ...taking.measure, noticeNumber: '扣字〔2026〕2号', officers: ['ou', 'wei'] },
    witness: { attendance: 'ABSENT', reason: '无人在场' },
  })
  const [{ code }] = (result as unknown as { items: [{ code: string }] }).items
  expect(outcomeOf(() => signs(made, { items: [code], as: 'witness' }))).toBe('custody.did-not-sign')
  expect(outcomeOf(() => signs(made, { items: [code], as: 'officer' }, 'chief'))).toBe('custody.not-of-measure')
  expect(outcomeOf(() => signs(made, { items: [...made.codes, code] }))).toBe('custody.one-list')
  expect(office.item(code).signatures).toBeUndefined()
})
