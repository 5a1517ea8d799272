import type { Words } from '../../refusal.ts'
import type { CustodyStatus, DispositionStatus, MeasureStatus, SealStatus } from '../axes.ts'
import type { ShownLedger } from '../cases/protocol.ts'
import type { KeptOpenGround } from '../disposal/words.ts'
import type { Holder, Said } from '../items/protocol.ts'
import type { Regrouping } from '../lineage/facts.ts'

/** By which of an entry's two times: when it happened, or when it was written down. */
export type AsOfBy = 'event' | 'recorded'

/** An item as it stood at a moment. */
export interface ItemThen {
  readonly code: string
  readonly ordinal: number
  readonly name: string
  readonly quantity: string
  readonly quantityUnit: string
  /** With its unit, or that it was not counted yet. */
  readonly quantityWords: Words
  readonly measure: Said<MeasureStatus>
  readonly custody: Said<CustodyStatus>
  readonly seal: Said<SealStatus>
  readonly disposition: Said<DispositionStatus>
  readonly frozen: boolean
  readonly holder: Holder
  readonly store: Holder | null
  readonly location: { readonly code: string; readonly name: string } | null
  /** 依法例外: on which ground it lawfully stayed open. */
  readonly keptOpen: Said<KeptOpenGround> | null
  /** Whether a complaint about it was open, or was upheld and not put right yet. */
  readonly complaint: 'open' | 'to-put-right' | null
  /** What it had come of, by their codes, and when. */
  readonly origin: { readonly how: Regrouping | 'sale'; readonly from: readonly string[]; readonly at: string } | null
  /** What it had become by then, by their codes. */
  readonly succeeded: { readonly how: Regrouping; readonly into: readonly string[] } | null
}

interface AsOf {
  readonly at: string
  readonly by: AsOfBy
  /** Entries that tell of what had happened by then and were written down after it. */
  readonly late: number
}

/** `GET /api/items/{code}/as-of` */
export interface ItemAsOf extends AsOf {
  /** Null while it was not registered yet. */
  readonly item: ItemThen | null
}

/** `GET /api/cases/{number}/as-of` */
export interface CaseAsOf extends AsOf {
  readonly number: string
  readonly items: readonly ItemThen[]
  readonly ledger: ShownLedger
}

/** `GET /api/stores/{id}/as-of`: what the store held, by the holders of each item. */
export interface StoreAsOf {
  readonly at: string
  /** Who answered for it in person; null where nobody was named. */
  readonly keeper: Holder | null
  readonly items: readonly ItemThen[]
  readonly after: string | null
}
