import { createPublicKey, type KeyObject, randomBytes, verify } from 'node:crypto'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import type { WebSocket } from 'ws'
import {
  type AgentStatus,
  type FarTag,
  COUNTED_A_BEAT,
  type FromAgent,
  HELLO_MS,
  helloText,
  IN_FLIGHT_MAX,
  type Order,
  type OrderAnswer,
  SILENT_MS,
  TAGS_A_FRAME,
  type ToAgent,
  UNCOUNTED_MOST,
} from '../../devices/agent/protocol.ts'
import type { PressAttempt } from '../../devices/keypad/held-key.ts'
import type { DeviceReport, StationConfig } from '../../devices/reading.ts'
import { Refusal } from '../refusal.ts'
import { exactly, id } from '../schemas.ts'
import { type Endpoint, REVOKED_RECORDS_MAX } from './records.ts'

/** A nonce that nobody will see twice. */
const NONCE_BYTES = 32
/** Before anybody knows who speaks, nothing longer is read. */
const HELLO_BYTES_MAX = 2_048
/** An agent that does not read is dropped rather than remembered: several label pages. */
const SEND_BUFFER_MAX = 8 * 1024 * 1024
/** An agent that sends more than it may before it is acknowledged is none of ours. */
const WAITING_MAX = IN_FLIGHT_MAX * 2

const hello = Type.Object(
  {
    t: Type.Literal('hello'),
    agent: id,
    key: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
    at_ms: Type.Integer({ minimum: 0, maximum: 8.64e15 }),
    mono_ms: Type.Number(),
    signature: Type.String({ maxLength: 100 }),
  },
  exactly,
)
const UUID = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
const named = { station: Type.String({ maxLength: 32 }), device: Type.String({ maxLength: 32 }) }
const some = Type.Integer({ minimum: 0, maximum: 1e12 })
const said = Type.Union([
  Type.Object(
    {
      t: Type.Literal('beat'),
      mono_ms: Type.Number(),
      status: Type.Object(
        {
          backlog: Type.Integer({ minimum: 0, maximum: 1e9 }),
          oldestAt: Type.Union([
            Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' }),
            Type.Null(),
          ]),
          fault: Type.Union([
            Type.Enum(['journal-full', 'journal-broken', 'reading-too-large', 'journal-cut']),
            Type.Null(),
          ]),
          counted: Type.Array(
            Type.Object(
              { ...named, counts: Type.Object({ repeats: some, damaged: some, noise_bytes: some }, exactly) },
              exactly,
            ),
            { maxItems: COUNTED_A_BEAT },
          ),
        },
        exactly,
      ),
    },
    exactly,
  ),
  Type.Object(
    {
      t: Type.Literal('record'),
      text: Type.String(),
      seal: Type.String({ maxLength: 100 }),
      seen_ms: Type.Number({ minimum: 0, maximum: 8.64e15 }),
      oldest: Type.Integer({ minimum: 1 }),
    },
    exactly,
  ),
  Type.Object(
    {
      t: Type.Literal('tags'),
      tags: Type.Array(
        Type.Object(
          {
            ...named,
            epc: Type.String({ pattern: '^(?:[0-9A-F]{4}){1,31}$' }),
            tid: Type.Union([Type.String({ pattern: '^[0-9A-F]{2,64}$' }), Type.Null()]),
            antenna: Type.Integer({ minimum: 0, maximum: 255 }),
            rssi_dbm: Type.Union([Type.Number({ minimum: -200, maximum: 100 }), Type.Null()]),
            count: Type.Integer({ minimum: 1, maximum: 1e6 }),
            first_ms: Type.Number({ minimum: 0, maximum: 8.64e15 }),
            last_ms: Type.Number({ minimum: 0, maximum: 8.64e15 }),
          },
          exactly,
        ),
        { maxItems: TAGS_A_FRAME },
      ),
    },
    exactly,
  ),
  Type.Object(
    {
      t: Type.Literal('states'),
      reports: Type.Array(
        Type.Object({
          ...named,
          deviceKind: Type.String(),
          at: Type.String(),
          state: Type.Object({ state: Type.Enum(['opening', 'ready', 'faulty', 'gone']) }),
        }),
        { maxItems: 2_000 },
      ),
    },
    exactly,
  ),
  Type.Object({ t: Type.Literal('clerk-asks'), id: Type.String({ pattern: UUID }), station: named.station }, exactly),
  Type.Object(
    {
      ...{ t: Type.Enum(['unasked', 'held']), station: named.station },
      times: Type.Integer({ minimum: 1, maximum: UNCOUNTED_MOST }),
    },
    exactly,
  ),
  Type.Object(
    { t: Type.Literal('done'), id: Type.String({ maxLength: 40 }), answer: Type.Object({ did: Type.String() }) },
    exactly,
  ),
])

