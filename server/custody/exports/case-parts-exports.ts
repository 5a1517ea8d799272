import type { Words } from '../../refusal.ts'
import { TABLE_ROWS_MAX, tableOf } from '../../table.ts'
import type { DisposalStatus } from '../disposal/disposal.ts'
import { disposalsOfCase } from '../disposal/reads.ts'
import { caseNumber } from '../schemas.ts'
import type { Filmed } from '../videos/facts.ts'
import { showsTaking } from '../videos/videos.ts'
import { at, caseIn, type Export, naming, said, yes } from './export.ts'
import { itemsOfCase } from './item-exports.ts'

const titles = {
  videos: { zh: '同步录音录像', en: 'Recordings' },
  disposals: { zh: '处置登记', en: 'Disposals' },
} as const satisfies Record<string, Words>

const FILMED: Readonly<Record<Filmed, Words>> = {
  measure: { zh: '采取措施', en: 'the taking' },
  handling: { zh: '清点、交接、调用等', en: 'handling' },
  incident: { zh: '异常情况', en: 'an incident' },
}

const STATUS: Readonly<Record<DisposalStatus | 'lapsed', Words>> = {
  proposed: { zh: '待审理、审批', en: 'waits for review or approval' },
  approved: { zh: '已批准，待执行', en: 'approved, to be carried out' },
  done: { zh: '已执行', en: 'carried out' },
  refused: { zh: '未获批准', en: 'refused' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
  lapsed: { zh: '申请已失效', en: 'the request has lapsed' },
}

const yuanOf = (fen: number | undefined): string => (fen === undefined ? '' : (fen / 100).toFixed(2))

/** What was filmed of a case, and what becomes of its items, as files. */
export const casePartExports = {
  videos: {
    title: titles.videos,
    query: { case: caseNumber },
    table: async (asked) => {
      const { db, language } = asked
      const its = await itemsOfCase(db, await caseIn(asked))
      const rows = its.flatMap((item) => (item.videos ?? []).map((video) => ({ item, video }))).slice(0, TABLE_ROWS_MAX)
      const name = await naming(
        db,
        rows.map(({ video }) => `person/${video.by}`),
      )
      return tableOf(
        titles.videos,
        [
          ['编码', 'Code', ({ item }) => item.code],
          ['名称', 'Name', ({ item }) => item.name],
          ['录像编号', 'Recording', ({ video }) => video.number],
          ['内容', 'Shows', ({ video }) => FILMED[video.of][language]],
          ['录制设备', 'Device', ({ video }) => video.device],
          ['开始', 'From', ({ video }) => at(video.startedAt)],
          ['结束', 'To', ({ video }) => at(video.endedAt)],
          ['保存位置', 'Kept in', ({ video }) => video.keptIn],
          ['SHA-256', 'SHA-256', ({ video }) => video.sha256 ?? ''],
          [
            '录到采取措施时刻',
            'Shows the moment',
            ({ item, video }) => yes(video.of === 'measure' && showsTaking(video, item.measure.takenAt)),
          ],
          ['登记人', 'Noted by', ({ video }) => name(`person/${video.by}`)],
          ['登记时间', 'Noted', ({ video }) => at(video.at)],
        ],
        rows,
        language,
      )
    },
  },
  disposals: {
    title: titles.disposals,
    query: { case: caseNumber },
    table: async (asked) => {
      const { db, language, now } = asked
      const rows = (await disposalsOfCase(db, await caseIn(asked), now)).slice(0, TABLE_ROWS_MAX)
      // What was said of people, and who received a thing, stays in the house: a file goes further than a screen (rules P-01).
      return tableOf(
        titles.disposals,
        [
          ['处置编号', 'Disposal', ({ code }) => code],
          ['案号', 'Case', (row) => row.case],
          ['处置方式', 'Way', ({ way }) => said(way, language)],
          ['去向', 'Destination', ({ destination }) => said(destination, language)],
          ['依据', 'Basis', ({ way }) => way.basis],
          ['状态', 'State', ({ status }) => STATUS[status][language]],
          ['提出人', 'Proposed by', ({ proposer }) => proposer.name],
          ['提出时间', 'Proposed', ({ proposedAt }) => at(proposedAt)],
          ['审批人', 'Agreed by', ({ agreed }) => agreed.map(({ by }) => by.name).join('、')],
          ['批准时间', 'Agreed', ({ agreed }) => at(agreed.at(-1)?.at ?? null)],
          ['件数', 'Items', ({ items }) => String(items.length)],
          ['已执行件数', 'Carried out', ({ acts }) => String(acts.flatMap(({ items }) => items).length)],
          ['物品编码', 'Codes', ({ items }) => items.join(' ')],
          ['文书号', 'Documents', ({ acts }) => acts.map((act) => act.document).join('、')],
          ['接收机关', 'Organ', ({ acts }) => [...new Set(acts.flatMap(({ organ }) => organ ?? []))].join('、')],
          ['估价（元）', 'Estimate (yuan)', ({ sale }) => yuanOf(sale?.estimate_fen)],
          [
            '成交价（元）',
            'Price (yuan)',
            ({ acts }) => acts.flatMap((act) => yuanOf(act.sale?.price_fen) || []).join('、'),
          ],
          [
            '返还方式',
            'How it went back',
            ({ acts }) =>
              [...new Set(acts.flatMap(({ handed }) => (handed ? said(handed.way, language) : [])))].join('、'),
          ],
          [
            '未领取',
            'Not collected',
            ({ notCollected }) => notCollected.map(({ at: day, items }) => `${at(day)} × ${items.length}`).join('、'),
          ],
          ['最近执行', 'Last carried out', ({ acts }) => at(acts.at(-1)?.at ?? null)],
        ],
        rows,
        language,
      )
    },
  },
} satisfies Readonly<Record<string, Export>>
