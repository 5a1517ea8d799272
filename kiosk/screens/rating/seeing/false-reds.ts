/** How many false reds a year somebody has typed. Pure. */

/** As many as can be set. */
export const FALSE_REDS_MOST = 100

/** A whole number from one on; null where it is none. */
export function falseRedsOf(typed: string): number | null {
  const text = typed.trim()
  if (!/^[0-9]{1,3}$/.test(text)) return null
  const reds = Number(text)
  return reds >= 1 && reds <= FALSE_REDS_MOST ? reds : null
}
