import { Refusal } from '../../refusal.ts'
import type { ImportFault } from './table.ts'

/** Everything that is wrong with a table, told at once: the first of it in words, all of it row by row. */
export function manyFaults(found: readonly ImportFault[]): Refusal {
  const [first] = found
  const { zh = '', en = '' } = first?.what ?? {}
  return new Refusal('custody.import-faults', { count: found.length, row: first?.row ?? 0, zh, en }, { faults: found })
}
