import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Frame, Framer } from './framing.ts'

/** The bytes of `NAME | HEX` lines in a captures file, by name. */
export function captures(folder: string, file: string): (name: string) => Uint8Array {
  const lines = readFileSync(new URL(`captures/${file}`, folder), 'utf8').split('\n')
  const found = new Map(
    lines
      .filter((line) => line.includes('|') && !line.startsWith('#'))
      .map((line) => {
        const [name = '', hex = ''] = line.split('|').map((part) => part.trim())
        return [name, Uint8Array.from(hex.split(' '), (digits) => Number.parseInt(digits, 16))]
      }),
  )
  return (name) => {
    const bytes = found.get(name)
    if (bytes === undefined) throw new Error(`no capture ${name} in ${file}`)
    return bytes
  }
}

export interface Specimen {
  /** At least two good frames, each of which is one meaning. */
  readonly frames: readonly Uint8Array[]
  /** Bytes that are no frame and have no part in one, with whatever ends them. */
  readonly noise: Uint8Array
  /** Frames with a wrong checksum or a damaged byte, each of which must be a fault. */
  readonly damaged: readonly Uint8Array[]
  /** Bytes without an end, longer than any frame, then whatever ends them. */
  readonly endless: Uint8Array
  /** What makes the framer ready for a frame whatever it was sent before. */
  readonly resync: Uint8Array
}

const RANDOM_INPUTS = 10_000

/** What holds for every framer, whatever its protocol. */
export function framerLaws<Meaning>(name: string, make: () => Framer<Meaning>, specimen: Specimen): void {
  const { frames, noise, damaged, endless, resync } = specimen
  const meanings = frames.map((frame) =>
    make()
      .push(frame)
      .map((one) => one.meaning),
  )
  const all = joined(frames)

  describe(`${name}, as every framer`, () => {
    test('reads each specimen as one good frame with its own bytes', () => {
      for (const frame of frames) {
        const read = make().push(frame)
        expect(read).toMatchObject([{ fault: null }])
        expect(joined([noise, frame, noise]).toString()).toContain(read[0]?.raw.toString())
      }
    })

    test('reads two frames at once, and the same one byte at a time', () => {
      const together = make().push(all)
      expect(together.map((frame) => frame.meaning)).toEqual(meanings.flat())
      expect(byteByByte(make(), all)).toEqual(together)
    })

    test('reads the same at every cut into two pieces', () => {
      const together = make().push(all)
      for (let cut = 0; cut <= all.length; cut += 1) {
        const framer = make()
        expect([...framer.push(all.subarray(0, cut)), ...framer.push(all.subarray(cut))]).toEqual(together)
      }
    })

    test('finds the frames among noise before, between and after', () => {
      const noisy = joined([noise, ...frames.flatMap((frame) => [frame, noise])])
      expect(values(make().push(noisy))).toEqual(meanings.flat())
      expect(values(byteByByte(make(), noisy))).toEqual(meanings.flat())
    })

    test('makes a fault of a damaged frame and reads the next good one', () => {
      for (const [nth, bytes] of damaged.entries()) {
        const read = make().push(joined([bytes, ...frames]))
        expect(faults(read), `damaged frame ${nth}`).toHaveLength(1)
        expect(values(read)).toEqual(meanings.flat())
      }
    })

    test('bounds what it holds when nothing ends, and reads the next good frame', () => {
      const framer = make()
      const read = [...framer.push(endless), ...frames.flatMap((frame) => framer.push(frame))]
      expect(values(read)).toEqual(meanings.flat())
      for (const frame of read) expect(frame.raw.length).toBeLessThan(endless.length)
    })

    test('never makes a value of a frame that the port cut off, at any byte', () => {
      for (const frame of frames) {
        const whole = make().push(frame)[0]?.raw.length ?? 0
        for (let cut = 1; cut < whole; cut += 1) {
          const framer = make()
          expect(values(framer.push(frame.subarray(0, cut)))).toEqual([])
          expect(values(framer.end())).toEqual([])
          expect(values(framer.push(frame))).toHaveLength(1)
        }
      }
    })

    test(`throws nothing on ${RANDOM_INPUTS} random inputs and reads the next good frame after each`, () => {
      const piece = fc.oneof(
        fc.uint8Array({ maxLength: 40 }),
        fc.constantFrom(...frames, ...damaged, noise, resync),
        fc.constantFrom(...frames).chain((frame) => fc.nat(frame.length).map((cut) => frame.subarray(0, cut))),
      )
      fc.assert(
        fc.property(fc.array(piece, { maxLength: 6 }), fc.nat(frames.length - 1), (pieces, which) => {
          const framer = make()
          for (const bytes of pieces) framer.push(bytes)
          framer.push(resync)
          const frame = frames[which] ?? new Uint8Array(0)
          expect(values(framer.push(frame)).at(-1)).toEqual(meanings[which]?.[0])
        }),
        { numRuns: RANDOM_INPUTS, seed: 20_261_121 },
      )
    })
  })
}

export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(pieces))
}

export function ascii(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'latin1'))
}

export function values<Meaning>(frames: readonly Frame<Meaning>[]): Meaning[] {
  return frames.flatMap((frame) => (frame.fault === null ? [frame.meaning] : []))
}

export function faults<Meaning>(frames: readonly Frame<Meaning>[]): string[] {
  return frames.flatMap((frame) => (frame.fault === null ? [] : [frame.fault.code]))
}

function byteByByte<Meaning>(framer: Framer<Meaning>, bytes: Uint8Array): Frame<Meaning>[] {
  return Array.from(bytes).flatMap((byte) => framer.push(Uint8Array.of(byte)))
}
