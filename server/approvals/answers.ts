import { Type } from 'typebox'
import type { Answer } from '../act.ts'
import { answering, exactly, facts, orNull, pageWith } from '../schemas.ts'
import type { DeedData } from './approvals.ts'
import type { ShownApproval } from './protocol.ts'

/** What approvals answer over HTTP; the shapes of protocol.ts. */

const text = Type.String()
const named = Type.Object({ person: text, name: text }, exactly)

/** `deed` is the deed as it was asked for; `POST /api/approvals` says which there are. */
export const shownApproval = answering<ShownApproval>()(
  Type.Object(
    {
      ...{ id: text, unit: text, digest: text, reason: orNull(text), requester: named },
      state: Type.Enum(['asked', 'granted', 'refused', 'withdrawn', 'lapsed']),
      deed: Type.Unsafe<DeedData>(Type.Object({ command: text }, { additionalProperties: true })),
      ...{ askedAt: text, expiresAt: text, decidedBy: orNull(named), decidedAt: orNull(text) },
      withdrawnAt: orNull(text),
      ...{ opinion: orNull(text), yours: Type.Boolean(), mayWithdraw: Type.Boolean() },
    },
    exactly,
  ),
)
export const approvalsPage = pageWith('approvals', shownApproval)

export const asked = Type.Unsafe<Pick<Answer, 'facts'>>(
  Type.Object({ id: text, state: Type.Enum(['asked']), expiresAt: text, facts }, exactly),
)
export const decided = Type.Unsafe<Pick<Answer, 'facts'>>(
  Type.Object({ id: text, state: Type.Enum(['granted', 'refused', 'withdrawn']), facts }, exactly),
)
