import type { DeviceConfig } from '../reading.ts'
import type { LockBoardOptions } from './lock-board.ts'

/** Numbers are one byte, and 0 means all. */
const NUMBER_MAX = 255

/** A lock board as it is configured, or in words why it cannot be opened as it is. */
export function lockBoardSettings({ address = 1, locks = 1, locked }: DeviceConfig): LockBoardOptions | string {
  if (!isNumber(address)) return `address must be 1 to ${NUMBER_MAX}`
  if (!isNumber(locks)) return `locks must be 1 to ${NUMBER_MAX}`
  return { board: address, locks, locked: locked ?? null }
}

function isNumber(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= NUMBER_MAX
}
