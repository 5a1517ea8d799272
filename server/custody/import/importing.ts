import { Value } from 'typebox/value'
import type { Circumstances } from '../../module.ts'
import { Invalid, type Refusal } from '../../refusal.ts'
import type { SchemaFault } from '../../invalid-words.ts'
import { type ColumnId, columns } from './columns.ts'
import { refusalOfRow, withoutLine } from './faults.ts'
import type { ImportedRow } from './sheet.ts'
import { register, type RegisterState } from '../intake/registering.ts'
import { newItem, type Register } from '../schemas.ts'

/** A row that would not be registered, and why. */
export interface RowRefusal {
  readonly row: number
  /** Null where the row as a whole is at fault. */
  readonly column: ColumnId | null
  readonly refusal: Refusal
}

/**
 * Tries every row as the registration itself decides, each alone and then all together: what a row is refused for, one reason a row. Rows
 * that could not be read are left out.
 * @throws Refusal where the rows are not at fault: the case, who asks, the measure
 */
export function refusedRows(
  state: RegisterState,
  head: Omit<Register, 'items'>,
  rows: readonly ImportedRow[],
  circumstances: Circumstances,
): RowRefusal[] {
  const read = rows.flatMap(({ row, item }) => (item === null ? [] : [{ row, item }]))
  const refused = read.flatMap(({ row, item }): RowRefusal[] => {
    const [fault] = Value.Errors(newItem, item)
    if (fault !== undefined) return [{ row, column: columnAt(fault), refusal: new Invalid(fault) }]
    return refusalOf(state, { ...head, items: [item] }, circumstances).map((refusal) => told(refusal, () => row))
  })
  if (refused.length > 0 || read.length === 0) return refused
  const together = refusalOf(state, { ...head, items: read.map(({ item }) => item) }, circumstances)
  return together.map((refusal) => told(refusal, (line) => read[line - 1]?.row ?? 0))
}

function refusalOf(state: RegisterState, command: Register, circumstances: Circumstances): Refusal[] {
  const refusal = refusalOfRow(() => register(state, command, circumstances))
  return refusal === null ? [] : [refusal]
}

function told(refusal: Refusal, rowOf: (line: number) => number): RowRefusal {
  const { line, field } = refusal.values
  return { row: rowOf(Number(line)), column: columnOf(String(field ?? '')), refusal: withoutLine(refusal) }
}

/** The columns of the fields of a registration that are called otherwise there. */
const FIELDS: Readonly<Record<string, ColumnId>> = { weight_mg: 'weight' }

function columnOf(field: string): ColumnId | null {
  return columns.find(({ id }) => id === (FIELDS[field] ?? field))?.id ?? null
}

function columnAt({ instancePath }: SchemaFault): ColumnId | null {
  const [first = '', second = ''] = instancePath.split('/').filter(Boolean)
  if (first === 'details') return columnOf(`details.${second}`)
  return columnOf(second === 'signers' ? 'signers' : first)
}
