import { describe, expect, it } from 'vitest'
import { Value } from 'typebox/value'
import { approvalsModule } from '../approvals/module.ts'
import { custodyDeeds } from './module.ts'
import { caseNumber, instant, schemas } from './schemas.ts'

describe('an instant', () => {
  it.each(['2026-02-28T00:00:00.000Z', '2024-02-29T23:59:59.999Z', '2038-01-19T03:14:08.000Z'])('takes %s', (text) => {
    expect(Value.Check(instant, text)).toBe(true)
  })

  it.each([
    '2026-02-30T00:00:00.000Z',
    '2025-02-29T00:00:00.000Z',
    '2026-13-01T00:00:00.000Z',
    '2026-00-00T00:00:00.000Z',
    '2026-01-32T00:00:00.000Z',
    '2026-01-01T24:00:00.000Z',
    '2026-01-01T00:00:00Z',
    '2026-01-01T00:00:00.000+08:00',
    '0000-00-00T00:00:00.000Z',
  ])('is not %s', (text) => {
    expect(Value.Check(instant, text)).toBe(false)
  })
})

describe('a text', () => {
  const unseen = ['\u0000', '\u001b[2J', '\u007f', '\u0085', '\u200b', '\u200e', '\u2028', '\u202e', '\u2066', '\ufeff']
  const ask = approvalsModule(custodyDeeds).handlers['approvals.grant']!.schema

  it.each(unseen)('holds nothing that is not seen or turns it around: %j', (hidden) => {
    const text = `金${hidden}条`
    const named = { items: ['W0126000000100'], kind: 'damage', note: text }
    expect(Value.Check(schemas['custody.incident'], named)).toBe(false)
    expect(Value.Check(caseNumber, text)).toBe(false)
    expect(Value.Check(ask, { approval: '00000000-0000-7000-8000-000000000000', opinion: text })).toBe(false)
  })

  it('may hold lines, rare characters and whatever a formula begins with', () => {
    for (const note of ['第一行\n第二行', '𠮷野家', '=1+1', "'; drop table", '^XZ ~JR']) {
      expect(Value.Check(schemas['custody.incident'], { items: ['W0126000000100'], kind: 'damage', note })).toBe(true)
    }
  })
})
