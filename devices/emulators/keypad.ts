import { receivedBytes } from './received.ts'
import { openWire } from './wire.ts'

/** A pad that gets no answer sends its rating once more after this time. */
const AGAIN_MS = 500
/** A key that sticks is sent this often. */
const STUCK_MS = 60

export interface PressOptions {
  /** The sum is one too many. */
  readonly badSum?: boolean
  /** Send this many bytes and no more, as a pad does that loses its power. */
  readonly cut?: number
  /** How many pieces the bytes arrive in. */
  readonly pieces?: number
  /** Send noise of the line in front. */
  readonly noise?: number
  /** The key sticks: it is sent so many times. */
  readonly times?: number
  /** Send it again when no answer comes, as pads do; true by default. */
  readonly again?: boolean
}

export interface EmulatedKeypadBus {
  readonly address: string
  /** A rater at a window presses a key (its byte). Resolves when it is on the wire. */
  press(window: number, key: number, options?: PressOptions): Promise<void>
  /** A clerk at a window types bytes: digits, then the key. */
  clerk(window: number, typed: readonly number[], options?: PressOptions): Promise<void>
  /** Two raters press at the same moment, and the line carries both at once. */
  collide(first: { window: number; key: number }, second: { window: number; key: number }): Promise<void>
  /** How many answers the pads of a window have seen since it was asked last. */
  answers(window: number): number
  /** Echoes of what a clerk of this window typed. */
  echoes(window: number): number
  /** What the clerk's pad of a window shows. */
  shows(window: number): 'nothing' | 'success' | 'failure' | 'alarm'
  /** How many stars the rater's pad of a window shows. */
  stars(window: number): number | null
  /** From now on every byte that the host sends comes back to it, as on a line that hears itself. */
  echo(on: boolean): void
  sendRaw(bytes: Uint8Array): Promise<void>
  received(): Uint8Array
  /** How many bytes came, those that are no longer kept included. */
  receivedCount(): number
  unplug(): Promise<void>
  replug(): Promise<void>
  close(): Promise<void>
}

/**
 * Starts a line with the clerks' and the raters' pads of all windows, as the "FF 68" frames have it: FF 68 L L 68 address command data sum 16. A
 * rating waits for the host's answer, which comes without FF; what a clerk types waits for its own bytes. The end byte of the host's frames is
 * not looked at, since programs in the field get it wrong.
 */
export async function startKeypadBus({ listen }: { readonly listen: string }): Promise<EmulatedKeypadBus> {
  const received = receivedBytes()
  const answers = new Map<number, number>()
  const echoes = new Map<number, number>()
  const shown = new Map<number, 'success' | 'failure' | 'alarm'>()
  const starred = new Map<number, number>()
  const waiting = new Map<number, NodeJS.Timeout>()
  let heard: number[] = []
  let echoing = false

  const wire = await openWire(listen, (bytes) => {
    received.add(bytes)
    if (echoing) wire.send(bytes).catch(() => undefined)
    heard.push(...bytes)
    listenTo()
  })

  /** Takes the host's frames apart by their length alone. */
  function listenTo(): void {
    for (;;) {
      while (heard.length > 0 && heard[0] !== 0x68) heard.shift()
      const [, length = 0, again] = heard
      if (heard.length < 4) return
      if (length !== again || heard[3] !== 0x68) {
        heard.shift()
        continue
      }
      if (heard.length < length + 6) return
      const body = heard.slice(4, 4 + length)
      const sum = heard[4 + length]
      heard = heard.slice(length + 6)
      if (sum === total(body)) obey(body)
    }
  }

  function obey([address = 0, command = 0, ...data]: number[]): void {
    const window = address & 0x7f
    if (address > 0x80) {
      if (command === 0x01 && data.length === 0) {
        clearTimeout(waiting.get(window))
        answers.set(window, (answers.get(window) ?? 0) + 1)
      }
      if (command === 0x02) starred.set(window, data[0] ?? 0)
    } else if (command === 0x01) echoes.set(window, (echoes.get(window) ?? 0) + 1)
    else if (command === 0x02) shown.set(window, data[0] === 1 ? 'success' : 'failure')
    else if (command === 0x03) shown.set(window, 'alarm')
  }

  async function send(
    frame: Uint8Array,
    { badSum, cut, pieces = 1, noise = 0, times = 1 }: PressOptions,
  ): Promise<void> {
    const sent = Uint8Array.from(frame)
    if (badSum === true) sent[sent.length - 2] = ((sent[sent.length - 2] ?? 0) + 1) & 0xff
    const bytes = Buffer.concat([new Uint8Array(noise).fill(0x5a), sent.subarray(0, cut)])
    const size = Math.max(1, Math.ceil(bytes.length / pieces))
    for (let nth = 0; nth < times; nth += 1) {
      if (nth > 0) await new Promise((next) => setTimeout(next, STUCK_MS))
      for (let from = 0; from < bytes.length; from += size) await wire.send(bytes.subarray(from, from + size))
    }
  }

  return {
    address: wire.address,
    async press(window, key, options = {}) {
      const frame = frameOf(0x80 + window, [0x11, key])
      await send(frame, options)
      clearTimeout(waiting.get(window))
      if (options.again === false) return
      waiting.set(
        window,
        setTimeout(() => void wire.send(frame).catch(() => undefined), AGAIN_MS),
      )
    },
    clerk: (window, typed, options = {}) => send(frameOf(window, [0x01, ...typed]), options),
    async collide(first, second) {
      const one = frameOf(0x80 + first.window, [0x11, first.key])
      const other = frameOf(0x80 + second.window, [0x11, second.key])
      // Both drive the line low where either does.
      await wire.send(one.map((byte, at) => byte & (other[at] ?? 0xff)))
    },
    answers: (window) => answers.get(window) ?? 0,
    echoes: (window) => echoes.get(window) ?? 0,
    shows: (window) => shown.get(window) ?? 'nothing',
    stars: (window) => starred.get(window) ?? null,
    echo(on) {
      echoing = on
    },
    sendRaw: (bytes) => wire.send(bytes),
    received: received.all,
    receivedCount: received.count,
    async unplug() {
      heard = []
      waiting.forEach((timer) => clearTimeout(timer))
      await wire.unplug()
    },
    replug: () => wire.replug(),
    async close() {
      waiting.forEach((timer) => clearTimeout(timer))
      await wire.close()
    },
  }
}

function frameOf(address: number, rest: readonly number[]): Uint8Array {
  const body = [address, ...rest]
  return Uint8Array.of(0xff, 0x68, body.length, body.length, 0x68, ...body, total(body), 0x16)
}

function total(body: readonly number[]): number {
  return body.reduce((sum, byte) => sum + byte, 0) & 0xff
}
