import type { DeviceDriver, DriverOutlet } from '../driver.ts'
import type { Frame } from '../framing.ts'
import { PortClosed } from '../port.ts'
import type { Fault, Told } from '../reading.ts'
import { silenceWatch } from '../scanner/silence.ts'
import { addressIn, busFrameBytes, busFramer, type BusFrame } from './frame.ts'
import { type Keypad, type KeypadOutlet, readKey } from './keypad.ts'
import { maskedFrame } from './press.ts'
import { type FramesProfile, hexBytes, hexName } from './profile.ts'

/** No keypad pauses this long inside a frame. */
const CUT_MS = 200
/** An answer that has not left by then is of no use to the pad any more. */
const WRITE_MS = 500
/** On a line that hears itself our echo of a clerk's frame comes back within this time, and is no key. */
const OWN_ECHO_MS = 500
/** Echoes that may be under way; a clerk types slower. */
const OWN_ECHOES_MAX = 8

/** A rater is thanked by then, however long it takes to keep what he said. */
const THANKS_MS = 1_500

export interface BusKeypadOptions {
  readonly profile: FramesProfile
  /** The counter's number on the bus, 1 to 127: the clerk's pad and the rater's pad are that number plus what the profile adds. */
  readonly address: number
}

/**
 * The two pads of one counter on a keypad bus that may carry others: what is addressed from elsewhere is not ours and is passed over. Every
 * rating is answered alike, whether it counts or not, and one that counts once it is kept. The pads answer nothing of themselves: an open port is all the evidence that they
 * are well.
 */
export function busKeypad(
  outlet: DriverOutlet,
  keypad: KeypadOutlet,
  { profile, address }: BusKeypadOptions,
): DeviceDriver & Keypad {
  const { frame: layout, rater, clerk } = profile
  const raterAddress = address + rater.address_plus
  const clerkAddress = clerk === null ? null : address + clerk.address_plus
  const framer = busFramer(layout)
  const silence = silenceWatch(CUT_MS, () => framer.silence().forEach(take))
  let closed = false
  let echoes: { readonly bytes: string; readonly until_ms: number }[] = []

  async function send(bytes: Uint8Array): Promise<Fault | null> {
    try {
      await outlet.write(bytes, WRITE_MS)
      return null
    } catch (error) {
      if (error instanceof PortClosed) return error.fault
      throw error
    }
  }

  async function order(
    to: number | null,
    said: NonNullable<FramesProfile['rater']['answer']> | null,
    more: readonly number[] = [],
  ): Promise<Told> {
    if (said === null || to === null) return 'unable'
    const data = Uint8Array.from([...hexBytes(said.data), ...more])
    const command = hexBytes(said.command)[0] ?? 0
    return await send(busFrameBytes(layout, { address: to, command, data }, said.preamble))
  }

  function rated(data: Uint8Array): void {
    const press = readKey(profile, hexName(data[0] ?? 0))
    const answer = (): void => {
      if (!closed) void order(raterAddress, rater.answer)
    }
    if (press === null) {
      keypad.saidNone()
      return answer()
    }
    keypad.pressed(press)
    void press.settled(THANKS_MS).then(answer)
  }

  /** Whether these bytes are what we sent back a moment ago; if not, they are about to be sent back. */
  function isOwnEcho(bytes: string): boolean {
    const now_ms = performance.now()
    echoes = echoes.filter(({ until_ms }) => now_ms < until_ms)
    const own = echoes.findIndex((echo) => echo.bytes === bytes)
    if (own >= 0) echoes.splice(own, 1)
    else echoes = [...echoes, { bytes, until_ms: now_ms + OWN_ECHO_MS }].slice(-OWN_ECHOES_MAX)
    return own >= 0
  }

  function clerked(raw: Uint8Array, data: Uint8Array): void {
    if (clerk === null) return
    if (clerk.echo && !closed) {
      if (isOwnEcho(raw.toString())) return
      void send(raw)
    }
    const typed = Array.from(data, hexName)
    if (typed.join(' ') === clerk.ask) return keypad.clerkAsks(raw)
    const key = clerk.keys[typed.at(-1) ?? ''] ?? 'unknown'
    const digits = Array.from(data.subarray(0, -1), (digit) => (digit <= 9 ? String(digit) : '?')).join('')
    keypad.clerk(raw, { kind: 'clerk-key', key, digits })
  }

  function take({ raw, meaning, fault }: Frame<BusFrame>): void {
    if (meaning === null) {
      const from = addressIn(layout, raw)
      // One whose address is nobody's here may have been anybody's: no counter is told that its rater was lost, and every one counts it.
      if (from === null || from === raterAddress || from === clerkAddress)
        outlet.reading(maskedFrame(), { kind: 'fault', fault })
      else outlet.count('damaged', 1)
      return
    }
    const said = hexName(meaning.command)
    if (meaning.address === raterAddress && said === rater.command && meaning.data.length === 1) rated(meaning.data)
    else if (meaning.address === clerkAddress && said === clerk?.command && meaning.data.length > 0)
      clerked(raw, meaning.data)
  }

  function heard(): void {
    const noise = framer.noise_bytes()
    if (noise > 0) outlet.count('noise_bytes', noise)
  }

  return {
    opened: () => outlet.health(null),
    bytes(bytes) {
      framer.push(bytes).forEach(take)
      silence.heard(framer.begun())
      heard()
    },
    closed() {
      closed = true
      silence.stop()
      framer.end().forEach(take)
      heard()
    },
    clear: () => Promise.resolve(),
    ask: () => order(raterAddress, rater.ask),
    rest: () => undefined,
    signal: (signal) => order(clerkAddress, clerk === null ? null : clerk[signal]),
    stars: (count) => order(raterAddress, rater.stars, [count]),
  }
}
