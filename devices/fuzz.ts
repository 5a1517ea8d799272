import { parseArgs } from 'node:util'
import { Broken, fuzz, fuzzTargets } from './fuzz-run.ts'

const USAGE = `npm run fuzz [-- N] [--seed SEED] [--from NTH]

Feeds N inputs (1000000 when not said) to every framer and parser of every protocol in turn, made of captures and of chance.
SEED makes the same inputs again, NTH begins with that one: both are named where a promise is broken.
Exit code 0: every promise held; 1: one was broken; 2: wrong use.`

const USUAL_INPUTS = 1_000_000
const SEEDS = 2 ** 31

interface Wanted {
  readonly inputs: number
  readonly seed: number
  readonly from: number
}

function wanted(): Wanted | null {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { seed: { type: 'string' }, from: { type: 'string' } },
    })
    const inputs = wholeNumber(positionals[0] ?? String(USUAL_INPUTS))
    const seed = values.seed === undefined ? Math.floor(Math.random() * SEEDS) : wholeNumber(values.seed)
    const from = wholeNumber(values.from ?? '0')
    if (positionals.length > 1 || inputs < 1 || seed >= SEEDS)
      throw new RangeError('one number of inputs, of at least 1')
    return { inputs, seed, from }
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error))
    return null
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

function complain(line: string): void {
  process.stderr.write(`${line}\n`)
}

function wholeNumber(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new RangeError(`${text} is no whole number`)
  return Number(text)
}

function main(): number {
  const run = wanted()
  if (run === null) {
    complain(USAGE)
    return 2
  }
  const { inputs, seed } = run
  say(`seed ${seed}, ${inputs} inputs`)
  const began_ms = performance.now()
  const told = (done: number): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${inputs}`)
  }
  try {
    const { byTarget, slowest, growth_bytes } = fuzz(fuzzTargets(), { ...run, told })
    const seconds = (performance.now() - began_ms) / 1000
    for (const [target, count] of byTarget) say(`${String(count).padStart(8)}  ${target}`)
    say(
      `every promise held: slowest ${slowest.took_ms.toFixed(1)} ms (${slowest.target}), ` +
        `growth ${(growth_bytes / 2 ** 20).toFixed(1)} MiB, ${seconds.toFixed(0)} s`,
    )
    return 0
  } catch (error) {
    if (!(error instanceof Broken)) throw error
    complain(error.message)
    return 1
  }
}

process.exitCode = main()
