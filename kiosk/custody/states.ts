/** How the states of custody look: which mark and colour each has, everywhere the same. */

import type { ItemSummary, ShownDisposal, ShownLabel } from '../../server/custody/protocol.ts'
import type { ShownApproval } from '../../server/approvals/protocol.ts'
import type { State } from '../parts/state.ts'

export type CustodyStatus = ItemSummary['custody']['value']

const CUSTODY = {
  NOT_RECEIVED: 'quiet',
  WITH_CASE_DEPT: 'quiet',
  PENDING_HANDOVER: 'attention',
  IN_STORE: 'ok',
  DEPOSITED: 'ok',
  IN_PLACE: 'ok',
  HOLDER_KEEPS: 'ok',
  THIRD_PARTY: 'ok',
  BORROWED: 'attention',
  AT_APPRAISAL: 'attention',
  IN_TRANSIT: 'attention',
  OUT: 'quiet',
} as const satisfies Readonly<Record<CustodyStatus, State>>

/** An incident or a late return goes before where the item is. */
export function stateOfItem(item: Pick<ItemSummary, 'custody' | 'frozen' | 'overdue'>): State {
  if (item.frozen) return 'refused'
  return item.overdue ? 'fault' : CUSTODY[item.custody.value]
}

export const LABEL_STATES = {
  wanted: 'quiet',
  printed: 'attention',
  failed: 'refused',
  unknown: 'unknown',
} as const satisfies Readonly<Record<ShownLabel['state'], State>>

/** A label is only done when it was read back from the paper. */
export function stateOfLabel(label: Pick<ShownLabel, 'state' | 'scannedBack'>): State {
  return label.scannedBack ? 'ok' : LABEL_STATES[label.state]
}

export const APPROVAL_STATES = {
  asked: 'attention',
  granted: 'ok',
  refused: 'refused',
  withdrawn: 'quiet',
  lapsed: 'quiet',
} as const satisfies Readonly<Record<ShownApproval['state'], State>>

export const DISPOSAL_STATES = {
  proposed: 'quiet',
  approved: 'attention',
  done: 'ok',
  refused: 'refused',
  withdrawn: 'quiet',
  lapsed: 'attention',
} as const satisfies Readonly<Record<ShownDisposal['status'], State>>
