import { beforeAll, describe, expect, it } from 'vitest'
import type { MeasureStatus, Track } from '../custody/axes.ts'
import type { Fact } from '../module.ts'
import { triggers } from '../modules.ts'
import { type Calendars, dueAfter, endOfDay } from './calendar.ts'
import { parseCalendar } from './calendar-file.ts'
import { AUDIENCES, type DeadlineTerms, deadlineRules } from './deadline-rules.ts'
import { inForce, type RuleHistories, rulesFor } from './rules-in-force.ts'
import { shippedCalendars } from './shipped-calendars.ts'
import { parseSpan } from './span.ts'

/** Every deadline that the law or the house fixes, line by line, worked out by hand for one day before the Spring Festival of 2026. */

/** A Thursday; 14 and 28 February are worked, 15 to 23 are off; so are three days in April, five in May and three in June. */
const FROM = '2026-02-12T02:00:00.000Z'

interface Line {
  /** The last day, or the moment; null where the fact itself brings it. */
  readonly last: string | null
  readonly grade: DeadlineTerms['grade']
  readonly deferrable?: false
  /** By how much it is put off, once. */
  readonly extend?: string
  readonly shorten?: true
  readonly pausable?: true
  readonly enabled?: false
}

const LINES: Readonly<Record<string, Line>> = {
  'DL-01 unrelatedFound': { last: '2026-02-15', grade: 'V1', deferrable: false },
  'DL-02 unrelatedFrozenFound': { last: '2026-02-15', grade: 'V1', deferrable: false },
  'DL-03 moneyTaken': { last: '2026-02-27', grade: 'M', extend: '15d' },
  'DL-04 goodsTaken': { last: '2026-03-14', grade: 'M', extend: '30d' },
  'DL-05 unrelatedExtractedFound': { last: '2026-02-15', grade: 'M', deferrable: false },
  'DL-06 seizureDecision': { last: '2026-03-14', grade: 'V1', extend: '30d', pausable: true },
  'DL-07 emergencyMeasure': { last: '2026-02-13T02:00:00.000Z', grade: 'V1' },
  'DL-08 freezeToServe': { last: '2026-02-24', grade: 'V1' },
  'DL-09 freezeDecision': { last: '2026-03-14', grade: 'V1', extend: '30d' },
  'DL-10 taxPreservation': { last: '2026-09-01', grade: 'V1', extend: '6M' },
  'DL-11 taxPaid': { last: '2026-02-13', grade: 'V1', deferrable: false },
  'DL-12 saleSettled': { last: '2026-02-24', grade: 'V1' },
  'DL-13 priorYearBooksTaken': { last: '2026-05-29', grade: 'V1' },
  'DL-13a currentYearBooksTaken': { last: '2026-03-23', grade: 'V1' },
  'DL-14 unregisteredSeize': { last: '2026-03-09', grade: 'V1' },
  'DL-14a unregisteredPerishableSeize': { last: '2026-03-09', grade: 'V1', deferrable: false, shorten: true },
  'DL-15 offsiteMeasure': { last: '2026-02-13T02:00:00.000Z', grade: 'V2', enabled: false },
  'DL-16 measureTaken': { last: '2026-02-15', grade: 'M', enabled: false },
  'DL-17 earlyDisposalReview': { last: null, grade: 'V2' },
  'DL-18 borrowDue': { last: null, grade: 'V2' },
  'DL-19 registeredPreserve': { last: '2026-02-19', grade: 'M' },
  'DL-20 complaintAccepted': { last: '2026-03-12', grade: 'V1' },
  'DL-20a reviewAccepted': { last: '2026-04-12', grade: 'V1' },
  'DL-20b complaintDecided': { last: '2026-02-19', grade: 'V2', deferrable: false },
  'DL-21 urged': { last: null, grade: 'V3', deferrable: false },
  'DL-22 taxInspectionFiled': { last: '2026-06-01', grade: 'M', extend: '90d' },
  'DL-23 documentsIssued': { last: '2026-02-13T02:00:00.000Z', grade: 'V2', enabled: false },
  'DL-30 clueReceived': { last: '2026-03-12', grade: 'V2' },
  'DL-31 inquiryDelivered': { last: '2026-03-11', grade: 'V2' },
  'DL-32 talkOrReply': { last: '2026-03-12', grade: 'M' },
  'DL-33 trialAccepted': { last: '2026-03-12', grade: 'V2', extend: '1M' },
  'DL-34 decisionMade': { last: '2026-03-12', grade: 'V2' },
  'DL-35 reportReceivedOther': { last: '2026-02-26', grade: 'V2' },
  'DL-36 realNameReport': { last: '2026-03-11', grade: 'V3' },
  'DL-37 realNameClosed': { last: '2026-03-11', grade: 'V3' },
  'DL-38 reportAssigned': { last: '2026-05-12', grade: 'V3' },
  'DL-39 petitionAccepted': { last: '2026-04-13', grade: 'V3', extend: '30d' },
  'DL-60 yearEnded': { last: '2026-03-12', grade: 'V2', deferrable: false },
  'DL-40 badRating': { last: '2026-02-26', grade: 'V2', extend: '10wd' },
}

