import { Type } from 'typebox'
import type { Answer } from '../act.ts'
import { answering, exactly, facts, orNull, pageWith, toldRefusal } from '../schemas.ts'
import { APPROVAL_LEVELS, type ApprovalLevel, type DeedData, TERM_MATTERS, type TermMatter } from './approvals.ts'
import type { ShownApproval, ShownDelegation } from './protocol.ts'

/** What approvals answer over HTTP; the shapes of protocol.ts. */

const text = Type.String()
const named = Type.Object({ person: text, name: text }, exactly)

const words = Type.Object({ zh: text, en: text }, exactly)
const termAsked = Type.Object(
  {
    ...{ rule: text, title: words, basis: text, items: Type.Array(text), dueAt: text, wouldBeDueAt: orNull(text) },
    matter: Type.Object({ kind: Type.Unsafe<TermMatter>(Type.Enum([...TERM_MATTERS])), id: text }, exactly),
  },
  exactly,
)

/** `deed` is the deed as it was asked for; `POST /api/approvals` says which there are. */
export const shownApproval = answering<ShownApproval>()(
  Type.Object(
    {
      ...{ id: text, unit: text, digest: text, reason: orNull(text), requester: named },
      state: Type.Enum(['asked', 'granted', 'refused', 'withdrawn', 'lapsed']),
      deed: Type.Unsafe<DeedData>(Type.Object({ command: text }, { additionalProperties: true })),
      ...{ askedAt: text, expiresAt: text, decidedBy: orNull(named), decidedAt: orNull(text) },
      withdrawnAt: orNull(text),
      before: orNull(
        Type.Object(
          {
            ...{ proposer: named, proposedAt: text, opinion: orNull(text) },
            agreed: Type.Array(Type.Object({ step: words, by: named, at: text, opinion: orNull(text) }, exactly)),
          },
          exactly,
        ),
      ),
      ...{ decidedFor: orNull(named), yoursFor: orNull(named) },
      term: orNull(termAsked),
      matter: Type.Array(Type.Object({ term: words, value: words }, exactly)),
      levels: Type.Array(
        Type.Object(
          {
            level: Type.Unsafe<ApprovalLevel>(Type.Enum([...APPROVAL_LEVELS])),
            ...{ by: orNull(named), standsFor: orNull(named), at: orNull(text), opinion: orNull(text) },
          },
          exactly,
        ),
      ),
      ...{ opinion: orNull(text), yours: Type.Boolean(), mayWithdraw: Type.Boolean() },
      barred: orNull(toldRefusal),
    },
    exactly,
  ),
)
export const approvalsPage = pageWith('approvals', shownApproval)

export const asked = Type.Unsafe<Pick<Answer, 'facts'>>(
  Type.Object({ id: text, state: Type.Enum(['asked']), expiresAt: text, facts }, exactly),
)
export const decided = Type.Unsafe<Pick<Answer, 'facts'>>(
  Type.Object({ id: text, state: Type.Enum(['passed', 'granted', 'refused', 'withdrawn']), facts }, exactly),
)

const shownDelegation = answering<ShownDelegation>()(
  Type.Object(
    {
      ...{ id: text, principal: named, deputy: named, place: text, from: text, to: text },
      commands: orNull(Type.Array(text)),
      ...{ endedAt: orNull(text), mayEnd: Type.Boolean() },
    },
    exactly,
  ),
)
export const delegationsPage = pageWith('delegations', shownDelegation)
export const delegated = Type.Unsafe<Pick<Answer, 'facts'>>(Type.Object({ id: text, facts }, exactly))
