import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { dice, fuzzInput, type Dice } from './fuzz-inputs.ts'
import { PARSERS, type KnownParser } from './fuzz-parsers.ts'
import { capturesOf, FRAMERS, goodFrames, readFrame, type DrivenFramer, type KnownFramer } from './framers.ts'
import type { FaultCode } from './reading.ts'

/** What one input may take, and what everything that reads may come to hold together. */
const INPUT_MS_MAX = 50
const GROWTH_BYTES_MAX = 64 * 1024 * 1024
/** An input that took longer is read again so often before it counts: code is compiled and memory collected meanwhile. */
const SLOW_TRIES = 3
/** Between two looks at the memory. */
const A_LOOK = 2000

/** What settling may feed a framer by itself. */
const SETTLE_BYTES_MAX = 96

/** What a framer may say is wrong with what it read. */
const FRAMER_FAULTS: ReadonlySet<FaultCode> = new Set([
  'line-cut',
  'line-too-long',
  'line-garbled',
  'protocol',
  'device-error',
])

/** An input that broke a promise; `nth` and the seed make it again. */
export class Broken extends Error {
  override readonly name = 'Broken'
}

/** Something that reads bytes, and how its promises are held against one input. */
export interface Target {
  readonly name: string
  readonly captures: readonly Uint8Array[]
  /** Throws what is wrong. */
  read(pieces: readonly Uint8Array[], chance: Dice): void
  /** Reads on behind all inputs before, never given up: what is held must stay bounded. */
  readOn(pieces: readonly Uint8Array[]): void
}

export interface FuzzRun {
  readonly inputs: number
  readonly seed: number
  /** The first input to make; those before it are passed over. */
  readonly from?: number
  /** Called with the number of inputs read so far, now and then. */
  readonly told?: (done: number) => void
}

export interface FuzzResult {
  readonly byTarget: ReadonlyMap<string, number>
  readonly slowest: { readonly target: string; readonly took_ms: number }
  readonly growth_bytes: number
}

/** All framers and parsers, in the order in which inputs are dealt to them. */
export function fuzzTargets(): Target[] {
  return [...FRAMERS.map(framerTarget), ...PARSERS.map(parserTarget)]
}

/**
 * Reads inputs by chance with every target in turn. Nothing may be thrown, a fault is one of those that framers have, no input takes more than
 * `INPUT_MS_MAX`, what is held never grows by more than `GROWTH_BYTES_MAX`, and the next good frame is read.
 * @throws Broken for the first input that breaks one of these promises
 */
export function fuzz(targets: readonly Target[], { inputs, seed, from = 0, told }: FuzzRun): FuzzResult {
  const byTarget = new Map<string, number>(targets.map(({ name }) => [name, 0]))
  const collect = collector()
  const before_bytes = heldBytes(collect)
  let growth_bytes = 0
  let slowest = { target: '', took_ms: 0 }
  for (let nth = from; nth < from + inputs; nth += 1) {
    const target = targets[nth % targets.length]
    if (target === undefined) throw new RangeError('nothing to fuzz')
    const took_ms = readOnce(target, seed, nth)
    if (took_ms > slowest.took_ms) slowest = { target: target.name, took_ms }
    byTarget.set(target.name, (byTarget.get(target.name) ?? 0) + 1)
    if ((nth - from + 1) % A_LOOK > 0) continue
    growth_bytes = Math.max(growth_bytes, heldBytes(collect) - before_bytes)
    if (growth_bytes > GROWTH_BYTES_MAX) throw new Broken(`${growth_bytes} bytes more are held after input ${nth}`)
    told?.(nth - from + 1)
  }
  return { byTarget, slowest, growth_bytes }
}

