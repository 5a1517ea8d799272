import { expect, it } from 'vitest'
import { Refusal } from '../../refusal.ts'
import { stored, general } from '../testing.ts'
import { sells } from '../worth/testing-sales.ts'
import { type Made, outcomeOf, proposal, receiver, returning, waiting } from './testing.ts'

/** 检查、审理、执行分离 (税收征管法实施细则 85, rules T-17): on a tax case each role is another person's, over the whole case and whatever posts he holds. */

const disposes = { type: 'custody.dispose', payment: { voucher: '缴款书 001' } } as const
const why = { ground: 'RELATIVE', reason: '当事人的妻弟' } as const
const FIRST = '一案'

/** Things of a case in the store. */
function casesOf(count: number, track: 'TAX' | 'SUPERVISION' = 'TAX'): Made {
  const made = stored(...Array.from({ length: count }, () => general))
  const { office } = made
  for (const [number, of] of office.cases) office.cases.set(number, { ...of, track })
  for (const [code, item] of office.items) office.items.set(code, { ...item, track })
  return made
}
const proposes = ({ office }: Made, codes: readonly string[], more: Parameters<typeof proposal>[1] = {}): string =>
  outcomeOf(() => office.act('ou', proposal(codes, more)))
const grants = ({ office }: Made, person: string): string =>
  outcomeOf(() => office.act(person, { type: 'approvals.grant', approval: waiting(office) }))
const refuses = ({ office }: Made, person: string): string =>
  outcomeOf(() => office.act(person, { type: 'approvals.refuse', approval: waiting(office) }))
const carriesOut = ({ office }: Made, codes: readonly string[], person: string, signers: readonly string[]): string =>
  outcomeOf(() => office.act(person, { ...disposes, items: codes }, { with: signers }))
const succeeds = ({ office }: Made, person: string, successor: string): string =>
  outcomeOf(() => office.act('zhao', { type: 'custody.recuse', case: FIRST, person, ...why, successors: [successor] }))

/** Of two things the first was confiscated: reviewed by qin, approved by tan, carried out by li with cai, and with them whoever else signs. */
function firstDone(
  more: readonly string[] = [],
  track: 'TAX' | 'SUPERVISION' = 'TAX',
): Made & { readonly second: string[] } {
  const made = casesOf(2, track)
  const [one = '', other = ''] = made.codes
  proposes(made, [one])
  for (const person of ['qin', 'tan']) expect(grants(made, person)).toBe('done')
  expect(carriesOut(made, [one], 'li', ['cai', ...more])).toBe('done')
  return { ...made, second: [other] }
}

it('who inspects neither reviews nor approves, who reviews does not approve, and none of them carries it out', () => {
  const made = casesOf(1)
  proposes(made, made.codes)
  // An officer of the case who is an approver of every level as well.
  expect(grants(made, 'everything')).toBe('custody.officer-decides')
  expect(grants(made, 'qin')).toBe('done')
  expect(['everything', 'qin'].map((person) => grants(made, person))).not.toContain('done')
  expect(grants(made, 'tan')).toBe('done')
  for (const one of ['ou', 'qin', 'tan'])
    expect(carriesOut(made, made.codes, 'li', ['cai', one]), one).toBe('custody.same-person')
  // Another officer of the case than who proposed it inspects as well: he does not sign for it either.
  expect(carriesOut(made, made.codes, 'li', ['cai', 'wei'])).toBe('custody.tax-role')
  expect(carriesOut(made, made.codes, 'li', ['cai'])).toBe('done')
})

it('who carried out one disposal reviews no other of the case, and is told since which act', () => {
  const made = firstDone(['nei'])
  proposes(made, made.second)
  expect(grants(made, 'nei')).toBe('custody.tax-role')
  expect(refuses(made, 'nei')).toBe('custody.tax-role')
  const [paper] = made.office.disposals.values()
  try {
    made.office.act('nei', { type: 'approvals.grant', approval: waiting(made.office) })
  } catch (error) {
    const { detail } = (error as Refusal).notice()
    expect(detail.zh).toMatch(
      new RegExp(
        `^nei 自 2026-03-0\\d \\d\\d:\\d\\d 执行处置 ${paper?.code ?? ''}起，在税务案件 一案 中为执行人员，不得再作为审理人员经办$`,
      ),
    )
    expect(detail.en).toContain(`carried out a disposal ${paper?.code ?? ''}`)
  }
  expect(grants(made, 'qin')).toBe('done')
})

