import { sealNumberIn } from '../../../labels/seal-number.ts'
import type { Words } from '../../refusal.ts'
import { cellWords, figures, isScientific, milligramsOf } from '../import/cell-values.ts'
import { type InboundColumn, inboundColumns } from './columns.ts'
import type { ListInbound } from './schemas.ts'

/** A line of the list, as the form sends it. */
export type NewLine = ListInbound['lines'][number]

/** What is wrong with a cell, by its column. */
export interface LineFault {
  readonly column: InboundColumn
  readonly what: Words
}

/**
 * One row as the form has it. Nothing is guessed; what a field has to be in the end, the entering itself says.
 * @param cells by column, without the space around; empty ones left out
 */
export function readLineCells(cells: ReadonlyMap<InboundColumn, string>): {
  readonly read: NewLine | null
  readonly faults: readonly LineFault[]
} {
  const faults: LineFault[] = []
  const wrong = (column: InboundColumn, what: Words): null => {
    faults.push({ column, what })
    return null
  }
  for (const [column, text] of cells)
    if (column !== 'name' && column !== 'features' && isScientific(text)) wrong(column, cellWords.scientific(text))
  for (const { id } of inboundColumns.filter(({ always }) => always)) if (!cells.has(id)) wrong(id, cellWords.missing)
  const typed = (column: InboundColumn): string => cells.get(column) ?? ''
  const [weight, seal, features] = [cells.get('weight'), cells.get('seal'), cells.get('features')]
  const weight_mg =
    weight === undefined || isScientific(weight)
      ? null
      : (milligramsOf(weight) ?? wrong('weight', cellWords.grams(weight)))
  if (faults.length > 0) return { read: null, faults }
  const read: NewLine = {
    ...{ name: typed('name'), quantity: figures(typed('quantity')), unit: typed('unit') },
    ...(weight_mg === null ? {} : { weight_mg }),
    ...(seal === undefined ? {} : { seal: sealNumberIn(seal) }),
    ...(features === undefined ? {} : { features }),
  }
  return { read, faults }
}
