import { sql } from 'kysely'
import { setTimeout as pause } from 'node:timers/promises'
import type { WebSocket } from 'ws'
import { agentOf } from '../../devices/agent-address.ts'
import { hashOf, isSealed } from '../../devices/journal-record.ts'
import type { OfflineDeed, OfflineMark } from '../../devices/agent/held-list.ts'
import type { AgentStatus, FarTag } from '../../devices/agent/protocol.ts'
import type { DeviceReport, Reading, StationConfig } from '../../devices/reading.ts'
import { openUnsignedLog } from '../access/unsigned.ts'
import { type ConnectionConfig, type Db, inTransaction, type Trx } from '../database/connect.ts'
import { listen } from '../database/listen.ts'
import type { Log } from '../database/log.ts'
import type { Hub } from '../hub.ts'
import { newId } from '../id.ts'
import type { ActivityLog } from '../ledger/activity.ts'
import { Refusal } from '../refusal.ts'
import { isDatabaseAway } from '../stations/database-away.ts'
import { devicePaths, withClaims } from '../stations/plugged-ports.ts'
import type { PluggedPort } from '../stations/protocol.ts'
import { readStations } from '../stations/registry.ts'
import { type AgentConnection, type RecordMessage, serveAgent } from './connection.ts'
import { openHolding } from './holding.ts'
import { endpointOf, heardOf, joinLink, stillEnrolled } from './links.ts'
import { AGENTS_CHANNEL, AWAY, openOrders } from './orders.ts'
import {
  type AgentFaultCode,
  type ArrivedRecord,
  type Endpoint,
  type Fate,
  noteFault,
  OutOfTurn,
  lastOfRevoked,
  pruneRecords,
  readRecord,
  takeDown,
  TakenBefore,
} from './records.ts'
import { type Pass, readPass } from './pass.ts'
import type { RemoteDesk, RemoteDevices } from './remote.ts'
import { type FarDevice, leaveFarDevices, writeFarDevices } from './states.ts'

/** The keys behind open connections are asked for again this often, beneath the notice that one was revoked. */
const RECHECK_MS = 1_000
/** How agents are is written this often. */
const FLUSH_MS = 3_000
const PRUNE_MS = 3_600_000
/** A station whose queue is full, or an act that still runs, is tried again after this. */
const BUSY_MS = 100

export interface AgentsDependencies {
  readonly db: Db
  readonly config: ConnectionConfig
  readonly log: Log
  readonly hub: Hub
  readonly activity: ActivityLog
  /** Names this installation; agents speak to no other. */
  readonly installation: string
  /** Signs what agents may hold. */
  readonly pepper: Uint8Array
  /** RFC 3339 UTC with milliseconds. */
  readonly now: () => string
}

export interface Agents {
  readonly devices: RemoteDevices
  /** Serves a socket of what says it is an agent, from `address`. */
  serve(socket: WebSocket, address: string): void
  /** What is plugged into the PC of an agent, under addresses as a station has them; null when it is away. */
  ports(agent: string): Promise<readonly PluggedPort[] | null>
  close(): Promise<void>
}

/** One joined agent of this process. */
interface Link {
  readonly id: string
  readonly connection: AgentConnection
  status: AgentStatus | null
  /** How its devices are, by station and device. */
  readonly devices: Map<string, FarDevice>
  /** One writing after the other: a later state is never overwritten by an earlier one. */
  writing: Promise<unknown>
  /** One report after the other. */
  hearing: Promise<unknown>
}

/**
 * Speaks to agents: takes what their devices see to the stations, in order and once each, tells how their devices are, and carries orders to
 * them. Any number of server processes may; an agent speaks to one at a time.
 */
