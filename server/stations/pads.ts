import { agentOf } from '../../devices/agent-address.ts'
import type { StationConfig } from '../../devices/reading.ts'
import { type Stations, UnknownDevice } from '../../devices/station.ts'
import type { RemoteDevices } from '../agents/remote.ts'
import type { Log } from '../database/log.ts'
import type { CounterPads } from './counter.ts'

export interface PadsDependencies {
  readonly stations: Pick<Stations, 'ask' | 'withdraw' | 'signal'>
  /** Pads of other PCs; absent where no agent can join. */
  readonly remote: Pick<RemoteDevices, 'ask'> | undefined
  readonly configOf: (station: string) => StationConfig | undefined
  readonly isDriven: (station: string) => boolean
  readonly log: Log
}

/** The pads of counters, those here and those behind agents. */
export function counterPads({ stations, remote, configOf, isDriven, log }: PadsDependencies): CounterPads {
  const padsOf = (station: string) => configOf(station)?.devices.filter(({ kind }) => kind === 'keypad') ?? []

  const askHere = async (station: string): Promise<void> => {
    try {
      await stations.ask(station)
    } catch (error) {
      // They were taken away since.
      if (!(error instanceof UnknownDevice)) throw error
    }
  }

  return {
    hasPads: (station) => isDriven(station) && padsOf(station).length > 0,
    ask: async (station, voteFor) => {
      const where = padsOf(station).map(({ port }) => agentOf(port)?.agent ?? null)
      const agents = new Set(where.flatMap((agent) => agent ?? []))
      const far = [...agents].map(async (agent) => {
        const fault = await remote?.ask({ agent, station, device: '' }, voteFor(agent))
        if (fault) log.warn({ agent, station, code: fault.code }, 'the pads behind an agent could not ask')
      })
      await Promise.all([...(where.includes(null) ? [askHere(station)] : []), ...far])
    },
    withdraw: (station) => stations.withdraw(station),
    signal: (station, signal) => {
      stations.signal(station, signal).catch((error: unknown) => log.warn({ err: error }, 'a clerk was not told'))
    },
  }
}

/** Whether a pad of this station hangs on the PC of this agent. */
export function hasPadOf(agent: string, { devices }: StationConfig): boolean {
  return devices.some(({ kind, port }) => kind === 'keypad' && agentOf(port)?.agent === agent)
}
