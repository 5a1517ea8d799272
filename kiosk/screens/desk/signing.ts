/** One signature beside an act, as it is typed. */
export interface Signing {
  badge: string
  pin: string
}

/** The signatures that were given; an empty line is none. */
export function signaturesOf(signers: readonly Signing[]): readonly Signing[] {
  return signers.filter(({ badge, pin }) => badge.trim() !== '' && pin !== '')
}

/** Milligrams of a weight typed in grams, at most three decimals; null where it is none. */
export function milligramsOf(grams: string): number | null {
  const [, whole, rest = ''] = /^(\d{1,9})(?:\.(\d{1,3}))?$/.exec(grams.trim()) ?? []
  return whole === undefined ? null : Number(whole) * 1_000 + Number(rest.padEnd(3, '0'))
}

/** Fen of an amount typed in yuan, at most two decimals; null where it is none. */
export function fenOf(yuan: string): number | null {
  const [, whole, rest = ''] = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(yuan.trim()) ?? []
  return whole === undefined ? null : Number(whole) * 100 + Number(rest.padEnd(2, '0'))
}
