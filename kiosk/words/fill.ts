/**
 * Puts values into the `{name}` places of a text; a place without a value stays as it is, so that it is seen. `{name:item|items}` is the word that
 * goes with one or with another number, for English: Chinese has one word for both.
 */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(
    /\{([\w-]+)(?::([^|{}]*)\|([^|{}]*))?\}/g,
    (place, name: string, one: string | undefined, many: string | undefined) => {
      if (!Object.hasOwn(values, name)) return place
      const value = String(values[name])
      return one === undefined || many === undefined ? value : value === '1' ? one : many
    },
  )
}

/**
 * An English text with plain quotation marks: the screens' font is a Chinese one, and has curly ones as wide as a character.
 */
export function withPlainQuotes(text: string): string {
  return text.replaceAll(/[‘’]/g, "'").replaceAll(/[“”]/g, '"')
}

/** The names of the places in a text, sorted. */
export function placesIn(text: string): string[] {
  return [...text.matchAll(/\{([\w-]+)\}/g)].map((found) => found[1] ?? '').toSorted()
}
