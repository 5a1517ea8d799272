/** A shelf that is walked on a page: what was scanned there so far. It says nothing of what belongs there. Never changed, only followed. */

import type { codeIn } from '../../custody/codes.ts'

/** What the server takes of one thing. */
type Sight =
  | { readonly item: string; readonly how: 'scanned' | 'seen'; readonly issue?: number }
  | { readonly container: string }
  | { readonly text: string }

interface Noted {
  readonly key: string
  readonly sight: Sight
}

/** The issue behind a reprinted label's code, in base 36 before its check characters. */
const ISSUE = /-([0-9A-Z]{1,2})[0-9A-Z]{2}\s*$/i
const TEXT_MAX = 100

export class Walk {
  readonly place: string | null
  /** Newest first. */
  readonly noted: readonly Noted[]

  constructor(place: string | null = null, noted: readonly Noted[] = []) {
    this.place = place
    this.noted = noted
  }

  get sights(): readonly Sight[] {
    return this.noted.map(({ sight }) => sight).toReversed()
  }

  has(key: string): boolean {
    return this.noted.some((one) => one.key === key)
  }

  /** After a scan, or a code typed from what is seen; null where it is not what is wanted now. The same thing twice is one thing. */
  take(text: string, code: ReturnType<typeof codeIn>, how: 'scanned' | 'seen'): Walk | null {
    if (this.place === null) return code?.kind === 'location' ? new Walk(code.code) : null
    if (code?.kind === 'location') return null
    const key = code?.code ?? text.trim().slice(0, TEXT_MAX)
    if (key === '' || this.has(key)) return key === '' ? null : this
    return new Walk(this.place, [{ key, sight: sightOf(text, code, key, how) }, ...this.noted])
  }

  without(key: string): Walk {
    return new Walk(
      this.place,
      this.noted.filter((one) => one.key !== key),
    )
  }
}

function sightOf(text: string, code: ReturnType<typeof codeIn>, key: string, how: 'scanned' | 'seen'): Sight {
  if (code?.kind === 'item') {
    const issue = Number.parseInt(ISSUE.exec(text)?.[1] ?? '1', 36)
    return { item: key, how, issue }
  }
  return code?.kind === 'container' ? { container: key } : { text: key }
}
