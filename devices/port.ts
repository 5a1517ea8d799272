import { BadPortAddress, parsePortAddress } from './port-address.ts'
import { openFilePort } from './port-file.ts'
import { PortClosed, type Port, type PortEvents, type PortOptions } from './port-life.ts'
import { openSerialPort } from './port-serial.ts'
import { openTcpPort } from './port-tcp.ts'

export { BadPortAddress, parsePortAddress } from './port-address.ts'
export { PortClosed } from './port-life.ts'
export type { OpenPort, Port, PortEvents, PortOptions } from './port-life.ts'

/**
 * Opens the port at `address` (see `parsePortAddress`). Rejects with `PortClosed`, whose fault says why: `port-gone` (nothing there),
 * `port-busy` (someone else has it), `port-refused` (not allowed, not listening, not such a device, or no valid address).
 */
export async function openPort(address: string, events: PortEvents, options: PortOptions = {}): Promise<Port> {
  const where = understood(address)
  switch (where.carrier) {
    case 'serial':
      return await openSerialPort(where, events)
    case 'tcp':
      return await openTcpPort(where, events, options)
    case 'file':
      return await openFilePort(where, events)
  }
}

function understood(address: string) {
  try {
    return parsePortAddress(address)
  } catch (error) {
    if (error instanceof BadPortAddress) throw new PortClosed({ code: 'port-refused', detail: error.message })
    throw error
  }
}
