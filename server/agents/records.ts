import { sql } from 'kysely'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import type { OfflineCode } from '../../devices/agent/held-list.ts'
import { RECORD_BYTES_MAX } from '../../devices/journal-record.ts'
import { SEALED_BYTES } from '../../devices/ballot/seal.ts'
import { CODE_BYTES_MAX } from '../../devices/scanner/scan.ts'
import type { Trx } from '../database/connect.ts'
import type { Reader } from '../module.ts'
import { Refusal, type Words } from '../refusal.ts'
import { exactly, id } from '../schemas.ts'

const fault = Type.Object(
  {
    code: Type.String({ minLength: 1, maxLength: 40 }),
    // A reader may say why in as many words as it likes; what fits into a record is taken.
    detail: Type.String({ maxLength: RECORD_BYTES_MAX }),
    words: Type.Optional(
      Type.Object({ zh: Type.String({ maxLength: 500 }), en: Type.String({ maxLength: 500 }) }, exactly),
    ),
  },
  exactly,
)
const repeats = Type.Optional(Type.Union([Type.String({ maxLength: 64 }), Type.Null()]))
const value = Type.Union([
  Type.Object(
    {
      kind: Type.Literal('scan'),
      text: Type.String({ maxLength: CODE_BYTES_MAX }),
      symbology: Type.Union([Type.String({ maxLength: 40 }), Type.Null()]),
      repeats,
      gs1: Type.Optional(Type.Unknown()),
    },
    exactly,
  ),
  Type.Object({ kind: Type.Literal('badge'), badge: Type.String({ maxLength: CODE_BYTES_MAX }), repeats }, exactly),
  Type.Object({ kind: Type.Literal('weight'), weight_mg: Type.Integer(), stable: Type.Boolean() }, exactly),
  Type.Object({ kind: Type.Literal('fault'), fault }, exactly),
])
/** `devices/ballot/sealed-press.ts`: of one length, as every ballot is. */
const SEALED_CHARACTERS = Math.ceil(SEALED_BYTES / 3) * 4
const ballot = Type.Object(
  {
    kind: Type.Literal('ballot'),
    pass: Type.String({ maxLength: 200 }),
    key: Type.String({ pattern: '^\\d{4}-\\d{2}$' }),
    sealed: Type.String({
      minLength: SEALED_CHARACTERS,
      maxLength: SEALED_CHARACTERS,
      pattern: '^[A-Za-z0-9+/]+={0,2}$',
    }),
    pressedAt: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' }),
  },
  exactly,
)
const code = Type.String({ pattern: '^[0-9A-Z]{14}$' })
/** What a bench without its server made of a reading: `devices/agent/held-list.ts`. */
const offline = Type.Object(
  {
    code: Type.Unsafe<OfflineCode>(Type.String({ pattern: '^[a-z-]{1,40}$' })),
    deed: Type.Union([
      Type.Object(
        {
          ...{ pass: Type.String({ maxLength: 4_000 }), list: code, item: code, location: code },
          weighed: Type.Union([
            Type.Object({ weight_mg: Type.Integer(), reading: Type.String({ minLength: 1, maxLength: 40 }) }, exactly),
            Type.Null(),
          ]),
          sealNumber: Type.Union([Type.String({ minLength: 1, maxLength: 40 }), Type.Null()]),
        },
        exactly,
      ),
      Type.Null(),
    ]),
  },
  exactly,
)

/** What an agent's journal says of one reading, as `devices/journal-record.ts` writes it. */
const recordSchema = Type.Object(
  {
    n: Type.Integer({ minimum: 1 }),
    prev: Type.String({ pattern: '^([0-9a-f]{64})?$' }),
    at: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' }),
    mono_ms: Type.Number({ minimum: 0 }),
    run: Type.String({ pattern: '^[0-9a-f]{16}$' }),
    reading: Type.Object(
      {
        id: Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' }),
        station: id,
        device: id,
        deviceKind: Type.String({ maxLength: 20 }),
        at: Type.String({ maxLength: 30 }),
        raw: Type.String({ pattern: '^[A-Za-z0-9+/]*={0,2}$' }),
        value: Type.Union([value, ballot]),
      },
      exactly,
    ),
    offline: Type.Optional(offline),
  },
  exactly,
)
export type SentRecord = Static<typeof recordSchema>

/** @throws Refusal `agents.wrong-record` for a text that no agent of ours writes */
export function readRecord(text: string): SentRecord {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    throw new Refusal('agents.wrong-record', { what: 'not JSON' })
  }
  if (Value.Check(recordSchema, content)) return content
  const [first] = Value.Errors(recordSchema, content)
  throw new Refusal('agents.wrong-record', { what: `${first?.instancePath ?? ''} ${first?.message ?? ''}`.trim() })
}

/** Whose records these are: every key of an agent numbers its own. */
export interface Endpoint {
  readonly agent: string
  readonly enrolment: number
  readonly key: string
  /** What comes under a key that is worth nothing any more is kept and flagged, and has no effect. */
  readonly revoked: boolean
}

export type Fate = 'station' | 'held' | 'offline' | 'revoked' | 'not-its-device' | 'failed'

/**
 * What is kept of a ballot's record instead of its text: which ballot came of which service stands nowhere in clear. The hash of the text, which the
 * chain goes on from, tells it to nobody either: the record's random name is not kept.
 */
export const WITHHELD = '{}'

