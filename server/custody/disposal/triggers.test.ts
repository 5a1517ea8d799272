import { expect, it } from 'vitest'
import { deadlineRules } from '../../clock/deadline-rules.ts'
import { general } from '../testing.ts'
import { approved, proposal, receiver, returning, toReturn } from './testing.ts'
import type { Office } from '../testing-office.ts'
import { custodyTriggers } from '../triggers.ts'

const told = (office: Office) =>
  office.facts
    .filter(({ type }) => custodyTriggers.types.includes(type))
    .flatMap((fact) => custodyTriggers.events(fact))

it('three days run from the finding, not from the paper, and end when the item is returned', () => {
  const made = toReturn()
  const item = made.office.item(made.codes[0] ?? '')
  expect(told(made.office)).toContainEqual(
    expect.objectContaining({
      ...{ kind: 'start', event: 'unrelatedFound', from: item.foundUnrelatedAt, subjects: [`item/${item.code}`] },
      ...{ matter: 'case/一案', unit: 'dept-1', responsible: ['ou'] },
    }),
  )
  const act = { type: 'custody.release', items: made.codes, noticeNumber: '解1', receiver } as const
  made.office.act('li', act, { with: ['wei'] })
  const [last] = told(made.office).slice(-1)
  expect(last).toMatchObject({ kind: 'end', subjects: [`item/${item.code}`] })
  expect(last?.kind === 'end' && last.events).toContain('unrelatedFound')
  expect(last?.kind === 'end' && last.events).toContain('earlyDisposalReview')
  expect(deadlineRules.find(({ id }) => id === 'DL-01')?.terms).toMatchObject({ due: '3d', deferrable: false })
})

it('a proposal made anew starts no second clock for the same finding', () => {
  const made = toReturn()
  made.office.act('wei', proposal(made.codes, returning(made)))
  const starts = told(made.office).filter((event) => event.kind === 'start' && event.event === 'unrelatedFound')
  expect(starts).toHaveLength(1)
})

it('a complaint runs its month until it is decided', () => {
  const { office, codes } = approved({}, [general])
  office.act('jian', { type: 'custody.complain', items: codes, ground: 'misused', note: '被挪用' })
  office.act('tan', { type: 'custody.decide-complaint', items: codes, upheld: true, conclusion: '属实' }, {})
  expect(told(office).slice(-3)).toMatchObject([
    { kind: 'start', event: 'complaintAccepted' },
    { kind: 'end', events: ['complaintAccepted', 'reviewAccepted'] },
    { kind: 'start', event: 'complaintDecided' },
  ])
})
