import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { FRAMERS, goodFrames } from './framers.ts'
import { dice, fuzzInput } from './fuzz-inputs.ts'
import { PARSERS } from './fuzz-parsers.ts'
import { Broken, fuzz, fuzzTargets, type Target } from './fuzz-run.ts'

const INPUTS = 10_000
const SEED = 20_261_121

/** Framers that another one is made of. */
const PARTS_OF_OTHERS = ['scanningFramer', 'answerLines']

describe('the table of framers', () => {
  test('holds every function that makes one', () => {
    const folder = fileURLToPath(new URL('.', import.meta.url))
    const sources = globSync('*/**/*.ts', { cwd: folder }).filter((file) => !/\.test\.ts$|^emulators/.test(file))
    const makers = sources.flatMap((file) =>
      Array.from(
        readFileSync(`${folder}/${file}`, 'utf8').matchAll(
          /export function (\w+)(?:<\w+>)?\((?:(?!export function)[^])*?\): (?:\w*Framer(?:<[^]*?>)?|StatusReader) \{/g,
        ),
        ([, name]) => name,
      ),
    )
    expect(makers.length).toBeGreaterThan(15)
    expect(new Set([...FRAMERS.map(({ maker }) => maker), ...PARTS_OF_OTHERS])).toEqual(new Set(makers))
  })

  test.each(FRAMERS)('$kind $protocol $set ($maker) reads good frames', (known) => {
    expect(goodFrames(known).length).toBeGreaterThan(0)
    for (const frame of known.frames) expect(goodFrames(known)).toContainEqual(frame)
  })

  test.each(PARSERS)('$kind $name has something to start from', ({ captures, parse }) => {
    expect(captures.length).toBeGreaterThan(0)
    for (const bytes of captures) parse(bytes)
  })
})

test(`${INPUTS} inputs break no promise of any framer or parser`, () => {
  const targets = fuzzTargets()
  const { byTarget } = fuzz(targets, { inputs: INPUTS, seed: SEED })
  for (const { name } of targets) expect(byTarget.get(name)).toBeGreaterThanOrEqual(Math.floor(INPUTS / targets.length))
}, 120_000)

const parsers = fuzzTargets().filter(({ name }) => PARSERS.some((one) => `${one.kind} ${one.name}` === name))

test.each(parsers)(
  `${INPUTS} inputs break no promise of the parser of $name`,
  (parser) => {
    const { byTarget } = fuzz([parser], { inputs: INPUTS, seed: SEED })
    expect(byTarget.get(parser.name)).toBe(INPUTS)
  },
  120_000,
)

describe('the inputs', () => {
  const captures = [Uint8Array.of(1, 2, 3), Uint8Array.of(9, 8, 7, 6)]

  test('are the same for the same seed and number, and others for others', () => {
    const made = (seed: number, nth: number): string => JSON.stringify(fuzzInput(dice(seed, nth), captures))
    expect(made(1, 7)).toBe(made(1, 7))
    const many = Array.from({ length: 200 }, (_, nth) => made(1, nth))
    expect(new Set(many).size).toBeGreaterThan(100)
    expect(many).not.toEqual(Array.from({ length: 200 }, (_, nth) => made(2, nth)))
  })
})

describe('a promise that is broken is seen', () => {
  const frame = Uint8Array.of(0x41, 0x0d)
  const target = (change: Partial<Target>): Target => ({
    name: 'a bad one',
    captures: [frame],
    read: () => undefined,
    readOn: () => undefined,
    ...change,
  })
  const run = (one: Target) => () => fuzz([one], { inputs: 2000, seed: 5 })

  test('something is thrown', () => {
    const thrower = target({
      read(pieces) {
        if (pieces.some((bytes) => bytes.includes(0x0d))) throw new TypeError('no')
      },
    })
    expect(run(thrower)).toThrow(Broken)
    expect(run(thrower)).toThrow(/a bad one, input \d+ of seed 5: TypeError: no/)
  })

  test('an input takes too long', () => {
    const slow = target({
      read() {
        for (const began = process.threadCpuUsage(); process.threadCpuUsage(began).user < 80_000;);
      },
    })
    expect(run(slow)).toThrow(/took \d+ ms/)
  })

  test('more and more is held', () => {
    const held: Uint8Array[] = []
    const hoarder = target({ readOn: () => void held.push(new Uint8Array(100_000).fill(1)) })
    expect(run(hoarder)).toThrow(/bytes more are held/)
  })
})

describe('the program', () => {
  const program = (...args: string[]) =>
    spawnSync(process.execPath, [fileURLToPath(new URL('fuzz.ts', import.meta.url)), ...args], { encoding: 'utf8' })

  test('prints the seed, what was read and that it held', () => {
    const { status, stdout } = program('500', '--seed', '3')
    expect(status).toBe(0)
    expect(stdout).toMatch(/^seed 3, 500 inputs\n/)
    expect(stdout).toContain('scanner ssi ssiFramer')
    expect(stdout).toMatch(/every promise held: slowest .* growth /)
  })

  test.each([[['many']], [['--seed', 'x']], [['1', '2']], [['--depth', '3']], [['0']]])(
    'says how to use it: %s',
    (args) => {
      const { status, stderr } = program(...args)
      expect(status).toBe(2)
      expect(stderr).toContain('npm run fuzz')
    },
  )
})
