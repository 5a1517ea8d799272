import { setTimeout as pause } from 'node:timers/promises'
import type { EmulatedKeypadBus } from '../../devices/emulators/keypad.ts'
import { type AgentProcess, until } from '../agents/testing-process.ts'
import type { CuttingProxy } from '../agents/testing-proxy.ts'

/** What happens while a rater presses. */
export const BLOWS = [
  'killed at once', // the agent, before or after it has the press
  'killed soon',
  'killed once thanked',
  'cut, killed once thanked', // its line was down before the press
  'cut soon, killed once thanked', // while the vote is on its way
  'the pad dies', // it loses its power inside the frame: that is no press
] as const
export type Blow = (typeof BLOWS)[number]

const SOON_MS = 40
/** As many bytes of a frame of ten as a pad may get out. */
const CUT_BYTES = 7
/** A pad that is never thanked says nothing more after this. */
const THANKED_MS = 30_000
const DRAIN_TRIES = 60
const DRAIN_MS = 500

export interface VoteCutsOptions {
  readonly blows: readonly Blow[]
  /** From 0 up to 1. */
  readonly random: () => number
  readonly counter: string
  /** The counter's number on the line. */
  readonly window: number
  readonly bus: EmulatedKeypadBus
  readonly proxy: CuttingProxy
  /** Starts the agent of the PC that has the line. */
  readonly start: () => AgentProcess
  /** Offers the vote of a new service at the counter; its id. */
  readonly offer: () => Promise<string>
  /** Which of these votes are used. */
  readonly used: (services: readonly string[]) => Promise<ReadonlySet<string>>
}

export interface VoteCuts {
  readonly services: readonly string[]
  /** Votes whose rater was thanked, or that the PC had called kept. */
  readonly kept: number
  readonly used: number
  /** Kept, and no vote. */
  readonly lost: readonly string[]
  /** A vote of a pad that died inside its frame. */
  readonly invented: readonly string[]
}

/**
 * Raters press at a pad behind a PC whose program is killed (`kill -9`) and whose line is cut meanwhile, one blow a service; then everything is
 * let come in. What the pad had thanked for is a vote afterwards; what it had not may be one or not.
 */
export async function runVoteCuts(options: VoteCutsOptions): Promise<VoteCuts> {
  const { blows, random, counter, window, bus, proxy, start, offer } = options
  const services: string[] = []
  const kept = new Set<string>()
  const dead = new Set<string>()
  let agent = await started(start, counter)
  for (const blow of blows) {
    const service = await offer()
    services.push(service)
    await until(`${counter} asks`, () => (of(agent, 'asked', counter) > 0 ? true : null))
    if (blow === 'cut, killed once thanked') {
      proxy.keepCut()
      await until('the line is down', () => (agent.of('away').length > 0 ? true : null))
    }
    const thanks = bus.answers(window)
    const key = Math.floor(random() * 4)
    const pad = blow === 'the pad dies' ? { cut: CUT_BYTES } : {}
    await bus.press(window, key, { again: false, ...pad })
    if (blow === 'the pad dies') dead.add(service)
    if (blow === 'killed soon' || blow === 'the pad dies' || blow === 'cut soon, killed once thanked')
      await pause(random() * SOON_MS)
    if (blow === 'cut soon, killed once thanked') proxy.keepCut()
    if (blow.endsWith('thanked'))
      await until('the pad says thank you', () => (bus.answers(window) > thanks ? true : null), THANKED_MS)
    const thanked = bus.answers(window) > thanks
    await agent.kill()
    if (thanked || of(agent, 'ballot-kept', counter) > 0) kept.add(service)
    proxy.mend()
    agent = await started(start, counter)
  }
  await drained(agent, start)
  const used = await options.used(services)
  return {
    services,
    kept: kept.size,
    used: used.size,
    lost: [...kept].filter((service) => !used.has(service)),
    invented: [...dead].filter((service) => used.has(service)),
  }
}

function of(agent: AgentProcess, event: 'asked' | 'ballot-kept', counter: string): number {
  return agent.of(event).filter(({ station }) => station === counter).length
}

/** The agent has joined, and its pad of this counter is open. */
async function started(start: () => AgentProcess, counter: string): Promise<AgentProcess> {
  const agent = start()
  await agent.saw('joined')
  await until(`the pad of ${counter}; ${agent.errors}`, () => {
    const last = agent.of('device').findLast(({ report }) => report.station === counter)
    return last?.report.state.state === 'ready' ? true : null
  })
  return agent
}

/** Everything that the PC has is on the server: an agent that joins says what waits. Leaves one that runs. */
async function drained(first: AgentProcess, start: () => AgentProcess): Promise<void> {
  let agent = first
  for (let tries = 0; tries < DRAIN_TRIES; tries += 1) {
    if (agent.of('joined').at(-1)?.backlog === 0) return
    await pause(DRAIN_MS)
    await agent.kill('SIGTERM')
    agent = start()
    await agent.saw('joined')
  }
  throw new Error('a journal never came in')
}
