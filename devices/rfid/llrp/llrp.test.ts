import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { captures, framerLaws, joined, values } from '../../testing.ts'
import { hexBytes } from '../bytes.ts'
import { everyCapture } from '../testing.ts'
import { capabilitiesIn, eventsIn, reportIn, statusIn } from './answers.ts'
import { llrpFramer, llrpMessage, MESSAGE } from './message.ts'
import { PARAMETER, parameters, tlv } from './parameter.ts'
import {
  addAccessSpec,
  addRoSpec,
  closeConnection,
  deleteRoSpecs,
  enableReports,
  getCapabilities,
  keepaliveAck,
  orderRoSpec,
  setConfig,
} from './requests.ts'

const capture = captures(new URL('..', import.meta.url).href, 'llrp.hex')
const SGTIN = 'RO_ACCESS_REPORT SGTIN, ant 1, -55 dBm, count 3'
const GIAI = 'RO_ACCESS_REPORT GIAI-202 as EPCData 208 bit'
const SHORT = 'RO_ACCESS_REPORT 32-bit EPC, ant 2, -65 dBm'

function body(bytes: Uint8Array): Uint8Array {
  return values(llrpFramer().push(bytes))[0]?.body ?? new Uint8Array(0)
}

test.each(everyCapture('llrp.hex'))('%s is one message of its length', (_name, bytes) => {
  expect(llrpFramer().push(bytes)).toMatchObject([{ raw: bytes, fault: null }])
})

test('every answer, event and report of the captures has parameters that come out even', () => {
  const told = everyCapture('llrp.hex').filter(([name]) => /_RESPONSE|^REN|REPORT |^ERROR/.test(name))
  expect(told).toHaveLength(17)
  for (const [name, bytes] of told) {
    const skipped = name.startsWith('GET_SUPPORTED_VERSION') ? 2 : 0
    expect(parameters(body(bytes).subarray(skipped)), name).not.toBeNull()
  }
})

framerLaws('LLRP messages', () => llrpFramer(1000), {
  frames: everyCapture('llrp.hex').map(([, bytes]) => bytes),
  noise: Uint8Array.of(0x00, 0xff, 0x80),
  damaged: [
    Uint8Array.of(0x04, 0x3e, 0, 0, 0, 9, 0, 0, 0, 0x64),
    Uint8Array.of(0x04, 0x3e, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0x64),
    Uint8Array.of(0x1c, 0x3e, 0, 0, 0, 10, 0, 0, 0, 0x64),
  ],
  endless: new Uint8Array(5000).fill(0xff),
  resync: new Uint8Array(1000),
})

