import type { Level } from '../../devices/ballot/ballot.ts'
import type { Words } from '../refusal.ts'

/**
 * Nobody is ever asked who he is. `contact-apart`: who wants an answer may leave how to reach him, sealed apart from his vote; `sealed`: not even
 * that is asked.
 */
export type Anonymity = 'contact-apart' | 'sealed'

/** A text that a fact may hold. */
type AskedWords = Readonly<{ zh: string; en: string }>

/** What a hall chooses to ask beside the overall level, which is the same everywhere. */
export interface AskedContent {
  /** Fixed when the version opens (product R05). */
  readonly anonymity: Anonymity
  /** Whether a rater may write words of his own. */
  readonly asksWords: boolean
  /** An id stands for one wording for ever, so that answers to questions that differ are never added up or compared. */
  readonly questions: readonly { readonly id: string; readonly words: AskedWords }[]
  /** `levels`: after which overall levels the reason is offered. */
  readonly reasons: readonly { readonly id: string; readonly levels: readonly Level[]; readonly words: AskedWords }[]
}

/** What raters are asked, in one version. What was opened is never changed: ballots name it (rules K-11). */
export interface Questionnaire extends AskedContent {
  readonly name: string
  readonly version: number
}

/** The last two of the five are 差评 (rules K-01); everything above counts as 满意. */
const SATISFIED_FROM: Level = 3

/** 基本满意 and better (rules K-01), as the words beside every rate say. */
export function isSatisfied(level: Level): boolean {
  return level >= SATISFIED_FROM
}

/** What 满意 means wherever a rate of it is shown. */
export const SATISFIED_MEANS: Words = {
  zh: '满意率 = 评“非常满意”“满意”“基本满意”的人数 ÷ 已计票人数；未评价的不计入',
  en: 'Satisfied: “very satisfied”, “satisfied” or “fairly satisfied”, of all votes counted; who did not rate is not in it',
}

/** The five levels of 国办发〔2019〕51号, in every version the same (rules K-01): so that the overall level can be compared over all of them. */
export const LEVELS: readonly { readonly level: Level; readonly words: Words }[] = [
  { level: 5, words: { zh: '非常满意', en: 'Very satisfied' } },
  { level: 4, words: { zh: '满意', en: 'Satisfied' } },
  { level: 3, words: { zh: '基本满意', en: 'Fairly satisfied' } },
  { level: 2, words: { zh: '不满意', en: 'Dissatisfied' } },
  { level: 1, words: { zh: '非常不满意', en: 'Very dissatisfied' } },
]

/** What every hall asks until it opens a version of its own: the questions of 勤廉测评 (product R11). */
export const HALL_SERVICE: Questionnaire = {
  name: 'hall-service',
  version: 1,
  anonymity: 'contact-apart',
  asksWords: true,
  questions: [
    { id: 'attitude', words: { zh: '服务态度', en: 'Attitude' } },
    { id: 'quality', words: { zh: '完成质量', en: 'Quality of the work' } },
    { id: 'efficiency', words: { zh: '处理效率', en: 'Speed' } },
    { id: 'integrity', words: { zh: '廉洁自律', en: 'Integrity' } },
  ],
  reasons: [
    { id: 'kind', levels: [3, 4, 5], words: { zh: '态度热情', en: 'Friendly' } },
    { id: 'clear', levels: [3, 4, 5], words: { zh: '讲解清楚', en: 'Well explained' } },
    { id: 'fast', levels: [3, 4, 5], words: { zh: '办理快捷', en: 'Quick' } },
    { id: 'rude', levels: [1, 2, 3], words: { zh: '态度生硬', en: 'Unfriendly' } },
    { id: 'unclear', levels: [1, 2, 3], words: { zh: '没有一次性告知', en: 'Not told everything at once' } },
    { id: 'slow', levels: [1, 2, 3], words: { zh: '办理太慢', en: 'Too slow' } },
    { id: 'repeated', levels: [1, 2, 3], words: { zh: '来回跑、重复交材料', en: 'Sent back and forth' } },
    { id: 'away', levels: [1, 2, 3], words: { zh: '窗口无人、推诿', en: 'Nobody there, or nobody in charge' } },
  ],
}

/** What is asked of who was answered (回访评价): apart from every hall's questions, and never with words or contact. */
export const ANSWER: Questionnaire = {
  ...{ name: 'answer', version: 1, anonymity: 'sealed', asksWords: false, reasons: [] },
  questions: [
    { id: 'solved', words: { zh: '问题解决', en: 'Problem solved' } },
    { id: 'in-time', words: { zh: '答复及时', en: 'Answered in time' } },
  ],
}

/** What a campaign asks of each department (行风评议) where no other version was chosen: the dimensions in use (rules K-16). */
const CONDUCT: Questionnaire = {
  name: 'conduct',
  version: 1,
  anonymity: 'sealed',
  asksWords: false,
  questions: [
    { id: 'lawful', words: { zh: '依法办事', en: 'Acts by the law' } },
    { id: 'charges', words: { zh: '规范收费', en: 'Charges as prescribed' } },
    { id: 'open', words: { zh: '办事公开', en: 'Openness' } },
    { id: 'service', words: { zh: '服务质量', en: 'Service' } },
    { id: 'clean', words: { zh: '清正廉洁', en: 'Integrity' } },
  ],
  reasons: [],
}

/** What is asked under a name of ours, not of a hall. */
export const BUILT_IN: readonly Questionnaire[] = [HALL_SERVICE, ANSWER, CONDUCT]

/** In the place of a version: of several. */
export const SEVERAL = 'several@1'

/** A version of a hall is named by the hall; one of such an id would be taken for one of ours. */
export function isNameOfOurs(hall: string): boolean {
  return `${hall}@1` === SEVERAL || BUILT_IN.some(({ name }) => name === hall)
}

/** As ballots, groups and registers name it: `hall-1@3`. */
export function nameOf({ name, version }: Pick<Questionnaire, 'name' | 'version'>): string {
  return `${name}@${version}`
}
