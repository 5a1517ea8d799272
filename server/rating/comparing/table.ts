import { type Language, type Table, type TableColumn, tableOf } from '../../table.ts'
import type { Rate } from '../protocol.ts'
import type { Words } from '../../refusal.ts'
import type { Change } from '../seeing/protocol.ts'
import type { ComparedLine, ComparedRange, RangeComparison } from './protocol.ts'

const VERDICTS: Readonly<Record<Change, Words>> = {
  better: { zh: '有提高', en: 'better' },
  worse: { zh: '有下降', en: 'worse' },
  'no-difference': { zh: '看不出差别', en: 'no difference to be seen' },
}
const SHARED: Words = { zh: '两段有重叠的日子，不作比较', en: 'days are in both: not compared' }
const TOO_FEW: Words = { zh: '人数不足', en: 'too few' }

const percent = (rate: number): string => `${(100 * rate).toFixed(1)}%`
const points = (by: number): string => (100 * by).toFixed(1)

/** What one range says of a line, a column each. */
function rangeColumns(
  called: Words,
  { days, response }: ComparedRange,
  of: (line: ComparedLine) => Rate | null,
): TableColumn<ComparedLine>[] {
  const column = (zh: string, en: string, say: (rate: Rate) => string): TableColumn<ComparedLine> => [
    `${called.zh}${zh}`,
    `${called.en}: ${en}`,
    (line) => {
      const rate = of(line)
      return rate === null ? '' : say(rate)
    },
  ]
  // Who was asked and did not rate is known of the vote as a whole.
  const whole = (zh: string, en: string, figure: string): TableColumn<ComparedLine> => [
    `${called.zh}${zh}`,
    `${called.en}: ${en}`,
    ({ id }) => (id === 'overall' ? figure : ''),
  ]
  return [
    [`${called.zh}起止`, `${called.en}: days`, () => `${days.from} – ${days.to}`],
    whole('请评价', 'asked', response === null ? '' : String(response.asked)),
    whole('未评价', 'not rated', response === null ? '' : String(response.asked - response.rated)),
    column('已计票', 'counted', ({ n }) => String(n)),
    column('满意', 'satisfied', ({ good }) => String(good)),
    column('满意率', 'share of satisfied', ({ good, n }) => percent(good / n)),
    column('95% 区间下限', 'lower end of the 95 % interval', ({ low }) => percent(low)),
    column('95% 区间上限', 'upper end', ({ high }) => percent(high)),
  ]
}

/**
 * A comparison as a list to take away: each rate with numerator, denominator, unrated and interval, the change with its own, what satisfied means.
 */
export function comparisonTable(compared: RangeComparison, language: Language): Table {
  const { hall, first, second, sharedDays, means, lines } = compared
  const columns: TableColumn<ComparedLine>[] = [
    ['评价项目', 'Question', ({ words }, of) => words[of]],
    ...rangeColumns({ zh: '时段一', en: 'First range' }, first, (line) => line.first),
    ...rangeColumns({ zh: '时段二', en: 'Second range' }, second, (line) => line.second),
    ['变化（百分点）', 'Change in points', ({ change }) => (change === null ? '' : points(change.by))],
    [
      '变化的 95% 区间下限',
      'Lower end of its 95 % interval',
      ({ change }) => (change === null ? '' : points(change.low)),
    ],
    ['变化的 95% 区间上限', 'Upper end of it', ({ change }) => (change === null ? '' : points(change.high))],
    [
      '判断',
      'Verdict',
      ({ change }, of) => (change !== null ? VERDICTS[change.verdict] : sharedDays > 0 ? SHARED : TOO_FEW)[of],
    ],
    ['口径', 'Definition', (_line, of) => means[of]],
  ]
  return tableOf({ zh: `${hall.name} 时段对比`, en: `${hall.name}: two ranges` }, columns, lines, language)
}
