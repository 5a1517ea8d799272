import { Refusal, type RefusalValues, type Words } from '../../refusal.ts'

/** People and words that a case knows and no label, list or register may say (rules.md 11). Erased content is absent. */
export interface CaseNames {
  /** Of the case. */
  readonly titles: readonly string[]
  /** Officers of the case: id to name. */
  readonly officers: ReadonlyMap<string, string>
  readonly holders: readonly string[]
  readonly witnesses: readonly string[]
  /** Who keeps what stays outside the stores. */
  readonly keepers: readonly string[]
  /** Who owns what others had. */
  readonly owners: readonly string[]
  /** Who received what was disposed of, or bought it. */
  readonly receivers: readonly string[]
}

export const noNames: CaseNames = {
  titles: [],
  officers: new Map(),
  holders: [],
  witnesses: [],
  keepers: [],
  owners: [],
  receivers: [],
}

/** A text that stands in a register in clear, and on labels. */
export interface InClear {
  readonly field: string
  readonly name: Words
  readonly text: string | undefined
}

const whose = {
  title: { zh: '案件名称', en: 'the title of the case' },
  officer: { zh: '承办人员的姓名', en: 'the name of an officer of the case' },
  holder: { zh: '持有人的姓名', en: 'the name of the holder' },
  witness: { zh: '见证人的姓名', en: 'the name of the witness' },
  keeper: { zh: '保管人的姓名', en: 'the name of the keeper' },
  owner: { zh: '所有人的姓名', en: 'the name of the owner' },
  receiver: { zh: '接收人的姓名', en: 'the name of a receiver' },
} as const satisfies Record<string, Words>

/** Shorter names stand in too many words: 金 is a name and a metal. */
const SHORTEST_NAME = 2

/** Of whom the title speaks: 张某某、李某某等人涉嫌受贿案. */
const TITLE_OF = /^(.+?)(?:等.{0,4}人)?(?:涉嫌|严重违|违反|违纪|违法)/

/**
 * A register cannot forget and a label is read by everybody: neither names a person of the case or its title. The refusal does not repeat
 * the name.
 * @param place of the line at fault, for the refusal's values
 * @throws Refusal `custody.names-person`
 */
export function mustNameNobody(texts: readonly InClear[], names: CaseNames, place: RefusalValues = {}): void {
  const known: readonly [keyof typeof whose, readonly string[]][] = [
    ['holder', names.holders],
    ['witness', names.witnesses],
    ['keeper', names.keepers],
    ['owner', names.owners],
    ['receiver', names.receivers],
    ['officer', [...names.officers.values()]],
    ['title', names.titles.flatMap((title) => [title, ...subjectsOf(title)])],
  ]
  for (const { field, name, text } of texts) {
    const said = comparable(text ?? '')
    const found = known.find(([, those]) => those.some((one) => isNamedIn(said, comparable(one))))
    if (found === undefined) continue
    const { zh, en } = whose[found[0]]
    const values = { what: name.zh, whatEn: name.en, whose: zh, whoseEn: en, ...place }
    throw new Refusal('custody.names-person', place['line'] === undefined ? values : { ...values, field })
  }
}

/** Whether two names are written alike, widths, spaces and dots aside. */
export function isSameName(one: string, other: string): boolean {
  return comparable(one) === comparable(other)
}

function isNamedIn(said: string, name: string): boolean {
  return [...name].length >= SHORTEST_NAME && said.includes(name)
}

function subjectsOf(title: string): string[] {
  return (TITLE_OF.exec(title.normalize('NFKC'))?.[1] ?? '').split(/[、,，和与及]/)
}

/** A name as it is compared with others: widths, spaces, dots and capitals aside. */
export function comparable(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s·•・]/g, '')
    .toLowerCase()
}
