import type { SecretKind } from '../access/protocol.ts'
import type { Post } from '../module.ts'
import type { NameErased } from './erasing.ts'
import type { UnitKind, UnitLevel } from './org.ts'
import type { AdministratorPost, Change } from './proposals.ts'

export type { SecretKind } from '../access/protocol.ts'
export type { Post } from '../module.ts'
export type { ShownGlass } from './glass.ts'
export type { ShownVouching } from './vouching.ts'
export type { ErasureGround, NameErased } from './erasing.ts'
export type { UnitKind } from './org.ts'
export type { Present } from './presences.ts'
export type { AdministratorPost, Change, ChangeOfPerson } from './proposals.ts'

export interface ListedUnit {
  readonly id: string
  readonly name: string
  readonly kind: UnitKind
  readonly parent: string | null
  /** Of an organ; null where nobody said it. */
  readonly level?: UnitLevel | null
  /** Its special accounts; empty where none is named. */
  readonly accounts?: readonly string[]
}

/**
 * `none`: the person has none; `own`: only he knows it; `dealt`: waits for the one sign-in it opens, until `until`; `over`: a dealt one that was
 * used without being changed, or lapsed.
 */
export type SecretStanding = 'none' | 'own' | 'dealt' | 'over'

export interface AccountSecret {
  readonly kind: SecretKind
  readonly standing: SecretStanding
  readonly until: string | null
}

/** No more tries at one secret of a person are taken at a place. */
export interface AccountLock {
  readonly kind: SecretKind
  /** A place of his own (`station bench-1`, `address 10.0.0.7`); null for all others together. */
  readonly place: string | null
  readonly until: string
}

/** A person as administrators see him: nothing of what he works on. */
export interface Account {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly unit: string
  readonly active: boolean
  /** Null as long as the name stands. */
  readonly erased: NameErased | null
  /** The ended ones too, in the order they began. */
  readonly appointments: readonly {
    readonly post: Post
    readonly place: string
    readonly from: string
    readonly to: string | null
  }[]
  readonly badges: readonly { readonly badge: string; readonly active: boolean }[]
  readonly secrets: readonly AccountSecret[]
  /** Since when his password needs a one-time code, too; null where it does not. */
  readonly secondFactor: string | null
  /** Since when he has signed in through the organ's provider of identities; null where he never has. */
  readonly provider: string | null
  readonly locks: readonly AccountLock[]
}

export interface WaitingProposal {
  readonly id: string
  readonly change: Change
  readonly proposer: string
  readonly role: AdministratorPost
  readonly proposedAt: string
  readonly expiresAt: string
}
