import { createHmac, timingSafeEqual } from 'node:crypto'

/** Thirty-two characters that nobody mistakes for one another; 12 of them are 60 bits for ten minutes. */
const CODE_CHARACTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const CODE_LENGTH = 12

/**
 * `NAME:XXXX-XXXX-XXXX`. It follows from the invitation and the pepper: nothing of it is stored, and a request that is sent again shows the same.
 */
export function enrolmentCode(pepper: Uint8Array, agent: string, invitation: string): string {
  const bytes = createHmac('sha256', pepper).update(`agent ${agent} ${invitation}`, 'utf8').digest()
  const letters = [...bytes.subarray(0, CODE_LENGTH)].map((byte) => CODE_CHARACTERS[byte % CODE_CHARACTERS.length])
  return `${agent}:${letters.join('').replace(/(.{4})(?=.)/g, '$1-')}`
}

/** The agent that a code names; null for what is no code. */
export function agentOfCode(code: string): string | null {
  return /^([a-z][a-z0-9-]{0,31}):[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}$/.exec(code)?.[1] ?? null
}

/**
 * In constant time for codes of one length. What was typed goes through {@link agentOfCode} first: of text that is not plain ASCII this would
 * throw.
 */
export function isSameCode(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'))
}
