import type { Words } from '../refusal.ts'

/** Something in a register or read table that is not as it must be. */
export interface LedgerFault {
  readonly register: string
  /** The first bad entry; null when no entry can be named. */
  readonly seq: number | null
  readonly what: Words
}

/** `seq` is null where no entry can be named, as for a table that differs from its register. */
export function fault(register: string, seq: number | null, zh: string, en: string): LedgerFault {
  return { register, seq, what: { zh, en } }
}
