import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import type { Trx } from '../database/connect.ts'
import type { Fact, Json, Reader, Sealed } from '../module.ts'
import { type ContentKey, openSealed, sealContent } from './content-key.ts'
import { canonicalText } from './entry.ts'
import { markOf } from './marks.ts'

const SALT_BYTES = 32
const COMMITMENT = /^[0-9a-f]{64}$/

/** Personal content on its way into the table beside the registers. */
export interface PersonalContent {
  readonly ref: string
  readonly salt: Buffer
  /** Canonical JSON. */
  readonly content: string
  /** Numbers in it by which it may be found; absent where it is found by none. */
  readonly numbers?: readonly string[]
}

/** HMAC-SHA-256 of the content under its own salt: says nothing of the content once content and salt are erased. */
export function commitment(salt: Uint8Array, content: string): string {
  return createHmac('sha256', salt).update(content, 'utf8').digest('hex')
}

/**
 * Splits content into what a register holds and what stands beside it.
 * @param numbers in it by which it may be found
 */
export function sealPersonal(
  ref: string,
  content: Json,
  numbers: readonly string[] = [],
): { sealed: Sealed; personal: PersonalContent } {
  const personal = { ref, salt: randomBytes(SALT_BYTES), content: canonicalText(content), numbers }
  return { sealed: { ref, commitment: commitment(personal.salt, personal.content) }, personal }
}

/** Whether this content, with this salt, is what a register committed to. */
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

/** As it stands in the table: sealed, or in clear from before there was a key for it. Nothing of it once it was erased. */
export interface StoredPersonal {
  readonly ref: string
  readonly salt: Buffer | null
  readonly content: string | null
  readonly sealed: Buffer | null
}

/** Salt and content as one piece that opens under this reference alone. */
export function sealedRow(key: ContentKey, { ref, salt, content }: PersonalContent): Buffer {
  return sealContent(key, rowOf(ref), Buffer.concat([salt, Buffer.from(content, 'utf8')]))
}

/**
 * What a row holds; null where nothing is left of it.
 * @throws SealBroken for a row that was altered or exchanged; ContentKeyMissing
 */
export function openRow({ ref, salt, content, sealed }: StoredPersonal): PersonalContent | null {
  if (sealed === null) return salt === null || content === null ? null : { ref, salt, content }
  const plain = openSealed(rowOf(ref), sealed)
  return { ref, salt: plain.subarray(0, SALT_BYTES), content: plain.subarray(SALT_BYTES).toString('utf8') }
}

function rowOf(ref: string): string {
  return `personal/${ref}`
}

/** Keeps content beside the registers, sealed, with the marks by which its numbers are found. */
export async function insertPersonal(trx: Trx, contents: readonly PersonalContent[], key: ContentKey): Promise<void> {
  if (contents.length === 0) return
  await sql`
    insert into personal (ref, sealed)
    select * from unnest(${contents.map((one) => one.ref)}::uuid[], ${contents.map((one) => sealedRow(key, one))}::bytea[])
  `.execute(trx)
  await insertMarks(
    trx,
    contents.map(({ ref, numbers = [] }) => ({ ref, numbers })),
    key,
  )
}

/** Puts down by which numbers content is found; what stands there already stays. */
export async function insertMarks(
  trx: Trx,
  contents: readonly { readonly ref: string; readonly numbers: readonly string[] }[],
  key: ContentKey,
): Promise<void> {
  const marks = contents.flatMap(({ ref, numbers }) =>
    numbers.flatMap((number) => {
      const mark = markOf(key, number)
      return mark === null ? [] : [{ ref, mark }]
    }),
  )
  if (marks.length === 0) return
  await sql`
    insert into personal_marks (ref, mark)
    select * from unnest(${marks.map(({ ref }) => ref)}::uuid[], ${marks.map(({ mark }) => mark)}::bytea[])
    on conflict do nothing
  `.execute(trx)
}

/** The one type of fact that erases personal content: its body names under `erased` what is to go. The database asks for it too. */
export const ERASED = 'org.personal-erased'

/** Blanks what these facts say is erased, content and salt, and by what it was found; the references and commitments stay. */
export async function erasePersonal(trx: Trx, facts: readonly Pick<Fact, 'type' | 'at' | 'body'>[]): Promise<void> {
  for (const { at, body } of facts.filter(({ type }) => type === ERASED)) {
    const refs = sealedIn(body['erased'] ?? null).map(({ ref }) => ref)
    const blanked = await sql`
      update personal set salt = null, content = null, sealed = null, erased_at = ${at}
      where ref = any(${refs}::uuid[]) and erased_at is null
    `.execute(trx)
    if (blanked.numAffectedRows !== BigInt(refs.length))
      throw new Error('what a fact says is erased was not there, or had been erased before')
    await sql`delete from personal_marks where ref = any(${refs}::uuid[])`.execute(trx)
  }
}

/**
 * Content by reference; what was lawfully erased is absent.
 * @throws SealBroken for a row that was altered or exchanged; ContentKeyMissing
 */
export async function readPersonal(db: Reader, refs: readonly string[]): Promise<Map<string, Json>> {
  if (refs.length === 0) return new Map()
  const found = await sql<StoredPersonal>`
    select ref::text, salt, content, sealed from personal where ref = any(${[...refs]}::uuid[]) and erased_at is null
  `.execute(db)
  return new Map(
    found.rows.flatMap((row) => {
      const opened = openRow(row)
      return opened === null ? [] : [[row.ref, JSON.parse(opened.content) as Json] as const]
    }),
  )
}
