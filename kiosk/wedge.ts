/**
 * Tells the bursts of a keyboard-wedge scanner from typing. Pure: key strokes with their own times go in, what was scanned comes out.
 *
 * A burst is at least MIN_LENGTH characters, no two further apart than MAX_GAP_MS, ended by Enter or Tab; or, for a scanner set to send
 * no suffix, by silence, and then only at a speed no hand reaches. Characters are never held back from a text field while it is
 * still open whose they are: the field is put back once the burst is certain, so nothing a person typed can be lost.
 */

/** Scanners send a key every 1 to 20 ms; a remote desktop or a busy USB bus stretches that. */
export const MAX_GAP_MS = 50
/** Shorter codes are not ours, and four keys within 50 ms of each other with Enter at the end are no hand's work. */
const MIN_LENGTH = 4
/** Far beyond any label; the buffer never grows past it. */
export const MAX_LENGTH = 512
/** A burst without a suffix counts only at this mean gap: 40 keys a second. */
const UNTERMINATED_MEAN_GAP_MS = 25
/** Silence after which a burst without a suffix is taken as whole. Until then a second burst shows that a lag cut it in two. */
export const SETTLE_MS = 300

/** One `keydown`, with the moment the system saw it (`event.timeStamp`), not the moment the page came round to it. */
export interface KeyStroke {
  readonly at_ms: number
  readonly key: string
  readonly code: string
  readonly shift: boolean
  readonly capsLock: boolean
  readonly ctrl: boolean
  readonly alt: boolean
  readonly altGraph: boolean
  readonly meta: boolean
  readonly isComposing: boolean
  readonly repeat: boolean
}

/** What a burst was. The fault codes are those of a serial scanner (`FaultCode`): the bench has the same words for both. */
export type WedgeEvent =
  | { readonly kind: 'scan'; readonly text: string }
  | { readonly kind: 'fault'; readonly code: 'line-garbled' | 'line-too-long' | 'line-cut' }

/** What to do with one stroke. */
export interface WedgeStep {
  /** `character`: may start or continue a burst; `fast`: certainly continues one that may still be a hand's; `other`: not ours. */
  readonly stroke: 'first' | 'fast' | 'other'
  /** Keep the stroke from the browser and from every other listener. */
  readonly prevent: boolean
  readonly event: WedgeEvent | null
  /** Forget what was remembered of the fields: the strokes so far were a person's. */
  readonly released: boolean
}

interface Burst {
  readonly from_ms: number
  last_ms: number
  text: string
  length: number
  garbled: boolean
  /** A character came shortly before it, though not at its speed: its head may be what a lag cut off. */
  readonly follows: boolean
}

/** Control chords a person needs while editing; every other one is a control character of a bar code, or of no use at a bench. */
const EDITING = new Set(['KeyA', 'KeyC', 'KeyV', 'KeyX', 'KeyY', 'KeyZ'])
const SILENT = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'NumLock', 'Fn'])
const HIDDEN_BY_INPUT_METHOD = new Set(['Process', 'Unidentified'])

const PUNCTUATION: Readonly<Record<string, readonly [plain: string, shifted: string]>> = {
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  Backquote: ['`', '~'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
  Space: [' ', ' '],
  NumpadAdd: ['+', '+'],
  NumpadSubtract: ['-', '-'],
  NumpadMultiply: ['*', '*'],
  NumpadDivide: ['/', '/'],
  NumpadDecimal: ['.', '.'],
}
const SHIFTED_DIGITS = ')!@#$%^&*('

/** The character of a physical key on the layout scanners assume (US), for strokes an input method has hidden; null where there is none. */
export function characterOfCode(code: string, shift: boolean, capsLock: boolean): string | null {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter !== undefined) return shift !== capsLock ? letter : letter.toLowerCase()
  const digit = /^(Digit|Numpad)(\d)$/.exec(code)
  if (digit) return shift && digit[1] === 'Digit' ? (SHIFTED_DIGITS[Number(digit[2])] ?? null) : (digit[2] ?? null)
  const pair = PUNCTUATION[code]
  return pair ? pair[shift ? 1 : 0] : null
}

function characterOf(stroke: KeyStroke): string | null {
  const altGraph = stroke.altGraph || (stroke.ctrl && stroke.alt)
  if (stroke.meta || (!altGraph && (stroke.ctrl || stroke.alt))) return null
  if (stroke.isComposing || HIDDEN_BY_INPUT_METHOD.has(stroke.key)) {
    return characterOfCode(stroke.code, stroke.shift, stroke.capsLock)
  }
  return [...stroke.key].length === 1 ? stroke.key : null
}

function isTerminator(stroke: KeyStroke): boolean {
  if (stroke.ctrl || stroke.alt || stroke.meta) return false
  return ['Enter', 'NumpadEnter', 'Tab'].includes(stroke.code) || stroke.key === 'Enter' || stroke.key === 'Tab'
}

