import { organisationRefusals } from './org/refusals.ts'
import { agentRefusals } from './agents/refusals.ts'
import { accessRefusals } from './access/refusals.ts'
import { approvalRefusals } from './approvals/refusals.ts'
import { clockRefusals } from './clock/refusals.ts'
import { custodyRefusals } from './custody/refusals.ts'
import { fileRefusals } from './files/refusals.ts'
import { demoRefusals } from './demo/refusals.ts'
import { groundRefusals } from './refusals.ts'
import { ledgerRefusals } from './ledger/refusals.ts'
import { stationRefusals } from './stations/refusals.ts'

/** Words in both languages; `{name}` places are filled from the refusal's values. */
export interface Words {
  readonly zh: string
  readonly en: string
}

/** One line of a module's catalogue: what is refused, under which rule, and who can put it right. */
export interface RefusalText {
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 423 | 429 | 503
  readonly detail: Words
  /** The legal or house rule, in the form a person can look it up; null where plain sense is the rule. */
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
  ...custodyRefusals,
  ...clockRefusals,
  ...fileRefusals,
  ...stationRefusals,
  ...agentRefusals,
  ...demoRefusals,
} as const satisfies Record<string, RefusalText>

export type RefusalCode = keyof typeof catalogue
export type RefusalValues = Readonly<Record<string, string | number>>

/** How one value of a refusal reads. */
export type SayValue = (value: string, given: string | number, language: keyof Words) => string

/** What a screen, an API answer and the activity log are given of a refusal. */
export interface RefusalNotice {
  readonly code: RefusalCode
  readonly detail: Words
  readonly rule: Words | null
  readonly remedy: Words
  readonly values: RefusalValues
}

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
      detail: fill(text.detail, this.values, say),
      rule: text.rule,
      remedy: fill(text.remedy, this.values, say),
      values: this.values,
    }
  }
}

function fill(words: Words, values: RefusalValues, say: SayValue): Words {
  const put = (language: keyof Words): string =>
    words[language].replace(/\{(\w+)\}/g, (place, value: string) => {
      const given = values[value]
      return given === undefined ? place : say(value, given, language)
    })
  return { zh: put('zh'), en: put('en') }
}
