import type { Sheet } from '../../../../server/rating/boxes/protocol.ts'
import type { Level } from '../../../../server/rating/protocol.ts'

/** A sheet on which nothing is marked. */
export const BLANK: Sheet = { level: null, answers: {}, reasons: [] }

export function isBlank({ level, answers, reasons }: Sheet): boolean {
  return level === null && Object.keys(answers).length === 0 && reasons.length === 0
}

/** With the mark of one question, or of the overall level (`null`); a blank one has none. */
export function answered(sheet: Sheet, question: string | null, level: Level | null): Sheet {
  if (question === null) return { ...sheet, level }
  const others = Object.entries(sheet.answers).filter(([id]) => id !== question)
  return { ...sheet, answers: Object.fromEntries([...others, ...(level === null ? [] : [[question, level] as const])]) }
}

/** With a reason marked, or no more. */
export function toggled(sheet: Sheet, reason: string): Sheet {
  const { reasons } = sheet
  return {
    ...sheet,
    reasons: reasons.includes(reason) ? reasons.filter((one) => one !== reason) : [...reasons, reason],
  }
}
