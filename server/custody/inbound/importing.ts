import { Value } from 'typebox/value'
import type { SchemaFault } from '../../invalid-words.ts'
import type { Circumstances } from '../../module.ts'
import { Invalid, type Refusal } from '../../refusal.ts'
import { refusalOfRow, withoutLine } from '../import/faults.ts'
import type { ReadRow } from '../import/table.ts'
import type { NewLine } from './cells.ts'
import { type InboundColumn, inboundColumns } from './columns.ts'
import { listInbound, type ListState } from './inbound.ts'
import { inboundLine, type ListInbound } from './schemas.ts'

/** A row that would not be taken, and why. */
export interface LineRefusal {
  readonly row: number
  /** Null where the row as a whole is at fault. */
  readonly column: InboundColumn | null
  readonly refusal: Refusal
}

/**
 * Tries every row as the entering of the list itself decides: what a row is refused for, one reason a row. Rows that could not be read are
 * left out.
 * @throws Refusal where the rows are not at fault: the case, who asks, the head of the list
 */
export function refusedLines(
  state: ListState,
  head: Omit<ListInbound, 'lines'>,
  rows: readonly ReadRow<NewLine>[],
  circumstances: Circumstances,
): LineRefusal[] {
  return rows.flatMap(({ row, read }): LineRefusal[] => {
    if (read === null) return []
    const [fault] = Value.Errors(inboundLine, read)
    if (fault !== undefined) return [{ row, column: columnAt(fault), refusal: new Invalid(fault) }]
    const refusal = refusalOfRow(() => listInbound(state, { ...head, lines: [read] }, circumstances))
    if (refusal === null) return []
    return [{ row, column: columnOf(String(refusal.values['field'] ?? '')), refusal: withoutLine(refusal) }]
  })
}

function columnAt({ instancePath }: SchemaFault): InboundColumn | null {
  return columnOf(instancePath.split('/').find(Boolean) ?? '')
}

function columnOf(field: string): InboundColumn | null {
  const wanted = field === 'weight_mg' ? 'weight' : field
  return inboundColumns.find(({ id }) => id === wanted)?.id ?? null
}
