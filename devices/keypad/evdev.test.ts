import { describe, expect, test } from 'vitest'
import { faults, framerLaws, joined, values } from '../testing.ts'
import { evdevFramer } from './evdev.ts'

/** One event, as little-endian bytes of a 64-bit kernel. */
function event(type: number, code: number, value: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(24))
  view.setBigUint64(0, 1_795_240_000n, true)
  view.setBigUint64(8, 123_456n, true)
  view.setUint16(16, type, true)
  view.setUint16(18, code, true)
  view.setUint32(20, value, true)
  return new Uint8Array(view.buffer)
}

const SYN = event(0, 0, 0)
const press = (code: number): Uint8Array => joined([event(1, code, 1), SYN])

framerLaws('key events', evdevFramer, {
  frames: [press(2), joined([event(1, 3, 0), SYN]), joined([event(1, 4, 2), SYN])],
  noise: new Uint8Array(48).fill(0xff),
  damaged: [],
  endless: new Uint8Array(5000).fill(0xff),
  resync: new Uint8Array(96).fill(0xff),
})

describe('an input device', () => {
  test('says which key went down, up, or is held', () => {
    const framer = evdevFramer()
    const bytes = joined([event(4, 4, 0x70002), press(2), event(1, 2, 2), SYN, event(1, 2, 0), SYN])
    expect(values(framer.push(bytes))).toEqual([
      { code: 2, change: 'down' },
      { code: 2, change: 'held' },
      { code: 2, change: 'up' },
    ])
  })

  test('that goes before the end of its report has pressed nothing', () => {
    const framer = evdevFramer()
    expect(framer.push(event(1, 2, 1))).toEqual([])
    expect(faults(framer.end())).toEqual(['line-cut'])
    expect(framer.push(SYN)).toEqual([])
  })

  test('counts what is no event, to the byte', () => {
    const framer = evdevFramer()
    framer.push(joined([new Uint8Array(30).fill(0xff), press(2)]))
    expect(framer.noise_bytes()).toBe(30)
  })
})
