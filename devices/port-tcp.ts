import { connect, type Socket } from 'node:net'
import type { TcpAddress } from './port-address.ts'
import { livePort, PortClosed, type Port, type PortEvents, type PortOptions } from './port-life.ts'
import type { Fault } from './reading.ts'

const CONNECT_MS = 5000
/** Probes of the operating system begin after this much silence, so that a device that lost its power is seen. */
const KEEP_ALIVE_MS = 15_000
/** Where nobody else looks: two of its probes in a row without an answer end the connection, 3 s after the last word. */
const WATCHED = { enable: true, initialDelay: 1000, interval: 1000, count: 2 } as const
/** How long a device may take to close its side after ours; it may still be printing what it was sent. */
const CLOSE_MS = 5000

/** Connects to a raw byte socket (a serial-to-network converter, a printer's port 9100) or rejects with `PortClosed`. */
export async function openTcpPort(
  address: TcpAddress,
  events: PortEvents,
  { watched = false }: PortOptions = {},
): Promise<Port> {
  const socket = connect({
    host: address.host,
    port: address.port,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: KEEP_ALIVE_MS,
  })
  await connected(socket, address)
  if (watched) socket.setKeepAlive(WATCHED)

  let ending = false
  const life = livePort(
    {
      pieceBytes: 65_536,
      send: (piece) =>
        new Promise((resolve, reject) => {
          socket.write(piece, (error) => (error ? reject(error) : resolve()))
        }),
      wire_ms: () => 0,
      end: async () => {
        ending = true
        const closed = closing(socket)
        const late = setTimeout(() => socket.destroy(), CLOSE_MS)
        socket.end()
        await closed
        clearTimeout(late)
      },
      drop: async () => {
        const closed = closing(socket)
        socket.destroy()
        await closed
      },
    },
    events,
  )
  socket.on('data', (bytes) => life.bytes(bytes))
  socket.on('error', (error) => life.lost(lossFault(error)))
  socket.on('end', () => {
    if (!ending) life.lost({ code: 'port-gone', detail: 'the device closed the connection' })
  })
  return life.port
}

function connected(socket: Socket, { host, port }: TcpAddress): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => fail({ code: 'port-gone', detail: `${host}:${port} did not answer in ${CONNECT_MS} ms` }),
      CONNECT_MS,
    )
    const fail = (fault: Fault): void => {
      clearTimeout(late)
      socket.destroy()
      reject(new PortClosed(fault))
    }
    const refused = (error: Error): void => fail(lossFault(error))
    socket.once('error', refused)
    socket.once('connect', () => {
      clearTimeout(late)
      socket.off('error', refused)
      resolve()
    })
  })
}

function closing(socket: Socket): Promise<void> {
  return socket.closed ? Promise.resolve() : new Promise((resolve) => socket.once('close', () => resolve()))
}

function lossFault(error: Error): Fault {
  return {
    code: 'code' in error && error.code === 'ECONNREFUSED' ? 'port-refused' : 'port-gone',
    detail: error.message,
  }
}
