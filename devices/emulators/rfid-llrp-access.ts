import type { Chip } from './rfid-field.ts'
import { inside, tlvs } from './rfid-llrp-bytes.ts'

/** An operation on the tag that fits, carried out when it is next met. */
export interface AccessSpec {
  readonly id: number
  readonly antenna: number
  readonly target: { readonly bank: number; readonly bit: number; readonly mask: Buffer; readonly data: Buffer }
  readonly operation: {
    readonly type: number
    readonly id: number
    readonly bank: number
    readonly pointer: number
    readonly rest: Buffer
  }
  enabled: boolean
}

/** What ADD_ACCESSSPEC holds; null for a target or an operation that this reader does not know. @throws RangeError for one that leads outside */
export function accessSpecIn(body: Buffer): AccessSpec | null {
  const value = inside(body, 207)
  const command = inside(value.subarray(12), 209)
  const [tagSpec, operation] = tlvs(command)
  if (tagSpec?.type !== 338 || operation === undefined) return null
  const target = inside(tagSpec.value, 339)
  const bytes = target.readUInt16BE(3) / 8
  return {
    id: value.readUInt32BE(0),
    antenna: value.readUInt16BE(4),
    target: {
      bank: (target[0] ?? 0) >> 6,
      bit: target.readUInt16BE(1),
      mask: target.subarray(5, 5 + bytes),
      data: target.subarray(7 + bytes, 7 + 2 * bytes),
    },
    operation: {
      type: operation.type,
      id: operation.value.readUInt16BE(0),
      bank: (operation.value[6] ?? 0) >> 6,
      pointer: operation.value.readUInt16BE(7),
      rest: operation.value.subarray(9),
    },
    enabled: false,
  }
}

/** Whether this is the tag that an operation is for. */
export function fits({ antenna: where, target }: AccessSpec, chip: Chip, antenna: number): boolean {
  if (where !== 0 && where !== antenna) return false
  const memory = chip.read(target.bank, target.bit / 16, target.mask.length / 2)
  if (typeof memory === 'string') return false
  return memory.every((byte, at) => (byte & (target.mask[at] ?? 0)) === (target.data[at] ?? 0))
}
