import { isIPv4 } from 'node:net'
import { posix } from 'node:path'
import { agentOf } from './agent-address.ts'
import { BadPortAddress, type PortAddress, parsePortAddress } from './port-address.ts'

/** One spelling for all that name this machine itself. */
const HERE = 'localhost'
const MAPPED = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/
/** Folders whose names lead to one port each; two names of one folder are two ports, names of two folders may be one. */
const ONE_NAME_EACH: readonly RegExp[] = [
  /^\/dev\/tty[A-Z]+\d+$/,
  /^\/dev\/pts\/\d+$/,
  /^\/dev\/serial\/by-id\/[^/]+$/,
  /^\/dev\/serial\/by-path\/[^/]+$/,
  /^COM\d+$/,
]

interface Place {
  /** The PC that opens it; null for the server's own machine. */
  readonly agent: string | null
  readonly where: PortAddress
}

function placeOf(address: string): Place | null {
  const remote = agentOf(address)
  try {
    return { agent: remote?.agent ?? null, where: parsePortAddress(remote?.port ?? address) }
  } catch (error) {
    if (error instanceof BadPortAddress) return null
    throw error
  }
}

/** A host as its address is read, whatever form a number is written in; a name in small letters and without the dot behind it. */
function plainHost(host: string): string {
  const bare = host.toLowerCase().replace(/\.+$/, '')
  const written = bare.includes(':') ? `[${bare}]` : bare
  const read = URL.canParse(`http://${written}`) ? new URL(`http://${written}`).hostname.replace(/^\[|\]$/g, '') : bare
  const [, high, low] = MAPPED.exec(read) ?? []
  const numbers = [high, low].map((part) => Number.parseInt(part ?? '', 16))
  const plain = high === undefined ? read : numbers.map((two) => `${two >> 8}.${two & 0xff}`).join('.')
  const here = plain === '::1' || plain === '::' || plain === '0.0.0.0' || (isIPv4(plain) && plain.startsWith('127.'))
  return here ? HERE : plain
}

function plainPath(path: string): string {
  const com = /^COM0*(\d+)$/.exec(path)
  return com === null ? posix.normalize(path) : `COM${com[1]}`
}

/** A number that every machine reads alike: a leading zero is octal to some and nothing to others. */
function isNumber(host: string): boolean {
  return (isIPv4(plainHost(host)) && !/(^|\.)0\d/.test(host)) || plainHost(host).includes(':')
}

/** A port under one spelling, its options left out: two that are spelt so are one port. An address that is none stays as it is. */
export function plainPort(address: string): string {
  const place = placeOf(address)
  if (place === null) return address
  const { agent, where } = place
  const at = where.carrier === 'tcp' ? `tcp://${plainHost(where.host)}:${where.port}` : plainPath(where.path)
  return agent === null ? at : `agent:${agent}/${at}`
}

/**
 * Whether two addresses may lead to one port: false only where they cannot. A host may be reached from any PC of the house; a name may be any
 * host, and so may the machine itself; two device files of one PC may be one unless they are two names of a folder that names each port once.
 */
export function mayBeOnePort(one: string, other: string): boolean {
  const [a, b] = [placeOf(one), placeOf(other)]
  if (a === null || b === null || plainPort(one) === plainPort(other)) return true
  if (a.where.carrier === 'tcp' && b.where.carrier === 'tcp') {
    const hosts = [a.where.host, b.where.host]
    const alike = plainHost(a.where.host) === plainHost(b.where.host)
    return a.where.port === b.where.port && (alike || !hosts.every(isNumber))
  }
  if (a.where.carrier === 'tcp' || b.where.carrier === 'tcp' || a.agent !== b.agent) return false
  const paths = [a.where.path, b.where.path]
  // What lies above a link is known to the machine alone.
  if (paths.some((path) => path.split('/').includes('..'))) return true
  return !ONE_NAME_EACH.some((names) => paths.every((path) => names.test(plainPath(path))))
}
