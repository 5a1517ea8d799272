import { describe, expect, it } from 'vitest'
import { Refusal, type RefusalNotice } from '../../refusal.ts'
import { waiting } from '../disposal/testing.ts'
import { asksConverting, handedIn, inPlace } from '../measures/testing-trips.ts'
import type { NewItem, Register } from '../schemas.ts'
import { agreed, general, type MadeOffice, officeWith, recordingOf, taking } from '../testing.ts'
import { custodyTriggers } from '../triggers.ts'
import { filmingOf } from './filming.ts'

const keptBy = (keeping: string): NewItem => ({
  ...inPlace,
  details: { ...inPlace.details, keeping, keeper: '周某', undertaking: '保1' },
})

const TAKEN_AT = '2026-03-02T01:00:00.000Z'
const SAID = '录像由技术室拷贝，明日登记'
const { type: _, items: __, of: ___, ...recording } = recordingOf([], TAKEN_AT)
const measure = { ...taking.measure, takenAt: TAKEN_AT }

const registers = (made: MadeOffice, items: readonly NewItem[], head: Partial<Register> = {}, person = 'ou') =>
  made.office.act(person, { type: 'custody.register', case: '一案', items: [...items], ...taking, measure, ...head })
const codesIn = ({ result }: { result?: unknown }): string[] =>
  (result as { items: { code: string }[] }).items.map(({ code }) => code)
const begun = (): MadeOffice => {
  const made = officeWith()
  made.office.wait(24)
  return made
}
function refusalOf(deed: () => unknown): RefusalNotice | null {
  try {
    deed()
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.notice()
    throw error
  }
}

describe('what stays where it is when it is seized', () => {
  it.each(['IN_PLACE', 'HOLDER_KEEPS', 'THIRD_PARTY'])(
    '%s: the line that says nothing of its film is named',
    (keeping) => {
      const line = keeping === 'IN_PLACE' ? inPlace : keptBy(keeping)
      expect(refusalOf(() => registers(begun(), [general, line]))).toMatchObject({
        code: 'custody.film-unsaid',
        values: { line: 2, field: 'details.keeping' },
      })
    },
  )

  it('is registered with its recording, noted for the whole list, and owes none since', () => {
    const made = begun()
    const done = registers(made, [general, inPlace], { recording })
    const codes = codesIn(done)
    expect(done.facts.map(({ type, subject }) => [type, subject])).toEqual([
      ...codes.map((code) => ['custody.registered', `item/${code}`]),
      ...codes.map((code) => ['custody.video-noted', `item/${code}`]),
    ])
    expect(done.facts.at(-1)?.body).toMatchObject({ of: 'measure', number: 'LX-0001', whole: true })
    expect(codes.map((code) => filmingOf(made.office.item(code)))).toEqual([null, null])
    expect(made.office.item(codes[0] ?? '').videos).toMatchObject([{ number: 'LX-0001', by: 'ou' }])
    expect(done.facts.some(({ body }) => 'recordingLater' in body)).toBe(false)
    const events = made.office.facts.slice(-4).flatMap((fact) => custodyTriggers.events(fact))
    const ended = events.filter((event) => event.kind === 'end' && event.events.includes('filmOwed'))
    expect(ended).toHaveLength(2)
  })

  it('or with why none is entered yet, which settles nothing: the point stays open until the film is noted', () => {
    const made = begun()
    const [code = ''] = codesIn(registers(made, [inPlace], { recordingLater: SAID }))
    expect(made.office.item(code)).toMatchObject({ recordingLater: SAID, custodyStatus: 'IN_PLACE' })
    expect(filmingOf(made.office.item(code))).toBe('none')
    made.office.act('ou', recordingOf([code], TAKEN_AT))
    expect(filmingOf(made.office.item(code))).toBeNull()
  })

  it('a recording without its hash, or of another time, does not do alone; with a reason beside it is noted', () => {
    const { sha256: _hash, ...unhashed } = recording
    const { startedAt, endedAt } = recordingOf([], '2026-03-01T01:00:00.000Z')
    for (const [lacking, filming] of [
      [unhashed, 'unhashed'],
      [{ ...recording, startedAt, endedAt }, 'gap'],
    ] as const) {
      expect(refusalOf(() => registers(begun(), [inPlace], { recording: lacking }))?.code).toBe('custody.film-unsaid')
      const made = begun()
      const [code = ''] = codesIn(registers(made, [inPlace], { recording: lacking, recordingLater: SAID }))
      expect(filmingOf(made.office.item(code))).toBe(filming)
      expect(made.office.item(code)).toMatchObject({ recordingLater: SAID, videos: [{ number: 'LX-0001' }] })
    }
  })

  it('asks nothing where the rule does not bind', () => {
    const made = begun()
    const of = made.office.cases.get('一案')
    if (of === undefined) throw new Error('no case')
    made.office.cases.set('一案', { ...of, track: 'DISCIPLINE' })
    const [code = ''] = codesIn(registers(made, [keptBy('THIRD_PARTY')], { measure: { ...measure, kind: 'WITHHELD' } }))
    expect(filmingOf(made.office.item(code))).toBeNull()
  })
})