export interface ArrivedRecord {
  readonly n: number
  readonly prev: string
  readonly hash: string
  readonly text: string
  readonly seal: Buffer
  /** By the server's clock. */
  readonly seenAt: string
  readonly clockOffset_ms: number
  /** The oldest number that the agent still has. */
  readonly oldest: number
}

/** This number was taken before, with this content: it has had its effect and has only to be acknowledged. */
export class TakenBefore extends Error {
  constructor(n: number) {
    super(`record ${n} was taken before`)
    this.name = 'TakenBefore'
  }
}

/** A record before this one was lost on the way, and the agent still has it: it has to come first. */
export class OutOfTurn extends Error {
  constructor(n: number) {
    super(`record ${n} came before its turn`)
    this.name = 'OutOfTurn'
  }
}

/**
 * Takes a record down in the transaction of its effect, and holds its endpoint until the end: whichever processes it is sent to, it counts once.
 * Numbers that are missing here and that the agent has no more are a fault for a person, and no reason to stop: nobody can send them.
 * @throws TakenBefore, OutOfTurn
 * @throws Refusal `agents.revoked`; `agents.number-reused` and `agents.wrong-record` where the chain says that this is another journal
 */
export async function takeDown(trx: Trx, endpoint: Endpoint, record: ArrivedRecord, fate: Fate): Promise<void> {
  const { agent, enrolment, key, revoked } = endpoint
  const { n, prev, hash, text, seal, seenAt, clockOffset_ms } = record
  const found = await sql<{ last_n: number; last_hash: string; key: string | null }>`
    select l.last_n, l.last_hash, a.key from agent_links l join agents a on a.id = l.agent
    where l.agent = ${agent} and l.enrolment = ${enrolment} for update of l for share of a
  `.execute(trx)
  const [last] = found.rows
  if (last === undefined || (last.key !== key && !revoked)) throw new Refusal('agents.revoked')
  if (n <= last.last_n) {
    const taken = await hashOfTaken(trx, agent, enrolment, n)
    if (taken !== null && taken !== hash) throw new Refusal('agents.number-reused', { n })
    throw new TakenBefore(n)
  }
  if (n === last.last_n + 1 && prev !== last.last_hash)
    throw new Refusal('agents.wrong-record', { what: `${n} does not follow the last one` })
  if (n > last.last_n + 1) {
    if (record.oldest <= last.last_n + 1) throw new OutOfTurn(n)
    const [first, before] = [last.last_n + 1, n - 1]
    await noteFault(trx, endpoint, 'gap', n, {
      zh: `第 ${first} 至 ${before} 号记录始终没有送到`,
      en: `records ${first} to ${before} never came`,
    })
  }
  await sql`
    with moved as (
      update agent_links set last_n = ${n}, last_hash = ${hash} where agent = ${agent} and enrolment = ${enrolment}
    )
    insert into agent_records (agent, enrolment, n, text, seal, hash, seen_at, clock_offset_ms, fate)
    values (${agent}, ${enrolment}, ${n}, ${text}, ${seal}, ${hash}, ${seenAt}, ${clockOffset_ms}, ${fate})
  `.execute(trx)
}

/** Null for a record so old that it is not kept any more: nothing can be said of it. */
async function hashOfTaken(trx: Trx, agent: string, enrolment: number, n: number): Promise<string | null> {
  const found = await sql<{ hash: string }>`
    select hash from agent_records where agent = ${agent} and enrolment = ${enrolment} and n = ${n}
  `.execute(trx)
  return found.rows[0]?.hash ?? null
}

export type AgentFaultCode = 'gap' | 'revoked' | 'number-reused' | 'wrong-record' | 'not-its-device' | 'failed'

/** Notes once what a person has to look at. */
export async function noteFault(
  db: Reader,
  { agent, enrolment }: Endpoint,
  code: AgentFaultCode,
  n: number,
  { zh, en }: Words,
): Promise<void> {
  await sql`
    insert into agent_faults (agent, enrolment, code, n, detail, detail_zh)
    values (${agent}, ${enrolment}, ${code}, ${n}, ${en.slice(0, 500)}, ${zh.slice(0, 500)}) on conflict do nothing
  `.execute(db)
}

/** Longer than anything can be away: an agent keeps 20,000 readings, and its numbers still tell what came. */
const RECORDS_KEPT_DAYS = 400

/** Forgets the texts of old records; the last one of each endpoint stays, for the chain. */
export async function pruneRecords(db: Reader): Promise<void> {
  await sql`
    delete from agent_records r where recorded_at < now() - make_interval(days => ${RECORDS_KEPT_DAYS})
      and exists (select from agent_links l where l.agent = r.agent and l.enrolment = r.enrolment and l.last_n > r.n)
  `.execute(db)
}

/** As many as an agent's journal holds. */
export const REVOKED_RECORDS_MAX = 20_000

/**
 * Where the records of a revoked key stand.
 * @throws Refusal `agents.revoked` for one that never sent any, or more than a journal holds
 */
export async function lastOfRevoked(
  db: Reader,
  { agent, enrolment }: Endpoint,
): Promise<{ readonly after: number; readonly hash: string }> {
  const found = await sql<{ after: number; hash: string; kept: number }>`
    select last_n as after, last_hash as hash, (
      select count(*) from agent_records r where r.agent = l.agent and r.enrolment = l.enrolment and r.fate = 'revoked'
    ) as kept
    from agent_links l where agent = ${agent} and enrolment = ${enrolment}
  `.execute(db)
  const [row] = found.rows
  if (row === undefined || row.kept >= REVOKED_RECORDS_MAX) throw new Refusal('agents.revoked')
  return row
}
