import { setTimeout as pause } from 'node:timers/promises'
import type { Chip } from './rfid-field.ts'
import type { Module } from './rfid-serial.ts'

/** Between two rounds of the module's own inventory. */
const ROUND_MS = 10

function frame(type: number, command: number, parameter: Uint8Array): Buffer {
  const bytes = Buffer.from([
    0xbb,
    type,
    command,
    parameter.length >> 8,
    parameter.length & 0xff,
    ...parameter,
    0,
    0x7e,
  ])
  let sum = 0
  for (let at = 1; at < bytes.length - 2; at += 1) sum += bytes[at] ?? 0
  bytes[bytes.length - 2] = sum & 0xff
  return bytes
}

/** CRC-16 of the air: x^16 + x^12 + x^5 + 1, begun with ones, sent inverted. */
function airCrc(bytes: Buffer): number {
  let register = 0xffff
  for (const byte of bytes)
    for (let bit = 7; bit >= 0; bit -= 1) {
      const feedback = ((register >> 15) & 1) ^ ((byte >> bit) & 1)
      register = (register << 1) & 0xffff
      if (feedback === 1) register ^= 0x1021
    }
  return ~register & 0xffff
}

/** An M100 module: one antenna, inventory that runs by itself until it is stopped, select, read, write. */
export const bbModule: Module = ({ field, faults, say, sayTag }) => {
  let running = 0
  /** Several tags that fit answer by turns. */
  let turn = 0
  let select: Buffer | null = null
  let selectMode = 1

  const error = (code: number): Promise<void> => say(frame(1, 0xff, Buffer.from([code])))
  const good = (command: number): Promise<void> => say(frame(1, command, Buffer.from([0])))

  async function round(): Promise<void> {
    const here = field.before(1)
    if (here.length === 0) return await error(0x15)
    for (const chip of here) {
      const told = Buffer.concat([Buffer.alloc(2), chip.epc()])
      told.writeUInt16BE(chip.pc())
      const crc = airCrc(told)
      const strength = (chip.heard(1) ?? 0) & 0xff
      await sayTag(frame(2, 0x22, Buffer.from([strength, ...told, crc >> 8, crc & 0xff])))
    }
  }

  /** Goes on while later commands are heard; only the one that was begun last runs. */
  async function run(rounds: number): Promise<void> {
    const mine = (running += 1)
    for (let left = rounds; left > 0 && running === mine; left -= 1) {
      await round()
      await pause(ROUND_MS)
    }
  }

  function chosen(): Chip[] {
    const here = field.before(1)
    return select === null || selectMode === 1
      ? here
      : here.filter((one) => one.epc().equals(select ?? Buffer.alloc(0)))
  }

  function head(chip: Chip): Buffer {
    const told = Buffer.concat([Buffer.from([2 + chip.epc().length, 0, 0]), chip.epc()])
    told.writeUInt16BE(chip.pc(), 1)
    return told
  }

  async function access(command: number, parameter: Buffer): Promise<void> {
    const bank = parameter[4] ?? 0
    const pointer = parameter.readUInt16BE(5)
    const words = parameter.readUInt16BE(7)
    const here = chosen()
    const chip = here[(turn += 1) % here.length]
    if (chip === undefined) return await error(command === 0x39 ? 0x09 : 0x10)
    const before = head(chip)
    if (command === 0x39) {
      const memory = chip.read(bank, pointer, words)
      if (typeof memory === 'string') return await error(memory === 'overrun' ? 0xa3 : 0xa4)
      return await say(frame(1, 0x39, Buffer.concat([before, memory])))
    }
    const { halfWrite, lostAnswer } = faults
    faults.halfWrite = null
    faults.lostAnswer = false
    const wrong = chip.write(bank, pointer, parameter.subarray(9, 9 + 2 * words), halfWrite ?? Infinity)
    if (wrong !== null) return await error(wrong === 'overrun' ? 0xb3 : 0xb4)
    if (halfWrite === null && !lostAnswer) await say(frame(1, 0x49, Buffer.concat([before, Buffer.from([0])])))
  }

  return {
    length(bytes) {
      if (bytes.length === 0) return null
      if (bytes[0] !== 0xbb) return 0
      return bytes.length < 5 ? null : bytes.readUInt16BE(3) + 7
    },
    async obey(command) {
      const parameter = command.subarray(5, -2)
      if (!command.equals(frame(0, command[2] ?? 0, parameter))) return
      switch (command[2]) {
        case 0x03:
          return await say(frame(1, 0x03, Buffer.concat([Buffer.from([parameter[0] ?? 0]), Buffer.from('M100 V1.0')])))
        case 0x0c:
          select = Buffer.from(parameter.subarray(7))
          return await good(0x0c)
        case 0x12:
          selectMode = parameter[0] ?? 1
          return await good(0x12)
        case 0x22:
          return await round()
        case 0x27:
          void run(parameter.readUInt16BE(1))
          return
        case 0x28:
          running += 1
          return await good(0x28)
        case 0x39:
        case 0x49:
          return await access(command[2], parameter)
        case 0xb6:
          return await good(0xb6)
        default:
          return await error(0x17)
      }
    },
    reset() {
      running += 1
      select = null
      selectMode = 1
    },
  }
}
