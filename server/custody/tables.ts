import type { ColumnType } from 'kysely'
import type { CustodyStatus, IncidentKind } from './axes.ts'
import type { Case } from './cases/cases.ts'
import type { StorageClass } from './keeping/storage-classes.ts'
import type { Container } from './keeping/containers.ts'
import type { Alarm } from './door/alarms.ts'
import type { ScaleCheck } from './scales/scales.ts'
import type { Inbound } from './inbound/inbound.ts'
import type { Opening } from './locks/locks.ts'
import type { Conflict } from './conflicts/conflicts.ts'
import type { Disposal, DisposalStatus } from './disposal/disposal.ts'
import type { Item } from './items/item.ts'
import type { Label, LabelState } from './papers/labels.ts'
import type { HandoverList, LineOutcome } from './intake/lists.ts'
import type { Loan } from './loans/loan.ts'
import type { Location } from './keeping/locations.ts'
import type { Reconciliation } from './reconciling/reconciling.ts'
import type { Keeping } from './keepers/store.ts'
import type { Notice } from './disposal/notices.ts'
import type { CountSheet, ItemSearch, Stocktake, StocktakePhase } from './stocktake/stocktake.ts'
import type { Paper, PaperKind } from './papers/papers.ts'

/** Only the door writes these tables. */
type Read<T> = ColumnType<T, never, never>

interface Kept<S> {
  id: Read<string>
  n: Read<number>
  state: Read<S>
}

declare module '../database/database.ts' {
  interface Database {
    cases: Kept<Case> & { unit: Read<string>; track: Read<string>; status: Read<string>; opened_at: Read<string> }
    case_numbers: { case_number: Read<string>; number: Read<string>; stands: Read<boolean> }
    case_officers: { case_number: Read<string>; person: Read<string>; recused: Read<boolean> }
    items: Kept<Item> & {
      epc: Read<string>
      case_number: Read<string>
      ordinal: Read<number>
      unit: Read<string>
      year: Read<number>
      serial: Read<number>
      name: Read<string>
      category: Read<string>
      quantity: Read<string>
      quantity_unit: Read<string>
      measure_status: Read<string>
      custody_status: Read<CustodyStatus>
      seal_status: Read<string>
      disposition_status: Read<string>
      frozen: Read<boolean>
      store: Read<string | null>
      location: Read<string | null>
      container: Read<string | null>
      list: Read<string | null>
      holder: Read<string>
      borrower: Read<string | null>
      loan_due_at: Read<string | null>
      last_at: Read<string>
    }
    holdings: {
      item: Read<string>
      ordinal: Read<number>
      who: Read<string>
      from_at: Read<string>
      to_at: Read<string | null>
    }
    item_photos: { item: Read<string>; photo: Read<string>; at: Read<string> }
    item_videos: { item: Read<string>; number: Read<string>; started_at: Read<string> }
    incidents: {
      item: Read<string>
      ordinal: Read<number>
      kind: Read<IncidentKind>
      opened_at: Read<string>
      concluded_at: Read<string | null>
    }
    lists: Kept<HandoverList> & {
      unit: Read<string>
      cases: Read<string[]>
      store: Read<string>
      year: Read<number>
      serial: Read<number>
      pending: Read<number>
      submitted_at: Read<string>
    }
    list_lines: { list: Read<string>; item: Read<string>; outcome: Read<Exclude<LineOutcome, 'deposited'>> }
    locations: Kept<Location> & {
      store: Read<string>
      name: Read<string>
      storage_class: Read<StorageClass>
      capacity: Read<number>
      year: Read<number>
      serial: Read<number>
    }
    containers: Kept<Container> & {
      store: Read<string>
      name: Read<string>
      location: Read<string>
      capacity: Read<number>
      sealed: Read<boolean>
      year: Read<number>
      serial: Read<number>
    }
    loans: Kept<Loan> & {
      unit: Read<string>
      cases: Read<string[]>
      store: Read<string>
      borrower: Read<string>
      due_at: Read<string>
      outstanding: Read<number>
    }
    disposals: Kept<Disposal> & {
      unit: Read<string>
      case_number: Read<string>
      year: Read<number>
      serial: Read<number>
      status: Read<DisposalStatus>
      proposed_at: Read<string>
    }
    labels: Kept<Label> & {
      code: Read<string>
      issue: Read<number>
      status: Read<LabelState>
      scanned_back: Read<boolean>
      void: Read<boolean>
      station: Read<string>
      wanted_at: Read<string>
    }
    conflicts: Kept<Conflict> & {
      store: Read<string>
      list: Read<string>
      item: Read<string>
      open: Read<boolean>
      happened_at: Read<string>
    }
    scale_checks: Kept<ScaleCheck> & {
      store: Read<string>
      station: Read<string>
      device: Read<string>
      passed: Read<boolean>
    }
    lock_openings: Kept<Opening> & { store: Read<string>; board: Read<string>; open: Read<boolean>; at: Read<string> }
    inbounds: Kept<Inbound> & {
      unit: Read<string>
      case_number: Read<string>
      open: Read<boolean>
      listed_at: Read<string>
    }
    alarms: Kept<Alarm> & { store: Read<string>; item: Read<string>; open: Read<boolean>; at: Read<string> }
    stocktakes: Kept<Stocktake> & {
      unit: Read<string>
      store: Read<string>
      year: Read<number>
      serial: Read<number>
      phase: Read<StocktakePhase>
      open: Read<boolean>
      ordered_at: Read<string>
      due_at: Read<string>
    }
    stocktake_sheets: Kept<CountSheet> & {
      stocktake: Read<string>
      store: Read<string>
      round: Read<1 | 2>
      location: Read<string>
      person: Read<string>
      done: Read<boolean>
      at: Read<string>
    }
    item_searches: Kept<ItemSearch> & {
      store: Read<string>
      item: Read<string>
      stocktake: Read<string>
      open: Read<boolean>
      at: Read<string>
    }
    reconciliations: Kept<Reconciliation> & {
      unit: Read<string>
      account: Read<string>
      at: Read<string>
      open: Read<number>
    }
    store_keepings: Kept<Keeping> & { keeper: Read<string> }
    store_keepers: {
      store: Read<string>
      ordinal: Read<number>
      person: Read<string>
      from_at: Read<string>
      to_at: Read<string | null>
    }
    papers: Kept<Paper> & {
      form: Read<string>
      kind: Read<PaperKind>
      unit: Read<string>
      year: Read<number>
      serial: Read<number>
      of_thing: Read<string>
      of_part: Read<string | null>
      store: Read<string | null>
      stands: Read<boolean>
      issued_at: Read<string>
    }
    paper_cases: { paper: Read<string>; case_number: Read<string> }
    paper_items: { paper: Read<string>; item: Read<string> }
    paper_scans: { paper: Read<string>; scan: Read<string> }
    notices: Kept<Notice> & { unit: Read<string>; person: Read<string | null>; at: Read<string> }
  }
}
