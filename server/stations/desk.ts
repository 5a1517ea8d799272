import type { Reading, StationConfig, TagReading } from '../../devices/reading.ts'
import type { SignIn } from '../access/sign-in.ts'
import type { Act, ActWithin } from '../act.ts'
import { agentOf } from '../../devices/agent-address.ts'
import type { RemoteDevices } from '../agents/remote.ts'
import type { ConnectionConfig, Db } from '../database/connect.ts'
import { listen } from '../database/listen.ts'
import { newId } from '../id.ts'
import type { Log } from '../database/log.ts'
import type { Hub } from '../hub.ts'
import type { ActivityLog } from '../ledger/activity.ts'
import type { Reader } from '../module.ts'
import { Refusal } from '../refusal.ts'
import { openBeside } from './beside.ts'
import { contentOf } from './content.ts'
import type { CounterWatch } from './counter.ts'
import { type DoorWatch, openDoorWatch } from './door.ts'
import { openDriving } from './driving.ts'
import { farDesk } from './far-desk.ts'
import { openGates } from './gates.ts'
import { openFeedback } from './feedback.ts'
import type { Arriving } from './arriving.ts'
import { endShiftIfOver } from './handling.ts'
import { openJobs } from './jobs.ts'
import { openLocking } from './locking.ts'
import { answerOf, newPlace, type Place, send, tell, tellPan } from './place.ts'
import type { LockOrders } from './locks.ts'
import { mustDrive, orderDevice, type Ordered } from './orders.ts'
import type { DeviceNotes } from './notes.ts'
import { counterPads } from './pads.ts'
import type { LabelJobs, PageJobs } from './printing.ts'
import type { Procedures } from './procedure.ts'
import type { DeviceNote, OrderAnswer, SessionAnswer, ShownReading, StationMessage } from './protocol.ts'
import { openQueue } from './queue.ts'
import { readStations } from './registry.ts'
import { lockGuard } from './relay-outputs.ts'
import { renewWork, subjectShown } from './renewing.ts'
import { openSights } from './sights.ts'
import { type Kept, notifyPan, panSeenIn, pruneReadings, readSession, STATIONS_CHANNEL } from './store.ts'
import { openSweeps, sweepQuestions } from './sweeps.ts'
import { openTagSights } from './tag-sights.ts'
import { openTurns } from './turns.ts'
import { openWeighing } from './weighing.ts'
import { writeDown } from './write-down.ts'

/** Transactions of all stations at once; the rest of the connections serve screens and the records that these wait for. */
const TRANSACTIONS_AT_ONCE = 4
/** Beneath NOTIFY lies a slow poll: a lost notice delays a screen, it never leaves it wrong. */
const POLL_MS = 5_000
const PRUNE_MS = 3_600_000
/** What may end somebody's shift. */
const ENDS_SHIFTS = ['org.badge-revoked', 'org.person-active-set', 'org.appointment-ended']

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
  /** The item that wears a tag; null where no item does. */
  readonly itemOfTag: (db: Reader, epc: string) => Promise<string | null>
  /** What is made of the tags that doors see. */
  readonly doorWatch: DoorWatch
  /** What is to be said of devices. */
  readonly deviceNotes: DeviceNotes
  /** Orders to locks that a register holds. */
  readonly lockOrders: LockOrders
  /** What is made of what happens at the pads of counters. */
  readonly counterWatch: CounterWatch
  /** Where label jobs come from. */
  readonly labels: LabelJobs
  /** Papers for office printers; absent where none are printed. */
  readonly pages?: PageJobs
  /** Devices of other PCs; absent where no agent can join. */
  readonly remote?: RemoteDevices
}

export interface Desk {
  /**
   * Takes an input of a screen to its end, after those that came before.
   * @throws Refusal `stations.unknown`, `stations.queue-full`, `request.key-reused`
   */
  input(station: string, arriving: Arriving): Promise<SessionAnswer>
  /** @throws Refusal `stations.unknown` */
  session(station: string): Promise<SessionAnswer>
  /** Has a device do something for an administrator; throws as `orderDevice`, and `stations.unknown`. */
  order(station: string, ordered: Ordered): Promise<OrderAnswer>
  /**
   * Whether an order would reach the device, for who writes down that it is wanted before giving it.
   * @throws Refusal `stations.unknown`, `stations.unknown-device`, `stations.driven-elsewhere`
   */
  mustDrive(station: string, device: string): void
  /** What is to be known of the devices of these stations. */
  notes(stations: readonly StationConfig[]): Promise<ReadonlyMap<string, readonly DeviceNote[]>>
  /**
   * What a device sees from now on, as it may be shown. `driven`: this process hears it at all.
   * @throws Refusal `stations.unknown`, `stations.unknown-device`
   */
  watch(
    station: string,
    device: string,
    onReading: (reading: ShownReading) => void,
  ): { readonly driven: boolean; readonly leave: () => void }
  /** The session now and after each change, and each change of a device, for one screen. Returns the way to leave. */
  follow(station: string, onMessage: (message: StationMessage) => void): Promise<() => void>
  close(): Promise<void>
}

