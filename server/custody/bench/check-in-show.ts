import type { Words } from '../../refusal.ts'
import type { AskView, ItemView, LineView, PointView, StepView, WorkView } from '../../stations/protocol.ts'
import { KEEPER_STEP, keeperAsk } from './keeper.ts'
import { ask, grams, option, stepsOf, words } from './view.ts'
import { type Bag, BAGS, bagWeight } from '../weighing/tare.ts'
import { type CheckInWork, type Hand, reasonsFor, type Stage, stageOf } from './check-in-work.ts'

const FIRST_STEPS = [
  ['officer', words('移交人签名', 'Officer signs')],
  ['item', words('扫描物品', 'Scan item')],
] as const
const LAST_STEPS = [
  ['weigh', words('称重', 'Weigh')],
  ['compare', words('核对', 'Compare')],
  ['shelf', words('扫描库位', 'Scan shelf')],
  ['confirm', words('双方确认', 'Both confirm')],
] as const

function stepsShown({ keeper, hand, lines }: CheckInWork, stage: Stage): readonly StepView[] {
  const found = hand?.weigh === true && hand.weighed === null ? 'weigh' : 'compare'
  const asked = hand?.pair === true && keeper === null ? 'keeper' : found
  const now = stage === 'refuse' || stage === 'bag' ? asked : stage === 'officer-confirm' ? 'confirm' : stage
  const isOver = now === 'confirm' && lines.every(({ weighed }) => weighed === null)
  const noWeight = hand === null ? isOver : !hand.weigh
  const nothing = hand !== null && hand.view.photos.length === 0 && hand.view.sealNumber === null
  const together = hand === null ? now === 'confirm' && keeper !== null : hand.pair
  return stepsOf([...FIRST_STEPS, ...(together ? [KEEPER_STEP] : []), ...LAST_STEPS], now, {
    ...(noWeight ? { weigh: words('免称', 'exempt') } : {}),
    ...(nothing ? { compare: words('无可核对', 'nothing to') } : {}),
  })
}

/** A pure picture of the work; reasons for sending back are shown as they were typed, in both languages alike. */
export function showCheckIn(work: CheckInWork): { work: WorkView; ask: AskView } {
  const stage = stageOf(work)
  return {
    work: {
      procedure: 'check-in',
      words: words('入库', 'Check in'),
      document: work.list,
      steps: stepsShown(work, stage),
      item: work.hand?.view ?? null,
      points: work.hand === null ? [] : pointsOf(work.hand, stage),
      lines: work.lines.map((line): LineView => ({
        item: line.item,
        name: line.name,
        state: line.item === work.hand?.view.code ? 'now' : line.state,
        words: line.reason === null ? null : words(line.reason, line.reason),
        weight_mg: line.weighed?.weight_mg ?? null,
        location: line.location?.name ?? null,
      })),
      second: work.officer,
      keeper: work.keeper,
    },
    ask: askOf(work),
  }
}

function pointsOf(
  { view, weigh, weighed, unlike, bag, sealSeen, compared, refusing }: Hand,
  stage: Stage,
): PointView[] {
  const look = compared ? 'same' : stage === 'compare' ? 'now' : 'waiting'
  const found = weighed ?? (refusing === null ? null : unlike)
  const isWeighed = weighed !== null ? 'same' : 'different'
  const isSeal = sealSeen === view.sealNumber ? 'same' : 'different'
  return [
    {
      point: 'weight',
      words: words('重量', 'Weight'),
      expected: view.weight_mg === null ? null : grams(view.weight_mg),
      found: found === null ? null : bag === null ? grams(found.weight_mg) : netOf(found.weight_mg, bag),
      verdict: !weigh ? 'not-compared' : found !== null ? isWeighed : stage === 'weigh' ? 'now' : 'waiting',
    },
    {
      point: 'seal',
      words: words('封条', 'Seal'),
      expected: view.sealNumber === null ? null : words(view.sealNumber, view.sealNumber),
      found: sealSeen === null ? null : words(sealSeen, sealSeen),
      verdict: view.sealNumber === null ? 'not-compared' : sealSeen === null ? look : isSeal,
    },
    {
      point: 'photo',
      words: words('照片', 'Photo'),
      expected: words(`${view.photos.length} 张`, `${view.photos.length}`),
      found: null,
      verdict: view.photos.length === 0 ? 'not-compared' : look,
    },
  ]
}

