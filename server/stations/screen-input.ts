import { createHash } from 'node:crypto'
import { type Static, Type } from 'typebox'
import { canonicalText } from '../ledger/entry.ts'
import { exactly } from '../schemas.ts'
import type { Arriving, Content } from './arriving.ts'
import type { ScreenInput } from './protocol.ts'

const AGE_MS_MAX = 3_600_000

const step = Type.Integer({ minimum: 0 })
const age_ms = Type.Integer({ minimum: 0, maximum: AGE_MS_MAX })
const sent = <const P extends Parameters<typeof Type.Object>[0]>(properties: P) => Type.Object(properties, exactly)

/** What a screen may send of what was scanned, typed, pressed or chosen at it. */
export const screenInput = Type.Union([
  sent({ type: Type.Literal('scan'), text: Type.String({ minLength: 1, maxLength: 512 }), age_ms }),
  sent({ type: Type.Literal('fault'), code: Type.Enum(['line-garbled', 'line-too-long', 'line-cut']), age_ms }),
  sent({ type: Type.Literal('pin'), step, pin: Type.String({ minLength: 1, maxLength: 32 }) }),
  sent({
    type: Type.Literal('choose'),
    step,
    option: Type.String({ minLength: 1, maxLength: 40 }),
    text: Type.Optional(Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000-\\u001f]*$' })),
  }),
  sent({
    type: Type.Literal('command'),
    step,
    word: Type.Enum(['CONFIRM', 'CANCEL', 'UNDO', 'REFUSE', 'MOVE', 'LOOKUP', 'OPEN', 'WEIGH', 'LOCK']),
  }),
])

/** The same as it comes to the desk, at the moment it was made. */
export function arrivingOf(
  input: Static<typeof screenInput>,
  { id: arrivalId, by, now }: { id: string; by: string; now: string },
): Arriving {
  const made: ScreenInput = input
  const madeAt = 'age_ms' in made ? new Date(Date.parse(now) - made.age_ms).toISOString() : now
  return {
    id: arrivalId,
    by,
    at: madeAt,
    step: 'step' in made ? made.step : null,
    fingerprint: fingerprintOf(made),
    content: contentOf(made),
  }
}

/** Without the PIN, which nothing may be kept of, and without the age, which grows while it is sent again. */
function fingerprintOf(input: ScreenInput): Buffer {
  const { age_ms: _age, pin: _pin, ...kept } = { age_ms: null, pin: null, ...input }
  return createHash('sha256').update(canonicalText(kept)).digest()
}

function contentOf(input: ScreenInput): Content {
  switch (input.type) {
    case 'scan':
      return { kind: 'scan', text: input.text, sight: 'first' }
    case 'fault':
      return { kind: 'fault', deviceKind: 'scanner', fault: { code: input.code } }
    case 'pin':
      return { kind: 'pin', pin: input.pin }
    case 'choose':
      return { kind: 'choose', option: input.option, text: input.text ?? null }
    case 'command':
      return { kind: 'command', word: input.word }
  }
}
