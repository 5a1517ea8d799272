import { expect, it } from 'vitest'
import { type Axes, custodyWords, dispositionWords, measureWords, sealWords } from './axes.ts'
import { mayMove, type Move, transitions } from './transitions.ts'

/**
 * The table of rules 7.2, row by row, written down apart from the code: where an item may stand for each move. An axis that a row does not name
 * keeps no item from it.
 */
type Stand = { readonly [A in keyof Axes]?: readonly Axes[A][] }

const NEW: Stand = { measureStatus: ['NONE'], custodyStatus: ['NOT_RECEIVED'] }
const ASKED: Stand = { measureStatus: ['NONE', 'PROPOSED'], custodyStatus: ['NOT_RECEIVED'] }
const STORED: Stand = { custodyStatus: ['IN_STORE'] }
const OPEN: readonly Axes['dispositionStatus'][] = ['NONE', 'PROPOSED', 'IN_REVIEW', 'APPROVED']
const UNCLOSED: Stand = {
  custodyStatus: ['WITH_CASE_DEPT', 'IN_STORE'],
  ...{ sealStatus: ['UNSEALED', 'OPENED'], dispositionStatus: ['NONE'] },
}
const LEFT = ['IN_PLACE', 'HOLDER_KEEPS', 'THIRD_PARTY'] as const
const KEPT = ['IN_STORE', 'DEPOSITED', ...LEFT] as const
const DECIDABLE = [
  ...['WITH_CASE_DEPT', 'PENDING_HANDOVER', 'IN_STORE', ...LEFT],
  ...['DEPOSITED', 'BORROWED', 'AT_APPRAISAL', 'IN_TRANSIT'],
] as const
const HANDLED = ['WITH_CASE_DEPT', 'IN_STORE', 'BORROWED', 'AT_APPRAISAL', ...LEFT] as const
const approvedAt = (custodyStatus: readonly Axes['custodyStatus'][]): Stand => ({
  custodyStatus,
  dispositionStatus: ['APPROVED'],
})
const DONE = (Object.keys(dispositionWords) as Axes['dispositionStatus'][]).filter((one) => one.startsWith('DONE_'))
/** Leave for what was taken is asked for as long as it was not given back, and is no other thing's. */
const NOT_GIVEN_BACK = (Object.keys(dispositionWords) as Axes['dispositionStatus'][]).filter(
  (one) => !['DONE_RETURN', 'REPLACED', 'EXECUTING'].includes(one),
)

/** By row; row 0 is what the table lacks (correction, division, the way between two stores), rows 10, 13, 18 and 26 are no moves of their own. */
const table: Readonly<Record<number, Partial<Record<Move, Stand>>>> = {
  0: {
    correct: { custodyStatus: HANDLED, dispositionStatus: ['NONE'] },
    split: UNCLOSED,
    merge: UNCLOSED,
    divide: { custodyStatus: ['DEPOSITED'], dispositionStatus: ['NONE'] },
    dispatch: { ...STORED, dispositionStatus: OPEN },
    arrive: { custodyStatus: ['IN_TRANSIT'] },
  },
  1: { 'propose-measure': NEW },
  2: {
    register: ASKED,
    'count-cash': { custodyStatus: ['WITH_CASE_DEPT', 'PENDING_HANDOVER'] },
    'confirm-measure': { custodyStatus: [...DECIDABLE, 'OUT'], dispositionStatus: NOT_GIVEN_BACK },
  },
  3: { 'receive-surrender': ASKED },
  4: {
    'convert-surrender': {
      ...{ measureStatus: ['VOLUNTARY_RECEIVED'], custodyStatus: DECIDABLE, dispositionStatus: ['NONE'] },
    },
  },
  5: { freeze: ASKED },
  6: { submit: { custodyStatus: ['WITH_CASE_DEPT'] } },
  7: { 'check-in': { custodyStatus: ['PENDING_HANDOVER'] } },
  8: { deposit: { custodyStatus: ['PENDING_HANDOVER'] } },
  9: { 'send-back': { custodyStatus: ['PENDING_HANDOVER'] } },
  11: {
    'grant-loan': { ...STORED, dispositionStatus: OPEN },
    lend: { ...STORED, dispositionStatus: OPEN },
  },
  12: { 'take-back': { custodyStatus: ['BORROWED'] } },
  13: { 'open-incident': { custodyStatus: ['PENDING_HANDOVER', 'IN_TRANSIT', ...HANDLED] } },
  14: { 'resolve-incident': {} },
  15: {
    appraise: { ...STORED, dispositionStatus: OPEN },
    'return-from-appraisal': { custodyStatus: ['AT_APPRAISAL'] },
  },
  16: {
    unseal: { custodyStatus: HANDLED, sealStatus: ['SEALED', 'RESEALED'] },
    seal: { custodyStatus: HANDLED, sealStatus: ['UNSEALED'] },
    reseal: { custodyStatus: HANDLED, sealStatus: ['OPENED', 'BROKEN'] },
  },
  17: { move: STORED },
  19: { RETURN: approvedAt([...KEPT, 'WITH_CASE_DEPT']) },
  20: {
    'propose-disposal': {
      custodyStatus: [...KEPT, 'WITH_CASE_DEPT', 'PENDING_HANDOVER', 'BORROWED', 'AT_APPRAISAL'],
      dispositionStatus: OPEN,
    },
    'review-disposal': { dispositionStatus: ['PROPOSED'] },
    'approve-disposal': { dispositionStatus: ['PROPOSED', 'IN_REVIEW'] },
    'drop-disposal': { dispositionStatus: ['PROPOSED', 'IN_REVIEW'] },
  },
  21: {
    TRANSFER: approvedAt(KEPT),
    deliver: { custodyStatus: KEPT, dispositionStatus: ['DONE_TRANSFER'] },
  },
  22: {
    CONFISCATE: approvedAt(KEPT),
    RECOVER: approvedAt(KEPT),
    COLLECT: approvedAt(KEPT),
    COMPENSATE: approvedAt(KEPT),
    SURRENDER: approvedAt(KEPT),
  },
  23: { SELL: approvedAt(['IN_STORE']) },
  24: { DESTROY: approvedAt(['IN_STORE']) },
  25: { 'write-off': { custodyStatus: ['OUT'], dispositionStatus: DONE } },
}

const keys = <T extends object>(of: T): (keyof T)[] => Object.keys(of) as (keyof T)[]
const states: Axes[] = keys(measureWords).flatMap((measureStatus) =>
  keys(custodyWords).flatMap((custodyStatus) =>
    keys(sealWords).flatMap((sealStatus) =>
      keys(dispositionWords).map((dispositionStatus) => ({
        measureStatus,
        custodyStatus,
        sealStatus,
        dispositionStatus,
      })),
    ),
  ),
)
const stands = (axes: Axes, at: Stand): boolean =>
  keys(at).every((axis) => (at[axis] as readonly string[]).includes(axes[axis]))
const rows = Object.entries(table).flatMap(([row, moves]) =>
  Object.entries(moves).map(([move, at]) => [Number(row), move as Move, at] as const),
)

it('every move that the code knows stands in the table, in its row', () => {
  const known = Object.entries(transitions).map(([move, { row }]) => `${row} ${move}`)
  expect(rows.map(([row, move]) => `${row} ${move}`).sort()).toEqual(known.sort())
})

it.each(rows)('row %i, %s: allowed in every state that the table names, and in no other', (_, move, at) => {
  const wrong = states.filter((axes) => mayMove(axes, move) !== stands(axes, at))
  expect(wrong).toEqual([])
})
