import { beforeAll, expect, test } from 'vitest'
import { BadReport, openReport, REPORT_MAX, SEALED_REPORT_BYTES, sealReport } from './report.ts'
import { newTallyKeyPair, sealing } from './seal.ts'

beforeAll(() => sealing)

test.each(['短', '𠮷'.repeat(REPORT_MAX)])(
  'a report is opened by its addressee alone, and has one length (%#)',
  (words) => {
    const key = newTallyKeyPair()
    const sealed = sealReport(words, key.publicKey)
    expect(sealed).toHaveLength(SEALED_REPORT_BYTES)
    expect(openReport(sealed, key)).toBe(words)
    expect(() => openReport(sealed, newTallyKeyPair())).toThrow()
  },
)

test.each(['', '  ', '字'.repeat(REPORT_MAX + 1)])('what is empty or too long is none (%#)', (words) => {
  expect(() => sealReport(words, newTallyKeyPair().publicKey)).toThrow(BadReport)
})
