/** Numbers by chance that are the same for the same seed. */
export interface Dice {
  /** A whole number from 0 up to and without `below`. */
  under(below: number): number
  /** One of these; there must be one. */
  among<One>(all: readonly One[]): One
}

/** A 32-bit generator (mulberry32); `nth` picks one of the sequences of a seed, so that each input can be made again by itself. */
export function dice(seed: number, nth = 0): Dice {
  let state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(nth + 1, 0xc2b2ae35)) | 0
  function under(below: number): number {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
  return {
    under,
    among<One>(all: readonly One[]): One {
      const [picked] = all.slice(under(all.length))
      if (picked === undefined) throw new RangeError('nothing to pick from')
      return picked
    },
  }
}

const RANDOM_BYTES_MAX = 64
const NOISE_BYTES_MAX = 24
const MUTATIONS_MAX = 4
const PIECES_MAX = 5
/** One input in so many goes on and on: one byte, or one capture over and over. */
const LONG_ONE_IN = 2000
const LONG_BYTES = 16_384

/** One input in the pieces in which it arrives: captures cut, flipped, doubled, spliced and with noise among them, or bytes of no sense. */
export function fuzzInput(chance: Dice, captures: readonly Uint8Array[]): Uint8Array[] {
  if (chance.under(LONG_ONE_IN) === 0) return [long(chance, captures)]
  let bytes = chance.under(4) === 0 ? noise(chance, RANDOM_BYTES_MAX) : chance.among(captures)
  for (let left = chance.under(MUTATIONS_MAX + 1); left > 0; left -= 1)
    bytes = chance.among(MUTATIONS)(bytes, chance, captures)
  return inPieces(bytes, chance)
}

type Mutation = (bytes: Uint8Array, chance: Dice, captures: readonly Uint8Array[]) => Uint8Array

const MUTATIONS: readonly Mutation[] = [
  function cutOff(bytes, chance) {
    const at = chance.under(bytes.length + 1)
    return chance.under(2) === 0 ? bytes.subarray(at) : bytes.subarray(0, at)
  },
  function flip(bytes, chance) {
    const flipped = Uint8Array.from(bytes)
    if (bytes.length > 0) flipped[chance.under(bytes.length)]! ^= 1 << chance.under(8)
    return flipped
  },
  function overwrite(bytes, chance) {
    const written = Uint8Array.from(bytes)
    if (bytes.length > 0)
      written[chance.under(bytes.length)] = chance.among([0x00, 0xff, 0x7f, 0x80, chance.under(256)])
    return written
  },
  function double(bytes, chance) {
    const [from, to] = span(bytes, chance)
    return joined(bytes.subarray(0, to), bytes.subarray(from, to), bytes.subarray(to))
  },
  function leaveOut(bytes, chance) {
    const [from, to] = span(bytes, chance)
    return joined(bytes.subarray(0, from), bytes.subarray(to))
  },
  function addNoise(bytes, chance) {
    const at = chance.under(bytes.length + 1)
    return joined(bytes.subarray(0, at), noise(chance, NOISE_BYTES_MAX), bytes.subarray(at))
  },
  function splice(bytes, chance, captures) {
    const other = chance.among(captures)
    return joined(bytes.subarray(0, chance.under(bytes.length + 1)), other.subarray(chance.under(other.length + 1)))
  },
  function append(bytes, chance, captures) {
    return joined(bytes, chance.among(captures))
  },
]

function long(chance: Dice, captures: readonly Uint8Array[]): Uint8Array {
  const unit = chance.under(2) === 0 ? Uint8Array.of(chance.under(256)) : chance.among(captures)
  const repeated = new Uint8Array(LONG_BYTES)
  for (let at = 0; at < LONG_BYTES; at += 1) repeated[at] = unit[at % unit.length] ?? 0
  return repeated
}

function noise(chance: Dice, most: number): Uint8Array {
  return Uint8Array.from({ length: chance.under(most + 1) }, () => chance.under(256))
}

function span(bytes: Uint8Array, chance: Dice): readonly [from: number, to: number] {
  const [one, other] = [chance.under(bytes.length + 1), chance.under(bytes.length + 1)]
  return one < other ? [one, other] : [other, one]
}

function inPieces(bytes: Uint8Array, chance: Dice): Uint8Array[] {
  if (chance.under(10) === 0) return Array.from(bytes, (byte) => Uint8Array.of(byte))
  const cuts = Array.from({ length: chance.under(PIECES_MAX) }, () => chance.under(bytes.length + 1)).sort(
    (a, b) => a - b,
  )
  return [0, ...cuts].map((from, nth) => bytes.subarray(from, cuts[nth]))
}

function joined(...pieces: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(pieces))
}
