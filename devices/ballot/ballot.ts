/** What one rater says, as it is sealed where it is said: by the process that reads the keypad, or by the browser. */
export interface BallotContent {
  readonly v: 1
  /** Name and version of the questions that were asked. */
  readonly questionnaire: string
  /** The overall level, 5 the best and 1 the worst; null where none was given (a key that its profile does not know). */
  readonly level: Level | null
  /** Levels by question; a question that was passed over is absent. */
  readonly answers: Readonly<Record<string, Level>>
  /** Codes of the reasons that were chosen. */
  readonly reasons: readonly string[]
  readonly words: string | null
  /** The key as the pad named it and what it was read by; null where no pad was pressed. */
  readonly key: { readonly code: string; readonly profile: string; readonly version: number } | null
}

export type Level = 1 | 2 | 3 | 4 | 5

/** Every ballot has this length, whoever cast it and whatever it says. */
export const BALLOT_BYTES = 1024
/** Characters of a rater's own words; four bytes each and what JSON puts around them fit the ballot. */
export const WORDS_MAX = 150
const ANSWERS_MAX = 8
export const REASONS_MAX = 8
/** An id of the house with the number of a version behind it fits. */
const CODE = /^[a-z0-9][a-z0-9@.-]{0,39}$/i
const LENGTH_BYTES = 2

/** What was sealed is no ballot: too long, or not of this form. */
export class BadBallot extends Error {
  override readonly name = 'BadBallot'
}

/**
 * The bytes of a ballot: its length, the content as JSON in UTF-8, and zeros up to `BALLOT_BYTES`.
 * @throws BadBallot where the content does not keep to the limits of this form
 */
export function encodeBallot(content: BallotContent): Uint8Array {
  if (!isBallot(content)) throw new BadBallot('not a ballot')
  const text = new TextEncoder().encode(JSON.stringify(content))
  if (text.length > BALLOT_BYTES - LENGTH_BYTES) throw new BadBallot('a ballot is too long')
  const bytes = new Uint8Array(BALLOT_BYTES)
  new DataView(bytes.buffer).setUint16(0, text.length)
  bytes.set(text, LENGTH_BYTES)
  return bytes
}

/** @throws BadBallot; what a browser sealed was checked by nobody before */
export function decodeBallot(bytes: Uint8Array): BallotContent {
  if (bytes.length !== BALLOT_BYTES) throw new BadBallot('a ballot of another length')
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint16(0)
  if (length > BALLOT_BYTES - LENGTH_BYTES) throw new BadBallot('a ballot of another length')
  let content: unknown
  try {
    const text = bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length)
    content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text))
  } catch {
    throw new BadBallot('not a ballot')
  }
  if (!isBallot(content)) throw new BadBallot('not a ballot')
  return content
}

function isBallot(content: unknown): content is BallotContent {
  if (typeof content !== 'object' || content === null) return false
  const { v, questionnaire, level, answers, reasons, words, key } = content as Partial<BallotContent>
  return (
    v === 1 &&
    isCode(questionnaire) &&
    (level === null || isLevel(level)) &&
    areAnswers(answers) &&
    Array.isArray(reasons) &&
    reasons.length <= REASONS_MAX &&
    reasons.every(isCode) &&
    (words === null || (typeof words === 'string' && words !== '' && [...words].length <= WORDS_MAX)) &&
    (key === null || isKey(key))
  )
}

function areAnswers(answers: unknown): boolean {
  if (typeof answers !== 'object' || answers === null || Array.isArray(answers)) return false
  const given = Object.entries(answers)
  return given.length <= ANSWERS_MAX && given.every(([question, level]) => isCode(question) && isLevel(level))
}

function isKey(key: unknown): boolean {
  if (typeof key !== 'object' || key === null) return false
  const { code, profile, version } = key as Partial<NonNullable<BallotContent['key']>>
  return typeof code === 'string' && code.length <= 32 && isCode(profile) && Number.isInteger(version)
}

function isLevel(level: unknown): level is Level {
  return level === 1 || level === 2 || level === 3 || level === 4 || level === 5
}

function isCode(code: unknown): boolean {
  return typeof code === 'string' && CODE.test(code)
}
