import { onPaper } from '../../../labels/documents/form.ts'
import type { Form } from '../../../labels/documents/form.ts'
import { LabelRefused } from '../../../labels/refused.ts'
import { checkText } from '../../../labels/text.ts'
import { loadStates } from '../../ledger/project.ts'
import { readPersonal } from '../../ledger/personal.ts'
import type { Reader } from '../../module.ts'
import { textOf } from '../../names.ts'
import { type Track, trackWords } from '../axes.ts'
import type { Case } from '../cases/cases.ts'
import { cases } from '../projections.ts'
import { type NumbersNow, numbersNow } from '../renumbering/numbers.ts'

/** What the head of a paper says of the cases that it is about. */
export interface CasesOnPaper {
  readonly numbers: NumbersNow
  readonly tracks: readonly Track[]
  /** As `caseTitle`; null on a paper that names its case by the number alone. */
  readonly title: string | null
}

const SEVERAL = '、'
const TRACK = '案件类型'
/** Written by hand. */
const BLANK = '____________'

/**
 * A form with the numbers that its cases go by, where it names them by those they were registered under, and beside them what they are called, if
 * that stands on it, and of what track they are (rules 8: every form).
 */
export function underCases(form: Form, { numbers, tracks, title }: CasesOnPaper): Form {
  const now = (value: string): string =>
    value
      .split(SEVERAL)
      .map((one) => numbers.of(one))
      .join(SEVERAL)
  const says = form.facts.some(({ name }) => name === TRACK)
  const track = { name: TRACK, value: [...new Set(tracks)].map((one) => trackWords[one].zh).join(SEVERAL) }
  const called = title === null ? [] : [{ name: '案件名称', value: title === '' ? BLANK : title }]
  return {
    ...form,
    facts: form.facts.flatMap((fact) => {
      if (fact.name !== '案号') return [fact]
      return [{ ...fact, value: now(fact.value) }, ...called, ...(says ? [] : [track])]
    }),
  }
}

/** A form that is only looked at, with the same head as once it is issued; who sees it may know no more of its cases than numbers and tracks. */
export async function previewUnder(db: Reader, form: Form, registered: readonly string[]): Promise<Form> {
  const of = (await loadStates(db, cases, [...new Set(registered)])) as Map<string, Case>
  const tracks = [...of.values()].map(({ track }) => track)
  return underCases(form, { numbers: await numbersNow(db, [...of.keys()]), tracks, title: null })
}

/** 案件名称 as a form carries it; empty where it was lawfully erased, or holds what the printing font has not: there it is written by hand. */
export async function caseTitle(db: Reader, { title }: Pick<Case, 'title'>): Promise<string> {
  const text = onPaper(textOf((await readPersonal(db, [title.ref])).get(title.ref) ?? null) ?? '')
  try {
    checkText(text, '案件名称')
    return text
  } catch (error) {
    if (error instanceof LabelRefused) return ''
    throw error
  }
}
