import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import type { Trx } from '../database/connect.ts'
import type { Fact, Json, Reader, Sealed } from '../module.ts'
import { canonicalText } from './entry.ts'

const SALT_BYTES = 32
const COMMITMENT = /^[0-9a-f]{64}$/

/** Personal content on its way into the table beside the registers. */
export interface PersonalContent {
  readonly ref: string
  readonly salt: Buffer
  /** Canonical JSON. */
  readonly content: string
}

/** HMAC-SHA-256 of the content under its own salt: says nothing of the content once content and salt are erased. */
export function commitment(salt: Uint8Array, content: string): string {
  return createHmac('sha256', salt).update(content, 'utf8').digest('hex')
}

/** Splits content into what a register holds and what stands beside it. */
export function sealPersonal(ref: string, content: Json): { sealed: Sealed; personal: PersonalContent } {
  const personal = { ref, salt: randomBytes(SALT_BYTES), content: canonicalText(content) }
  return { sealed: { ref, commitment: commitment(personal.salt, personal.content) }, personal }
}

export function matchesCommitment(salt: Uint8Array, content: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(commitment(salt, content), 'hex'), Buffer.from(expected, 'hex'))
}

/** Every commitment inside a body, wherever it stands. */
export function sealedIn(value: Json): Sealed[] {
  if (value === null || typeof value !== 'object') return []
  if (isSealed(value)) return [value]
  return Object.values(value as Record<string, Json>).flatMap(sealedIn)
}

function isSealed(value: Json): value is Sealed {
  const candidate = value as Record<string, Json>
  return (
    Object.keys(candidate).length === 2 &&
    typeof candidate['ref'] === 'string' &&
    typeof candidate['commitment'] === 'string' &&
    COMMITMENT.test(candidate['commitment'])
  )
}

export async function insertPersonal(trx: Trx, contents: readonly PersonalContent[]): Promise<void> {
  if (contents.length === 0) return
  await sql`
    insert into personal (ref, salt, content)
    select * from unnest(
      ${contents.map((one) => one.ref)}::uuid[], ${contents.map((one) => one.salt)}::bytea[], ${contents.map((one) => one.content)}::text[])
  `.execute(trx)
}

/** The one type of fact that erases personal content: its body names under `erased` what is to go. The database asks for it too. */
export const ERASED = 'org.personal-erased'

/** Blanks what these facts say is erased, content and salt; the references and commitments stay. */
export async function erasePersonal(trx: Trx, facts: readonly Pick<Fact, 'type' | 'at' | 'body'>[]): Promise<void> {
  for (const { at, body } of facts.filter(({ type }) => type === ERASED)) {
    const refs = sealedIn(body['erased'] ?? null).map(({ ref }) => ref)
    const blanked = await sql`
      update personal set salt = null, content = null, erased_at = ${at}
      where ref = any(${refs}::uuid[]) and erased_at is null
    `.execute(trx)
    if (blanked.numAffectedRows !== BigInt(refs.length))
      throw new Error('what a fact says is erased was not there, or had been erased before')
  }
}

/** Content by reference; what was lawfully erased is absent. */
export async function readPersonal(db: Reader, refs: readonly string[]): Promise<Map<string, Json>> {
  if (refs.length === 0) return new Map()
  const found = await sql<{ ref: string; content: string }>`
    select ref::text, content from personal where ref = any(${[...refs]}::uuid[]) and erased_at is null
  `.execute(db)
  return new Map(found.rows.map((row) => [row.ref, JSON.parse(row.content) as Json]))
}
