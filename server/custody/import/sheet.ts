import { type NamedOfficer, readCells } from './cells.ts'
import { columnHeaded, columns } from './columns.ts'
import { type ReadTable, readTable } from './table.ts'
import { rules } from '../rules.ts'
import type { NewItem } from '../schemas.ts'

export { IMPORT_BYTES_MAX, type ImportFault, tableWithFaults as sheetWithFaults } from './table.ts'

export interface ImportedRow {
  readonly row: number
  /** Null where a cell could not be read. */
  readonly item: NewItem | null
}

/** A table of items as it was read. */
export interface ImportSheet extends Omit<ReadTable<NewItem>, 'rows'> {
  readonly rows: readonly ImportedRow[]
}

/** Reads a table of items, as `readTable` does. */
export async function readSheet(bytes: Buffer, officers: readonly NamedOfficer[]): Promise<ImportSheet> {
  const table = await readTable(bytes, {
    ...{ columns, headed: columnHeaded, rowsMost: rules.items_per_act.value },
    read: (cells) => {
      const { item, faults } = readCells(cells, officers)
      return { read: item, faults }
    },
  })
  return { ...table, rows: table.rows.map(({ row, read }) => ({ row, item: read })) }
}
