import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../module.ts'
import { canonicalText, parseEntry } from './entry.ts'

const entry = {
  v: 1,
  register: 'unit.dept-1',
  seq: 7,
  at: '2026-03-02T01:00:00.000Z',
  recordedAt: '2026-03-02T01:00:00.000Z',
  actor: 'zhang-wei',
  with: [],
  station: null,
  cause: 'request 1',
  type: 'test.happened',
} as const

const textOf = (body: JsonObject): string => canonicalText({ ...entry, body })

describe('an entry is read back', () => {
  it.each<JsonObject>([
    { subject: 'item/W1', n: 1, note: '金条 "千足" \n \u2028 😀', weight_mg: 1_000_000, share: 0.1 },
    // Objects of the language put these in the order of numbers, the canonical form does not.
    { '10': 'ten', '9': 'nine', a: { z: 1, '2': [{ b: 1, a: 2 }] } },
    { large: 1e21, small: 1e-7, '\ue000': 1, '\ud83d\ude00': 2 },
    { toString: 1, constructor: { prototype: null } },
  ])('from its canonical form: %j', (body) => {
    expect(parseEntry(textOf(body)).body).toEqual(body)
  })
})

describe('an entry is refused', () => {
  const text = textOf({ a: 1, b: [{ c: 'x' }] })
  it.each([
    ['members in another order', text.replace('"a":1,"b":[{"c":"x"}]', '"b":[{"c":"x"}],"a":1')],
    ['a member twice', text.replace('"a":1', '"a":1,"a":1')],
    ['a space', text.replace('"a":1', '"a": 1')],
    ['a number written otherwise', text.replace('"a":1', '"a":1.0')],
    ['minus zero', text.replace('"a":1', '"a":-0')],
    ['an escape that need not be', text.replace('"x"', '"\\u0078"')],
    ['numbers for names in the order of numbers', text.replace('"a":1', '"9":1,"10":1')],
  ])('with %s', (_what, altered) => {
    expect(altered).not.toBe(text)
    expect(() => parseEntry(altered)).toThrow('the text is not in canonical form')
  })
  it.each([
    ['no JSON', text.slice(1), 'the text is not JSON'],
    ['a list', `[${text}]`, 'the text is no object'],
    ['a member missing', text.replace('"cause":"request 1",', ''), 'the text has not the members of an entry'],
    ['another version', text.replace('"v":1', '"v":2'), 'entry version 2 is unknown'],
    ['no place', text.replace('"seq":7', '"seq":0'), 'seq is no positive integer'],
  ])('that is %s', (_what, altered, reason) => {
    expect(() => parseEntry(altered)).toThrow(reason)
  })
})
