/** The codes of an issue as a file: made by the server from a seed that only this page has. */

import { uuid } from '../../../deed.ts'
import { noticeOf, type Notice } from '../../../notice.ts'
import { noticeOfAnswer } from '../../../page.svelte.ts'

const SEED_BYTES = 32
/** Thirty pages of codes. */
const LIMIT_MS = 60_000

export type SheetFormat = 'pdf' | 'xlsx' | 'csv'

/** What nobody could have known before, in hexadecimal. */
export function newSeed(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(SEED_BYTES)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}

/** Asks for the file and hands it to the browser to be kept. Why not, where it did not come. */
export async function keepSheets(
  path: string,
  seed: string,
  format: SheetFormat,
  name: string,
): Promise<Notice | null> {
  let answer: Response
  try {
    answer = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': uuid() },
      body: JSON.stringify({ seed, format }),
      credentials: 'same-origin',
      signal: AbortSignal.timeout(LIMIT_MS),
    })
    if (!answer.ok) return noticeOf(await answer.json()) ?? noticeOfAnswer({ kind: 'failed', status: answer.status })
    const link = document.createElement('a')
    link.href = URL.createObjectURL(await answer.blob())
    link.download = `${name}.${format}`
    link.click()
    URL.revokeObjectURL(link.href)
    return null
  } catch {
    return noticeOfAnswer({ kind: 'offline' })
  }
}
