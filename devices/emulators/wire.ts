import { openPtyWire } from './pty.ts'
import { openTcpWire } from './tcp.ts'

/** The device's end of a line. What is on it stays on it until the other side reads, as on a real one. */
export interface Wire {
  /** The port address that a station is given for this device. Stays the same over unplug and replug. */
  readonly address: string
  /** Resolves when the bytes are on the line; rejects when it is unplugged. */
  send(bytes: Uint8Array): Promise<void>
  /** Takes no more bytes from the station until `replug`, as a printer without paper does. */
  hold(): void
  /** Pulls the plug; resolves when it is out. */
  unplug(): Promise<void>
  /** Puts the plug back in, at the same address. */
  replug(): Promise<void>
  /** Ends the device for good. */
  close(): Promise<void>
}

/**
 * Opens the device's end of a line at `pty:LINKPATH` (a pseudo terminal behind a link at that path), or `tcp:PORT` (a server on the
 * loopback; port 0 takes a free one and keeps it). `onBytes` gets what the station sends.
 */
export async function openWire(where: string, onBytes: (bytes: Uint8Array) => void): Promise<Wire> {
  const tcp = /^tcp:(\d{1,5})$/.exec(where)
  if (tcp !== null) return await openTcpWire(Number(tcp[1]), onBytes)
  const pty = /^pty:(\/.+)$/.exec(where)
  if (pty?.[1] !== undefined) return await openPtyWire(pty[1], onBytes)
  throw new Error(`${where}: must be tcp:PORT or pty:/LINK/PATH`)
}
