import type { Post } from '../module.ts'
import type { SecretKind } from './secret.ts'

export type { Post } from '../module.ts'
export type { SecretKind } from './secret.ts'

/** Who is signed in. */
export interface SignedInPerson {
  readonly id: string
  readonly name: string
  readonly unit: string
  readonly posts: readonly { readonly post: Post; readonly place: string }[]
  /** Signed in with a dealt secret of this kind: nothing but changing it is allowed. */
  readonly mustChange: SecretKind | null
}
