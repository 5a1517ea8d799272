import { Type } from 'typebox'
import { answering, orNull, words } from '../../schemas.ts'
import { count, flag, holder, oneOf, shape, text, texts, weight_mg } from '../answer-shapes.ts'
import { summaryMembers } from '../items/answers.ts'
import { labelInShort } from '../papers/label-answers.ts'
import type { ListSummary, ShownConflict, ShownList } from '../protocol.ts'

/** Hand-over lists, with what a bench without the line left open of them. */

const listMembers = { code: text, cases: texts, unit: text, store: text, submittedBy: holder, submittedAt: text }
export const listSummary = answering<ListSummary>()(
  shape({ ...listMembers, items: count, accepted: count, refused: count, pending: count }),
)
export const conflict = answering<ShownConflict>()(
  shape({
    ...{ id: text, store: text, station: text, list: text, item: text, location: text, code: text, words },
    ...{ weight_mg: orNull(weight_mg), custodian: orNull(holder), happenedAt: text, maySettle: flag },
    settled: orNull(shape({ by: holder, at: text, reason: text })),
  }),
)

export const shownList = answering<ShownList>()(
  shape({
    ...{ ...listMembers, pending: count, slip: labelInShort },
    lines: Type.Array(
      shape({
        ...{ ...summaryMembers, reason: orNull(text) },
        outcome: oneOf(['pending', 'checked-in', 'refused', 'deposited']),
      }),
    ),
    conflicts: Type.Array(conflict),
  }),
)
