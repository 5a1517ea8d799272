import type { RefusalText } from '../../refusal.ts'

const ONE_CARD = { zh: '一物一卡', en: 'One thing, one card' }
const SAME_TOGETHER = {
  zh: '拆分、合并前后账物相等（一案一账）',
  en: 'What is split or merged stays the same together (one case, one account)',
}

const SURPLUS = { zh: '税收征管法实施细则 69', en: 'Tax Collection Rules 69' }

/** Items that become several, or one. */
export const lineageRefusals = {
  'custody.regroup-signers': {
    status: 422,
    detail: {
      zh: '拆分、合并 {item} 须本案承办人员 {needed} 人签名',
      en: 'Officers of the case who must sign when {item} is split or merged: {needed}',
    },
    rule: { zh: '监察法(2024) 28(2)、44(1)', en: 'Supervision Law (2024) 28(2), 44(1)' },
    remedy: {
      zh: '请本案承办人员用工牌和 PIN 签名',
      en: 'Officers of the case sign with badge and PIN',
    },
  },
  'custody.parts-quantity': {
    status: 422,
    detail: {
      zh: '{item} 为 {expected} {unit}，各部分合计 {found} {unit}',
      en: 'The quantity of {item} is {expected}; its parts together are {found}',
    },
    rule: SAME_TOGETHER,
    remedy: {
      zh: '请核对每一部分的数量；登记有误的，先办理更正',
      en: 'Check the quantity of each part; what was registered wrongly is corrected first',
    },
  },
  'custody.parts-cash': {
    status: 422,
    detail: {
      zh: '{item} 各部分的券别、张数合计与清点结果不一致',
      en: 'The notes and coins of the parts of {item} are not together what was counted',
    },
    rule: SAME_TOGETHER,
    remedy: {
      zh: '请二人当面重新点数，每一部分按券别填写；仍不一致的登记异常',
      en: 'Two people count again and enter each part by denomination; what still differs is an incident',
    },
  },
  'custody.parts-weight': {
    status: 409,
    detail: {
      zh: '{item} 原为 {expected} 克，各部分合计 {found} 克，超出允差 {tolerance} 克',
      en: '{item} was {expected} g, its parts together are {found} g, beyond the tolerance of {tolerance} g',
    },
    rule: SAME_TOGETHER,
    remedy: {
      zh: '请重新称量每一部分；仍不一致的登记异常，不予拆分',
      en: 'Weigh each part again; what still differs is an incident and is not split',
    },
  },
  'custody.not-sale-money': {
    status: 422,
    detail: { zh: '{item} 不是变价款，不按金额拆分', en: '{item} is no money of a sale and is not divided by its sum' },
    rule: SURPLUS,
    remedy: {
      zh: '物品、现金按数量、券别办理拆分',
      en: 'Things and cash are split by quantity and denomination',
    },
  },
  'custody.surplus-unknown': {
    status: 409,
    detail: {
      zh: '{case} 没有登记应缴金额（或者本案程序不抵缴），算不出余款',
      en: 'Nobody has said what is owed in {case}, or its procedure pays nothing this way: what is over is not known',
    },
    rule: SURPLUS,
    remedy: { zh: '请先在案件页登记应保全金额', en: 'State the sum to be secured on the page of the case first' },
  },
  'custody.surplus-over': {
    status: 422,
    detail: {
      zh: '要退 {asked} 元，抵缴后可退的余款只有 {left} 元',
      en: '{asked} yuan are to go back, but only {left} yuan are over once what is owed is paid',
    },
    rule: SURPLUS,
    remedy: {
      zh: '请按抵缴表上的余款填写；已拆出、已退的不再计算',
      en: 'Enter what the table of payments leaves over; what was set aside or went back before does not count again',
    },
  },
  'custody.surplus-whole': {
    status: 422,
    detail: {
      zh: '{item} 共 {amount} 元，全部是余款，不用拆分',
      en: 'All of {item}, {amount} yuan, goes back: there is nothing to divide',
    },
    rule: SURPLUS,
    remedy: { zh: '请整件办理返还', en: 'Return it as it is' },
  },
  'custody.merge-few': {
    status: 422,
    detail: { zh: '合并至少要有两件物品', en: 'Two items at least are merged' },
    rule: ONE_CARD,
    remedy: { zh: '请选择要合并的其他物品', en: 'Choose the other items' },
  },
  'custody.same-store': {
    status: 422,
    detail: { zh: '{item} 就在本库', en: '{item} is in that store already' },
    rule: ONE_CARD,
    remedy: { zh: '库内换位置请办理移位', en: 'Within a store it is moved' },
  },
  'custody.carrier': {
    status: 403,
    detail: {
      zh: '承运人 {person} 须是两库之一的保管人员或本案承办人员，并当场签名',
      en: '{person} carries it: a custodian of either store or an officer of the case, who signs',
    },
    rule: { zh: '监察法(2024) 28(2)、44(1)', en: 'Supervision Law (2024) 28(2), 44(1)' },
    remedy: { zh: '请承运人刷工牌并输入 PIN', en: 'Who carries it scans a badge and gives the PIN' },
  },
  'custody.replaced': {
    status: 409,
    detail: {
      zh: '{item} 已拆分（合并），不再有照片、物品卡和电子标签',
      en: '{item} was split or merged: it takes no photo, card or tag any more',
    },
    rule: ONE_CARD,
    remedy: { zh: '请办理拆分、合并后的新物品', en: 'Act on the items that came of it' },
  },
  'custody.not-alike': {
    status: 422,
    detail: {
      zh: '{item} 与 {other} 的{what}不同，不能合并为一件',
      en: '{item} and {other} differ in {whatEn} and cannot become one item',
    },
    rule: ONE_CARD,
    remedy: {
      zh: '只合并同一措施取得、同类、同一位置的物品；位置不同的先移位',
      en: 'Merge what one measure took, of one category and in one place; move it together first',
    },
  },
} as const satisfies Record<string, RefusalText>
