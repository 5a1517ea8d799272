/** What another version of a rule would change, each in words: nobody confirms what he cannot read. */

import type { DeadlineTerms, Tier } from '../../../server/clock/protocol.ts'
import { sayBasis, sayList } from '../../custody/say.ts'
import { t } from '../../words/words.svelte.ts'
import { sayOffset, sayTerm } from './say.ts'

export interface Change {
  readonly what: string
  readonly was: string
  readonly wanted: string
}

/** Everything that differs, in the order of the terms; tiers of the ladder by their day, as warnings are known by it. */
export function changesOf(was: DeadlineTerms, wanted: DeadlineTerms): readonly Change[] {
  return [
    { what: t('rules.term'), was: sayTerm(was), wanted: sayTerm(wanted) },
    {
      what: t('rules.counting'),
      was: t(`rules.counting-${was.counting}`),
      wanted: t(`rules.counting-${wanted.counting}`),
    },
    { what: t('rules.deferrable'), was: sayDeferrable(was), wanted: sayDeferrable(wanted) },
    { what: t('rules.extend'), was: sayExtend(was), wanted: sayExtend(wanted) },
    { what: t('rules.pausable'), was: sayPausable(was), wanted: sayPausable(wanted) },
    { what: t('rules.enabled'), was: sayEnabled(was), wanted: sayEnabled(wanted) },
    { what: t('deadlines.basis'), was: sayBasis(was.basis), wanted: sayBasis(wanted.basis) },
    { what: t('rules.grade'), was: t(`deadlines.grade-${was.grade}`), wanted: t(`deadlines.grade-${wanted.grade}`) },
    ...tierChanges(was.ladder, wanted.ladder),
  ].filter((change) => change.was !== change.wanted)
}

function tierChanges(was: readonly Tier[], wanted: readonly Tier[]): readonly Change[] {
  const days = new Set([...was, ...wanted].map(({ offset_days }) => offset_days))
  return [...days]
    .toSorted((one, other) => one - other)
    .map((day) => ({
      what: t('rules.warning-at', { day: sayOffset(day) }),
      was: sayTier(was, day),
      wanted: sayTier(wanted, day),
    }))
}

/** `橙色提醒，告知责任人员、责任部门负责人`. */
function sayTier(ladder: readonly Tier[], day: number): string {
  const tier = ladder.find(({ offset_days }) => offset_days === day)
  if (tier === undefined) return t('rules.warning-none')
  return t('rules.warning', {
    colour: t(`deadlines.colour-${tier.colour}`),
    people: sayList(tier.tell.map((audience) => t(`rules.tell-${audience}`))),
  })
}

function sayDeferrable({ deferrable }: DeadlineTerms): string {
  return t(deferrable ? 'rules.deferrable-yes' : 'rules.deferrable-no')
}

function sayExtend({ extend }: DeadlineTerms): string {
  if (extend === null) return t('rules.extend-none')
  const terms = { span: sayTerm({ due: extend.by }), times: extend.times ?? 0 }
  const leave = [
    ...(extend.levels ?? []).map((level) => t(`approval.level-${level}`)),
    ...(extend.authority === undefined ? [] : [t('rules.extend-authority')]),
  ]
  if (extend.times === null) return t('rules.extend-cause', terms)
  return leave.length === 0 ? t('rules.extend-by', terms) : t('rules.extend-leave', { ...terms, leave: sayList(leave) })
}

function sayPausable({ pausable }: DeadlineTerms): string {
  return t(pausable ? 'rules.pausable-yes' : 'rules.pausable-no')
}

function sayEnabled({ enabled }: DeadlineTerms): string {
  return t(enabled ? 'rules.on' : 'rules.off')
}
