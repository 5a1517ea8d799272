import type { Words } from '../../refusal.ts'
import { currencies, type Currency } from '../cash/currencies.ts'

/**
 * How a field of a registration is typed: free text, `2026-11-21`, a hash in hexadecimal, a whole number, a sum such as `1200.50`, or one of
 * named values.
 */
export type FieldKind = 'text' | 'day' | 'hash' | 'count' | 'sum' | 'choice'

export interface Field {
  readonly name: Words
  readonly kind: FieldKind
  /** Characters at most. */
  readonly longest: number
  /** What may be chosen, in order. */
  readonly choices?: Readonly<Record<string, Words>>
  /** Stands in the register in clear, because rules and clocks read it. Everything else is sealed: it may tell of somebody. */
  readonly inClear?: true
  /** Said on no card and no list: a card names no amount (rules.md 11). */
  readonly offPaper?: true
  /** A number that means one thing: by it, as a whole, the thing is found. */
  readonly finds?: true
  /** 保密 (税收征管法实施细则 87, rules T-14): shown masked but to who asks for it with a reason. */
  readonly guarded?: true
}

const LINE = 100
const NUMBER = 60
const DAY = 10
const HASH = 64
const COUNT = 9
const CHOICE = 20
const SUM = 16

const line = (zh: string, en: string, longest = LINE): Field => ({ name: { zh, en }, kind: 'text', longest })
const number = (zh: string, en: string): Field => ({ ...line(zh, en, NUMBER), finds: true })
const count = (zh: string, en: string): Field => ({ name: { zh, en }, kind: 'count', longest: COUNT })
const hash = (zh: string, en: string): Field => ({ name: { zh, en }, kind: 'hash', longest: HASH })
const day = (zh: string, en: string): Field => ({ name: { zh, en }, kind: 'day', longest: DAY, inClear: true })
const choice = (zh: string, en: string, choices: Readonly<Record<string, Words>>): Field => ({
  ...{ name: { zh, en }, kind: 'choice', longest: CHOICE, inClear: true, choices },
})

/** 保管方式 (rules C-22, C-33): what has a card but no shelf. `STORE` goes through a hand-over. */
export const keepingWords = {
  STORE: { zh: '移交库房保管', en: 'handed to the store' },
  IN_PLACE: { zh: '原地封存', en: 'sealed in place' },
  HOLDER_KEEPS: { zh: '持有人保管', en: 'kept by the holder' },
  THIRD_PARTY: { zh: '第三方保管', en: 'kept by a third party' },
} as const satisfies Record<string, Words>
export type Keeping = keyof typeof keepingWords

/** 危险类别, the nine classes of GB 6944. */
const dangerWords = {
  '1': { zh: '1 爆炸品', en: '1 explosives' },
  '2': { zh: '2 气体', en: '2 gases' },
  '3': { zh: '3 易燃液体', en: '3 flammable liquids' },
  '4': { zh: '4 易燃固体、自燃物品', en: '4 flammable solids' },
  '5': { zh: '5 氧化性物质', en: '5 oxidizing substances' },
  '6': { zh: '6 毒性、感染性物质', en: '6 toxic and infectious' },
  '7': { zh: '7 放射性物质', en: '7 radioactive' },
  '8': { zh: '8 腐蚀性物质', en: '8 corrosives' },
  '9': { zh: '9 其他危险物质', en: '9 other dangerous' },
} as const satisfies Record<string, Words>

const contrabandWords = {
  drugs: { zh: '毒品', en: 'drugs' },
  weapons: { zh: '枪支、弹药', en: 'firearms, ammunition' },
  blades: { zh: '管制器具', en: 'controlled blades' },
  obscene: { zh: '淫秽物品', en: 'obscene material' },
  counterfeit: { zh: '假币、伪造证券', en: 'counterfeit money' },
  other: { zh: '其他违禁品', en: 'other contraband' },
} as const satisfies Record<string, Words>

const originalWords = {
  original: { zh: '原件', en: 'original' },
  copy: { zh: '复制件', en: 'copy' },
} as const satisfies Record<string, Words>

