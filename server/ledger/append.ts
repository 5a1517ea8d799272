import { sql } from 'kysely'
import type { Trx } from '../database/connect.ts'
import type { Fact, FactDraft, JsonObject } from '../module.ts'
import { canonicalText, type EntryMembers, entryHash, type HashName, NOTHING_BEFORE, toFact } from './entry.ts'

/** What every entry of one act shares. */
export interface Provenance {
  readonly actor: string
  readonly with: readonly string[]
  readonly station: string | null
  readonly cause: string
  /** When it happened. */
  readonly at: string
  /** When it is written down. */
  readonly recordedAt: string
}

interface Head {
  readonly hashName: HashName
  seq: number
  hash: Buffer
}

/** The channel on which `register seq` is announced at commit. */
export const LEDGER_CHANNEL = 'ledger'

/**
 * Takes the heads of these registers until the transaction ends, always in the same order, so that writers of one register queue up
 * and two acts over the same registers never wait for each other in a ring.
 */
export async function lockRegisters(trx: Trx, registers: readonly string[]): Promise<void> {
  const names = [...new Set(registers)].sort()
  await sql`
    select pg_advisory_xact_lock(hashtextextended('register ' || id, 0)) from unnest(${names}::text[]) as wanted (id)
  `.execute(trx)
}

/**
 * The only INSERT into a register. Numbers the drafts in their order, links the pairs, chains the hashes and announces the new heads.
 * The caller holds the locks of all registers named. A register is born with its first entry and keeps the hash it is born with.
 */
export async function append(
  trx: Trx,
  drafts: readonly FactDraft[],
  provenance: Provenance,
  birthHash: HashName,
): Promise<Fact[]> {
  if (drafts.length === 0) return []
  const { heads, counts } = await readStanding(trx, drafts)
  await bear(trx, drafts, heads, provenance.at, birthHash)
  const places = drafts.map((draft) => {
    const head = heads.get(draft.register) as Head
    head.seq += 1
    return { register: draft.register, seq: head.seq }
  })
  const receivers = pairReceivers(drafts)
  const written: { fact: Fact; text: string; prev: Buffer; hash: Buffer }[] = []
  for (const [index, draft] of drafts.entries()) {
    const head = heads.get(draft.register) as Head
    const place = places[index] as { register: string; seq: number }
    const n = (counts.get(draft.subject) ?? 0) + 1
    counts.set(draft.subject, n)
    const body: Record<string, JsonObject[string]> = { ...draft.body, subject: draft.subject, n }
    const receiver = receivers.get(index)
    if (receiver !== undefined) body['counterpart'] = { ...(places[receiver] as { register: string; seq: number }) }
    if (draft.pairedWith !== undefined) {
      const giver = written[draft.pairedWith]
      if (giver === undefined) throw new Error('in a pair the giver stands before the receiver')
      body['counterpart'] = { register: giver.fact.register, seq: giver.fact.seq, hash: giver.fact.hash }
    }
    const entry: EntryMembers = {
      v: 1,
      register: draft.register,
      seq: place.seq,
      at: provenance.at,
      recordedAt: provenance.recordedAt,
      actor: provenance.actor,
      with: provenance.with,
      station: provenance.station,
      cause: provenance.cause,
      type: draft.type,
      body,
    }
    const text = canonicalText({ ...entry })
    const prev = head.hash
    const hash = entryHash(head.hashName, prev, text)
    head.hash = hash
    written.push({ fact: toFact(entry, hash), text, prev, hash })
  }
  await insertEntries(
    trx,
    written,
    [...heads].map(([register, head]) => `${register} ${head.seq}`),
    provenance,
  )
  return written.map((one) => one.fact)
}

async function insertEntries(
  trx: Trx,
  written: readonly { fact: Fact; text: string; prev: Buffer; hash: Buffer }[],
  grown: readonly string[],
  provenance: Provenance,
): Promise<void> {
  await sql`
    with appended as (
      insert into entries (register, seq, type, subject, n, at, recorded_at, actor, cause, text, prev, hash)
      select register, seq, type, subject, n, ${provenance.at}, ${provenance.recordedAt}, ${provenance.actor}, ${provenance.cause}, text, prev, hash
      from unnest(
        ${written.map((one) => one.fact.register)}::text[], ${written.map((one) => one.fact.seq)}::bigint[],
        ${written.map((one) => one.fact.type)}::text[], ${written.map((one) => one.fact.body.subject)}::text[],
        ${written.map((one) => one.fact.body.n)}::bigint[], ${written.map((one) => one.text)}::text[],
        ${written.map((one) => one.prev)}::bytea[], ${written.map((one) => one.hash)}::bytea[]
      ) with ordinality as new (register, seq, type, subject, n, text, prev, hash, place)
      order by place
    )
    select pg_notify(${LEDGER_CHANNEL}, grown) from unnest(${[...grown]}::text[]) as heads (grown)
  `.execute(trx)
}

/** The heads of the registers that are there, and how many facts each subject has. */
async function readStanding(
  trx: Trx,
  drafts: readonly FactDraft[],
): Promise<{ heads: Map<string, Head>; counts: Map<string, number> }> {
  const found = await sql<
    | { of: 'register'; id: string; last: number | null; name: HashName; hash: Buffer | null }
    | { of: 'subject'; id: string; last: number; name: null; hash: null }
  >`
    select 'register' as of, r.id, head.seq as last, r.hash as name, head.hash
    from registers r
    left join lateral (select seq, hash from entries where register = r.id order by seq desc limit 1) head on true
    where r.id = any(${[...new Set(drafts.map(({ register }) => register))]}::text[])
    union all
    select 'subject', s.subject, fact.n, null, null
    from unnest(${[...new Set(drafts.map(({ subject }) => subject))]}::text[]) as s (subject)
    cross join lateral (select n from entries e where e.subject = s.subject order by n desc limit 1) fact
  `.execute(trx)
  const heads = new Map<string, Head>()
  const counts = new Map<string, number>()
  for (const row of found.rows) {
    if (row.of === 'subject') counts.set(row.id, row.last)
    else heads.set(row.id, { hashName: row.name, seq: row.last ?? 0, hash: row.hash ?? NOTHING_BEFORE })
  }
  return { heads, counts }
}

/** A register is born with its first entry. */
async function bear(
  trx: Trx,
  drafts: readonly FactDraft[],
  heads: Map<string, Head>,
  at: string,
  hash: HashName,
): Promise<void> {
  for (const { register } of drafts) {
    if (heads.has(register)) continue
    await sql`insert into registers (id, hash, born_at) values (${register}, ${hash}, ${at})`.execute(trx)
    heads.set(register, { hashName: hash, seq: 0, hash: NOTHING_BEFORE })
  }
}

function pairReceivers(drafts: readonly FactDraft[]): Map<number, number> {
  const receivers = new Map<number, number>()
  for (const [index, draft] of drafts.entries()) {
    if (draft.pairedWith === undefined) continue
    if (receivers.has(draft.pairedWith)) throw new Error('a giver has one receiver')
    receivers.set(draft.pairedWith, index)
  }
  return receivers
}
