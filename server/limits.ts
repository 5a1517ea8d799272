import type { IncomingMessage, Server as HttpServer } from 'node:http'
import type { Socket } from 'node:net'
import { isLoopback } from './config.ts'

/** Proxies whose word on who asks is taken: those on this machine. */
export const TRUSTED_PROXIES = ['127.0.0.1', '::1']

/** Header lines in all, and how many of them. */
const HEADER_BYTES = 16 * 1024
const HEADERS_MAX = 100
/** A head that is not there by then is not coming. */
const HEAD_MS = 10_000
/** Photos on a slow line: what the screens give them, and a little more. */
const REQUEST_MS = 130_000
/** Everything else is small. */
export const BODY_MS = 20_000
const KEEP_ALIVE_MS = 10_000
const CHECK_MS = 5_000
/** Sockets at once, and from one address; a proxy on this machine speaks for many. */
const CONNECTIONS_MAX = 2_000
export const CONNECTIONS_AN_ADDRESS = 200

/** What a client may take of our time and memory before anybody looks at what it sends. */
export function connectionLimits(tls: { readonly cert: Buffer; readonly key: Buffer } | null) {
  const limits = { maxHeaderSize: HEADER_BYTES, headersTimeout: HEAD_MS, connectionsCheckingInterval: CHECK_MS }
  return {
    requestTimeout: REQUEST_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    ...(tls === null ? { http: limits } : { https: { ...limits, ...tls, minVersion: 'TLSv1.2' as const } }),
  }
}

/** Closes a connection beyond those that one address, or all together, may have. */
export function limitConnections(server: HttpServer): void {
  server.maxHeadersCount = HEADERS_MAX
  server.maxConnections = CONNECTIONS_MAX
  const open = new Map<string, number>()
  server.on('connection', (socket: Socket) => {
    const address = (socket.remoteAddress ?? '').replace(/^::ffff:/i, '')
    if (isLoopback(address)) return
    const count = (open.get(address) ?? 0) + 1
    if (count > CONNECTIONS_AN_ADDRESS) {
      socket.destroy()
      return
    }
    open.set(address, count)
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1
      if (left === 0) open.delete(address)
      else open.set(address, left)
    })
  })
}

/** Hangs up on who sends the body of an ordinary request drop by drop. */
export function limitSlowBodies(request: IncomingMessage): void {
  const { headers } = request
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
  if (!hasBody || /^multipart\//i.test(headers['content-type'] ?? '')) return
  const timer = setTimeout(() => request.destroy(), BODY_MS).unref()
  const done = (): void => clearTimeout(timer)
  request.once('end', done)
  request.once('close', done)
}
