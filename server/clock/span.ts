/** How long something may take: `24h`, `30d`, `15wd` (working days) or `6M`, as the rules write it. */
export interface Span {
  readonly count: number
  readonly unit: 'hours' | 'days' | 'working-days' | 'months'
}

const UNITS = { h: 'hours', d: 'days', wd: 'working-days', M: 'months' } as const satisfies Record<string, Span['unit']>

/** What a span may be written as; no span of the law is longer than three digits. */
export const SPAN_PATTERN = '^[1-9][0-9]{0,2}(h|d|wd|M)$'
const SPAN = new RegExp(SPAN_PATTERN)

/** @throws RangeError for anything that is no span */
export function parseSpan(text: string): Span {
  if (!SPAN.test(text)) throw new RangeError(`${text} is no span`)
  const count = Number.parseInt(text, 10)
  return { count, unit: UNITS[text.slice(String(count).length) as keyof typeof UNITS] }
}
