import { describe, expect, it } from 'vitest'
import type { Actor, Circumstances, Decision, Fact, FactDraft, Post } from '../module.ts'
import { Refusal } from '../refusal.ts'
import { type Approval, ask, ASK_DAYS, conclude, type DeedData, mustBeNew } from './approvals.ts'
import { evolveApproval } from './evolve.ts'

const ASKED_AT = '2026-03-02T01:00:00.000Z'
const DECIDED_AT = '2026-03-02T02:00:00.000Z'
const deed: DeedData = { command: 'borrow', items: ['W0126000000100'], dueAt: '2026-03-09T01:00:00.000Z' }

function by(person: string, at: string, ...posts: [Post, string][]): Circumstances {
  const actor: Actor = { person, unit: 'dept-1', appointments: posts.map(([post, place]) => ({ post, place })) }
  const seal = (content: unknown) => ({
    ref: 'r',
    commitment: Buffer.from(String(content)).toString('hex').padEnd(64, '0'),
  })
  return { actor, with: [], station: null, at, mint: { id: () => 'a-1', epc: () => '', seed: () => '', seal } }
}

const asking = (reason = '送鉴定'): Decision =>
  ask({ unit: 'dept-1', register: 'unit.dept-1' }, { deed, reason }, by('ou', ASKED_AT, ['officer', 'dept-1']))

function folded(drafts: readonly { draft: FactDraft; actor: string; at: string }[]): Approval {
  const state = drafts.reduce<Approval | null>((before, { draft, actor, at }, index) => {
    const body = { ...draft.body, subject: draft.subject, n: index + 1 }
    const fact: Fact = {
      ...draft,
      seq: index + 1,
      at,
      recordedAt: at,
      actor,
      with: [],
      station: null,
      cause: 'c',
      body,
      hash: '',
    }
    return evolveApproval(before, fact)
  }, null)
  if (state === null) throw new Error('nothing was asked')
  return state
}

const asked = (): Approval => folded(asking().facts.map((draft) => ({ draft, actor: 'ou', at: ASKED_AT })))

function refusal(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
  return 'done'
}

const deciding = (circumstances: Circumstances, approval: Approval | undefined = asked()) =>
  conclude(
    { approval, lineage: ['dept-1', 'organ'], cityOrgans: [], absent: [] },
    { approval: 'a-1', opinion: '同意' },
    'granted',
    circumstances,
  )

describe('a request', () => {
  it('says what, why, whose and until when; the reason stands beside the register', () => {
    expect(JSON.stringify(asking().facts)).not.toContain('送鉴定')
    expect(asked()).toMatchObject({ unit: 'dept-1', deed, requester: 'ou', status: 'asked', decidedBy: null })
    expect(Date.parse(asked().expiresAt) - Date.parse(ASKED_AT)).toBe(ASK_DAYS * 86_400_000)
  })

  it('is refused while the same is open for one of its things, and only then', () => {
    const [one, other] = ['W0126000000100', 'W0126000000200']
    const again = (open: readonly DeedData[], of: DeedData): string => refusal(() => mustBeNew(open, of))
    expect(again([deed], deed)).toBe('approvals.asked-already')
    expect(again([deed], { ...deed, items: [{ item: other }, { item: one }] })).toBe('approvals.asked-already')
    expect(again([deed], { ...deed, items: [other] })).toBe('done')
    expect(again([deed], { ...deed, command: 'extend-loan' })).toBe('done')
    expect(again([], deed)).toBe('done')
    expect(again([{ command: 'reopen-case', case: '一案' }], { command: 'reopen-case', case: '一案' })).toBe('done')
  })

  it('has a digest of exactly what is asked, repeated by the decision', () => {
    const { fact } = deciding(by('zhao', DECIDED_AT, ['approver', 'dept-1']))
    expect(fact.body['digest']).toBe(asked().digest)
    const others = [
      asking('别的理由'),
      ask(
        { unit: 'dept-1', register: 'unit.dept-1' },
        { deed: { ...deed, items: [] }, reason: '送鉴定' },
        by('ou', ASKED_AT),
      ),
    ]
    for (const { facts } of others) expect(facts[0]?.body['digest']).not.toBe(asked().digest)
  })

  it('that was altered behind the back of the register gives another digest', () => {
    const altered = { ...asked(), deed: { ...deed, items: ['W0126000000200'] } }
    const { fact } = deciding(by('zhao', DECIDED_AT, ['approver', 'dept-1']), altered)
    expect(fact.body['digest']).not.toBe(altered.digest)
  })
})

describe('a decision', () => {
  for (const place of ['dept-1', 'organ']) {
    it(`is taken by an approver of ${place}`, () => {
      const { fact } = deciding(by('zhao', DECIDED_AT, ['approver', place]))
      const draft = asking().facts[0]
      if (draft === undefined) throw new Error('nothing was asked')
      const after = folded([
        { draft, actor: 'ou', at: ASKED_AT },
        { draft: fact, actor: 'zhao', at: DECIDED_AT },
      ])
      expect(after).toMatchObject({ status: 'granted', decidedBy: 'zhao', decidedAt: DECIDED_AT })
    })
  }

  const tries: [string, () => unknown, string][] = [
    [
      'by the requester, whatever his posts',
      () => deciding(by('ou', DECIDED_AT, ['approver', 'organ'])),
      'approvals.same-person',
    ],
    [
      'by an approver of another department',
      () => deciding(by('qin', DECIDED_AT, ['approver', 'dept-2'])),
      'approvals.not-approver',
    ],
    [
      'by somebody with another post there',
      () => deciding(by('li', DECIDED_AT, ['manager', 'dept-1'])),
      'approvals.not-approver',
    ],
    [
      'twice',
      () => deciding(by('zhao', DECIDED_AT, ['approver', 'dept-1']), { ...asked(), status: 'refused' }),
      'approvals.decided',
    ],
    ['too late', () => deciding(by('zhao', '2026-03-09T01:00:00.001Z', ['approver', 'dept-1'])), 'approvals.lapsed'],
    [
      'before it was asked',
      () => deciding(by('zhao', '2026-03-02T00:59:59.999Z', ['approver', 'dept-1'])),
      'approvals.before-asked',
    ],
    [
      'over nothing',
      () =>
        conclude(
          { approval: undefined, lineage: [], cityOrgans: [], absent: [] },
          { approval: 'a-2' },
          'refused',
          by('zhao', DECIDED_AT),
        ),
      'approvals.unknown',
    ],
  ]
  for (const [how, run, code] of tries) it(`is not taken ${how}`, () => expect(refusal(run)).toBe(code))
})
