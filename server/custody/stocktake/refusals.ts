import type { RefusalText } from '../../refusal.ts'

const DUTY = { zh: '监察法 28(2)（账实相符）', en: 'Supervision Law 28(2) (books and goods agree)' } as const
const BLIND = { zh: '本系统内部规则（盲盘与复盘）', en: 'House rule (blind count and recount)' } as const
const DRAWS = { zh: '本系统内部规则（抽查）', en: 'House rule (random inspection)' } as const
const BY_HEADS = {
  zh: '由监督人员或保管部门负责人办理',
  en: 'A supervisor, or the head of the department that keeps the store, does it',
} as const

/** What a stock-take stops. */
export const stocktakeRefusals = {
  'custody.unknown-stocktake': {
    status: 404,
    detail: { zh: '没有编号为 {stocktake} 的盘点', en: 'There is no stock-take {stocktake}' },
    rule: null,
    remedy: { zh: '请核对编号', en: 'Check the code' },
  },
  'custody.stocktake-not-yours': {
    status: 403,
    detail: { zh: '此项盘点事务不由您办理', en: 'This is not yours to do in a stock-take' },
    rule: DUTY,
    remedy: BY_HEADS,
  },
  'custody.stocktake-counter': {
    status: 422,
    detail: {
      zh: '{person} 不能担任盘点人：须为本库在任保管人员，且不是下达盘点的人',
      en: '{person} cannot count: it takes an active custodian of the store who is not the one who orders the count',
    },
    rule: BLIND,
    remedy: { zh: '请另选盘点人', en: 'Choose another counter' },
  },
  'custody.stocktake-not-counter': {
    status: 403,
    detail: { zh: '您不是本次盘点的盘点人', en: 'You are no counter of this stock-take' },
    rule: BLIND,
    remedy: { zh: '由下达时指定的盘点人办理', en: 'The counters named in the order do it' },
  },
  'custody.stocktake-own': {
    status: 403,
    detail: { zh: '您参加了首盘，不得认定差异原因或办结', en: 'You have counted: causes and closing are not yours' },
    rule: BLIND,
    remedy: BY_HEADS,
  },
  'custody.stocktake-due': {
    status: 422,
    detail: { zh: '盘点期限须在今后 {days} 天以内', en: 'A stock-take is due within {days} days from now' },
    rule: { zh: '本系统内部规则（盘点期限）', en: 'House rule (term of a stock-take)' },
    remedy: { zh: '请改期限', en: 'Choose another due time' },
  },
  'custody.stocktake-too-large': {
    status: 422,
    detail: {
      zh: '范围内有 {items} 件，一次盘点最多 {most} 件',
      en: '{items} items are within; one stock-take takes {most} at most',
    },
    rule: { zh: '本系统内部规则（一次盘点件数）', en: 'House rule (items of a stock-take)' },
    remedy: { zh: '请按库位或类别分次盘点', en: 'Count by shelves or categories' },
  },
  'custody.stocktake-nothing': {
    status: 422,
    detail: { zh: '这个范围内没有可盘的库位或物品', en: 'Nothing is there to be counted within' },
    rule: DUTY,
    remedy: { zh: '请改盘点范围', en: 'Choose another scope' },
  },
  'custody.stocktake-undrawn': {
    status: 409,
    detail: { zh: '抽查还没有抽取', en: 'The sample has not been drawn yet' },
    rule: DRAWS,
    remedy: { zh: '请先抽取', en: 'Draw it first' },
  },
  'custody.stocktake-drawn': {
    status: 409,
    detail: { zh: '本次盘点不抽查，或已经抽取', en: 'There is nothing to draw, or it was drawn' },
    rule: DRAWS,
    remedy: { zh: '一次抽查只抽一次', en: 'A sample is drawn once' },
  },
  'custody.stocktake-phase': {
    status: 409,
    detail: { zh: '盘点现在不在这一步', en: 'The stock-take is not at this step' },
    rule: BLIND,
    remedy: { zh: '请打开盘点页，按现在的步骤办理', en: 'Open the stock-take and do what its step asks for' },
  },
  'custody.stocktake-over': {
    status: 409,
    detail: { zh: '盘点已办结或已撤销', en: 'The stock-take is closed or cancelled' },
    rule: DUTY,
    remedy: { zh: '需要时另行下达盘点', en: 'Order another one where it is needed' },
  },
  'custody.stocktake-place': {
    status: 422,
    detail: {
      zh: '库位 {location} 不在您这一轮要盘的库位之内',
      en: 'Shelf {location} is not among those that you count in this round',
    },
    rule: BLIND,
    remedy: {
      zh: '请扫描路线上的库位；复盘须由首盘人和经手放置差异物品的人以外的人进行，其余库位由他人或监督人员复盘',
      en: 'Scan a shelf of your route; who counted first, or put there what differs, does not count it again: somebody else or a supervisor does',
    },
  },
  'custody.stocktake-shelf-open': {
    status: 409,
    detail: { zh: '正在盘 {location}', en: 'Shelf {location} is being counted now' },
    rule: BLIND,
    remedy: { zh: '请继续扫描物品；盘完扫“确认”卡', en: 'Go on with its items; scan the CONFIRM card when it is done' },
  },
  'custody.stocktake-time': {
    status: 422,
    detail: {
      zh: '所报时间不在这一库位的盘点期间之内',
      en: 'A time that is given does not lie within the walk of this shelf',
    },
    rule: BLIND,
    remedy: { zh: '请核对设备时钟后重新提交', en: 'Check the clock of the device and send it again' },
  },
  'custody.stocktake-unwalked': {
    status: 409,
    detail: { zh: '还有 {count} 个库位没有盘完', en: 'Shelves not walked to the end yet: {count}' },
    rule: DUTY,
    remedy: { zh: '请盘完这些库位，空库位也要确认', en: 'Walk them; an empty shelf is confirmed as well' },
  },
  'custody.stocktake-unexplained': {
    status: 409,
    detail: { zh: '还有 {count} 项差异没有认定原因', en: '{count} differences have no root cause yet' },
    rule: { zh: '监察法 28(2)（差异原因与处理）', en: 'Supervision Law 28(2) (cause and handling of a difference)' },
    remedy: { zh: '请逐项认定原因', en: 'Give each its cause' },
  },
  'custody.stocktake-signature': {
    status: 422,
    detail: { zh: '办结盘点须另一名盘点人签名', en: 'Closing a stock-take is signed by one of its counters too' },
    rule: { zh: '本系统内部规则（盘点表签名）', en: 'House rule (who signs a stock-take)' },
    remedy: { zh: '请盘点人刷工牌并输入 PIN', en: 'A counter signs with badge and PIN' },
  },
  'custody.recount-same': {
    status: 403,
    detail: { zh: '您参加了首盘，复盘须由他人进行', en: 'You have counted first: somebody else counts again' },
    rule: BLIND,
    remedy: {
      zh: '由本库其他保管人员、保管部门负责人或监督人员复盘',
      en: 'Another custodian of the store, its head or a supervisor counts again',
    },
  },
  'custody.recount-placer': {
    status: 403,
    detail: {
      zh: '库位 {location} 上有由您经手放置的差异物品，不能由您复盘',
      en: 'What differs on shelf {location} was put there by you: you do not count it again',
    },
    rule: BLIND,
    remedy: { zh: '由他人复盘这个库位', en: 'Somebody else counts this shelf again' },
  },
  'custody.recount-by-hand': {
    status: 422,
    detail: { zh: '复盘须逐件扫码或见物，不用射频读取', en: 'A recount is by hand, never by an RFID reader' },
    rule: BLIND,
    remedy: { zh: '请扫描物品标签', en: 'Scan the labels' },
  },
  'custody.unknown-difference': {
    status: 404,
    detail: { zh: '没有第 {n} 项差异', en: 'There is no difference {n}' },
    rule: null,
    remedy: { zh: '请刷新盘点页', en: 'Open the page again' },
  },
  'custody.difference-found': {
    status: 422,
    detail: {
      zh: '第 {n} 项并非未见，不能认定为“转查找”',
      en: 'Difference {n} is not missing: it is not searched for',
    },
    rule: BLIND,
    remedy: { zh: '请另选原因', en: 'Choose another cause' },
  },
  'custody.unknown-search': {
    status: 404,
    detail: { zh: '没有这项查找记录', en: 'There is no such search' },
    rule: null,
    remedy: { zh: '请刷新列表', en: 'Open the list again' },
  },
  'custody.search-over': {
    status: 409,
    detail: { zh: '这项查找已经结束', en: 'This search is over' },
    rule: DUTY,
    remedy: { zh: '请刷新列表', en: 'Open the list again' },
  },
  'custody.search-location': {
    status: 422,
    detail: { zh: '请说明在本库哪个库位找到', en: 'Say on which shelf of the store it was found' },
    rule: DUTY,
    remedy: { zh: '请扫描或选择库位', en: 'Scan or choose the shelf' },
  },
  'custody.search-no-incident': {
    status: 409,
    detail: { zh: '物品 {item} 没有登记异常', en: 'No incident is open for item {item}' },
    rule: { zh: '公安机关涉案财物管理若干规定 11', en: 'Provisions on Property in Police Cases 11' },
    remedy: { zh: '请先登记异常（灭失），再结束查找', en: 'Open an incident (loss) first' },
  },
} as const satisfies Record<string, RefusalText>