const bagWords: Readonly<Record<Bag, Words>> = {
  S: words('小号', 'Small'),
  M: words('中号', 'Medium'),
  L: words('大号', 'Large'),
}

/** `毛重 100.000 克，净重 94.000 克`. */
export function netOf(gross_mg: number, bag: Bag): Words {
  const [gross, net] = [grams(gross_mg), grams(gross_mg - bagWeight(bag))]
  return words(`毛重 ${gross.zh}，净重 ${net.zh}`, `${gross.en} gross, ${net.en} net`)
}

/** Whether the size of its bag can be said: it was weighed in a sealed one, which is not all that was weighed. */
export function mayBag(hand: Hand | null): boolean {
  return (
    hand !== null && hand.view.sealNumber !== null && hand.weighed !== null && hand.weighed.weight_mg > bagWeight('L')
  )
}

/** What there is to compare of the item in hand: not everything is sealed. */
function toCompare(view: ItemView | undefined): Words {
  const sealed = view?.sealNumber !== null
  const pictured = view?.photos.length !== 0
  if (sealed && pictured) return words('请核对封条编号和照片', 'Compare seal number and photo')
  return sealed ? words('请核对封条编号', 'Compare the seal number') : words('请核对照片', 'Compare the photo')
}

/** What is asked at each stage, with the cards and buttons that answer it. */
export function askOf(work: CheckInWork): AskView {
  const refuse = option('refuse', words('退回此件', 'Send this back'), 'REFUSE', 'danger')
  const stage = stageOf(work)
  switch (stage) {
    case 'officer':
      return ask('scan-badge', words('请移交人（承办人员）刷工牌', 'The officer who hands over scans the badge'))
    case 'item': {
      const finish = option(
        'confirm',
        words('其余下次办理，确认已核对的', 'Confirm what is done, the rest later'),
        'CONFIRM',
      )
      const done = work.lines.some(({ state }) => state !== 'waiting')
      return ask('scan-item', words('请扫描下一件物品', 'Scan the next item'), done ? [finish] : [])
    }
    case 'keeper':
      return keeperAsk([refuse])
    case 'weigh':
      return ask('weigh', words('请放上电子秤', 'Put it on the scale'), [
        option('weigh', words('重新称重', 'Weigh again'), 'WEIGH'),
        refuse,
      ])
    case 'compare':
      return ask('confirm', toCompare(work.hand?.view), [
        option('confirm', words('相符', 'They agree'), 'CONFIRM', 'primary'),
        refuse,
        ...(mayBag(work.hand) ? [option('bag', words('记皮重', 'Tare of the bag'), null)] : []),
      ])
    case 'bag':
      return ask('choose', words('封在几号物证袋里？', 'Which bag is it sealed in?'), [
        ...BAGS.map((bag) => {
          const [name, empty] = [bagWords[bag], grams(bagWeight(bag))]
          return option(`bag-${bag}`, words(`${name.zh} ${empty.zh}`, `${name.en}, ${empty.en}`), null)
        }),
        refuse,
      ])
    case 'shelf':
      return ask('scan-shelf', words('请扫描库位', 'Scan the shelf'), [refuse])
    case 'refuse': {
      const marked = work.hand?.refusing ?? 0
      const isUnlike = work.hand?.weigh === true && work.hand.weighed === null
      const reasons = (work.hand === null ? [] : reasonsFor(work.hand)).map(({ id, words: of }, index) => ({
        ...option(id, of, id === 'back' && isUnlike ? 'WEIGH' : null, id === 'back' ? 'back' : 'plain'),
        marked: index === marked,
      }))
      // Last, and apart: a hand that looks for a reason must not go back by mistake.
      const back = reasons.filter(({ look }) => look === 'back')
      return {
        ...ask('choose', words('请选择退回原因', 'Choose why it is sent back'), [
          ...reasons.filter(({ look }) => look !== 'back'),
          option('other', words('其他原因', 'Another reason'), null),
          ...back,
        ]),
        text: true,
      }
    }
    case 'confirm':
      return ask('confirm', words('全部核对完毕，请确认', 'Everything is compared: confirm'), [
        option('confirm', words('确认', 'Confirm'), 'CONFIRM', 'primary'),
      ])
    case 'officer-confirm': {
      const name = work.officer?.name ?? ''
      return {
        ...ask('scan-badge', words(`请移交人 ${name} 刷工牌确认`, `${name} confirms: badge, then PIN`)),
        who: work.officer,
      }
    }
  }
}