/** 款项处理 (rules C-15, C-24): kept as it is because it is evidence itself, or paid into the special account. */
const cashUseWords = {
  EVIDENCE: { zh: '作为证据，原物封存', en: 'evidence, kept as it is' },
  DEPOSIT: { zh: '存入专用账户', en: 'to the special account' },
} as const satisfies Record<string, Words>

/** 权属: what the thing is said to be of, where that is not plain from who had it. */
const ownershipWords = {
  HOLDER: { zh: '持有人所有', en: 'the holder’s own' },
  OTHER: { zh: '他人所有', en: 'somebody else’s' },
  UNCLEAR: { zh: '权属待查', en: 'not clear yet' },
  OWNERLESS: { zh: '无主财物', en: 'nobody’s' },
} as const satisfies Record<string, Words>

/** 混合来源 (rules C-18): bought with lawful and unlawful money together and not to be divided, so taken whole. */
const mixedWords = {
  yes: { zh: '合法与违法所得混合购置，不可分割', en: 'bought with mixed money, indivisible' },
} as const satisfies Record<string, Words>

/** 估价方法 (rules T-08): by what a thing was put at its price. */
const estimateWords = {
  MARKET: { zh: '市场价', en: 'market price' },
  FACTORY: { zh: '出厂价', en: 'factory price' },
  APPRAISED: { zh: '评估价', en: 'appraised price' },
} as const satisfies Record<string, Words>

/** 价值超过应纳税额且不可分割 (rules T-08): taken whole because there is nothing else to take. */
const onlyWords = {
  yes: { zh: '不可分割，且无其他可供执行的财产', en: 'indivisible, and nothing else to take' },
} as const satisfies Record<string, Words>

/** 生活用品 (rules T-09): cars, jewellery, antiques and second homes are none. */
const livingWords = {
  NECESSITY: { zh: '维持生活必需品', en: 'needed to live' },
  OTHER: { zh: '其他生活用品', en: 'other things of daily life' },
} as const satisfies Record<string, Words>

/** 保存温度, for what spoils or dies unless it is kept so. */
const coldWords = {
  cool: { zh: '2–8 ℃ 冷藏', en: 'chilled, 2 to 8 °C' },
  frozen: { zh: '−20 ℃ 冷冻', en: 'frozen, −20 °C' },
  deep: { zh: '−80 ℃ 深冷', en: 'deep-frozen, −80 °C' },
} as const satisfies Record<string, Words>

const firearmWords = {
  handgun: { zh: '手枪', en: 'handgun' },
  rifle: { zh: '步枪、猎枪', en: 'rifle, shotgun' },
  air: { zh: '气枪', en: 'air gun' },
  imitation: { zh: '仿真枪', en: 'imitation' },
  ammunition: { zh: '弹药', en: 'ammunition' },
  other: { zh: '其他枪支、主要零部件', en: 'other, main parts' },
} as const satisfies Record<string, Words>

const unloadedWords = {
  yes: { zh: '已验枪退弹', en: 'checked and unloaded' },
  notApplicable: { zh: '不适用（弹药、零部件）', en: 'does not apply' },
} as const satisfies Record<string, Words>

const currencyWords: Readonly<Record<string, Words>> = Object.fromEntries(
  Object.entries<Currency>(currencies).map(([code, { name }]) => [code, name]),
)

