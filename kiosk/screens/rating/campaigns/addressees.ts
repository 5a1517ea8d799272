/** One list holds so many names. */
const NAMES_MOST = 500
const NAME_MOST = 60

/** Names as they were typed or pasted, a line each; what is longer than a name, or comes behind the last that a list holds, is left out. */
export function namesOf(typed: string): string[] {
  return typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && line.length <= NAME_MOST)
    .slice(0, NAMES_MOST)
}
