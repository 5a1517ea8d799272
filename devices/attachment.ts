import { access } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { backOff_ms } from './back-off.ts'
import type { DeviceDriver, DriverOutlet } from './driver.ts'
import { BadPortAddress, parsePortAddress, PortClosed, type OpenPort, type Port } from './port.ts'
import type { CountName, DeviceState, Fault, ReadingValue } from './reading.ts'

/** A device path that has gone is looked for this often; its re-plug is then seen at once, however long it was away. */
const LOOK_MS = 500
/** A port that stayed open this long was well; one that did not counts as another failure. */
const STEADY_MS = 5000
/** A host that refuses costs nothing to ask and is most likely about to listen again. */
const REFUSED_MS = 2000

const CLOSED: Fault = { code: 'port-gone', detail: 'the port is closed' }

export interface AttachmentOptions<Driver extends DeviceDriver> {
  readonly address: string
  readonly openPort: OpenPort
  /** Makes the driver of one opening. */
  readonly drive: (outlet: DriverOutlet) => Driver
  readonly onReading: (raw: Uint8Array, value: ReadingValue) => string
  readonly onCount: (what: CountName, by: number) => void
  /** Called for each change; the first is `opening`. */
  readonly onState: (state: DeviceState) => void
}

export interface Attachment<Driver extends DeviceDriver> {
  /** The driver on the open port, or why there is none. */
  driver(): { readonly driver: Driver; readonly fault: null } | { readonly driver: null; readonly fault: Fault }
  /** Closes the port and opens it no more; nothing is told after. */
  close(): Promise<void>
}

/** Keeps one device attached: opens its port, lets a driver speak over it, and after every loss opens it again, for ever. */
export function attach<Driver extends DeviceDriver>(options: AttachmentOptions<Driver>): Attachment<Driver> {
  const { address, openPort, onReading, onCount } = options
  const closing = new AbortController()
  const path = devicePath(address)
  let told = ''
  let driver: Driver | null = null
  let port: Port | null = null
  let fault = CLOSED

  function tell(state: DeviceState): void {
    const words = JSON.stringify(state)
    if (words === told || closing.signal.aborted) return
    told = words
    options.onState(state)
  }

  /** One opening of the port, from the attempt to its end. */
  async function opening(): Promise<{ readonly fault: Fault; readonly steady: boolean }> {
    const ended = Promise.withResolvers<Fault>()
    let over = false
    let givenUp: Fault | null = null
    const speaker = options.drive({
      write: (bytes, deadline_ms) =>
        port === null ? Promise.reject(new PortClosed(CLOSED)) : port.write(bytes, deadline_ms),
      turn: (deed) => port?.turn?.(deed) ?? deed(),
      reading: onReading,
      count: onCount,
      giveUp(ill) {
        givenUp = ill
        void port?.close()
      },
      health: (ill) => tell(ill === null ? { state: 'ready' } : { state: 'faulty', fault: ill }),
    })
    try {
      port = await openPort(address, {
        onBytes: (bytes) => speaker.bytes(bytes),
        onClose(loss) {
          over = true
          driver = port = null
          speaker.closed(loss)
          ended.resolve(givenUp ?? loss ?? CLOSED)
        },
      })
    } catch (error) {
      if (!(error instanceof PortClosed)) throw error
      return { fault: error.fault, steady: false }
    }
    const opened_ms = performance.now()
    if (closing.signal.aborted) await port.close()
    else if (!over) {
      driver = speaker
      speaker.opened()
    }
    return { fault: await ended.promise, steady: performance.now() - opened_ms >= STEADY_MS }
  }

  async function live(): Promise<void> {
    for (let failures = 0; !closing.signal.aborted;) {
      const end = await opening()
      fault = end.fault
      tell(fault.code === 'port-gone' ? { state: 'gone', fault } : { state: 'faulty', fault })
      failures = end.steady ? 1 : failures + 1
      if (path !== null && !(await exists(path))) {
        failures = 0
        while (!closing.signal.aborted && !(await exists(path))) await waited(LOOK_MS)
      } else {
        const wait_ms = backOff_ms(failures, Math.random())
        await waited(path === null && fault.code === 'port-refused' ? Math.min(wait_ms, REFUSED_MS) : wait_ms)
      }
    }
  }

  async function waited(wait_ms: number): Promise<void> {
    await pause(wait_ms, undefined, { signal: closing.signal }).catch(() => undefined)
  }

  tell({ state: 'opening' })
  const life = live()

  return {
    driver: () => (driver === null ? { driver, fault } : { driver, fault: null }),
    async close() {
      closing.abort()
      await port?.close()
      await life
    },
  }
}

/** Where in the file system the device stands; null for one on the network, a COM port, or an address that is none. */
function devicePath(address: string): string | null {
  try {
    const where = parsePortAddress(address)
    return where.carrier !== 'tcp' && where.path.startsWith('/') ? where.path : null
  } catch (error) {
    if (error instanceof BadPortAddress) return null
    throw error
  }
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  )
}
