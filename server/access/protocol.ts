import type { Post } from '../module.ts'
import type { SecretKind } from './secret.ts'

export type { Post } from '../module.ts'
export type { SecretKind } from './secret.ts'

/** What comes before everything else: a dealt secret is changed, or an authenticator app that a post asks for is set up. */
export type Must = SecretKind | 'second-factor'

/** Who is signed in. */
export interface SignedInPerson {
  readonly id: string
  readonly name: string
  readonly unit: string
  readonly posts: readonly { readonly post: Post; readonly place: string }[]
  /** Nothing but this is allowed. */
  readonly mustChange: Must | null
}