describe('requests', () => {
  test('are the captures', () => {
    expect(getCapabilities(1)).toEqual(capture('GET_READER_CAPABILITIES all'))
    expect(deleteRoSpecs(0x67)).toEqual(capture('DELETE_ROSPEC 0'))
    expect(orderRoSpec(0x69, 'ENABLE_ROSPEC')).toEqual(capture('ENABLE_ROSPEC 1'))
    expect(orderRoSpec(0x6a, 'START_ROSPEC')).toEqual(capture('START_ROSPEC 1'))
    expect(orderRoSpec(0x6b, 'STOP_ROSPEC')).toEqual(capture('STOP_ROSPEC 1'))
    expect(keepaliveAck(0x64)).toEqual(capture('KEEPALIVE_ACK'))
    expect(enableReports(4)).toEqual(capture('ENABLE_EVENTS_AND_REPORTS'))
    expect(closeConnection(0x6c)).toEqual(capture('CLOSE_CONNECTION'))
  })

  test('for an inventory differ from the capture only in what is reported', () => {
    const wanted = Uint8Array.from(capture('ADD_ROSPEC'))
    wanted[wanted.length - 1] = 0xc0
    expect(addRoSpec(0x68, { antennas: [], powerIndex: null })).toEqual(wanted)
  })

  test('set the power of each antenna', () => {
    const bytes = addRoSpec(1, { antennas: [1, 3], powerIndex: 20 })
    const hex = Buffer.from(bytes).toString('hex')
    for (const antenna of ['0001', '0003']) expect(hex).toContain(`00de0010${antenna}00e0000a000100010014`)
  })

  test('ask for life signs as the capture does, and for events', () => {
    const asked = setConfig(0x66, 10_000)
    expect(asked.slice(-9)).toEqual(capture('SET_READER_CONFIG keepalive 10 s').slice(-9))
    expect(Buffer.from(asked).toString('hex')).toContain('00f4001900f5000700038000f5000700048000f50007000880')
  })

  test('for an access nest as the standard says', () => {
    const access = { write: { bank: 1, pointer: 2, data: Uint8Array.of(0xd4, 0x02) } }
    const bytes = addAccessSpec(5, { id: 9, antenna: 1, epc: Uint8Array.of(0xd4, 0x01), access })
    const [spec] = parameters(body(bytes)) ?? []
    expect(spec?.type).toBe(PARAMETER.ACCESSSPEC)
    const inner = parameters(spec?.value.subarray(12) ?? new Uint8Array(0))
    expect(inner?.map(({ type }) => type)).toEqual([208, 209, 239])
    const command = parameters(inner?.[1]?.value ?? new Uint8Array(0))
    expect(command).toEqual([
      { type: 338, value: hexBytes('0153000f6000200010ffff0010d401') },
      { type: 342, value: hexBytes('000100000000400002' + '0001d402') },
    ])
  })
})

describe('answers', () => {
  test('tell how it went', () => {
    expect(statusIn(body(capture('ENABLE_ROSPEC_RESPONSE ok')))).toEqual({ code: 0, text: '' })
    expect(statusIn(body(capture('ENABLE_ROSPEC_RESPONSE P_ParameterError')))).toEqual({ code: 200, text: '' })
    expect(statusIn(body(capture('ERROR_MESSAGE unsupported version')))).toEqual({ code: 110, text: '' })
    expect(statusIn(Uint8Array.of(1, 31))).toBeNull()
  })

  test('tell of the connection and of antennas', () => {
    expect(eventsIn(body(capture('REN connection ok')))).toEqual([{ event: 'connection', status: 0 }])
    expect(eventsIn(body(capture('REN refused, client connection exists')))).toEqual([
      { event: 'connection', status: 2 },
    ])
    expect(eventsIn(body(capture('REN connection close event')))).toEqual([{ event: 'closing' }])
    const antenna = tlv(246, tlv(128, new Uint8Array(8)), tlv(255, [0], [0, 2]), tlv(1023, [0, 0, 1, 1]))
    expect(eventsIn(Uint8Array.from(antenna))).toEqual([{ event: 'antenna', antenna: 2, connected: false }])
    const exception = tlv(246, tlv(252, [0, 2], [0x68, 0x69], tlv(999)), tlv(251))
    expect(eventsIn(Uint8Array.from(exception))).toEqual([{ event: 'exception', text: 'hi' }, { event: 'overflow' }])
  })

  test('tell what a reader can do', () => {
    const entry = (index: number, centi: number) => tlv(145, [0, index], [centi >> 8, centi & 0xff])
    const answer = [
      ...tlv(287, [0, 0, 0, 0]),
      ...tlv(137, [0, 4], [0x40, 0], new Uint8Array(8)),
      ...tlv(143, [0, 156], [0, 0], tlv(144, entry(1, 1000), entry(2, 3000), tlv(146, [0]))),
    ]
    expect(capabilitiesIn(Uint8Array.from(answer))).toEqual({
      antennas: 4,
      powers: [
        { index: 1, power_dbm: 10 },
        { index: 2, power_dbm: 30 },
      ],
    })
    expect(capabilitiesIn(new Uint8Array(0))).toBeNull()
  })
})