/** The time of the processor that the input took, in milliseconds; of one that took too much, the least of several tries. */
function readOnce(target: Target, seed: number, nth: number): number {
  let took_ms = Infinity
  for (let tries = 0; took_ms > INPUT_MS_MAX && tries < SLOW_TRIES; tries += 1) {
    const chance = dice(seed, nth)
    const pieces = fuzzInput(chance, target.captures)
    const began_ms = processor_ms()
    try {
      target.read(pieces, chance)
    } catch (error) {
      throw new Broken(`${target.name}, input ${nth} of seed ${seed}: ${said(error)}; ${hexOf(pieces)}`, {
        cause: error,
      })
    }
    took_ms = Math.min(took_ms, processor_ms() - began_ms)
    if (tries === 0) target.readOn(pieces)
  }
  if (took_ms > INPUT_MS_MAX)
    throw new Broken(`${target.name}, input ${nth} of seed ${seed} took ${took_ms.toFixed(0)} ms`)
  return took_ms
}

/** Of this thread alone: what other programs do meanwhile does not count. */
function processor_ms(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

function framerTarget(known: KnownFramer): Target {
  const { kind, protocol, set, maker, make } = known
  const good = goodFrames(known)
  const wanted = good.map((bytes) => whatIsRead(make(), bytes, known))
  const captured = [...capturesOf(kind).values()].flatMap((pieces) => pieces.map(({ bytes }) => bytes))
  const lasting = make()
  return {
    name: [kind, protocol, set, maker].filter((word) => word !== '').join(' '),
    captures: [...good, ...captured],
    read(pieces, chance) {
      const framer = make()
      let fed = 0
      for (const bytes of pieces) {
        fed += bytes.length
        checkFrames(framer.push(bytes), fed)
      }
      checkFrames(chance.under(2) === 0 ? framer.settle() : framer.end(), fed + SETTLE_BYTES_MAX)
      const which = chance.under(good.length)
      checkNext(framer, good[which] ?? new Uint8Array(0), wanted[which] ?? '', known)
    },
    readOn(pieces) {
      for (const bytes of pieces) lasting.push(bytes)
    },
  }
}

function checkFrames(frames: ReturnType<DrivenFramer['push']>, fed: number): void {
  for (const { raw, fault } of frames) {
    if (fault !== null && !FRAMER_FAULTS.has(fault.code)) throw new Error(`a fault ${fault.code} of a framer`)
    if (raw.length === 0 || raw.length > fed) throw new Error(`a frame of ${raw.length} bytes out of ${fed}`)
  }
}

function checkNext(framer: DrivenFramer, bytes: Uint8Array, wanted: string, known: KnownFramer): void {
  const next = whatIsRead(framer, bytes, known)
  if (next !== wanted) throw new Error(`the next good frame ${hexOf([bytes])} was read as ${next}, not as ${wanted}`)
}

/** What a framer reads of one frame, as text to compare. */
function whatIsRead(framer: DrivenFramer, bytes: Uint8Array, known: KnownFramer): string {
  const read = readFrame(framer, bytes, known).flatMap(({ fault, meaning, raw }) =>
    fault === null ? [known.remembers ? hexOf([raw]) : meaning] : [],
  )
  return JSON.stringify(read)
}

function parserTarget({ kind, name, captures, parse, refuses }: KnownParser): Target {
  return {
    name: `${kind} ${name}`,
    captures,
    read(pieces) {
      try {
        parse(Uint8Array.from(Buffer.concat(pieces)))
      } catch (error) {
        if (!refuses(error)) throw error
      }
    },
    readOn() {},
  }
}

/** The collector of unused memory, which can be called only when it is asked for in this way. */
function collector(): () => void {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
}

/** What is in use after everything that is not has been collected. */
function heldBytes(collect: () => void): number {
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

function said(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}

const HEX_SHOWN_BYTES = 256

function hexOf(pieces: readonly Uint8Array[]): string {
  const hex = pieces.map((bytes) => Buffer.from(bytes.subarray(0, HEX_SHOWN_BYTES)).toString('hex').toUpperCase())
  return hex.join(' ')
}
