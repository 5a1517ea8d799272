/** What is being written of a campaign, as its form holds it. */

import type { ShownCampaign } from '../../../../server/rating/campaigns/protocol.ts'

export const TARGET_LEAST = 10
export const GROUPS_MOST = 8
export const DEPARTMENTS_MOST = 20
export const TITLE_MOST = 40
export const NAME_MOST = 20

export interface GroupFields {
  /** Of this line, while it is written. */
  readonly key: number
  name: string
  target: string
  /** Percent, or nothing. */
  weight: string
}

export interface CampaignFields {
  title: string
  from: string
  to: string
  questionnaire: string
  departments: string[]
  groups: GroupFields[]
  /** Papers filled in by hand are taken too. */
  onPaper: boolean
}

const TARGET_USUAL = '30'

/** A new one, with the groups that are usual. */
export function newCampaign(groups: readonly string[]): CampaignFields {
  return {
    ...{ title: '', from: '', to: '', questionnaire: 'conduct@1', departments: [] },
    groups: groups.map((name, key) => ({ key, name, target: TARGET_USUAL, weight: '' })),
    onPaper: false,
  }
}

/** One that was written, to be written anew. */
export function campaignFields(campaign: ShownCampaign): CampaignFields {
  const { title, from, to, questionnaire, departments, groups, onPaper } = campaign
  return {
    ...{ title, from, to, questionnaire, onPaper, departments: departments.map(({ id }) => id) },
    groups: groups.map(({ name, target, weight }, key) => ({
      ...{ key, name, target: String(target), weight: weight === null ? '' : String(weight) },
    })),
  }
}

export function withGroup(groups: readonly GroupFields[]): GroupFields[] {
  const key = 1 + Math.max(-1, ...groups.map((one) => one.key))
  return [...groups, { key, name: '', target: TARGET_USUAL, weight: '' }]
}

const WHOLE = /^\d{1,7}$/

/** What is sent; null while something is missing. */
export function contentOf(fields: CampaignFields): object | null {
  const { title, from, to, questionnaire, departments, groups, onPaper } = fields
  const named = title.trim()
  const whole =
    named !== '' &&
    from !== '' &&
    to !== '' &&
    from <= to &&
    departments.length > 0 &&
    groups.length > 0 &&
    departments.length <= DEPARTMENTS_MOST &&
    groups.every(
      ({ name, target, weight }) =>
        name.trim() !== '' &&
        WHOLE.test(target) &&
        Number(target) >= TARGET_LEAST &&
        (weight === '' || WHOLE.test(weight)),
    )
  if (!whole) return null
  return {
    ...{ title: named, from, to, questionnaire, departments, onPaper },
    groups: groups.map(({ name, target, weight }) => ({
      ...{ name: name.trim(), target: Number(target), weight: weight === '' ? null : Number(weight) },
    })),
  }
}
