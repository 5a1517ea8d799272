/** The first field in which somebody can write or choose; null where there is none. */
export function firstField(within: ParentNode): HTMLElement | null {
  const fields = within.querySelectorAll<HTMLElement>(
    ':is(input, select, textarea):enabled:not([tabindex="-1"], [readonly])',
  )
  for (const field of fields) if (field.checkVisibility() && !field.matches('.unseen')) return field
  return null
}
