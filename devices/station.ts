import { attachDevice, type Attached, moment, type StationsOptions, type Wanted, wantedDevices } from './attached.ts'
import { openCounters, type Asked, type StarCount } from './keypad/counters.ts'
import type { ClerkSignal, Keypad } from './keypad/keypad.ts'
import type { RoundLimits } from './keypad/rounds.ts'
import type { Pages } from './office/office-printer.ts'
import { openPort } from './port.ts'
import type {
  Bitmap,
  DeviceCounts,
  DeviceReport,
  Fault,
  Feedback,
  PrintOutcome,
  Reading,
  ScannerOrder,
  StationConfig,
  TagWriteOutcome,
  Told,
} from './reading.ts'
import type { LockBoard, LockState, UnlockOutcome } from './relay/lock-board.ts'
import { readerAway, type TagOrder } from './rfid/write-tag.ts'
import type { Scale } from './scale/scale.ts'
import { sharedLines } from './shared-line.ts'

export type { StationsOptions } from './attached.ts'

export interface Stations {
  /** How every device is, by station and device as configured. */
  states(): DeviceReport[]
  /** What every device did since it was configured. */
  counts(): { readonly station: string; readonly device: string; readonly counts: DeviceCounts }[]
  /**
   * Lets the person at a device hear what became of what it saw last; `unable` where it cannot be heard or is not there (a device may have
   * been taken away since). Never rejects.
   */
  feedback(station: string, device: string, verdict: Feedback): Promise<Told>
  /** Tells a scanner what to do; `unable` where it takes no such order. Rejects with `UnknownDevice` only. */
  order(station: string, device: string, order: ScannerOrder): Promise<Told>
  /**
   * Asks a scale (the station's first when `device` is null) for the weight at rest, and within `within_ms` gives a reading with the
   * weight, `stable`, or with the fault. Rejects with `UnknownDevice` only.
   */
  weigh(station: string, device: string | null, within_ms: number): Promise<Reading>
  /** Sets a scale to zero; null, or the fault. Rejects with `UnknownDevice` only. */
  zero(station: string, device: string | null, within_ms: number): Promise<Fault | null>
  /** Takes what lies on a scale as its tare; null, or the fault. Rejects with `UnknownDevice` only. */
  tare(station: string, device: string | null, within_ms: number): Promise<Fault | null>
  /**
   * Puts the question to the rater at a counter, over all of its keypads; the round's events go to `onKeypad`. Limits when not said: a press
   * counts for 10 s, and after 20 s silence is the answer. Rejects with `UnknownDevice` only.
   */
  ask(station: string, limits?: Partial<RoundLimits>): Promise<Asked>
  /** Takes the open question back, if there is one; it ends as not rated. */
  withdraw(station: string): void
  /** Shows the clerk of a counter what became of something; never anything about a press. Rejects with `UnknownDevice` only. */
  signal(station: string, signal: ClerkSignal): Promise<Told>
  /** Shows the rater how many stars the clerk has. Rejects with `UnknownDevice` only. */
  stars(station: string, count: StarCount): Promise<Told>
  /**
   * Opens one lock of a board; a command that could not be sent within `within_ms` is dropped, never sent late. Rejects with
   * `UnknownDevice` only.
   */
  unlock(station: string, device: string, lock: number, within_ms: number): Promise<UnlockOutcome>
  /** How one lock is by its board's own answer. Rejects with `UnknownDevice` only. */
  lockState(
    station: string,
    device: string,
    lock: number,
    within_ms: number,
  ): Promise<{ readonly state: LockState; readonly fault: Fault | null }>
  /**
   * Writes an EPC to the one tag on a desk reader and reads it back; nothing is begun after `within_ms`, and nothing is written twice. Rejects
   * with `UnknownDevice` only.
   */
  writeTag(station: string, device: string, order: TagOrder, within_ms: number): Promise<TagWriteOutcome>
  /**
   * Prints one page after those asked for earlier; one that has not begun after `within_ms` is refused and never sent. Rejects with
   * `UnknownDevice`, or `RangeError` for a bitmap that contradicts itself.
   */
  print(station: string, device: string, page: Bitmap, within_ms: number): Promise<PrintOutcome>
  /**
   * Prints a file after those asked for earlier; one that has not begun after `within_ms` is refused and never sent. Rejects with
   * `UnknownDevice` only.
   */
  printPages(station: string, device: string, pages: Pages, within_ms: number): Promise<PrintOutcome>
  /** Changes to another configuration; devices that are in both are not touched. Resolves when those that are not are closed. */
  configure(stations: readonly StationConfig[]): Promise<void>
  /** Closes every device; nothing is told after. */
  close(): Promise<void>
}

export class UnknownDevice extends Error {
  constructor(station: string, device: string | null, wanted: string) {
    super(`station ${station} has no ${wanted}${device === null ? '' : ` ${device}`}`)
    this.name = 'UnknownDevice'
  }
}

const NO_BYTES = new Uint8Array(0)

/**
 * Opens the devices of these stations and keeps them open, each for itself: one that fails is opened again with back-off and never stops
 * another. Returns at once; `onState` tells how each comes up.
 */
