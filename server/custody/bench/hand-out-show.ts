import type { Words } from '../../refusal.ts'
import type { AskView, PointView, WorkView } from '../../stations/protocol.ts'
import { type HandOutLine, type HandOutWork, onScale, stageOf } from './hand-out-work.ts'
import { KEEPER_STEP, keeperAsk } from './keeper.ts'
import { ask, differenceOf, grams, option, stepsOf, words } from './view.ts'

const FIRST_STEPS = [
  ['item', words('扫描物品', 'Scan item')],
  ['badge', words('调用人签收', 'Borrower signs')],
] as const
const WEIGH_STEP = ['weigh', words('称重', 'Weigh')] as const
const CONFIRM_STEP = ['confirm', words('确认出库', 'Confirm')] as const
const INCIDENT_STEP = ['confirm', words('登记异常', 'Incident')] as const

/** Shows the item that is on the scale, else the last one scanned. Stopped by a weight, its last step is the incident. */
export function showHandOut(work: HandOutWork): { work: WorkView; ask: AskView } {
  const stage = stageOf(work)
  const isStopped = stage === 'differs' || stage === 'closing'
  const last = isStopped ? INCIDENT_STEP : CONFIRM_STEP
  const inHand = onScale(work) ?? work.lines.at(-1) ?? null
  return {
    work: {
      procedure: 'hand-out',
      words: titleOf(work),
      document: null,
      steps: stepsOf(
        [...FIRST_STEPS, ...(work.pair ? [KEEPER_STEP] : []), WEIGH_STEP, last],
        isStopped ? 'confirm' : stage,
        {
          ...(work.lines.some(({ weigh }) => weigh) ? {} : { weigh: words('免称', 'exempt') }),
        },
      ),
      item: inHand?.view ?? null,
      points: inHand?.weigh === true ? [pointOf(work, inHand)] : [],
      lines: work.lines.map(({ view: { code, name, weight_mg, location }, weighed }) => ({
        ...{ item: code, name, weight_mg: weighed?.weight_mg ?? weight_mg },
        state: 'accepted' as const,
        words: null,
        location: location?.name ?? null,
      })),
      second: work.borrower,
      keeper: work.keeper,
    },
    ask: askOf(work),
  }
}

function titleOf({ box, lines }: HandOutWork): Words {
  if (box === undefined) return words('调用出库', 'Hand out')
  return words(`整箱出库：${box.name}（${lines.length} 件）`, `Hand out ${box.name} (${lines.length} items)`)
}

function pointOf(
  { unlike, ...work }: HandOutWork,
  { view: { weight_mg: expected_mg }, weighed }: HandOutLine,
): PointView {
  const found_mg = (weighed ?? unlike)?.weight_mg ?? null
  const isNow = stageOf({ ...work, unlike }) === 'weigh'
  const found = found_mg === null ? null : grams(found_mg)
  const gap = unlike === null || expected_mg === null ? null : differenceOf(unlike.weight_mg, expected_mg)
  return {
    point: 'weight',
    words: words('重量', 'Weight'),
    expected: expected_mg === null ? null : grams(expected_mg),
    found: found === null || gap === null ? found : words(`${found.zh}，${gap.zh}`, `${found.en}, ${gap.en}`),
    verdict: weighed !== null ? 'same' : unlike !== null ? 'different' : isNow ? 'now' : 'waiting',
  }
}

/** What is asked now. Where a weight differed, neither CANCEL nor UNDO is a way on. */
export function askOf(work: HandOutWork): AskView {
  const asking = askOfStage(work)
  if (!work.differed) return asking
  return { ...asking, options: asking.options.filter(({ word }) => word !== 'CANCEL' && word !== 'UNDO') }
}

function askOfStage(work: HandOutWork): AskView {
  switch (stageOf(work)) {
    case 'badge':
      return ask(
        'scan-badge',
        words(
          '请调用人（本案承办人员）刷工牌，或继续扫描同一批准的物品',
          'The officer of the case who fetches it scans the badge; or scan more of the same grant',
        ),
      )
    case 'keeper':
      return keeperAsk()
    case 'weigh': {
      const name = onScale(work)?.view.name ?? ''
      return ask('weigh', words(`请把 ${name} 放上电子秤`, `Put ${name} on the scale`), [
        option('weigh', words('重新称重', 'Weigh again'), 'WEIGH'),
      ])
    }
    case 'differs':
      return ask('choose', words('与上次称重不符，不能出库', 'It is not its last weight: it cannot go out'), [
        option('incident', words('登记异常', 'Incident'), 'REFUSE', 'danger'),
        option('again', words('重新称重', 'Weigh again'), 'WEIGH', 'back'),
      ])
    case 'closing':
      return ask(
        'confirm',
        words('登记异常？登记后冻结，不能撤销', 'Open an incident? It freezes the item and stays'),
        [
          option('confirm', words('确认登记', 'Open it'), 'CONFIRM', 'danger'),
          option('again', words('返回，重新称重', 'Weigh again'), 'WEIGH', 'back'),
        ],
      )
    case 'confirm': {
      const name = work.borrower?.name ?? ''
      return ask('confirm', words(`确认由 ${name} 领走`, `Confirm: ${name} takes it`), [
        option('confirm', words('确认出库', 'Confirm'), 'CONFIRM', 'primary'),
      ])
    }
  }
}
