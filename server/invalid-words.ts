import type { Words } from './refusal.ts'

/** Where a schema says no, as a validator tells it. */
export interface SchemaFault {
  readonly keyword: string
  /** `/items/0/weight_mg`. */
  readonly instancePath: string
  readonly params?: object
  readonly message?: string
}

/** What is wrong with what was sent, and what to do about it, as a person says both. */
export interface InvalidWords {
  readonly detail: Words
  readonly remedy: Words
}

/** Fields as screens and papers call them; one that is not here is told by its own name. */
const FIELDS: Readonly<Record<string, Words>> = {
  after: { zh: '起始位置', en: 'start of the page' },
  agent: { zh: '代理电脑', en: 'agent' },
  attendance: { zh: '到场情况', en: 'presence' },
  badge: { zh: '工牌号', en: 'badge number' },
  borrower: { zh: '借用人', en: 'borrower' },
  bundles: { zh: '捆数', en: 'bundles' },
  cannotSealReason: { zh: '未封存的理由', en: 'reason for not sealing' },
  capacity: { zh: '容量', en: 'capacity' },
  case: { zh: '案号', en: 'case number' },
  category: { zh: '物品类别', en: 'category' },
  code: { zh: '编码', en: 'code' },
  codes: { zh: '编码', en: 'codes' },
  conclusion: { zh: '处理结论', en: 'conclusion' },
  condition: { zh: '外观', en: 'condition' },
  currency: { zh: '币种', en: 'currency' },
  deed: { zh: '申请事项', en: 'what is asked for' },
  device: { zh: '设备', en: 'device' },
  devices: { zh: '设备', en: 'devices' },
  document: { zh: '文书编号', en: 'document number' },
  dueAt: { zh: '归还期限', en: 'due time' },
  face_minor: { zh: '面额', en: 'face value' },
  features: { zh: '特征', en: 'features' },
  ground: { zh: '依据', en: 'ground' },
  holder: { zh: '持有人', en: 'holder' },
  id: { zh: '编号', en: 'id' },
  item: { zh: '物品编码', en: 'item code' },
  items: { zh: '物品', en: 'items' },
  kind: { zh: '种类', en: 'kind' },
  limit: { zh: '每页条数', en: 'rows of a page' },
  lines: { zh: '清点明细', en: 'counted denominations' },
  location: { zh: '库位', en: 'shelf' },
  login: { zh: '账号', en: 'login' },
  loose: { zh: '散张（枚）数', en: 'loose pieces' },
  measure: { zh: '措施', en: 'measure' },
  name: { zh: '名称', en: 'name' },
  note: { zh: '说明', en: 'note' },
  noticeNumber: { zh: '文书号', en: 'notice number' },
  number: { zh: '编号', en: 'number' },
  officers: { zh: '办案人员', en: 'officers' },
  opinion: { zh: '审批意见', en: 'opinion' },
  parent: { zh: '上级部门', en: 'parent unit' },
  password: { zh: '口令', en: 'password' },
  person: { zh: '人员', en: 'person' },
  photos: { zh: '照片', en: 'photos' },
  pin: { zh: 'PIN', en: 'PIN' },
  place: { zh: '地点', en: 'place' },
  port: { zh: '端口', en: 'port' },
  post: { zh: '岗位', en: 'post' },
  protocol: { zh: '协议', en: 'protocol' },
  purpose: { zh: '调用事由', en: 'purpose' },
  q: { zh: '查询内容', en: 'search text' },
  quantity: { zh: '数量', en: 'quantity' },
  reason: { zh: '理由', en: 'reason' },
  scan: { zh: '扫描内容', en: 'scanned text' },
  seal: { zh: '封存', en: 'seal' },
  sealNumber: { zh: '封签号', en: 'seal number' },
  secret: { zh: '口令或 PIN', en: 'password or PIN' },
  serials: { zh: '冠字号', en: 'serial numbers' },
  signatures: { zh: '签名', en: 'signatures' },
  signers: { zh: '签名人', en: 'signers' },
  source: { zh: '来源', en: 'source' },
  station: { zh: '工作台', en: 'station' },
  storageClass: { zh: '库位类别', en: 'storage class' },
  store: { zh: '库房', en: 'store' },
  takenAt: { zh: '取得时间', en: 'time of taking' },
  relevance: { zh: '与案件的关联', en: 'relevance' },
  title: { zh: '案件名称', en: 'case title' },
  track: { zh: '案件类型', en: 'track' },
  unit: { zh: '部门或单位', en: 'unit' },
  weight_mg: { zh: '重量（毫克）', en: 'weight in milligrams' },
  witness: { zh: '见证人', en: 'witness' },
  year: { zh: '年份', en: 'year' },
}

/** Numbers as people type them, which a program must not send: `１２`, `"12"`. */
const HALF_WIDTH: Words = {
  zh: '数字请用半角字符（0-9）',
  en: 'write digits as half-width characters (0-9)',
}
const CORRECT: Words = { zh: '请改正该项后重新提交', en: 'Correct it and send it again' }

