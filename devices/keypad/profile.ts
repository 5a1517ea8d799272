import { readdirSync, readFileSync } from 'node:fs'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'

/** More than any keypad sends in one frame. */
export const DATA_BYTES_MAX = 64

const byte = Type.String({ pattern: '^[0-9A-F]{2}$' })
const bytes = Type.String({ pattern: '^([0-9A-F]{2}( [0-9A-F]{2})*)?$' })
/** One byte alone would be found in anything. */
const twoBytes = Type.String({ pattern: '^[0-9A-F]{2}( [0-9A-F]{2})+$' })
const only = { additionalProperties: false }

const meaning = Type.Union([
  Type.Object({ level: Type.Integer({ minimum: 1, maximum: 5 }) }, only),
  Type.Object({ reason: Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}$' }) }, only),
  Type.Object({ none: Type.Literal(true) }, only),
])

/** Key as the device names it, to its meaning. `none` is the device saying that nobody pressed. */
const keys = Type.Record(Type.String({ pattern: '^[0-9A-Za-z]{1,8}$' }), meaning)

const heading = {
  version: Type.Integer({ minimum: 1 }),
  title: Type.Object({ zh: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) }, only),
}

const part = Type.Union([
  Type.Enum(['length', 'address', 'command', 'data', 'sum']),
  Type.String({ pattern: '^[0-9A-F]{2}$' }),
])
const covered = Type.Tuple([Type.Enum(['address', 'command', 'data']), Type.Enum(['address', 'command', 'data'])])

const order = Type.Object({ command: byte, data: bytes, preamble: Type.Boolean() }, only)

const framesProfile = Type.Object(
  {
    protocol: Type.Literal('ff68'),
    ...heading,
    frame: Type.Object(
      {
        /** A byte that may stand before a frame, and before ours where the order says so. */
        preamble: Type.Union([byte, Type.Null()]),
        /** The frame from its first byte to its last: fixed bytes in hexadecimal, and parts by name. */
        parts: Type.Array(part, { minItems: 4, maxItems: 16 }),
        length_covers: covered,
        sum: Type.Object({ kind: Type.Enum(['sum8', 'xor8']), covers: covered }, only),
        data_max: Type.Integer({ minimum: 1, maximum: DATA_BYTES_MAX }),
        /** What others on the line say, known by its first and last bytes: it is not for us, and no noise. */
        neighbours: Type.Optional(
          Type.Array(
            Type.Object(
              { begins: twoBytes, ends: twoBytes, bytes_max: Type.Integer({ minimum: 4, maximum: 256 }) },
              only,
            ),
            { maxItems: 4 },
          ),
        ),
      },
      only,
    ),
    /** The rater's pad. */
    rater: Type.Object(
      {
        address_plus: Type.Integer({ minimum: 0, maximum: 128 }),
        /** The command of a rating; its one byte of data is the key. */
        command: byte,
        /** Sent for every rating alike, whichever key it was and whether it counts or not. */
        answer: Type.Union([order, Type.Null()]),
        /** Asks for a rating, where the pad can be asked over the wire. */
        ask: Type.Union([order, Type.Null()]),
        /** Shows the clerk's stars; one byte of data is added. */
        stars: Type.Union([order, Type.Null()]),
      },
      only,
    ),
    /** The clerk's pad; its last byte of data is the key, those before are digits. */
    clerk: Type.Union([
      Type.Object(
        {
          address_plus: Type.Integer({ minimum: 0, maximum: 128 }),
          command: byte,
          /** The frame is sent back as it came. */
          echo: Type.Boolean(),
          /** The data that asks the rater for a rating. */
          ask: bytes,
          keys: Type.Record(byte, Type.Enum(['call', 'recall', 'wait', 'cancel', 'function', 'transfer'])),
          done: order,
          failed: order,
          alarm: order,
        },
        only,
      ),
      Type.Null(),
    ]),
    keys,
  },
  only,
)

const textProfile = Type.Object({ protocol: Type.Literal('sundyn'), ...heading, keys }, only)

const padProfile = Type.Object(
  {
    protocol: Type.Literal('keys'),
    ...heading,
    /** `evdev`: events of a Linux input device of a 64-bit kernel, keys by their code in hexadecimal. `bytes`: one byte a key. */
    input: Type.Enum(['evdev', 'bytes']),
    /** Keys that mean nothing by themselves, such as the Enter that some pads send behind a digit. */
    ignored: Type.Array(Type.String({ pattern: '^[0-9A-F]{2,4}$' }), { maxItems: 64 }),
    keys,
  },
  only,
)

