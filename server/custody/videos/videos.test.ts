import { describe, expect, it } from 'vitest'
import type { Refusal } from '../../refusal.ts'
import { outcomeOf, waiting } from '../disposal/testing.ts'
import { asksConverting, handedIn } from '../measures/testing-trips.ts'
import {
  agreed,
  filmed,
  general,
  PHOTO,
  recordingOf,
  stored,
  submitted,
  type MadeOffice,
  unfilmedWith,
  withoutFilm,
} from '../testing.ts'
import { videosOnPaper } from './on-paper.ts'
import type { NoteVideo } from './schemas.ts'
import { filmingOf } from './filming.ts'
import { showsTaking } from './videos.ts'

type Made = MadeOffice

const HOUR_MS = 3_600_000
const before = (made: Made, hours: number): string =>
  new Date(Date.parse(made.office.now) - hours * HOUR_MS).toISOString()
const notes = (made: Made, more: Partial<NoteVideo> = {}, person = 'ou') =>
  made.office.act(person, {
    ...{ type: 'custody.note-video', items: made.codes, of: 'measure', number: 'LX-0001', device: '执法仪 3 号' },
    ...{ startedAt: before(made, 2), endedAt: before(made, 0), keptIn: '案管室录像服务器', sha256: PHOTO },
    ...more,
  })

it('is noted once for all that it shows, changes nothing else, and is named on paper once', () => {
  const made = unfilmedWith(general, general)
  const items = () => made.codes.map((code) => made.office.item(code))
  const [was] = items()
  notes(made)
  expect(items()[0]).toMatchObject({ ...was, videos: [{ number: 'LX-0001', sha256: PHOTO, by: 'ou' }] })
  expect(videosOnPaper(items(), 'measure')).toHaveLength(1)
  expect(videosOnPaper(items(), 'incident')).toEqual([])
  expect(videosOnPaper(items(), 'measure', before(made, 3))).toEqual([])
  expect(outcomeOf(() => notes(made, { startedAt: items()[0]?.videos?.[0]?.startedAt ?? '' }))).toBe(
    'custody.video-known',
  )
})

it('runs forwards, not into the future, and for no longer than a day', () => {
  const made = unfilmedWith(general)
  for (const times of [
    { startedAt: before(made, 1), endedAt: before(made, 1) },
    { startedAt: before(made, 1), endedAt: before(made, 2) },
    { startedAt: before(made, 1), endedAt: before(made, -1) },
    { startedAt: before(made, 25), endedAt: before(made, 0) },
  ])
    expect(
      outcomeOf(() => notes(made, times)),
      JSON.stringify(times),
    ).toBe('custody.video-times')
})

it('is noted by who has the item in hands, names nobody, and shows an incident only where there was one', () => {
  const made = stored(general)
  expect(outcomeOf(() => notes(made, { of: 'handling' }, 'han'))).toBe('custody.not-case-officer')
  expect(outcomeOf(() => notes(made, { keptIn: '持有人甲家中' }))).toBe('custody.names-person')
  expect(outcomeOf(() => notes(made, { of: 'incident' }, 'li'))).toBe('custody.video-of-incident')
  const { facts } = notes(made, { of: 'handling', number: 'LX-0002' }, 'li')
  expect(facts.map(({ register }) => register)).toEqual(['store.store-1'])
})

it('says where the moment of the taking is not on a recording of it', () => {
  const video = { ...{ number: '1', device: '2', keptIn: '3', sha256: null, by: 'ou', at: '' }, of: 'measure' as const }
  const from = { ...video, startedAt: '2026-03-02T02:00:00.000Z', endedAt: '2026-03-02T04:00:00.000Z' }
  expect(showsTaking(from, '2026-03-02T03:00:00.000Z')).toBe(true)
  expect(showsTaking(from, '2026-03-02T05:00:00.000Z')).toBe(false)
  expect(showsTaking({ ...from, of: 'handling' }, '2026-03-02T05:00:00.000Z')).toBe(true)
})