describe('what goes to a store', () => {
  it('may be registered silently, and with its recording at once', () => {
    const made = begun()
    const [silent = ''] = codesIn(registers(made, [general]))
    const [shown = ''] = codesIn(registers(made, [general], { recording }))
    expect([silent, shown].map((code) => filmingOf(made.office.item(code)))).toEqual(['none', null])
  })

  it('keeps the reason with it where it is split', () => {
    const made = begun()
    const [item = ''] = codesIn(registers(made, [{ ...general, quantity: 2 }], { recordingLater: SAID }))
    const parts = [1, 1].map((quantity, n) => ({ name: `部件${n}`, quantity }))
    made.office.act('ou', { type: 'custody.split', items: [{ item, parts }], reason: '分开移送' }, { with: ['wei'] })
    const formed = [...made.office.items.values()].filter(({ origin }) => origin !== undefined)
    expect(formed.map(({ recordingLater }) => recordingLater)).toEqual([SAID, SAID])
  })
})

describe('what is said of the film', () => {
  it('is a reason only where something is owed', () => {
    expect(refusalOf(() => registers(begun(), [inPlace], { recording, recordingLater: SAID }))?.code).toBe(
      'custody.film-reason-idle',
    )
    const extracted = { ...measure, kind: 'EXTRACTED' } as const
    expect(refusalOf(() => registers(begun(), [inPlace], { measure: extracted, recordingLater: SAID }))?.code).toBe(
      'custody.film-reason-idle',
    )
  })

  it('names nobody, and a recording runs forwards and not into the future', () => {
    for (const [head, field] of [
      [{ recordingLater: '持有人甲家中断电' }, 'recordingLater'],
      [{ recording: { ...recording, keptIn: '持有人甲家中' } }, 'recording.keptIn'],
    ] as const)
      expect(refusalOf(() => registers(begun(), [inPlace], head))).toMatchObject({
        ...{ code: 'custody.names-person', values: { field } },
      })
    const { startedAt: endedAt, endedAt: startedAt } = recording
    const late = { ...recording, endedAt: '2026-12-31T00:00:00.000Z' }
    for (const wrong of [{ ...recording, startedAt, endedAt }, late])
      expect(refusalOf(() => registers(begun(), [inPlace], { recording: wrong }))?.code).toBe('custody.video-times')
  })
})

describe('what was handed in and stays where it is', () => {
  const left = (): MadeOffice => handedIn(inPlace)

  it('comes under a measure with why its recording is not entered yet, or with the film of when it came', () => {
    expect(refusalOf(() => asksConverting(left()))).toMatchObject({
      ...{ code: 'custody.film-unsaid', values: { keeping: '原地封存' } },
    })
    const made = left()
    const [code = ''] = made.codes
    agreed(made.office, asksConverting(made, { recordingLater: SAID }))
    expect(made.office.item(code)).toMatchObject({ measureStatus: 'SEIZED', recordingLater: SAID })
    expect(filmingOf(made.office.item(code))).toBe('none')
    const shown = left()
    shown.office.act('ou', recordingOf(shown.codes, shown.office.item(shown.codes[0] ?? '').measure.takenAt))
    agreed(shown.office, asksConverting(shown))
    expect(filmingOf(shown.office.item(shown.codes[0] ?? ''))).toBeNull()
  })

  it('says the reason in clear, so it names nobody; what a store keeps says none', () => {
    expect(refusalOf(() => asksConverting(left(), { recordingLater: '持有人甲不在' }))?.code).toBe(
      'custody.names-person',
    )
    expect(refusalOf(() => asksConverting(handedIn()))).toBeNull()
    expect(refusalOf(() => asksConverting(left(), { kind: 'EXTRACTED' }))).toBeNull()
  })

  it('keeps its reason out of the register where it was filmed before it was granted', () => {
    const made = left()
    const [code = ''] = made.codes
    asksConverting(made, { recordingLater: SAID })
    made.office.act('ou', recordingOf([code], made.office.item(code).measure.takenAt))
    for (const approver of ['zhao', 'tan'])
      made.office.act(approver, { type: 'approvals.grant', approval: waiting(made.office) })
    expect(made.office.item(code)).not.toHaveProperty('recordingLater')
  })
})

it('judges each line by the measure that took it', () => {
  const made = begun()
  const own = { ...measure, kind: 'EXTRACTED' } as const
  const [, second = ''] = codesIn(registers(made, [inPlace, { ...inPlace, measure: own }], { recordingLater: SAID }))
  expect(made.office.item(second)).not.toHaveProperty('recordingLater')
  expect(refusalOf(() => registers(begun(), [{ ...inPlace, measure: own }, inPlace]))?.values).toMatchObject({
    line: 2,
  })
})
