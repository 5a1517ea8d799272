import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { captures } from '../testing.ts'
import { LINE_COMMANDS } from './line-commands.ts'

/** The names in a captures file. */
function namesIn(file: string): string[] {
  const lines = readFileSync(new URL(`captures/${file}`, import.meta.url), 'utf8').split('\n')
  return lines
    .filter((line) => line.includes('|') && !line.startsWith('#'))
    .map((line) => line.split('|')[0]?.trim() ?? '')
}

function bytesIn(file: string): [name: string, bytes: Uint8Array][] {
  const capture = captures(import.meta.url, file)
  return namesIn(file).map((name) => [name, capture(name)])
}

/** CRC-16/XMODEM, by its definition, bit by bit. */
function crc16(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit += 1) crc = ((crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021) & 0xffff
  }
  return crc
}

describe('the captures agree with the rules of their protocols', () => {
  test.each(bytesIn('ssi.hex'))('SSI %s: length and sum', (_name, bytes) => {
    expect(bytes[0]).toBe(bytes.length - 2)
    const sum = bytes.subarray(0, -2).reduce((total, byte) => total + byte, 0)
    expect((sum + ((bytes.at(-2) ?? 0) << 8) + (bytes.at(-1) ?? 0)) & 0xffff).toBe(0)
  })

  test.each(bytesIn('gm65.hex'))('GM65 %s: CRC, or none asked for', (_name, bytes) => {
    const [high, low] = bytes.subarray(-2)
    const isUnchecked = high === 0xab && low === 0xcd
    if (!isUnchecked) expect(crc16(bytes.subarray(2, -2))).toBe(((high ?? 0) << 8) | (low ?? 0))
    expect([0x7e, 0x02]).toContain(bytes[0])
  })

  test('MK1000 data: LRC', () => {
    const data = captures(import.meta.url, 'multi-drop.hex')('data "A1" addr 30')
    expect(data.subarray(3).reduce((sum, byte) => sum ^ byte, 0)).toBe(0)
  })

  test('Honeywell header: both lengths', () => {
    const code = captures(import.meta.url, 'honeywell.hex')('Code128 LIB-000123 with header')
    const count = Number(Buffer.from(code.subarray(13, 17)).toString('latin1'))
    expect(new DataView(code.buffer, code.byteOffset).getUint32(2, true)).toBe(count + 14)
    expect(code).toHaveLength(21 + count)
  })
})

test('a GM65 is triggered and let go as published', () => {
  const capture = captures(import.meta.url, 'gm65.hex')
  expect(LINE_COMMANDS.gm65.trigger).toEqual(capture('trigger once, CRC skipped'))
  expect(LINE_COMMANDS.gm65.release).toEqual(capture('stop'))
})
