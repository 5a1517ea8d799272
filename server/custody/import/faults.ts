import { Invalid, Refusal } from '../../refusal.ts'
import type { ImportFault } from './table.ts'

/** Everything that is wrong with a table, told at once: the first of it in words, all of it row by row. */
export function manyFaults(found: readonly ImportFault[]): Refusal {
  const [first] = found
  const { zh = '', en = '' } = first?.what ?? {}
  return new Refusal('custody.import-faults', { count: found.length, row: first?.row ?? 0, zh, en }, { faults: found })
}

/** What a decision refuses a row for; null where it takes it. @throws Refusal where no row is at fault */
export function refusalOfRow(decide: () => unknown): Refusal | null {
  try {
    decide()
    return null
  } catch (error) {
    if (!(error instanceof Refusal) || error.values['line'] === undefined) throw error
    return error
  }
}

/** Which row it is, the fault says. */
export function withoutLine(refusal: Refusal): Refusal {
  if (refusal instanceof Invalid) return refusal
  const { line: _, ...values } = refusal.values
  return new Refusal(refusal.code, values)
}
