import { describe, expect, test } from 'vitest'
import { captures, faults, framerLaws, joined, values } from '../../testing.ts'
import type { ScanningFramer } from '../scanning.ts'
import { everyCapture, flipped } from '../testing.ts'
import { A0, a0Access, a0Command, a0Framer, a0Inventory, a0Match, a0Read } from './a0.ts'
import { BB, bbAccess, bbCommand, bbFramer, bbInventory, bbPower, bbRead, bbSelect, bbTag, bbWrite } from './bb.ts'
import { gen2Crc } from './crc.ts'
import { U18, u18Command, u18Framer, u18Read, u18Tags } from './uhfreader18.ts'

const folder = new URL('..', import.meta.url).href
const a0 = captures(folder, 'a0.hex')
const bb = captures(folder, 'bb.hex')
const bbTags = captures(folder, 'bb-tags.hex')
const u18 = captures(folder, 'uhfreader18.hex')

describe.each<[string, () => ScanningFramer<unknown>]>([
  ['a0.hex', a0Framer],
  ['bb.hex', bbFramer],
  ['bb-tags.hex', bbFramer],
  ['uhfreader18.hex', u18Framer],
])('every capture of %s', (file, make) => {
  test.each(everyCapture(file))('%s is one frame, and none with any bit turned', (_name, bytes) => {
    expect(make().push(bytes)).toMatchObject([{ raw: bytes, fault: null }])
    for (let at = 0; at < bytes.length; at += 1)
      for (let bit = 0; bit < 8; bit += 1) {
        const framer = make()
        const read = [...framer.push(flipped(bytes, at, bit)), ...framer.silence()]
        expect(read.filter(({ raw, fault }) => fault === null && raw.length === bytes.length)).toEqual([])
      }
  })
})

test('the published frame with a wrong check is none', () => {
  const [, bytes = new Uint8Array(0)] = everyCapture('a0-damaged.hex')[0] ?? []
  const framer = a0Framer()
  expect(faults([...framer.push(bytes), ...framer.push(a0('tag'))])).toEqual(['line-garbled'])
})

framerLaws('A0 frames', a0Framer, {
  frames: everyCapture('a0.hex').map(([, bytes]) => bytes),
  noise: Uint8Array.of(0x00, 0xff, 0x13),
  damaged: [flipped(a0('tag'), 9), flipped(a0('set antenna ok'), 4), flipped(a0('tag 2'), 20, 7)],
  endless: new Uint8Array(5000).fill(0x55),
  resync: new Uint8Array(260),
})
framerLaws('BB frames', bbFramer, {
  frames: [...everyCapture('bb.hex'), ...everyCapture('bb-tags.hex')].map(([, bytes]) => bytes),
  noise: Uint8Array.of(0x00, 0x7e, 0x13),
  damaged: [flipped(bbTags('tag -55 dBm'), 9), flipped(bb('stop ok'), 5), flipped(bb('error: no tag'), 7)],
  endless: new Uint8Array(5000).fill(0x55),
  resync: new Uint8Array(520),
})
framerLaws('UHFReader18 frames', u18Framer, {
  frames: everyCapture('uhfreader18.hex').map(([, bytes]) => bytes),
  noise: Uint8Array.of(0x00, 0x02, 0x00),
  damaged: [flipped(u18('no tag'), 3), flipped(u18('single-tag reply, one EPC'), 9)],
  endless: joined([new Uint8Array(5000).fill(0x55), new Uint8Array(260)]),
  resync: new Uint8Array(260),
})

describe('silence', () => {
  test('ends the wait for a frame that noise promised, and what stood behind it is read', () => {
    const framer = u18Framer()
    expect(framer.push(Uint8Array.of(0xf0, 0x00, 0x01))).toEqual([])
    expect(framer.push(u18('no tag'))).toEqual([])
    expect(framer.begun()).toBe(true)
    const read = framer.silence()
    expect(values(read)).toEqual([{ address: 0, command: 1, body: Uint8Array.of(0xfb) }])
    expect(read[0]).toMatchObject({ raw: Uint8Array.of(0xf0, 0x00, 0x01), fault: { code: 'protocol' } })
    expect(framer.begun()).toBe(false)
  })
})

