/** Letters that are fetched before they are shown. */

const WEIGHTS = ['400 16px "Noto Sans SC"', '700 16px "Noto Sans SC"'] as const
/** A page is not held back longer than this for its letters. */
export const LETTERS_MS = 5_000

/**
 * Fetches the letters of these texts in both weights now, each once. The fonts come in slices, each when its first letter is shown: until then
 * the letter is left out, and takes another width than its own, so that lines break elsewhere. Resolves when all are there, after
 * `LETTERS_MS` at the latest; one that cannot be fetched is missing, and nothing else.
 */
export async function fetchLetters(fonts: Pick<FontFaceSet, 'load'>, texts: Iterable<string>): Promise<void> {
  const letters = [...new Set([...texts].flatMap((text) => [...text]))].join('')
  const late = Promise.withResolvers<void>()
  const timer = setTimeout(late.resolve, LETTERS_MS)
  await Promise.race([Promise.allSettled(WEIGHTS.map((weight) => fonts.load(weight, letters))), late.promise])
  clearTimeout(timer)
}
