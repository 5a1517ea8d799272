/** 录音录像 of a list that is being registered: whether it has to be said, what is wrong with it, and what is sent. Pure. */

import type { CustodyOptions } from '../../../server/custody/protocol.ts'
import { hashOf, newVideo, recordingOf, startOf, VIDEO_FIELDS, type VideoForm } from '../../custody/recording.ts'
import { instantOf } from '../../custody/times.ts'
import { overBy } from '../../length.ts'
import { asksOf, type Track } from './forms.ts'
import type { FilmField, SheetForm, Wrong, WrongKey } from './registration.ts'

type Said = Pick<SheetForm, 'video' | 'later' | 'takenAt'>

export const LATER_MOST = 200

/** What stands once for the list of the film, before anything is typed. */
export function noFilm(): Pick<SheetForm, 'video' | 'later'> {
  return { video: newVideo(), later: '' }
}

/** It stays where it is, or with who has it, and passes no hand-over: so it was said, or its class is kept in no store. */
export function staysOutside({ category, details }: SheetForm['lines'][number], options: CustodyOptions): boolean {
  const keeping = asksOf(options, category, details).find(({ field }) => field === 'keeping')
  if (keeping === undefined) return false
  const said = details.keeping ?? ''
  return said === '' ? !keeping.choices.some(({ value }) => value === 'STORE') : said !== 'STORE'
}

/** The rule asks for it: the measure is filmed throughout, and something that it took stays outside the stores. */
export function asksFilm({ kind, lines }: SheetForm, track: Track, options: CustodyOptions): boolean {
  const filmed = options.tracks.find(({ value }) => value === track)?.filmed ?? []
  return filmed.includes(kind) && lines.some((line) => staysOutside(line, options))
}

/** Somebody began to say where the recording is. */
export function isFilmBegun({ video }: Pick<Said, 'video'>): boolean {
  return VIDEO_FIELDS.some((field) => video[field].trim() !== '')
}

/** The recording begins with the taking, unless somebody says otherwise. */
function withStart({ video, takenAt }: Said): VideoForm {
  return { ...video, started: startOf(video, takenAt) }
}

/** What is to be put right of it, in the order of the fields. */
export function wrongsOfFilm(sheet: Said, now: string, asked: boolean): Wrong[] {
  const { later, takenAt } = sheet
  const wrong = (field: FilmField, why: WrongKey): Wrong => ({ line: null, field, why })
  const over = overBy(later, LATER_MOST)
  const tooLong: Wrong[] =
    over > 0 ? [{ line: null, field: 'later', why: 'wrong.too-long', most: LATER_MOST, over }] : []
  const isSilent = asked && later.trim() === ''
  if (!isFilmBegun(sheet)) return isSilent ? [wrong('later', 'wrong.film')] : tooLong
  const video = withStart(sheet)
  const empty = VIDEO_FIELDS.filter((field) => field !== 'sha256' && video[field].trim() === '')
  const [from, to, taken] = [instantOf(video.started), instantOf(video.ended), instantOf(takenAt)]
  return [
    ...empty.map((field) => wrong(`video.${field}`, 'wrong.required')),
    ...(from !== null && to !== null && to <= from ? [wrong('video.ended', 'wrong.video-times')] : []),
    ...(to !== null && to > now ? [wrong('video.ended', 'wrong.time')] : []),
    ...(hashOf(video) === null ? [wrong('video.sha256', 'wrong.hash')] : []),
    ...(isSilent && hashOf(video) === '' ? [wrong('video.sha256', 'wrong.required')] : []),
    ...(isSilent && from !== null && to !== null && taken !== null && (taken < from || to < taken)
      ? [wrong(taken < from ? 'video.started' : 'video.ended', 'wrong.film-shows')]
      : []),
    ...tooLong,
  ]
}

/** Of the body of a registration, what is said of the film. */
export function filmSaidOf(sheet: Said): object {
  const recording = isFilmBegun(sheet) ? recordingOf(withStart(sheet)) : null
  const recordingLater = sheet.later.trim()
  return { ...(recording === null ? {} : { recording }), ...(recordingLater === '' ? {} : { recordingLater }) }
}
