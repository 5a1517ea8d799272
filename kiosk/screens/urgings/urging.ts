/** How a notice is said, and what a supervisor means when he types what it is about. */

import type { ShownUrging, UrgingMethod, UrgingReason, UrgingState } from '../../../server/urging/protocol.ts'
import { codeIn } from '../../custody/codes.ts'
import type { State } from '../../parts/state.ts'
import { pathTo } from '../../router.ts'
import { t } from '../../words/words.svelte.ts'

export const REASONS: readonly UrgingReason[] = ['time-passed', 'perfunctory', 'supplement', 'other']
export const METHODS: readonly UrgingMethod[] = ['letter', 'hearing', 'file-review', 'inspection']
export const STATES: readonly UrgingState[] = ['issued', 'answered', 'accepted', 'withdrawn']

const LOOKS: Readonly<Record<UrgingState, State>> = {
  issued: 'attention',
  answered: 'unknown',
  accepted: 'ok',
  withdrawn: 'quiet',
}

export function lookOf({ state, overdue }: Pick<ShownUrging, 'state' | 'overdue'>): { state: State; label: string } {
  return overdue
    ? { state: 'refused', label: t('urging.overdue') }
    : { state: LOOKS[state], label: t(`urging.state-${state}`) }
}

export function sayAbout({ kind, id }: ShownUrging['about']): string {
  return kind === 'clock' ? t('urging.about-clock', { id: id.slice(-8) }) : t(`urging.about-${kind}`, { id })
}

/** The page of what a notice is about. */
export function pathOfMatter({ kind, id }: ShownUrging['about']): string {
  if (kind === 'item') return pathTo('/supervise/items/:code', { code: id })
  if (kind === 'case') return pathTo('/desk/cases/:number', { number: id })
  return `/deadlines?${new URLSearchParams({ deadline: id }).toString()}`
}

/** The address at which a notice about something is begun. */
export function pathToBegin(about: string): string {
  return `/urgings?${new URLSearchParams({ about }).toString()}`
}

/** `item/<code>`, `case/<number>` or `clock/<id>`: what was handed over, or what was typed or scanned. */
export function aboutOf(text: string): string {
  const given = text.trim()
  if (/^(item|case|clock)\//.test(given)) return given
  const code = codeIn(given)
  return code?.kind === 'item' ? `item/${code.code}` : `case/${given}`
}

/** The same as a person reads it in the field. */
export function typedOf(about: string): string {
  return about.replace(/^(item|case)\//, '')
}
