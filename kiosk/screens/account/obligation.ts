import type { SecretKind, SignedInPerson } from '../../../server/access/protocol.ts'
import type { Person } from '../../page.svelte.ts'

/** Which secret somebody must change before anything else is possible; null when none. */
export function mustChange(person: Person): SecretKind | null {
  return (person as Person & Partial<Pick<SignedInPerson, 'mustChange'>>).mustChange ?? null
}
