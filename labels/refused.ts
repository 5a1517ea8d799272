/** Why a label or form was not made. Thrown before anything is drawn, so before paper moves. */

export type LabelRefusalCode =
  /** A character that the shipped fonts do not draw. */
  | 'missing-glyph'
  /** A control, formatting or private-use character. */
  | 'control-character'
  | 'text-empty'
  /** Does not fit its room at the smallest size that may be read. */
  | 'text-too-long'
  /** The code does not fit its room with modules of the smallest size that scans. */
  | 'symbol-too-large'
  /** The printer is loaded with labels that are too small for it. */
  | 'stock-too-small'
  /** Not a sound code of the kind that this label carries. */
  | 'code-wrong'
  /** A number or date out of range. */
  | 'value-wrong'

export interface Words {
  readonly zh: string
  readonly en: string
}

export class LabelRefused extends Error {
  override readonly name = 'LabelRefused'
  readonly code: LabelRefusalCode
  /** Which field of the label, in the reader's words. */
  readonly field: string
  readonly words: Words

  constructor(code: LabelRefusalCode, field: string, words: Words) {
    super(`${words.zh} / ${words.en}`)
    this.code = code
    this.field = field
    this.words = words
  }
}
