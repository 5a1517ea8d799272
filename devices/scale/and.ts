import { bad, good, type Frame, type Framer } from '../framing.ts'
import { answerLines, commandLine } from './lines.ts'
import type { ScaleAnswer, ScaleCommand, ScaleProtocol } from './protocol.ts'
import { milligrams } from './weight.ts'

const COMMANDS: Readonly<Record<ScaleCommand, string>> = { weight: 'Q', zero: 'Z', tare: 'T' }

/** A&D balances, and the many indicators with lines like theirs; the latter often only stream. Zero and tare are not answered. */
export function andProtocol({ streams }: { readonly streams: boolean }): ScaleProtocol {
  return {
    framer: andFramer,
    commandBytes: (command) => (streams ? null : commandLine(COMMANDS[command])),
    streams,
    acknowledges: false,
    agreeing: streams ? 2 : 1,
  }
}

/**
 * Lines such as `ST,+00123.45  g` (A&D: sign, eight characters, unit in three) and `ST,GS,+   1.250kg` (indicators: gross or net, sign, eight
 * characters, unit in two). `ST` is at rest, `US` moves, `OL` is over or under the range by its sign. A count of pieces (`QT`), a field of
 * another width (a digit was lost), an unknown unit or no whole number of milligrams is `protocol`.
 */
export function andFramer(): Framer<ScaleAnswer> {
  return answerLines(answer)
}

function answer(raw: Uint8Array, text: string): Frame<ScaleAnswer> {
  const overload = /^OL,(?:(?:GS|NT),)?([+-])/.exec(text)
  if (overload !== null) return good(raw, { to: 'weight', kind: overload[1] === '+' ? 'overload' : 'underload' })
  const weight =
    /^(ST|US),([+-])([\d.]{8})( {2}[a-z]| [a-z]{2}|[a-z]{3})$/.exec(text) ??
    /^(ST|US),(?:GS|NT),([+-])([ \d.]{8})( [a-z]|[a-z]{2})$/.exec(text)
  if (weight === null) return bad(raw, 'protocol', `unknown answer ${JSON.stringify(text.slice(0, 64))}`)
  const [, status, sign, field = '', unit = ''] = weight
  const { weight_mg, wrong } = milligrams(`${sign === '-' ? '-' : ''}${field.trimStart()}`, unit.trim())
  if (weight_mg === null) return bad(raw, 'protocol', wrong)
  return good(raw, { to: 'weight', kind: 'weight', stable: status === 'ST', weight_mg })
}
