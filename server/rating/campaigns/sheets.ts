import { labelSheet } from '../../../labels/label-sheet.ts'
import type { Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import { Refusal } from '../../refusal.ts'
import { type TableFormat, tableFile } from '../../table.ts'
import '../tables.ts'
import type { Campaign, Issue } from './campaign.ts'
import { codesOf, hashOfCode } from './codes.ts'
import { slipOf } from './slips.ts'

/**
 * The codes of an issue, made again from the seed that they were made from.
 * @throws Refusal `rating.issue-left` for another seed
 */
export async function codesOfIssue(
  db: Reader,
  { id, count }: Pick<Issue, 'id' | 'count'>,
  seed: string,
): Promise<string[]> {
  const codes = codesOf(seed, count)
  const first = hashOfCode(codes[0] ?? '')
  const known =
    first === null
      ? undefined
      : await db
          .selectFrom('rating_papers')
          .select('hash')
          .where('hash', '=', first)
          .where('issue', '=', id)
          .executeTakeFirst()
  if (known === undefined) throw new Refusal('rating.issue-left')
  return codes
}

/** What stands on each paper of an issue. */
export interface SheetsOf {
  readonly campaign: Campaign
  readonly issue: Issue
  readonly codes: readonly string[]
  /** Where people open the program. */
  readonly site: string
}

const addressOf = (site: string, code: string): string => new URL(`/ballot#${code}`, site).href

/** The slips as A4 pages with lines to cut along. @throws Refusal `rating.cannot-draw` */
export async function slipsPdf(db: Reader, { campaign, issue, codes, site }: SheetsOf): Promise<Buffer> {
  const { unit, title, from, to, groups } = campaign
  const organisation = (await namesOf(db, [`unit/${unit}`]))(`unit/${unit}`).name
  const group = groups.find(({ id }) => id === issue.group)?.name ?? ''
  const typedAt = new URL('/ballot', site).href
  const slips = codes.map((code) =>
    slipOf({ ...{ title, organisation, group, from, to, code, typedAt }, address: addressOf(site, code) }),
  )
  return labelSheet(slips, '100x60', new Date(issue.at))
}

/** The codes as a table, for letters that another program writes. */
export function codesFile({ codes, site }: Pick<SheetsOf, 'codes' | 'site'>, format: TableFormat): Promise<Buffer> {
  const columns = [
    { zh: '选票编码', en: 'Code' },
    { zh: '投票地址', en: 'Address' },
  ]
  const rows = codes.map((code) => [code, addressOf(site, code)])
  return tableFile({ title: { zh: '选票编码', en: 'Codes' }, columns, rows }, format, 'zh')
}
