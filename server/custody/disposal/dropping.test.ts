import { describe, expect, it } from 'vitest'
import { blockersOf } from './closing.ts'
import { evolveItem } from '../items/items.ts'
import { general, stored } from '../testing.ts'
import { approved, type Made, outcomeOf, proposal, returning, waiting } from './testing.ts'
import { custodyTriggers } from '../triggers.ts'

const crime = { way: 'TRANSFER', destination: 'procuratorate', suspectedCrime: true } as const

function proposed(more: object = {}): Made {
  const made = stored(general)
  made.office.act('ou', proposal(made.codes, more))
  return made
}
const toReturn = (): Made => {
  const made = stored(general)
  made.office.act('ou', proposal(made.codes, returning(made)))
  return made
}
const itemOf = ({ office, codes }: Made) => office.item(codes[0] ?? '')
const paperOf = ({ office }: Made) => [...office.disposals.values()].at(-1)
const decide = (made: Made, person: string, verdict: 'grant' | 'refuse' | 'withdraw') =>
  made.office.act(person, { type: `approvals.${verdict}`, approval: waiting(made.office) })
const blockerIn = (made: Made) => blockersOf(itemOf(made), {})[0]?.what.zh
const clocks = ({ office }: Made) =>
  office.facts
    .filter(({ type }) => custodyTriggers.types.includes(type))
    .flatMap((fact) => custodyTriggers.events(fact))
    .filter((event) => event.kind !== 'pass')
    .filter((event) => ('events' in event ? event.events : [event.event]).includes('unrelatedFound'))
    .map(({ kind }) => kind)

describe('a proposal that is only proposed', () => {
  it('marks nothing as of a suspected crime before its approval', () => {
    const made = proposed(crime)
    expect(itemOf(made).suspectedCrime).toBeUndefined()
    decide(made, 'qin', 'grant')
    expect(itemOf(made).suspectedCrime).toBeUndefined()
    decide(made, 'tan', 'grant')
    expect(itemOf(made).suspectedCrime).toBe(true)
  })

  it('whose review refused leaves every way open', () => {
    const made = proposed(crime)
    decide(made, 'qin', 'refuse')
    expect(outcomeOf(() => made.office.act('ou', proposal(made.codes)))).toBe('done')
  })

  it('of an entry that marked at once counts as it did', () => {
    const made = stored(general)
    const before = itemOf(made)
    made.office.act('ou', proposal(made.codes, crime))
    const later = made.office.facts.find(({ type }) => type === 'custody.proposed-for-disposal')
    if (later === undefined) throw new Error('nothing was proposed')
    expect(evolveItem(before, later)?.suspectedCrime).toBeUndefined()
    const earlier = { ...later, body: { ...later.body, suspectedCrime: true } }
    expect(evolveItem(before, earlier)?.suspectedCrime).toBe(true)
  })
})

describe('a proposal that comes to nothing', () => {
  it('frees its item at review and after it, and the gate tells whose turn it is', () => {
    for (const steps of [['qin'], ['qin', 'tan']] as const) {
      const made = proposed()
      for (const person of steps.slice(0, -1)) decide(made, person, 'grant')
      decide(made, steps.at(-1) ?? '', 'refuse')
      expect(itemOf(made)).toMatchObject({ dispositionStatus: 'NONE', dropped: { why: 'refused' } })
      expect(itemOf(made).disposal).toBeUndefined()
      expect(paperOf(made)).toMatchObject({ waiting: null, dropped: { why: 'refused', by: steps.at(-1) } })
      expect(blockerIn(made)).toBe('处置未获批准，须重新提出')
      made.office.act('ou', proposal(made.codes))
      expect(itemOf(made)).toMatchObject({ dispositionStatus: 'PROPOSED' })
      expect(itemOf(made).dropped).toBeUndefined()
    }
  })

  it('is asked no more: neither again nor at the next level', () => {
    const made = proposed()
    const { code = '' } = paperOf(made) ?? {}
    decide(made, 'qin', 'refuse')
    for (const command of ['review-disposal', 'approve-disposal'] as const) {
      const deed = { command, disposal: code, items: made.codes, way: 'CONFISCATE', destination: 'treasury' } as const
      expect(outcomeOf(() => made.office.act('ou', { type: 'approvals.ask', deed, reason: '再' }))).toBe(
        'custody.disposal-changed',
      )
    }
  })

  it('is refused also while an incident is open', () => {
    const made = proposed()
    made.office.act('li', { type: 'custody.incident', items: made.codes, kind: 'damage', note: '裂' })
    expect(outcomeOf(() => decide(made, 'qin', 'refuse'))).toBe('done')
    expect(itemOf(made).dispositionStatus).toBe('NONE')
  })

  it('touches nothing that was proposed anew meanwhile', () => {
    const made = proposed()
    const earlier = waiting(made.office)
    made.office.act('wei', proposal(made.codes, { way: 'RECOVER' }))
    made.office.act('qin', { type: 'approvals.refuse', approval: earlier })
    expect(itemOf(made)).toMatchObject({ dispositionStatus: 'PROPOSED', disposal: paperOf(made)?.code })
    expect(paperOf(made)?.dropped).toBeUndefined()
  })
})

