import type { EmulatedScanner } from '../../devices/emulators/scanner.ts'
import { readdir, readlink } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Reader } from '../module.ts'
import type { CuttingProxy } from './testing-proxy.ts'
import { type AgentProcess, until } from './testing-process.ts'

/** What may happen to the line of an agent. */
export const LINE_BLOWS = ['cut', 'cut-inside', 'away', 'stall', 'reset', 'half-open', 'slow', 'shuffle'] as const
/** And to the agent itself. */
export const KILLS_AND_CUTS = ['kill', 'kill-writing', ...LINE_BLOWS] as const
/** A mix of everything that a network does, to an agent that runs on. */
export const NETWORK_MIX = ['black-out', ...LINE_BLOWS] as const
type Blow = (typeof KILLS_AND_CUTS)[number] | (typeof NETWORK_MIX)[number]

/** Two seconds there and back, in pieces of ten bytes. */
export const SLOW = { latency_ms: 1_000, piece_bytes: 10 } as const

/** Half of all messages come as they were sent. */
const SHUFFLE = { doubled: 0.25, late: 0.25 } as const
const SHUFFLED_SCANS = 4
const BLACK_OUT_SCANS = 6

export interface CutsOptions {
  readonly blows: readonly Blow[]
  /** Whether there is one more after so many, of which these were what they were. */
  more(rounds: number, blows: CutsOutcome['blows']): boolean
  readonly seed: number
  /** How long a black-out lasts, where there are any. */
  readonly blackOut_ms?: number
  /** Begins every code that is scanned. */
  readonly mark: string
  readonly proxy: CuttingProxy
  readonly scanners: readonly EmulatedScanner[]
  start(): AgentProcess
  /** What the server has, in the order of the agent's numbers. */
  scans(): Promise<readonly ArrivedScan[]>
  /** How many readings the agent says still wait at its end, where that is known. */
  backlog?(): Promise<number>
}

export interface ArrivedScan {
  readonly n: number
  readonly text: string
  readonly reading: string
  /** How often its station handled it, and with which answer. */
  readonly effects: number
  readonly outcome: string | null
}

/** What scanners behind agents have scanned, in the order of each agent's numbers, and what the desk made of it. */
export async function readScans(db: Reader): Promise<readonly ArrivedScan[]> {
  const found = await sql<ArrivedScan>`
    with arrived as (
      select agent, enrolment, n, text::jsonb->'reading' as reading from agent_records
    )
    select a.n, a.reading->'value'->>'text' as text, a.reading->>'id' as reading, count(s.reading) as effects,
      min(s.outcome) as outcome
    from arrived a left join station_readings s on s.station = a.reading->>'station' and s.reading = a.reading->>'id'
    where a.reading->'value'->>'kind' = 'scan' group by a.agent, a.enrolment, a.n, a.reading
    order by a.agent, a.enrolment, a.n
  `.execute(db)
  return found.rows
}

export interface CutsOutcome {
  readonly scanned: number
  /** Readings that the agent said it had kept. */
  readonly kept: number
  readonly arrived: number
  readonly lost: readonly string[]
  readonly doubled: readonly string[]
  /** Codes that came after a later one of the same scanner. */
  readonly disordered: readonly string[]
  /** Readings that had no effect, or more than one. */
  readonly withoutOneEffect: readonly string[]
  readonly missingNumbers: readonly number[]
  readonly blows: Readonly<Partial<Record<Blow, number>>>
  /** What the agent had open before the first blow and after the last: no more, where it was never killed. */
  readonly sockets: { readonly before: number; readonly after: number }
}

/** The same numbers from the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** One of these after another by chance: every one of them once before any comes again. */
function dealer<T>(from: readonly T[], chance: () => number): () => T | undefined {
  let left: T[] = []
  return () => {
    if (left.length === 0) left = [...from]
    return left.splice(Math.floor(chance() * left.length), 1)[0]
  }
}

/**
 * Scans while the agent is killed and its line is cut at random, then lets everything arrive, and says what became of what the agent had
 * accepted. A scan that it had not told of when it was killed was not accepted: its light had not come on.
 */
