import { bad, good, type Frame, type Framer } from '../framing.ts'
import { lineFramer, type Scan } from '../scanner/line.ts'
import { milligrams } from './weight.ts'

/** What is asked: the weight at this moment, set to zero, take the tare. */
export type ScaleCommand = 'SI' | 'Z' | 'T'

/** The word an answer begins with; the answer to `SI` begins with `S`. */
export type AnswerTo = 'S' | 'Z' | 'T' | 'I4'

export type ScaleAnswer =
  | { readonly to: 'S' | 'T'; readonly kind: 'weight'; readonly stable: boolean; readonly weight_mg: number }
  | { readonly to: 'Z'; readonly kind: 'done' }
  | { readonly to: 'S' | 'Z' | 'T'; readonly kind: 'not-now' | 'overload' | 'underload' }
  /** Sent by itself after switching on, and as the answer to a reset. */
  | { readonly to: 'I4'; readonly kind: 'serial-number'; readonly serial: string }

/** The bytes of a command of the Mettler Toledo Standard Interface Command Set. */
export function commandBytes(command: ScaleCommand): Uint8Array {
  return Uint8Array.from(Buffer.from(`${command}\r\n`, 'ascii'))
}

/**
 * Answers of the Mettler Toledo Standard Interface Command Set (levels 0 and 1), one a line. Errors that the scale reports (`ES ET EL`, a
 * weight error) are `device-error`; a line that the protocol does not know, a weight field that is not ten characters wide (a digit was
 * lost), an unknown unit or a weight that is no whole number of milligrams is `protocol`.
 */
export function mtSicsFramer(): Framer<ScaleAnswer> {
  const lines = lineFramer()
  return {
    push: (bytes) => lines.push(bytes).map(answer),
    end: () => lines.end().map(answer),
  }
}

const STATUS = { I: 'not-now', '+': 'overload', '-': 'underload' } as const
const ERRORS = new Map([
  ['ES', 'the scale does not know the command'],
  ['ET', 'the scale received a damaged command'],
  ['EL', 'the scale cannot execute the command'],
])

function answer(line: Frame<Scan>): Frame<ScaleAnswer> {
  if (line.fault !== null) return line
  const { raw } = line
  const text = line.meaning.symbology === null ? line.meaning.text : `]${line.meaning.symbology}${line.meaning.text}`

  const weight = /^([ST]) ([SD]) (.{10}) (\S{1,5}) *$/.exec(text)
  const field = /^ *(-?\d+(?:\.\d+)?)$/.exec(weight?.[3] ?? '')
  if (weight !== null && field !== null) {
    const { weight_mg, wrong } = milligrams(field[1] ?? '', weight[4] ?? '')
    if (weight_mg === null) return bad(raw, 'protocol', wrong)
    return good(raw, { to: weight[1] === 'S' ? 'S' : 'T', kind: 'weight', stable: weight[2] === 'S', weight_mg })
  }
  const status = /^([SZT]) ([I+-])$/.exec(text)
  if (status !== null)
    return good(raw, { to: status[1] as 'S' | 'Z' | 'T', kind: STATUS[status[2] as keyof typeof STATUS] })
  if (text === 'Z A') return good(raw, { to: 'Z', kind: 'done' })
  const serial = /^I4 A "([^"]*)"$/.exec(text)
  if (serial !== null) return good(raw, { to: 'I4', kind: 'serial-number', serial: serial[1] ?? '' })

  const error = ERRORS.get(text) ?? (/^S S +Error \w+$/.test(text) ? text.slice(4).trim() : undefined)
  if (error !== undefined) return bad(raw, 'device-error', error)
  return bad(raw, 'protocol', `unknown answer ${JSON.stringify(text.slice(0, 64))}`)
}
