/** The hours of a week as the form holds them, and as they are sent. Pure. */

import type { OpenSpan } from '../../../../server/rating/hours/protocol.ts'

/** Morning and afternoon, as most halls have them. */
const SPANS_SHOWN = 2
const WEEK_DAYS = 7

export interface SpanField {
  from: string
  to: string
}

/** Every day with its fields, empty where it has no span: Monday first. */
export function weekFields(week: readonly (readonly OpenSpan[])[] | null): SpanField[][] {
  return Array.from({ length: WEEK_DAYS }, (_, day) => {
    const spans = week?.[day] ?? []
    return Array.from({ length: Math.max(SPANS_SHOWN, spans.length) }, (_none, nth) => ({
      ...{ from: spans[nth]?.from ?? '', to: spans[nth]?.to ?? '' },
    }))
  })
}

/** What the fields say; a span that was left empty is none. */
export function weekOf(fields: readonly (readonly SpanField[])[]): OpenSpan[][] {
  return fields.map((spans) =>
    spans.filter(({ from, to }) => from !== '' || to !== '').map(({ from, to }) => ({ from, to })),
  )
}

/** Whether they can be sent: no span half empty, none that ends before it begins or before the one before has ended, and one at least. */
export function isWeek(fields: readonly (readonly SpanField[])[]): boolean {
  const week = weekOf(fields)
  return (
    week.some((spans) => spans.length > 0) &&
    week.every((spans) =>
      spans.every(({ from, to }, nth) => from !== '' && from < to && from >= (spans[nth - 1]?.to ?? '')),
    )
  )
}
