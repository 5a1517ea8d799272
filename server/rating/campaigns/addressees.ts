import type { Circumstances, Decision } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { type Campaign, campaignFact, mustRun } from './campaign.ts'
import type { ListAddressees, MarkAddressees } from './schemas.ts'

/**
 * Writes down who of a group of voters is to be given a code or a paper. Names are personal content: the register holds how many. They stand beside no
 * code, in no order that codes have, and nothing ties a line to a vote; what a line is for is that nobody is given two, and nobody is forgotten.
 * @throws Refusal `rating.unknown-campaign`, `rating.campaign-not-yours`, `rating.campaign-judged`, `rating.campaign-not-open`, `rating.unknown-group`
 */
export function listAddressees(
  { campaign }: { readonly campaign: Campaign | null },
  { campaign: id, group, names }: ListAddressees,
  { actor, at, mint }: Circumstances,
): Decision {
  const one = mustRun(campaign, id, actor, at)
  if (!one.groups.some((of) => of.id === group)) throw new Refusal('rating.unknown-group', { group })
  const list = mint.id()
  const body = { list, group, count: names.length, names: mint.seal(names) }
  return { facts: [campaignFact(one.unit, 'rating.addressees-listed', id, body)], result: { list } }
}

/**
 * Ticks lines of a list: these were given a code or a paper; or takes the tick back, where it could not be delivered. No more are ticked of a group than
 * it has codes, unless it is a group without any, where papers alone are given out.
 * @throws Refusal as `listAddressees`, and `rating.unknown-list`, `rating.addressee-marked`, `rating.more-given`
 */
export function markAddressees(
  { campaign }: { readonly campaign: Campaign | null },
  { campaign: id, list, lines, given }: MarkAddressees,
  { actor, at }: Circumstances,
): Decision {
  const one = mustRun(campaign, id, actor, at)
  const lists = one.addressees ?? []
  const found = lists.find((of) => of.id === list)
  if (found === undefined || lines.some((line) => line > found.count)) throw new Refusal('rating.unknown-list')
  const twice = lines.find((line) => found.given.includes(line) === given)
  if (twice !== undefined) throw new Refusal('rating.addressee-marked', { line: twice })
  const hasCodes = one.issues.some(({ group }) => group === found.group)
  if (given && (hasCodes || one.onPaper !== true)) {
    const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0)
    const codes = sum(one.issues.filter((of) => of.group === found.group && !of.voided).map(({ count }) => count))
    const before = sum(lists.filter(({ group }) => group === found.group).map((of) => of.given.length))
    if (before + lines.length > codes) throw new Refusal('rating.more-given', { codes })
  }
  return { facts: [campaignFact(one.unit, 'rating.addressees-marked', id, { list, lines, given })] }
}
