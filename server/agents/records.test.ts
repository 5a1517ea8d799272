import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { frameOf, type JournalRecord, RECORD_BYTES_MAX, sealRecord } from '../../devices/journal-record.ts'
import type { Reading, ReadingValue } from '../../devices/reading.ts'
import { CODE_BYTES_MAX } from '../../devices/scanner/scan.ts'
import { readRecord } from './records.ts'

const { privateKey } = generateKeyPairSync('ed25519')
const LONG = '7'.repeat(CODE_BYTES_MAX)

function recorded(raw: string, value: ReadingValue): JournalRecord {
  const reading: Omit<Reading, 'raw'> = {
    ...{ id: '0193a1b2-0000-7000-8000-000000000001', station: 'bench-1', device: 'scanner-1', deviceKind: 'scanner' },
    at: '2026-11-21T00:00:00.000Z',
    value,
  }
  return {
    ...{ n: 1, prev: '', at: reading.at, mono_ms: 0.5, run: '0'.repeat(16) },
    reading: { ...reading, raw: Buffer.from(raw).toString('base64') },
  }
}

/** Whatever a driver tells and a journal keeps is read: a record that is not would hold up all that come after it. */
test.each<[string, string, ReadingValue]>([
  ['the longest code', LONG, { kind: 'scan', text: LONG, symbology: 'Q1', repeats: null }],
  ['a badge as long as a code', LONG, { kind: 'badge', badge: LONG, repeats: null }],
  ['a weight below zero', 'S S -1 g', { kind: 'weight', weight_mg: -1000, stable: true }],
  [
    'a fault with the words of its device',
    'EL',
    { kind: 'fault', fault: { code: 'device-error', detail: 'EL', words: { zh: '错误', en: 'error' } } },
  ],
  ['a fault that a reader tells at length', '', { kind: 'fault', fault: { code: 'device-error', detail: LONG } }],
])('%s is kept and read', (_what, raw, value) => {
  const record = recorded(raw, value)
  const sealed = sealRecord(record, privateKey)
  expect(frameOf(sealed).length).toBeLessThanOrEqual(RECORD_BYTES_MAX)
  expect(readRecord(sealed.text)).toEqual(record)
})