/** Three days that nobody puts off. */
const DAILY = ['DL-01', 'DL-02', 'DL-05']

/** What the house sets itself is each module's own matter. */
const lawful = deadlineRules.filter(({ terms }) => terms.grade !== 'P')

let calendars: Calendars
beforeAll(async () => {
  const shipped = await shippedCalendars()
  calendars = new Map(
    shipped.map(({ year, csv }) => {
      const { days } = parseCalendar(year, csv)
      return [year, new Map(days.map(({ date, kind }) => [date, kind]))]
    }),
  )
})

describe('the rules', () => {
  it('of the law are these, and no other', () => {
    expect(lawful.map(({ id, event }) => `${id} ${event}`).toSorted()).toEqual(Object.keys(LINES).toSorted())
  })

  for (const { id, event, terms } of lawful) {
    it(`${id} ends, is put off and paused as its law says`, () => {
      const line = LINES[`${id} ${event}`]
      const last =
        line?.last === null || line === undefined ? null : line.last.length === 10 ? endOfDay(line.last) : line.last
      const { due, counting } = terms
      expect(due === null ? null : dueAfter(FROM, parseSpan(due), counting, calendars)).toEqual(
        last === null ? null : { dueAt: last, estimatedYears: [] },
      )
      expect({
        grade: terms.grade,
        ...(terms.deferrable ? {} : { deferrable: false }),
        ...(terms.extend === null ? {} : { extend: terms.extend.by }),
        ...(terms.pausable ? { pausable: true } : {}),
        ...(terms.shorten ? { shorten: true } : {}),
        ...(terms.enabled ? {} : { enabled: false }),
      }).toEqual({ ...line, last: undefined })
      expect(terms.extend?.times ?? 1).toBe(1)
    })

    it(`${id} names its article, and warns before and after, each tier once and ever higher`, () => {
      expect(terms.basis).toMatch(/\p{Script=Han}/u)
      const offsets = terms.ladder.map(({ offset_days }) => offset_days)
      const after = DAILY.includes(id) ? [1, 2, 3, 4, 5, 6, 7] : [1, 3, 7]
      expect(offsets).toEqual([-5, -3, -1, 0, ...after])
      expect(terms.ladder.map(({ colour }) => colour)).toEqual([
        ...['yellow', 'yellow', 'orange', 'red'],
        ...after.map(() => 'red'),
      ])
      for (const { tell } of terms.ladder) {
        expect(tell.length).toBeGreaterThan(0)
        expect(tell.every((audience) => AUDIENCES.includes(audience))).toBe(true)
      }
      if (DAILY.includes(id)) return
      expect(terms.ladder.slice(-2).map(({ tell }) => tell)).toEqual([['supervision'], ['leader']])
    })
  }

  it('what was found unrelated is urged every day, the supervisors from the third on, the leader on the seventh (X-01)', () => {
    for (const id of DAILY) {
      const late = deadlineRules.find((rule) => rule.id === id)?.terms.ladder.filter((tier) => tier.offset_days > 0)
      const base = ['responsible', 'unit-head']
      expect(late?.map(({ tell }) => tell)).toEqual([
        ...[base, base],
        ...[3, 4, 5, 6].map(() => [...base, 'supervision']),
        [...base, 'supervision', 'leader'],
      ])
    }
  })

  it('of a measure are put off by the head of the organ, those of tax by the State Administration (T-04, T-05, T-13)', () => {
    const leaves = deadlineRules.flatMap(({ id, terms: { extend } }) => {
      if (extend?.levels === undefined && extend?.authority === undefined) return []
      return [[id, extend.levels, extend.authority ?? null]]
    })
    expect(leaves).toEqual([
      ['DL-06', ['organ'], null],
      ['DL-09', ['organ'], null],
      ['DL-10', ['organ'], 'state-taxation'],
      ['DL-22', ['organ'], null],
    ])
  })

  it('a loan that is due is told to both heads at once (公安规定 11)', () => {
    const loan = deadlineRules.find(({ id }) => id === 'DL-18')
    expect(loan?.terms.ladder.find(({ offset_days }) => offset_days === 0)?.tell).toEqual([
      ...['responsible', 'unit-head', 'keeping-head'],
    ])
  })
})

