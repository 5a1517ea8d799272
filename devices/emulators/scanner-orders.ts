import { startScannerBus } from './scanner-bus.ts'
import { startHoneywellScanner } from './scanner-honeywell.ts'
import { startNewlandScanner } from './scanner-newland.ts'
import { startSsiScanner } from './scanner-ssi.ts'
import { startScanner } from './scanner.ts'

export const SCANNER_PROTOCOLS = ['line', 'ssi', 'newland', 'honeywell', 'multi-drop'] as const
export type ScannerProtocol = (typeof SCANNER_PROTOCOLS)[number]

type Order = Readonly<Record<string, unknown>>

/** A scanner of any protocol, and what it does by the first field of an order. */
export interface OrderedScanner {
  readonly address: string
  readonly deeds: Readonly<Record<string, (order: Order) => unknown>>
  readonly device: { unplug(): Promise<void>; replug(): Promise<void>; close(): Promise<void> }
}

interface Able {
  readonly address: string
  scan(text: string, options?: object): Promise<unknown>
  sendRaw(bytes: Uint8Array): Promise<void>
  received(): Uint8Array
  present?(text: string | null): void
  silence?(silent: boolean): void
  restart?(): void
  state?(): object
  unplug(): Promise<void>
  replug(): Promise<void>
  close(): Promise<void>
}

/** Scanners on the emulated line of polled ones. */
const ON_A_LINE = 4

/** Starts one; `listen` is `tcp:PORT` (0 takes a free one) or `pty:LINKPATH`. */
export async function startOrderedScanner(protocol: ScannerProtocol, listen: string): Promise<OrderedScanner> {
  if (protocol === 'multi-drop') return await startOrderedBus(listen)
  const { device, refuse } = await startOne(protocol, listen)
  const { present, silence, restart, state } = device
  return {
    address: device.address,
    device,
    deeds: {
      scan: ({ scan, ...options }) => device.scan(text(scan), options),
      raw: ({ raw }) => device.sendRaw(Buffer.from(text(raw).replaceAll(' ', ''), 'hex')),
      received: () => Buffer.from(device.received()).toString('hex'),
      ...(present && { present: (order: Order) => present(order['present'] === null ? null : text(order['present'])) }),
      ...(silence && { silent: ({ silent }: Order) => silence(silent === true) }),
      ...(restart && { restart: () => restart() }),
      ...(state && { state: () => state() }),
      ...(refuse && { refuse: (order: Order) => refuse(Number(order['refuse']), order['how']) }),
    },
  }
}

async function startOrderedBus(listen: string): Promise<OrderedScanner> {
  const device = await startScannerBus({ listen, scanners: ON_A_LINE })
  return {
    address: device.address,
    device,
    deeds: {
      scan: ({ scan, at = 1, ...options }) => device.scan(Number(at), text(scan), options),
      silent: ({ silent, at = 1 }) => device.silence(Number(at), silent === true),
      loseAcks: ({ loseAcks }) => device.loseAcks(Number(loseAcks)),
      echo: ({ echo }) => device.echo(echo === true),
      raw: ({ raw }) => device.sendRaw(Buffer.from(text(raw).replaceAll(' ', ''), 'hex')),
      received: () => Buffer.from(device.received()).toString('hex'),
      state: ({ at = 1 }) => ({ waiting: device.waiting(Number(at)), discarded: device.discarded() }),
    },
  }
}

async function startOne(
  protocol: Exclude<ScannerProtocol, 'multi-drop'>,
  listen: string,
): Promise<{ device: Able; refuse?: (times: number, how: unknown) => void }> {
  switch (protocol) {
    case 'line':
      return { device: await startScanner({ listen }) }
    case 'ssi': {
      const device = await startSsiScanner({ listen })
      return { device, refuse: (times, how) => device.refuse(times, Number(how)) }
    }
    case 'newland': {
      const device = await startNewlandScanner({ listen })
      return { device, refuse: (times, how) => device.refuse(times, how === 'unknown' ? 'unknown' : 'wrong') }
    }
    case 'honeywell': {
      const device = await startHoneywellScanner({ listen })
      return { device, refuse: (times, how) => device.refuse(times, how === 'unknown' ? 'unknown' : 'wrong') }
    }
  }
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('text is wanted')
  return value
}
