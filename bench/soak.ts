import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { DeviceConfig } from '../devices/reading.ts'
import { openStations } from '../devices/station.ts'
import { type Measured, measured } from './report.ts'

const READERS = 3
const READS_A_SECOND = 1500
/** Tags in the field of each reader. */
const TAGS = 300
const TICKS_A_SECOND = 10
/** So much of the run is for code to be compiled and rooms to grow to their size. */
const WARM_UP_SHARE = 0.2
const SAMPLES = 120
/** What the drivers may come to hold more of in an hour: three bytes a read. */
const LIMIT_MIB_AN_HOUR = 16
const READY_MS = 15_000
/** The last reads are gathered for half a second. */
const SETTLE_MS = 5000

interface Sample {
  readonly at_s: number
  readonly held_mib: number
}

/** An emulated LLRP reader, in a process of its own so that its memory is not ours. */
interface Reader {
  readonly address: string
  flood(reads: number): void
  close(): Promise<void>
}

/**
 * Reads of tags at `READS_A_SECOND` through the RFID drivers for so long: that none is lost, and what is held in memory at the start and the end,
 * after everything that is not in use has been collected. Throws when a reader cannot be started or does not become ready.
 */
export async function benchSoak(seconds: number, tell: (progress: string) => void): Promise<Measured[]> {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const readers = await Promise.all(Array.from({ length: READERS }, startReader))
  let told = 0
  const ready = new Set<string>()
  const stations = openStations(
    [{ id: 'soak', name: '久测', kind: 'aisle', place: 'store-1', devices: readers.map(configOf) }],
    {
      onReading: () => undefined,
      onTag: ({ value }) => (told += value.count),
      onState: ({ device, state }) => void (state.state === 'ready' ? ready.add(device) : ready.delete(device)),
      now: Date.now,
      newId: () => randomUUID(),
    },
  )
  try {
    await until(() => ready.size === READERS, READY_MS, 'the readers did not become ready')
    const began_ms = performance.now()
    const samples: Sample[] = []
    let sent = 0
    for (let tick = 0; tick < seconds * TICKS_A_SECOND; tick += 1) {
      for (const reader of readers) reader.flood(READS_A_SECOND / TICKS_A_SECOND / READERS)
      sent += READS_A_SECOND / TICKS_A_SECOND
      if (tick % Math.max(1, Math.floor((seconds * TICKS_A_SECOND) / SAMPLES)) === 0) {
        collect()
        const { heapUsed, external } = process.memoryUsage()
        samples.push({ at_s: tick / TICKS_A_SECOND, held_mib: (heapUsed + external) / 2 ** 20 })
      }
      if (tick % (60 * TICKS_A_SECOND) === 0) tell(`soak: ${tick / TICKS_A_SECOND} of ${seconds} s`)
      await pause(Math.max(0, began_ms + ((tick + 1) * 1000) / TICKS_A_SECOND - performance.now()))
    }
    const took_s = (performance.now() - began_ms) / 1000
    await until(() => told >= sent, SETTLE_MS, `${told} of ${sent} reads were told`)
    if (told !== sent) throw new Error(`${told} reads were told, ${sent} were sent`)
    return judged(samples, told / took_s)
  } finally {
    await stations.close()
    await Promise.all(readers.map((reader) => reader.close()))
  }
}

function judged(all: readonly Sample[], rate: number): Measured[] {
  const samples = all.slice(Math.floor(all.length * WARM_UP_SHARE))
  const [first, last] = [samples[0], samples.at(-1)]
  if (first === undefined || last === undefined || first === last) throw new Error('too short to say anything')
  return [
    measured('soak, none lost', rate, 'reads/s', { name: 'goal', value: READS_A_SECOND }),
    measured('soak, held at the end', last.held_mib, 'MiB', { name: 'at the start', value: first.held_mib }),
    measured('soak, growth', slope(samples) * 3600, 'MiB/h', { name: 'limit', value: LIMIT_MIB_AN_HOUR }),
  ]
}

/** How fast what is held grows, by least squares over all samples, in MiB a second. */
export function slope(samples: readonly Sample[]): number {
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const at = mean(samples.map(({ at_s }) => at_s))
  const held = mean(samples.map(({ held_mib }) => held_mib))
  const over = samples.reduce((sum, { at_s, held_mib }) => sum + (at_s - at) * (held_mib - held), 0)
  return over / samples.reduce((sum, { at_s }) => sum + (at_s - at) ** 2, 0)
}

async function startReader(): Promise<Reader> {
  const program = fileURLToPath(new URL('../devices/emulators/main.ts', import.meta.url))
  const child = spawn(process.execPath, [program, 'rfid', '--protocol', 'llrp', '--port', 'tcp:0'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const said = createInterface({ input: child.stdout })
  const address = await firstLine(child, said)
  said.resume()
  return {
    address,
    flood: (reads) => void child.stdin.write(`${JSON.stringify({ flood: reads, tags: TAGS })}\n`),
    async close() {
      const ended = child.exitCode === null ? new Promise((resolve) => child.once('exit', resolve)) : null
      child.stdin.end()
      await ended
    },
  }
}

function firstLine(child: ChildProcess, said: ReturnType<typeof createInterface>): Promise<string> {
  return new Promise((resolve, reject) => {
    said.once('line', resolve)
    child.once('exit', (code) => reject(new Error(`an emulated reader ended with ${code}`)))
  })
}

function configOf({ address }: Reader, nth: number): DeviceConfig {
  return { id: `reader-${nth + 1}`, kind: 'rfid', protocol: 'llrp', port: address, role: 'desk' }
}

async function until(holds: () => boolean, within_ms: number, otherwise: string): Promise<void> {
  for (const until_ms = performance.now() + within_ms; !holds(); await pause(20))
    if (performance.now() > until_ms) throw new Error(otherwise)
}
