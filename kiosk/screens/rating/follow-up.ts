/** Which steps of a follow-up this person is offered; the server decides. Pure. */

import type { ShownFollowUp } from '../../../server/rating/protocol.ts'
import type { Person } from '../../page.svelte.ts'
import type { State } from '../../parts/state.ts'

export type Step =
  | 'assign'
  | 'contact'
  | 'call'
  | 'verify'
  | 'settle'
  | 'feed-back'
  | 'appeal'
  | 'review'
  | 'ask-fix'
  | 'return'
  | 'close'
  | 'extend'

/** The last of them asks for more time, wherever it stands: the server says whether that is still possible. */
export function stepsFor(one: ShownFollowUp, person: Pick<Person, 'id' | 'posts'>): readonly Step[] {
  return [...workFor(one, person), ...(one.deadline?.extendable === true ? (['extend'] as const) : [])]
}

function workFor(one: ShownFollowUp, { id, posts }: Pick<Person, 'id' | 'posts'>): readonly Step[] {
  const heads = posts.some(({ post, place }) => post === 'manager' && place === one.hall)
  const supervises = posts.some(({ post }) => post === 'supervisor')
  const rated = one.clerk.id === id
  const handles = one.handler?.id === id
  const decides = (heads || supervises) && !rated
  const closing = one.excluded ? (['close'] as const) : (['return', 'close'] as const)
  switch (one.status) {
    case 'new':
      return decides ? ['assign'] : []
    case 'assigned':
      return [
        ...(!handles ? [] : one.anonymous ? (['verify'] as const) : (['contact', 'call'] as const)),
        ...(rated ? (['appeal'] as const) : []),
        ...(decides && !handles ? (['assign'] as const) : []),
      ]
    case 'called':
      return [...(handles ? (['settle', 'call', 'contact'] as const) : []), ...(rated ? (['appeal'] as const) : [])]
    case 'verified':
      return [...(handles ? (['settle'] as const) : []), ...(rated ? (['appeal'] as const) : [])]
    case 'settled':
      if (one.anonymous) return decides && !handles ? closing : []
      return handles ? [one.reached === null ? 'call' : 'feed-back', 'contact'] : []
    case 'appealed':
      return supervises && !handles && !rated ? ['review'] : []
    case 'fed-back':
      return decides && !handles ? ['ask-fix', ...closing] : []
    case 'closed':
      return decides && !handles && !one.anonymous ? ['ask-fix'] : []
  }
}

/** What each note in the history of a follow-up was written at; the last call says how it ended, and the settlement which it was. */
const DONE = {
  call: 'follow-up.did-call',
  verify: 'follow-up.did-verify',
  settle: 'follow-up.did-settle',
  'feed-back': 'follow-up.did-feed-back',
  appeal: 'follow-up.did-appeal',
  review: 'follow-up.did-review',
  return: 'follow-up.did-return',
} as const

/** The words of a step that was taken; null for one that this screen does not know. */
export function doneKey(step: string): (typeof DONE)[keyof typeof DONE] | null {
  return Object.hasOwn(DONE, step) ? DONE[step as keyof typeof DONE] : null
}

/** What is read out before this step is written down; null where nobody is spoken to. */
export function scriptKey(step: Step): 'follow-up.script-call' | 'follow-up.script-feed-back' | null {
  if (step === 'call') return 'follow-up.script-call'
  return step === 'feed-back' ? 'follow-up.script-feed-back' : null
}

/** Whoever is shown the figures of a hall: its head, and supervisors. */
export function judges({ posts }: Pick<Person, 'posts'>): boolean {
  return posts.some(({ post }) => post === 'manager' || post === 'supervisor')
}

export const STATUS_STATE: Readonly<Record<ShownFollowUp['status'], State>> = {
  new: 'attention',
  assigned: 'attention',
  called: 'attention',
  verified: 'attention',
  settled: 'attention',
  appealed: 'unknown',
  'fed-back': 'attention',
  closed: 'ok',
}
