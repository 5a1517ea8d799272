import { organisationRefusals } from './org/refusals.ts'
import { agentRefusals } from './agents/refusals.ts'
import { accessRefusals } from './access/refusals.ts'
import { approvalRefusals } from './approvals/refusals.ts'
import { clockRefusals } from './clock/refusals.ts'
import { ownRefusals } from './own/refusals.ts'
import { custodyRefusals } from './custody/refusals.ts'
import { fileRefusals } from './files/refusals.ts'
import { demoRefusals } from './demo/refusals.ts'
import { groundRefusals } from './refusals.ts'
import { invalidWords, type SchemaFault } from './invalid-words.ts'
import { ledgerRefusals } from './ledger/refusals.ts'
import { outboxRefusals } from './outbox/refusals.ts'
import { ratingRefusals } from './rating/refusals.ts'
import { stationRefusals } from './stations/refusals.ts'
import { leakRefusals } from './leaks/refusals.ts'
import { urgingRefusals } from './urging/refusals.ts'

/** Words in both languages; `{name}` places are filled from the refusal's values. */
export interface Words {
  readonly zh: string
  readonly en: string
}

/** One line of a module's catalogue: what is refused, under which rule, and who can put it right. */
export interface RefusalText {
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 423 | 429 | 503
  readonly detail: Words
  /** The legal or house rule, in the form a person can look it up; null where it is the program's own for that part of it. */
  readonly rule: Words | null
  readonly remedy: Words
}

/** Every refusal the program knows, from each module's own catalogue. */
const catalogue = {
  ...groundRefusals,
  ...ledgerRefusals,
  ...organisationRefusals,
  ...accessRefusals,
  ...approvalRefusals,
  ...ownRefusals,
  ...custodyRefusals,
  ...clockRefusals,
  ...fileRefusals,
  ...ratingRefusals,
  ...stationRefusals,
  ...agentRefusals,
  ...outboxRefusals,
  ...leakRefusals,
  ...urgingRefusals,
  ...demoRefusals,
} as const satisfies Record<string, RefusalText>

export type RefusalCode = keyof typeof catalogue

/** Everything that can be refused. */
export const refusalCodes = Object.keys(catalogue) as readonly RefusalCode[]

export type RefusalValues = Readonly<Record<string, string | number>>

type PartOf<Code> = Code extends `${infer P}.${string}` ? P : never
type Part = PartOf<RefusalCode>

/** The program's own rules where no law and no rule of the house says more, by the part of the program that refuses. */
const ownRules: Readonly<Record<Part, Words>> = {
  access: { zh: '本系统规则（账号、登录与权限）', en: 'A rule of this program (sign-in and rights)' },
  agents: { zh: '本系统规则（代理电脑）', en: 'A rule of this program (agents)' },
  approvals: { zh: '本系统规则（申请与审批）', en: 'A rule of this program (requests and decisions)' },
  clock: { zh: '本系统规则（期限）', en: 'A rule of this program (deadlines)' },
  custody: { zh: '本系统规则（涉案财物登记与流转）', en: 'A rule of this program (registering and moving items)' },
  demo: { zh: '本系统规则（演示）', en: 'A rule of this program (the demonstration)' },
  file: { zh: '本系统规则（照片与文件）', en: 'A rule of this program (photos and files)' },
  leaks: { zh: '本系统规则（泄露事件）', en: 'A rule of this program (leaks)' },
  ledger: { zh: '本系统规则（台账）', en: 'A rule of this program (registers)' },
  org: { zh: '本系统规则（组织、人员与岗位）', en: 'A rule of this program (units, people and posts)' },
  outbox: { zh: '本系统规则（对外通知）', en: 'A rule of this program (outgoing messages)' },
  own: { zh: '本系统规则（个人清单与草稿）', en: 'A rule of this program (what one keeps for oneself)' },
  rating: { zh: '本系统规则（服务评价）', en: 'A rule of this program (rating of services)' },
  request: { zh: '本系统规则（接口约定）', en: 'A rule of this program (how requests are made)' },
  server: { zh: '本系统规则（数据写入）', en: 'A rule of this program (how data is written)' },
  stations: { zh: '本系统规则（工位与设备）', en: 'A rule of this program (stations and devices)' },
  urging: { zh: '本系统规则（督办）', en: 'A rule of this program (urging)' },
}

function ownRuleOf(code: RefusalCode): Words {
  return ownRules[code.slice(0, code.indexOf('.')) as Part]
}

/** How one value of a refusal reads. */
export type SayValue = (value: string, given: string | number, language: keyof Words) => string

/** What a screen, an API answer and the activity log are given of a refusal. */
export interface RefusalNotice {
  readonly code: RefusalCode
  readonly detail: Words
  readonly rule: Words
  readonly remedy: Words
  readonly values: RefusalValues
}

/** What a page is told beforehand: what its reader would be refused with. */
export type ToldRefusal = Pick<RefusalNotice, 'code' | 'detail' | 'rule' | 'remedy'>

/** Why not: expected, shown to a person, and nothing was written. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly values: RefusalValues
  readonly status: RefusalText['status']
  /** What an answer carries beside the words: a list that is too long for a sentence. */
  readonly more: Readonly<Record<string, unknown>>

  constructor(code: RefusalCode, values: RefusalValues = {}, more: Readonly<Record<string, unknown>> = {}) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.values = values
    this.more = more
    this.status = catalogue[code].status
  }

  /** @param say how a value reads in a language; as it is, unless somebody knows a name for it */
  notice(say: SayValue = (_value, given) => String(given)): RefusalNotice {
    const text: RefusalText = catalogue[this.code]
    return {
      code: this.code,
      detail: withPlace(fill(text.detail, this.values, say), text.detail, this.values),
      rule: text.rule === null ? ownRuleOf(this.code) : fill(text.rule, this.values, say),
      remedy: fill(text.remedy, this.values, say),
      values: this.values,
    }
  }
}

/** Of many lines it is said which one, of many items which, where the words themselves do not. */
function withPlace(said: Words, { zh }: Words, { line, item }: RefusalValues): Words {
  if (line !== undefined && !zh.includes('{line}'))
    return { zh: `第 ${line} 件：${said.zh}`, en: `Line ${line}: ${said.en}` }
  if (item !== undefined && !zh.includes('{item}')) return { zh: `${item}：${said.zh}`, en: `${item}: ${said.en}` }
  return said
}

/** A moment as values hold it: RFC 3339 in UTC. */
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/
/** Words show time in the zone of the organisation, to the minute. */
const HOME = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' })

function atHome(said: string): string {
  if (!MOMENT.test(said)) return said
  const at_ms = Date.parse(said)
  return Number.isNaN(at_ms) ? said : HOME.format(at_ms)
}

/** What was sent is not what a schema asks for: told of the field, by the name that people know it by. */
export class Invalid extends Refusal {
  readonly #fault: SchemaFault | undefined

  constructor(fault: SchemaFault | undefined) {
    super('request.invalid', { what: `${fault?.instancePath || '/'} ${fault?.message ?? ''}` })
    this.#fault = fault
  }

  override notice(say?: SayValue): RefusalNotice {
    return { ...super.notice(say), ...invalidWords(this.#fault) }
  }
}

function fill(words: Words, values: RefusalValues, say: SayValue): Words {
  const put = (language: keyof Words): string =>
    words[language].replace(/\{(\w+)\}/g, (place, value: string) => {
      const given = values[value]
      return given === undefined ? place : atHome(say(value, given, language))
    })
  return { zh: put('zh'), en: put('en') }
}
