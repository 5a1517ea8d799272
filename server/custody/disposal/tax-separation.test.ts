import { expect, it } from 'vitest'
import { stored, general } from '../testing.ts'
import { type Made, outcomeOf, proposal, waiting } from './testing.ts'

/** 检查、审理、执行分离 (税收征管法实施细则 85, rules T-17): on a tax case each step of a disposal is another person's, whatever posts he holds. */

const disposes = { type: 'custody.dispose', payment: { voucher: '缴款书 001' } } as const

function ofTax(): Made {
  const made = stored(general)
  const { office } = made
  for (const [number, of] of office.cases) office.cases.set(number, { ...of, track: 'TAX' })
  for (const [code, item] of office.items) office.items.set(code, { ...item, track: 'TAX' })
  office.act('ou', proposal(made.codes))
  return made
}
const grants = ({ office }: Made, person: string): string =>
  outcomeOf(() => office.act(person, { type: 'approvals.grant', approval: waiting(office) }))
const carriesOut = ({ office, codes }: Made, person: string, signers: readonly string[]): string =>
  outcomeOf(() => office.act(person, { ...disposes, items: codes }, { with: signers }))

it('who inspects neither reviews nor approves, who reviews does not approve, and none of them carries it out', () => {
  const made = ofTax()
  // An officer of the case who is an approver of every level as well.
  expect(grants(made, 'everything')).toBe('custody.officer-decides')
  expect(grants(made, 'qin')).toBe('done')
  expect(['everything', 'qin'].map((person) => grants(made, person))).not.toContain('done')
  expect(grants(made, 'tan')).toBe('done')
  for (const one of ['ou', 'qin', 'tan']) expect(carriesOut(made, 'li', ['cai', one]), one).toBe('custody.same-person')
  expect(carriesOut(made, 'li', ['cai'])).toBe('done')
})
