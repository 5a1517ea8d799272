/** What the server says went wrong, as a screen shows it. The words come in both languages, so that they follow the switch. */

/** One text in both languages. */
export interface BothWords {
  readonly zh: string
  readonly en: string
}

/** A refusal or a device fault: what, under which rule, and who can put it right. */
export interface Notice {
  readonly code: string
  readonly detail: BothWords
  readonly rule: BothWords | null
  readonly remedy: BothWords | null
  /** What the refusal is about, by name, for a form that has to find its own line. */
  readonly values?: Readonly<Record<string, string | number>>
}

/** Reads words that are one string (a plain RFC 9457 `detail`) or both languages; null for anything else. */
function bothWords(value: unknown): BothWords | null {
  if (typeof value === 'string') return { zh: value, en: value }
  if (typeof value !== 'object' || value === null) return null
  const { zh, en } = value as Record<string, unknown>
  return typeof zh === 'string' && typeof en === 'string' ? { zh, en } : null
}

/**
 * Reads a problem document; null when it has no `code` or no words, and so tells a person nothing. Its `words`, in both languages,
 * go before `detail`, `rule` and `remedy`, which are in one.
 */
export function noticeOf(problem: unknown): Notice | null {
  if (typeof problem !== 'object' || problem === null) return null
  const { code, detail, rule, remedy, words, values } = problem as Record<string, unknown>
  const both = (typeof words === 'object' && words !== null ? words : {}) as Record<string, unknown>
  const what = bothWords(both['detail']) ?? bothWords(detail)
  if (typeof code !== 'string' || what === null) return null
  return {
    code,
    detail: what,
    rule: bothWords(both['rule']) ?? bothWords(rule),
    remedy: bothWords(both['remedy']) ?? bothWords(remedy),
    ...(isValues(values) ? { values } : {}),
  }
}

function isValues(values: unknown): values is Readonly<Record<string, string | number>> {
  return (
    typeof values === 'object' &&
    values !== null &&
    Object.values(values).every((value) => typeof value === 'string' || typeof value === 'number')
  )
}
