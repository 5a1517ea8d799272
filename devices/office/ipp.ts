/** Internet Printing Protocol: messages as RFC 8010 section 3 lays them out, and the names of RFC 8011 that are needed to print one file. */

import type { Fault } from '../reading.ts'

export const OPERATION = { printJob: 0x0002, getJobAttributes: 0x0009, getPrinterAttributes: 0x000b } as const

/** Delimiters of groups (RFC 8010, 3.5.1). */
export const GROUP = { operation: 0x01, job: 0x02, end: 0x03, printer: 0x04 } as const

/** Syntaxes of values (RFC 8010, 3.5.2). */
export const SYNTAX = {
  ...{ integer: 0x21, boolean: 0x22, enum: 0x23 },
  ...{ text: 0x41, name: 0x42, keyword: 0x44, uri: 0x45, charset: 0x47, language: 0x48, mimeType: 0x49 },
} as const

/** Version 1.1: the one that every printer of either generation must take (RFC 8011, 5.1.8). */
const VERSION = [1, 1] as const
const HEAD_BYTES = 8
/** The longest name or value that two bytes can count. */
const LONGEST_BYTES = 0xff_ff
/** What a printer says of itself is some ten kilobytes; more than this is no answer. */
export const ANSWER_BYTES_MAX = 1024 * 1024
const VALUES_MAX = 20_000

export type IppValue = string | number | boolean | Uint8Array

export interface IppAttribute {
  readonly name: string
  readonly syntax: number
  readonly value: string | number | boolean
}

export interface IppRequest {
  readonly operation: number
  readonly id: number
  readonly groups: readonly { readonly group: number; readonly attributes: readonly IppAttribute[] }[]
  /** What is printed; empty where a question is asked. */
  readonly document: Uint8Array
}

export interface IppAnswer {
  /** Below 0x0100 it was done (RFC 8011, appendix B). */
  readonly status: number
  readonly id: number
  readonly groups: readonly {
    readonly group: number
    /** Several values under one name stand in their order. */
    readonly attributes: ReadonlyMap<string, readonly IppValue[]>
  }[]
}

/**
 * The body of a request. Two attributes in a row under one name are one with two values.
 * @throws RangeError for a name or value that two bytes cannot count
 */
export function encodeIpp({ operation, id, groups, document }: IppRequest): Uint8Array {
  const head = Buffer.alloc(HEAD_BYTES)
  head.set(VERSION)
  head.writeUInt16BE(operation, 2)
  head.writeUInt32BE(id, 4)
  const parts: Uint8Array[] = [head]
  for (const { group, attributes } of groups) {
    parts.push(Uint8Array.of(group))
    for (const [index, { name, syntax, value }] of attributes.entries()) {
      const again = attributes[index - 1]?.name === name
      parts.push(Uint8Array.of(syntax), counted(Buffer.from(again ? '' : name, 'ascii')), counted(valueBytes(value)))
    }
  }
  parts.push(Uint8Array.of(GROUP.end), document)
  return Buffer.concat(parts)
}

function valueBytes(value: IppAttribute['value']): Uint8Array {
  if (typeof value === 'string') return Buffer.from(value, 'utf8')
  if (typeof value === 'boolean') return Uint8Array.of(value ? 1 : 0)
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

function counted(bytes: Uint8Array): Uint8Array {
  if (bytes.length > LONGEST_BYTES) throw new RangeError(`${bytes.length} bytes in one attribute`)
  const length = Buffer.alloc(2)
  length.writeUInt16BE(bytes.length)
  return Buffer.concat([length, bytes])
}

/** Reads a whole answer; the fault says what is wrong with one that is none. Never throws, and skips what it does not know. */
export function readIpp(bytes: Uint8Array): IppAnswer | Fault {
  if (bytes.length > ANSWER_BYTES_MAX) return wrong('too long')
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (view.length < HEAD_BYTES + 1) return wrong('too short')
  if (view[0] !== 1 && view[0] !== 2) return wrong(`version ${view[0]}.${view[1]}`)
  const groups: { group: number; attributes: Map<string, IppValue[]> }[] = []
  let values: IppValue[] | null = null
  let read = 0
  for (let at = HEAD_BYTES; ;) {
    const tag = view[at]
    if (tag === undefined) return wrong('it has no end')
    at += 1
    if (tag === GROUP.end) return { status: view.readUInt16BE(2), id: view.readUInt32BE(4), groups }
    if (tag < FIRST_VALUE) {
      groups.push({ group: tag, attributes: new Map() })
      values = null
      continue
    }
    const name = piece(view, at)
    const value = name === null ? null : piece(view, at + 2 + name.length)
    if (name === null || value === null) return wrong('an attribute is cut')
    at += 4 + name.length + value.length
    read += 1
    if (read > VALUES_MAX) return wrong(`more than ${VALUES_MAX} values`)
    const attributes = groups.at(-1)?.attributes
    if (attributes === undefined) return wrong('an attribute stands in no group')
    if (name.length > 0) {
      values = []
      attributes.set(name.toString('latin1'), values)
    }
    if (values === null) return wrong('a further value of no attribute')
    values.push(meaningOf(tag, value))
  }
}

/** Tags below are delimiters of groups, those from here on syntaxes of values. */
const FIRST_VALUE = 0x10
/** Character strings (RFC 8010, 3.5.2). */
const FIRST_TEXT = 0x41
const LAST_TEXT = 0x49

function meaningOf(syntax: number, value: Buffer): IppValue {
  if ((syntax === SYNTAX.integer || syntax === SYNTAX.enum) && value.length === 4) return value.readInt32BE(0)
  if (syntax === SYNTAX.boolean && value.length === 1) return value[0] === 1
  if (syntax >= FIRST_TEXT && syntax <= LAST_TEXT) return value.toString('utf8')
  return Uint8Array.from(value)
}

/** What two bytes count at this place; null where it is cut. */
function piece(view: Buffer, at: number): Buffer | null {
  if (at + 2 > view.length) return null
  const end = at + 2 + view.readUInt16BE(at)
  return end > view.length ? null : view.subarray(at + 2, end)
}

function wrong(detail: string): Fault {
  return { code: 'protocol', detail: `no IPP answer: ${detail}` }
}

/** The values of an attribute in the first group of a kind; none where it is not there. */
export function valuesOf({ groups }: IppAnswer, group: number, name: string): readonly IppValue[] {
  return groups.find((one) => one.group === group)?.attributes.get(name) ?? []
}

/** Status codes below 0x0100 are successes, also those with a reservation such as ignored attributes (RFC 8011, appendix B). */
export function isDone({ status }: IppAnswer): boolean {
  return status < 0x01_00
}
