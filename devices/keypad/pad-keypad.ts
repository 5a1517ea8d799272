import type { DeviceDriver, DriverOutlet } from '../driver.ts'
import { repeatWindow } from '../repeats.ts'
import { evdevFramer } from './evdev.ts'
import { type Keypad, type KeypadOutlet, readKey } from './keypad.ts'
import { maskedFrame } from './press.ts'
import { hexName, type PadProfile } from './profile.ts'

/** A pad that sends bytes and whose key sticks sends it again and again; the same key within this time of its last byte is one press. */
const HELD_MS = 800

/**
 * A number pad: each key is a press, and there is nothing it can be asked or told. A key that is held is pressed once. Keys that the profile
 * does not know are no presses, because nothing in the bytes proves that they are keys at all. An open port is all the evidence that it is well.
 */
export function padKeypad(outlet: DriverOutlet, keypad: KeypadOutlet, profile: PadProfile): DeviceDriver & Keypad {
  const events = evdevFramer()
  const held = repeatWindow(HELD_MS)

  function key(name: string): void {
    if (!Object.hasOwn(profile.keys, name)) return
    const press = readKey(profile, name)
    if (press === null) keypad.saidNone()
    else keypad.pressed(press)
  }

  function fromEvents(bytes: Uint8Array): void {
    for (const { meaning } of events.push(bytes)) {
      if (meaning?.change === 'down') key(hexName(meaning.code))
      else if (meaning?.change === 'held') outlet.count('repeats', 1)
    }
    const noise = events.noise_bytes()
    if (noise > 0) outlet.count('noise_bytes', noise)
  }

  function fromBytes(bytes: Uint8Array): void {
    for (const byte of bytes) {
      const name = hexName(byte)
      const at_ms = performance.now()
      if (profile.ignored.includes(name)) continue
      if (!Object.hasOwn(profile.keys, name)) outlet.count('noise_bytes', 1)
      else if (held.repeated(name, at_ms) !== null) outlet.count('repeats', 1)
      else {
        held.saw(name, name, at_ms)
        key(name)
      }
    }
  }

  return {
    opened: () => outlet.health(null),
    bytes: profile.input === 'evdev' ? fromEvents : fromBytes,
    closed() {
      for (const { fault } of events.end()) if (fault !== null) outlet.reading(maskedFrame(), { kind: 'fault', fault })
    },
    clear: () => Promise.resolve(),
    ask: () => Promise.resolve('unable'),
    rest: () => undefined,
    signal: () => Promise.resolve('unable'),
    stars: () => Promise.resolve('unable'),
  }
}
