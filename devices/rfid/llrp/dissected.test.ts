/** What driver and emulator say to each other, judged by a dissector that is of neither; where tshark is not installed there is nobody to ask. */

import { execFile } from 'node:child_process'
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { startLlrpReader } from '../../emulators/rfid-llrp.ts'
import { hexBytes } from '../bytes.ts'
import { llrpFramer, MESSAGE } from './message.ts'
import {
  addAccessSpec,
  addRoSpec,
  closeConnection,
  deleteAccessSpec,
  deleteAccessSpecs,
  deleteRoSpecs,
  enableAccessSpec,
  enableReports,
  getCapabilities,
  keepaliveAck,
  orderRoSpec,
  setConfig,
} from './requests.ts'

const [CLOSED, REPORT, LIFE_SIGN] = [MESSAGE.CLOSE_CONNECTION_RESPONSE, MESSAGE.RO_ACCESS_REPORT, MESSAGE.KEEPALIVE]
const LLRP_PORT = 5084
const CLIENT_PORT = 40_000
const EPC = '300833b2ddd9014000000001'
const PATIENT = { timeout: 20_000 }

const tshark = await onPath('tshark')
const folder = await mkdtemp(join(tmpdir(), 'clearhold-llrp-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

const accessSpec = { id: 9, antenna: 1, epc: hexBytes(EPC) }
const REQUESTS: readonly Uint8Array[] = [
  getCapabilities(1),
  setConfig(2, 200),
  deleteAccessSpecs(3),
  deleteRoSpecs(4),
  addRoSpec(5, { antennas: [], powerIndex: null }),
  deleteRoSpecs(6),
  addRoSpec(7, { antennas: [1, 3], powerIndex: 2 }),
  orderRoSpec(8, 'ENABLE_ROSPEC'),
  enableReports(9),
  orderRoSpec(10, 'START_ROSPEC'),
  addAccessSpec(11, { ...accessSpec, access: { read: { bank: 2, pointer: 0, words: 6 } } }),
  enableAccessSpec(12, 9),
  deleteAccessSpec(13, 9),
  addAccessSpec(14, { ...accessSpec, id: 10, access: { write: { bank: 1, pointer: 2, data: hexBytes(EPC) } } }),
  enableAccessSpec(15, 10),
  keepaliveAck(16),
  orderRoSpec(17, 'STOP_ROSPEC'),
]
const FAREWELL = closeConnection(18)

test.skipIf(tshark === null)('every message of both sides is whole and of the type it says', PATIENT, async () => {
  const reader = await startLlrpReader({ listen: 'tcp:0' })
  const answers: Uint8Array[] = []
  const framer = llrpFramer()
  try {
    reader.field.put({ epc: EPC })
    const { hostname, port } = new URL(reader.address)
    const socket = connect({ host: hostname, port: Number(port) })
    socket.on('data', (bytes) => {
      for (const frame of framer.push(bytes)) answers.push(frame.raw)
    })
    for (const request of REQUESTS) {
      const before = answers.length
      socket.write(request)
      await expect.poll(() => answers.length).toBeGreaterThan(before)
    }
    await expect.poll(() => typesOf(answers)).toEqual(expect.arrayContaining([REPORT, LIFE_SIGN]))
    socket.write(FAREWELL)
    await expect.poll(() => typesOf(answers)).toContain(CLOSED)
    socket.destroy()
  } finally {
    await reader.close()
  }
  const asked = [...REQUESTS, FAREWELL]
  const packets = [
    ...asked.map((bytes) => packet(bytes, CLIENT_PORT, LLRP_PORT)),
    ...answers.map((bytes) => packet(bytes, LLRP_PORT, CLIENT_PORT)),
  ]
  const told = await dissect(packets)
  const expected = [...asked, ...answers].map((bytes) => `${typeOf(bytes)}\t${bytes.length}`)
  expect(told.map(({ type, length }) => `${type}\t${length}`)).toEqual(expected)
  expect(told.filter(({ trouble }) => trouble !== '')).toEqual([])
})

interface Dissected {
  readonly type: number
  readonly length: number
  /** What tshark warns of, or holds malformed. */
  readonly trouble: string
}

async function dissect(packets: readonly Uint8Array[]): Promise<Dissected[]> {
  const file = join(folder, 'llrp.pcap')
  await writeFile(file, Buffer.concat([fileHead(), ...packets]))
  const fields = ['llrp.type', 'llrp.length', '_ws.malformed', '_ws.expert.message'].flatMap((name) => ['-e', name])
  const { stdout } = await promisify(execFile)(tshark ?? '', ['-r', file, '-T', 'fields', ...fields])
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [type = '', length = '', ...trouble] = line.split('\t')
      return { type: Number(type), length: Number(length), trouble: trouble.join('') }
    })
}

const typeOf = (bytes: Uint8Array): number => Buffer.from(bytes).readUInt16BE(0) & 0x3ff
const typesOf = (messages: readonly Uint8Array[]): number[] => messages.map(typeOf)

const LINKTYPE_IPV4 = 228
const PCAP_MICROSECONDS = 0xa1b2c3d4

function fileHead(): Buffer {
  const head = Buffer.alloc(24)
  head.writeUInt32BE(PCAP_MICROSECONDS, 0)
  head.writeUInt16BE(2, 4)
  head.writeUInt16BE(4, 6)
  head.writeUInt32BE(0x40000, 16)
  head.writeUInt32BE(LINKTYPE_IPV4, 20)
  return head
}

const sent = new Map<number, number>()

/** One message in one segment of TCP (RFC 9293) over IPv4 (RFC 791), between ports that say who speaks. */
function packet(bytes: Uint8Array, from: number, to: number): Buffer {
  const ip = Buffer.alloc(20)
  ip.set([0x45, 0])
  ip.writeUInt16BE(40 + bytes.length, 2)
  ip.set([64, 6], 8)
  ip.set([127, 0, 0, 1, 127, 0, 0, 1], 12)
  const tcp = Buffer.alloc(20)
  tcp.writeUInt16BE(from, 0)
  tcp.writeUInt16BE(to, 2)
  const sequence = sent.get(from) ?? 1
  sent.set(from, sequence + bytes.length)
  tcp.writeUInt32BE(sequence, 4)
  tcp.writeUInt32BE(sent.get(to) ?? 1, 8)
  tcp.set([0x50, 0x18, 0xff, 0xff], 12)
  const record = Buffer.alloc(16)
  record.writeUInt32BE(40 + bytes.length, 8)
  record.writeUInt32BE(40 + bytes.length, 12)
  return Buffer.concat([record, ip, tcp, bytes])
}

async function onPath(program: string): Promise<string | null> {
  for (const place of (process.env['PATH'] ?? '').split(delimiter)) {
    const file = join(place, program)
    const there = await access(file).then(
      () => true,
      () => false,
    )
    if (there) return file
  }
  return null
}
