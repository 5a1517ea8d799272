import { expect, it } from 'vitest'
import { parseCsv } from './csv.ts'
import { TABLE_ROWS_MAX, tableFile, tableOf } from './table.ts'

it('a file that is full says so, and one that is not does not', async () => {
  const linesOf = async (count: number): Promise<readonly (readonly string[])[]> => {
    const rows = Array.from({ length: count }, (_, nth) => String(nth))
    const table = tableOf({ zh: '表', en: 'Table' }, [['号', 'No.', (row: string) => row]], rows, 'zh')
    return parseCsv((await tableFile(table, 'csv', 'zh')).toString('utf8')).rows
  }
  expect((await linesOf(2)).map(([cell]) => cell)).toEqual(['号', '0', '1'])
  const full = await linesOf(TABLE_ROWS_MAX)
  expect(full).toHaveLength(TABLE_ROWS_MAX + 2)
  expect(full.at(-1)?.[0]).toContain(String(TABLE_ROWS_MAX))
})
