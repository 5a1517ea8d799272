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
} as const satisfies Record<string, RefusalText>
