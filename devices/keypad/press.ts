/** What a key says: a level, 5 the best and 1 the worst; a reason; or, unknown to the profile, nothing but itself. */
export interface PressContent {
  /** The key as the device named it: hexadecimal of its byte or input code, or its text. */
  readonly key: string
  readonly level: Level | null
  /** A reason's code, for pads whose keys name reasons and not a scale. */
  readonly reason: string | null
  /** What the key was read by: the direction and meaning of a number differ from vendor to vendor. */
  readonly profile: string
  readonly profileVersion: number
}

export type Level = 1 | 2 | 3 | 4 | 5

/**
 * One press that counts, as the single value in which key and level travel. It shows nothing of itself: it prints, logs and serialises as an
 * empty object, and gives its content once, to whoever seals it.
 */
export class RatingPress {
  #content: PressContent | null
  readonly #settling = Promise.withResolvers<void>()

  constructor(content: PressContent) {
    this.#content = content
  }

  /** It is kept for good, or counts for nothing: the pad may say thank you. The same whatever was pressed. */
  settle(): void {
    this.#settling.resolve()
  }

  /** Resolves when it is settled, or after so long: nobody stands there for ever. Never rejects. */
  async settled(within_ms: number): Promise<void> {
    const late = Promise.withResolvers<void>()
    const timer = setTimeout(late.resolve, within_ms)
    await Promise.race([this.#settling.promise, late.promise])
    clearTimeout(timer)
  }

  /**
   * Gives `seal` the content, which is then forgotten here, and returns what it makes of it. Whatever `seal` throws, it is not given twice.
   * @throws Error when it was sealed before
   */
  sealWith<Sealed>(seal: (content: PressContent) => Sealed): Sealed {
    const content = this.#content
    if (content === null) throw new Error('this press has been sealed')
    this.#content = null
    return seal(content)
  }
}

/** What may be shown of a frame that says, or may say, which key a rater pressed: the same bytes whatever it was and however long. */
export const MASKED_FRAME: Uint8Array = new Uint8Array(8).fill(0x2a)

/** A copy of `MASKED_FRAME`, since whoever is given bytes may write into them. */
export function maskedFrame(): Uint8Array {
  return MASKED_FRAME.slice()
}