/** What became of an order; `lost` where it may have been carried out and nobody will ever say. */
export type Carried = OrderAnswer | { readonly did: 'lost' }

/** A joined agent. */
export interface AgentConnection {
  readonly endpoint: Endpoint
  /** Its clock less ours. */
  readonly clockOffset_ms: number
  readonly publicKey: KeyObject
  send(message: ToAgent): void
  /** Sends an order and resolves with its answer, or with `lost` when the connection ends first. Never rejects. */
  carry(id: string, order: Order): Promise<Carried>
  /** Ends the connection, with words where the agent is to blame. */
  end(why: Refusal | null): void
}

export type RecordMessage = Extract<FromAgent, { t: 'record' }>

export interface ConnectionEvents {
  readonly installation: string
  readonly now_ms: () => number
  /** Who has this key. @throws Refusal */
  find(agent: string, key: string): Promise<Endpoint>
  /** The signature holds. Resolves with what the agent is welcomed with. */
  onJoined(connection: AgentConnection): Promise<{ after: number; hash: string; stations: readonly StationConfig[] }>
  /** The key was revoked; resolves with where its records stand. @throws Refusal `agents.revoked` when nothing more is taken */
  onRevoked(connection: AgentConnection): Promise<{ after: number; hash: string }>
  /** It has been sent its welcome. */
  onWelcomed(connection: AgentConnection): void
  /** One after the other, in the order they came. A rejection ends the connection. */
  onRecord(connection: AgentConnection, record: RecordMessage): Promise<void>
  /** What lies before its readers now. */
  onTags(connection: AgentConnection, tags: readonly FarTag[]): void
  onBeat(connection: AgentConnection, status: AgentStatus): void
  /** A clerk asks at a counter; `event` names it. */
  onClerkAsks(connection: AgentConnection, station: string, event: string): void
  /** So many presses at a counter that nothing had asked for. */
  onAttempted(connection: AgentConnection, station: string, attempt: PressAttempt, times: number): void
  onStates(connection: AgentConnection, reports: readonly DeviceReport[]): void
  /** Once, after `onJoined` and after the last record was taken. */
  onLeft(connection: AgentConnection): void
  /** Somebody was refused. `agent` as he called himself. */
  onRefused(agent: string | null, refusal: Refusal): void
  onFailed(error: unknown): void
}

