/** What one administrator does alone: it takes rights away, or gives none that another would not know of. */

import type { Account, Post } from '../../../server/org/protocol.ts'
import { t } from '../../words/words.svelte.ts'
import { sayPlace } from './say.ts'

export interface Asked {
  readonly title: string
  /** What comes of it. */
  readonly detail: string
  readonly done: string
  readonly path: string
  readonly body: object | undefined
  /** It takes something away from the person. */
  readonly takes: boolean
  /** It is asked why, and the answer is what is sent. */
  readonly reason?: true
}

export function askRevoke({ id, name }: Account, badge: string): Asked {
  return {
    ...{ title: t('people.revoke'), detail: t('people.revoke-detail', { name, badge }), takes: true },
    ...{ done: t('people.revoke-done', { name }), path: '/api/badges/revoke', body: { person: id, badge } },
  }
}

export function askEnd({ id, name }: Account, post: Post, place: string): Asked {
  const held = { name, post: t(`post.${post}`), place: sayPlace(place) }
  return {
    ...{ title: t('people.end'), detail: t('people.end-detail', held), takes: true },
    ...{ done: t('people.end-done', { name }), path: '/api/appointments/end', body: { person: id, post, place } },
  }
}

export function askStop({ id, name }: Account): Asked {
  return {
    ...{ title: t('people.stop'), detail: t('people.stop-detail', { name }), takes: true },
    ...{ done: t('people.stop-done', { name }), path: '/api/people/deactivate', body: { person: id } },
  }
}

export function askResetFactor({ id, name }: Account): Asked {
  return {
    ...{
      title: t('people.factor-reset'),
      detail: t('people.factor-reset-detail', { name }),
      takes: true,
      reason: true,
    },
    ...{
      done: t('people.factor-reset-done', { name }),
      path: `/api/people/${id}/second-factor/reset`,
      body: undefined,
    },
  }
}

export function askForgetProvider({ id, name }: Account): Asked {
  return {
    ...{
      title: t('people.provider-forget'),
      detail: t('people.provider-forget-detail', { name }),
      takes: true,
      reason: true,
    },
    ...{
      done: t('people.provider-forget-done', { name }),
      path: `/api/people/${id}/provider/forget`,
      body: undefined,
    },
  }
}

export function askUnlock({ id, name }: Account): Asked {
  return {
    ...{ title: t('people.unlock'), detail: t('people.unlock-detail', { name }), takes: false },
    ...{ done: t('people.unlock-done', { name }), path: `/api/people/${id}/unlock`, body: undefined },
  }
}
