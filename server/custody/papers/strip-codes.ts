/** What a label is drawn as that is a seal strip (rules T-16). */
export const STRIP_TEMPLATE = 'seal-strip'

/**
 * By what the strips of one number of an item are told apart from its cards: its code and the number. Several strips may close one bag, so each
 * counts beside the others, and none is void because another was printed.
 */
export function stripCode(item: string, number: string): string {
  return `${item} ${number}`
}

/** What a label hangs on: a strip's item, else what its code names. */
export function carrierOf(labelCode: string): string {
  return labelCode.split(' ', 1)[0] ?? labelCode
}

/** The number on a strip; null where the code is no strip's. */
export function numberOfStrip(labelCode: string): string | null {
  const at = labelCode.indexOf(' ')
  return at === -1 ? null : labelCode.slice(at + 1)
}
