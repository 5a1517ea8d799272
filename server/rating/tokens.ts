import { createHmac, timingSafeEqual } from 'node:crypto'

const TOKEN = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})$/

/**
 * The voting right of a service. It follows from the service and the installation's pepper, so that a request sent again is given the same,
 * the database holds nothing that makes one, and nobody guesses 256 bits.
 */
export function tokenOf(pepper: Uint8Array, service: string): string {
  return `${service}.${proofOf(pepper, service).toString('base64url')}`
}

/** The service whose right this is; null for what is no right of ours. Takes as long for a wrong one as for a right one. */
export function serviceOfToken(pepper: Uint8Array, token: string): string | null {
  const [, service = '', proof = ''] = TOKEN.exec(token) ?? []
  if (service === '') return null
  return timingSafeEqual(Buffer.from(proof, 'base64url'), proofOf(pepper, service)) ? service : null
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

function proofOf(pepper: Uint8Array, service: string): Buffer {
  return createHmac('sha256', pepper).update(`rating token ${service}`, 'utf8').digest()
}
