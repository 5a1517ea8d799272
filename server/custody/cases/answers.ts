import { Type } from 'typebox'
import type { Answer } from '../../act.ts'
import type { DeedData } from '../../approvals/approvals.ts'
import { answering, facts, orNull, words } from '../../schemas.ts'
import { accountWords } from '../account/accounting.ts'
import { count, flag, holder, oneOf, saidOf, shape, text, texts } from '../answer-shapes.ts'
import { measureWords, trackWords } from '../axes.ts'
import { CHECK_POINTS } from '../checklist/points.ts'
import { disposal } from '../disposal/answers.ts'
import { keptOpenWords } from '../disposal/words.ts'
import { itemSummary } from '../items/answers.ts'
import { paperKind } from '../papers/answers.ts'
import { viewWords } from '../pictures/pictures.ts'
import { recusalWords } from '../recusal/grounds.ts'
import type { CaseAccount, CaseSummary } from '../protocol.ts'
import { claimWords } from '../worth/waterfall.ts'

/** A case in a list, and its account. */

const caseMembers = {
  ...{ number: text, registered: text, title: orNull(text), track: saidOf(trackWords), unit: text, openedAt: text },
  ...{ status: oneOf(['OPEN', 'CLOSED', 'MERGED']), officers: Type.Array(holder) },
  balance: shape({
    ...{
      taken: count,
      withDepartment: count,
      pending: count,
      inStore: count,
      deposited: count,
      thirdParty: count,
      inPlace: count,
      borrowed: count,
      transferred: count,
      out: count,
    },
    balances: flag,
  }),
  ...{ overdue: count, frozen: count },
}

export const caseSummary = answering<CaseSummary>()(shape(caseMembers))
const passages = Type.Array(
  shape({ how: oneOf(['merge', 'split']), case: text, document: text, items: texts, by: holder, at: text }),
)
const accountMembers = {
  ...caseMembers,
  items: Type.Array(itemSummary),
  blocks: Type.Array(shape({ item: text, name: text, what: words, turn: words, holder, dueAt: orNull(text) })),
  inboundsOpen: count,
  exceptions: Type.Array(
    shape({
      ...{ item: text, name: text, ground: saidOf(keptOpenWords), document: text, approver: holder, at: text },
      wantedOn: orNull(text),
    }),
  ),
  ledger: shape({
    accounts: Type.Array(
      shape({
        ...{ account: oneOf(Object.keys(accountWords)), words },
        ...{ pieces: count, fen: count, mg: count, agrees: flag },
      }),
    ),
    balances: flag,
  }),
  closed: orNull(shape({ at: text, by: holder })),
  disposals: Type.Array(disposal),
  approvedMeasures: Type.Array(
    shape({
      ...{ approval: text, kind: saidOf(measureWords), approver: holder, at: text, validUntil: text },
      holds: flag,
    }),
  ),
  recusals: Type.Array(
    shape({ person: holder, ground: saidOf(recusalWords), reason: orNull(text), by: holder, at: text }),
  ),
  ...{ passedOn: passages, tookOver: passages },
  renumbered: Type.Array(
    shape({ was: text, is: text, reason: orNull(text), signers: Type.Array(holder), by: holder, at: text }),
  ),
  mayRecuse: orNull(oneOf(['self', 'anybody'])),
  joined: Type.Array(shape({ officers: Type.Array(holder), reason: orNull(text), by: holder, at: text })),
  mayJoin: flag,
  unfilmed: shape({ none: texts, unhashed: texts, gap: texts }),
  recordingsLater: Type.Array(shape({ reason: text, items: texts })),
  worth: orNull(
    shape({
      target: orNull(
        shape({
          ...{ amount_fen: count, lateFee_fen: count, fine_fen: count, costs_fen: count, total_fen: count },
          ...{ document: text, by: holder, at: text },
        }),
      ),
      ...{ held_fen: count, over_fen: count, unvalued: texts, indivisible: texts, spared: texts },
      settlement: orNull(
        shape({
          steps: Type.Array(shape({ claim: saidOf(claimWords), due_fen: count, covered_fen: count, left_fen: count })),
          ...{ covered_fen: count, surplus_fen: count, short_fen: count, sold_fen: count, elsewhere_fen: count },
          ...{ paid_fen: count, returned_fen: count, held_fen: count, agrees: flag },
        }),
      ),
    }),
  ),
  unpictured: Type.Array(shape({ item: text, views: Type.Array(saidOf(viewWords)) })),
  recourse: shape({
    payable: texts,
    payments: Type.Array(
      shape({
        ...{ item: text, nth: count, amount_fen: count, open_fen: count, voucher: text, at: text },
        ...{ payee: orNull(text), loss: orNull(text), finance: holder, by: holder },
        recovered: Type.Array(shape({ amount_fen: count, voucher: text, by: holder, at: text })),
        writtenOff: orNull(shape({ amount_fen: count, approver: holder, at: text })),
      }),
    ),
  }),
  withoutRelevance: Type.Array(Type.String()),
  filing: orNull(shape({ filedOn: text, document: text, by: holder, at: text })),
  checklists: Type.Array(
    shape({
      ...{ notice: text, kind: saidOf(measureWords) },
      points: Type.Array(
        shape({
          point: shape({ value: oneOf(CHECK_POINTS), words }),
          ...{ basis: text, ticked: orNull(shape({ by: holder, at: text })) },
        }),
      ),
    }),
  ),
  unserved: Type.Array(shape({ paper: text, number: text, kind: paperKind, issuedAt: text })),
  untold: Type.Array(shape({ disposal: text, part: text, document: text, at: text, items: texts })),
  unapproved: Type.Array(
    shape({ notice: text, kind: saidOf(measureWords), takenAt: text, onTheSpot: flag, items: texts }),
  ),
  pending: Type.Array(
    shape({
      deed: Type.Unsafe<DeedData>(Type.Object({ command: text }, { additionalProperties: true })),
      ...{ id: text, requester: holder, askedAt: text, expiresAt: text },
    }),
  ),
}
export const caseAccount = answering<CaseAccount>()(shape(accountMembers))
export const openedCase = answering<CaseAccount & Pick<Answer, 'facts'>>()(shape({ ...accountMembers, facts }))
