/**
 * What the symbol on a seal strip carries. A number of printable ASCII stands as it is. A number with Chinese characters cannot: a scanner that
 * types like a keyboard types none, one on a serial line sends GBK or UTF-8 as it happens to be set, and few heed an ECI. So such a number is
 * written in ASCII, `XF-` with Punycode (RFC 3492) and two check characters behind it, and turned back where it is read: nothing is looked up,
 * and a strip that was printed yesterday and is in no register yet reads back all the same.
 */

import { checkCharacters } from './check-characters.ts'

const PREFIX = 'XF-'
const CODED = /^XF-([\x20-\x7e]*)([0-9A-Z]{2})$/i
const PLAIN = /^[\x20-\x7e]+$/
/** Half of a character, and what is not seen or turns the text around it: no number has it, and no register or table takes the first. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u
/** What has room on a strip: a symbol of capitals and figures holds more of them. */
const DENSE = /^[0-9A-Z $%*+\-./:]{1,100}$/
const LOOSE_MAX = 64
/** How long a seal's number may be, and what a field takes into which it is scanned. */
export const SEAL_NUMBER_MAX = 40
export const SEAL_SCAN_MAX = 100

const BASE = 36
const T_MIN = 1
const T_MAX = 26
const SKEW = 38
const DAMP = 700
const BIAS = 72
const FIRST = 0x80
const LAST = 0x10ffff
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

/** What the symbol of this number carries; null where none can: the number is too long, or is none. */
export function sealPayload(number: string): string | null {
  const isPlain = PLAIN.test(number) && number.trim() === number && !CODED.test(number)
  const payload = isPlain ? number : `${PREFIX}${toPunycode(number)}${checkOf(number)}`
  const fits = DENSE.test(payload) || payload.length <= LOOSE_MAX
  const isNumber = number !== '' && number.length <= SEAL_NUMBER_MAX && !UNSEEN.test(number)
  return isNumber && fits ? payload : null
}

/** The number of a seal as it was scanned or typed: what `sealPayload` wrote is turned back, all else is the number itself. */
export function sealNumberIn(text: string): string {
  const [, punycode, check] = CODED.exec(text.trim()) ?? []
  const number = punycode === undefined ? null : fromPunycode(punycode)
  if (number === null || number.length > SEAL_NUMBER_MAX || UNSEEN.test(number)) return text
  return checkOf(number) === check?.toUpperCase() ? number : text
}

function checkOf(number: string): string {
  const points = [...number].map((one) => (one.codePointAt(0) ?? 0).toString(36).toUpperCase())
  return checkCharacters(`Z${points.join('Z')}`)
}

function adapted(delta: number, points: number, isFirst: boolean): number {
  let left = Math.floor(delta / (isFirst ? DAMP : 2))
  left += Math.floor(left / points)
  let k = 0
  for (; left > ((BASE - T_MIN) * T_MAX) >> 1; k += BASE) left = Math.floor(left / (BASE - T_MIN))
  return k + Math.floor(((BASE - T_MIN + 1) * left) / (left + SKEW))
}

function threshold(k: number, bias: number): number {
  return Math.min(Math.max(k - bias, T_MIN), T_MAX)
}

function toPunycode(text: string): string {
  const points = [...text].map((one) => one.codePointAt(0) ?? 0)
  const basic = points.filter((point) => point < FIRST)
  let written = String.fromCodePoint(...basic) + (basic.length > 0 ? '-' : '')
  let [n, delta, bias, handled] = [FIRST, 0, BIAS, basic.length]
  while (handled < points.length) {
    const from = n
    const next = Math.min(...points.filter((point) => point >= from))
    delta += (next - n) * (handled + 1)
    n = next
    for (const point of points) {
      if (point < n) delta += 1
      if (point !== n) continue
      let left = delta
      for (let k = BASE; ; k += BASE) {
        const t = threshold(k, bias)
        if (left < t) break
        written += DIGITS.charAt(t + ((left - t) % (BASE - t)))
        left = Math.floor((left - t) / (BASE - t))
      }
      written += DIGITS.charAt(left)
      bias = adapted(delta, handled + 1, handled === basic.length)
      delta = 0
      handled += 1
    }
    delta += 1
    n += 1
  }
  return written
}

/** Null for what no text was written as. */
function fromPunycode(written: string): string | null {
  const cut = written.lastIndexOf('-')
  const points = [...written.slice(0, Math.max(cut, 0))].map((one) => one.codePointAt(0) ?? 0)
  const digits = [...written.slice(cut + 1).toUpperCase()].map((one) => DIGITS.indexOf(one))
  if (digits.includes(-1)) return null
  let [n, i, bias] = [FIRST, 0, BIAS]
  for (let at = 0; at < digits.length;) {
    const before = i
    for (let [k, weight] = [BASE, 1]; ; k += BASE) {
      const digit = digits[at]
      if (digit === undefined) return null
      at += 1
      i += digit * weight
      const t = threshold(k, bias)
      if (digit < t) break
      weight *= BASE - t
      if (i > Number.MAX_SAFE_INTEGER / BASE) return null
    }
    const count = points.length + 1
    bias = adapted(i - before, count, before === 0)
    n += Math.floor(i / count)
    i %= count
    if (n > LAST) return null
    points.splice(i, 0, n)
    i += 1
  }
  return String.fromCodePoint(...points)
}