/** One socket of an agent from its first byte: a nonce, a signed answer, then whatever the protocol has. */
export function serveAgent(socket: WebSocket, events: ConnectionEvents): void {
  const nonce = randomBytes(NONCE_BYTES).toString('base64')
  const challenged_ms = events.now_ms()
  const carried = new Map<string, (answer: Carried) => void>()
  let connection: AgentConnection | null = null
  let claimed: string | null = null
  let greeted = false
  let waiting = 0
  let surrendered = 0
  let work: Promise<void> = Promise.resolve()
  let silent = setTimeout(() => socket.terminate(), HELLO_MS)

  const send = (message: ToAgent): void => {
    if (socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount > SEND_BUFFER_MAX) socket.terminate()
    else socket.send(JSON.stringify(message))
  }
  const end = (why: Refusal | null): void => {
    if (why !== null) {
      const { code, detail, remedy } = why.notice()
      send({ t: 'refused', code, zh: `${detail.zh}；${remedy.zh}`, en: `${detail.en}. ${remedy.en}` })
    }
    socket.close(why === null ? 1000 : 4403)
    clearTimeout(silent)
    silent = setTimeout(() => socket.terminate(), SILENT_MS)
  }
  const failed = (error: unknown): void => {
    if (error instanceof Refusal) {
      events.onRefused(claimed, error)
      end(error)
    } else {
      events.onFailed(error)
      socket.terminate()
    }
  }

  const join = async (message: Static<typeof hello>): Promise<void> => {
    const { agent, key, at_ms, signature } = message
    claimed = agent
    const heard_ms = events.now_ms()
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key }, format: 'jwk' })
    const text = helloText({ nonce, installation: events.installation, agent, key, at_ms })
    if (!verify(null, text, publicKey, Buffer.from(signature, 'base64'))) throw new Refusal('agents.wrong-key')
    const endpoint = await events.find(agent, key)
    const joined: AgentConnection = {
      endpoint,
      // It looked at its clock somewhere between our question and its answer.
      clockOffset_ms: Math.round(at_ms - (challenged_ms + heard_ms) / 2),
      publicKey,
      send,
      end,
      carry: (id, order) =>
        new Promise((resolve) => {
          if (socket.readyState !== socket.OPEN) return resolve({ did: 'lost' })
          carried.set(id, resolve)
          send({ t: 'do', id, ...order })
        }),
    }
    if (endpoint.revoked) {
      const { after, hash } = await events.onRevoked(joined)
      connection = joined
      if (socket.readyState === socket.OPEN) send({ t: 'surrender', at_ms: events.now_ms(), after, hash })
      return
    }
    const welcome = await events.onJoined(joined)
    connection = joined
    // The agent may have left while we looked.
    if (socket.readyState !== socket.OPEN) return
    send({ t: 'welcome', at_ms: events.now_ms(), ...welcome })
    events.onWelcomed(joined)
  }

  const take = (text: string): void => {
    const message: unknown = JSON.parse(text)
    if (!greeted) {
      greeted = true
      if (text.length > HELLO_BYTES_MAX || !Value.Check(hello, message)) throw new Refusal('agents.wrong-key')
      work = work.then(() => join(message)).catch(failed)
      return
    }
    if (connection === null || !Value.Check(said, message))
      throw new Refusal('agents.wrong-record', { what: 'message' })
    const from = connection
    const heard = message as unknown as FromAgent
    switch (heard.t) {
      case 'hello':
        return
      case 'beat':
        send({ t: 'beat', mono_ms: heard.mono_ms, at_ms: events.now_ms() })
        if (from.endpoint.revoked) {
          // Everything that it had is here.
          if (heard.status.backlog === 0) throw new Refusal('agents.revoked')
          return
        }
        events.onBeat(from, heard.status)
        return
      case 'tags':
        if (!from.endpoint.revoked) events.onTags(from, heard.tags)
        return
      case 'states':
        if (!from.endpoint.revoked) events.onStates(from, heard.reports)
        return
      case 'clerk-asks':
        if (!from.endpoint.revoked) events.onClerkAsks(from, heard.station, heard.id)
        return
      case 'unasked':
      case 'held':
        if (!from.endpoint.revoked) events.onAttempted(from, heard.station, heard.t, heard.times)
        return
      case 'done':
        carried.get(heard.id)?.(heard.answer)
        carried.delete(heard.id)
        return
      case 'record':
        if (from.endpoint.revoked) {
          surrendered += 1
          if (surrendered > REVOKED_RECORDS_MAX) throw new Refusal('agents.revoked')
        }
        if (waiting >= WAITING_MAX) throw new Refusal('agents.wrong-record', { what: 'too many at once' })
        waiting += 1
        work = work
          .then(() => (socket.readyState === socket.OPEN ? events.onRecord(from, heard) : undefined))
          .catch(failed)
          .finally(() => (waiting -= 1))
    }
  }

  socket.on('message', (data: Buffer) => {
    if (socket.readyState !== socket.OPEN) return
    if (greeted) {
      clearTimeout(silent)
      silent = setTimeout(() => socket.terminate(), connection === null ? HELLO_MS : SILENT_MS)
    }
    try {
      take(data.toString('utf8'))
    } catch (error) {
      failed(error instanceof SyntaxError ? new Refusal('agents.wrong-record', { what: 'not JSON' }) : error)
    }
  })
  socket.on('error', () => socket.terminate())
  socket.on('close', () => {
    clearTimeout(silent)
    for (const resolve of carried.values()) resolve({ did: 'lost' })
    carried.clear()
    void work.then(() => {
      if (connection !== null && !connection.endpoint.revoked) events.onLeft(connection)
    })
  })
  send({ t: 'challenge', nonce, installation: events.installation })
}
