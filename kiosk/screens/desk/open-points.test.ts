import { expect, it } from 'vitest'
import type { CaseAccount } from '../../../server/custody/protocol.ts'
import { openPointsOf } from './open-points.ts'

const NOTHING_OPEN = {
  ...{ unapproved: [], withoutRelevance: [], checklists: [], untold: [], unserved: [], unpictured: [] },
  recourse: { payable: [], payments: [] },
  ...{ filing: { filedOn: '2026-03-01', document: '文' }, unfilmed: { none: [], unhashed: [], gap: [] } },
} as unknown as CaseAccount

const ticked = (at: string | null) => ({ points: [{ ticked: at }] })

it.each([
  ['nothing', {}, [0, 0]],
  ['a measure that nobody approved', { unapproved: [{}] }, [1, 1]],
  ['an item that is not said to prove anything', { withoutRelevance: ['A'] }, [1, 1]],
  ['a case whose filing is not said', { filing: null }, [1, 1]],
  ['a point that is not seen to', { checklists: [ticked(null)] }, [1, 1]],
  ['points that all are', { checklists: [ticked('2026-03-01T00:00:00.000Z')] }, [1, 0]],
  ['a transfer that its party was not told of', { untold: [{}] }, [1, 1]],
  ['a paper that was not served', { unserved: [{}] }, [1, 1]],
  ['an item without its pictures', { unpictured: [{}] }, [1, 1]],
  ['a measure that was not filmed', { unfilmed: { none: ['A'], unhashed: [], gap: [] } }, [1, 1]],
  ['a recording without its hash', { unfilmed: { none: [], unhashed: ['A'], gap: [] } }, [1, 1]],
  ['what a keeper still owes', { recourse: { payable: ['A'], payments: [{ open_fen: 1 }] } }, [1, 1]],
  ['what a keeper has paid back', { recourse: { payable: ['A'], payments: [{ open_fen: 0 }] } }, [1, 0]],
])('of a case with %s', (_, open, [panels, waiting]) => {
  expect(openPointsOf({ ...NOTHING_OPEN, ...open } as unknown as CaseAccount)).toEqual({ panels, waiting })
})
