import type { Notice } from '../../notice.ts'
import type { ItemShown } from '../../parts/item-shown.ts'
import type { State } from '../../parts/state.ts'
import type { TimelineEntry } from '../../parts/timeline-entry.ts'

export interface Line {
  readonly code: string
  readonly name: string
  readonly category: string
  readonly weight: string
  readonly state: State
}

export const notice: Notice = {
  code: 'custody.same-person',
  detail: { zh: '移交人与接收人是同一人', en: 'The same person hands over and receives' },
  rule: { zh: '《监察机关监督执法工作规定》扣管分离', en: 'Handling and keeping apart' },
  remedy: {
    zh: '请另一位保管人员刷工牌接收；同部门人员不能互相交接',
    en: 'Let another custodian receive with a badge of his own',
  },
}

export const item: ItemShown = {
  code: 'CH-26-000184-K',
  name: '金条（100 克，千足金）',
  category: '贵重物品 · 贵金属',
  quantity: '1 根 · 100.002 克',
  caseNumber: '清监〔2026〕7 号',
  holder: '李明远（涉案财物保管室）',
  place: 'A 库 03 架 2 层',
  photo: null,
  states: [
    { state: 'ok', label: '在库' },
    { state: 'ok', label: '密封' },
    { state: 'attention', label: '扣押期 12 天后届满' },
  ],
}

const hash = '8f14e45fceea167a5a36dedd4bea2543c1b2f7a0d6e5940b3c2a1f0e9d8c7b6a'

export const entries: readonly TimelineEntry[] = [
  {
    register: 'unit-3',
    seq: 412,
    title: '登记并扣押',
    detail: '100.002 克，物证袋 B-00731',
    at: '2026-11-18T01:20:00.000Z',
    recordedAt: '2026-11-18T01:20:03.120Z',
    actor: '王海涛',
    others: ['陈静', '见证人（已登记）'],
    place: '第三纪检监察室',
    photos: ['/mark.svg', '/absent.jpg'],
    hash,
    state: 'ok',
  },
  {
    register: 'store-1',
    seq: 90_217,
    title: '移交入库',
    at: '2026-11-19T07:02:11.000Z',
    recordedAt: '2026-11-19T09:40:00.000Z',
    actor: '李明远',
    others: ['王海涛'],
    place: 'A 库 03 架 2 层',
    photos: [],
    hash: hash.split('').reverse().join(''),
    state: 'ok',
  },
  {
    register: 'store-1',
    seq: 90_840,
    title: '归还时重量不符',
    detail: '登记 100.002 克，实测 98.004 克',
    at: '2026-11-21T02:15:48.000Z',
    recordedAt: '2026-11-21T02:15:48.000Z',
    actor: '赵蕾',
    others: [],
    place: '一号保管台',
    photos: [],
    hash,
    state: 'refused',
  },
]

const names = ['金条（100 克）', '手机', '百达翡丽手表', '房产证', '人民币现金', '笔记本电脑', '玉镯', '移动硬盘']
const states: readonly State[] = ['ok', 'quiet', 'refused', 'fault', 'unknown', 'attention']

export const rows: readonly Line[] = Array.from({ length: 40 }, (_, index) => ({
  code: `CH-26-${String(184 + index).padStart(6, '0')}-${'ABCDEFGHJKMNP'[index % 13] ?? 'A'}`,
  name: names[index % names.length] ?? '',
  category: index % 3 === 0 ? '贵重物品' : '一般物品',
  weight: (index * 13.37).toFixed(3),
  state: states[index % states.length] ?? 'quiet',
}))
