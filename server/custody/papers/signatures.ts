import { type Static, Type } from 'typebox'
import type { RouteDependencies } from '../../http.ts'
import { Refusal } from '../../refusal.ts'
import { exactly } from '../../schemas.ts'

const SIGNATURES_MAX = 3
const secret = Type.String({ minLength: 1, maxLength: 128 })

/** Others who sign an act with their own badge and PIN, as at a bench. Checked on arrival and kept nowhere. */
export const signatures = Type.Optional(
  Type.Array(Type.Object({ badge: secret, pin: secret }, exactly), {
    maxItems: SIGNATURES_MAX,
    description: 'Second signatures: badge and PIN of whoever fetches or brings an item, or of a second custodian.',
  }),
)

/**
 * Whose signatures these are; each try is recorded like a sign-in, and a wrong one counts where it was made.
 * @param actor who acts, and the network address that his request came from
 * @throws Refusal `access.signature-same` when one is the actor's own or given twice; those of signing in
 */
export async function verifySignatures(
  { signIn, activity, now }: Pick<RouteDependencies, 'signIn' | 'activity' | 'now'>,
  actor: { readonly person: string; readonly address: string },
  given: Exclude<Static<typeof signatures>, undefined>,
): Promise<string[]> {
  const record = (person: string | null, outcome: string): Promise<void> =>
    activity.record({ at: now(), kind: 'sign-in', person, station: null, about: 'signature', outcome })
  const signers: string[] = []
  for (const credentials of given) {
    try {
      const { person } = await signIn.authenticate(credentials, { address: actor.address })
      if (person === actor.person || signers.includes(person)) throw new Refusal('access.signature-same')
      await record(person, 'ok')
      signers.push(person)
    } catch (error) {
      if (error instanceof Refusal) await record(null, error.code)
      throw error
    }
  }
  return signers
}
