import { expect, it } from 'vitest'
import { outcomeOf } from '../disposal/testing.ts'
import { general, officeWith, stored } from '../testing.ts'
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
    ...{ startedAt: before(made, 2), endedAt: before(made, 0), keptIn: '案管室录像服务器' },
    ...more,
  })

it('is noted once for all that it shows, changes nothing else, and is named on paper once', () => {
  const made = officeWith(general, general)
  const items = () => made.codes.map((code) => made.office.item(code))
  const [was] = items()
  notes(made)
  expect(items()[0]).toMatchObject({ ...was, videos: [{ number: 'LX-0001', sha256: null, by: 'ou' }] })
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
