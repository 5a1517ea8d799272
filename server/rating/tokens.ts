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

function proofOf(pepper: Uint8Array, service: string): Buffer {
  return createHmac('sha256', pepper).update(`rating token ${service}`, 'utf8').digest()
}