describe('A0', () => {
  const inventory = (name: string) =>
    a0Framer()
      .push(a0(name))
      .map(({ meaning }) => meaning && a0Inventory(meaning))

  test('makes the commands of the captures', () => {
    expect(a0Command(A0.FIRMWARE, [], 1)).toEqual(a0('get firmware'))
    expect(a0Command(A0.SET_ANTENNA, [0], 1)).toEqual(a0('set antenna 0'))
    expect(a0Command(A0.INVENTORY, [1], 1)).toEqual(a0('real-time inventory, 1 round'))
    expect(a0Command(A0.SESSION_INVENTORY, [1, 0, 1], 1)).toEqual(a0('session inventory S1 A x1'))
    const epc = Uint8Array.from(Buffer.from('112233445566778899' + '00AABB', 'hex'))
    expect(a0Match(epc).subarray(3, -1)).toEqual(a0('EPC match set').subarray(3, -1))
  })

  test.each([
    ['tag', '3008' + '33B2DDD9014000000001', 1, -74],
    ['tag 2', 'E20030166613012115507' + '4EF', 1, -60],
    ['tag with SGTIN-96', '3074257BF7194E4000001A85', 1, -60],
    ['tag (8B)', '300966378' + '1DB02974876FC6A', 1, -26],
  ])('reads %s', (name, epc, antenna, rssi_dbm) => {
    expect(inventory(name)).toEqual([{ kind: 'tag', sighting: { epc, tid: null, antenna, rssi_dbm, count: 1 } }])
  })

  test('reads the end of a round, an error, and no answer to something else', () => {
    expect(inventory('end: rate 17/s, 5 reads')).toEqual([{ kind: 'end', reads: 5 }])
    expect(inventory('end (8B) rate 25, 1 read')).toEqual([{ kind: 'end', reads: 1 }])
    expect(inventory('set antenna ok')).toEqual([null])
    expect(a0Inventory({ address: 1, command: A0.INVENTORY, data: Uint8Array.of(0x22) })).toEqual({
      kind: 'error',
      code: 0x22,
    })
  })

  test('an eighth antenna is told by the bit above the strength', () => {
    const data = Uint8Array.of(0x07, 0x08, 0x00, 0xd4, 0x01, 0x80 | 60)
    expect(a0Inventory({ address: 1, command: A0.INVENTORY, data })).toMatchObject({
      sighting: { epc: 'D401', antenna: 8, rssi_dbm: -69 },
    })
  })

  test('reads what was read of a tag, and refuses an answer that contradicts itself', () => {
    const data = Uint8Array.of(0, 1, 10, 0x08, 0x00, 0xd4, 0x01, 0xaa, 0xbb, 0xe2, 0x80, 0x11, 0x60, 4, 1, 1)
    const frame = { address: 1, command: A0.READ, data }
    expect(a0Access(frame)).toEqual({ epc: 'D401', data: Uint8Array.of(0xe2, 0x80, 0x11, 0x60), tags: 1 })
    expect(a0Access({ ...frame, data: data.subarray(1) })).toBeNull()
    expect(a0Access({ ...frame, data: Uint8Array.of(0x36) })).toEqual({ code: 0x36 })
    expect(a0Read(2, 0, 6).subarray(3, 7)).toEqual(Uint8Array.of(0x81, 2, 0, 6))
  })
})

