import type { PaperSheet } from '../../../../server/rating/paper-boxes/protocol.ts'
import type { Level } from '../../../../server/rating/protocol.ts'

/** A paper on which nothing is marked. */
export const BLANK_PAPER: PaperSheet = { votes: {} }

export function isBlankPaper({ votes }: PaperSheet): boolean {
  return Object.keys(votes).length === 0
}

/** What a paper says of a department: overall (`null`), or by question. */
export function markOf({ votes }: PaperSheet, department: string, question: string | null): Level | null {
  const said = votes[department]
  return (question === null ? said?.level : said?.answers[question]) ?? null
}

/** With the mark of one question about a department, or of its overall level (`null`). A department without a mark was passed over. */
export function marked(
  { votes }: PaperSheet,
  department: string,
  question: string | null,
  level: Level | null,
): PaperSheet {
  const { [department]: before = { level: null, answers: {} }, ...others } = votes
  const answers = Object.entries(before.answers).filter(([id]) => id !== question)
  const said =
    question === null
      ? { ...before, level }
      : {
          ...before,
          answers: Object.fromEntries([...answers, ...(level === null ? [] : [[question, level] as const])]),
        }
  const isEmpty = said.level === null && Object.keys(said.answers).length === 0
  return { votes: isEmpty ? others : { ...others, [department]: said } }
}
