import { expect, it } from 'vitest'
import { outcomeOf, waiting } from '../disposal/testing.ts'
import { filmed, general, officeWith, PHOTO, recordingOf, stored } from '../testing.ts'
import { videosOnPaper } from './on-paper.ts'
import type { NoteVideo } from './schemas.ts'
import { filmingOf } from './filming.ts'
import { showsTaking } from './videos.ts'

type Made = ReturnType<typeof officeWith>

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
  const made = officeWith(general, general)
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
  const made = officeWith(general)
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
  const made = officeWith(general)
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
  const made = officeWith(general)
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
  expect(filmingsAfterSplit(filmed(officeWith({ ...general, quantity: 2 })))).toEqual([null, null, null])
  expect(filmingsAfterSplit(officeWith({ ...general, quantity: 2 }))).toEqual([null, 'none', 'none'])
})

const excuses = ({ office, codes }: Made, person = 'ou'): unknown => {
  const deed = { command: 'allow-unfilmed', items: codes } as const
  return office.act(person, { type: 'approvals.ask', deed, reason: '执法仪故障' })
}
const grants = ({ office }: Made, person: string): string =>
  outcomeOf(() => office.act(person, { type: 'approvals.grant', approval: waiting(office) }))

it('is excused by approvers of the department and the organ who have no part in the case', () => {
  const made = officeWith(general)
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
  const made = officeWith(general)
  excuses(made)
  filmed(made)
  expect(grants(made, 'zhao')).toBe('custody.nothing-unfilmed')
})
