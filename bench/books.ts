import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { makeEpc } from '../labels/epc.ts'
import type { Answer } from '../server/act.ts'
import { type Db, inTransaction, type Trx } from '../server/database/connect.ts'
import { newId } from '../server/id.ts'
import { type ContentKey, contentKeyOf } from '../server/ledger/content-key.ts'
import { canonicalText, type EntryMembers, entryHash, NOTHING_BEFORE, toFact } from '../server/ledger/entry.ts'
import { insertPersonal, type PersonalContent, sealPersonal } from '../server/ledger/personal.ts'
import { expectedRows, type Kept, subjectId, subjectKind } from '../server/ledger/project.ts'
import type { Actor, Circumstances, Command, Decision, Fact, Json, JsonObject, Projection } from '../server/module.ts'

const HASH = 'sha256'
const EPC_RANDOM_BYTES = 11

interface Written {
  readonly fact: Fact
  readonly text: string
  readonly prev: Buffer
  readonly hash: Buffer
}

interface Caused {
  readonly actor: string
  readonly key: string
  readonly fingerprint: Buffer
  readonly answer: Answer
}

/**
 * Registers as the one door would have written them, act by act, but held in memory and written by the thousand: how a store of a million
 * entries is made in a minute. The decisions are the program's own; numbering, pairs, chain and read tables are made here, and `verifyStore`
 * judges them. A register must not be there yet, and a subject's whole life lies between two calls of `write`.
 */
export class Books {
  readonly #projections: ReadonlyMap<string, Projection>
  readonly #contentKey: ContentKey
  readonly #heads = new Map<string, { seq: number; hash: Buffer; born: boolean }>()
  #kept = new Map<string, Kept<unknown>>()
  #written: Written[] = []
  #personal: PersonalContent[] = []
  #causes: Caused[] = []
  #acts = 0
  #entries = 0

  constructor(
    projections: readonly Projection[],
    /** The installation's pepper. */
    pepper: Uint8Array,
  ) {
    this.#contentKey = contentKeyOf(pepper)
    this.#projections = new Map(projections.map((one) => [one.kind, one]))
  }

  /** Entries so far, written or not. */
  get entries(): number {
    return this.#entries
  }

  /** Entries that wait to be written. */
  get waiting(): number {
    return this.#written.length
  }

