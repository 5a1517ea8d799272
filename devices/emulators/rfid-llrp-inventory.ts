import type { RfidFaults } from './rfid-faults.ts'
import type { Chip, TagField } from './rfid-field.ts'
import { type AccessSpec, accessSpecIn, fits } from './rfid-llrp-access.ts'
import { inside, message, tlv, uint } from './rfid-llrp-bytes.ts'

export const ANTENNAS = 4
const EVERY_ANTENNA = 0

interface RoSpec {
  readonly antennas: readonly number[]
  state: 'disabled' | 'inactive' | 'active'
}

/** What a reader was told to look for and to do with it, over the tags before its antennas. */
export interface LlrpInventory {
  /** One pass over the antennas. Access operations are carried out where their tag is met. */
  round(): void
  /** Obeys a message about ROSpecs and AccessSpecs; false when it refuses. */
  obey(type: number, body: Buffer): boolean
  /** Counts reads that were reported past the field. */
  count(reads: number): void
  reads(): number
  clear(): void
}

/**
 * Holds one ROSpec and refuses a second. Reports leave as RO_ACCESS_REPORT, one tag each, numbered by `nextId`; plain sightings are sent as
 * `later` and may wait for others, results of access operations never.
 */
export function llrpInventory({
  field,
  faults,
  send,
  nextId,
}: {
  readonly field: TagField
  readonly faults: RfidFaults
  readonly send: (bytes: Buffer, later?: boolean) => void
  readonly nextId: () => number
}): LlrpInventory {
  const rospecs = new Map<number, RoSpec>()
  const accessspecs = new Map<number, AccessSpec>()
  let reads = 0
  /** The chip that was read or written last; others of the same EPC are met before it. */
  let accessed: Chip | null = null

  function report(chip: Chip, antenna: number, ...more: Buffer[]): Buffer {
    const epc = chip.epc()
    const name = epc.length === 12 ? Buffer.concat([Buffer.from([0x8d]), epc]) : tlv(241, uint(epc.length * 8, 2), epc)
    const strength = Buffer.from([0x86, (chip.heard(antenna) ?? -90) & 0xff])
    const seen = [Buffer.from([0x81]), uint(antenna, 2), strength, Buffer.from([0x88]), uint(1, 2)]
    reads += 1
    return message(61, nextId(), tlv(240, name, ...seen, ...more))
  }

  function carryOut({ id, operation }: AccessSpec, chip: Chip, antenna: number): void {
    accessspecs.delete(id)
    accessed = chip
    const { bank, pointer, rest } = operation
    const spec = Buffer.concat([Buffer.from([0x90]), uint(id, 4)])
    const before = Buffer.from(chip.epc())
    if (operation.type === 341) {
      const memory = chip.read(bank, pointer, rest.readUInt16BE(0))
      const data = typeof memory === 'string' ? Buffer.alloc(0) : memory
      const result = typeof memory === 'string' ? 1 : 0
      const told = tlv(349, Buffer.from([result]), uint(operation.id, 2), uint(data.length / 2, 2), data)
      return send(report(chip, antenna, spec, told))
    }
    const { halfWrite, lostAnswer } = faults
    faults.halfWrite = null
    faults.lostAnswer = false
    const data = rest.subarray(2, 2 + 2 * rest.readUInt16BE(0))
    const wrong = chip.write(bank, pointer, data, halfWrite ?? Infinity)
    if (halfWrite !== null || lostAnswer) return
    const result = wrong === null ? 0 : wrong === 'overrun' ? 1 : 2
    const words = wrong === null ? data.length / 2 : 0
    const told = tlv(350, Buffer.from([result]), uint(operation.id, 2), uint(words, 2))
    // The report names the tag as the inventory met it.
    send(report({ ...chip, epc: () => before }, antenna, spec, told))
  }

  function addRoSpec(body: Buffer): boolean {
    const value = inside(body, 177)
    const ai = inside(value.subarray(6), 183)
    const named = Array.from({ length: ai.readUInt16BE(0) }, (_, nth) => ai.readUInt16BE(2 + 2 * nth))
    if (rospecs.size > 0 || named.some((one) => one > ANTENNAS)) return false
    const all = Array.from({ length: ANTENNAS }, (_, nth) => nth + 1)
    rospecs.set(value.readUInt32BE(0), {
      antennas: named.includes(EVERY_ANTENNA) ? all : named,
      state: 'disabled',
    })
    return true
  }

  return {
    round() {
      for (const spec of rospecs.values())
        for (const antenna of spec.state === 'active' ? spec.antennas : []) {
          if (faults.unplugged.includes(antenna)) continue
          for (const chip of field.before(antenna).sort((a, b) => Number(a === accessed) - Number(b === accessed))) {
            const access = [...accessspecs.values()].find((one) => one.enabled && fits(one, chip, antenna))
            if (access === undefined) send(report(chip, antenna), true)
            else carryOut(access, chip, antenna)
          }
        }
    },
    obey(type, body) {
      const number = body.length >= 4 ? body.readUInt32BE(0) : -1
      const spec = rospecs.get(number)
      switch (type) {
        case 20:
          return addRoSpec(body)
        case 21:
          rospecs.clear()
          return true
        case 22:
          if (spec?.state === 'inactive') spec.state = 'active'
          return spec?.state === 'active'
        case 23:
          if (spec !== undefined) spec.state = 'inactive'
          return true
        case 24:
          if (spec !== undefined) spec.state = 'inactive'
          return spec !== undefined
        case 40: {
          const access = accessSpecIn(body)
          if (access !== null) accessspecs.set(access.id, access)
          return access !== null
        }
        case 41:
          if (number === 0) accessspecs.clear()
          else accessspecs.delete(number)
          return true
        case 42: {
          const access = accessspecs.get(number)
          if (access !== undefined) access.enabled = true
          return access !== undefined
        }
        default:
          return false
      }
    },
    count(more) {
      reads += more
    },
    reads: () => reads,
    clear() {
      rospecs.clear()
      accessspecs.clear()
    },
  }
}
