import { receivedBytes } from './received.ts'
import { openWire } from './wire.ts'

/** The bolt is drawn this long after the command, and the door stands open. */
const DRAW_MS = 120

export interface EmulatedLockBoard {
  readonly address: string
  /** Whether a lock's door is shut. */
  isShut(lock: number): boolean
  /** A person shuts a door. */
  shut(lock: number): void
  /** The bolt of this lock does not move any more. */
  jam(lock: number): void
  /** From now on the board answers nothing (true), or again; it still obeys unless `deaf`. */
  silence(silent: boolean, options?: { readonly deaf?: boolean }): void
  /** The next answer has a wrong sum. */
  badSumNext(): void
  /** The next answer is cut off after so many bytes. */
  cutNext(length: number): void
  /** From now on the host hears its own bytes. */
  echo(on: boolean): void
  /** How often a bolt was drawn. */
  draws(): number
  sendRaw(bytes: Uint8Array): Promise<void>
  received(): Uint8Array
  /** How many bytes came, those that are no longer kept included. */
  receivedCount(): number
  unplug(): Promise<void>
  replug(): Promise<void>
  close(): Promise<void>
}

export interface LockBoardOptions {
  readonly listen: string
  readonly board?: number
  readonly locks?: number
  /** The state byte of a shut door; boards contradict each other. */
  readonly shutByte?: 0x00 | 0x11
}

/**
 * Starts a lock board that exists only on its wire: five bytes, the last the exclusive or of the four before. 8A opens a lock (lock 0: all), 80 asks
 * how it is, 82 asks for the firmware. The answer to 8A is the same bytes as the command.
 */
export async function startLockBoard({
  listen,
  board = 1,
  locks = 12,
  shutByte = 0x11,
}: LockBoardOptions): Promise<EmulatedLockBoard> {
  const received = receivedBytes()
  const open = new Set<number>()
  const jammed = new Set<number>()
  const drawing = new Set<NodeJS.Timeout>()
  let heard: number[] = []
  let silent = false
  let deaf = false
  let echoing = false
  let badSum = false
  let cut: number | null = null
  let draws = 0

  const wire = await openWire(listen, (bytes) => {
    received.add(bytes)
    if (echoing) wire.send(bytes).catch(() => undefined)
    heard.push(...bytes)
    while (heard.length >= 5) {
      const frame = heard.slice(0, 5)
      if (frame.reduce((sum, byte) => sum ^ byte, 0) !== 0) {
        heard.shift()
        continue
      }
      heard = heard.slice(5)
      if (frame[1] === board && !deaf) obey(frame)
    }
  })

  function obey([command = 0, , lock = 0, func = 0]: number[]): void {
    if (command === 0x8a && func === 0x11) {
      for (const one of lock === 0 ? Array.from({ length: locks }, (_, nth) => nth + 1) : [lock]) draw(one)
      say(0x8a, lock, 0x11)
    }
    if (command === 0x80 && func === 0x33 && lock >= 1 && lock <= locks)
      say(0x80, lock, open.has(lock) ? shutByte ^ 0x11 : shutByte)
  }

  function draw(lock: number): void {
    draws += 1
    if (jammed.has(lock)) return
    const timer = setTimeout(() => {
      drawing.delete(timer)
      open.add(lock)
    }, DRAW_MS)
    drawing.add(timer)
  }

  function say(command: number, lock: number, state: number): void {
    if (silent) return
    const sum = command ^ board ^ lock ^ state
    const bytes = Uint8Array.of(command, board, lock, state, badSum ? sum ^ 1 : sum).subarray(0, cut ?? 5)
    badSum = false
    cut = null
    wire.send(bytes).catch(() => undefined)
  }

  function stop(): void {
    drawing.forEach((timer) => clearTimeout(timer))
    drawing.clear()
    heard = []
  }

  return {
    address: wire.address,
    isShut: (lock) => !open.has(lock),
    shut: (lock) => void open.delete(lock),
    jam: (lock) => void jammed.add(lock),
    silence(now, options = {}) {
      silent = now
      deaf = options.deaf ?? false
    },
    badSumNext() {
      badSum = true
    },
    cutNext(length) {
      cut = length
    },
    echo(on) {
      echoing = on
    },
    draws: () => draws,
    sendRaw: (bytes) => wire.send(bytes),
    received: received.all,
    receivedCount: received.count,
    async unplug() {
      stop()
      await wire.unplug()
    },
    replug: () => wire.replug(),
    async close() {
      stop()
      await wire.close()
    },
  }
}
