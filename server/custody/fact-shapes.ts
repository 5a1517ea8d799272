import type { Sealed } from '../module.ts'
import type { MeasureStatus } from './axes.ts'

/** Who was there when the item was taken, and whether he signed (rules C-03, C-07). Names and reasons stand beside the register. */
export type Presence = {
  readonly attendance: 'SIGNED' | 'REFUSED' | 'ABSENT'
  /** The name, or the alias of whoever is to be protected. */
  readonly person: Sealed | null
  readonly reason: Sealed | null
  /** Who really goes by the alias; absent where the name is his own. */
  readonly identity?: Sealed
}

/** The measure by which an item came into custody (rules C-06). Where it was taken may be somebody's home. */
export type Measure = {
  readonly kind: MeasureStatus
  readonly noticeNumber: string
  /** Of the list by which it was handed in, where it was later held under a measure; absent where it was not. */
  readonly formerNumber?: string
  /** When what was handed in came under it, where its recording was owed from then on (rules C-08). */
  readonly convertedAt?: string
  readonly takenAt: string
  readonly officers: readonly string[]
  readonly place: Sealed
  /** The grant it was taken by; absent where the notice alone speaks for it. */
  readonly approval?: string
  /** Taken on the spot, to be approved within 24 hours (rules T-02). */
  readonly emergency?: true
  /** Taken from a trader who is not registered for tax (rules T-10). */
  readonly unregisteredTrader?: true
}

export type Seal = { readonly number: string; readonly signers: readonly string[]; readonly sealedAt: string }

/** A running legal clock: its due time and rule were fixed when it started and never move. */
export type Deadline = { readonly rule: string; readonly dueAt: string; readonly basis: string }

export type Verdict = 'same' | 'different' | 'not-compared'

/**
 * One point of the comparison on return (rules C-27): `expected` is `<n> mg`, a seal status or `same`; `found` is `<n> mg`,
 * `intact | broken | none` or `same | different`; empty where there was nothing to compare.
 */
export type PointVerdict = {
  readonly point: 'weight' | 'seal' | 'condition'
  readonly expected: string
  readonly found: string
  readonly verdict: Verdict
}
