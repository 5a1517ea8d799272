import type { ShownQuestionnaire } from '../../../server/rating/protocol.ts'
import { en } from '../../words/en.ts'
import { zh } from '../../words/zh-CN.ts'

const SAID =
  /^rating\.(title|slow|secret|not-a-report|ask|questions|more|reasons|words|back|say-more|send|failed|qr|thanks|used|over)/

/** All that a rater reads from the question to the thanks, in both languages. */
export function saidWhileAsking({ levels, questions, reasons }: ShownQuestionnaire): string[] {
  const page = [zh, en].flatMap((words) =>
    Object.entries(words).flatMap(([key, text]) => (SAID.test(key) ? [text] : [])),
  )
  return [...page, ...[...levels, ...questions, ...reasons].flatMap(({ words }) => [words.zh, words.en])]
}
