import { setTimeout as pause } from 'node:timers/promises'
import type { Reading, StationConfig } from '../../devices/reading.ts'
import { openStations, type Stations, UnknownDevice } from '../../devices/station.ts'
import type { SignIn } from '../access/sign-in.ts'
import type { Act, ActWithin } from '../act.ts'
import type { ConnectionConfig, Db } from '../database/connect.ts'
import { listen } from '../database/listen.ts'
import type { Log } from '../database/log.ts'
import type { Hub } from '../hub.ts'
import { newId } from '../id.ts'
import type { ActivityLog, ActivityRecord } from '../ledger/activity.ts'
import { Refusal } from '../refusal.ts'
import { openDeviceStates, readDevices, unheardView } from './device-states.ts'
import { isDatabaseAway } from './database-away.ts'
import { openElection } from './election.ts'
import { serverBusy } from './fault-words.ts'
import { type Arriving, handle, type Handled, lockIfIdle } from './handling.ts'
import { type LabelJobs, openPrinting } from './printing.ts'
import type { Procedures } from './procedure.ts'
import type { DeviceView, SessionAnswer, StationMessage } from './protocol.ts'
import { readStations } from './registry.ts'
import { refused, type Say, verdictOf } from './say.ts'
import { locksAtOf, type Session } from './session.ts'
import { type Kept, pruneReadings, readSession, STATIONS_CHANNEL } from './store.ts'
import { askingOf, deviceView, shownWork, viewOf } from './view.ts'

/** Inputs of one station that may wait for their turn; a further one is refused aloud. */
const QUEUE_MAX = 50
/** A scale has this long to come to rest. */
const WEIGH_MS = 10_000
/** An empty pan is no answer yet: hands need this long at most to put a thing on it, and it is looked at this often. */
const LOAD_MS = 60_000
const LOAD_LOOK_MS = 200
/** Beneath NOTIFY lies a slow poll: a lost notice delays a screen, it never leaves it wrong. */
const POLL_MS = 5_000
/** How often idle benches are looked for. */
const LOCK_LOOK_MS = 1_000
const PRUNE_MS = 3_600_000
/** While the database is away an input is tried again this often, and then refused aloud. */
const RETRIES = 3
const RETRY_MS = 300

export interface DeskDependencies {
  readonly db: Db
  readonly config: ConnectionConfig
  readonly log: Log
  readonly act: Act
  readonly actWithin: ActWithin
  readonly activity: ActivityLog
  readonly signIn: SignIn
  readonly hub: Hub
  /** RFC 3339 UTC with milliseconds. */
  readonly now: () => string
  /** What the modules offer at stations. */
  readonly offers: readonly Procedures[]
  /** Where label jobs come from. */
  readonly labels: LabelJobs
}

export interface Desk {
  /**
   * Takes an input of a screen to its end, after those that came before.
   * @throws Refusal `stations.unknown`, `stations.queue-full`, `request.key-reused`
   */
  input(station: string, arriving: Arriving): Promise<SessionAnswer>
  /** @throws Refusal `stations.unknown` */
  session(station: string): Promise<SessionAnswer>
  /** The session now and after each change, and each change of a device, for one screen. Returns the way to leave. */
  follow(station: string, onMessage: (message: StationMessage) => void): Promise<() => void>
  close(): Promise<void>
}

interface Place {
  config: StationConfig
  kept: Kept
  queue: Promise<unknown>
  waiting: number
  /** The step for which the scale was asked; it is asked once a step. */
  weighed: number
  weighing: boolean
  followers: Set<(message: StationMessage) => void>
  devices: readonly DeviceView[]
}

/**
 * Opens the stations: drives the devices of those that no other process drives, takes what devices and screens send one by one, and tells
 * screens what their session is. Everything that matters is in the database when a promise resolves.
 */
