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

export async function naming(db: Reader, whos: readonly string[]): Promise<Named> {
  const named = await namesOf(db, whos)
  return (who) => named(who).name
}

export const at = (time: string | null): string => (time === null ? '' : localMinute(time))
export const due = (time: string | null): string => (time === null ? '' : localDue(time))
export const yes = (is: boolean): string => (is ? '✓' : '')
export const said = ({ words }: { readonly words: Words }, language: Language): string => words[language]

/** The case, if there is one and the asker may see it. */
export async function caseIn({ db, sight, query }: ExportAsked): Promise<string> {
  const number = query['case'] ?? ''
  const of = await readCase(db, number)
  if (of === null || !seesCase(sight, of)) throw new Refusal('custody.unknown-case', { case: number })
  return number
}

export function storeIn({ sight, query }: ExportAsked): string {
  const store = query['store'] ?? ''
  if (!seesStore(sight, store)) throw new Refusal('access.not-yours', { what: store })
  return store
}
