import { expect, it } from 'vitest'
import { outcomeOf } from '../disposal/testing.ts'
import { officeWith } from '../testing.ts'
import type { Office } from '../testing-office.ts'
import { numberNow } from './renumbering.ts'

const renumber = (office: Office, number: string, person = 'ou', signers: readonly string[] = ['wei']) =>
  office.act(person, { type: 'custody.renumber-case', case: '一案', number, reason: '立案文号写错' }, { with: signers })

const now = (office: Office): string => {
  const of = office.cases.get('一案')
  return of === undefined ? '' : numberNow(of)
}

it('is a new fact that names the wrong one; what was registered stays, and with it the subject of every fact', () => {
  const { office } = officeWith()
  const opened = office.facts.find(({ type }) => type === 'custody.case-opened')
  renumber(office, '二案')
  const first = office.facts.at(-1)
  expect(first).toMatchObject({
    ...{ type: 'custody.case-renumbered', register: 'unit.dept-1', with: ['wei'] },
    body: { subject: 'case/一案', was: '一案', is: '二案', signers: ['ou', 'wei'] },
  })
  expect(first?.body['wrong']).toEqual({ register: opened?.register, seq: opened?.seq, hash: opened?.hash })
  expect(JSON.stringify(first?.body)).not.toContain('立案文号写错')
  expect(office.cases.get('一案')?.number).toBe('一案')
  renumber(office, '三案')
  expect(office.facts.at(-1)?.body).toMatchObject({ was: '二案', is: '三案', wrong: { seq: first?.seq } })
  expect(now(office)).toBe('三案')
  renumber(office, '一案')
  expect(now(office)).toBe('一案')
})

it('is done by an officer of the case, and signed by another', () => {
  const { office } = officeWith()
  expect(outcomeOf(() => renumber(office, '二案', 'ou', []))).toBe('custody.correction-signers')
  expect(outcomeOf(() => renumber(office, '二案', 'ou', ['li']))).toBe('custody.correction-signers')
  expect(outcomeOf(() => renumber(office, '二案', 'qin'))).toBe('custody.not-case-officer')
  office.act('ou', { type: 'custody.recuse', case: '一案', person: 'ou', ground: 'OTHER', reason: '其他情形' })
  expect(outcomeOf(() => renumber(office, '二案'))).toBe('custody.recused')
  expect(outcomeOf(() => renumber(office, '二案', 'wei', ['chief']))).toBe('done')
})

it('gives no number that another case has or ever had, and none that the case has', () => {
  const { office } = officeWith()
  const open = (number: string) =>
    office.act('ou', {
      ...{ type: 'custody.open-case', number, title: '别案', track: 'SUPERVISION', unit: 'dept-1' },
      officers: ['ou', 'wei'],
    })
  open('二案')
  expect(outcomeOf(() => renumber(office, '二案'))).toBe('custody.number-of-other')
  expect(outcomeOf(() => renumber(office, '一案'))).toBe('custody.same-number')
  renumber(office, '四案')
  expect(outcomeOf(() => open('四案'))).toBe('custody.case-exists')
  expect(outcomeOf(() => open('一案'))).toBe('custody.case-exists')
})
