import { localDue, localMinute } from '../local-time.ts'
import type { Words } from '../refusal.ts'
import { type Language, type Table, tableOf } from '../table.ts'
import type { ShownClock, Standing } from './protocol.ts'

const TITLE = { zh: '期限', en: 'Deadlines' } as const
const STANDING_WORDS: Readonly<Record<Standing, Words>> = {
  running: { zh: '计时中', en: 'running' },
  warned: { zh: '临期', en: 'due soon' },
  overdue: { zh: '已超期', en: 'overdue' },
  paused: { zh: '中止计算', en: 'paused' },
  excepted: { zh: '依法例外', en: 'lawful exception' },
  met: { zh: '按期完成', en: 'done in time' },
  late: { zh: '逾期完成', en: 'done late' },
}

/** Deadlines as a file, each with its article; like the list they name no person and no title of a case. */
export function deadlineTable(rows: readonly ShownClock[], language: Language): Table {
  return tableOf(
    TITLE,
    [
      ['期限', 'Deadline', ({ rule, title }) => `${rule} ${title[language]}`],
      ['涉及', 'About', ({ matter }) => matter.id],
      ['承办部门', 'Department', ({ unit }) => unit.name],
      ['库房', 'Store', ({ store }) => store?.name ?? ''],
      ['状态', 'State', ({ standing }) => STANDING_WORDS[standing][language]],
      ['起算', 'From', ({ from }) => localMinute(from)],
      ['到期', 'Due', ({ standing, dueAt }) => (isStill(standing) ? '' : localDue(dueAt))],
      [
        '停止计算前的到期日',
        'Due before it stopped',
        ({ standing, dueAt }) => (isStill(standing) ? localDue(dueAt) : ''),
      ],
      ['结束于', 'Ended', ({ endedAt }) => (endedAt === null ? '' : localMinute(endedAt))],
      ['共几件', 'Things', ({ subjects }) => String(subjects)],
      ['未办结', 'Still open', ({ open }) => String(open)],
      ['依据', 'Basis', ({ basis }) => basis],
      ['暂按周末推算的年份', 'Years reckoned by plain weekends', ({ estimatedYears }) => estimatedYears.join(' ')],
    ],
    rows,
    language,
  )
}

/** Not counted now, so that its day is none on which anything is due. */
function isStill(standing: Standing): boolean {
  return standing === 'paused' || standing === 'excepted'
}
