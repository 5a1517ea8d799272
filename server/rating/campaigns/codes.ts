import { createHash, createHmac } from 'node:crypto'

/** Without the letters that are taken for digits or for each other (Crockford's base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** 80 bits: nobody guesses one of a million papers, and a voter can still type it. */
const CODE_BYTES = 10
const CODE_CHARACTERS = 16
const BITS = 5n
const GROUP = /.{4}(?=.)/g

/**
 * The codes of one issue. They follow from a seed that whoever issues them made up and sends along: asked for again, the same come, and when he
 * has closed his page nobody can make them a second time. We keep their hashes alone.
 * @param seed 64 hexadecimal digits
 */
export function codesOf(seed: string, count: number): string[] {
  return Array.from({ length: count }, (_, nth) => {
    const digest = createHmac('sha256', Buffer.from(seed, 'hex')).update(`ballot paper ${nth}`, 'utf8').digest()
    let number = BigInt(`0x${digest.subarray(0, CODE_BYTES).toString('hex')}`)
    let code = ''
    for (let at = 0; at < CODE_CHARACTERS; at += 1) {
      code = (ALPHABET[Number(number & 31n)] ?? '') + code
      number >>= BITS
    }
    return code.replaceAll(GROUP, '$&-')
  })
}

/** What is kept of a code, however it was typed; null for what is none. */
export function hashOfCode(typed: string): Buffer | null {
  const code = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  if (code.length !== CODE_CHARACTERS || [...code].some((sign) => !ALPHABET.includes(sign))) return null
  return createHash('sha256').update(`ballot paper ${code}`, 'utf8').digest()
}
