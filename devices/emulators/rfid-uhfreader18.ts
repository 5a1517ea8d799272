import type { Chip } from './rfid-field.ts'
import type { Module } from './rfid-serial.ts'

const ADDRESS = 0x00
/** Tags that one answer has room for; the rest follow in further ones. */
const TAGS_AT_ONCE = 8

/** CRC-16 with the polynomial x^16 + x^12 + x^5 + 1 shifted to the right, begun with ones. */
function crc(bytes: Buffer): number {
  let register = 0xffff
  for (const byte of bytes)
    for (let bit = 0; bit < 8; bit += 1) {
      const feedback = (register ^ (byte >> bit)) & 1
      register >>= 1
      if (feedback === 1) register ^= 0x8408
    }
  return register
}

function frame(command: number, body: Uint8Array): Buffer {
  const covered = Buffer.from([body.length + 4, ADDRESS, command, ...body])
  const check = crc(covered)
  return Buffer.concat([covered, Buffer.from([check & 0xff, check >> 8])])
}

/** A reader of the UHFReader18 family that tells EPCs alone: inventory, read and write by EPC. */
export const uhfreader18Module: Module = ({ field, faults, say, sayTag }) => {
  /** Several tags with one EPC answer by turns. */
  let turn = 0
  const answer = (command: number, ...body: number[]): Promise<void> => say(frame(command, Buffer.from(body)))

  async function inventory(): Promise<void> {
    const here = field.before(1)
    if (here.length === 0) return await answer(0x01, 0xfb)
    for (let from = 0; from < here.length; from += TAGS_AT_ONCE) {
      const some = here.slice(from, from + TAGS_AT_ONCE)
      const records = some.flatMap((chip) => [chip.epc().length, ...chip.epc()])
      const more = from + TAGS_AT_ONCE < here.length
      await sayTag(frame(0x01, Buffer.from([more ? 0x03 : 0x01, some.length, ...records])), some.length)
    }
  }

  /** One of the chips with this EPC, and what follows the EPC in the command. */
  function meant(body: Buffer, at: number): { readonly chip: Chip | undefined; readonly rest: Buffer } {
    const length = 2 * (body[at] ?? 0)
    const epc = body.subarray(at + 1, at + 1 + length)
    const all = field.before(1).filter((one) => one.epc().equals(epc))
    return { chip: all[(turn += 1) % all.length], rest: body.subarray(at + 1 + length) }
  }

  async function read(body: Buffer): Promise<void> {
    const { chip, rest } = meant(body, 0)
    if (chip === undefined) return await answer(0x02, 0xfb)
    const memory = chip.read(rest[0] ?? 0, rest[1] ?? 0, rest[2] ?? 0)
    if (typeof memory === 'string') return await answer(0x02, 0xfc, memory === 'overrun' ? 0x03 : 0x04)
    await answer(0x02, 0x00, ...memory)
  }

  async function write(body: Buffer): Promise<void> {
    const { chip, rest } = meant(body, 1)
    if (chip === undefined) return await answer(0x03, 0xfb)
    const { halfWrite, lostAnswer } = faults
    faults.halfWrite = null
    faults.lostAnswer = false
    const data = rest.subarray(2, 2 + 2 * (body[0] ?? 0))
    const wrong = chip.write(rest[0] ?? 0, rest[1] ?? 0, data, halfWrite ?? Infinity)
    if (wrong !== null) return await answer(0x03, 0xfc, wrong === 'overrun' ? 0x03 : 0x04)
    if (halfWrite === null && !lostAnswer) await answer(0x03, 0x00)
  }

  return {
    length: (bytes) => (bytes.length === 0 ? null : (bytes[0] ?? 0) < 4 ? 0 : (bytes[0] ?? 0) + 1),
    async obey(command) {
      const body = command.subarray(3, -2)
      if (crc(command.subarray(0, -2)) !== command.readUInt16LE(command.length - 2)) return
      switch (command[2]) {
        case 0x01:
          return await inventory()
        case 0x02:
          return await read(body)
        case 0x03:
          return await write(body)
        case 0x21:
          return await answer(0x21, 0x00, 0x02, 0x18, 0x08, 0x03, 0x4e, 0x00, 0x1e, 0x0a)
        case 0x25:
          return await answer(0x25, 0x00)
        case 0x2f:
          return await answer(0x2f, (body[0] ?? 0) > 30 ? 0xff : 0x00)
        default:
          return await answer(command[2] ?? 0, 0xfe)
      }
    },
    reset: () => undefined,
  }
}