const anyProfile = Type.Union([framesProfile, textProfile, padProfile])

export type FramesProfile = Static<typeof framesProfile> & { readonly name: string }
export type TextProfile = Static<typeof textProfile> & { readonly name: string }
export type PadProfile = Static<typeof padProfile> & { readonly name: string }
export type KeypadProfile = FramesProfile | TextProfile | PadProfile
export type KeyMap = KeypadProfile['keys']

/** A profile that cannot be used; the message names it and says what is wrong where. */
export class BadProfile extends Error {
  constructor(name: string, wrong: string) {
    super(`keypad profile ${name}: ${wrong}`)
    this.name = 'BadProfile'
  }
}

const FOLDER = new URL('profiles/', import.meta.url)

/** The names of the profiles there are: the files of the folder `profiles`, without `.json`. */
export function profileNames(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort()
}

/**
 * Reads the profile of this name.
 * @throws BadProfile for a name that is not there, or content that is not sound
 */
export function readProfile(name: string): KeypadProfile {
  if (!profileNames().includes(name)) throw new BadProfile(name, `there is none; known: ${profileNames().join(' ')}`)
  let content: unknown
  try {
    content = JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8'))
  } catch (error) {
    throw new BadProfile(name, error instanceof Error ? error.message : String(error))
  }
  return checkedProfile(name, content)
}

/**
 * Content as a profile file holds it, as a profile.
 * @throws BadProfile for an unknown field, a frame that could not be found in a stream, or a key that two things are meant by
 */
export function checkedProfile(name: string, content: unknown): KeypadProfile {
  if (!Value.Check(anyProfile, content)) {
    const protocol = (content as { protocol?: unknown } | null)?.protocol
    const schema = [framesProfile, textProfile, padProfile].find((one) => one.properties.protocol.const === protocol)
    const [first] = schema === undefined ? [] : Value.Errors(schema, content)
    throw new BadProfile(name, `${first?.instancePath || '/protocol'} ${first?.message ?? 'must be a known protocol'}`)
  }
  const profile = { ...(content as Static<typeof anyProfile>), name }
  if (profile.protocol === 'ff68') checkFrame(profile)
  if (profile.protocol === 'keys') {
    const both = profile.ignored.find((key) => key in profile.keys)
    if (both !== undefined) throw new BadProfile(name, `key ${both} is ignored and has a meaning`)
  }
  return profile
}

function checkFrame({ name, frame, rater, clerk }: FramesProfile): void {
  const { parts } = frame
  const wrong = (reason: string): never => {
    throw new BadProfile(name, `/frame/parts ${reason}`)
  }
  for (const once of ['address', 'command', 'data', 'sum'])
    if (parts.filter((one) => one === once).length !== 1) wrong(`must name ${once} once`)
  if (!/^[0-9A-F]{2}$/.test(parts[0] ?? '')) wrong('must begin with a fixed byte')
  if (parts[0] === frame.preamble) wrong('must not begin with the preamble')
  if (!parts.slice(0, parts.indexOf('data')).includes('length')) wrong('must say the length before the data')
  for (const [from, to] of [frame.length_covers, frame.sum.covers])
    if (parts.indexOf(from) > parts.indexOf(to)) wrong(`cannot cover from ${from} to ${to}`)
  if (!isCovered(frame.length_covers, 'data', parts)) wrong('must have a length that covers the data')
  for (const secret of ['command', 'address', 'data'])
    if (!isCovered(frame.sum.covers, secret, parts)) wrong(`must have a sum that covers the ${secret}`)
  if (clerk !== null && clerk.address_plus === rater.address_plus && clerk.command === rater.command)
    throw new BadProfile(name, '/clerk cannot be told from /rater')
}

function isCovered([from, to]: readonly [string, string], part: string, parts: readonly string[]): boolean {
  const at = parts.indexOf(part)
  return at >= parts.indexOf(from) && at <= parts.indexOf(to)
}

/** The bytes of hexadecimal text such as `FF 68`. */
export function hexBytes(text: string): Uint8Array {
  return Uint8Array.from(text === '' ? [] : text.split(' '), (digits) => Number.parseInt(digits, 16))
}

/** A byte or input code as profiles write it: upper-case hexadecimal, two digits or more. */
export function hexName(code: number): string {
  return code.toString(16).toUpperCase().padStart(2, '0')
}
