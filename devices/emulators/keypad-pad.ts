import { receivedBytes } from './received.ts'
import { openWire } from './wire.ts'

/** Codes of the digits 0 to 9 on a keyboard's main row and of Enter, as Linux numbers keys. */
const DIGIT_CODES = [11, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const
const ENTER_CODE = 28
const SCAN_CODE_OF_USAGE = 0x70000
/** The kernel repeats a held key this often. */
const HELD_MS = 33

export interface EmulatedPad {
  /** Where a driver finds it: a device file for `evdev` on a pseudo terminal, else the address of its wire. */
  readonly address: string
  /** Presses a digit and lets it go; `enter` presses Enter behind it; `held` keeps it down for so many repeats. */
  press(
    digit: number,
    options?: { readonly enter?: boolean; readonly held?: number; readonly cut?: number },
  ): Promise<void>
  sendRaw(bytes: Uint8Array): Promise<void>
  received(): Uint8Array
  /** How many bytes came, those that are no longer kept included. */
  receivedCount(): number
  unplug(): Promise<void>
  replug(): Promise<void>
  close(): Promise<void>
}

/** Starts a number pad: `evdev` writes what the kernel would, events of 24 bytes; `bytes` sends its digits as text. */
export async function startPad({
  input,
  listen,
}: {
  readonly input: 'evdev' | 'bytes'
  readonly listen: string
}): Promise<EmulatedPad> {
  const received = receivedBytes()
  const wire = await openWire(listen, received.add)

  function evdev(digit: number, enter: boolean, held: number): Uint8Array {
    const code = DIGIT_CODES[digit]
    if (code === undefined) throw new RangeError(`${digit} is no digit`)
    const reports = [report(code, 1)]
    for (let nth = 0; nth < held; nth += 1) reports.push(report(code, 2))
    reports.push(report(code, 0))
    if (enter) reports.push(report(ENTER_CODE, 1), report(ENTER_CODE, 0))
    return Buffer.concat(reports)
  }

  return {
    address: input === 'evdev' ? wire.address.replace(/^serial:/, 'file:') : wire.address,
    async press(digit, { enter = false, held = 0, cut } = {}) {
      if (input === 'evdev') {
        await wire.send(evdev(digit, enter, held).subarray(0, cut))
        return
      }
      for (let nth = 0; nth <= held; nth += 1) {
        if (nth > 0) await new Promise((next) => setTimeout(next, HELD_MS))
        await wire.send(Buffer.from(`${digit}${enter ? '\r' : ''}`, 'latin1'))
      }
    },
    sendRaw: (bytes) => wire.send(bytes),
    received: received.all,
    receivedCount: received.count,
    unplug: () => wire.unplug(),
    replug: () => wire.replug(),
    close: () => wire.close(),
  }
}

/** A change of one key as the kernel reports it: where on the device, which key, end of the report. */
function report(code: number, value: number): Uint8Array {
  return Buffer.concat([
    ...(value === 2 ? [] : [event(4, 4, SCAN_CODE_OF_USAGE + code)]),
    event(1, code, value),
    event(0, 0, 0),
  ])
}

function event(type: number, code: number, value: number): Uint8Array {
  const bytes = Buffer.alloc(24)
  const now_ms = Date.now()
  bytes.writeBigUInt64LE(BigInt(Math.floor(now_ms / 1000)), 0)
  bytes.writeBigUInt64LE(BigInt((now_ms % 1000) * 1000), 8)
  bytes.writeUInt16LE(type, 16)
  bytes.writeUInt16LE(code, 18)
  bytes.writeUInt32LE(value, 20)
  return bytes
}