export async function openAgents(deps: AgentsDependencies): Promise<Agents> {
  const { db, log, now, installation } = deps
  const unsigned = openUnsignedLog(deps.activity, now)
  const links = new Map<string, Link>()
  let desk: RemoteDesk | null = null
  const joining = new WeakMap<AgentConnection, readonly string[]>()
  let closed = false

  const quietly = (work: Promise<unknown>): void => {
    work.catch((error: unknown) => log.warn({ err: error }, 'agents could not be looked after; the poll tries again'))
  }

  const record = (agent: string | null, kind: 'sign-in' | 'sign-out' | 'device', outcome: string): void =>
    quietly(
      deps.activity.record({ at: now(), kind, person: null, station: null, about: `agent ${agent ?? '?'}`, outcome }),
    )

  /** The stations that have devices behind this agent, with those devices alone, as that PC opens them. */
  const stationsOf = async (agent: string): Promise<readonly StationConfig[]> =>
    (await readStations(db)).flatMap((station) => {
      const devices = station.devices.flatMap((device) => {
        const where = agentOf(device.port)
        return where?.agent === agent ? [{ ...device, port: where.port }] : []
      })
      return devices.length === 0 ? [] : [{ ...station, devices }]
    })

  const holding = openHolding({
    ...{ pepper: deps.pepper, now, desk: () => desk },
    connections: () => [...links.values()].map(({ connection }) => connection),
    onFailed: (error) => log.warn({ err: error }, 'an agent could not be told what it may hold'),
  })

  const orders = openOrders({
    db,
    now,
    carryHere: (agent, id, order) => links.get(agent)?.connection.carry(id, order) ?? null,
  })

  const fault = async (endpoint: Endpoint, code: AgentFaultCode, n: number, detail: string): Promise<void> => {
    await noteFault(db, endpoint, code, n, detail)
    log.warn({ agent: endpoint.agent, n, code }, detail)
    record(endpoint.agent, 'device', `agents.${code}`)
  }

  const farDevice = (link: Link, station: string, device: string): FarDevice => {
    const key = `${station} ${device}`
    const known = link.devices.get(key)
    if (known !== undefined) return known
    const one: FarDevice = {
      ...{ station, device, state: { state: 'opening' }, changedAt: now() },
      ...{ lastReadingAt: null, readings: 0, faults: 0 },
    }
    link.devices.set(key, one)
    return one
  }

  const countSeen = (endpoint: Endpoint, { station, device, at, value }: Reading): void => {
    const link = links.get(endpoint.agent)
    if (link === undefined) return
    const one = farDevice(link, station, device)
    one.lastReadingAt = at
    one[value.kind === 'fault' ? 'faults' : 'readings'] += 1
  }

  const writeDevices = (link: Link): void => {
    link.writing = link.writing.then(async () => {
      const rows = [...link.devices.values()].map((one) => ({ ...one }))
      // Taken out before they are written: what is counted meanwhile belongs to the next writing.
      for (const one of link.devices.values()) Object.assign(one, { readings: 0, faults: 0 })
      try {
        await writeFarDevices(db, link.connection.endpoint, link.id, rows, now())
      } catch (error) {
        for (const { station, device, readings, faults } of rows) {
          const one = farDevice(link, station, device)
          one.readings += readings
          one.faults += faults
        }
        log.warn({ err: error }, 'devices of an agent could not be written; the next round tries again')
      }
    })
  }

  /** Takes a record down by itself: nothing else comes of it. */
  const takeDownAlone = (endpoint: Endpoint, arrived: ArrivedRecord, fate: Fate): Promise<void> =>
    inTransaction(db, (trx) => takeDown(trx, endpoint, arrived, fate))

  const onRecord = async (
    connection: AgentConnection,
    { text, seal, seen_ms, oldest }: RecordMessage,
  ): Promise<void> => {
    const { endpoint } = connection
    const signature = Buffer.from(seal, 'base64')
    if (!isSealed(text, signature, connection.publicKey)) throw new Refusal('agents.wrong-record', { what: 'seal' })
    const { n, prev, reading, offline } = readRecord(text)
    const seenAt = new Date(Math.min(seen_ms, Date.parse(now()))).toISOString()
    const arrived: ArrivedRecord = {
      ...{ n, prev, text, seal: signature, seenAt, oldest },
      hash: hashOf(text),
      clockOffset_ms: connection.clockOffset_ms,
    }
    try {
      await effect(endpoint, arrived, reading, offline ?? null)
    } catch (error) {
      if (error instanceof Refusal && (error.code === 'agents.number-reused' || error.code === 'agents.wrong-record'))
        await fault(
          endpoint,
          error.code === 'agents.number-reused' ? 'number-reused' : 'wrong-record',
          n,
          error.notice().detail.en,
        )
      if (!(error instanceof TakenBefore)) throw error
    }
    connection.send({ t: 'ack', n })
  }

  /** What a deed was done under; null where it was given to somebody else, or by nobody. */
  const passFor = (text: string, { agent, enrolment }: Endpoint, station: string): Pass | null => {
    const pass = readPass(deps.pepper, text)
    return pass?.agent === agent && pass.enrolment === enrolment && pass.station === station ? pass : null
  }

  /**
   * Takes down a record that its station cannot take. What a bench called recorded is noted as a conflict; what has no pass of ours has no store
   * to be noted in, and under a revoked key the fault of the PC says enough.
   */
  const giveUp = async (
    endpoint: Endpoint,
    arrived: ArrivedRecord,
    { deed, pass }: { readonly deed: OfflineDeed | null; readonly pass: Pass | null },
    fate: Fate,
    why: Refusal,
  ): Promise<void> => {
    if (deed === null || pass === null || endpoint.revoked) return takeDownAlone(endpoint, arrived, fate)
    const to = desk
    if (to === null) throw new Error('the desk is not open yet')
    const id = `${endpoint.agent}.${endpoint.enrolment}.${arrived.n}`
    const take = (trx: Trx): Promise<void> => takeDown(trx, endpoint, arrived, fate)
    for (;;) {
      try {
        return await to.noteLost({ id, deed, pass, at: arrived.seenAt, why, takeDown: take })
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== 'request.in-progress') throw error
        await pause(BUSY_MS)
      }
    }
  }

  /** What a record does at its station, in one transaction with its own row. */
  const effect = async (
    endpoint: Endpoint,
    arrived: ArrivedRecord,
    { id, station, device, raw, value }: ReturnType<typeof readRecord>['reading'],
    mark: OfflineMark | null,
  ): Promise<void> => {
    const configured = (await readStations(db))
      .find((one) => one.id === station)
      ?.devices.find((one) => one.id === device)
    const isIts = configured !== undefined && agentOf(configured.port)?.agent === endpoint.agent
    const deed = mark?.deed ?? null
    const pass = deed === null ? null : passFor(deed.pass, endpoint, station)
    if (endpoint.revoked) {
      if (deed !== null)
        await fault(
          endpoint,
          'revoked',
          arrived.n,
          `${station}: ${deed.item} came after the key was revoked, and is not done`,
        )
      if (pass === null || !isIts) return takeDownAlone(endpoint, arrived, 'revoked')
    }
    if (!isIts || configured.kind === 'keypad' || desk === null) {
      const why = new Refusal('stations.offline-device', { device: `${station} ${device}` })
      await giveUp(endpoint, arrived, { deed, pass }, 'not-its-device', why)
      return fault(endpoint, 'not-its-device', arrived.n, `${station} ${device} is not behind this agent now`)
    }
    const read: Reading = {
      ...{ id, station, device, deviceKind: configured.kind, at: arrived.seenAt },
      raw: Buffer.from(raw, 'base64'),
      value: value as Reading['value'],
    }
    countSeen(endpoint, read)
    for (;;) {
      try {
        if (mark !== null) {
          const take = (trx: Trx): Promise<void> =>
            takeDown(trx, endpoint, arrived, endpoint.revoked ? 'revoked' : 'offline')
          await desk.merge(station, {
            ...{ id: `${endpoint.agent}.${endpoint.enrolment}.${arrived.n}`, reading: read, mark, takeDown: take },
            revoked: endpoint.revoked,
            pass,
          })
          return
        }
        const taken = await desk.take(read, (trx) => takeDown(trx, endpoint, arrived, 'station'))
        if (!taken) await takeDownAlone(endpoint, arrived, 'held')
        return
      } catch (error) {
        if (error instanceof TakenBefore || error instanceof OutOfTurn || isDatabaseAway(error)) throw error
        if (error instanceof Refusal && (error.code === 'stations.queue-full' || error.code === 'request.in-progress'))
          await pause(BUSY_MS)
        else if (error instanceof Refusal) throw error
        else {
          // It would stop everything after it for ever; it is kept, and a person is told.
          log.error({ err: error, station }, 'a reading of an agent could not be handled')
          const why = new Refusal('stations.offline-failed')
          await giveUp(endpoint, arrived, { deed, pass }, 'failed', why)
          return fault(endpoint, 'failed', arrived.n, `${station} ${device}: the program could not handle it`)
        }
      }
    }
  }

  const onTags = (connection: AgentConnection, tags: readonly FarTag[]): void => {
    const { agent } = connection.endpoint
    const link = links.get(agent)
    if (link?.connection !== connection) return
    const now_ms = Date.parse(now())
    for (const { station, device, ...seen } of tags) {
      const last_ms = Math.min(seen.last_ms, now_ms)
      const at = new Date(last_ms).toISOString()
      const value = { kind: 'tag', ...seen, first_ms: Math.min(seen.first_ms, last_ms), last_ms } as const
      const tag = { id: newId(), station, device, deviceKind: 'rfid', at, raw: new Uint8Array(0), value } as const
      if (desk?.sawTag(agent, tag) !== true) continue
      const one = farDevice(link, station, device)
      one.lastReadingAt = at
      one.readings += seen.count
    }
  }

  const onJoined = async (connection: AgentConnection) => {
    const { endpoint, clockOffset_ms } = connection
    const link: Link = {
      id: newId(),
      connection,
      status: null,
      devices: new Map(),
      writing: Promise.resolve(),
      hearing: Promise.resolve(),
    }
    const { after, hash } = await joinLink(db, endpoint, link.id, now(), clockOffset_ms)
    if (closed) throw new Error('the server is closing')
    links.get(endpoint.agent)?.connection.end(null)
    links.set(endpoint.agent, link)
    record(endpoint.agent, 'sign-in', 'ok')
    const stations = await stationsOf(endpoint.agent)
    joining.set(
      connection,
      stations.map(({ id }) => id),
    )
    return { after, hash, stations }
  }

  const onLeft = async (connection: AgentConnection): Promise<void> => {
    const { endpoint } = connection
    const link = links.get(endpoint.agent)
    if (link?.connection === connection) links.delete(endpoint.agent)
    if (link === undefined || link.connection !== connection) return
    for (const one of link.devices.values())
      Object.assign(one, { state: { state: 'gone', fault: AWAY }, changedAt: now() })
    await link.writing
    if (!(await leaveFarDevices(db, endpoint, link.id, [...link.devices.values()], now()))) return
    record(endpoint.agent, 'sign-out', 'away')
  }

  const onStates = (connection: AgentConnection, reports: readonly DeviceReport[]): void => {
    const link = links.get(connection.endpoint.agent)
    if (link?.connection !== connection) return
    // In the order they came: a device is how it was said to be last.
    link.hearing = link.hearing.then(async () => {
      const stations = await stationsOf(connection.endpoint.agent)
      const its = new Set(stations.flatMap(({ id, devices }) => devices.map((device) => `${id} ${device.id}`)))
      if (links.get(connection.endpoint.agent) !== link) return
      for (const { station, device, state } of reports)
        if (its.has(`${station} ${device}`))
          Object.assign(farDevice(link, station, device), { state, changedAt: now() })
      writeDevices(link)
    })
    // How its devices are is told anew when it joins again.
    link.hearing.catch((error: unknown) => {
      log.warn({ err: error }, 'how the devices of an agent are could not be taken up')
      connection.end(null)
    })
  }

  const serve = (socket: WebSocket, address: string): void => {
    if (closed) return socket.close(1001)
    serveAgent(socket, {
      installation,
      now_ms: () => Date.parse(now()),
      find: (agent, key) => endpointOf(db, agent, key),
      onJoined,
      onRecord,
      onBeat: ({ endpoint }, status) => {
        const link = links.get(endpoint.agent)
        if (link === undefined) return
        const before = link.status
        link.status = status
        if (before === null || before.fault !== status.fault || (before.backlog === 0) !== (status.backlog === 0))
          quietly(flush(link))
      },
      onStates,
      onTags,
      onRevoked: ({ endpoint }) => lastOfRevoked(db, endpoint),
      onWelcomed: (connection) => holding.joined(connection, joining.get(connection) ?? []),
      onLeft: (connection) => quietly(onLeft(connection)),
      onRefused: (agent, { code }) => {
        const about = `agent ${agent ?? '?'}`
        quietly(
          unsigned.record(address, { at: now(), kind: 'refusal', person: null, station: null, about, outcome: code }),
        )
      },
      onFailed: (error) => log.warn({ err: error }, 'a connection of an agent has failed; it comes again'),
    })
  }

  /** Writes how an agent is; a connection that speaks for it no more ends. */
  const flush = async (link: Link): Promise<void> => {
    const { endpoint } = link.connection
    const status = link.status ?? { backlog: 0, oldestAt: null, fault: null }
    writeDevices(link)
    if (!(await heardOf(db, endpoint, link.id, now(), status))) link.connection.end(null)
  }

  const recheck = async (): Promise<void> => {
    const open = [...links.values()]
    if (open.length === 0) return
    const enrolled = await stillEnrolled(
      db,
      open.map(({ connection }) => connection.endpoint),
    )
    for (const { connection } of open)
      if (!enrolled.has(connection.endpoint.key)) connection.end(new Refusal('agents.revoked'))
  }

  const configure = async (): Promise<void> => {
    for (const [agent, { connection }] of links) connection.send({ t: 'configure', stations: await stationsOf(agent) })
  }

  /** Orders whose notice was missed. */
  const lookForOrders = async (): Promise<void> => {
    if (links.size === 0) return
    const found = await sql<{ id: string; agent: string }>`
      select id, agent from agent_orders
      where agent = any(${[...links.keys()]}::text[]) and taken_at is null and answer is null and deadline_at > clock_timestamp()
    `.execute(db)
    for (const { id, agent } of found.rows) quietly(orders.carry(id, agent))
  }

  const listener = await listen(deps.config, AGENTS_CHANNEL, {
    onPayload: (payload) => {
      const [what, id = '', agent = ''] = payload.split(' ')
      if (what === 'answer') orders.answered(id)
      else if (links.has(agent)) quietly(orders.carry(id, agent))
    },
    onGap: () => quietly(lookForOrders()),
    log,
  })
  const leaveHub = deps.hub.subscribe(({ type }) => {
    if (type === 'agents.revoked' || type === 'agents.enrolled') quietly(recheck())
    if (type === 'stations.configured') quietly(configure())
  })
  const rechecking = setInterval(() => quietly(recheck()), RECHECK_MS)
  const flushing = setInterval(() => {
    for (const link of links.values()) quietly(flush(link))
    quietly(lookForOrders())
  }, FLUSH_MS)
  const pruning = setInterval(() => quietly(pruneRecords(db).then(orders.prune)), PRUNE_MS)

  return {
    devices: {
      ...orders,
      begin: (begun) => {
        desk = begun
      },
      sessionMoved: holding.look,
    },
    serve,
    ports: async (agent) => {
      const stations = await stationsOf(agent)
      const paths = devicePaths(stations)
      const found = await orders.ports(agent, paths)
      if (found === null) return null
      const leads = new Map(paths.map((path, at) => [path, found.leads[at] ?? null]))
      return withClaims(stations, found.plugged, leads).map((one) => ({ ...one, port: `agent:${agent}/${one.port}` }))
    },
    close: async () => {
      closed = true
      for (const timer of [rechecking, flushing, pruning]) clearInterval(timer)
      leaveHub()
      await listener.close()
      const leaving = [...links.values()].map(async ({ connection }) => {
        connection.end(null)
        await onLeft(connection)
      })
      await Promise.all(leaving)
      await unsigned.close()
    },
  }
}
