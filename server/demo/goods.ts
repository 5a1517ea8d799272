import type { Category } from '../custody/categories.ts'
import type { StorageClass } from '../custody/keeping/storage-classes.ts'
import type { Track } from '../custody/axes.ts'

/** What the demonstration's cases hold. Everything is invented. */

export interface DemoItem {
  readonly name: string
  readonly category: Category
  readonly quantity: number
  readonly unit: string
  readonly features: string
  /** Valuables are weighed whenever they pass from hand to hand. */
  readonly weight_mg?: number
}

const goods: readonly (readonly [name: string, unit: string, features: string, grams?: number])[] = [
  ['华为 Mate 60 手机', '部', '黑色，屏幕右上角有裂纹，已关机'],
  ['足金手镯', '只', '内圈刻“足金999”，无明显划痕', 38.624],
  ['联想 ThinkPad 笔记本电脑', '台', '银灰色，贴有资产标签，含电源'],
  ['飞天茅台酒（53度500毫升）', '箱', '原箱未开封，每箱六瓶'],
  ['和田玉挂件', '件', '观音像，青白玉，红绳', 25.81],
  ['工作笔记本', '本', '黑色硬皮，手写约八十页'],
  ['百达翡丽手表', '块', '表壳背面编号可见，皮质表带', 82.4],
  ['希捷移动硬盘', '块', '1TB，外壳有磕痕'],
  ['投资金条', '根', '“投资金条100g”，带证书', 100.003],
  ['银行流水打印件', '册', '装订成册，逐页加盖骑缝章'],
  ['翡翠戒面', '粒', '椭圆形，浅绿，未镶嵌', 3.215],
  ['软中华香烟', '条', '原封条未拆'],
  ['字画（山水立轴）', '幅', '纸本，约 68×136 厘米，卷轴木盒装'],
  ['U盘', '个', '金士顿 64GB，蓝色'],
  ['白金项链', '条', '刻“Pt950”，长约 45 厘米', 12.37],
  ['房屋买卖合同原件', '份', '共十二页，末页双方签字'],
  ['劳力士手表', '块', '钢表带，表盘黑色', 141.9],
  ['商务公文包', '个', '深棕色牛皮，内有名片夹'],
  ['纪念银币', '枚', '2019 年生肖纪念，带塑壳', 31.104],
  ['紫砂壶', '把', '底款“宜兴”，壶盖完好'],
]

const MG_PER_G = 1_000

/** The twenty items of one case; numbered features keep cases apart. */
export function goodsOfCase(caseIndex: number): DemoItem[] {
  return goods.map(([name, unit, features, grams], index) => ({
    name,
    category: grams === undefined ? 'general' : 'valuables',
    quantity: grams === undefined ? 1 + ((caseIndex + index) % 3) : 1,
    unit,
    features,
    ...(grams === undefined ? {} : { weight_mg: Math.round(grams * MG_PER_G) + caseIndex }),
  }))
}

export interface DemoCase {
  readonly number: string
  readonly title: string
  readonly track: Track
  readonly unit: 'dept-1' | 'dept-2'
  /** Who handles it, and who else of the department therefore does not see it; the usual two when absent. */
  readonly officers?: readonly [string, string]
  /** How far its items have come. */
  readonly stage: 'opened' | 'registered' | 'handed-over' | 'in-store'
}

export const demoCases: readonly DemoCase[] = [
  { number: '云纪立〔2026〕1号', title: '何某某涉嫌违纪案', track: 'DISCIPLINE', unit: 'dept-1', stage: 'in-store' },
  { number: '云监立〔2026〕2号', title: '钱某某涉嫌受贿案', track: 'SUPERVISION', unit: 'dept-1', stage: 'in-store' },
  {
    number: '云监立〔2026〕3号',
    title: '孔某某涉嫌职务侵占案',
    track: 'SUPERVISION',
    unit: 'dept-1',
    officers: ['li-na', 'tang-yue'],
    stage: 'in-store',
  },
  {
    number: '云纪立〔2026〕4号',
    title: '严某某涉嫌违规收礼案',
    track: 'DISCIPLINE',
    unit: 'dept-1',
    stage: 'handed-over',
  },
  {
    number: '云监立〔2026〕5号',
    title: '华某某涉嫌挪用公款案',
    track: 'SUPERVISION',
    unit: 'dept-1',
    stage: 'registered',
  },
  { number: '云监立〔2026〕6号', title: '金某某涉嫌行贿案', track: 'SUPERVISION', unit: 'dept-1', stage: 'opened' },
  { number: '云税稽〔2026〕7号', title: '某商贸公司涉嫌虚开发票案', track: 'TAX', unit: 'dept-2', stage: 'in-store' },
  { number: '云税稽〔2026〕8号', title: '某物流公司涉嫌骗取退税案', track: 'TAX', unit: 'dept-2', stage: 'in-store' },
  {
    number: '云纪立〔2026〕9号',
    title: '陶某某涉嫌违反廉洁纪律案',
    track: 'DISCIPLINE',
    unit: 'dept-2',
    stage: 'handed-over',
  },
  {
    number: '云监立〔2026〕10号',
    title: '姜某某涉嫌滥用职权案',
    track: 'SUPERVISION',
    unit: 'dept-2',
    officers: ['zhao-min', 'luo-jia'],
    stage: 'registered',
  },
]

const demoOfficers = { 'dept-1': ['zhang-wei', 'li-na'], 'dept-2': ['wang-qiang', 'zhao-min'] } as const

/** Those whom the case names, else the two of its department. */
export function officersOf({ unit, officers }: DemoCase): readonly [string, string] {
  return officers ?? demoOfficers[unit]
}

/** A box on the first shelf, with the papers of one case: which of its goods, by their place. */
export const demoBox = { name: '文书盒 1号', capacity: 20, caseIndex: 7, places: [9, 15] } as const

export const demoLocations: readonly { name: string; storageClass: StorageClass; capacity: number }[] = [
  ...[1, 2, 3, 4].map((shelf) => ({ name: `A区 1排 ${shelf}层`, storageClass: 'ordinary' as const, capacity: 40 })),
  ...[1, 2, 3].map((shelf) => ({ name: `A区 2排 ${shelf}层`, storageClass: 'ordinary' as const, capacity: 40 })),
  ...[1, 2, 3, 4].map((drawer) => ({ name: `贵重柜 ${drawer}号屉`, storageClass: 'precious' as const, capacity: 30 })),
  { name: '电子防磁柜 1号', storageClass: 'electronic', capacity: 30 },
  { name: '恒温间 1架', storageClass: 'cold', capacity: 20 },
  { name: '大宗区 1号位', storageClass: 'bulk', capacity: 10 },
]
