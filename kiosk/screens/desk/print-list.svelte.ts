/** A list whose labels are printed: what is chosen of it, where it comes out, and what became of it. */

import type { DeviceRow } from '../../../server/stations/protocol.ts'
import { Reading } from '../../custody/reading.svelte.ts'
import { Deeds } from '../../deed.ts'
import type { Notice } from '../../notice.ts'
import { api, noticeOfAnswer, signedIn, speaker } from '../../page.svelte.ts'
import { Cards } from './cards.svelte.ts'
import { keepPrinter, keptPrinter, type ListedStation, printerOf, printingStations, usualPrinter } from './printers.ts'

/** Beneath the live line lies a slow look: a lost hint delays the screen, it never leaves it wrong. */
const LOOK_MS = 4_000

export class PrintList {
  readonly cards = new Cards()
  readonly stations = new Reading(() =>
    api.all<{ readonly stations: readonly ListedStation[] }>('/api/stations', 'stations'),
  )
  readonly devices = new Reading(() => api.all<{ readonly devices: readonly DeviceRow[] }>('/api/devices', 'devices'))
  chosen = $state.raw<ReadonlySet<string>>(new Set())
  busy = $state(false)
  reprinting = $state(false)
  notice = $state.raw<Notice | null>(null)
  readonly #deeds = new Deeds()
  readonly #codes: () => readonly string[]
  readonly #reload: () => Promise<void>
  #kept = $state(keptPrinter())

  readonly places = $derived(printingStations(this.stations.body?.stations ?? []))
  readonly station = $derived(
    this.places.find(({ id }) => id === this.#kept) ?? usualPrinter(this.places, signedIn.person),
  )
  readonly printer = $derived(
    this.station === undefined ? null : printerOf(this.devices.body?.devices ?? [], this.station),
  )
  /** In the order of the list, which is the order in which they come out. */
  readonly marked = $derived.by(() => this.#codes().filter((code) => this.chosen.has(code)))
  readonly fresh = $derived(this.marked.filter((code) => this.isFresh(code)))
  readonly again = $derived(this.marked.filter((code) => this.cards.by.has(code) && !this.isFresh(code)))

  /**
   * @param codes of the list, in its order
   * @param reload reads the list again, after an act of which it is not known how far it came
   */
  constructor(codes: () => readonly string[], reload: () => Promise<void>) {
    this.#codes = codes
    this.#reload = reload
  }

  /** Whether nothing of this label is out there. */
  isFresh(code: string): boolean {
    const label = this.cards.by.get(code)
    return label === null || label?.state === 'failed'
  }

  load(): void {
    void this.stations.load()
    void this.devices.load()
  }

  /** Looks at the printers and at what is being printed until it is told to stop. */
  watch(): () => void {
    const timer = setInterval(() => {
      void this.devices.load()
      void this.cards.askOpen()
    }, LOOK_MS)
    return () => clearInterval(timer)
  }

  chooseStation(id: string): void {
    this.#kept = id
    keepPrinter(id)
  }

  mark(codes: readonly string[], on: boolean): void {
    const next = new Set(this.chosen)
    for (const code of codes)
      if (on) next.add(code)
      else next.delete(code)
    this.chosen = next
  }

  /** Sends these to the printer; with a reason, what is out there becomes void. Null when all are on their way. */
  async print(codes: readonly string[], reason: string | null): Promise<Notice | null> {
    if (this.busy || this.station === undefined || codes.length === 0) return null
    this.busy = true
    const answer = await this.cards.print(codes, this.station, reason, this.#deeds)
    this.busy = false
    this.notice = answer.kind === 'done' ? null : noticeOfAnswer(answer)
    if (answer.kind === 'done') this.mark(codes, false)
    else await this.#reload()
    speaker.play(answer.kind === 'done' ? 'accepted' : answer.kind === 'refused' ? 'refused' : 'fault')
    return this.notice
  }

  printFresh(): void {
    if (this.fresh.length > 0) void this.print(this.fresh, null)
    else speaker.play('refused')
  }

  /** Asks why this one is printed again. */
  askReprint(code: string): void {
    this.chosen = new Set([code])
    this.reprinting = true
  }
}