/**
 * The fault that says most to a person. Where one of several forms is allowed, each form finds its own: that which looked furthest in is the
 * one that was meant.
 */
export function tellingFault(faults: readonly SchemaFault[]): SchemaFault | undefined {
  const [first] = faults
  let best = first
  for (const fault of faults)
    if (best !== undefined && isWithin(fault, first) && depthOf(fault) > depthOf(best)) best = fault
  return best
}

function isWithin({ instancePath }: SchemaFault, of: SchemaFault | undefined): boolean {
  return instancePath.startsWith(`${of?.instancePath ?? ''}/`)
}

function depthOf({ instancePath }: SchemaFault): number {
  return instancePath.split('/').length
}

/** @param fault the first that was found; where there is none only that something is wrong is told */
export function invalidWords(fault: SchemaFault | undefined): InvalidWords {
  const { keyword = '', instancePath = '', params = {} } = fault ?? {}
  const given = params as Readonly<Record<string, unknown>>
  const missing = namesIn(keyword === 'required' ? given['requiredProperties'] : undefined)
  const steps = [...instancePath.split('/').filter(Boolean), ...missing.slice(0, 1)]
  // No schema stands for it: a member that is not asked for.
  if (keyword === 'boolean') return unknownWords(steps)
  const where = fieldOf(steps)
  const limit = Number(given['limit'])
  const { zh, en } = whatOf(keyword, limit, given)
  return {
    detail: {
      zh: `${where?.zh ?? '提交的内容'}${zh}`,
      en: `${where?.en ?? 'What was sent'} ${en}`,
    },
    remedy: CORRECT,
  }
}

function unknownWords(steps: readonly string[]): InvalidWords {
  const within = fieldOf(steps.slice(0, -1))
  const name = steps.at(-1) ?? ''
  return {
    detail: {
      zh: `${within === null ? '' : `${within.zh}：`}不认识“${name}”这一项`,
      en: `${within === null ? '' : `${within.en}: `}“${name}” is not known`,
    },
    remedy: { zh: '请去掉该项后重新提交', en: 'Leave it out and send it again' },
  }
}

function whatOf(keyword: string, limit: number, given: Readonly<Record<string, unknown>>): Words {
  switch (keyword) {
    case 'required':
      return { zh: '没有填写', en: 'is missing' }
    case 'maxLength':
      return { zh: `过长，最多 ${limit} 个字`, en: `is too long: ${limit} characters at most` }
    case 'minLength':
      return limit <= 1
        ? { zh: '不能为空', en: 'must not be empty' }
        : { zh: `过短，至少 ${limit} 个字`, en: `is too short: ${limit} characters at least` }
    case 'minItems':
      return { zh: `太少，至少 ${limit} 项`, en: `are too few: ${limit} at least` }
    case 'maxItems':
      return { zh: `太多，最多 ${limit} 项`, en: `are too many: ${limit} at most` }
    case 'uniqueItems':
      return { zh: '有重复', en: 'holds something twice' }
    case 'minimum':
      return { zh: `太小，不能小于 ${limit}`, en: `is too small: ${limit} at least` }
    case 'maximum':
      return { zh: `太大，不能大于 ${limit}`, en: `is too large: ${limit} at most` }
    case 'pattern':
    case 'format':
      return {
        zh: `的写法不对；${HALF_WIDTH.zh}，不要有控制字符或不可见字符`,
        en: `is not written as it has to be; ${HALF_WIDTH.en}, and no control or unseen characters`,
      }
    case 'type':
      return isNumber(given['type'])
        ? { zh: `应当是数字；${HALF_WIDTH.zh}，不加引号`, en: `must be a number; ${HALF_WIDTH.en}, without quotes` }
        : { zh: '的类型不对', en: 'is of the wrong type' }
    case 'enum':
    case 'const':
      return { zh: '不是可以选择的值', en: 'is none of the values that may be chosen' }
    default:
      return { zh: '不符合要求', en: 'is not valid' }
  }
}

function isNumber(type: unknown): boolean {
  return type === 'integer' || type === 'number'
}

function namesIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}

/** `/items/0/weight_mg` as `第 1 项物品的重量（毫克）`: lines are counted from one, as people count. */
function fieldOf(path: readonly string[]): Words | null {
  const last = path.findLastIndex((step) => !/^\d+$/.test(step))
  const name = path[last]
  if (name === undefined) return null
  const { zh, en } = FIELDS[name] ?? { zh: `“${name}”`, en: `“${name}”` }
  const line = path.find((step) => /^\d+$/.test(step))
  if (line === undefined) return { zh, en }
  const row = Number(line) + 1
  return { zh: `第 ${row} 行的${zh}`, en: `${en} in line ${row}` }
}