/** A chord that a control character in a bar code becomes (Ctrl+O opens a file, Ctrl+P prints): kept from the browser at all times. */
function isControlCharacter(stroke: KeyStroke): boolean {
  return (
    stroke.ctrl &&
    !stroke.alt &&
    !stroke.meta &&
    /^(Key[A-Z]|Bracket.*|Backslash)$/.test(stroke.code) &&
    !EDITING.has(stroke.code)
  )
}

const PASS: WedgeStep = { stroke: 'other', prevent: false, event: null, released: false }

/** The burst detector of one page. */
export class Wedge {
  #burst: Burst | null = null
  /** A whole burst without a suffix, followed by a stroke before silence proved it whole: typing, or one half of a cut line. */
  #earlier: Burst | null = null
  #ended_ms = Number.NEGATIVE_INFINITY

  /** Takes the next stroke, in order of time. An event in the answer comes before the stroke, unless the stroke ended it. */
  push(stroke: KeyStroke): WedgeStep {
    const gap_ms = this.#burst === null ? Number.POSITIVE_INFINITY : stroke.at_ms - this.#burst.last_ms
    const fast = gap_ms <= MAX_GAP_MS
    if (SILENT.has(stroke.key)) {
      if (fast && this.#burst) this.#burst.last_ms = stroke.at_ms
      return PASS
    }
    // A held key repeats every 30 ms: a hand, whatever its speed.
    if (stroke.repeat) return { ...PASS, prevent: isControlCharacter(stroke), released: this.#release() }

    if (isTerminator(stroke)) return this.#terminate(stroke, fast)

    let event: WedgeEvent | null = null
    let released = false
    if (gap_ms >= SETTLE_MS) event = this.settle()
    else if (!fast) released = !this.#setAside()

    const follows = !fast && gap_ms < SETTLE_MS
    this.#burst ??= { from_ms: stroke.at_ms, last_ms: stroke.at_ms, text: '', length: 0, garbled: false, follows }
    const burst = this.#burst
    burst.last_ms = stroke.at_ms
    const character = characterOf(stroke)
    if (character === null) burst.garbled = true
    else {
      burst.length += 1
      if (burst.length <= MAX_LENGTH) burst.text += character
    }
    const prevent = character === null && (fast || isControlCharacter(stroke))
    return { stroke: fast ? 'fast' : 'first', prevent, event, released }
  }

  /** The moment at which silence will have lasted and `settle` is due; null when nothing is waiting. */
  get settles_ms(): number | null {
    return this.#burst === null ? null : this.#burst.last_ms + SETTLE_MS
  }

  /** Silence has lasted: a fast burst without a suffix is a scan, anything else was typed. */
  settle(): WedgeEvent | null {
    const burst = this.#burst
    const earlier = this.#earlier
    this.#release()
    if (burst === null || !isWithoutSuffix(burst)) return null
    return earlier === null && !burst.follows ? eventOf(burst) : { kind: 'fault', code: 'line-cut' }
  }

  /** The page lost the keyboard: what was begun will not be finished. */
  cut(): WedgeEvent | null {
    const burst = this.#burst
    this.#release()
    return burst !== null && isWithoutSuffix(burst) ? { kind: 'fault', code: 'line-cut' } : null
  }

  #terminate(stroke: KeyStroke, fast: boolean): WedgeStep {
    const burst = this.#burst
    if (fast && burst !== null && burst.length >= MIN_LENGTH) {
      const isWhole = this.#earlier === null && !burst.follows
      const event: WedgeEvent = isWhole ? eventOf(burst) : { kind: 'fault', code: 'line-cut' }
      this.#release()
      this.#ended_ms = stroke.at_ms
      return { stroke: 'fast', prevent: true, event, released: false }
    }
    // The second half of "Enter, Tab" and of CR LF belongs to the burst that has just ended.
    const tail = stroke.at_ms - this.#ended_ms <= MAX_GAP_MS
    if (tail) this.#ended_ms = stroke.at_ms
    return { ...PASS, prevent: tail, released: this.#release() }
  }

  /** Keeps a burst that may be the first half of a cut line; false when what stood there was typed, and is forgotten. */
  #setAside(): boolean {
    const burst = this.#burst
    const keep = burst !== null && this.#earlier === null && isWithoutSuffix(burst)
    this.#release()
    if (keep) this.#earlier = burst
    return keep
  }

  #release(): boolean {
    const had = this.#burst !== null || this.#earlier !== null
    this.#burst = null
    this.#earlier = null
    return had
  }
}

function isWithoutSuffix(burst: Burst): boolean {
  return burst.length >= MIN_LENGTH && (burst.last_ms - burst.from_ms) / (burst.length - 1) <= UNTERMINATED_MEAN_GAP_MS
}

function eventOf(burst: Burst): WedgeEvent {
  if (burst.garbled) return { kind: 'fault', code: 'line-garbled' }
  if (burst.length > MAX_LENGTH) return { kind: 'fault', code: 'line-too-long' }
  return { kind: 'scan', text: burst.text }
}