it('flags a seizure that nobody filmed, and one with a gap in its film', () => {
  const made = unfilmedWith(general)
  const filming = () => made.codes.map((code) => filmingOf(made.office.item(code)))
  expect(filming()).toEqual(['none'])
  notes(made, { of: 'handling' })
  expect(filming()).toEqual(['none'])
  const { takenAt } = made.office.item(made.codes[0] ?? '').measure
  const around = (seconds: number): string => new Date(Date.parse(takenAt) + seconds * 1_000).toISOString()
  notes(made, { number: 'LX-2', startedAt: around(-600), endedAt: around(-120) })
  expect(filming()).toEqual(['gap'])
  notes(made, { number: 'LX-3', startedAt: around(-50), endedAt: around(0) })
  expect(filming()).toEqual(['gap'])
  notes(made, { number: 'LX-4', startedAt: around(-125), endedAt: around(-40) })
  expect(filming()).toEqual([null])
  const { office } = made
  const withheld = { ...office.item(made.codes[0] ?? ''), track: 'ADMIN' as const, videos: [] }
  expect(filmingOf(withheld)).toBeNull()
})

it('of a seizure counts only with the hash of its file; what was noted without may be noted again with it', () => {
  const made = unfilmedWith(general)
  const [code = ''] = made.codes
  const { type: _, sha256: hash, ...recording } = recordingOf(made.codes, made.office.item(code).measure.takenAt)
  const noted = (more: object) => made.office.act('ou', { type: 'custody.note-video', ...recording, ...more })
  expect(noted({}).facts[0]?.body).not.toHaveProperty('whole')
  expect(filmingOf(made.office.item(code))).toBe('unhashed')
  expect(outcomeOf(() => noted({}))).toBe('custody.video-known')
  expect(noted({ sha256: hash }).facts[0]?.body).toMatchObject({ whole: true, sha256: hash })
  expect(made.office.item(code).videos).toHaveLength(1)
  expect(filmingOf(made.office.item(code))).toBeNull()
})

it('goes with what the thing becomes; what was replaced needs none', () => {
  const filmingsAfterSplit = ({ office, codes: [item = ''] }: Made) => {
    const parts = [1, 1].map((quantity, n) => ({ name: `部件${n}`, quantity }))
    office.act('ou', { type: 'custody.split', items: [{ item, parts }], reason: '分开移送' }, { with: ['wei'] })
    return [...office.items.values()].map((one) => filmingOf(one))
  }
  expect(filmingsAfterSplit(filmed(unfilmedWith({ ...general, quantity: 2 })))).toEqual([null, null, null])
  expect(filmingsAfterSplit(unfilmedWith({ ...general, quantity: 2 }))).toEqual([null, 'none', 'none'])
})

const excuses = ({ office, codes }: Made, person = 'ou'): unknown => {
  const deed = { command: 'allow-unfilmed', items: codes } as const
  return office.act(person, { type: 'approvals.ask', deed, reason: '执法仪故障' })
}
const grants = ({ office }: Made, person: string): string =>
  outcomeOf(() => office.act(person, { type: 'approvals.grant', approval: waiting(office) }))

it('is excused by approvers of the department and the organ who have no part in the case', () => {
  const made = unfilmedWith(general)
  const [code = ''] = made.codes
  expect(outcomeOf(() => excuses(made, 'han'))).toBe('custody.not-case-officer')
  excuses(made)
  expect([grants(made, 'zhao'), filmingOf(made.office.item(code))]).toEqual(['done', 'none'])
  expect(grants(made, 'everything')).toBe('custody.officer-decides')
  expect([grants(made, 'tan'), filmingOf(made.office.item(code))]).toEqual(['done', null])
  expect(made.office.item(code).unfilmed).toMatchObject({ approver: 'tan' })
  expect(outcomeOf(() => excuses(made))).toBe('custody.nothing-unfilmed')
})

it('is not excused once it was noted after all', () => {
  const made = unfilmedWith(general)
  excuses(made)
  filmed(made)
  expect(grants(made, 'zhao')).toBe('custody.nothing-unfilmed')
})

const hands = ({ office, codes }: Made): string =>
  outcomeOf(() => office.act('ou', { type: 'custody.hand-over', items: codes, store: 'store-1' }))
const takesIn = ({ office, codes, shelf }: Made): string =>
  outcomeOf(() => office.act('li', { type: 'custody.check-in', items: codes, location: shelf }))
const agreedUnfilmed = (made: Made): Made => {
  excuses(made)
  for (const person of ['zhao', 'tan']) grants(made, person)
  return made
}

