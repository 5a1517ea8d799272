/** What the panel knows of the emulated devices, and its hands. It asks again and again: the devices are seen from outside. */

import type { Codes, Demonstration, Instrument, ItemCode } from '../../../server/demo/protocol.ts'
import { Deed } from '../../deed.ts'
import type { Notice } from '../../notice.ts'
import { api, noticeOfAnswer } from '../../page.svelte.ts'

const LOOK_MS = 1_000
/** Codes change when something was done; two hundred items need not be asked for every second. */
const CODES_EVERY = 4

export class Panel {
  demonstration = $state.raw<Demonstration | null>(null)
  codes = $state.raw<Codes | null>(null)
  instruments = $state.raw<Readonly<Record<string, Instrument>>>({})
  station = $state('')
  /** What went wrong with a device's last deed. */
  notices = $state.raw<Readonly<Record<string, Notice>>>({})
  notice = $state.raw<Notice | null>(null)
  /** The item whose label was scanned last: the scale offers its weight. */
  held = $state.raw<ItemCode | null>(null)
  /** What the scanner sent last. */
  scanned = $state('')
  #looks = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #closed = false

  readonly devices = $derived((this.demonstration?.emulators ?? []).filter(({ station }) => station === this.station))

  constructor() {
    void this.#open()
  }

  async #open(): Promise<void> {
    const answer = await api.get<Demonstration>('/api/demo')
    if (answer.kind !== 'done') {
      this.notice = noticeOfAnswer(answer)
      return
    }
    this.demonstration = answer.body
    this.station = answer.body.stations[0]?.id ?? ''
    await this.#look()
  }

  async #look(): Promise<void> {
    clearTimeout(this.#timer)
    if (!document.hidden) {
      if (this.#looks % CODES_EVERY === 0) await this.#readCodes()
      this.#looks += 1
      await Promise.all(this.devices.map(({ device }) => this.#readInstrument(device)))
    }
    if (!this.#closed) this.#timer = setTimeout(() => void this.#look(), LOOK_MS)
  }

  async #readCodes(): Promise<void> {
    const answer = await api.get<Codes>('/api/demo/codes')
    if (answer.kind !== 'done') return
    this.codes = answer.body
    const code = this.held?.code
    this.held = answer.body.items.find((item) => item.code === code) ?? this.held
  }

  async #readInstrument(device: string): Promise<void> {
    const answer = await api.get<Instrument>(`/api/demo/emulators/${device}`)
    if (answer.kind === 'done') this.instruments = { ...this.instruments, [device]: answer.body }
  }

  /** Shows another station's devices. */
  turnTo(station: string): void {
    this.station = station
    this.#looks = 0
    void this.#look()
  }

  /** One deed of a hand at a device; what goes wrong is told beside it. */
  async does(device: string, deed: object): Promise<boolean> {
    const path = `/api/demo/emulators/${device}`
    // A scan is sent once: late, it would mean something else.
    const answer = await api.write('POST', path, deed, new Deed(), [])
    const { [device]: _before, ...others } = this.notices
    this.notices = answer.kind === 'done' ? others : { ...others, [device]: noticeOfAnswer(answer) }
    this.#looks = 0
    await this.#readInstrument(device)
    return answer.kind === 'done'
  }

  #deviceOf(kind: Instrument['kind']): string | null {
    return this.devices.find((one) => one.kind === kind)?.device ?? null
  }

  /** Whether anything here can read a badge. */
  get readsBadges(): boolean {
    return this.#deviceOf('badge') !== null || this.#deviceOf('scanner') !== null
  }

  /** Points this station's scanner at something. */
  async scan(payload: string, item: ItemCode | null = null): Promise<void> {
    const scanner = this.#deviceOf('scanner')
    if (scanner === null) return
    this.scanned = payload
    if (item !== null) this.held = item
    await this.does(scanner, { scan: payload })
  }

  /** Holds a badge to the badge reader, or to the scanner where there is none. */
  async swipe(badge: string): Promise<void> {
    const reader = this.#deviceOf('badge')
    if (reader === null) await this.scan(badge)
    else await this.does(reader, { badge })
  }

  /** The item that a printed or typed code belongs to. */
  itemOf(payload: string): ItemCode | null {
    return this.codes?.items.find((item) => item.payload === payload || item.code === payload) ?? null
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
  }
}
