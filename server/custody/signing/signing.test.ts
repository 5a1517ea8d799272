import { expect, it } from 'vitest'
import { outcomeOf, receiver, toReturn } from '../disposal/testing.ts'
import { general, officeWith, stored, taking } from '../testing.ts'
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

it('both sides of a hand-over sign it, each for himself; who only looks on does not, and what was drawn is not drawn over', () => {
  const made = stored(general, general)
  const { office, codes } = made
  const [code = ''] = codes
  const [list] = [...office.lists.values()]
  const paper = list?.code ?? ''
  const before = office.item(code)
  expect(outcomeOf(() => signs(made, { as: 'giver', paper }, 'han'))).toBe('custody.not-of-hand-over')
  expect(outcomeOf(() => signs(made, { as: 'taker', paper }))).toBe('custody.not-on-paper')
  expect(outcomeOf(() => signs(made, { as: 'receiver', paper }))).toBe('custody.not-on-paper')
  expect(outcomeOf(() => signs(made, { as: 'holder', paper }))).toBe('custody.not-on-paper')
  expect(outcomeOf(() => signs(made, { as: 'giver' }))).toBe('custody.not-on-paper')
  signs(made, { as: 'giver', paper })
  expect(outcomeOf(() => signs(made, { as: 'giver', paper }))).toBe('custody.already-signed')
  // What one draws who has no place here is never taken for the signature of whoever is signed in.
  const confirmed = (person: string, by: string) =>
    office.act(
      person,
      { type: 'custody.sign', items: codes, as: 'taker', on: 'screen', strokes: NAME_WRITTEN, paper },
      { with: [by] },
    )
  expect(outcomeOf(() => confirmed('li', 'han'))).toBe('custody.not-on-paper')
  expect(office.item(code).signatures).toHaveLength(1)
  // Beside the officer, with badge and PIN of his own.
  confirmed('ou', 'li')
  expect(office.item(code)).toMatchObject({
    ...before,
    signatures: [
      { as: 'giver', person: 'ou', paper: { code: paper, act: null } },
      { as: 'taker', person: 'li', by: 'ou' },
    ],
  })
  // The list of what was taken is another paper.
  expect(awaitedOf(office.item(code), 'ou')).toEqual(['holder', 'witness', 'officer'])
})

it('who receives a thing for good signs before one of those who handed it out, once it was', () => {
  const made = toReturn()
  const { office, codes } = made
  const paper = office.item(codes[0] ?? '').disposal ?? ''
  const received = { as: 'receiver', paper, act: 1 } as const
  expect(outcomeOf(() => signs(made, received, 'li'))).toBe('custody.not-on-paper')
  office.act(
    'li',
    { type: 'custody.release', items: codes, noticeNumber: '解〔2026〕1号', receiver },
    { with: ['wei'] },
  )
  expect(outcomeOf(() => signs(made, received, 'han'))).toBe('custody.not-of-hand-over')
  expect(outcomeOf(() => signs(made, { ...received, act: 2 }, 'li'))).toBe('custody.not-on-paper')
  const { facts } = signs(made, received, 'li')
  expect(facts.map(({ body }) => [body['as'], body['person'], body['paper']])).toEqual([
    ['receiver', null, { code: paper, act: 1 }],
  ])
  signs(made, { as: 'giver', paper, act: 1 }, 'wei')
  expect(outcomeOf(() => signs(made, received, 'wei'))).toBe('custody.already-signed')
})
