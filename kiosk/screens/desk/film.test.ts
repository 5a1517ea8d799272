import { expect, test } from 'vitest'
import { custodyOptions } from '../../../server/custody/options/options.ts'
import { began, startOf } from '../../custody/recording.ts'
import { asksFilm, filmSaidOf, noFilm, wrongsOfFilm } from './film.ts'
import type { Track } from './forms.ts'
import { placeOf } from './placing.ts'
import { newLine, type SheetForm } from './registration.ts'

const NOW = '2026-11-21T04:00:00.000Z'
const line = (keeping?: string): SheetForm['lines'][number] => ({
  ...newLine(1, []),
  ...(keeping === undefined ? {} : { category: 'immovable' as const, details: { keeping: keeping as never } }),
})
const asks = (track: Track, kind: SheetForm['kind'], ...lines: SheetForm['lines']): boolean =>
  asksFilm({ kind, lines } as SheetForm, track, custodyOptions)
const video = {
  ...{ number: 'LX-1', device: '执法仪', started: '', ended: '2026-11-21T10:00', keptIn: '服务器' },
  sha256: 'AB'.repeat(32),
}
const said = { ...noFilm(), takenAt: '2026-11-21T09:30' }
const wrongs = (more: object, asked = true) =>
  wrongsOfFilm({ ...said, ...more }, NOW, asked).map(({ field, why }) => [field, why])

test('is asked for where a filmed measure leaves something outside the stores', () => {
  expect(asks('SUPERVISION', 'SEIZED', line(), line('IN_PLACE'))).toBe(true)
  expect(asks('SUPERVISION', 'SEALED_UP', line('HOLDER_KEEPS'))).toBe(true)
  expect(asks('SUPERVISION', 'SEIZED', line(), line('STORE'))).toBe(false)
  expect(asks('SUPERVISION', 'EXTRACTED', line('IN_PLACE'))).toBe(false)
  expect(asks('TAX', 'SEIZED', line('IN_PLACE'))).toBe(false)
  // What another class was asked for does not count for this one.
  expect(asks('SUPERVISION', 'SEIZED', { ...line('IN_PLACE'), category: 'general' })).toBe(false)
})

test('wants the recording or a reason, and each field of a recording that was begun', () => {
  expect(wrongs({})).toEqual([['later', 'wrong.film']])
  expect(wrongs({}, false)).toEqual([])
  expect(wrongs({ later: '正在拷贝' })).toEqual([])
  expect(wrongs({ video })).toEqual([])
  expect(wrongs({ video: { ...video, device: ' ', sha256: '' } })).toEqual([
    ['video.device', 'wrong.required'],
    ['video.sha256', 'wrong.required'],
  ])
  expect(wrongs({ video: { ...video, sha256: '' } }, false)).toEqual([])
  expect(wrongs({ video: { ...video, sha256: 'x' }, later: '拷贝' })).toEqual([['video.sha256', 'wrong.hash']])
  expect(wrongs({ video: { ...video, ended: '2026-11-21T09:30' } })).toEqual([['video.ended', 'wrong.video-times']])
  expect(wrongs({ video: { ...video, ended: '2026-11-21T12:01' } })).toEqual([['video.ended', 'wrong.time']])
  // It lacks the moment of the taking: the time that keeps it out is the one to look at.
  expect(wrongs({ video: { ...video, started: '2026-11-21T09:31' } })).toEqual([['video.started', 'wrong.film-shows']])
  expect(wrongs({ video: { ...video, started: '2026-11-21T09:00', ended: '2026-11-21T09:20' } })).toEqual([
    ['video.ended', 'wrong.film-shows'],
  ])
  expect(wrongs({ later: '长'.repeat(201) })).toEqual([['later', 'wrong.too-long']])
})

test('a beginning that somebody emptied stays empty, and is asked for', () => {
  const emptied = { ...video, ...began('') }
  expect(startOf(emptied, said.takenAt)).toBe('')
  expect(startOf(video, said.takenAt)).toBe(said.takenAt)
  expect(wrongs({ video: emptied })).toEqual([['video.started', 'wrong.required']])
  expect(filmSaidOf({ ...said, video: emptied })).toEqual({})
  expect(startOf({ ...emptied, ...began('2026-11-21T09:00') }, said.takenAt)).toBe('2026-11-21T09:00')
})

test('is sent with its beginning at the taking, as far as it was typed', () => {
  expect(filmSaidOf(said)).toEqual({})
  expect(filmSaidOf({ ...said, later: ' 正在拷贝 ' })).toEqual({ recordingLater: '正在拷贝' })
  expect(filmSaidOf({ ...said, video })).toEqual({
    recording: {
      ...{ number: 'LX-1', device: '执法仪', keptIn: '服务器', sha256: 'ab'.repeat(32) },
      ...{ startedAt: '2026-11-21T01:30:00.000Z', endedAt: '2026-11-21T02:00:00.000Z' },
    },
  })
})

test.each([
  ['custody.film-unsaid', { line: 2, field: 'details.keeping' }, 'later'],
  ['custody.film-reason-idle', { field: 'recordingLater' }, 'later'],
  ['custody.video-times', {}, 'video.ended'],
  ['custody.names-person', { field: 'recording.keptIn' }, 'video.keptIn'],
  ['custody.names-person', { field: 'recordingLater' }, 'later'],
  ['request.invalid', { what: '/recording/sha256' }, 'video.sha256'],
])('a refusal stands at its field: %s', (code, values, field) => {
  expect(placeOf({ code, values } as never)).toEqual({ line: null, field })
})