/** Every field that some category asks for beside name, quantity, features, weight and seal (rules C-02, C-15 to C-22; F-02m, F-02d). */
export const fields = {
  ownership: choice('权属', 'owned', ownershipWords),
  owner: line('所有人', 'owner'),
  mixedSource: choice('资金来源', 'paid for with', mixedWords),
  mixedShare: line('违法所得所占份额（估计）', 'unlawful share, estimated'),
  estimateMethod: { ...choice('估价方法', 'estimated by', estimateWords), offPaper: true },
  unitPrice: {
    name: { zh: '估价（元/计量单位）', en: 'estimate (yuan each)' },
    ...{ kind: 'sum', longest: SUM, inClear: true, offPaper: true },
  },
  onlyThing: { ...choice('超值扣押', 'worth more than is to be secured', onlyWords), offPaper: true },
  livingUse: { ...choice('生活用品', 'thing of daily life', livingWords), offPaper: true },
  retentionOn: day('下次保管复核日', 'next review of keeping'),
  keeping: choice('保管方式', 'kept', keepingWords),
  keeper: line('保管人', 'keeper'),
  undertaking: number('保管责任书编号', 'undertaking no.'),
  registryNotice: number('登记机关协助通知书文号', 'notice to the registry'),
  currency: choice('币种', 'currency', currencyWords),
  cashUse: choice('款项处理', 'what becomes of the money', cashUseWords),
  frozenAmount: { name: { zh: '冻结金额', en: 'sum frozen' }, kind: 'sum', longest: SUM },
  freezeReceipt: number('协助冻结回执编号', 'receipt of the bank'),
  issuer: line('发行、开户机构', 'issuer'),
  account: { ...number('卡号、账号、券号', 'card, account or certificate no.'), guarded: true },
  faceValue: line('面值、金额', 'face value'),
  expiresOn: day('有效期、保存期至', 'keeps or is valid until'),
  reviewOn: day('先行处置复核日', 'review for early disposal'),
  model: line('规格型号', 'model'),
  serialNumber: number('序列号', 'serial no.'),
  content: line('内容', 'content', 300),
  recordedOf: line('录制、复制对象', 'recorded of'),
  recordedAt: line('录制、复制时间', 'recorded at'),
  recordedPlace: line('录制、复制地点', 'recorded where'),
  length: line('长度、容量', 'length or capacity'),
  fileFormat: line('文件格式', 'file format'),
  sha256: hash('SHA-256 值', 'SHA-256'),
  sm3: hash('SM3 值', 'SM3'),
  noHash: line('不能计算校验值的原因', 'why no hash could be taken', 200),
  documentNumber: number('文件、凭证编号', 'document no.'),
  pages: count('页数', 'pages'),
  original: choice('原件或复制件', 'original or copy', originalWords),
  copyReason: line('不能调取原件的原因及原件存放处', 'why no original, and where it is', 200),
  bookYear: { ...count('所属年度', 'year of the books'), inClear: true },
  plate: number('号牌号码', 'plate'),
  vin: number('车辆识别代号、船舶识别号', 'vehicle or vessel identification no.'),
  engine: number('发动机号', 'engine no.'),
  mileage: count('里程（公里）', 'mileage (km)'),
  keys: count('钥匙（把）', 'keys'),
  address: line('坐落、存放地点', 'where it is', 200),
  area: line('面积、规格', 'area or size'),
  titleDeed: number('权属证书编号', 'title deed no.'),
  dangerClass: choice('危险类别', 'danger class', dangerWords),
  contrabandKind: choice('违禁品种类', 'kind of contraband', contrabandWords),
  firearmKind: choice('枪支弹药种类', 'kind of firearm', firearmWords),
  calibre: line('口径', 'calibre', 20),
  unloaded: choice('验枪情况', 'checked to be unloaded', unloadedWords),
  specimen: line('检材种类', 'kind of specimen'),
  takenFrom: line('提取部位、来源', 'taken from', 200),
  preservative: line('固定、保存方法', 'fixed or kept with'),
  keepAt: choice('保存温度', 'kept at', coldWords),
  receivingUnit: line('拟移交的主管部门', 'competent department to receive it'),
} as const satisfies Readonly<Record<string, Field>>

export type FieldId = keyof typeof fields

/** One field that a category asks for. */
export interface Ask {
  readonly field: FieldId
  /** Cannot be left out; `unless` names a field that may be filled in instead. */
  readonly required: boolean
  readonly unless?: FieldId
  /** Asked only where another field has one of these values. */
  readonly when?: { readonly field: FieldId; readonly is: readonly string[] }
  /** Which of the choices this category takes; all of them when absent. */
  readonly only?: readonly string[]
}

/** A field without which the category takes no item. */
export function needs(field: FieldId, more: Omit<Ask, 'field' | 'required'> = {}): Ask {
  return { field, required: true, ...more }
}

/** A field that may be left out. */
export function takes(field: FieldId, more: Omit<Ask, 'field' | 'required'> = {}): Ask {
  return { field, required: false, ...more }
}