describe('the three days of what was found unrelated', () => {
  it('run while the return is decided, and end when it is refused', () => {
    const made = toReturn()
    expect([clocks(made), itemOf(made).foundUnrelatedAt]).toEqual([['start'], expect.any(String)])
    decide(made, 'zhao', 'refuse')
    expect([clocks(made), itemOf(made).foundUnrelatedAt]).toEqual([['start', 'end'], undefined])
    made.office.act('ou', proposal(made.codes, returning(made)))
    expect(clocks(made)).toEqual(['start', 'end', 'start'])
  })

  it('end when another way is approved, and by no proposal of it alone', () => {
    const made = toReturn()
    made.office.act('wei', proposal(made.codes))
    expect(clocks(made)).toEqual(['start'])
    decide(made, 'qin', 'refuse')
    expect([clocks(made), itemOf(made).foundUnrelatedAt]).toEqual([['start'], expect.any(String)])
    made.office.act('wei', proposal(made.codes))
    decide(made, 'qin', 'grant')
    decide(made, 'tan', 'grant')
    expect([clocks(made), itemOf(made).foundUnrelatedAt]).toEqual([['start', 'end'], undefined])
  })

  it('end with the return that is taken back', () => {
    const made = toReturn()
    decide(made, 'ou', 'withdraw')
    expect([clocks(made), itemOf(made).foundUnrelatedAt]).toEqual([['start', 'end'], undefined])
  })

  it('are started by no other way: it takes neither a ground nor a finding', () => {
    const made = stored(general)
    for (const more of [{ foundAt: made.office.now }, { ground: 'unrelated' as const }])
      expect(outcomeOf(() => made.office.act('ou', proposal(made.codes, more)))).toBe('custody.ground-of-return')
    expect(clocks(made)).toEqual([])
  })
})

describe('taking a proposal back', () => {
  it('is for whoever proposed it, at every level, and for nobody else', () => {
    for (const levels of [0, 1]) {
      const made = proposed()
      for (const person of ['qin'].slice(0, levels)) decide(made, person, 'grant')
      for (const person of ['wei', 'qin', 'tan'])
        expect(
          outcomeOf(() => decide(made, person, 'withdraw')),
          person,
        ).toBe('approvals.not-asker')
      const approval = waiting(made.office)
      decide(made, 'ou', 'withdraw')
      expect(made.office.approvals.get(approval)).toMatchObject({ status: 'withdrawn', decidedBy: null })
      expect(itemOf(made)).toMatchObject({ dispositionStatus: 'NONE', dropped: { why: 'withdrawn' } })
      expect(blockerIn(made)).toBe('处置已撤回，须重新提出')
      for (const [person, type] of [
        ['ou', 'approvals.withdraw'],
        ['tan', 'approvals.grant'],
      ] as const)
        expect(outcomeOf(() => made.office.act(person, { type, approval }))).toBe('approvals.decided')
    }
  })

  it('is too late once it is approved', () => {
    const made = approved()
    const approval = [...made.office.approvals.keys()].at(-1) ?? ''
    expect(outcomeOf(() => made.office.act('ou', { type: 'approvals.withdraw', approval }))).toBe('approvals.decided')
  })

  it('of a loan or of an exception at the gate leaves the item as it is, free to be asked for again', () => {
    const made = stored(general)
    const before = itemOf(made)
    const dueAt = new Date(Date.parse(made.office.now) + 86_400_000).toISOString()
    const loan = { command: 'borrow', items: made.codes, dueAt, purpose: 'COURT' } as const
    const gate = {
      command: 'keep-open',
      items: made.codes,
      ground: 'at-large',
      document: '通缉令 3',
      wantedOn: '2024-01-05',
    } as const
    for (const deed of [loan, gate]) {
      made.office.act('ou', { type: 'approvals.ask', deed, reason: '出庭' })
      expect(outcomeOf(() => decide(made, 'wei', 'withdraw'))).toBe('approvals.not-asker')
      decide(made, 'ou', 'withdraw')
      expect(waiting(made.office)).toBe('')
      expect(itemOf(made)).toEqual(before)
      expect(outcomeOf(() => made.office.act('ou', { type: 'approvals.ask', deed, reason: '出庭' }))).toBe('done')
      decide(made, 'ou', 'withdraw')
    }
  })
})
