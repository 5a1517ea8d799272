import { formPdf } from '../../../labels/documents/form-pdf.ts'
import { LabelRefused } from '../../../labels/refused.ts'
import { Refusal, type Words } from '../../refusal.ts'
import { LEVELS } from '../questionnaire.ts'
import type { Campaign } from './campaign.ts'

/** What stands on a paper that is filled in by hand. */
export interface BlankPaper {
  readonly campaign: Campaign
  readonly unit: string
  /** In the order of the campaign. */
  readonly departments: readonly string[]
  readonly questions: readonly { readonly words: Words }[]
}

const BOX = '□'

/**
 * A paper to be filled in by hand, as an A4 PDF: of each department the overall level and every question, no name, no number.
 * @throws Refusal `rating.cannot-draw` for a name that the font does not have
 */
export async function blankPdf({ campaign, unit, departments, questions }: BlankPaper): Promise<Buffer> {
  const { title, from, to, opened, draftedAt } = campaign
  const asked = ['总体评价', ...questions.map(({ words }) => words.zh)]
  try {
    return await formPdf(
      {
        ...{ formNumber: 'R-03', organisation: unit, title: `${title}选票`, code: null },
        copy: { number: 1, of: 1, recipient: '投票人' },
        facts: [
          { name: '时间', value: `${from} 至 ${to}` },
          { name: '填写', value: '每行勾选一格，不了解的部门整行留空；不写姓名、单位和任何记号' },
        ],
        columns: [
          { title: '部门', width_mm: 45, align: 'start' },
          { title: '项目', width_mm: 30, align: 'start' },
          ...LEVELS.map(({ words }) => ({ title: words.zh, width_mm: 20, align: 'middle' as const })),
        ],
        rows: departments.flatMap((department) =>
          asked.map((question, nth) => [nth === 0 ? department : '', question, ...LEVELS.map(() => BOX)]),
        ),
        statement: '本选票不记名，由两人背靠背录入后即密封；已用选票编码投票的，请勿再填本选票。',
        signatures: [],
        initials: [],
      },
      // The same bytes whenever it is drawn: no copy is told from another.
      new Date(opened?.at ?? draftedAt),
    )
  } catch (error) {
    if (error instanceof LabelRefused)
      throw new Refusal('rating.cannot-draw', { zh: error.words.zh, en: error.words.en })
    throw error
  }
}
