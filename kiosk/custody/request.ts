/** A request to an approver as a person reads it. */

import type { ShownApproval } from '../../server/approvals/protocol.ts'
import type { ShownLoan } from '../../server/custody/protocol.ts'
import type { PlainKey } from '../words/keys.ts'
import { t } from '../words/words.svelte.ts'
import { codesOfDeed } from './find.ts'

export interface RequestShown {
  readonly title: string
  readonly codes: readonly string[]
  readonly purpose: string | null
  readonly dueAt: string | null
  /** The document that it rests on. */
  readonly document: string | null
  /** The page of what it is about, where that is no item. */
  readonly path: string | null
}

/** What may be asked for, by its command. */
const TITLES = {
  'extend-loan': 'deadlines.ask-extend-loan',
  'extend-deadline': 'deadlines.ask-extend-deadline',
  'pause-deadline': 'deadlines.ask-pause-deadline',
  'resume-deadline': 'deadlines.ask-resume-deadline',
  'end-deadline': 'deadlines.ask-end-deadline',
} as const satisfies Readonly<Record<string, PlainKey>>

export function requestShown({ deed }: Pick<ShownApproval, 'deed'>): RequestShown {
  const { command, items, purpose, dueAt, document, clock } = deed as Readonly<Record<string, unknown>> & {
    readonly command: string
  }
  const codes = codesOfDeed(items)
  return {
    title: titleOf(command, codes.length),
    codes,
    purpose: typeof purpose === 'string' ? t(`purpose.${purpose as ShownLoan['purpose']['value']}`) : null,
    dueAt: typeof dueAt === 'string' ? dueAt : null,
    document: typeof document === 'string' ? document : null,
    path: typeof clock === 'string' ? `/deadlines?${new URLSearchParams({ deadline: clock }).toString()}` : null,
  }
}

function titleOf(command: string, count: number): string {
  if (command === 'borrow') return t('approval.borrow', { count })
  return Object.hasOwn(TITLES, command) ? t(TITLES[command as keyof typeof TITLES]) : t('approval.other', { command })
}
