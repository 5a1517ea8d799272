import type { Fact, Projection, Row } from '../module.ts'
import { type Alarm, evolveAlarm } from './door/alarms.ts'
import { evolveScale, type ScaleCheck } from './scales/scales.ts'
import { evolveInbound, type Inbound, isOpen } from './inbound/inbound.ts'
import { evolveOpening, type Opening } from './locks/locks.ts'
import { type Case, evolveCase } from './cases/cases.ts'
import { type Container, evolveContainer } from './keeping/containers.ts'
import { type Conflict, evolveConflict } from './conflicts/conflicts.ts'
import { type Disposal, evolveDisposal, statusOf } from './disposal/disposal.ts'
import { evolveItem } from './items/items.ts'
import { type Item, presentHolder } from './items/item.ts'
import { evolveLabel, type Label } from './papers/labels.ts'
import { countOf, evolveList, type HandoverList } from './intake/lists.ts'
import { evolveLoan, type Loan, outstanding } from './loans/loan.ts'
import { evolveLocation, type Location } from './keeping/locations.ts'
import { evolveNotice, type Notice } from './disposal/notices.ts'
import {
  type CountSheet,
  evolveSearch,
  evolveSheet,
  evolveStocktake,
  type ItemSearch,
  type Stocktake,
} from './stocktake/stocktake.ts'
import { numbersGiven } from './renumbering/renumbering.ts'
import { evolveKeeping, type Keeping, presentKeeper } from './keepers/store.ts'
import { picturesOf } from './scans/scanned.ts'
import { evolvePaper, type Paper, PAPERS } from './papers/papers.ts'
import { numbersOf, refsOf, wordsOf } from './search/words.ts'
import { evolveReconciliation, openOf, type Reconciliation } from './reconciling/reconciling.ts'
import './tables.ts'

/** A table of subjects that exist from their first fact on. */
function table<S>(
  kind: string,
  name: string,
  evolve: (state: S | null, fact: Fact) => S | null,
  columns: (state: S) => Row,
  parts: readonly { table: string; key: readonly string[]; rows: (id: string, state: S) => readonly Row[] }[] = [],
): Projection<S | null> {
  const there = (id: string, state: S | null): S => {
    if (state === null) throw new Error(`${kind}/${id} does not begin with its first fact`)
    return state
  }
  return {
    kind,
    table: name,
    initial: null,
    evolve,
    columns: (id, state) => columns(there(id, state)),
    parts: parts.map((part) => ({ ...part, rows: (id: string, state: S | null) => part.rows(id, there(id, state)) })),
  }
}

export const cases = table<Case>(
  'case',
  'cases',
  evolveCase,
  ({ unit, track, status, openedAt }) => ({
    ...{ unit, track, status },
    opened_at: openedAt,
  }),
  [
    {
      table: 'case_officers',
      key: ['case_number', 'person'],
      rows: (case_number, { officers, recusals = [] }) => [
        ...officers.map((person) => ({ case_number, person, recused: false })),
        ...recusals.map(({ person }) => ({ case_number, person, recused: true })),
      ],
    },
    {
      table: 'case_numbers',
      key: ['case_number', 'number'],
      rows: (case_number, of) => numbersGiven(of).map((one) => ({ case_number, ...one })),
    },
  ],
)

export const items = table<Item>(
  'item',
  'items',
  evolveItem,
  (item) => ({
    epc: item.epc,
    case_number: item.case,
    ordinal: item.ordinal,
    unit: item.unit,
    year: item.year,
    serial: item.serial,
    name: item.name,
    category: item.category,
    quantity: item.quantity,
    quantity_unit: item.quantityUnit,
    measure_status: item.measureStatus,
    custody_status: item.custodyStatus,
    seal_status: item.sealStatus,
    disposition_status: item.dispositionStatus,
    frozen: item.incident !== null,
    store: item.store,
    location: item.location,
    container: item.container ?? null,
    list: item.list,
    holder: presentHolder(item),
    borrower: item.loan?.borrower ?? null,
    loan_due_at: item.loan?.dueAt ?? null,
    last_at: item.lastAt,
  }),
  [
    {
      table: 'holdings',
      key: ['item', 'ordinal'],
      rows: (item, { holdings }) =>
        holdings.map(({ who, from, to }, index) => ({ item, ordinal: index + 1, who, from_at: from, to_at: to })),
    },
    {
      table: 'item_photos',
      key: ['item', 'photo'],
      rows: (item, { photos }) => photos.map(({ photo, at }) => ({ item, photo, at })),
    },
    {
      table: 'item_videos',
      key: ['item', 'number', 'started_at'],
      rows: (item, { videos = [] }) => videos.map(({ number, startedAt }) => ({ item, number, started_at: startedAt })),
    },
    {
      table: 'item_words',
      key: ['item'],
      rows: (item, state) => [{ item, ...wordsOf(item, state) }],
    },
    {
      table: 'item_numbers',
      key: ['item', 'number'],
      rows: (item, state) => numbersOf(state).map((number) => ({ item, number })),
    },
    {
      table: 'item_sealed',
      key: ['item', 'ref'],
      rows: (item, state) => refsOf(state).map((ref) => ({ item, ref })),
    },
    {
      table: 'incidents',
      key: ['item', 'ordinal'],
      rows: (item, { concluded, incident }) =>
        [...concluded, ...(incident === null ? [] : [{ ...incident, concludedAt: null }])].map((one, index) => ({
          ...{ item, ordinal: index + 1, kind: one.kind },
          ...{ opened_at: one.openedAt, concluded_at: one.concludedAt },
        })),
    },
  ],
)

