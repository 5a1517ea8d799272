import { sql } from 'kysely'
import type { WebSocket } from 'ws'
import { agentOf } from '../../devices/agent-address.ts'
import type { AgentStatus, FarTag } from '../../devices/agent/protocol.ts'
import type { PressAttempt } from '../../devices/keypad/held-key.ts'
import type { DeviceReport, StationConfig } from '../../devices/reading.ts'
import { openUnsignedLog } from '../access/unsigned.ts'
import type { ConnectionConfig, Db } from '../database/connect.ts'
import { listen } from '../database/listen.ts'
import type { Log } from '../database/log.ts'
import type { Hub } from '../hub.ts'
import { newId } from '../id.ts'
import type { ActivityLog } from '../ledger/activity.ts'
import { Refusal, type Words } from '../refusal.ts'
import { devicePaths, withClaims } from '../stations/plugged-ports.ts'
import type { DeviceName } from '../stations/device-states.ts'
import type { PluggedPort } from '../stations/protocol.ts'
import { readStations } from '../stations/registry.ts'
import { shownTag } from '../stations/shown-reading.ts'
import { type AgentConnection, serveAgent } from './connection.ts'
import { openHolding } from './holding.ts'
import { LinkDevices, type Seen } from './link-devices.ts'
import { endpointOf, heardOf, joinLink, stillEnrolled } from './links.ts'
import { AGENTS_CHANNEL, openOrders } from './orders.ts'
import { type AgentFaultCode, type Endpoint, lastOfRevoked, noteFault, pruneRecords } from './records.ts'
import type { RemoteDesk, RemoteDevices } from './remote.ts'
import { openTaking } from './taking.ts'

/** The keys behind open connections are asked for again this often, beneath the notice that one was revoked. */
const RECHECK_MS = 1_000
/** How agents are is written this often. */
const FLUSH_MS = 3_000
const PRUNE_MS = 3_600_000

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
  readonly devices: LinkDevices
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

  const fault = async (endpoint: Endpoint, code: AgentFaultCode, n: number, detail: Words): Promise<void> => {
    await noteFault(db, endpoint, code, n, detail)
    log.warn({ agent: endpoint.agent, n, code }, detail.en)
    record(endpoint.agent, 'device', `agents.${code}`)
  }

  const saw = (agent: string, seen: Seen, times = 1): void => {
    links.get(agent)?.devices.saw(seen, times)
    desk?.saw(seen, seen.shown)
  }

  const { onRecord } = openTaking({
    ...{ db, log, now, fault, pepper: deps.pepper, desk: () => desk },
    saw: ({ agent }, seen) => saw(agent, seen),
  })

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
      saw(agent, { station, device, shown: shownTag(tag) }, seen.count)
    }
  }

  /** Asked by one who waits at a counter: it is answered, or it is too late. */
  const onClerkAsks = (connection: AgentConnection, station: string, event: string): void => {
    const { agent } = connection.endpoint
    const asked = desk === null ? Promise.resolve(null) : desk.clerkAsks({ agent, station }, event)
    quietly(asked.then((vote) => connection.send({ t: 'vote', id: event, vote })))
  }

  const onAttempted = (connection: AgentConnection, station: string, attempt: PressAttempt, times: number): void =>
    desk?.attempted({ agent: connection.endpoint.agent, station }, attempt, times)

  const onJoined = async (connection: AgentConnection) => {
    const { endpoint, clockOffset_ms } = connection
    const id = newId()
    const devices = new LinkDevices({ db, log, now, endpoint, link: id })
    const link: Link = { id, connection, status: null, devices, hearing: Promise.resolve() }
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
    if (!(await link.devices.leave())) return
    record(endpoint.agent, 'sign-out', 'away')
  }

  /** Takes up what an agent says of its devices, in the order it came, and of no other's. */
  const hear = (connection: AgentConnection, take: (link: Link, isIts: (of: DeviceName) => boolean) => void): void => {
    const { agent } = connection.endpoint
    const link = links.get(agent)
    if (link?.connection !== connection) return
    link.hearing = link.hearing.then(async () => {
      const stations = await stationsOf(agent)
      const its = new Set(stations.flatMap(({ id, devices }) => devices.map((device) => `${id} ${device.id}`)))
      if (links.get(agent) === link) take(link, ({ station, device }) => its.has(`${station} ${device}`))
    })
    // How its devices are is told anew when it joins again.
    link.hearing.catch((error: unknown) => {
      log.warn({ err: error }, 'how the devices of an agent are could not be taken up')
      connection.end(null)
    })
  }

  const onStates = (connection: AgentConnection, reports: readonly DeviceReport[]): void =>
    hear(connection, ({ devices }, isIts) => {
      devices.said(reports.filter(isIts))
      devices.write()
    })

  const onBeat = (connection: AgentConnection, status: AgentStatus): void => {
    const link = links.get(connection.endpoint.agent)
    if (link === undefined) return
    const before = link.status
    link.status = status
    if (before === null || before.fault !== status.fault || (before.backlog === 0) !== (status.backlog === 0))
      quietly(flush(link))
    if (status.counted.length > 0)
      hear(connection, ({ devices }, isIts) => status.counted.filter(isIts).forEach((one) => devices.counted(one)))
  }

  const serve = (socket: WebSocket, address: string): void => {
    if (closed) return socket.close(1001)
    serveAgent(socket, {
      installation,
      now_ms: () => Date.parse(now()),
      find: (agent, key) => endpointOf(db, agent, key),
      onJoined,
      onRecord,
      onBeat,
      onStates,
      onTags,
      onClerkAsks,
      onAttempted,
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
    const status = link.status ?? { backlog: 0, oldestAt: null, fault: null, counted: [] }
    link.devices.write()
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
      hears: (agent) => links.has(agent),
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