export function openStations(stations: readonly StationConfig[], options: StationsOptions): Stations {
  const attached = new Map<string, Attached>()
  let changing: Promise<void> = Promise.resolve()
  let closed = false
  const openShared = sharedLines(openPort)
  const counters = openCounters({
    pads,
    newId: () => options.newId(options.now()),
    tell(station, device, raw, value) {
      if (closed || (device !== null && find(station, device) === undefined)) return
      const at_ms = options.now()
      const kept = options.onKeypad?.({ id: options.newId(at_ms), station, device, at: moment(at_ms), raw, value })
      if (value.kind === 'rated') void Promise.resolve(kept).finally(() => value.press.settle())
    },
  })

  function pads(station: string): (Keypad | Fault)[] {
    return [...attached.values()].flatMap((one) =>
      one.station === station && one.device.can === 'rate' ? [one.device.keypad()] : [],
    )
  }

  function mustHavePads(station: string): void {
    if (pads(station).length === 0) throw new UnknownDevice(station, null, 'keypad')
  }

  function findBoard(station: string, device: string): LockBoard | Fault {
    const one = find(station, device)?.device
    if (one?.can !== 'unlock') throw new UnknownDevice(station, device, 'lock board')
    return one.board()
  }

  function attachAll(wanted: ReadonlyMap<string, Wanted>): void {
    for (const [key, { station, config }] of wanted)
      if (!attached.has(key)) attached.set(key, attachDevice(station, config, options, openShared, counters))
  }

  /** Closes what is not wanted before it opens what is new: both may be on one port. */
  async function change(next: readonly StationConfig[]): Promise<void> {
    const wanted = wantedDevices(closed ? [] : next)
    const dropped = [...attached].filter(([key]) => !wanted.has(key))
    for (const [key] of dropped) attached.delete(key)
    await Promise.all(dropped.map(([, one]) => one.close()))
    if (!closed) attachAll(wanted)
  }

  function inTurn(next: readonly StationConfig[]): Promise<void> {
    const changed = changing.then(() => change(next))
    changing = changed.catch(() => undefined)
    return changed
  }

  function findScale(
    station: string,
    device: string | null,
  ): { readonly one: Attached; readonly scale: Scale | Fault } {
    for (const one of attached.values())
      if (one.station === station && one.device.can === 'weigh' && (device === null || one.config.id === device))
        return { one, scale: one.device.scale() }
    throw new UnknownDevice(station, device, 'scale')
  }

  function find(station: string, device: string): Attached | undefined {
    return [...attached.values()].find((one) => one.station === station && one.config.id === device)
  }

  attachAll(wantedDevices(stations))

  return {
    states: () => Array.from(attached.values(), (one) => one.report()),
    counts: () =>
      Array.from(attached.values(), ({ station, config, counts }) => ({
        station,
        device: config.id,
        counts: counts(),
      })),
    async feedback(station, device, verdict) {
      const one = find(station, device)?.device
      if (one?.can !== 'scan') return 'unable'
      const scanner = one.scanner()
      if ('code' in scanner) return scanner
      return scanner.feedback === undefined ? 'unable' : await scanner.feedback(verdict)
    },
    async order(station, device, order) {
      const one = find(station, device)?.device
      if (one?.can !== 'scan') throw new UnknownDevice(station, device, 'scanner')
      const scanner = one.scanner()
      if ('code' in scanner) return scanner
      return scanner.order === undefined ? 'unable' : await scanner.order(order)
    },
    async weigh(station, device, within_ms) {
      const { one, scale } = findScale(station, device)
      if ('code' in scale) return one.reading(NO_BYTES, { kind: 'fault', fault: scale })
      const { raw, meaning, fault } = await scale.weigh(within_ms)
      if (meaning === null) return one.reading(raw, { kind: 'fault', fault })
      return one.reading(raw, { kind: 'weight', weight_mg: meaning.weight_mg, stable: true })
    },
    async zero(station, device, within_ms) {
      const { scale } = findScale(station, device)
      return 'code' in scale ? scale : (await scale.zero(within_ms)).fault
    },
    async tare(station, device, within_ms) {
      const { scale } = findScale(station, device)
      return 'code' in scale ? scale : (await scale.tare(within_ms)).fault
    },
    async ask(station, limits = {}) {
      mustHavePads(station)
      return await counters.ask(station, limits)
    },
    withdraw: (station) => counters.withdraw(station),
    async signal(station, signal) {
      mustHavePads(station)
      return await counters.signal(station, signal)
    },
    async stars(station, count) {
      mustHavePads(station)
      return await counters.stars(station, count)
    },
    async unlock(station, device, lock, within_ms) {
      const board = findBoard(station, device)
      return 'code' in board ? { outcome: 'refused', fault: board } : await board.unlock(lock, within_ms)
    },
    async lockState(station, device, lock, within_ms) {
      const board = findBoard(station, device)
      return 'code' in board ? { state: 'unknown', fault: board } : await board.lockState(lock, within_ms)
    },
    async writeTag(station, device, order, within_ms) {
      const one = find(station, device)?.device
      if (one?.can !== 'read-tags') throw new UnknownDevice(station, device, 'RFID reader')
      const reader = one.reader()
      return 'code' in reader ? readerAway(reader) : await reader.write(order, within_ms)
    },
    async print(station, device, page, within_ms) {
      for (const one of attached.values())
        if (one.station === station && one.config.id === device && one.device.can === 'print')
          return await one.device.printer.print(page, options.now() + within_ms)
      throw new UnknownDevice(station, device, 'printer')
    },
    async printPages(station, device, pages, within_ms) {
      const one = find(station, device)?.device
      if (one?.can !== 'print-pages') throw new UnknownDevice(station, device, 'office printer')
      return await one.printer.print(pages, options.now() + within_ms)
    },
    configure: inTurn,
    close() {
      closed = true
      counters.close()
      return inTurn([])
    },
  }
}
