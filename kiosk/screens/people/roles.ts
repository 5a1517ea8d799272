/** Which administrator is offered what, and why a proposal is not his to confirm. The server decides; this keeps from asking in vain. */

import type { AdministratorPost, Change, WaitingProposal } from '../../../server/org/protocol.ts'
import type { Person } from '../../page.svelte.ts'

export type Offer =
  | Change['command']
  | 'end-account'
  | 'end'
  | 'revoke'
  | 'stop'
  | 'unlock'
  | 'reset-factor'
  | 'factor-policy'
  | 'add'

const OFFERS: Readonly<Record<AdministratorPost, readonly Offer[]>> = {
  'system-admin': [
    'org.deal-secret',
    'org.issue-badge',
    'org.reactivate',
    'org.set-upload',
    'org.name-account',
    'end-account',
    'revoke',
    'stop',
    'add',
  ],
  'security-admin': [
    'org.deal-secret',
    'org.issue-badge',
    'org.appoint',
    'org.erase-name',
    'org.erase-presence',
    'org.erase-papers',
    'end-account',
    'revoke',
    'end',
    'unlock',
    'reset-factor',
    'factor-policy',
  ],
  'audit-admin': [],
}

/** The one administrator's role of a person; null for everybody else. */
export function roleOf({ posts }: Pick<Person, 'posts'>): AdministratorPost | null {
  const held = (Object.keys(OFFERS) as AdministratorPost[]).find((role) => posts.some(({ post }) => post === role))
  return held ?? null
}

/** Nobody proposes for himself. */
export function mayOffer(me: Person, offer: Offer, about: string): boolean {
  const role = roleOf(me)
  const twoNeeded = offer.startsWith('org.')
  return role !== null && OFFERS[role].includes(offer) && !(twoNeeded && about === me.id)
}

/** Why somebody cannot confirm this; null when he can. */
export function cannotConfirm(me: Person, proposal: WaitingProposal): 'own' | 'role' | 'about-you' | null {
  if (proposal.proposer === me.id) return 'own'
  if ('person' in proposal.change && proposal.change.person === me.id) return 'about-you'
  return proposal.role === roleOf(me) ? 'role' : null
}
