import { formPdf } from '../../../labels/documents/form-pdf.ts'
import { LabelRefused } from '../../../labels/refused.ts'
import { localMinute } from '../../local-time.ts'
import { Refusal } from '../../refusal.ts'
import type { Rate } from '../protocol.ts'
import { publishedPage } from '../published-page.ts'
import { percent } from '../rankings/paper.ts'
import type { Interval } from '../statistics.ts'
import type { CampaignResults, ShownCampaign } from './protocol.ts'

/** A campaign whose result was published, with that result. */
export interface PublishedResult {
  readonly campaign: ShownCampaign
  readonly results: CampaignResults
}

const HEADS = ['名次', '部门', '投票人、分项', '满意', '已计票', '满意率', '95% 区间'] as const
const FEW = '不足，不计'

/** Of each department a line for all votes, for each group of voters and for each question; place and name on the first one alone. */
export function linesOf({ campaign, results }: PublishedResult): string[][] {
  const isWeighted = campaign.groups.some(({ weight }) => weight !== null)
  return results.departments.flatMap((one) => {
    const lines = [
      ...(isWeighted ? [weighted(one.weighted)] : []),
      line('全部选票', one.all),
      ...campaign.groups.map(({ id, name, weight }) =>
        line(weight === null ? name : `${name} ${weight}%`, one.groups.find((of) => of.id === id)?.satisfied ?? null),
      ),
      ...results.questions.flatMap(({ id, words }) => {
        const answer = one.answers.find((of) => of.id === id)
        return answer === undefined ? [] : [line(words.zh, answer.satisfied)]
      }),
    ]
    return lines.map((cells, nth) => [...(nth === 0 ? [one.place?.toString() ?? '—', one.name] : ['', '']), ...cells])
  })
}

function line(name: string, rate: Rate | null): string[] {
  if (rate === null) return [name, '', '', FEW, '']
  const { good, n } = rate
  return [name, String(good), String(n), percent(good / n), rangeOf(rate)]
}

function weighted(rate: CampaignResults['departments'][number]['weighted']): string[] {
  return rate === null ? ['按权重', '', '', FEW, ''] : ['按权重', '', '', percent(rate.rate), rangeOf(rate)]
}

function rangeOf({ low, high }: Interval): string {
  return `${percent(low)} – ${percent(high)}`
}

/** How it is reckoned, in the words that stand on every copy. */
function rulesOf({ results: { means, least, rankedFrom } }: PublishedResult): string[] {
  return [
    means.zh,
    `“不了解”不计入；某组对某部门不足 ${least} 份的不计票。所有部门都满 ${rankedFrom} 份才排名次，按 95% 区间（Wilson；加权的由各组区间合成）的下限，下限相同的名次相同。`,
    '选票不记名、密封投出，评议结束后一次开启计数；发布后不再变动。',
  ]
}

/** How many of each group of voters were asked, and how many have voted. */
function responseOf({ campaign: { groups } }: PublishedResult): string {
  return groups.map(({ name, used, onPaper, target }) => `${name} ${used + onPaper}/${target}`).join('；')
}

function factsOf(of: PublishedResult): { name: string; value: string }[] {
  const { campaign } = of
  const { from, to, id, opened, published } = campaign
  return [
    { name: '时间', value: `${from} 至 ${to}` },
    { name: '编号', value: id },
    { name: '回收/应回收', value: responseOf(of) },
    ...(opened === null ? [] : [{ name: '启用', value: `${opened.by.name} ${localMinute(opened.at)}` }]),
    ...(published === null ? [] : [{ name: '发布', value: `${published.by.name} ${localMinute(published.at)}` }]),
  ]
}

/** The published result as an A4 PDF, the same bytes whenever it is drawn. @throws Refusal `rating.cannot-draw` for a name that the font does not have */
export async function publishedPdf(of: PublishedResult): Promise<Buffer> {
  const { unit, title, drafters, draftedAt, published } = of.campaign
  try {
    return await formPdf(
      {
        ...{ formNumber: 'R-02', organisation: unit.name, title, code: null },
        copy: { number: 1, of: 1, recipient: '发布' },
        facts: factsOf(of),
        columns: [
          { title: HEADS[0], width_mm: 12, align: 'middle' },
          { title: HEADS[1], width_mm: 44, align: 'start' },
          { title: HEADS[2], width_mm: 42, align: 'start' },
          { title: HEADS[3], width_mm: 14, align: 'end' },
          { title: HEADS[4], width_mm: 15, align: 'end' },
          { title: HEADS[5], width_mm: 20, align: 'end' },
          { title: HEADS[6], width_mm: 28, align: 'end' },
        ],
        rows: linesOf(of),
        statement: rulesOf(of).join(' '),
        signatures: [
          { role: '拟定人', name: drafters.map(({ name }) => name).join('、'), absence: null },
          { role: '发布人', name: published?.by.name ?? null, absence: null },
        ],
        initials: ['发布人'],
      },
      new Date(published?.at ?? draftedAt),
    )
  } catch (error) {
    if (error instanceof LabelRefused)
      throw new Refusal('rating.cannot-draw', { zh: error.words.zh, en: error.words.en })
    throw error
  }
}

/** The published result as a page to be put on a site. */
export function resultPage(of: PublishedResult): string {
  const { unit, title } = of.campaign
  return publishedPage({
    title: `${unit.name} ${title}`,
    warning: null,
    heads: HEADS,
    rows: linesOf(of),
    lines: [...factsOf(of).map(({ name, value }) => `${name}：${value}`), ...rulesOf(of)],
  })
}