describe('a report', () => {
  test.each([
    [SGTIN, { epc: '3074257BF7194E4000001A85', tid: null, antenna: 1, rssi_dbm: -55, count: 3 }],
    [
      GIAI,
      { epc: '3874257BF59B2C295946C4000000000000000000000000000000', tid: null, antenna: 1, rssi_dbm: -55, count: 1 },
    ],
    [SHORT, { epc: 'E2801160', tid: null, antenna: 2, rssi_dbm: -65, count: 1 }],
  ])('%s', (name, sighting) => {
    expect(reportIn(body(capture(name)))).toEqual({ tags: [{ sighting, access: null }], abandoned: 0 })
  })

  test('passes over what it does not know by its length, and gives up only the tag whose end it cannot find', () => {
    const [tag] = parameters(body(capture(SGTIN))) ?? []
    const custom = tlv(1023, [0, 0, 0x65, 0x1a], [0, 0, 0, 1])
    const known = tlv(240, custom, tag?.value ?? [], tlv(777, [1, 2, 3]))
    const unknownTv = tlv(240, [0xff, 1, 2], tag?.value ?? [])
    const tooLong = tlv(240, [0x00, 0xf1, 0x00, 0xff, 1])
    const shortEpc = tlv(240, tlv(241, [0, 96], [1, 2]))
    const report = reportIn(Uint8Array.from([...unknownTv, ...custom, ...known, ...tooLong, ...shortEpc]))
    expect(report?.abandoned).toBe(3)
    expect(report?.tags.map(({ sighting }) => sighting.epc)).toEqual(['3074257BF7194E4000001A85'])
  })

  test('tells what became of a read and of a write', () => {
    const epc = [0x8d, ...new Uint8Array(12).fill(0xd4)]
    const read = tlv(240, epc, [0x90, 0, 0, 0, 7], tlv(349, [0], [0, 1], [0, 2], [0xe2, 0x80, 0x11, 0x60]))
    const write = tlv(240, epc, [0x90, 0, 0, 0, 8], tlv(350, [2], [0, 1], [0, 0]))
    const cut = tlv(240, epc, [0x90, 0, 0, 0, 8], tlv(349, [0], [0, 1], [0, 9], [1]))
    const report = reportIn(Uint8Array.from([...read, ...write, ...cut]))
    expect(report?.tags.map(({ access }) => access)).toEqual([
      { spec: 7, kind: 'read', result: 0, data: Uint8Array.of(0xe2, 0x80, 0x11, 0x60) },
      { spec: 8, kind: 'write', result: 2, data: new Uint8Array(0) },
      null,
    ])
  })
})

test('reports and life signs between request and response keep their order in one piece', () => {
  const stream = joined([
    capture(SGTIN),
    capture('KEEPALIVE'),
    capture('ENABLE_ROSPEC_RESPONSE ok'),
    capture(SHORT),
    capture('REN connection close event'),
  ])
  expect(values(llrpFramer().push(stream)).map(({ type }) => type)).toEqual([61, 62, 34, 61, 63])
})

test('whatever a body holds, nothing is thrown', () => {
  const parts = fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 30 }),
      fc
        .tuple(fc.constantFrom(240, 241, 246, 255, 256, 252, 287, 137, 143, 349, 350), fc.uint8Array({ maxLength: 20 }))
        .map(([type, value]) => Uint8Array.from(tlv(type, tlv(type, value), value))),
    ),
    { maxLength: 5 },
  )
  fc.assert(
    fc.property(parts, (all) => {
      const bytes = joined(all)
      for (const read of [reportIn, eventsIn, statusIn, capabilitiesIn, parameters]) read(bytes)
      expect(llrpFramer().push(llrpMessage(MESSAGE.RO_ACCESS_REPORT, 1, bytes))).toHaveLength(1)
    }),
    { numRuns: 10_000, seed: 20_261_121 },
  )
})
