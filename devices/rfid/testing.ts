import { readFileSync } from 'node:fs'

/** Every `NAME | HEX` line of a file in `captures/`. */
export function everyCapture(file: string): (readonly [name: string, bytes: Uint8Array])[] {
  return readFileSync(new URL(`captures/${file}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line.includes('|') && !line.startsWith('#'))
    .map((line) => {
      const [name = '', hex = ''] = line.split('|').map((part) => part.trim())
      return [name, Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))]
    })
}

/** The same bytes with one bit turned. */
export function flipped(bytes: Uint8Array, at: number, bit = 0): Uint8Array {
  const copy = Uint8Array.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ (1 << bit)
  return copy
}
