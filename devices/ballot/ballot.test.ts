import { beforeAll, describe, expect, test } from 'vitest'
import { BadBallot, BALLOT_BYTES, type BallotContent, decodeBallot, encodeBallot, WORDS_MAX } from './ballot.ts'
import { newTallyKeyPair, openBallot, sealBallot, SEALED_BYTES, sealing } from './seal.ts'

const short: BallotContent = {
  ...{ v: 1, questionnaire: 'hall-service@1', level: 5, answers: {}, reasons: [], words: null },
  key: { code: '03', profile: 'ff68', version: 1 },
}
const full: BallotContent = {
  ...short,
  level: 1,
  answers: { attitude: 1, quality: 2, efficiency: 1, integrity: 3 },
  reasons: ['slow', 'rude'],
  words: '𠮷'.repeat(WORDS_MAX),
  key: null,
}

beforeAll(() => sealing)

describe('a ballot', () => {
  test.each([short, full])('reads back as it was, and has one length (%#)', (content) => {
    const bytes = encodeBallot(content)
    expect(bytes).toHaveLength(BALLOT_BYTES)
    expect(decodeBallot(bytes)).toEqual(content)
  })

  test.each([
    { ...full, words: '字'.repeat(WORDS_MAX + 1) },
    { ...full, words: '' },
    { ...full, level: 6 },
    { ...full, level: 0 },
    { ...full, answers: { attitude: 9 } },
    { ...full, answers: { 'a b': 1 } },
    { ...full, reasons: Array.from({ length: 9 }, () => 'slow') },
    { ...full, v: 2 },
    { ...full, key: { code: '03' } },
  ])('beyond its form is none (%#)', (content) => {
    expect(() => encodeBallot(content as BallotContent)).toThrow(BadBallot)
    const bytes = encodeBallot(short)
    const text = new TextEncoder().encode(JSON.stringify(content))
    new DataView(bytes.buffer).setUint16(0, text.length)
    bytes.set(text.subarray(0, BALLOT_BYTES - 2), 2)
    expect(() => decodeBallot(bytes)).toThrow(BadBallot)
  })

  test('of garbage is none', () => {
    expect(() => decodeBallot(new Uint8Array(BALLOT_BYTES).fill(0xff))).toThrow(BadBallot)
    expect(() => decodeBallot(new Uint8Array(BALLOT_BYTES))).toThrow(BadBallot)
    expect(() => decodeBallot(new Uint8Array(10))).toThrow(BadBallot)
  })
})

describe('a sealed ballot', () => {
  test('only the tally opens it; all have one length, and no two are equal', () => {
    const key = newTallyKeyPair()
    const sealed = [short, full, short].map((content) => sealBallot(content, key.publicKey))
    expect(sealed.map(({ length }) => length)).toEqual([SEALED_BYTES, SEALED_BYTES, SEALED_BYTES])
    expect(sealed[0]).not.toEqual(sealed[2])
    expect(sealed.map((one) => openBallot(one, key))).toEqual([short, full, short])
    const other = newTallyKeyPair()
    expect(() => openBallot(sealed[0] ?? new Uint8Array(), other)).toThrow()
  })

  test('with one bit changed opens no more', () => {
    const key = newTallyKeyPair()
    const sealed = sealBallot(short, key.publicKey)
    sealed[500] = (sealed[500] ?? 0) ^ 1
    expect(() => openBallot(sealed, key)).toThrow()
  })
})
