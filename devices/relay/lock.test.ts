import { describe, expect, test } from 'vitest'
import { captures, faults, framerLaws, joined, values } from '../testing.ts'
import { lockFramer, openBytes, queryBytes } from './lock.ts'

const capture = captures(import.meta.url, 'lock.hex')

framerLaws('lock board answers', lockFramer, {
  frames: [
    capture('reply state 11'),
    capture('reply state 00'),
    Uint8Array.of(0x80, 0x01, 0x07, 0x11, 0x97),
    Uint8Array.of(0x80, 0x01, 0x07, 0x00, 0x86),
  ],
  noise: Uint8Array.of(0x00, 0x16, 0x41, 0xff),
  damaged: [Uint8Array.of(0x8a, 0x01, 0x01, 0x11, 0x9c), Uint8Array.of(0x80, 0x01, 0x07, 0x00, 0x87)],
  endless: new Uint8Array(1000).fill(0x41),
  resync: new Uint8Array(10),
})

test('commands are those of the board', () => {
  expect(openBytes({ board: 1, lock: 1 })).toEqual(capture('open board 1 lock 1'))
  expect(queryBytes({ board: 1, lock: 1 })).toEqual(capture('query lock 1'))
})

test.each([
  'open board 1 lock 1',
  'open all',
  'query lock 1',
  'query all',
  'firmware',
  'multi-open',
  'hold power on',
  'hold power off',
  'reply state 11',
  'reply state 00',
])('%s ends with the exclusive or of what stands before', (name) => {
  expect(capture(name).reduce((sum, byte) => sum ^ byte, 0)).toBe(0)
})

describe('a lock board', () => {
  test('that answers a question says how one lock is', () => {
    expect(values(lockFramer().push(Uint8Array.of(0x80, 0x02, 0x07, 0x11, 0x94)))).toEqual([
      { to: 'query', board: 2, lock: 7, state: '11' },
    ])
  })

  test('is not told from an echo by its answer to the command to open, and our own question is no answer', () => {
    expect(values(lockFramer().push(capture('open board 1 lock 1')))).toMatchObject([{ to: 'open' }])
    expect(lockFramer().push(capture('query lock 1'))).toEqual([])
  })

  test('with any bit flipped in an answer says nothing', () => {
    const raw = Uint8Array.of(0x80, 0x01, 0x07, 0x11, 0x97)
    for (let at = 0; at < raw.length; at += 1)
      for (let bit = 0; bit < 8; bit += 1) {
        const flipped = Uint8Array.from(raw)
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit)
        const framer = lockFramer()
        expect(values([...framer.push(flipped), ...framer.end()])).toEqual([])
      }
  })

  test('that is cut inside an answer is a fault, and noise is counted', () => {
    const framer = lockFramer()
    framer.push(joined([Uint8Array.of(1, 2, 3), capture('reply state 11'), Uint8Array.of(0x80, 0x01)]))
    expect(framer.begun()).toBe(true)
    expect(faults(framer.silence())).toEqual(['line-cut'])
    expect(framer.noise_bytes()).toBe(3)
  })
})
