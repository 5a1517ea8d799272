import type { DeviceConfig } from '../reading.ts'
import { mayBeOnePort } from '../same-port.ts'

export type RelayBoard = Pick<DeviceConfig, 'kind' | 'port' | 'address' | 'locks' | 'siren'>

/** The outputs of a board that are locks: all it is said to have but the one that drives a siren. None for any other device. */
export function lockOutputs({ kind, locks = 1, siren }: RelayBoard): number[] {
  if (kind !== 'relay') return []
  return Array.from({ length: locks }, (_, index) => index + 1).filter((output) => output !== siren)
}

/** Whether two configurations may speak of one board: its number on the line counts, however the line's address is spelt. */
export function mayBeOneBoard(one: RelayBoard, other: RelayBoard): boolean {
  if (one.kind !== 'relay' || other.kind !== 'relay') return false
  return (one.address ?? 1) === (other.address ?? 1) && mayBeOnePort(one.port, other.port)
}

/** Whether the output that `board` sounds may be a lock of `other`. */
export function sirenOnLock(board: RelayBoard, other: RelayBoard): boolean {
  const { siren } = board
  return siren !== undefined && lockOutputs(other).includes(siren) && mayBeOneBoard(board, other)
}
