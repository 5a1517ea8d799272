import type { Level } from '../../devices/ballot/ballot.ts'
import type { Words } from '../refusal.ts'

/** What raters are asked, in one version. What was published is never changed: ballots name it. */
export interface Questionnaire {
  readonly name: string
  readonly version: number
  /** Fixed when the version opens: nobody is asked who he is. */
  readonly anonymity: 'sealed'
  readonly levels: readonly { readonly level: Level; readonly words: Words }[]
  readonly questions: readonly { readonly id: string; readonly words: Words }[]
  /** `levels`: after which overall levels the reason is offered. */
  readonly reasons: readonly { readonly id: string; readonly levels: readonly Level[]; readonly words: Words }[]
}

/** The last two of the five are 差评 (rules K-01); everything above counts as 满意. */
const SATISFIED_FROM: Level = 3

export function isSatisfied(level: Level): boolean {
  return level >= SATISFIED_FROM
}

/** What 满意 means wherever a rate of it is shown. */
export const SATISFIED_MEANS: Words = {
  zh: '满意率 = 评“非常满意”“满意”“基本满意”的人数 ÷ 已计票人数；未评价的不计入',
  en: 'Satisfied: “very satisfied”, “satisfied” or “fairly satisfied”, of all votes counted; who did not rate is not in it',
}

/** GB/T 39734 and 国办发〔2019〕51号: five levels (rules K-01); the questions of 勤廉测评 (product R11). */
export const HALL_SERVICE: Questionnaire = {
  name: 'hall-service',
  version: 1,
  anonymity: 'sealed',
  levels: [
    { level: 5, words: { zh: '非常满意', en: 'Very satisfied' } },
    { level: 4, words: { zh: '满意', en: 'Satisfied' } },
    { level: 3, words: { zh: '基本满意', en: 'Fairly satisfied' } },
    { level: 2, words: { zh: '不满意', en: 'Dissatisfied' } },
    { level: 1, words: { zh: '非常不满意', en: 'Very dissatisfied' } },
  ],
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

export function nameOf({ name, version }: Pick<Questionnaire, 'name' | 'version'>): string {
  return `${name}@${version}`
}
