import { bad, good, type Frame, type Framer } from '../framing.ts'
import { answerLines, commandLine } from './lines.ts'
import type { ScaleAnswer, ScaleCommand, ScaleProtocol } from './protocol.ts'
import { milligrams } from './weight.ts'

const COMMANDS: Readonly<Record<ScaleCommand, string>> = { weight: 'SI', zero: 'Z', tare: 'T' }

/** The Mettler Toledo Standard Interface Command Set. `@` is never sent: it would drop the tare without a word. */
export const MT_SICS: ScaleProtocol = {
  framer: mtSicsFramer,
  commandBytes: (command) => commandLine(COMMANDS[command]),
  streams: false,
  acknowledges: true,
  agreeing: 1,
}

/**
 * Answers of the Mettler Toledo Standard Interface Command Set (levels 0 and 1), one a line. Errors that the scale reports (`ES ET EL`, a
 * weight error) are `device-error`; a line that the protocol does not know, a weight field that is not ten characters wide (a digit was
 * lost), an unknown unit or a weight that is no whole number of milligrams is `protocol`.
 */
export function mtSicsFramer(): Framer<ScaleAnswer> {
  return answerLines(answer)
}

/** The word that an answer begins with, by what was asked; the answer to `SI` begins with `S`. */
const ANSWERS = { S: 'weight', Z: 'zero', T: 'tare' } as const
const STATUS = { I: 'not-now', '+': 'overload', '-': 'underload' } as const
const ERRORS = new Map([
  ['ES', 'the scale does not know the command'],
  ['ET', 'the scale received a damaged command'],
  ['EL', 'the scale cannot execute the command'],
])

function answer(raw: Uint8Array, text: string): Frame<ScaleAnswer> {
  const weight = /^([ST]) ([SD]) (.{10}) (\S{1,5}) *$/.exec(text)
  const field = /^ *(-?\d+(?:\.\d+)?)$/.exec(weight?.[3] ?? '')
  if (weight !== null && field !== null) {
    const { weight_mg, wrong } = milligrams(field[1] ?? '', weight[4] ?? '')
    if (weight_mg === null) return bad(raw, 'protocol', wrong)
    return good(raw, {
      to: weight[1] === 'S' ? 'weight' : 'tare',
      kind: 'weight',
      stable: weight[2] === 'S',
      weight_mg,
    })
  }
  const status = /^([SZT]) ([I+-])$/.exec(text)
  if (status !== null)
    return good(raw, { to: ANSWERS[status[1] as keyof typeof ANSWERS], kind: STATUS[status[2] as keyof typeof STATUS] })
  if (text === 'Z A') return good(raw, { to: 'zero', kind: 'done' })
  const serial = /^I4 A "([^"]*)"$/.exec(text)
  if (serial !== null) return good(raw, { to: 'start', kind: 'serial-number', serial: serial[1] ?? '' })

  const error = ERRORS.get(text) ?? (/^S S +Error \w+$/.test(text) ? text.slice(4).trim() : undefined)
  if (error !== undefined) return bad(raw, 'device-error', error)
  return bad(raw, 'protocol', `unknown answer ${JSON.stringify(text.slice(0, 64))}`)
}
