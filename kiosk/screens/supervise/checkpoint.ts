/** A signed checkpoint, as far as a screen shows it. The signature is checked elsewhere, on a computer of one's own. */

export interface CheckpointShown {
  readonly origin: string
  readonly size: number
  readonly root: string
}

/** Origin, tree size and root of a C2SP note; null when the text is none. */
export function checkpointIn(note: string): CheckpointShown | null {
  const [origin, size, root, blank] = note.split('\n')
  if (!origin || !size || !root || blank !== '' || !/^\d+$/.test(size)) return null
  return { origin, size: Number(size), root }
}

/** The command that checks an export on another computer. */
export function verifyCommand(register: string, publicKey: string): string {
  return `npm run verify -- ${register}.jsonl --key "${publicKey}" --checkpoint ${register}.checkpoint`
}