export async function runCuts(options: CutsOptions): Promise<CutsOutcome> {
  const { more, seed, mark, proxy, scanners, start } = options
  const scans = async (): Promise<readonly ArrivedScan[]> =>
    (await options.scans()).filter(({ text }) => text.startsWith(mark))
  const chance = seeded(seed)
  const deal = dealer(options.blows, chance)
  const kept = new Map<string, number>()
  const blows: Partial<Record<Blow, number>> = Object.fromEntries(options.blows.map((blow) => [blow, 0]))
  let scanned = 0
  let sinceStart = 0
  let agent = await started(start)
  await agent.saw('joined')
  const socketsBefore = await socketsOf(agent)

  const gather = (): void => {
    for (const { reading, n } of agent.of('kept')) kept.set(reading, n)
  }
  const scan = async (): Promise<void> => {
    const at = Math.floor(chance() * scanners.length)
    scanned += 1
    sinceStart += 1
    await scanners[at]?.scan(`${mark}${at}-${String(scanned).padStart(6, '0')}`)
  }
  const restart = async (): Promise<void> => {
    await agent.kill()
    gather()
    sinceStart = 0
    agent = await started(start)
  }

  for (let round = 0; more(round, blows); round += 1) {
    const before = agent.of('kept').length
    const some = 1 + Math.floor(chance() * 4)
    for (let one = 0; one < some; one += 1) await scan()
    const blow = deal() ?? 'cut'
    blows[blow] = (blows[blow] ?? 0) + 1
    switch (blow) {
      case 'kill':
        await agent.saw('kept', before + 1)
        await restart()
        break
      case 'kill-writing':
        await restart()
        break
      case 'cut':
        proxy.cut()
        break
      case 'cut-inside':
        proxy.cutAfter(Math.floor(chance() * 400))
        break
      case 'away':
        proxy.keepCut()
        await scan()
        await agent.saw('kept', before + 1)
        proxy.mend()
        if (chance() < 0.5) await restart()
        break
      case 'stall':
        proxy.stall()
        await scan()
        await agent.saw('kept', before + 1)
        proxy.mend()
        break
      case 'reset':
        proxy.reset()
        break
      case 'half-open':
        // What the server acknowledges meanwhile is never heard, and is sent again.
        proxy.deafen()
        await scan()
        await agent.saw('kept', before + 1)
        proxy.mend()
        proxy.cut()
        break
      case 'slow': {
        const joined = agent.of('joined').length
        proxy.slow(SLOW)
        proxy.cut()
        await scan()
        await agent.saw('joined', joined + 1)
        proxy.mend()
        break
      }
      case 'black-out':
        proxy.keepCut()
        for (let one = 1; one <= BLACK_OUT_SCANS; one += 1) {
          await scan()
          await agent.saw('kept', before + one)
          await pause((options.blackOut_ms ?? 0) / BLACK_OUT_SCANS)
        }
        proxy.mend()
        break
      case 'shuffle':
        proxy.shuffle({ ...SHUFFLE, chance })
        for (let one = 1; one <= SHUFFLED_SCANS; one += 1) {
          await scan()
          await agent.saw('kept', before + one)
        }
        proxy.mend()
    }
  }
  proxy.mend()
  proxy.cut()
  // The last scans may still be on the wire of a scanner.
  await agent.saw('kept', sinceStart)
  const arrived = await settled(scans, (found) => {
    gather()
    const there = new Set(found.map(({ reading }) => reading))
    return [...kept.keys()].every((reading) => there.has(reading))
  })
  await until('an empty journal', async () => (((await options.backlog?.()) ?? 0) === 0 ? true : null))
  const socketsAfter = await until('no more sockets than before', async () => {
    const open = await socketsOf(agent)
    return open <= socketsBefore ? open : null
  }).catch(() => socketsOf(agent))
  await agent.kill('SIGTERM')
  return { ...judge(arrived, kept), scanned, blows, sockets: { before: socketsBefore, after: socketsAfter } }
}

/** As Linux counts them. */
async function socketsOf({ child }: AgentProcess): Promise<number> {
  const folder = `/proc/${child.pid}/fd`
  const open = await Promise.all((await readdir(folder)).map((fd) => readlink(`${folder}/${fd}`).catch(() => '')))
  return open.filter((target) => target.startsWith('socket:')).length
}

/** Looks until everything is there, or nothing more has come for as long as a slow machine may take. */
async function settled(
  scans: CutsOptions['scans'],
  isAll: (found: readonly ArrivedScan[]) => boolean,
): Promise<readonly ArrivedScan[]> {
  let found = await scans()
  while (!isAll(found)) {
    const before = found.length
    const more = await until('another reading', async () => {
      found = await scans()
      return found.length > before ? true : null
    }).catch(() => false)
    if (!more) break
  }
  return found
}

async function started(start: () => AgentProcess): Promise<AgentProcess> {
  const agent = start()
  // Without a server it opens what it opened last; at the very first start it has to be told.
  await agent.saw('device')
  await until(`devices ready at the agent; ${agent.errors}`, () => {
    const last = new Map(agent.of('device').map(({ report }) => [report.device, report.state.state]))
    return [...last.values()].every((state) => state === 'ready') ? true : null
  })
  return agent
}

function judge(
  arrived: readonly ArrivedScan[],
  kept: ReadonlyMap<string, number>,
): Omit<CutsOutcome, 'scanned' | 'blows' | 'sockets'> {
  const there = new Set(arrived.map(({ reading }) => reading))
  const seen = new Set<string>()
  const doubled: string[] = []
  const disordered: string[] = []
  const latest = new Map<string, string>()
  for (const { text } of arrived) {
    if (seen.has(text)) doubled.push(text)
    seen.add(text)
    const [device = ''] = text.split('-')
    const before = latest.get(device)
    if (before !== undefined && before > text) disordered.push(text)
    latest.set(device, text)
  }
  const numbers = new Set(arrived.map(({ n }) => n))
  return {
    kept: kept.size,
    arrived: arrived.length,
    lost: [...kept.keys()].filter((reading) => !there.has(reading)),
    doubled,
    disordered,
    withoutOneEffect: arrived.filter(({ effects }) => effects !== 1).map(({ text }) => text),
    missingNumbers: [...kept.values()].filter((n) => !numbers.has(n)),
  }
}
