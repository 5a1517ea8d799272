import type { DeviceConfig } from '../reading.ts'
import { BadProfile, type KeypadProfile, readProfile } from './profile.ts'
import { DEFAULT_LIMITS, type RoundLimits } from './rounds.ts'

/** A counter's number and what a profile adds to it are one byte together. */
const ADDRESS_MAX = 127
const LIMIT_MAX_MS = 600_000

export interface KeypadSettings {
  readonly profile: KeypadProfile
  readonly address: number
  readonly limits: RoundLimits
}

/** A keypad as it is configured, or in words why it cannot be opened as it is. */
export function keypadSettings(config: DeviceConfig): KeypadSettings | string {
  const { protocol, address = 1 } = config
  const limits = {
    accept_ms: config.accept_ms ?? DEFAULT_LIMITS.accept_ms,
    silence_ms: config.silence_ms ?? Math.max(DEFAULT_LIMITS.silence_ms, config.accept_ms ?? 0),
  }
  let profile: KeypadProfile
  try {
    profile = readProfile(config.profile ?? protocol)
  } catch (error) {
    if (error instanceof BadProfile) return error.message
    throw error
  }
  if (profile.protocol !== protocol) return `profile ${profile.name} is of the protocol ${profile.protocol}`
  if (!Number.isInteger(address) || address < 1 || address > ADDRESS_MAX) return `address must be 1 to ${ADDRESS_MAX}`
  if (!isLimit(limits.accept_ms) || !isLimit(limits.silence_ms) || limits.silence_ms < limits.accept_ms)
    return `accept_ms and silence_ms must be 1 to ${LIMIT_MAX_MS}, the first no longer than the second`
  return { profile, address, limits }
}

function isLimit(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= LIMIT_MAX_MS
}
