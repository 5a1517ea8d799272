import { bad, good, type Frame, type Framer } from '../framing.ts'
import { answerLines, commandLine } from './lines.ts'
import type { ScaleAnswer, ScaleCommand, ScaleProtocol } from './protocol.ts'
import { milligrams } from './weight.ts'

const COMMANDS: Readonly<Record<ScaleCommand, string>> = { weight: 'IP', zero: 'Z', tare: 'T' }

/** Ohaus balances (Navigator, Scout, Defender). Zero and tare are not answered. */
export function ohausProtocol({ streams }: { readonly streams: boolean }): ScaleProtocol {
  return {
    framer: ohausFramer,
    commandBytes: (command) => (streams ? null : commandLine(COMMANDS[command])),
    streams,
    acknowledges: false,
    agreeing: 2,
  }
}

/**
 * Lines such as `    123.45 g     ? NET`: the weight right-aligned in ten to twelve characters (Defender: sign, space, seven characters),
 * space, the unit left-aligned in up to five, `?` where the weight moves, a legend. Since the width is not fixed, a lost digit does not show
 * in one line. An unknown unit, no whole number of milligrams or any other line is `protocol`; the family has no line for a load out of range.
 */
export function ohausFramer(): Framer<ScaleAnswer> {
  return answerLines(answer)
}

const LINE = /^([ \d.+-]+) ([A-Za-z]{1,5}) *(\?)? *(?:G|N|NET|T|PT|B)?$/
const NAVIGATOR = /^(?=.{10,12}$) *-?\d+(?:\.\d+)?$/
const DEFENDER = /^[ +-] (?=.{7}$) *\d+(?:\.\d+)?$/

function answer(raw: Uint8Array, text: string): Frame<ScaleAnswer> {
  const weight = LINE.exec(text)
  const field = weight?.[1] ?? ''
  if (weight === null || !(NAVIGATOR.test(field) || DEFENDER.test(field)))
    return bad(raw, 'protocol', `unknown answer ${JSON.stringify(text.slice(0, 64))}`)
  const { weight_mg, wrong } = milligrams(field.replace(/[ +]/g, ''), weight[2] ?? '')
  if (weight_mg === null) return bad(raw, 'protocol', wrong)
  return good(raw, { to: 'weight', kind: 'weight', stable: weight[3] === undefined, weight_mg })
}
