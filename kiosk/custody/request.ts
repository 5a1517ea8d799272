/** A request to an approver as a person reads it. */

import type { ShownApproval } from '../../server/approvals/protocol.ts'
import type { ShownLoan } from '../../server/custody/protocol.ts'
import { t } from '../words/words.svelte.ts'
import { codesOfDeed } from './find.ts'

export interface RequestShown {
  readonly title: string
  readonly codes: readonly string[]
  readonly purpose: string | null
  readonly dueAt: string | null
}

export function requestShown({ deed }: Pick<ShownApproval, 'deed'>): RequestShown {
  const { command, items, purpose, dueAt } = deed as Readonly<Record<string, unknown>> & { readonly command: string }
  const codes = codesOfDeed(items)
  return {
    title: command === 'borrow' ? t('approval.borrow', { count: codes.length }) : t('approval.other', { command }),
    codes,
    purpose: typeof purpose === 'string' ? t(`purpose.${purpose as ShownLoan['purpose']['value']}`) : null,
    dueAt: typeof dueAt === 'string' ? dueAt : null,
  }
}
