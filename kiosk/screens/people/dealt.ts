import type { SecretKind } from '../../../server/org/protocol.ts'

/** A half of a dealt secret as the server showed it: the first to the proposer, the second to the one who confirmed. */
export type Dealt = {
  readonly person: string
  readonly kind: SecretKind
  readonly half: string
} & ({ readonly which: 'first'; readonly until: string } | { readonly which: 'second'; readonly proposer: string })
