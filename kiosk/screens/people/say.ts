/** How a change, and the standing of a person, is said. */

import type { Account, AccountLock, Change, NameErased } from '../../../server/org/protocol.ts'
import { directory } from '../../custody/directory.svelte.ts'
import { sayList, sayMinute } from '../../custody/say.ts'
import { chosen, t } from '../../words/words.svelte.ts'

export function sayPlace(place: string): string {
  return directory.stores.some(({ id }) => id === place)
    ? directory.nameOf(`store/${place}`)
    : directory.nameOf(`unit/${place}`)
}

/** `给 李娜 重置登录口令`. */
export function sayChange(change: Change): string {
  if (change.command === 'org.erase-presence') return sayPresence(change)
  if (change.command === 'org.erase-papers') return sayPapers(change)
  if (change.command === 'org.set-upload') return t('proposal.upload', { url: change.url })
  if (change.command === 'org.name-account')
    return t('proposal.name-account', { unit: directory.nameOf(`unit/${change.unit}`), account: change.account })
  const name = directory.nameOf(`person/${change.person}`)
  switch (change.command) {
    case 'org.deal-secret':
      return t(`proposal.deal-${change.kind}`, { name })
    case 'org.issue-badge':
      return t('proposal.badge', { name, badge: change.badge })
    case 'org.appoint':
      return t('proposal.appoint', { name, post: t(`post.${change.post}`), place: sayPlace(change.place) })
    case 'org.reactivate':
      return t('proposal.reactivate', { name })
    case 'org.erase-name':
      return t('proposal.erase-name', { name, ground: t(`erasure.${change.ground}`), document: change.document })
  }
}

function sayPresence({ items, whose, ground, document }: Extract<Change, { command: 'org.erase-presence' }>): string {
  return t('proposal.erase-presence', {
    items: sayList(items),
    whose: t(`presence.${whose.length > 1 ? 'both' : (whose[0] ?? 'both')}`),
    ...{ ground: t(`erasure.${ground}`), document },
  })
}

function sayPapers({ papers, ground, document }: Extract<Change, { command: 'org.erase-papers' }>): string {
  return t('proposal.erase-papers', { papers: sayList(papers), ground: t(`erasure.${ground}`), document })
}

/** When a name was erased, on what ground and by which decision. */
export function sayErased({ at, ground, document }: NameErased): string {
  return [sayMinute(at), t(`erasure.${ground}`), document].join(' · ')
}

/** Where and until when no more tries are taken. */
export function sayLock({ kind, place, until }: AccountLock): string {
  const words = { kind: t(`account.${kind}`), until: sayMinute(until) }
  if (place === null) return t('people.lock-elsewhere', words)
  const [, how, where = ''] = /^(station|address) (.+)$/.exec(place) ?? []
  const at = how === 'station' ? t('people.lock-station', { where }) : t('people.lock-address', { where })
  return t('people.lock-at', { ...words, place: at })
}

/** The posts somebody holds now, or that he holds none. */
export function sayPosts({ appointments }: Pick<Account, 'appointments'>): string {
  const held = appointments.filter(({ to }) => to === null).map(({ post }) => t(`post.${post}`))
  return held.length === 0 ? t('people.no-post') : [...new Set(held)].join(chosen.language === 'en' ? ', ' : '、')
}
