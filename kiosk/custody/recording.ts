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
}
export type VideoField = keyof VideoForm

export const VIDEO_FIELDS: readonly VideoField[] = ['number', 'device', 'started', 'ended', 'keptIn', 'sha256']

const HASH = /^[0-9a-f]{64}$/

export function newVideo(started = ''): VideoForm {
  return { number: '', device: '', started, ended: '', keptIn: '', sha256: '' }
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
