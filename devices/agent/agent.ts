import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Journal, type JournalCut, NotKept, openJournal } from '../journal.ts'
import type { DeviceReport, Reading, StationConfig } from '../reading.ts'
import { openStations } from '../station.ts'
import { countsSince } from '../counts-since.ts'
import { openBallots } from './ballots.ts'
import { uncountedPresses } from './uncounted.ts'
import { runErrand } from './errands.ts'
import { heldFiles } from './held-files.ts'
import { type Identity, writeDurably } from './identity.ts'
import { openLink, type Surrender, type Welcome } from './link.ts'
import { type OfflineSaid, openOfflineBenches } from './offline-benches.ts'
import type { Words } from './offline-words.ts'
import { openPage } from './page.ts'
import { type AgentFault, COUNTED_A_BEAT, type FromAgent, IN_FLIGHT_MAX } from './protocol.ts'
import { tagSender } from './tags.ts'
import { serverClock } from './server-clock.ts'

/** What the program of this PC tells, one by one. */
export type AgentEvent =
  | { readonly event: 'joined'; readonly backlog: number }
  | { readonly event: 'away'; readonly why: string }
  | { readonly event: 'refused'; readonly code: string; readonly zh: string; readonly en: string }
  | { readonly event: 'journal-cut'; readonly cut: JournalCut }
  | { readonly event: 'not-kept'; readonly fault: string; readonly station: string; readonly device: string }
  | { readonly event: 'kept'; readonly n: number; readonly reading: string }
  /** A vote can be pressed at the pads of this counter. */
  | { readonly event: 'asked'; readonly station: string }
  /** A sealed ballot is in the journal; nothing more is said of it, and the console of this PC does not say even that. */
  | { readonly event: 'ballot-kept'; readonly n: number; readonly station: string }
  | { readonly event: 'not-saved'; readonly why: string }
  | { readonly event: 'device'; readonly report: DeviceReport }
  | { readonly event: 'page'; readonly url: string }
  | { readonly event: 'pan-left'; readonly station: string }
  | { readonly event: 'no-page'; readonly why: string }
  | { readonly event: 'held'; readonly station: string; readonly list: string | null }
  /** What a bench said while the line was down. */
  | ({ readonly event: 'offline'; readonly station: string } & OfflineSaid)

export interface AgentOptions {
  readonly identity: Identity
  readonly tell: (event: AgentEvent) => void
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Milliseconds of a clock that only goes forward. */
  readonly monotonic: () => number
  /** A UUIDv7 of this moment. */
  readonly newId: (at_ms: number) => string
  /** Of the page for the person at this PC, on loopback alone; 0 for any that is free, null for no page. */
  readonly pagePort: number | null
  /** Where device files stand. */
  readonly deviceFolder: string
}

const STATIONS_FILE = 'stations.json'
const RUN_BYTES = 8

/**
 * The same devices on another PC. Opens what the server last told it to open, with the server there or not; what they see goes to the journal
 * first, then up in order, until each is acknowledged. A list that was open at a bench when the line dropped goes on here. Orders come down with a deadline and are carried out once. How devices are is told anew
 * at every join. What raters press is sealed here; the journal holds what only the tally opens.
 */