it('who reviewed or refused one disposal signs for no other', () => {
  const made = firstDone()
  const { second } = made
  proposes(made, second)
  expect(refuses(made, 'bao')).toBe('done')
  proposes(made, second)
  expect(['qin', 'tan'].map((person) => grants(made, person))).toEqual(['done', 'done'])
  // bao refused the proposal before this one.
  expect(carriesOut(made, second, 'li', ['cai', 'bao'])).toBe('custody.tax-role')
  expect(carriesOut(made, second, 'li', ['cai'])).toBe('done')
})

it('who carried out what no store keeps is no officer of the case, before or after', () => {
  const made = casesOf(1)
  const { office } = made
  const money = [sells(office, made.codes[0] ?? '')]
  proposes(made, money, { way: 'RECOVER' })
  for (const person of ['qin', 'tan']) grants(made, person)
  for (const person of ['wei', 'everything'])
    expect(carriesOut(made, money, person, ['cai']), person).toBe('custody.tax-role')
  expect(carriesOut(made, money, 'han', ['cai'])).toBe('custody.tax-executor')
  expect(carriesOut(made, money, 'zhi', ['cai'])).toBe('done')
  expect(succeeds(made, 'prober', 'zhi')).toBe('custody.tax-role')
})

it('a measure is ended by who took it, which executes nothing; who agreed to it does not', () => {
  const made = casesOf(2)
  const { office, codes } = made
  proposes(made, codes.slice(0, 1), returning(made))
  expect(grants(made, 'zhao')).toBe('done')
  const releases = (items: readonly string[], signers: readonly string[]): string =>
    outcomeOf(() =>
      office.act('li', { type: 'custody.release', items, noticeNumber: '解〔2026〕1号', receiver }, { with: signers }),
    )
  expect(releases(codes.slice(0, 1), ['wei'])).toBe('done')
  // wei still inspects; zhao, who agreed to that return, signs for no other.
  proposes(made, codes.slice(1), { ...returning(made) })
  expect(grants(made, 'xin')).toBe('done')
  expect(releases(codes.slice(1), ['wei', 'zhao'])).toBe('custody.tax-role')
  expect(releases(codes.slice(1), ['wei'])).toBe('done')
})

it('what a case took over from another keeps who had which role there', () => {
  const made = firstDone(['nei'])
  const { office, second } = made
  office.act('ou', {
    ...{ type: 'custody.open-case', number: '二案', title: '别案', track: 'TAX', unit: 'dept-1' },
    officers: ['ou', 'zhi'],
  })
  const deed = { command: 'split-case', case: FIRST, into: '二案', items: second, document: '分案〔2026〕1号' } as const
  office.act('ou', { type: 'approvals.ask', deed, reason: '另案处理' })
  expect(grants(made, 'tan')).toBe('done')
  proposes(made, second)
  expect(grants(made, 'nei')).toBe('custody.tax-role')
  expect(grants(made, 'qin')).toBe('done')
})

it('a case is merged into none whose officers reviewed or executed in it', () => {
  const made = firstDone(['zhi'])
  const { office } = made
  office.act('ou', {
    ...{ type: 'custody.open-case', number: '二案', title: '别案', track: 'TAX', unit: 'dept-1' },
    officers: ['ou', 'zhi'],
  })
  const deed = { command: 'merge-cases', case: FIRST, into: '二案', document: '并案〔2026〕1号' } as const
  expect(outcomeOf(() => office.act('ou', { type: 'approvals.ask', deed, reason: '同一事实' }))).toBe(
    'custody.tax-role',
  )
})

it('the other tracks hold the roles apart within one disposal alone', () => {
  const made = firstDone(['nei', 'wei'], 'SUPERVISION')
  proposes(made, made.second)
  expect(grants(made, 'nei')).toBe('done')
})
