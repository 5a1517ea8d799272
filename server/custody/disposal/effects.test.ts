import { expect, it } from 'vitest'
import { outcomeOf, proposal, receiver, returning, waiting } from './testing.ts'
import { general, officeWith, stored, taking } from '../testing.ts'
import type { Office } from '../testing-office.ts'

const umbrella = { ...general, name: '雨伞', category: 'personal-effects' } as const

/** What was on the person, found unrelated, granted by the head of the department. */
function effectsToReturn(): { readonly office: Office; readonly code: string } {
  const { office, codes } = officeWith(umbrella)
  const [code = ''] = codes
  office.act('ou', proposal(codes, returning({ office })))
  office.act('zhao', { type: 'approvals.grant', approval: waiting(office) })
  return { office, code }
}
const release = ({ office, code }: ReturnType<typeof effectsToReturn>, more: object) =>
  office.act(
    'wei',
    { type: 'custody.release', items: [code], noticeNumber: '解1', receiver, ...more },
    { with: ['chief'] },
  )
const agent = { ...receiver, relation: 'agent' } as const

it('personal effects go back in a way that is said, with what the way needs', () => {
  const made = effectsToReturn()
  const tried = (more: object) => outcomeOf(() => release(made, more))
  expect(tried({})).toBe('custody.handing-way')
  expect(tried({ handing: 'SELF', receiver: agent })).toBe('custody.handing-receiver')
  expect(tried({ handing: 'ENTRUSTED' })).toBe('custody.handing-receiver')
  expect(tried({ handing: 'ENTRUSTED', receiver: agent })).toBe('custody.authorisation-missing')
  expect(tried({ handing: 'HANDED_ON' })).toBe('custody.handing-receiver')
  expect(tried({ handing: 'SELF', receiver: undefined })).toBe('custody.receiver-missing')
  expect(tried({ handing: 'TO_EVIDENCE' })).toBe('custody.handing-receiver')
  expect(tried({ handing: 'TO_EVIDENCE', receiver: undefined })).toBe('custody.handing-becomes')
  expect(tried({ handing: 'SELF', becomes: made.code })).toBe('custody.handing-becomes')
  expect(tried({ handing: 'ENTRUSTED', receiver: { ...agent, authorisation: '授权委托书一份' } })).toBe('done')
  const [paper] = made.office.disposals.values()
  expect(paper?.acts[0]?.handed).toEqual({ way: 'ENTRUSTED', becomes: null })
})

it('what is evidence after all is registered by a notice of its own, and each names the other', () => {
  const made = effectsToReturn()
  const { office, code } = made
  const measure = { ...taking.measure, noticeNumber: '扣字〔2026〕9号' }
  office.act('ou', {
    type: 'custody.register',
    case: '一案',
    ...taking,
    measure,
    items: [{ ...general, name: '雨伞' }],
  })
  const evidence = [...office.items.values()].at(-1)?.code ?? ''
  expect(outcomeOf(() => release(made, { handing: 'TO_EVIDENCE', becomes: code, receiver: undefined }))).toBe(
    'custody.handing-becomes',
  )
  release(made, { handing: 'TO_EVIDENCE', becomes: evidence, receiver: undefined })
  const [paper] = office.disposals.values()
  expect(paper?.acts[0]).toMatchObject({ receiver: null, handed: { becomes: evidence } })
  expect(office.item(code).disposed).toMatchObject({ way: 'RETURN', becomes: evidence })
})

it('one piece of evidence stands for one thing that was on the person', () => {
  const { office, codes } = officeWith(umbrella, { ...umbrella, name: '手提包' })
  office.act('ou', proposal(codes, returning({ office })))
  office.act('zhao', { type: 'approvals.grant', approval: waiting(office) })
  office.act('ou', {
    ...{ type: 'custody.register', case: '一案', ...taking, items: [{ ...general, name: '雨伞' }] },
    measure: { ...taking.measure, noticeNumber: '扣字〔2026〕9号' },
  })
  const becomes = [...office.items.values()].at(-1)?.code ?? ''
  const tried = codes.map((code) =>
    outcomeOf(() => release({ office, code }, { handing: 'TO_EVIDENCE', becomes, receiver: undefined })),
  )
  expect(tried).toEqual(['done', 'custody.handing-becomes'])
})

it('what nobody came to fetch stays approved and is fetched another day; each time is told', () => {
  const made = effectsToReturn()
  const { office, code } = made
  const tried = () =>
    outcomeOf(() => office.act('wei', { type: 'custody.not-collect', items: [code], note: '通知后未到' }))
  expect(tried()).toBe('done')
  expect(office.item(code).disposed).toBeUndefined()
  expect(outcomeOf(() => release(made, { handing: 'SELF' }))).toBe('done')
  expect(tried()).not.toBe('done')
  const [paper] = office.disposals.values()
  expect(paper?.notCollected).toMatchObject([{ items: [code], by: 'wei' }])
})

it('evidence has no such ways', () => {
  const made = stored(general)
  const { office, codes } = made
  office.act('ou', proposal(codes, returning(made)))
  office.act('zhao', { type: 'approvals.grant', approval: waiting(office) })
  const act = { type: 'custody.release', items: codes, noticeNumber: '解1', receiver, handing: 'SELF' } as const
  expect(outcomeOf(() => office.act('li', act, { with: ['wei'] }))).toBe('custody.handing-way')
})