export async function startAgent({
  identity,
  tell,
  now,
  monotonic,
  newId,
  pagePort,
  deviceFolder,
}: AgentOptions): Promise<{ close(): Promise<void> }> {
  const run = randomBytes(RUN_BYTES).toString('hex')
  const journal: Journal = await openJournal({ folder: identity.folder, key: identity.key, now, monotonic, run })
  if (journal.cut !== null) tell({ event: 'journal-cut', cut: journal.cut })
  const clock = serverClock(monotonic)
  const stationsFile = join(identity.folder, STATIONS_FILE)
  let send: ((message: FromAgent) => void) | null = null
  /** Why the server does not want this PC; null when it does, or nobody knows. */
  let refused: Words | null = null
  /** The last record sent over this connection, and the last acknowledged. */
  let sent = 0
  let acked = 0
  /** Connections that have ended: what was begun for one of them does not go on. */
  let ended = 0
  let configuring: Promise<void> = Promise.resolve()

  const benches = await openOfflineBenches({
    ...{ files: await heldFiles(identity.folder), journal, now, monotonic, run },
    stations: {
      weigh: (...asked) => stations.weigh(...asked),
      feedback: (...told) => stations.feedback(...told),
    },
    onKept: (n, reading) => {
      tell({ event: 'kept', n, reading })
      pump()
    },
    onSaid: (station, said) => tell({ event: 'offline', station, ...said }),
    onPanLeft: (station) => tell({ event: 'pan-left', station }),
    onHeld: (station, list) => tell({ event: 'held', station, list }),
    onShown: () => page?.changed(),
    onNotSaved: (error) => tell({ event: 'not-saved', why: String(error) }),
  })
  const page =
    pagePort === null
      ? null
      : await openPage({
          port: pagePort,
          look: () => ({ away: send === null, refused, backlog: readingsWaiting(journal), benches: benches.shown() }),
        }).catch((error: NodeJS.ErrnoException) => {
          // What the devices see matters more than this page.
          if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error
          tell({ event: 'no-page', why: error.message })
          return null
        })
  if (page !== null) tell({ event: 'page', url: page.url })

  const keep = (reading: Reading): void => {
    if (benches.take(reading)) return
    journal.append(reading).then(
      ({ n }) => {
        tell({ event: 'kept', n, reading: reading.id })
        pump()
      },
      (error: unknown) => {
        if (!(error instanceof NotKept)) throw error
        tell({ event: 'not-kept', fault: error.fault, station: reading.station, device: reading.device })
        void stations.feedback(reading.station, reading.device, 'bad')
      },
    )
  }

  const uncounted = uncountedPresses((t, station, times) => {
    send?.({ t, station, times })
    return send !== null
  })
  const ballots = openBallots({
    clock,
    stations: {
      ask: (...asked) => stations.ask(...asked),
      withdraw: (station) => stations.withdraw(station),
      signal: (...told) => stations.signal(...told),
    },
    askServer(id, station) {
      send?.({ t: 'clerk-asks', id, station })
      return send !== null
    },
    onAsked: (station) => tell({ event: 'asked', station }),
    onAttempt: uncounted.pressed,
    keep(ballot) {
      const { station, device } = ballot
      return journal.append(ballot).then(
        ({ n }) => {
          tell({ event: 'ballot-kept', n, station })
          pump()
        },
        (error: unknown) => {
          if (!(error instanceof NotKept)) throw error
          tell({ event: 'not-kept', fault: error.fault, station, device })
        },
      )
    },
  })
  const tags = tagSender({ clock, now, send: (seen) => send?.({ t: 'tags', tags: seen }) })
  const stations = openStations(await lastStations(stationsFile), {
    onReading: keep,
    onTag: tags.saw,
    onKeypad: ballots.take,
    onState(report) {
      tell({ event: 'device', report })
      send?.({ t: 'states', reports: [report] })
    },
    now,
    newId,
  })

  const counted = countsSince()

  /** Sends what waits, as far as the window goes. */
  function pump(): void {
    if (send === null) return
    const room = IN_FLIGHT_MAX - (sent - acked)
    const server_ms = clock.earliest()
    if (room <= 0 || server_ms === null) return
    const oldest = journal.waiting(0, 1)[0]?.n ?? 0
    for (const { n, text, seal, record } of journal.waiting(sent, room)) {
      const seen_ms = server_ms - journal.age_ms(record)
      send({ t: 'record', text, seal: seal.toString('base64'), seen_ms, oldest })
      sent = n
    }
  }

  const configure = (next: readonly StationConfig[]): void => {
    configuring = configuring
      .then(() => writeDurably(stationsFile, { stations: next }))
      // What is only a help for the next start without a server must not keep devices closed now.
      .catch((error: unknown) => tell({ event: 'not-saved', why: String(error) }))
      .then(() => stations.configure(next))
      .then(() => send?.({ t: 'states', reports: stations.states() }))
  }

  /** Goes on where the server stands; false when the connection has ended meanwhile. */
  const catchUp = async (
    { after, hash }: Pick<Welcome, 'after' | 'hash'>,
    by: (message: FromAgent) => void,
  ): Promise<boolean> => {
    const before = ended
    const { last, backlog } = journal.state()
    const [record] = journal.waiting(after - 1, 1)
    // The server has it already and only its acknowledgement was lost; with another hash it is sent, and the server says what is wrong.
    if (record?.n === after && record.hash === hash) await journal.acknowledge(after)
    if (after > last && backlog === 0) await journal.continueAfter({ after, hash })
    if (ended !== before) return false
    const [first] = journal.waiting(0, 1)
    acked = sent = (first?.n ?? journal.state().last + 1) - 1
    send = by
    return true
  }

  const join_ = async (welcome: Welcome, by: (message: FromAgent) => void): Promise<void> => {
    if (!(await catchUp(welcome, by))) return
    refused = null
    benches.setAway(false)
    tell({ event: 'joined', backlog: journal.state().backlog })
    configure(welcome.stations)
    uncounted.tell()
    pump()
  }

  const surrender = async (to: Surrender, by: (message: FromAgent) => void): Promise<void> => {
    benches.forget()
    configure([])
    if (await catchUp(to, by)) pump()
  }

  const link = openLink({
    identity,
    clock,
    now,
    monotonic,
    events: {
      onWelcome: (welcome, by) => {
        void join_(welcome, by)
      },
      onSurrender: (to, by) => {
        void surrender(to, by)
      },
      onConfigure: configure,
      onHold: (message) => {
        const { t, station, waiting, locked, load } = message
        if (t === 'progress') return benches.progress(station, message.pass, { waiting, locked, load })
        benches.hold(station, message.held, { waiting, locked, load })
      },
      onAck: (n) => {
        acked = Math.max(acked, n)
        void journal.acknowledge(n).then(() => {
          pump()
          page?.changed()
        })
      },
      onOrder: (order) => runErrand({ stations, ballots, folder: deviceFolder }, order, clock.latest()),
      onVote: ballots.offered,
      onAway: (why) => {
        if (send !== null) tell({ event: 'away', why })
        send = null
        ended += 1
        benches.setAway(true)
        ballots.away()
      },
      onRefused: (code, { zh, en }) => {
        refused = { zh, en }
        if (code === 'agents.revoked') benches.forget()
        tell({ event: 'refused', code, zh, en })
        page?.changed()
      },
      status: () => {
        const { backlog, oldestAt, fault } = journal.state()
        const shown: AgentFault | null = fault ?? (journal.cut === null ? null : 'journal-cut')
        // What nobody hears yet is not told away.
        const news = send === null ? [] : counted(stations.counts()).slice(0, COUNTED_A_BEAT)
        return { backlog, oldestAt, fault: shown, counted: news }
      },
    },
  })

  return {
    async close() {
      await link.close()
      await stations.close()
      tags.close()
      await configuring
      await benches.close()
      await page?.close()
      await journal.close()
    },
  }
}

/** How many readings wait for the server; a rater's sealed presses are not counted. */
function readingsWaiting(journal: Journal): number {
  return journal.waiting(0, Infinity).filter(({ record }) => record.reading.value.kind !== 'ballot').length
}

/** What the server said last; nothing before it ever spoke. */
async function lastStations(path: string): Promise<readonly StationConfig[]> {
  try {
    return (JSON.parse(await readFile(path, 'utf8')) as { stations: readonly StationConfig[] }).stations
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