  /**
   * One act at one moment.
   * @param signers ids of others who sign it
   * @returns what its decision answered
   */
  act(
    actor: Actor,
    command: Command,
    at: string,
    decide: (of: Circumstances) => Decision,
    signers: readonly string[] = [],
  ): JsonObject {
    const mint = {
      id: newId,
      seed: () => randomBytes(32).toString('hex'),
      epc: () => makeEpc(randomBytes(EPC_RANDOM_BYTES)),
      seal: (content: Json, numbers?: readonly string[]) => {
        const { sealed, personal } = sealPersonal(newId(), content, numbers)
        this.#personal.push(personal)
        return sealed
      },
    }
    const { facts: drafts, result = {} } = decide({ actor, with: signers, station: null, at, mint })
    const key = `filled:${(this.#acts += 1)}`
    const first = this.#written.length
    const places = drafts.map(({ register }) => ({ register, seq: (this.#head(register).seq += 1) }))
    for (const [index, { register, type, subject, body: drafted, pairedWith }] of drafts.entries()) {
      const head = this.#head(register)
      const n = (this.#kept.get(subject)?.n ?? 0) + 1
      const receiver = drafts.findIndex((one) => one.pairedWith === index)
      const giver = pairedWith === undefined ? undefined : this.#written[first + pairedWith]?.fact
      const body = {
        ...drafted,
        subject,
        n,
        ...(receiver === -1 ? {} : { counterpart: { ...places[receiver] } as JsonObject }),
        ...(giver === undefined ? {} : { counterpart: { register: giver.register, seq: giver.seq, hash: giver.hash } }),
      }
      const entry: EntryMembers = {
        v: 1,
        register,
        seq: places[index]?.seq ?? 0,
        at,
        recordedAt: at,
        actor: actor.person,
        with: signers,
        station: null,
        cause: key,
        type,
        body,
      }
      const text = canonicalText({ ...entry })
      const prev = head.hash
      head.hash = entryHash(HASH, prev, text)
      const fact = toFact(entry, head.hash)
      this.#written.push({ fact, text, prev, hash: head.hash })
      this.#fold(fact)
    }
    this.#entries += drafts.length
    const facts = this.#written
      .slice(first)
      .map(({ fact }) => ({ register: fact.register, seq: fact.seq, type: fact.type, hash: fact.hash }))
    const fingerprint = createHash(HASH)
      .update(canonicalText({ ...command } as unknown as Json))
      .digest()
    this.#causes.push({ actor: actor.person, key, fingerprint, answer: { facts, result } })
    return result
  }

  /** The state of a subject that was not written yet. Throws when there is none. */
  state<S>(subject: string): S {
    const kept = this.#kept.get(subject)
    if (kept === undefined) throw new Error(`${subject} is not in hand`)
    return kept.state as S
  }

  /** Writes what waits, in one transaction, and forgets it. */
  async write(db: Db): Promise<void> {
    const [written, personal, causes, kept] = [this.#written, this.#personal, this.#causes, this.#kept]
    const newborn = [...this.#heads].filter(([, head]) => !head.born).map(([register]) => register)
    ;[this.#written, this.#personal, this.#causes, this.#kept] = [[], [], [], new Map()]
    for (const head of this.#heads.values()) head.born = true
    await inTransaction(db, async (trx) => {
      const bornAt = written[0]?.fact.at ?? ''
      await sql`
        insert into registers (id, hash, born_at) select id, ${HASH}, ${bornAt} from unnest(${newborn}::text[]) as new (id)
      `.execute(trx)
      await insertEntries(trx, written)
      await insertPersonal(trx, personal, this.#contentKey)
      await insertCauses(trx, causes)
      for (const projection of this.#projections.values()) await insertRows(trx, projection, kept)
    })
  }

  #head(register: string): { seq: number; hash: Buffer } {
    const head = this.#heads.get(register) ?? { seq: 0, hash: NOTHING_BEFORE, born: false }
    this.#heads.set(register, head)
    return head
  }

  #fold(fact: Fact): void {
    const { subject, n } = fact.body
    const projection = this.#projections.get(subjectKind(subject))
    if (projection === undefined) throw new Error(`nothing answers for ${subject}`)
    const before = this.#kept.get(subject)
    const state = before === undefined ? projection.initial : before.state
    this.#kept.set(subject, { n, state: projection.evolve(state, fact) })
  }
}

async function insertEntries(trx: Trx, written: readonly Written[]): Promise<void> {
  const facts = written.map(({ fact }) => fact)
  await sql`
    insert into entries (register, seq, type, subject, n, at, recorded_at, actor, cause, text, prev, hash)
    select register, seq, type, subject, n, at, at, actor, cause, text, prev, hash
    from unnest(
      ${facts.map((one) => one.register)}::text[], ${facts.map((one) => one.seq)}::bigint[],
      ${facts.map((one) => one.type)}::text[], ${facts.map((one) => one.body.subject)}::text[],
      ${facts.map((one) => one.body.n)}::bigint[], ${facts.map((one) => one.at)}::timestamptz[],
      ${facts.map((one) => one.actor)}::text[], ${facts.map((one) => one.cause)}::text[],
      ${written.map((one) => one.text)}::text[], ${written.map((one) => one.prev)}::bytea[],
      ${written.map((one) => one.hash)}::bytea[]
    ) with ordinality as new (register, seq, type, subject, n, at, actor, cause, text, prev, hash, place)
    order by place
  `.execute(trx)
}

async function insertCauses(trx: Trx, causes: readonly Caused[]): Promise<void> {
  await sql`
    insert into causes (actor, key, fingerprint, answer)
    select actor, key, fingerprint, answer::jsonb
    from unnest(
      ${causes.map((one) => one.actor)}::text[], ${causes.map((one) => one.key)}::text[],
      ${causes.map((one) => one.fingerprint)}::bytea[], ${causes.map((one) => JSON.stringify(one.answer))}::text[]
    ) as new (actor, key, fingerprint, answer)
  `.execute(trx)
}

async function insertRows(trx: Trx, projection: Projection, kept: ReadonlyMap<string, Kept<unknown>>): Promise<void> {
  const mine = new Map(
    [...kept]
      .filter(([subject]) => subjectKind(subject) === projection.kind)
      .map(([subject, one]) => [subjectId(subject), one]),
  )
  for (const { table, rows } of expectedRows(projection, mine)) {
    const [sample] = rows
    if (sample === undefined) continue
    const columns = sql.join(Object.keys(sample).map((column) => sql.ref(column)))
    await sql`
      insert into ${sql.table(table)} (${columns})
      select ${columns} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)
    `.execute(trx)
  }
}
