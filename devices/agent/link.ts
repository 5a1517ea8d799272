import { sign } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { backOff_ms } from '../back-off.ts'
import type { Identity } from './identity.ts'
import {
  type AgentStatus,
  BEAT_MS,
  type FromAgent,
  helloText,
  HELLO_MS,
  type Order,
  type OrderAnswer,
  SILENT_MS,
  type ToAgent,
} from './protocol.ts'
import type { ServerClock } from './server-clock.ts'

/** A back-off this long is as long as anybody wants to wait after the network is back. */
const RETRY_MS_MAX = 5_000
/** A server that takes nothing is left: what matters is in the journal. */
const SEND_BUFFER_MAX = 4 * 1024 * 1024
/** A page for a label printer, in base64, and room. */
const FRAME_BYTES_MAX = 4 * 1024 * 1024
export type Welcome = Extract<ToAgent, { t: 'welcome' }>
export type Surrender = Extract<ToAgent, { t: 'surrender' }>

export interface LinkEvents {
  /** Joined. Sends only by this, until the next welcome or `onAway`. */
  onWelcome(welcome: Welcome, send: (message: FromAgent) => void): void
  /** The key was revoked: what waits is to be sent, and nothing else. */
  onSurrender(surrender: Surrender, send: (message: FromAgent) => void): void
  onConfigure(stations: Welcome['stations']): void
  onHold(message: Extract<ToAgent, { t: 'hold' | 'progress' }>): void
  onAck(n: number): void
  onOrder(order: Order): Promise<OrderAnswer>
  /** The answer to a clerk's question. */
  onVote(id: string, vote: Extract<ToAgent, { t: 'vote' }>['vote']): void
  onAway(why: string): void
  /** The server does not want this agent; it is tried again all the same, slowly: a person may put it right. */
  onRefused(code: string, words: { readonly zh: string; readonly en: string }): void
  status(): AgentStatus
}

export interface LinkOptions {
  readonly identity: Identity
  readonly clock: ServerClock
  readonly now: () => number
  readonly monotonic: () => number
  readonly events: LinkEvents
}

/** Keeps one socket to the server, for ever, with back-off; resolves `close` when it is gone. */
export function openLink({ identity, clock, now, monotonic, events }: LinkOptions): { close(): Promise<void> } {
  const closing = new AbortController()
  const address = `${identity.server.replace(/^http/, 'ws')}/api/agents/live`

  /** One connection, from the attempt to its end: whether it joined, and whether it was refused. */
  function connection(): Promise<{ readonly joined: boolean; readonly refused: boolean }> {
    return new Promise((resolve) => {
      const socket = new WebSocket(address, { handshakeTimeout: HELLO_MS, maxPayload: FRAME_BYTES_MAX })
      const drop = (): void => socket.terminate()
      closing.signal.addEventListener('abort', drop)
      let joined_ms: number | null = null
      let refused = false
      let why = 'no connection'
      let asked_ms = 0
      let silent = setTimeout(drop, HELLO_MS * 2)
      let beat: NodeJS.Timeout | undefined
      /** A beat has come back: from now on they come as often as they go, however long each is under way. */
      let echoed = false

      const send = (message: FromAgent): void => {
        if (socket.readyState !== WebSocket.OPEN) return
        if (socket.bufferedAmount > SEND_BUFFER_MAX) {
          why = 'the server takes nothing'
          drop()
        } else socket.send(JSON.stringify(message))
      }
      const heard = (): void => {
        clearTimeout(silent)
        silent = setTimeout(
          () => {
            why = `nothing heard for ${echoed ? SILENT_MS : HELLO_MS} ms`
            drop()
          },
          echoed ? SILENT_MS : HELLO_MS,
        )
      }
      const begin = (at_ms: number): void => {
        joined_ms = monotonic()
        clock.heard(at_ms, asked_ms, joined_ms)
        const sendBeat = (): void => send({ t: 'beat', mono_ms: monotonic(), status: events.status() })
        sendBeat()
        beat = setInterval(sendBeat, BEAT_MS)
      }
      const take = (message: ToAgent): void => {
        switch (message.t) {
          case 'challenge': {
            if (message.installation !== identity.installation) {
              refused = true
              events.onRefused('agents.other-server', {
                zh: `这是另一台服务器：${message.installation}`,
                en: `This is another server: ${message.installation}`,
              })
              drop()
              return
            }
            asked_ms = monotonic()
            const { agent, publicKey: key, installation } = identity
            const at_ms = now()
            const text = helloText({ nonce: message.nonce, installation, agent, key, at_ms })
            const signature = sign(null, text, identity.key).toString('base64')
            send({ t: 'hello', agent, key, at_ms, mono_ms: asked_ms, signature })
            return
          }
          case 'welcome':
            begin(message.at_ms)
            events.onWelcome(message, send)
            return
          case 'surrender':
            begin(message.at_ms)
            events.onSurrender(message, send)
            return
          case 'configure':
            events.onConfigure(message.stations)
            return
          case 'hold':
          case 'progress':
            events.onHold(message)
            return
          case 'ack':
            events.onAck(message.n)
            return
          case 'beat':
            echoed = true
            clock.heard(message.at_ms, message.mono_ms, monotonic())
            return
          case 'do':
            void events.onOrder(message).then((answer) => send({ t: 'done', id: message.id, answer }))
            return
          case 'vote':
            events.onVote(message.id, message.vote)
            return
          case 'refused':
            refused = true
            events.onRefused(message.code, { zh: message.zh, en: message.en })
        }
      }
      socket.on('message', (data: Buffer) => {
        heard()
        take(JSON.parse(data.toString('utf8')) as ToAgent)
      })
      socket.on('error', (error) => {
        why = error.message
      })
      socket.on('close', () => {
        closing.signal.removeEventListener('abort', drop)
        clearTimeout(silent)
        clearInterval(beat)
        events.onAway(why)
        resolve({ joined: joined_ms !== null, refused })
      })
    })
  }

  async function live(): Promise<void> {
    for (let failures = 0; !closing.signal.aborted;) {
      const { joined, refused } = await connection()
      failures = joined ? 1 : failures + 1
      const wait_ms = refused ? RETRY_MS_MAX : Math.min(RETRY_MS_MAX, backOff_ms(failures, Math.random()))
      await pause(wait_ms, undefined, { signal: closing.signal }).catch(() => undefined)
    }
  }
  const life = live()

  return {
    async close() {
      closing.abort()
      await life
    },
  }
}
