import { Agent, request } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'

/** What one custodian sends, one after the other; all custodians send at once. */
export interface Load {
  readonly url: string
  readonly custodians: readonly { readonly token: string; readonly bodies: readonly string[] }[]
}

export interface LoadDone {
  readonly took_ms: number
  /** How long each request took. */
  readonly each_ms: readonly number[]
}

/** A thread of its own: the server must not wait for who measures it. */
const { url, custodians } = workerData as Load
const agent = new Agent({ keepAlive: true })
const began = performance.now()
const each_ms = await Promise.all(
  custodians.map(async ({ token, bodies }, custodian) => {
    const took: number[] = []
    for (const [index, body] of bodies.entries()) {
      const sent = performance.now()
      await checkIn(token, `bench-${began}-${custodian}-${index}`, body)
      took.push(performance.now() - sent)
    }
    return took
  }),
)
const done: LoadDone = { took_ms: performance.now() - began, each_ms: each_ms.flat() }
agent.destroy()
parentPort?.postMessage(done)

function checkIn(token: string, key: string, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'idempotency-key': key,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    }
    const sending = request(`${url}/api/custody/check-in`, { method: 'POST', agent, headers }, (answer) => {
      const pieces: Buffer[] = []
      answer.on('data', (piece: Buffer) => pieces.push(piece))
      answer.on('error', reject)
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve()
        else reject(new Error(`${answer.statusCode}: ${Buffer.concat(pieces).toString('utf8')}`))
      })
    })
    sending.on('error', reject)
    sending.end(body)
  })
}
