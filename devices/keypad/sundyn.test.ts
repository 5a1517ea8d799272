import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { captures } from '../testing.ts'
import { readTabletAnswer, tabletCommandBytes } from './sundyn.ts'

const capture = captures(import.meta.url, 'sundyn.hex')
const utf8 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'utf8'))
const rating = { is: 'rating', key: '2', seen: '1001\u00002026-11-21 09:00:00' }

test('commands are those of the tablet', () => {
  expect(tabletCommandBytes('welcome')).toEqual(capture('S01E welcome'))
  expect(tabletCommandBytes('rate')).toEqual(capture('S02E rate'))
  expect(tabletCommandBytes('poll')).toEqual(capture('SE poll'))
})

describe('an answer', () => {
  test('of a rating is one, with or without an acknowledgement behind it', () => {
    expect(readTabletAnswer(capture('result, key 2'))).toEqual([rating])
    expect(readTabletAnswer(Buffer.concat([capture('result, key 2'), capture('RecvCmdOK')]))).toEqual([
      rating,
      { is: 'done' },
    ])
  })

  test.each([
    ['', []],
    ['RecvCmdOK', ['done']],
    ['RecvCmdOKRecvCmdOK', ['done', 'done']],
    ['S02||02:00:00:00:00:01||09:00||王某||13800000000||无||E', ['other']],
    ['S24||请改进||ES02||1||3||||9||t||||||||ERecvCmdOK', ['other', 'rating', 'done']],
    ['S94||10,20||ERecvCmdOK', ['other', 'done']],
    ['S99||Version=3.1||mac||02:00:00:00:00:01||E', ['other']],
    ['S02||1||3||||9||t||||||', ['cut']],
    ['S02||1||33333333333||||9||t||||||||E', ['garbled']],
    ['S02||1||||||9||t||||||||E', ['garbled']],
  ])('%j is %j', (text, kinds) => {
    expect(readTabletAnswer(utf8(text)).map(({ is }) => is)).toEqual(kinds)
  })

  test('that is no text is garbled', () => {
    expect(readTabletAnswer(Uint8Array.of(0x53, 0xff, 0x45))).toEqual([{ is: 'garbled' }])
  })

  test('of a rating that is cut anywhere is no rating', () => {
    const whole = capture('result, key 2')
    for (let length = 0; length < whole.length; length += 1)
      expect(readTabletAnswer(whole.subarray(0, length)).filter(({ is }) => is === 'rating')).toEqual([])
  })

  test('of any bytes throws nothing', () => {
    const word = fc.constantFrom('S02||', '||', 'E', 'RecvCmdOK', 'S', '1001', '\u0000', '满意')
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.array(word, { maxLength: 30 }).map((some) => utf8(some.join(''))),
        ),
        (bytes) => {
          readTabletAnswer(bytes)
        },
      ),
      { numRuns: 10_000, seed: 20_261_121 },
    )
  })
})
