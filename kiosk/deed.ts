/** One thing a person does once, however often it has to be sent. */

/**
 * A version 4 UUID. Not `crypto.randomUUID`, which browsers offer on https and localhost only: a bench may reach its server by a
 * plain address.
 */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/**
 * Keeps the `Idempotency-Key` of one button or form: the same for each sending of the same content until an answer is known, a new
 * one for the next. So a person who presses again after a lost answer repeats nothing.
 */
export class Deed {
  readonly #once: boolean
  #content: string | null = null
  #key: string

  /** @param once the key of what is done once alone, wherever it is sent from and whatever became of its content: it never changes */
  constructor(once?: string) {
    this.#once = once !== undefined
    this.#key = once ?? uuid()
  }

  /** The key under which this content goes out. */
  keyFor(content: string): string {
    if (this.#once) return this.#key
    if (this.#content !== null && this.#content !== content) this.#key = uuid()
    this.#content = content
    return this.#key
  }

  /** The answer is known: done or refused. What is sent next is another deed. */
  settle(): void {
    if (this.#once) return
    this.#content = null
    this.#key = uuid()
  }
}

/** The deeds of a list, one for each of its lines. */
export class Deeds {
  readonly #of = new Map<string, Deed>()

  of(line: string): Deed {
    const deed = this.#of.get(line) ?? new Deed()
    this.#of.set(line, deed)
    return deed
  }
}
