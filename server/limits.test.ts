import { createServer, type Server } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { once } from 'node:events'
import { networkInterfaces } from 'node:os'
import { afterEach, expect, it, vi } from 'vitest'
import { BODY_MS, CONNECTIONS_AN_ADDRESS, limitConnections, limitSlowBodies } from './limits.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

async function listen(server: Server, host: string): Promise<number> {
  server.listen(0, host)
  await once(server, 'listening')
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

function dial(port: number, host: string): Socket {
  const socket = connect(port, host)
  socket.on('error', () => undefined)
  closers.push(() => socket.destroy())
  return socket
}

it('a body that comes drop by drop is not waited for; one that comes, and a photo, are', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  closers.push(() => vi.useRealTimers())
  const [begun, ended]: [string[], string[]] = [[], []]
  const server = createServer((request, response) => {
    limitSlowBodies(request)
    begun.push(request.url ?? '')
    request.on('error', () => undefined)
    request.resume()
    request.on('end', () => {
      ended.push(request.url ?? '')
      response.end()
    })
  })
  const port = await listen(server, '127.0.0.1')
  const head = (path: string, type: string) =>
    `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: ${type}\r\ncontent-length: 3\r\n\r\n`
  const slow = dial(port, '127.0.0.1')
  slow.write(`${head('/slow', 'application/json')}{`)
  const photo = dial(port, '127.0.0.1')
  photo.write(`${head('/photo', 'multipart/form-data; boundary=x')}1`)
  const quick = dial(port, '127.0.0.1')
  quick.write(`${head('/quick', 'application/json')}{ }`)
  // A poll would move the time on.
  while (begun.length < 3 || ended.length < 1) await new Promise((resolve) => setImmediate(resolve))
  expect(ended).toEqual(['/quick'])
  const closed = once(slow, 'close')
  vi.advanceTimersByTime(BODY_MS - 1)
  expect(vi.getTimerCount(), 'of what has come nothing is awaited').toBe(1)
  vi.advanceTimersByTime(1)
  await closed
  vi.useRealTimers()
  photo.write('23')
  await expect.poll(() => ended.toSorted()).toEqual(['/photo', '/quick'])
})

const outside = Object.values(networkInterfaces())
  .flat()
  .find((one) => one?.family === 'IPv4' && !one.internal)?.address

it.skipIf(outside === undefined)('one address has so many connections and no more, until it closes some', async () => {
  const server = createServer()
  limitConnections(server)
  const host = outside ?? ''
  const port = await listen(server, host)
  const sockets = Array.from({ length: CONNECTIONS_AN_ADDRESS }, () => dial(port, host))
  await Promise.all(sockets.map((socket) => once(socket, 'connect')))
  const open = async (): Promise<number> =>
    new Promise((resolve, reject) => server.getConnections((error, count) => (error ? reject(error) : resolve(count))))
  await expect.poll(open).toBe(CONNECTIONS_AN_ADDRESS)
  const refused = dial(port, host)
  await once(refused, 'close')
  expect(await open()).toBe(CONNECTIONS_AN_ADDRESS)
  sockets[0]?.destroy()
  await expect.poll(open).toBe(CONNECTIONS_AN_ADDRESS - 1)
  const taken = dial(port, host)
  await once(taken, 'connect')
  await expect.poll(open).toBe(CONNECTIONS_AN_ADDRESS)
  expect(taken.destroyed).toBe(false)
})
