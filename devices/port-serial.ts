import { SerialPort } from 'serialport'
import type { SerialAddress } from './port-address.ts'
import { livePort, PortClosed, words, type Port, type PortEvents } from './port-life.ts'
import { watchPath } from './port-watch.ts'
import type { Fault } from './reading.ts'

/** Start bit, data, parity and stop bits of one byte; at most. */
const BITS_A_BYTE = 12

/**
 * Opens a serial line or rejects with `PortClosed`. The line is locked against other programs. Modem lines are raised where there are
 * any (a pty has none), and not dropped on closing, because some boards restart when they fall.
 */
export async function openSerialPort(address: SerialAddress, events: PortEvents): Promise<Port> {
  const line = new SerialPort({
    path: address.path,
    baudRate: address.baud,
    dataBits: address.dataBits,
    parity: address.parity,
    stopBits: address.stopBits,
    rtscts: address.flow === 'rtscts',
    xon: address.flow === 'xonxoff',
    xoff: address.flow === 'xonxoff',
    hupcl: false,
    lock: true,
    autoOpen: false,
  })
  const openError = await new Promise<Error | null>((resolve) => line.open(resolve))
  if (openError !== null) throw new PortClosed(openFault(openError))
  const life = livePort(
    {
      pieceBytes: 1024,
      send: (piece) =>
        new Promise((resolve, reject) => {
          line.write(piece, (error) => {
            if (error) reject(error)
            else line.drain((drainError) => (drainError ? reject(drainError) : resolve()))
          })
        }),
      wire_ms: (length) => (length * BITS_A_BYTE * 1000) / address.baud,
      end: closeLine,
      // What the other side did not take is thrown away first: closing a line that is held up by flow control would wait for it.
      drop: async () => {
        await new Promise<void>((resolve) => line.flush(() => resolve()))
        await closeLine()
      },
    },
    events,
  )
  line.on('error', (error: Error) => life.lost({ code: 'port-gone', detail: error.message }))
  line.on('close', (error: Error | null) => {
    if (error) life.lost({ code: 'port-gone', detail: error.message })
  })
  // What stands in the line from before was meant for nobody: a code that was scanned while no one listened is no scan now.
  await new Promise<void>((resolve) => line.flush(() => resolve()))
  await new Promise<void>((resolve) => line.set({ dtr: true, rts: true }, () => resolve()))
  line.on('data', (bytes: Buffer) => life.bytes(bytes))
  const stopWatching = await watchPath(address.path, (detail) => life.lost({ code: 'port-gone', detail }))
  if (!line.isOpen) stopWatching()
  line.on('close', stopWatching)
  return life.port

  function closeLine(): Promise<void> {
    return new Promise((resolve) => (line.isOpen ? line.close(() => resolve()) : resolve()))
  }
}

/** The serial binding gives words, not error numbers. */
function openFault(error: Error): Fault {
  const detail = words(error)
  if (/No such file|No such device|File not found/i.test(detail)) return { code: 'port-gone', detail }
  if (/lock|busy|temporarily unavailable/i.test(detail)) return { code: 'port-busy', detail }
  return { code: 'port-refused', detail }
}
