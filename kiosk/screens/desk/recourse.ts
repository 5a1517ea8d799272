import type { CaseAccount } from '../../../server/custody/protocol.ts'

/** What an officer is about to note of what third-party keepers lost. */
export type RecourseStep =
  | { readonly act: 'pay'; readonly items: readonly { readonly code: string; readonly name: string }[] }
  | { readonly act: 'recover' | 'write-off'; readonly payment: CaseAccount['recourse']['payments'][number] }
