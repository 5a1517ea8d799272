import type { OpenHere } from '../stations/offline.ts'
import type { AgentConnection } from './connection.ts'
import { makePass } from './pass.ts'
import type { RemoteDesk } from './remote.ts'

export interface HoldingDependencies {
  /** Signs passes. */
  readonly pepper: Uint8Array
  /** RFC 3339 UTC with milliseconds. */
  readonly now: () => string
  readonly desk: () => RemoteDesk | null
  /** The joined agents of this process. */
  readonly connections: () => readonly AgentConnection[]
  readonly onFailed: (error: unknown) => void
}

/** Lets agents hold what is open at the stations of their scanners, for as long as it is. */
export interface Holding {
  /** The session of a station has changed, or how it is set up. */
  look(station: string): void
  /** An agent has joined: it is told of each of its stations, also that nothing is open there. */
  joined(connection: AgentConnection, stations: readonly string[]): void
}

/** What an agent was told of a station over this connection. */
interface Told {
  /** Names the opening; null when nothing is open. */
  readonly opening: string | null
  readonly pass: string
  readonly progress: string
}

/**
 * Tells each agent only what it was not told yet over its connection: the held list once an opening, then progress alone. Tellings go out one
 * after the other; one that fails goes to `onFailed` and does not hold up the next.
 */
export function openHolding({ pepper, now, desk, connections, onFailed }: HoldingDependencies): Holding {
  const told = new WeakMap<AgentConnection, Map<string, Told>>()
  /** One telling after the other: what is said last is how it is. */
  let work: Promise<void> = Promise.resolve()

  const tell = async (connection: AgentConnection, station: string): Promise<void> => {
    const from = desk()
    if (from === null) return
    const known = told.get(connection) ?? new Map<string, Told>()
    told.set(connection, known)
    const before = known.get(station)
    const { agents, open } = from.openAt(station)
    const its = agents.includes(connection.endpoint.agent) ? open : null
    if (its === null) {
      // It is told of nothing that is not its own, unless it was before.
      if (before !== undefined ? before.opening === null : !agents.includes(connection.endpoint.agent)) return
      known.set(station, { opening: null, pass: '', progress: '' })
      connection.send({ t: 'hold', station, held: null, waiting: [], locked: true, load: null })
      return
    }
    const opening = openingName(its)
    const { waiting, locked, load } = its
    const progress = JSON.stringify([waiting, locked, load])
    if (before?.opening === opening) {
      if (before.progress === progress) return
      known.set(station, { ...before, progress })
      connection.send({ t: 'progress', station, pass: before.pass, waiting, locked, load })
      return
    }
    const held = await from.copyOf(station, its)
    const pass = makePass(pepper, {
      ...{ agent: connection.endpoint.agent, enrolment: connection.endpoint.enrolment },
      ...{ station, place: from.placeOf(station), module: its.module, document: its.document },
      ...{ custodian: its.custodian.id, signers: its.signers, signedAt: its.custodian.signedAt, issuedAt: now() },
      ...{ salt: held.custodian.salt, badge: held.custodian.badge },
    })
    known.set(station, { opening, pass, progress })
    connection.send({ t: 'hold', station, held: { ...held, pass }, waiting, locked, load })
  }

  const soon = (connection: AgentConnection, station: string): void => {
    work = work.then(() => tell(connection, station)).catch(onFailed)
  }

  return {
    look(station) {
      for (const connection of connections()) soon(connection, station)
    },
    joined(connection, stations) {
      for (const station of stations) soon(connection, station)
    },
  }
}

/** Two openings of one list by the same people with the same lines are one. */
function openingName({ document, custodian, signers, items }: OpenHere): string {
  return JSON.stringify([document, custodian.id, custodian.badge, custodian.signedAt, signers, items])
}
