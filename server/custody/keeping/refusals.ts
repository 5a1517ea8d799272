import type { RefusalText } from '../../refusal.ts'

const HOUSE = { zh: '本系统内部规则（周转箱）', en: 'House rule (containers)' } as const

/** What a box of a store stops. */
export const containerRefusals = {
  'custody.unknown-container': {
    status: 404,
    detail: { zh: '没有编号为 {container} 的容器', en: 'There is no container {container}' },
    rule: null,
    remedy: { zh: '请核对编号，或先添加容器', en: 'Check the code, or add the container first' },
  },
  'custody.container-full': {
    status: 409,
    detail: {
      zh: '容器 {container} 已满（最多 {capacity} 件）',
      en: 'Container {container} is full ({capacity} items)',
    },
    rule: HOUSE,
    remedy: { zh: '请换一个容器', en: 'Choose another container' },
  },
  'custody.container-sealed': {
    status: 409,
    detail: {
      zh: '容器 {container} 已加封（{number}），不得放入或取出',
      en: 'Container {container} is sealed ({number}): nothing goes in or out',
    },
    rule: HOUSE,
    remedy: { zh: '请两名保管人员先启封容器', en: 'Two custodians open the container first' },
  },
  'custody.container-open': {
    status: 409,
    detail: { zh: '容器 {container} 没有加封', en: 'Container {container} is not sealed' },
    rule: HOUSE,
    remedy: { zh: '请核对编号', en: 'Check the code' },
  },
  'custody.container-there': {
    status: 409,
    detail: { zh: '容器 {container} 已在该库位', en: 'Container {container} stands there already' },
    rule: null,
    remedy: { zh: '请扫描另一个库位', en: 'Scan another shelf' },
  },
  'custody.container-no-shelf': {
    status: 422,
    detail: { zh: '容器只能放到库位上', en: 'A container stands on a shelf, not in a container' },
    rule: HOUSE,
    remedy: { zh: '请扫描库位', en: 'Scan a shelf' },
  },
  'custody.container-keepers': {
    status: 422,
    detail: {
      zh: '加封、启封容器须本库保管人员 {needed} 人签名',
      en: 'Sealing or opening a container is signed by {needed} custodians of the store',
    },
    rule: HOUSE,
    remedy: { zh: '请另一名保管人员刷工牌并输入 PIN', en: 'A second custodian signs with badge and PIN' },
  },
  'custody.container-content': {
    status: 409,
    detail: {
      zh: '整箱调用须列明容器 {container} 内的全部物品；所列 {named} 件与现在箱内的不一致',
      en: 'A box is lent as a whole: the {named} items named are not all that lies in container {container} now, or not in it',
    },
    rule: HOUSE,
    remedy: {
      zh: '请按箱内现有物品重新申请；箱内有别案物品的，由保管人员先移出',
      en: 'Ask again for what lies in it now; what belongs to another case is taken out by a custodian first',
    },
  },
  'custody.container-granted': {
    status: 409,
    detail: {
      zh: '{item} 批准的是随容器 {container} 整箱调用，不单独出库',
      en: '{item} was granted with its whole container {container} and does not go out by itself',
    },
    rule: HOUSE,
    remedy: {
      zh: '请扫描容器办理整箱出库；只要其中几件的，撤回后另行申请',
      en: 'Scan the container; for some of it alone, another loan is asked for',
    },
  },
  'custody.container-not-granted': {
    status: 409,
    detail: { zh: '{item} 没有批准整箱调用', en: 'Nobody granted that {item} goes out with a whole container' },
    rule: HOUSE,
    remedy: { zh: '请逐件扫描批准调用的物品', en: 'Scan the items that were granted, one by one' },
  },
  'custody.container-lent': {
    status: 409,
    detail: {
      zh: '容器 {container} 已整箱调出，还没有归还',
      en: 'Container {container} is out on loan and is not back yet',
    },
    rule: HOUSE,
    remedy: { zh: '请先在入库台扫描容器办理归还', en: 'Take it back first: scan it at a bench' },
  },
  'custody.container-not-lent': {
    status: 409,
    detail: { zh: '容器 {container} 没有调出', en: 'Container {container} is not out on loan' },
    rule: HOUSE,
    remedy: { zh: '请核对编号', en: 'Check the code' },
  },
  'custody.container-seal-not-checked': {
    status: 422,
    detail: {
      zh: '容器 {container} 出库时已加封（{number}），归还须先看封条是否完好',
      en: 'Container {container} went out sealed ({number}): whether its seal is whole is looked at first',
    },
    rule: HOUSE,
    remedy: { zh: '请查看封条后选择完好或破损', en: 'Look at the seal, and say whether it is whole' },
  },
  'custody.container-seal-opened': {
    status: 409,
    detail: {
      zh: '容器 {container} 在外期间已有物品单独归还或核对，封条（{number}）必已启开，不能按封条完好随封接收',
      en: 'Something of container {container} was brought back or compared by itself while it was out: its seal ({number}) was opened, and answers for nothing',
    },
    rule: HOUSE,
    remedy: {
      zh: '请选择破损或编号不符，其余物品逐件核对',
      en: 'Say that the seal is broken, and compare the rest thing by thing',
    },
  },
} as const satisfies Record<string, RefusalText>
