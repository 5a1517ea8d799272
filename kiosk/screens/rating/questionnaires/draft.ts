/** What is being written of a questionnaire: as the form holds it, as it is sent, and as a rater would see it. Pure. */

import type { Level, ShownQuestionnaire } from '../../../../server/rating/protocol.ts'
import type { Anonymity, DraftContent } from '../../../../server/rating/questionnaires/protocol.ts'
import { en } from '../../../words/en.ts'
import { zh } from '../../../words/zh-CN.ts'

/** A line of the form; `key` keeps its place while others move. */
export interface Line {
  readonly key: number
  zh: string
  en: string
  /** Of a reason: after which levels it is offered. */
  levels: Level[]
}

export interface Draft {
  anonymity: Anonymity
  asksWords: boolean
  questions: Line[]
  reasons: Line[]
}

/** The best first, as raters see them. */
export const LEVELS: readonly Level[] = [5, 4, 3, 2, 1]
export const QUESTIONS_MAX = 5
export const REASONS_MAX = 24
export const LENGTHS = { question: { zh: 12, en: 30 }, reason: { zh: 16, en: 40 } } as const
const WORDS_MAX = 150

export function emptyLine(key: number): Line {
  return { key, zh: '', en: '', levels: [] }
}

/** Begins with what another version says. */
export function draftFrom({ anonymity, asksWords, questions, reasons }: DraftContent): Draft {
  return {
    ...{ anonymity, asksWords },
    questions: questions.map(({ words }, key) => ({ key, zh: words.zh, en: words.en, levels: [] })),
    reasons: reasons.map(({ words, levels }, key) => ({ key, zh: words.zh, en: words.en, levels: [...levels] })),
  }
}

/** Begins with what every hall asks. */
export function draftFromShown({ asksContact, ...shown }: ShownQuestionnaire): Draft {
  return draftFrom({ ...shown, anonymity: asksContact ? 'contact-apart' : 'sealed' })
}

export function contentOf({ anonymity, asksWords, questions, reasons }: Draft): DraftContent {
  return {
    ...{ anonymity, asksWords },
    questions: questions.map((line) => ({ words: wordsOf(line) })),
    reasons: reasons.map((line) => ({ words: wordsOf(line), levels: line.levels })),
  }
}

function wordsOf({ zh: chinese, en: english }: Line): { zh: string; en: string } {
  return { zh: chinese.trim(), en: english.trim() }
}

/** Whether it can be sent: every line has its words, every reason its levels. */
export function isWhole({ questions, reasons }: Draft): boolean {
  const hasWords = ({ zh: chinese, en: english }: Line): boolean => chinese.trim() !== '' && english.trim() !== ''
  return (
    questions.length > 0 &&
    [...questions, ...reasons].every(hasWords) &&
    reasons.every(({ levels }) => levels.length > 0)
  )
}

/** The lines with one of them a place further up or down. */
export function moved(lines: readonly Line[], key: number, by: 1 | -1): Line[] {
  const at = lines.findIndex((line) => line.key === key)
  const line = lines[at]
  const rest = lines.filter((one) => one.key !== key)
  return line === undefined ? [...lines] : rest.toSpliced(Math.max(0, at + by), 0, line)
}

/** As the screens of raters are given it. */
export function shownOf({ anonymity, asksWords, questions, reasons }: Draft): ShownQuestionnaire {
  return {
    about: 'service',
    ...{ id: 'preview', wordsMax: WORDS_MAX, asksWords, asksContact: anonymity === 'contact-apart' },
    levels: LEVELS.map((level) => ({
      level,
      words: { zh: zh[`rating.level-${level}`], en: en[`rating.level-${level}`] },
    })),
    questions: questions.map((line) => ({ id: `q${line.key}`, words: wordsOf(line) })),
    reasons: reasons.map((line) => ({ id: `r${line.key}`, words: wordsOf(line), levels: line.levels })),
  }
}
