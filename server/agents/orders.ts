import { sql } from 'kysely'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Errand, Order } from '../../devices/agent/protocol.ts'
import type { Plugged } from '../../devices/plugged.ts'
import type { Fault, FaultWords } from '../../devices/reading.ts'
import type { Db } from '../database/connect.ts'
import { newId } from '../id.ts'
import type { Carried } from './connection.ts'
import { isJoined } from './links.ts'
import type { RemoteDevice, RemoteDevices } from './remote.ts'

/** Hints between server processes: `order ID AGENT`, `answer ID`. */
export const AGENTS_CHANNEL = 'agents'

/** What the way to the agent and back may take beyond the deadline; a page that began in time may take its time. */
const ANSWER_MS = 3_000
const PRINTED_MS = 90_000
/** A verdict that is heard, or a trigger that is pulled, later than this says nothing. */
const TELL_MS = 2_000
/** A tablet is emptied of old results and then asked, 3 s each at most; nobody waits for longer to be asked. */
const ASK_MS = 8_000
/** Beneath NOTIFY lies a slow poll. */
const POLL_MS = 1_000
const KEPT_MINUTES = 60

const words: FaultWords = {
  zh: '设备所在电脑的代理程序没有连上',
  en: 'the agent on the PC of this device is away',
}
export const AWAY: Fault = { code: 'port-gone', detail: 'the agent is away', words }
const LOST: Fault = { code: 'no-answer', detail: 'the agent went away before it answered', words }

/** What a PC may say of its ports; it is held to it, for any key may speak. */
const path = Type.String({ minLength: 1, maxLength: 512 })
const portsSaid = Type.Object({
  did: Type.Literal('ports'),
  plugged: Type.Array(Type.Object({ port: path, leadsTo: path }), { maxItems: 64 }),
  leads: Type.Array(Type.Union([path, Type.Null()])),
})

/** What is plugged into a PC, and where the paths that were asked for lead on it, in their order. */
export interface FarPorts {
  readonly plugged: readonly Plugged[]
  readonly leads: readonly (string | null)[]
}

/** Sends an order by the connection that this process has to the agent; null when it has none. */
export type CarryHere = (agent: string, id: string, order: Order) => Promise<Carried> | null

export interface Orders extends Omit<RemoteDevices, 'begin' | 'hears' | 'sessionMoved'> {
  /** What is plugged into the PC of an agent; null when it is away or says nothing sound in time. */
  ports(agent: string, paths: readonly string[]): Promise<FarPorts | null>
  /** Carries what another process has ordered, if the agent is ours. */
  carry(id: string, agent: string): Promise<void>
  /** An answer has come for somebody, perhaps for us. */
  answered(id: string): void
  prune(): Promise<void>
}

export interface OrdersDependencies {
  readonly db: Db
  /** RFC 3339 UTC with milliseconds. */
  readonly now: () => string
  readonly carryHere: CarryHere
}

/**
 * Orders for devices behind agents. Where this process holds the agent's connection they go straight down; else they wait in a table for the
 * process that does. An order is taken before its first byte leaves: one that nobody took in its time was not sent, and is dropped for good; one that
 * was taken and has no answer is lost, and what came of it is not known.
 */