it('is wanted before the store takes over: no list without it, and all that lack it are named at once', () => {
  const made = unfilmedWith(general, general)
  const [one = '', other = ''] = made.codes
  expect(hands(made)).toBe('custody.film-first')
  try {
    made.office.act('ou', { type: 'custody.hand-over', items: made.codes, store: 'store-1' })
  } catch (error) {
    expect((error as Refusal).values).toMatchObject({
      items: `${one}、${other}`,
      itemsEn: `${one}, ${other}`,
      count: 2,
    })
  }
  made.office.act('ou', recordingOf([one], made.office.item(one).measure.takenAt))
  expect(hands(made)).toBe('custody.film-first')
  expect(hands({ ...made, codes: [one] })).toBe('done')
  filmed(made)
  expect(hands({ ...made, codes: [other] })).toBe('done')
})

it('of a seizure in a hurry is excused before the hand-over, and then goes like the rest', () => {
  const made = unfilmedWith(general)
  excuses(made)
  expect(grants(made, 'zhao')).toBe('done')
  expect(hands(made)).toBe('custody.film-first')
  expect(grants(made, 'tan')).toBe('done')
  expect([hands(made), takesIn(made)]).toEqual(['done', 'done'])
})

it('a recording with a gap, or without its hash, does for no list', () => {
  const { sha256: _, ...unhashed } = recordingOf([], '2026-03-01T00:00:00.000Z')
  for (const noted of [unhashed, { ...recordingOf([], '2026-02-01T02:00:00.000Z') }]) {
    const made = unfilmedWith(general)
    made.office.act('ou', { ...noted, items: made.codes })
    expect(hands(made)).toBe('custody.film-first')
  }
})

it('of a list from before the rule is asked for where the store takes it: noted or excused there, or sent back', () => {
  const pending = (): Made => withoutFilm(submitted(general))
  expect(takesIn(pending())).toBe('custody.film-first')
  expect(takesIn(filmed(pending()))).toBe('done')
  expect(takesIn(agreedUnfilmed(pending()))).toBe('done')
  const back = pending()
  expect(
    outcomeOf(() => back.office.act('li', { type: 'custody.refuse-item', items: back.codes, reason: '无录像' })),
  ).toBe('done')
  expect(hands(back)).toBe('custody.film-first')
})

it('is not got round by becoming one with what is on film', () => {
  const made = unfilmedWith(general, general)
  const [one = ''] = made.codes
  made.office.act('ou', recordingOf([one], made.office.item(one).measure.takenAt))
  const merge = { type: 'custody.merge', items: made.codes, reason: '同类' } as const
  expect(outcomeOf(() => made.office.act('ou', merge, { with: ['wei'] }))).toBe('custody.not-alike')
  filmed(made)
  expect(outcomeOf(() => made.office.act('ou', merge, { with: ['wei'] }))).toBe('done')
})

describe('what was handed in and is held under a measure since', () => {
  const surrendered = (more: (made: Made) => unknown = () => null): Made => {
    const made = handedIn()
    more(made)
    agreed(made.office, asksConverting(made))
    return made
  }
  const filming = (made: Made) => made.codes.map((code) => filmingOf(made.office.item(code)))

  it('owes its recording from then on, and is handed over with it', () => {
    expect(hands(handedIn())).toBe('done')
    const made = surrendered()
    expect([filming(made), hands(made)]).toEqual([['none'], 'custody.film-first'])
    notes(made, { startedAt: before(made, 2), endedAt: before(made, 1) })
    expect(filming(made)).toEqual(['gap'])
    const { convertedAt = '' } = made.office.item(made.codes[0] ?? '').measure
    notes(made, { number: 'LX-2', startedAt: convertedAt, endedAt: before(made, 0) })
    expect([filming(made), hands(made)]).toEqual([[null], 'done'])
  })

  it('owes none where it was filmed as it came', () => {
    const made = surrendered(({ office, codes }) => {
      office.act('ou', recordingOf(codes, office.item(codes[0] ?? '').measure.takenAt))
    })
    expect([filming(made), hands(made)]).toEqual([[null], 'done'])
    expect(made.office.item(made.codes[0] ?? '').measure.convertedAt).toBeUndefined()
  })
})
