import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Posted {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Gateway {
  readonly url: string
  readonly posted: readonly Posted[]
  /** What is done with a request that has come whole. */
  answer: (response: ServerResponse, posted: Posted) => void
  close(): Promise<void>
}

/** An HTTP server of this machine that takes messages, and answers as it is told. */
export async function startGateway(): Promise<Gateway> {
  const posted: Posted[] = []
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('error', () => undefined)
    request.on('end', () => {
      const one = { headers: request.headers, body: Buffer.concat(pieces).toString('utf8') }
      posted.push(one)
      of.answer(response, one)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const of: Gateway = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notify?account=7`,
    posted,
    answer: (response) => response.end('{"ok":true}'),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return of
}