export function openOrders({ db, now, carryHere }: OrdersDependencies): Orders {
  const waiting = new Map<string, () => void>()

  const order = async (
    { agent, station, device }: RemoteDevice,
    what: Errand,
    within_ms: number,
    after_ms: number,
  ): Promise<Carried> => {
    const id = newId()
    const deadline_ms = Date.parse(now()) + within_ms
    const here = carryHere(agent, id, { station, device, deadline_ms, what })
    if (here !== null) return await inTime(here, within_ms + after_ms)
    if (!(await isJoined(db, agent, now()))) return { did: 'nothing', fault: AWAY }
    await sql`
      with made as (
        insert into agent_orders (id, agent, body, deadline_at)
        values (${id}, ${agent}, ${JSON.stringify({ station, device, what })}::jsonb, clock_timestamp() + make_interval(secs => ${within_ms / 1_000}))
        returning id
      )
      select pg_notify(${AGENTS_CHANNEL}, ${`order ${id} ${agent}`}) from made
    `.execute(db)
    return await answerOf(id, performance.now() + within_ms, after_ms)
  }

  /** Its answer; at the end of its time it is dropped, or lost if somebody took it. */
  const answerOf = async (id: string, deadline_ms: number, after_ms: number): Promise<Carried> => {
    try {
      for (;;) {
        const over = performance.now() >= deadline_ms
        const found = await sql<{ answer: Carried | null; taken: boolean }>`
          ${over ? sql`update agent_orders set answer = coalesce(answer, case when taken_at is null then ${JSON.stringify({ did: 'nothing', fault: AWAY })}::jsonb end)` : sql`select answer, taken_at is not null as taken from agent_orders`}
          where id = ${id} ${over ? sql`returning answer, taken_at is not null as taken` : sql``}
        `.execute(db)
        const [row] = found.rows
        if (row === undefined) return { did: 'lost' }
        if (row.answer !== null) return row.answer
        if (performance.now() >= deadline_ms + after_ms) return { did: 'lost' }
        await new Promise<void>((resolve) => {
          const poll = setTimeout(resolve, POLL_MS)
          waiting.set(id, () => {
            clearTimeout(poll)
            resolve()
          })
        })
      }
    } finally {
      waiting.delete(id)
      await sql`delete from agent_orders where id = ${id}`.execute(db)
    }
  }

  const scaleTold = async (of: RemoteDevice, what: 'zero' | 'tare', within_ms: number): Promise<Fault | null> => {
    const answer = await order(of, { do: what }, within_ms, ANSWER_MS)
    return answer.did === what ? answer.fault : faultOf(answer)
  }

  return {
    weigh: async (of, within_ms) => {
      const answer = await order(of, { do: 'weigh' }, within_ms, ANSWER_MS)
      const named = { station: of.station, device: of.device, deviceKind: 'scale', at: now() } as const
      if (answer.did === 'weigh')
        return { ...named, id: answer.id, raw: Buffer.from(answer.raw, 'base64'), value: answer.value }
      const fault = faultOf(answer)
      return { ...named, id: newId(), raw: new Uint8Array(0), value: { kind: 'fault', fault } }
    },
    print: async (of, { width, height, rowBytes, bits }, within_ms) => {
      const page = { width, height, rowBytes, bits: Buffer.from(bits).toString('base64') }
      const answer = await order(of, { do: 'print', page }, within_ms, PRINTED_MS)
      if (answer.did === 'print') return answer.outcome
      if (answer.did === 'nothing') return { outcome: 'refused', fault: answer.fault, conditions: [] }
      return { outcome: 'unknown', fault: LOST, conditions: [] }
    },
    zero: (of, within_ms) => scaleTold(of, 'zero', within_ms),
    tare: (of, within_ms) => scaleTold(of, 'tare', within_ms),
    order: async (of, wanted) => {
      const answer = await order(of, { do: 'order', order: wanted }, TELL_MS, ANSWER_MS)
      return answer.did === 'order' ? answer.told : faultOf(answer)
    },
    unlock: async (of, lock, within_ms) => {
      const answer = await order(of, { do: 'unlock', lock }, within_ms, ANSWER_MS)
      if (answer.did === 'unlock') return answer.outcome
      return { outcome: answer.did === 'nothing' ? 'refused' : 'unknown', fault: faultOf(answer) }
    },
    lockState: async (of, lock, within_ms) => {
      const answer = await order(of, { do: 'lock-state', lock }, within_ms, ANSWER_MS)
      if (answer.did === 'lock-state') return { state: answer.state, fault: answer.fault }
      return { state: 'unknown', fault: faultOf(answer) }
    },
    writeTag: async (of, { epc, kept }, within_ms) => {
      const answer = await order(of, { do: 'write-tag', epc, kept }, within_ms, ANSWER_MS)
      if (answer.did === 'write-tag') return answer.outcome
      const { detail, words: said = words } = faultOf(answer)
      return answer.did === 'nothing'
        ? { outcome: 'failed', why: 'reader-fault', words: said, detail }
        : { outcome: 'unknown', words: said, detail }
    },
    ports: async (agent, paths) => {
      const answer = await order({ agent, station: '', device: '' }, { do: 'ports', paths }, TELL_MS, ANSWER_MS)
      if (!Value.Check(portsSaid, answer) || answer.leads.length !== paths.length) return null
      return answer
    },
    ask: async (of, vote) => {
      const answer = await order(of, { do: 'ask', vote }, ASK_MS, ANSWER_MS)
      return answer.did === 'ask' ? answer.asked.fault : faultOf(answer)
    },
    feedback: async (of, verdict) => {
      const answer = await order(of, { do: 'feedback', verdict }, TELL_MS, ANSWER_MS)
      return answer.did === 'feedback' ? answer.told : faultOf(answer)
    },
    carry: async (id, agent) => {
      const taken = await sql<{ body: Omit<Order, 'deadline_ms'>; left_ms: number }>`
        update agent_orders set taken_at = clock_timestamp()
        where id = ${id} and agent = ${agent} and taken_at is null and answer is null and deadline_at > clock_timestamp()
        returning body, (extract(epoch from deadline_at - clock_timestamp()) * 1000)::float8 as left_ms
      `.execute(db)
      const [row] = taken.rows
      if (row === undefined) return
      const deadline_ms = Date.parse(now()) + row.left_ms
      const answer = (await carryHere(agent, id, { ...row.body, deadline_ms })) ?? { did: 'lost' }
      await sql`
        with answered as (
          update agent_orders set answer = ${JSON.stringify(answer)}::jsonb where id = ${id} and answer is null returning id
        )
        select pg_notify(${AGENTS_CHANNEL}, ${`answer ${id}`}) from answered
      `.execute(db)
    },
    answered: (id) => waiting.get(id)?.(),
    prune: async () => {
      await sql`
        delete from agent_orders where made_at < clock_timestamp() - make_interval(mins => ${KEPT_MINUTES})
      `.execute(db)
    },
  }
}

/** Why an order has not been answered as it should be. */
function faultOf(answer: Carried): Fault {
  return answer.did === 'nothing' ? answer.fault : LOST
}

/** A connection that lives and never answers is no reason to wait for ever. */
function inTime(carried: Promise<Carried>, patience_ms: number): Promise<Carried> {
  const late = Promise.withResolvers<Carried>()
  const timer = setTimeout(() => late.resolve({ did: 'lost' }), patience_ms)
  return Promise.race([carried, late.promise]).finally(() => clearTimeout(timer))
}
