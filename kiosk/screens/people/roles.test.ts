import { expect, test } from 'vitest'
import type { WaitingProposal } from '../../../server/org/protocol.ts'
import type { Person, Post } from '../../page.svelte.ts'
import { cannotConfirm, mayOffer, type Offer, roleOf } from './roles.ts'

const somebody = (id: string, post: Post): Person => ({
  ...{ id, name: id, unit: 'organ', mustChange: null },
  posts: [{ post, place: 'organ' }],
})
const system = somebody('xu', 'system-admin')
const security = somebody('an', 'security-admin')
const audit = somebody('ji', 'audit-admin')

const OFFERS: readonly Offer[] = [
  ...([
    'org.deal-secret',
    'org.issue-badge',
    'org.appoint',
    'org.reactivate',
    'org.erase-name',
    'org.erase-presence',
    'org.erase-papers',
    'org.set-upload',
    'org.name-account',
  ] as const),
  ...(['end-account', 'end', 'revoke', 'stop', 'unlock', 'reset-factor', 'factor-policy', 'add'] as const),
]

test('each administrator is offered what his role does, others nothing', () => {
  const offered = (me: Person) => OFFERS.filter((offer) => mayOffer(me, offer, 'li-na'))
  expect(offered(system)).toEqual([
    ...(['org.deal-secret', 'org.issue-badge', 'org.reactivate', 'org.set-upload'] as const),
    ...(['org.name-account', 'end-account', 'revoke', 'stop', 'add'] as const),
  ])
  expect(offered(security)).toEqual([
    'org.deal-secret',
    'org.issue-badge',
    'org.appoint',
    'org.erase-name',
    'org.erase-presence',
    'org.erase-papers',
    'end-account',
    'end',
    'revoke',
    'unlock',
    'reset-factor',
    'factor-policy',
  ])
  expect(offered(audit)).toEqual([])
  expect(offered(somebody('zhang', 'officer'))).toEqual([])
  expect(roleOf(somebody('zhang', 'officer'))).toBeNull()
})

test('nobody is offered to propose for himself', () => {
  expect(mayOffer(security, 'org.deal-secret', 'an')).toBe(false)
  expect(mayOffer(security, 'org.appoint', 'an')).toBe(false)
  expect(mayOffer(security, 'unlock', 'an')).toBe(true)
})

test('a proposal is confirmed by another person in another role, and never by the one it is about', () => {
  const proposal = (person: string): WaitingProposal => ({
    ...{ id: 'p', proposer: 'xu', role: 'system-admin', proposedAt: '', expiresAt: '' },
    change: { command: 'org.deal-secret', person, kind: 'pin' },
  })
  expect(cannotConfirm(system, proposal('li-na'))).toBe('own')
  expect(cannotConfirm(somebody('second', 'system-admin'), proposal('li-na'))).toBe('role')
  expect(cannotConfirm(security, proposal('an'))).toBe('about-you')
  expect(cannotConfirm(security, proposal('li-na'))).toBeNull()
  expect(cannotConfirm(audit, proposal('li-na'))).toBeNull()
})
