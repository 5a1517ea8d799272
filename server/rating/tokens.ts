import { createHmac, timingSafeEqual } from 'node:crypto'

const TOKEN = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})$/

/**
 * The voting right of a service. It follows from the service and the installation's pepper, so that a request sent again is given the same,
 * the database holds nothing that makes one, and nobody guesses 256 bits.
 */
export function tokenOf(pepper: Uint8Array, service: string): string {
  return `${service}.${proofOf(pepper, 'token', service).toString('base64url')}`
}

/** The service whose right this is; null for what is no right of ours. Takes as long for a wrong one as for a right one. */
export function serviceOfToken(pepper: Uint8Array, token: string): string | null {
  return idOfToken(pepper, 'token', token)
}

/** The right to rate the answer of a follow-up, made as that of a service is; neither is ever the other, though both name one service. */
export function fixTokenOf(pepper: Uint8Array, followUp: string): string {
  return `${followUp}.${proofOf(pepper, 'fix', followUp).toString('base64url')}`
}

/** The follow-up whose answer may be rated by this; null for what is no such right of ours. */
export function followUpOfToken(pepper: Uint8Array, token: string): string | null {
  return idOfToken(pepper, 'fix', token)
}

function idOfToken(pepper: Uint8Array, right: Right, token: string): string | null {
  const [, id = '', proof = ''] = TOKEN.exec(token) ?? []
  if (id === '') return null
  return timingSafeEqual(Buffer.from(proof, 'base64url'), proofOf(pepper, right, id)) ? id : null
}

const FAR = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{13})\.([A-Za-z0-9_-]{43})$/

/** Who may take the vote of a service at pads that are not ours, and until when by our clock. */
export interface FarRight {
  readonly agent: string
  readonly station: string
  readonly service: string
  /** Milliseconds since 1970. */
  readonly expires_ms: number
}

/** What lets an agent take a vote at its pads: worth nothing to anybody else, and unlike a rater's own right never typed or shown. */
export function farPassOf(pepper: Uint8Array, right: FarRight): string {
  return `${right.service}.${right.expires_ms}.${farProofOf(pepper, right).toString('base64url')}`
}

/** What this agent was let take at this station; null for what is no pass of ours to it. */
export function readFarPass(pepper: Uint8Array, agent: string, station: string, pass: string): FarRight | null {
  const [, service, expires, proof] = FAR.exec(pass) ?? []
  if (service === undefined || expires === undefined || proof === undefined) return null
  const right: FarRight = { agent, station, service, expires_ms: Number(expires) }
  return timingSafeEqual(Buffer.from(proof, 'base64url'), farProofOf(pepper, right)) ? right : null
}

function farProofOf(pepper: Uint8Array, { agent, station, service, expires_ms }: FarRight): Buffer {
  return createHmac('sha256', pepper)
    .update(`rating far pass\n${agent}\n${station}\n${service}\n${expires_ms}`, 'utf8')
    .digest()
}

/** What stands in the proof of each. */
type Right = 'token' | 'fix'

function proofOf(pepper: Uint8Array, right: Right, id: string): Buffer {
  return createHmac('sha256', pepper).update(`rating ${right} ${id}`, 'utf8').digest()
}