export const lists = table<HandoverList>(
  'list',
  'lists',
  evolveList,
  (list) => ({
    unit: list.unit,
    cases: list.cases,
    store: list.store,
    year: list.year,
    serial: list.serial,
    pending: countOf(list, 'pending'),
    submitted_at: list.submittedAt,
  }),
  [
    {
      table: 'list_lines',
      key: ['list', 'item'],
      // The table tells what still waits and what came to whoever was to take it; where that was, the list itself says.
      rows: (list, { lines }) =>
        lines.map(({ item, outcome }) => ({ list, item, outcome: outcome === 'deposited' ? 'checked-in' : outcome })),
    },
  ],
)

export const locations = table<Location>('location', 'locations', evolveLocation, (location) => ({
  store: location.store,
  name: location.name,
  storage_class: location.storageClass,
  capacity: location.capacity,
  year: location.year,
  serial: location.serial,
}))

export const containers = table<Container>('container', 'containers', evolveContainer, (container) => ({
  store: container.store,
  name: container.name,
  location: container.location,
  capacity: container.capacity,
  sealed: container.seal !== null,
  year: container.year,
  serial: container.serial,
}))

export const loans = table<Loan>('loan', 'loans', evolveLoan, (loan) => ({
  unit: loan.unit,
  cases: loan.cases,
  store: loan.store,
  borrower: loan.borrower,
  due_at: loan.dueAt,
  outstanding: outstanding(loan),
}))

export const disposals = table<Disposal>('disposal', 'disposals', evolveDisposal, (disposal) => ({
  unit: disposal.unit,
  case_number: disposal.case,
  year: disposal.year,
  serial: disposal.serial,
  status: statusOf(disposal),
  proposed_at: disposal.proposedAt,
}))

export const labels = table<Label>('label', 'labels', evolveLabel, (label) => ({
  code: label.code,
  issue: label.issue,
  status: label.state,
  scanned_back: label.scannedBack,
  void: label.void,
  station: label.station,
  wanted_at: label.wantedAt,
}))

export const notices = table<Notice>('notice', 'notices', evolveNotice, ({ unit, person, at }) => ({
  unit,
  person,
  at,
}))

export const conflicts = table<Conflict>(
  'conflict',
  'conflicts',
  evolveConflict,
  ({ store, list, item, settled, happenedAt }) => ({
    ...{ store, list, item, open: settled === null, happened_at: happenedAt },
  }),
)

export const alarms = table<Alarm>('alarm', 'alarms', evolveAlarm, ({ store, item, acknowledged, at }) => ({
  ...{ store, item, open: acknowledged === null, at },
}))

export const openings = table<Opening>('opening', 'lock_openings', evolveOpening, ({ store, board, outcome, at }) => ({
  ...{ store, board, open: outcome === null, at },
}))

export const scaleChecks = table<ScaleCheck>(
  'scale',
  'scale_checks',
  evolveScale,
  ({ store, station, device, passed, at }) => ({ store, station, device, passed, at }),
)

export const inbounds = table<Inbound>(
  'inbound',
  'inbounds',
  evolveInbound,
  ({ unit, case: case_number, at, ...of }) => ({ unit, case_number, open: isOpen(of), listed_at: at }),
)

export const stocktakes = table<Stocktake>('stocktake', 'stocktakes', evolveStocktake, (stocktake) => ({
  unit: stocktake.unit,
  store: stocktake.store,
  year: stocktake.year,
  serial: stocktake.serial,
  phase: stocktake.phase,
  open: stocktake.phase !== 'CLOSED' && stocktake.phase !== 'CANCELLED',
  ordered_at: stocktake.orderedAt,
  due_at: stocktake.dueAt,
}))

export const sheets = table<CountSheet>(
  'sheet',
  'stocktake_sheets',
  evolveSheet,
  ({ stocktake, store, round, location, by, done, to }) => ({
    ...{ stocktake, store, round, location, person: by, done, at: to },
  }),
)

export const searches = table<ItemSearch>(
  'search',
  'item_searches',
  evolveSearch,
  ({ store, item, stocktake, ended, at }) => ({
    ...{ store, item, stocktake, open: ended === null, at },
  }),
)

export const reconciliations = table<Reconciliation>(
  'reconciliation',
  'reconciliations',
  evolveReconciliation,
  (one) => ({ unit: one.unit, account: one.account, at: one.at, open: openOf(one) }),
)

export const papers = table<Paper>(
  'paper',
  'papers',
  evolvePaper,
  ({ kind, unit, year, serial, of, part, store, issuedAt, replacedBy }) => ({
    ...{ form: PAPERS[kind].form, kind, unit, year, serial, of_thing: of, of_part: part, store },
    ...{ stands: replacedBy === undefined, issued_at: issuedAt },
  }),
  [
    {
      table: 'paper_cases',
      key: ['paper', 'case_number'],
      rows: (paper, { cases: of }) => of.map((case_number) => ({ paper, case_number })),
    },
    {
      table: 'paper_items',
      key: ['paper', 'item'],
      rows: (paper, { items: of }) => of.map((item) => ({ paper, item })),
    },
    {
      table: 'paper_scans',
      key: ['paper', 'scan'],
      rows: (paper, state) => picturesOf(state).map((scan) => ({ paper, scan })),
    },
  ],
)

export const keepings = table<Keeping>(
  'keeping',
  'store_keepings',
  evolveKeeping,
  (keeping) => ({ keeper: presentKeeper(keeping) }),
  [
    {
      table: 'store_keepers',
      key: ['store', 'ordinal'],
      rows: (store, { keepers }) =>
        keepers.map(({ person, from, to }, index) => ({ store, ordinal: index + 1, person, from_at: from, to_at: to })),
    },
  ],
)