/**
 * Opens the stations: drives the devices of those that no other process drives, takes what devices and screens send one by one, and tells
 * screens what their session is. Everything that matters is in the database when a promise resolves.
 */
export async function openDesk(deps: DeskDependencies): Promise<Desk> {
  const { db, log, now, offers } = deps
  const places = new Map<string, Place>()
  const handling = { ...deps, turns: openTurns(TRANSACTIONS_AT_ONCE) }
  const sightOf = openSights()
  const tagSightOf = openTagSights()
  const beside = openBeside({ ...deps, places })
  let closed = false

  const placeOf = (station: string): Place => {
    const place = places.get(station)
    if (place === undefined) throw new Refusal('stations.unknown', { station })
    return place
  }

  const quietly = (work: Promise<unknown>): void => {
    work.catch((error: unknown) => log.warn({ err: error }, 'stations could not be read; the poll tries again'))
  }

  /** A later version is taken up, told, and followed by what it asks of the devices. */
  const takeUp = (place: Place, kept: Kept): void => {
    if (kept.version <= place.kept.version) return
    place.kept = kept
    tell(place, offers)
    weighing.look(place)
    deps.remote?.sessionMoved(place.config.id)
  }

  const fromDevice = (place: Place, reading: Reading): void => {
    const sight = sightOf(reading)
    // Ten times a second, and it says nothing: counted where devices are counted, and not taken further.
    if (reading.value.kind === 'badge' && sight === 'held') return
    const { id, device, at } = reading
    queue.enqueueAlone(place, { id, by: device, at, step: null, fingerprint: null, content: contentOf(reading, sight) })
  }

  const fromTag = (place: Place, tag: TagReading): void => {
    gates.saw(place.config, tag)
    if (sweeps.saw(place, tag)) return
    const sight = tagSightOf(place.config, tag)
    if (sight === null) return
    const { id, device, at } = tag
    const content =
      sight.sight === 'one' ? ({ kind: 'tag', epc: sight.epc } as const) : ({ kind: 'several-tags' } as const)
    queue.enqueueAlone(place, { id, by: device, at, step: null, fingerprint: null, content })
  }

  const queue = openQueue({
    ...handling,
    onHandled: takeUp,
    onSaid: (place, arriving, say) => {
      feedback(place.config.id, arriving.by, say)
      writeDown(deps, place, arriving, say)
    },
    onTrouble: (place, { by }, say) => feedback(place.config.id, by, say),
  })
  const driving = openDriving({
    ...deps,
    places,
    onReading: fromDevice,
    onTag: fromTag,
    onKeypad: (place, event) => counters.take(place.config, event),
    onDevice: (place, { kind, state }) => {
      if (kind === 'scale' && state === 'ready') weighing.scaleReady(place)
    },
    onDriven: (place) => {
      weighing.look(place)
      jobs.wake(place.config)
    },
  })
  const { stations, isDriven } = driving
  const counters = deps.counterWatch(
    counterPads({ stations, remote: deps.remote, configOf: (station) => places.get(station)?.config, isDriven, log }),
  )
  const door = openDoorWatch({ ...deps, watch: deps.doorWatch, stations, isLock: lockGuard(deps.db) })
  const jobs = openJobs({
    ...{ ...deps, stations, isDriven },
    tell: ({ bench, device }, say) => {
      const place = places.get(bench)
      const arriving = { id: newId(), by: device, at: now(), step: null, fingerprint: null }
      if (place !== undefined) queue.enqueueAlone(place, { ...arriving, content: { kind: 'told', say } })
    },
  })
  const gates = openGates({ onEvent: door.take, now_ms: () => Date.parse(now()) })
  const sweeps = openSweeps({
    questionOf: sweepQuestions(offers),
    now_ms: () => Date.parse(now()),
    onSwept: (place, { device, ...swept }) => {
      const arriving = { id: newId(), by: device, at: now(), step: null, fingerprint: null }
      queue.enqueueAlone(place, { ...arriving, content: { kind: 'tags', ...swept } })
    },
  })
  const feedback = openFeedback({ stations, log })
  const weighing = openWeighing({
    ...deps,
    stations,
    isDriven: (station) => !closed && isDriven(station),
    onSeen: (reading) => driving.saw(reading),
    onArriving: (place, arriving) => queue.enqueueAlone(place, arriving),
    onPan: (place, step, seen) => quietly(notifyPan(db, place.config.id, step, seen)),
  })

  /** Takes up stations that are new or were changed, and tells screens. */
  const readAll = async (): Promise<void> => {
    for (const config of await readStations(db)) {
      const place = places.get(config.id)
      if (place !== undefined) {
        place.config = config
        place.devices = place.devices.filter(({ id }) => config.devices.some((device) => device.id === id))
      } else places.set(config.id, newPlace(config, await readSession(db, config.id, now())))
    }
    await driving.readOthers()
    await beside.all()
    for (const place of places.values()) {
      tell(place, offers)
      deps.remote?.sessionMoved(place.config.id)
    }
  }

  const catchUp = async (): Promise<void> => {
    for (const [station, place] of places) takeUp(place, await readSession(db, station, now()))
  }

  /** Ends the shifts of those who may not work any more, at the stations whose devices are ours. */
  const endShifts = (): void => {
    for (const place of places.values())
      if (isDriven(place.config.id) && place.kept.session.custodian !== null)
        quietly(endShiftIfOver(handling, place.config).then((kept) => takeUp(place, kept)))
  }

  await readAll()
  const listener = await listen(deps.config, STATIONS_CHANNEL, {
    onPayload: (payload) => {
      const [station = '', version = '', step = '', ...seen] = payload.split(' ')
      const place = places.get(station)
      if (place === undefined) return
      if (version === 'rating') return send(place, { type: 'rating' })
      if (version === 'pan') return tellPan(place, Number(step), panSeenIn(seen))
      const drivenHere = isDriven(station) && place.config.devices.every(({ port }) => agentOf(port) === null)
      if (version === 'device') quietly(drivenHere ? Promise.resolve() : driving.readOthers())
      else if (Number(version) > place.kept.version)
        quietly(readSession(db, station, now()).then((kept) => takeUp(place, kept)))
    },
    onGap: () => quietly(catchUp()),
    log,
  })
  driving.begin()
  deps.remote?.begin(
    farDesk({ ...handling, places, placeOf, queue, counters, driving, sightOf, onTag: fromTag, onKept: takeUp }),
  )
  const leaveHub = deps.hub.subscribe((hint) => {
    const { type, subject } = hint
    counters.heard(hint)
    for (const place of places.values())
      if (isDriven(place.config.id) && subjectShown(place.kept, deps) === subject)
        quietly(renewWork(handling, place.config, subject).then((kept) => takeUp(place, kept)))
    if (type === 'stations.configured') quietly(readAll().then(driving.setUp))
    if (ENDS_SHIFTS.includes(type)) endShifts()
    if (offers.some(({ offline }) => offline?.wakes.includes(type) === true)) quietly(beside.conflicts())
    if (deps.doorWatch.wakes.includes(type)) quietly(beside.alarms())
    if (deps.deviceNotes.wakes.includes(type)) quietly(beside.notes())
    for (const { config } of places.values()) jobs.heard(type, config)
  })
  const poll = setInterval(() => {
    quietly(catchUp().then(driving.readOthers).then(beside.all))
    endShifts()
    for (const { config } of places.values()) jobs.wake(config)
  }, POLL_MS)
  const stopLocking = openLocking({
    ...handling,
    ours: () => [...places.values()].filter(({ config }) => isDriven(config.id)),
    onLocked: takeUp,
    quietly,
  })
  const prune = setInterval(() => quietly(pruneReadings(db)), PRUNE_MS)

  return {
    input: async (station, arriving) => {
      const place = placeOf(station)
      await queue.enqueue(place, arriving)
      return answerOf(place, offers)
    },
    session: async (station) => {
      const place = placeOf(station)
      takeUp(place, await readSession(db, station, now()))
      return answerOf(place, offers)
    },
    order: (station, ordered) =>
      orderDevice({ ...deps, stations, isDriven, onWeighed: driving.saw }, placeOf(station), ordered),
    notes: (stations) => deps.deviceNotes.read(db, stations, now()),
    mustDrive: (station, device) => void mustDrive({ isDriven }, placeOf(station).config, device),
    watch: (station, device, onReading) => {
      const watched = placeOf(station).config.devices.find(({ id }) => id === device)
      if (watched === undefined) throw new Refusal('stations.unknown-device', { station, device })
      const far = agentOf(watched.port)
      const driven = far === null ? isDriven(station) : deps.remote?.hears(far.agent) === true
      return { driven, leave: driving.watch(station, device, onReading) }
    },
    follow: async (station, onMessage) => {
      const place = placeOf(station)
      takeUp(place, await readSession(db, station, now()))
      onMessage({ type: 'session', ...answerOf(place, offers) })
      place.followers.add(onMessage)
      return () => place.followers.delete(onMessage)
    },
    close: async () => {
      closed = true
      for (const timer of [poll, prune]) clearInterval(timer)
      stopLocking()
      gates.close()
      sweeps.close()
      leaveHub()
      await listener.close()
      const { paged } = await jobs.close()
      await queue.close()
      await door.close()
      await driving.close()
      await paged
      await counters.close()
    },
  }
}