export async function openDesk(deps: DeskDependencies): Promise<Desk> {
  const { db, log, now } = deps
  const places = new Map<string, Place>()
  let driven: ReadonlySet<string> = new Set()
  let closed = false

  const refresh = async (): Promise<void> => {
    const configs = await readStations(db)
    for (const config of configs) {
      const place = places.get(config.id)
      if (place !== undefined) place.config = config
      else
        places.set(config.id, {
          config,
          kept: await readSession(db, config.id, now()),
          queue: Promise.resolve(),
          waiting: 0,
          weighed: 0,
          weighing: false,
          followers: new Set(),
          devices: [],
        })
    }
    await refreshDevices()
    for (const place of places.values()) tell(place)
  }

  const refreshDevices = async (): Promise<void> => {
    const configs = [...places.values()].map(({ config }) => config)
    const rows = await readDevices(db, configs, now())
    for (const place of places.values()) {
      if (driven.has(place.config.id)) continue
      const devices = rows
        .filter(({ station }) => station === place.config.id)
        .map(({ id, kind, state, fault }) => ({ id, kind, state, fault }))
      for (const device of devices) {
        const before = place.devices.find(({ id }) => id === device.id)
        if (JSON.stringify(before) !== JSON.stringify(device)) send(place, { type: 'device', device })
      }
      place.devices = devices
    }
  }

  const placeOf = (station: string): Place => {
    const place = places.get(station)
    if (place === undefined) throw new Refusal('stations.unknown', { station })
    return place
  }

  const answerOf = ({ kept, config, devices }: Place): SessionAnswer => ({
    version: kept.version,
    session: viewOf(kept.session, config, devices, deps.offers),
  })

  const send = (place: Place, message: StationMessage): void => {
    for (const onMessage of place.followers) onMessage(message)
  }

  const tell = (place: Place): void => {
    if (place.followers.size > 0) send(place, { type: 'session', ...answerOf(place) })
  }

  /** A later version is taken up, told, and followed by what it asks of the devices. */
  const takeUp = (place: Place, kept: Kept): void => {
    if (kept.version <= place.kept.version) return
    place.kept = kept
    tell(place)
    weighIfAsked(place)
  }

  const weighIfAsked = (place: Place): void => {
    const { id } = place.config
    const { session } = place.kept
    if (!driven.has(id) || closed || place.weighing || place.weighed === session.step) return
    if (session.locked || session.signing !== null || askingOf(session, deps.offers) !== 'weigh') return
    // A scale that is just being opened is asked when it says that it is ready.
    if (place.devices.find(({ kind }) => kind === 'scale')?.state === 'opening') return
    place.weighed = session.step
    place.weighing = true
    const { step } = session
    askScale(id, () => place.kept.session.step === step && driven.has(id) && !closed).then(
      ({ by, at, reading, content }) => {
        place.weighing = false
        enqueueAlone(place, { id: reading, by, at, step, fingerprint: null, content })
        // It may have been asked for the step before.
        weighIfAsked(place)
      },
      (error: unknown) => log.error({ err: error, station: id }, 'a scale could not be asked'),
    )
  }

  /** The first weight at rest that is one, or what is wrong; an empty pan is waited for while the step still asks. */
  const askScale = async (station: string, isAsked: () => boolean) => {
    const until_ms = performance.now() + LOAD_MS
    try {
      let reading = await stations.weigh(station, null, WEIGH_MS)
      while (isEmptyPan(reading) && isAsked() && performance.now() < until_ms) {
        await pause(LOAD_LOOK_MS)
        reading = await stations.weigh(station, null, WEIGH_MS)
      }
      states.saw(reading)
      return { by: reading.device, at: reading.at, reading: reading.id, content: contentOf(reading) }
    } catch (error) {
      if (!(error instanceof UnknownDevice)) throw error
      // The station was set up anew and has lost its scale.
      const content = { kind: 'fault', deviceKind: 'scale', fault: { code: 'port-gone' } } as const
      return { by: 'scale', at: now(), reading: newId(), content }
    }
  }

  const fromDevice = (reading: Reading): void => {
    const place = places.get(reading.station)
    if (place === undefined) return
    const { id, device, at } = reading
    enqueueAlone(place, { id, by: device, at, step: null, fingerprint: null, content: contentOf(reading) })
  }

  /** For inputs that nobody waits for: what goes wrong is told to the station's screens. */
  const enqueueAlone = (place: Place, arriving: Arriving): void => {
    if (closed) return
    enqueue(place, arriving).catch((error: unknown) => {
      const say = error instanceof Refusal ? refused(error.code, error.values) : serverBusy
      if (!(error instanceof Refusal))
        log.error({ err: error, station: place.config.id }, 'a reading could not be handled')
      send(place, { type: 'trouble', verdict: verdictOf(say, arriving.id, now()) })
    })
  }

  const enqueue = async (place: Place, arriving: Arriving): Promise<void> => {
    if (place.waiting >= QUEUE_MAX) throw new Refusal('stations.queue-full')
    place.waiting += 1
    const turn = place.queue.then(async () => {
      const handled = await persist(place.config, arriving)
      takeUp(place, handled.kept)
      if (handled.say !== null) writeDown(place, arriving, handled.say)
    })
    place.queue = turn.catch(() => undefined)
    try {
      await turn
    } finally {
      place.waiting -= 1
    }
  }

  const persist = async (config: StationConfig, arriving: Arriving): Promise<Handled> => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await handle(deps, config, arriving)
      } catch (error) {
        if (attempt === RETRIES || !isDatabaseAway(error)) throw error
        await pause(RETRY_MS)
      }
    }
  }

  /** The activity log keeps sign-ins, refusals, faults and what was read of an item; never a code that failed, never a name. */
  const writeDown = ({ config, kept }: Place, { by, content }: Arriving, { outcome, code }: Say): void => {
    const person = kept.session.custodian?.id ?? null
    const record = (kind: ActivityRecord['kind'], about: string): void => {
      deps.activity
        .record({ at: now(), kind, person, station: config.id, about, outcome: code })
        .catch((error: unknown) => log.warn({ err: error }, 'a verdict could not be recorded'))
    }
    if (content.kind === 'pin') record('sign-in', by)
    else if (outcome === 'fault') record('device', `${by} ${content.kind}`)
    else if (outcome === 'refused') record('refusal', `${by} ${content.kind}`)
    else if (content.kind === 'scan') {
      const item = shownWork(kept.session, deps.offers)?.work.item
      if (item !== undefined && item !== null) record('read', `item/${item.code}`)
    }
  }

  const states = openDeviceStates({ db, now, log })
  const stations: Stations = openStations([], {
    onReading: (reading) => {
      states.saw(reading)
      fromDevice(reading)
    },
    onState: (report) => {
      states.changed(report)
      const place = places.get(report.station)
      const config = place?.config.devices.find(({ id }) => id === report.device)
      if (place === undefined || config === undefined) return
      const device = deviceView(config, report.state)
      place.devices = place.config.devices.flatMap(({ id }) =>
        id === device.id ? [device] : place.devices.filter((one) => one.id === id),
      )
      send(place, { type: 'device', device })
      if (device.kind === 'scale' && device.state === 'ready') {
        // It was away or ill when it was asked; the person at the bench is still waiting for it.
        place.weighed = 0
        weighIfAsked(place)
      }
    },
    now: () => Date.parse(now()),
    newId,
  })

  /** Its devices are closed; screens must not take the last word of them for the present. */
  const giveUp = (place: Place): void => {
    place.devices = place.config.devices.map(unheardView)
    for (const device of place.devices) send(place, { type: 'device', device })
  }

  const printing = openPrinting({ ...deps, stations, isDriven: (station) => driven.has(station) })

  /** Opens the devices of the stations that are ours, as they are set up now. */
  const drive = async (): Promise<void> => {
    const ours = [...places.values()].filter(({ config }) => driven.has(config.id))
    for (const place of ours) {
      const ids = new Set(place.config.devices.map(({ id }) => id))
      place.devices = place.devices.filter(({ id }) => ids.has(id))
    }
    states.keepOnly(driven)
    await stations.configure(ours.map(({ config }) => config))
    for (const report of stations.states()) states.changed(report)
  }

  await refresh()
  const catchUp = async (): Promise<void> => {
    for (const place of places.values()) takeUp(place, await readSession(db, place.config.id, now()))
  }
  const quietly = (work: Promise<unknown>): void => {
    work.catch((error: unknown) => log.warn({ err: error }, 'stations could not be read; the poll tries again'))
  }

  const listener = await listen(deps.config, STATIONS_CHANNEL, {
    onPayload: (payload) => {
      const [station = '', version = ''] = payload.split(' ')
      const place = places.get(station)
      if (place === undefined) return
      if (version === 'device') quietly(driven.has(station) ? Promise.resolve() : refreshDevices())
      else if (Number(version) > place.kept.version)
        quietly(readSession(db, station, now()).then((kept) => takeUp(place, kept)))
    },
    onGap: () => quietly(catchUp()),
    log,
  })
  const election = openElection({
    config: deps.config,
    candidates: () => Promise.resolve([...places.keys()]),
    onHeld: async (held) => {
      const before = driven
      driven = new Set(held)
      for (const place of places.values())
        if (before.has(place.config.id) && !driven.has(place.config.id)) giveUp(place)
      await drive()
      for (const place of places.values()) {
        weighIfAsked(place)
        printing.wake(place.config)
      }
    },
    log,
  })
  const leaveHub = deps.hub.subscribe(({ type }) => {
    if (type === 'stations.configured')
      quietly(
        refresh().then(async () => {
          await drive()
          election.tryNow()
        }),
      )
    if (deps.labels.wakes.includes(type)) for (const { config } of places.values()) printing.wake(config)
  })
  const poll = setInterval(() => {
    quietly(catchUp().then(refreshDevices))
    for (const { config } of places.values()) printing.wake(config)
  }, POLL_MS)
  const lockLook = setInterval(() => {
    for (const place of places.values())
      if (driven.has(place.config.id) && isDueToLock(place.kept.session, now()))
        quietly(lockIfIdle(deps, place.config.id).then((kept) => takeUp(place, kept)))
  }, LOCK_LOOK_MS)
  const prune = setInterval(() => quietly(pruneReadings(db)), PRUNE_MS)

  return {
    input: async (station, arriving) => {
      const place = placeOf(station)
      await enqueue(place, arriving)
      return answerOf(place)
    },
    session: async (station) => {
      const place = placeOf(station)
      takeUp(place, await readSession(db, station, now()))
      return answerOf(place)
    },
    follow: async (station, onMessage) => {
      const place = placeOf(station)
      takeUp(place, await readSession(db, station, now()))
      onMessage({ type: 'session', ...answerOf(place) })
      place.followers.add(onMessage)
      return () => place.followers.delete(onMessage)
    },
    close: async () => {
      closed = true
      for (const timer of [poll, lockLook, prune]) clearInterval(timer)
      leaveHub()
      await listener.close()
      await printing.close()
      await stations.close()
      await Promise.all([...places.values()].map(({ queue }) => queue))
      await election.close()
      await states.close()
    },
  }
}

function isDueToLock(session: Session, now: string): boolean {
  return session.custodian !== null && !session.locked && now >= locksAtOf(session)
}

function isEmptyPan({ value }: Reading): boolean {
  return value.kind === 'weight' && value.weight_mg === 0
}

function contentOf({ deviceKind, raw, value }: Reading): Arriving['content'] {
  switch (value.kind) {
    case 'scan':
      return { kind: 'scan', text: value.text, repeated: value.repeats !== undefined && value.repeats !== null }
    case 'badge':
      return { kind: 'badge', badge: value.badge }
    case 'weight':
      return value.stable
        ? { kind: 'weight', weight_mg: value.weight_mg, raw }
        : { kind: 'fault', deviceKind, fault: { code: 'unstable' } }
    case 'fault':
      return { kind: 'fault', deviceKind, fault: value.fault }
  }
}
