import type { WiegandForm } from '../reading.ts'

/** A card of 26 bits has 24 of data (facility 8, card 16), one of 34 has 32 (16 and 16). */
export interface WiegandSettings {
  /** What the converter prints, and whether it turns the bytes round; `bits` are all of them, parity too. */
  readonly form: WiegandForm
  readonly bits: 26 | 34
}

/**
 * The number of a card as upper-case hexadecimal of its three or four bytes, first bit first, so that one card is one number behind whatever
 * converter; or null for text that is none of this form, or bits whose parity is wrong.
 */
export function wiegandNumber(text: string, { form, bits }: WiegandSettings): string | null {
  const digits = (bits - 2) / 4
  switch (form) {
    case 'hex':
    case 'hex-reversed': {
      if (!/^[0-9A-Fa-f]+$/.test(text) || text.length !== digits) return null
      const hex = text.toUpperCase()
      return form === 'hex' ? hex : reversed(hex)
    }
    case 'decimal':
    case 'decimal-reversed': {
      if (!/^\d{1,10}$/.test(text)) return null
      const hex = hexOf(Number(text), digits)
      return hex === null || form === 'decimal' ? hex : reversed(hex)
    }
    case 'facility-card': {
      const [, facility = '', card = ''] = /^(\d{1,5})[,: -](\d{1,5})$/.exec(text) ?? []
      if (facility === '') return null
      const front = hexOf(Number(facility), digits - 4)
      const back = hexOf(Number(card), 4)
      return front === null || back === null ? null : front + back
    }
    case 'bits':
      return fromBits(text, bits)
  }
}

/** The first bit makes the first half even, the last one the second half odd; each half with its own parity bit. */
function fromBits(text: string, bits: 26 | 34): string | null {
  if (!/^[01]+$/.test(text) || text.length !== bits) return null
  if (ones(text.slice(0, bits / 2)) % 2 !== 0 || ones(text.slice(bits / 2)) % 2 !== 1) return null
  return hexOf(Number.parseInt(text.slice(1, -1), 2), (bits - 2) / 4)
}

function ones(text: string): number {
  return text.replaceAll('0', '').length
}

function hexOf(number: number, digits: number): string | null {
  const hex = number.toString(16).toUpperCase()
  return hex.length > digits ? null : hex.padStart(digits, '0')
}

function reversed(hex: string): string {
  return (hex.match(/../g) ?? []).reverse().join('')
}
