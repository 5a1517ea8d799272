import type { Words } from '../../refusal.ts'
import type { AskView, ItemView, OptionView, WorkView } from '../../stations/protocol.ts'
import { KEEPER_STEP, keeperAsk } from './keeper.ts'
import { pointsOf, stageOf, type TakeBackWork } from './take-back-work.ts'
import { ask, option, stepsOf, words } from './view.ts'

const FIRST_STEP = ['badge', words('归还人签名', 'Returner signs')] as const
const COMPARED = [
  ['weigh', words('称重', 'Weigh')],
  ['seal', words('核对封条', 'Seal')],
  ['condition', words('核对外观', 'Condition')],
] as const
const SHELF = ['shelf', words('扫描库位', 'Scan shelf')] as const
const INCIDENT = ['shelf', words('登记异常', 'Incident')] as const

/** The points of comparison as they are found; where one differs, the last step is the incident and not the shelf. */
export function showTakeBack(work: TakeBackWork): { work: WorkView; ask: AskView } {
  const stage = stageOf(work)
  const isStopped = stage === 'differs' || stage === 'closing'
  const steps = [FIRST_STEP, ...(work.pair ? [KEEPER_STEP] : []), ...COMPARED, isStopped ? INCIDENT : SHELF]
  return {
    work: {
      procedure: 'take-back',
      words: words('归还入库', 'Take back'),
      document: null,
      steps: stepsOf(steps, isStopped ? 'shelf' : stage, {
        ...(work.weigh ? {} : { weigh: words('免称', 'exempt') }),
        ...(work.sealed ? {} : { seal: words('未加封', 'unsealed') }),
      }),
      item: work.view,
      points: pointsOf(work),
      lines: [],
      second: work.returner,
      keeper: work.keeper,
    },
    ask: askOf(work),
  }
}

/** What is asked now. Where a difference was found, neither CANCEL nor UNDO is a way on. */
export function askOf(work: TakeBackWork): AskView {
  const asking = askOfStage(work)
  if (!work.differed) return asking
  return { ...asking, options: asking.options.filter(({ word }) => word !== 'CANCEL' && word !== 'UNDO') }
}

function askOfStage(work: TakeBackWork): AskView {
  const yes = (of: Words): OptionView => option('confirm', of, 'CONFIRM', 'primary')
  const no = (of: Words): OptionView => option('refuse', of, 'REFUSE', 'danger')
  switch (stageOf(work)) {
    case 'badge':
      return ask('scan-badge', whoReturns(work.view))
    case 'keeper':
      return keeperAsk()
    case 'weigh':
      return ask('weigh', words('请放上电子秤', 'Put it on the scale'), [
        option('weigh', words('重新称重', 'Weigh again'), 'WEIGH'),
      ])
    case 'seal':
      return ask(
        'confirm',
        words(`封条完好，编号 ${work.view.sealNumber ?? ''}？`, `Seal intact, number ${work.view.sealNumber ?? ''}?`),
        [yes(words('完好', 'Intact')), no(words('破损或编号不符', 'Broken or another'))],
      )
    case 'condition':
      return ask('confirm', words('外观与照片一致？', 'As on the photo?'), [
        yes(words('一致', 'The same')),
        no(words('不一致', 'Different')),
      ])
    // Not the card that took the point before: who scans it once more must not open an incident.
    case 'differs':
      return ask('choose', words('与借出时不符，不能入库', 'It differs: it cannot be taken back'), [
        option('incident', words('登记异常', 'Incident'), 'REFUSE', 'danger'),
        option('again', words('返回，重新核对', 'Compare again'), work.weigh ? 'WEIGH' : null, 'back'),
      ])
    case 'closing':
      return ask(
        'confirm',
        words('登记异常？登记后冻结，不能撤销', 'Open an incident? It freezes the item and stays'),
        [
          option('confirm', words('确认登记', 'Open it'), 'CONFIRM', 'danger'),
          option('again', words('返回，重新核对', 'Compare again'), null, 'back'),
        ],
      )
    case 'shelf':
      return ask('scan-shelf', words('请扫描库位', 'Scan the shelf'))
  }
}

/** The borrower, or another officer of the case: either with his own badge and PIN. */
export function whoReturns({ borrower }: ItemView): Words {
  const name = borrower?.name ?? ''
  return words(
    `请归还人刷工牌：${name}，或本案其他承办人员`,
    `Who returns it scans the badge: ${name}, or another officer of the case`,
  )
}
