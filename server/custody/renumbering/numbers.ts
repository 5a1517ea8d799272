import { sql } from 'kysely'
import type { Reader } from '../../module.ts'
import '../tables.ts'

/** The number under which a case was registered, by any number that it ever had; what names no case is answered as it is. */
async function registeredNumber(db: Reader, number: string): Promise<string> {
  const found = await db
    .selectFrom('case_numbers')
    .select('case_number')
    .where('number', '=', number)
    .executeTakeFirst()
  return found?.case_number ?? number
}

/** By what number each of these cases goes now, and since when; by the number it was registered under. */
export async function numbersNow(db: Reader, registered: readonly string[]): Promise<NumbersNow> {
  const ids = [...new Set(registered)]
  if (ids.length === 0) return new Numbers(new Map())
  const found = await sql<{ id: string; is: string; at: string }>`
    select c.id, c.state #>> '{renumbered,-1,is}' as is, c.state #>> '{renumbered,-1,at}' as at
    from cases c where c.id = any(${ids}::text[]) and c.state ? 'renumbered'
  `.execute(db)
  return new Numbers(new Map(found.rows.map(({ id, is, at }) => [id, { is, at }])))
}

/** What cases are called. */
export interface NumbersNow {
  of(registered: string): string
  /** When the number was last put right; null where it never was. */
  since(registered: string): string | null
}

class Numbers implements NumbersNow {
  readonly #renumbered: ReadonlyMap<string, { readonly is: string; readonly at: string }>

  constructor(renumbered: ReadonlyMap<string, { readonly is: string; readonly at: string }>) {
    this.#renumbered = renumbered
  }

  of(registered: string): string {
    return this.#renumbered.get(registered)?.is ?? registered
  }

  since(registered: string): string | null {
    return this.#renumbered.get(registered)?.at ?? null
  }
}

/** What a request says a case is called: in its path, its query or its body. */
interface Asked {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
  askedCases: ReadonlyMap<string, string> | null
}

/**
 * A case may be named by any number that it ever had. Before a route looks at a request, each is replaced by the one the case was registered under,
 * which is what facts and tables know it by; what was asked is kept for a refusal, which says no other number.
 */
export function namingCases(db: Reader): (asked: Asked) => Promise<void> {
  return async (asked) => {
    const { params, query, body } = asked
    const numbers = new Map<string, string>()
    // Of a case that is opened, or of the right number of one: it names none, and is told as it is.
    keep(numbers, member(body, 'number'))
    await put(numbers, params, 'number')
    await put(numbers, query, 'case')
    await put(numbers, body, 'case')
    await put(numbers, body, 'of')
    await put(numbers, member(body, 'deed'), 'case')
    await put(numbers, member(body, 'deed'), 'into')
    await put(numbers, member(body, 'scope'), 'case')
    await putSubject(numbers, member(body, 'deed'))
    asked.askedCases = numbers
  }

  async function putSubject(numbers: Map<string, string>, holder: unknown): Promise<void> {
    const about = member(holder, 'about')
    if (typeof about !== 'string' || !about.startsWith(CASE_SUBJECT)) return
    const named = { number: about.slice(CASE_SUBJECT.length) }
    await put(numbers, named, 'number')
    ;(holder as Record<string, unknown>)['about'] = `${CASE_SUBJECT}${named.number}`
  }

  async function put(numbers: Map<string, string>, holder: unknown, name: string): Promise<void> {
    const number = member(holder, name)
    if (typeof number !== 'string') return
    const registered = await registeredNumber(db, number)
    ;(holder as Record<string, unknown>)[name] = registered
    numbers.set(registered, number)
  }
}

/** What a request is about, as a subject. */
const CASE_SUBJECT = 'case/'

function keep(numbers: Map<string, string>, number: unknown): void {
  if (typeof number === 'string') numbers.set(number, number)
}

function member(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? (of as Record<string, unknown>)[name] : undefined
}
