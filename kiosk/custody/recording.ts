/** A recording as it is typed, and as the server takes it. Pure. */

import { instantOf } from './times.ts'

export interface VideoForm {
  number: string
  device: string
  /** As `datetime-local` fields have them. */
  started: string
  ended: string
  keptIn: string
  sha256: string
  /** Somebody said or emptied when it began: nothing else stands there any more. A draft from before does not have it. */
  startSaid?: boolean
}
export type VideoField = Exclude<keyof VideoForm, 'startSaid'>

export const VIDEO_FIELDS: readonly VideoField[] = ['number', 'device', 'started', 'ended', 'keptIn', 'sha256']

const HASH = /^[0-9a-f]{64}$/

export function newVideo(started = ''): VideoForm {
  return { number: '', device: '', started, ended: '', keptIn: '', sha256: '' }
}

/** When it began as somebody typed it, or emptied it. */
export function began(started: string): Pick<VideoForm, 'started' | 'startSaid'> {
  return { started, startSaid: true }
}

/** When it began, as the field shows it: with the taking, as long as nobody says otherwise. */
export function startOf({ started, startSaid }: VideoForm, from: string): string {
  return startSaid === true || started !== '' ? started : from
}

/** The hash as it is sent; `''` where none was typed, null where it is none. */
export function hashOf({ sha256 }: VideoForm): string | null {
  const hash = sha256.trim().toLowerCase()
  return hash === '' || HASH.test(hash) ? hash : null
}

/** As the server takes it; null while something is missing. */
export function recordingOf(video: VideoForm): Readonly<Record<string, string>> | null {
  const [number, device, keptIn] = [video.number.trim(), video.device.trim(), video.keptIn.trim()]
  const [startedAt, endedAt, sha256] = [instantOf(video.started), instantOf(video.ended), hashOf(video)]
  if (number === '' || device === '' || keptIn === '' || startedAt === null || endedAt === null || sha256 === null)
    return null
  return { number, device, startedAt, endedAt, keptIn, ...(sha256 === '' ? {} : { sha256 }) }
}
