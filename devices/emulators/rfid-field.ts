/** A chip that lies somewhere before a reader's antennas. Banks are counted in words of 16 bits, as on the air. */
export interface FieldTag {
  /** Hex digits in whole words. */
  readonly epc: string
  /** The chip's number; one is made up when not said. */
  readonly tid?: string
  /** How loud each antenna hears it, in dBm; antenna 1 at -50 when not said. */
  readonly heard?: Readonly<Record<number, number>>
  readonly locked?: boolean
  /** EPC words that the chip has room for. */
  readonly room?: number
}

export type MemoryError = 'overrun' | 'locked'

/** The usual 128-bit chip. */
const ROOM_WORDS = 8
const TID_BYTES = 12

export interface Chip {
  epc(): Buffer
  /** PC word: how many words of EPC there are, above eleven bits of other things. */
  pc(): number
  readonly tid: Buffer
  heard(antenna: number): number | null
  read(bank: number, pointer: number, words: number): Buffer | MemoryError
  /** Writes, or only the first `stopAfter` words and then loses its power. */
  write(bank: number, pointer: number, data: Uint8Array, stopAfter: number): MemoryError | null
}

/** A field of tags that come and go. */
export function tagField() {
  const chips = new Map<string, Chip>()
  let made = 0

  return {
    /** Puts a tag before the antennas, or moves the one with this chip number. */
    put(tag: FieldTag): string {
      made += 1
      const tid = tag.tid ?? `E2801160${made.toString(16).padStart(16, '0')}`
      chips.set(tid, chip(tag, Buffer.from(tid, 'hex')))
      return tid
    },
    take(tid: string): void {
      chips.delete(tid)
    },
    clear(): void {
      chips.clear()
    },
    /** The chips that an antenna hears. */
    before: (antenna: number): Chip[] => [...chips.values()].filter((one) => one.heard(antenna) !== null),
    /** EPC by chip number, as the memory of each stands now. */
    contents: (): Record<string, string> =>
      Object.fromEntries([...chips].map(([tid, one]) => [tid, one.epc().toString('hex').toUpperCase()])),
  }
}

export type TagField = ReturnType<typeof tagField>

function chip({ epc, heard = { 1: -50 }, locked = false, room = ROOM_WORDS }: FieldTag, tid: Buffer): Chip {
  if (!/^(?:[0-9A-Fa-f]{4}){1,31}$/.test(epc)) throw new RangeError(`${epc} is no EPC`)
  if (tid.length > TID_BYTES) throw new RangeError('a chip number has at most 12 bytes')
  const words = Math.max(room, epc.length / 4)
  /** CRC, PC, EPC. */
  const bank1 = Buffer.alloc(4 + 2 * words)
  bank1.writeUInt16BE((epc.length / 4) << 11, 2)
  bank1.write(epc, 4, 'hex')
  const banks = new Map([
    [1, bank1],
    [2, tid],
    [3, Buffer.alloc(64)],
  ])
  const pc = (): number => bank1.readUInt16BE(2)
  return {
    pc,
    tid,
    epc: () => bank1.subarray(4, 4 + 2 * Math.min(pc() >> 11, words)),
    heard: (antenna) => heard[antenna] ?? null,
    read(bank, pointer, count) {
      const memory = banks.get(bank)
      if (memory === undefined || 2 * (pointer + count) > memory.length) return 'overrun'
      return Buffer.from(memory.subarray(2 * pointer, 2 * (pointer + count)))
    },
    write(bank, pointer, data, stopAfter) {
      const memory = banks.get(bank)
      if (memory === undefined || 2 * pointer + data.length > memory.length) return 'overrun'
      if (locked || bank === 2) return 'locked'
      memory.set(data.subarray(0, Math.min(data.length, 2 * stopAfter)), 2 * pointer)
      return null
    },
  }
}
