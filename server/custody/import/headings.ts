import type { Words } from '../../refusal.ts'

/** A column of a table that is imported. */
export interface Column<Id extends string = string> {
  readonly id: Id
  readonly name: Words
  /** A table without it is not read at all. */
  readonly always: boolean
}

/** Added in front of a table that is given back with what is wrong in it; left out when it is read again. */
export const FAULTS_COLUMN: Words = { zh: '导入错误', en: 'import errors' }

/** A first cell that begins so makes a row a note to the reader. */
export const NOTE = '#'

/** Headings compare without the marks of a required field, widths, cases and spaces. */
export function headingKey(heading: string): string {
  return heading.normalize('NFKC').replaceAll(/[*\s]/g, '').toLowerCase()
}

/**
 * Which column is headed so, by its name in either language or `idOf` it; `faults` for the one that we put there ourselves; null for no column
 * of ours.
 */
export function headedAmong<Id extends string>(
  columns: readonly Column<Id>[],
  idOf: (id: Id) => string = (id) => id,
): (heading: string) => Column<Id> | 'faults' | null {
  const byHeading = new Map<string, Column<Id> | 'faults'>([
    ...columns.flatMap((one): [string, Column<Id>][] =>
      [one.name.zh, one.name.en, idOf(one.id)].map((heading) => [headingKey(heading), one]),
    ),
    ...[FAULTS_COLUMN.zh, FAULTS_COLUMN.en].map((heading): [string, 'faults'] => [headingKey(heading), 'faults']),
  ])
  return (heading) => byHeading.get(headingKey(heading)) ?? null
}