describe('BB', () => {
  test('makes the commands of the captures', () => {
    expect(bbCommand(BB.TAG)).toEqual(bb('single inventory'))
    expect(bbInventory(10_000)).toEqual(bb('multi inventory 10000'))
    expect(bbCommand(BB.STOP)).toEqual(bb('stop'))
    expect(bbCommand(BB.MODULE, [0])).toEqual(bb('hardware version'))
    expect(bbCommand(0xb7)).toEqual(bb('get power'))
    expect(bbPower(20)).toEqual(bb('set power 20 dBm'))
    expect(bbRead(3, 0, 2, 0xffff)).toEqual(bb('read user bank 2 words'))
    expect(bbWrite(3, 0, Uint8Array.of(0x12, 0x34, 0x56, 0x78), 0xffff)).toEqual(bb('write user bank 12345678'))
  })

  test.each([
    ['tag -55 dBm', '30751FEB705C5904E3D50D70', -55],
    ['tag -60 dBm', 'E200001D7315016521408FC6', -60],
    ['tag -53 dBm', 'E200471BB000601304450' + '9D0', -53],
  ])('reads %s with the CRC of the tag itself', (name, epc, rssi_dbm) => {
    const [frame] = values(bbFramer().push(bbTags(name)))
    if (frame === undefined) throw new Error('no frame')
    expect(bbTag(frame)).toEqual({ epc, tid: null, antenna: 1, rssi_dbm, count: 1 })
    expect(bbTag({ ...frame, parameter: flipped(frame.parameter, 5) })).toBeNull()
    expect(bbTag({ ...frame, parameter: flipped(frame.parameter, 2) })).toBeNull()
  })

  test('reads a frame that has its end byte inside', () => {
    const frame = bbCommand(BB.WRITE, [0x7e, 0xbb, 0x7e, 0x00, 0x7e])
    expect(values(bbFramer().push(joined([frame, frame])))).toHaveLength(2)
  })

  test('reads what was read of a tag', () => {
    const parameter = Uint8Array.of(4, 0x08, 0x00, 0xd4, 0x01, 0xe2, 0x80)
    expect(bbAccess({ type: 1, command: BB.READ, parameter })).toEqual({ epc: 'D401', data: Uint8Array.of(0xe2, 0x80) })
    expect(bbAccess({ type: 1, command: BB.READ, parameter: parameter.subarray(0, 3) })).toBeNull()
  })

  test('selects by the whole EPC', () => {
    const [select] = bbSelect(Uint8Array.of(0xd4, 0x01))
    expect(select).toEqual(bbCommand(BB.SELECT, [1, 0, 0, 0, 0x20, 16, 0, 0xd4, 0x01]))
  })

  test('knows the published CRC of the air', () => {
    expect(gen2Crc(Uint8Array.from(Buffer.from('340030751FEB705C5904E3D50D70', 'hex')))).toBe(0x3a76)
  })
})

describe('UHFReader18', () => {
  const body = (name: string) => values(u18Framer().push(u18(name)))[0]?.body ?? new Uint8Array(0)

  test('makes the commands of the captures', () => {
    expect(u18Command(U18.INVENTORY, [], 0)).toEqual(u18('inventory adr 00'))
    expect(u18Command(U18.INVENTORY, [2, 0], 0)).toEqual(u18('inventory with TID params'))
    expect(u18Command(U18.READER, [], 0)).toEqual(u18('reader info'))
    expect(u18Command(U18.READER)).toEqual(u18('reader info broadcast'))
    expect(u18Command(U18.STOP, [], 0)).toEqual(u18('stop'))
  })

  test.each([
    ['single-tag reply, one EPC', 'E284361100001000094944AA'],
    ['inventory reply SGTIN-96', '3074257BF7194E4000001A85'],
  ])('reads %s', (name, epc) => {
    expect(u18Tags(body(name), 'epc')).toEqual([{ epc, tid: null, antenna: 1, rssi_dbm: null, count: 1 }])
  })

  test('reads what a model says beside the EPC, and refuses what does not come out even', () => {
    const both = Uint8Array.of(1, 0x04, 2, 2, 0xd4, 0x01, 0xc9, 4, 0xd4, 0x02, 0xd4, 0x03, 0xbf)
    expect(u18Tags(both, 'antenna-epc-rssi')).toEqual([
      { epc: 'D401', tid: null, antenna: 3, rssi_dbm: -55, count: 1 },
      { epc: 'D402D403', tid: null, antenna: 3, rssi_dbm: -65, count: 1 },
    ])
    const one = Uint8Array.of(1, 1, 2, 0xd4, 0x01, 0xc9)
    expect(u18Tags(one, 'epc-rssi')).toMatchObject([{ epc: 'D401', rssi_dbm: -55 }])
    for (const records of ['epc', 'antenna-epc-rssi'] as const) expect(u18Tags(one, records)).toBeNull()
    expect(u18Tags(both.subarray(0, -1), 'antenna-epc-rssi')).toBeNull()
  })

  test('reads and writes name the tag by its EPC', () => {
    const [frame] = values(u18Framer().push(u18Read(Uint8Array.of(0xd4, 0x01), 2, 0, 6)))
    expect(frame).toEqual({ address: 0xff, command: 2, body: Uint8Array.of(1, 0xd4, 0x01, 2, 0, 6, 0, 0, 0, 0) })
  })
})
