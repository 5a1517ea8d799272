/** What a bench screen knows, as a value: the server's session and what came between its versions. */

import type {
  DeviceView,
  SessionAnswer,
  SessionView,
  StationMessage,
  Verdict,
} from '../../../server/stations/protocol.ts'
import type { Tone } from '../../tone.ts'

export interface Shown {
  readonly version: number
  readonly session: SessionView
  /** What could not even be written down; it stands in front of the session's own verdict until the session moves. */
  readonly trouble: Verdict | null
}

/** The screen after a message, and the one tone that it makes. */
export interface Heard {
  readonly shown: Shown
  readonly tone: Tone | null
}

/**
 * The whole session as an answer over HTTP, which may come later than what the socket has told since: how the scale is then stays as it was told.
 */
export function hearAnswer(before: Shown | null, answer: SessionAnswer): Heard {
  const heard = hearSession(before, answer)
  const told = before?.session.step === heard.shown.session.step ? before.session.pan : null
  return told === null ? heard : { ...heard, shown: { ...heard.shown, session: { ...heard.shown.session, pan: told } } }
}

/**
 * The whole session, from the socket or as an answer. Older ones change nothing; an equal one is taken for its devices, whose changes
 * may have gone by while the line was down. What a page finds when it opens never sounds: it was heard before.
 */
export function hearSession(before: Shown | null, { version, session }: SessionAnswer): Heard {
  if (before === null) return { shown: { version, session, trouble: null }, tone: null }
  if (version < before.version) return { shown: before, tone: null }
  const moved = version > before.version
  const { verdict } = session
  const fresh = moved && verdict !== null && verdict.id !== before.session.verdict?.id
  const alarmed = session.alarms.some(({ id }) => before.session.alarms.every((known) => known.id !== id))
  return {
    shown: { version, session, trouble: moved ? null : before.trouble },
    // Whoever is near must turn round, whatever else was said.
    tone: alarmed ? 'alarm' : fresh ? verdict.tone : null,
  }
}

/** A message of the station's socket; one of a kind that is not known changes nothing. */
export function hear(before: Shown | null, message: StationMessage): Heard | null {
  switch (message.type) {
    case 'session':
      return hearSession(before, message)
    case 'device':
      return before === null ? null : { shown: withDevice(before, message.device), tone: null }
    case 'pan': {
      if (before === null || message.step !== before.session.step) return null
      return { shown: { ...before, session: { ...before.session, pan: message.pan } }, tone: null }
    }
    case 'trouble': {
      if (before === null) return null
      const known = before.trouble?.id === message.verdict.id
      return { shown: { ...before, trouble: message.verdict }, tone: known ? null : message.verdict.tone }
    }
    default:
      return null
  }
}

function withDevice(shown: Shown, device: DeviceView): Shown {
  const devices = shown.session.devices.some(({ id }) => id === device.id)
    ? shown.session.devices.map((one) => (one.id === device.id ? device : one))
    : [...shown.session.devices, device]
  return { ...shown, session: { ...shown.session, devices } }
}
