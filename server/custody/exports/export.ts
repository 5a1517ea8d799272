import type { TSchema } from 'typebox'
import type { Actor, Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import { Refusal, type Words } from '../../refusal.ts'
import type { Language, Table } from '../../table.ts'
import { localDue, localMinute } from '../papers/paper-words.ts'
import { readCase } from '../reads.ts'
import { seesCase, seesStore, type Sight } from '../sight/sees.ts'
import '../tables.ts'

/** Who asks for a list as a file, when, and which part of it. */
export interface ExportAsked {
  readonly db: Reader
  readonly actor: Actor
  readonly sight: Sight
  readonly now: string
  readonly query: Readonly<Record<string, string | undefined>>
  readonly language: Language
}

export interface Export {
  readonly title: Words
  /** What is asked beside format and language. */
  readonly query: Readonly<Record<string, TSchema>>
  readonly table: (asked: ExportAsked) => Promise<Table>
}

export type Named = (who: string) => string

/** Reads all names at once; `whos` are subjects such as `person/<id>` and `store/<id>`, and only those can be asked for afterwards. */
export async function naming(db: Reader, whos: readonly string[]): Promise<Named> {
  const named = await namesOf(db, whos)
  return (who) => named(who).name
}

/** Date and minute in the organisation's zone; empty where there is no time. */
export const at = (time: string | null): string => (time === null ? '' : localMinute(time))

/** As a term is told: one that ends with a day reads 24:00 of that day. Empty where there is no time. */
export const due = (time: string | null): string => (time === null ? '' : localDue(time))

/** A tick, or an empty cell: the same in both languages. */
export const yes = (is: boolean): string => (is ? '✓' : '')

/** In the language of the file. */
export const said = ({ words }: { readonly words: Words }, language: Language): string => words[language]

/** The case, if there is one and the asker may see it. */
export async function caseIn({ db, sight, query }: ExportAsked): Promise<string> {
  const number = query['case'] ?? ''
  const of = await readCase(db, number)
  if (of === null || !seesCase(sight, of)) throw new Refusal('custody.unknown-case', { case: number })
  return number
}

/**
 * The store that was asked for, if the asker may see what it keeps.
 *
 * @throws Refusal `access.not-yours`
 */
export function storeIn({ sight, query }: ExportAsked): string {
  const store = query['store'] ?? ''
  if (!seesStore(sight, store)) throw new Refusal('access.not-yours', { what: store })
  return store
}
