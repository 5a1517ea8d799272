import type { Chip } from './rfid-field.ts'
import type { Module } from './rfid-serial.ts'

const ADDRESS = 0x01
const ANTENNAS = 4

/** The check byte makes the whole frame add up to nothing. */
function frame(command: number, data: Uint8Array): Buffer {
  const bytes = Buffer.from([0xa0, data.length + 3, ADDRESS, command, ...data, 0])
  let sum = 0
  for (const byte of bytes) sum += byte
  bytes[bytes.length - 1] = (0x100 - (sum % 0x100)) % 0x100
  return bytes
}

/** A module with an Impinj R2000 and four antennas: real-time inventory, read, write, EPC match. */
export const a0Module: Module = ({ field, faults, say, sayTag }) => {
  let antenna = 0
  let match: Buffer | null = null

  const code = (command: number, value: number): Promise<void> => say(frame(command, Buffer.from([value])))

  function chosen(): Chip[] {
    const here = field.before(antenna + 1)
    return match === null ? here : here.filter((one) => one.epc().equals(match ?? Buffer.alloc(0)))
  }

  function record(chip: Chip, more: Buffer): Buffer {
    const told = Buffer.concat([Buffer.alloc(2), chip.epc(), Buffer.from([0x12, 0x34]), more])
    told.writeUInt16BE(chip.pc())
    return told
  }

  async function inventory(command: number): Promise<void> {
    if (faults.unplugged.includes(antenna + 1)) return await code(command, 0x22)
    const here = field.before(antenna + 1)
    for (const chip of here) {
      const head = Buffer.from([(6 << 2) | antenna, 0, 0])
      head.writeUInt16BE(chip.pc(), 1)
      const strength = Math.max(0, Math.min(98, (chip.heard(antenna + 1) ?? -129) + 129))
      await sayTag(frame(command, Buffer.concat([head, chip.epc(), Buffer.from([strength])])))
    }
    const end = Buffer.alloc(7)
    end[0] = antenna
    end.writeUInt16BE(here.length, 1)
    end.writeUInt32BE(here.length, 3)
    await say(frame(command, end))
  }

  async function read(data: Buffer): Promise<void> {
    const [bank = 0, pointer = 0, words = 0] = data
    const here = chosen()
    if (here.length === 0) return await code(0x81, 0x36)
    for (const chip of here) {
      const memory = chip.read(bank, pointer, words)
      if (typeof memory === 'string') return await code(0x81, 0x32)
      const told = record(chip, memory)
      const head = Buffer.from([0, here.length, told.length])
      await say(frame(0x81, Buffer.concat([head, told, Buffer.from([memory.length, antenna, 1])])))
    }
  }

  async function write(data: Buffer): Promise<void> {
    const [bank = 0, pointer = 0, words = 0] = data.subarray(4)
    const here = chosen()
    if (here.length === 0) return await code(0x82, 0x36)
    const { halfWrite, lostAnswer } = faults
    faults.halfWrite = null
    faults.lostAnswer = false
    for (const chip of here) {
      const told = record(chip, Buffer.alloc(0))
      const wrong = chip.write(bank, pointer, data.subarray(7, 7 + 2 * words), halfWrite ?? Infinity)
      if (wrong !== null) return await code(0x82, 0x33)
      if (halfWrite !== null || lostAnswer) return
      const head = Buffer.from([0, here.length, told.length])
      await say(frame(0x82, Buffer.concat([head, told, Buffer.from([0x10, antenna, 1])])))
    }
  }

  return {
    length(bytes) {
      if (bytes.length === 0) return null
      if (bytes[0] !== 0xa0) return 0
      return bytes.length < 2 ? null : (bytes[1] ?? 0) + 2
    },
    async obey(command) {
      let sum = 0
      for (const byte of command) sum += byte
      if (sum % 0x100 !== 0) return
      const data = command.subarray(4, -1)
      const what = command[3] ?? 0
      switch (what) {
        case 0x72:
          return await say(frame(0x72, Buffer.from([1, 9])))
        case 0x74:
          if ((data[0] ?? 0) >= ANTENNAS) return await code(0x74, 0x47)
          antenna = data[0] ?? 0
          return await code(0x74, 0x10)
        case 0x76:
          return await code(0x76, (data[0] ?? 0) > 33 ? 0x48 : 0x10)
        case 0x85:
          match = data[0] === 0 ? Buffer.from(data.subarray(2)) : null
          return await code(0x85, 0x10)
        case 0x89:
          return await inventory(0x89)
        case 0x81:
          return await read(data)
        case 0x82:
          return await write(data)
        default:
          return await code(what, 0x41)
      }
    },
    reset() {
      antenna = 0
      match = null
    },
  }
}
