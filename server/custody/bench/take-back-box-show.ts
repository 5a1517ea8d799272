import type { AskView, WorkView } from '../../stations/protocol.ts'
import { KEEPER_STEP, keeperAsk } from './keeper.ts'
import { stageOfBox, type TakeBackBoxWork } from './take-back-box-work.ts'
import { askOf, showTakeBack } from './take-back-show.ts'
import { ask, option, stepsOf, words } from './view.ts'

const BADGE_STEP = ['badge', words('归还人签名', 'Returner signs')] as const
const SEAL_STEP = ['seal', words('核对容器封条', 'Seal of the container')] as const
const SHELF_STEP = ['shelf', words('扫描库位', 'Scan shelf')] as const
const ITEMS_STEP = ['items', words('逐件核对', 'Thing by thing')] as const

/** While a thing out of the box is compared it is shown as that return, under the title of the box. */
export function showTakeBackBox(work: TakeBackBoxWork): { work: WorkView; ask: AskView } {
  const count = work.out.length
  const title = words(`整箱归还：${work.name}（在外 ${count} 件）`, `Take back ${work.name} (${count} out)`)
  if (work.now !== null) {
    const inner = showTakeBack(work.now)
    return { ask: inner.ask, work: { ...inner.work, procedure: 'take-back-box', words: title } }
  }
  const steps = [BADGE_STEP, ...(work.pair ? [KEEPER_STEP] : []), SEAL_STEP, SHELF_STEP, ITEMS_STEP]
  const isSealed = work.seal === 'intact' || count === 0
  return {
    work: {
      procedure: 'take-back-box',
      words: title,
      document: null,
      steps: stepsOf(steps, stageOfBox(work), {
        ...(count === 0 ? { badge: words('没有在外物品', 'nothing is out') } : {}),
        ...(work.sealNumber === null ? { seal: words('未加封', 'unsealed') } : {}),
        ...(isSealed ? { items: words('随封接收', 'under the seal') } : {}),
      }),
      ...{ item: null, points: [], lines: [], second: work.returner, keeper: work.keeper },
    },
    ask: askOfBox(work),
  }
}

/** What is asked now: of the thing that is compared, where one is. */
export function askOfBox(work: TakeBackBoxWork): AskView {
  if (work.now !== null) return askOf(work.now)
  switch (stageOfBox(work)) {
    case 'badge':
      return ask(
        'scan-badge',
        words(
          `请归还人刷工牌：${work.borrower.name}，或本案其他承办人员`,
          `Who returns it scans the badge: ${work.borrower.name}, or another officer of the case`,
        ),
      )
    case 'keeper':
      return keeperAsk()
    case 'seal':
      return ask(
        'confirm',
        words(
          `容器封条完好，编号 ${work.sealNumber ?? ''}？`,
          `Seal of the container intact, number ${work.sealNumber ?? ''}?`,
        ),
        [
          option('confirm', words('完好', 'Intact'), 'CONFIRM', 'primary'),
          option('refuse', words('破损或编号不符', 'Broken or another'), 'REFUSE', 'danger'),
        ],
      )
    case 'shelf':
      return ask('scan-shelf', words('请扫描容器的库位', 'Scan the shelf for the container'))
    case 'items':
      return ask(
        'scan-item',
        words(
          `请扫描箱内下一件，还有 ${work.out.length} 件；没有带回的，按确认结束`,
          `Scan the next thing in it, ${work.out.length} left; CONFIRM ends it for what was not brought`,
        ),
        [option('confirm', words('其余未带回，结束', 'The rest was not brought'), 'CONFIRM')],
      )
  }
}