describe('a rule that the program comes with anew', () => {
  const ruleOf = (id: string) => deadlineRules.find((one) => one.id === id) ?? deadlineRules[0]
  const NEW = '2026-11-23T02:00:00.000Z'
  const at = (id: string, moment: string, histories: RuleHistories = new Map()) => {
    const rule = ruleOf(id)
    if (rule === undefined) throw new Error(id)
    return inForce(rule, histories, moment)
  }

  it('binds from its day, as a version of its own; before it the terms of before hold', () => {
    expect(at('DL-19', '2026-11-22T15:59:59.999Z')).toMatchObject({ version: 0, terms: { due: '7d' } })
    expect(at('DL-19', '2026-11-22T16:00:00.000Z')).toMatchObject({
      version: 1,
      terms: { due: '7wd', counting: 'working', basis: '行政处罚法 56、85', grade: 'M' },
    })
    const { due, counting } = at('DL-19', NEW).terms
    // 15 to 23 February are off, 14 and 28 are worked.
    expect(dueAfter(FROM, parseSpan(due ?? ''), counting, calendars).dueAt).toBe(endOfDay('2026-02-28'))
  })

  it('puts off interim keeping as long as its cause lasts', () => {
    expect(at('DL-04', FROM).terms.extend).toEqual({ by: '30d', times: 1 })
    expect(at('DL-04', NEW)).toMatchObject({ version: 1, terms: { due: '30d', extend: { by: '30d', times: null } } })
  })

  it('leaves what the organ itself has changed, and counts on from there', () => {
    const terms = { ...at('DL-19', FROM).terms, due: '5d' }
    const from = '2026-05-01T00:00:00.000Z'
    const changed: RuleHistories = new Map([
      ['DL-19', { rule: 'DL-19', versions: [{ version: 1, terms, from, proposal: 'p' }] }],
    ])
    expect(at('DL-19', NEW, changed)).toMatchObject({ version: 1, terms: { due: '5d' } })
  })

  it('leaves no term of the penalty law in natural days (行政处罚法 85)', () => {
    const short = deadlineRules
      .map((rule) => inForce(rule, new Map(), NEW))
      .filter(({ terms }) => /^行政处罚法/u.test(terms.basis) && /^[2357](d|wd)$/u.test(terms.due ?? ''))
    expect(short.map(({ rule, terms }) => [rule.id, terms.counting])).toEqual([['DL-19', 'working']])
  })
})

describe('what is taken', () => {
  const registered = (track: Track, kind: MeasureStatus): Fact => ({
    ...{ register: 'unit.dept-1', seq: 1, at: FROM, recordedAt: FROM, actor: 'ou', with: [], station: null },
    ...{ cause: 'c', hash: '', type: 'custody.registered' },
    body: {
      ...{ v: 1, n: 1, subject: 'item/W0126000000100', case: '一案', unit: 'dept-1', track, deadlines: [] },
      measure: { takenAt: FROM, officers: ['ou', 'wei'], kind },
    },
  })
  const startedBy = (track: Track, kind: MeasureStatus): string[] =>
    triggers
      .events(registered(track, kind))
      .flatMap((event) => (event.kind === 'start' ? rulesFor(event.event, new Map(), FROM) : []))
      .map(({ rule }) => rule.id)
      .toSorted()

  const TAKEN: readonly [Track, MeasureStatus, readonly string[]][] = [
    ['SUPERVISION', 'SEIZED', ['DL-04', 'DL-61']],
    ['SUPERVISION', 'FROZEN', ['DL-04']],
    ['DISCIPLINE', 'WITHHELD', ['DL-04']],
    ['ADMIN', 'SEIZED', ['DL-04', 'DL-06']],
    ['ADMIN', 'SEALED_UP', ['DL-04', 'DL-06']],
    ['ADMIN', 'FROZEN', ['DL-04', 'DL-08', 'DL-09']],
    ['ADMIN', 'REGISTERED_PRESERVED', ['DL-04', 'DL-19']],
    ['TAX', 'SEIZED', ['DL-04', 'DL-10']],
    ['TAX', 'SEALED_UP', ['DL-04', 'DL-10']],
    ['TAX', 'REGISTERED_PRESERVED', ['DL-04', 'DL-19']],
  ]
  for (const [track, kind, rules] of TAKEN)
    it(`${track} ${kind} starts ${rules.join(', ')}`, () => expect(startedBy(track, kind)).toEqual(rules))

  it('ends by a fact whatever a fact ends; the rest waits for a document that an approver accepts', () => {
    const events = new Set(deadlineRules.map(({ event }) => event))
    expect(triggers.endedByFacts.filter((event) => !events.has(event))).toEqual([])
    expect(triggers.endedByFacts).toEqual(
      expect.arrayContaining([
        ...['goodsTaken', 'borrowDue', 'filmOwed', 'unrelatedFound', 'unrelatedFrozenFound', 'unrelatedExtractedFound'],
        ...['complaintAccepted', 'urged'],
      ]),
    )
    for (const event of ['seizureDecision', 'freezeDecision', 'taxPreservation', 'registeredPreserve'])
      expect(triggers.endedByFacts, event).not.toContain(event)
  })
})
