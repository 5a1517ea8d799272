/** In what capacity somebody signs a paper, by what passes by it. */

import type { SignaturePlace } from '../../server/custody/protocol.ts'

/** Of the two acts of a loan the second, as it comes back. */
const BACK = 2

const ROLES = {
  lists: { giver: 'giver', taker: 'taker', receiver: 'receiver' },
  disposals: { giver: 'handler', taker: 'taker', receiver: 'receiver' },
  out: { giver: 'keeper', taker: 'borrower', receiver: 'receiver' },
  back: { giver: 'returner', taker: 'keeper', receiver: 'receiver' },
} as const

export type SignedAbout = 'lists' | 'disposals' | 'loans'

/** The end of its word, `sign.as-…`. */
export function roleOf(about: SignedAbout, { act, as }: Pick<SignaturePlace, 'act' | 'as'>) {
  const of = about === 'loans' ? (act === BACK ? 'back' : 'out') : about
  return ROLES[of][as]
}

/** Which way a loan goes by this act. */
export function wayOf(act: number): 'out' | 'back' {
  return act === BACK ? 'back' : 'out'
}
