import { hexText, s8, u16, u32 } from '../bytes.ts'
import type { Sighting } from '../sighting.ts'
import { find, PARAMETER, parameters, type Parameter } from './parameter.ts'

/** LLRPStatus of an answer: 0 is success. */
export interface LlrpStatus {
  readonly code: number
  readonly text: string
}

/** The status that every answer and error message carries; null for one without, which is no answer. */
export function statusIn(body: Uint8Array): LlrpStatus | null {
  const value = find(parameters(body), PARAMETER.STATUS)
  if (value === null || value.length < 4) return null
  return { code: u16(value, 0), text: Buffer.from(value.subarray(4, 4 + u16(value, 2))).toString('utf8') }
}

export interface Capabilities {
  readonly antennas: number
  /** What each index of the reader's table sends out. */
  readonly powers: readonly { readonly index: number; readonly power_dbm: number }[]
}

/** Null for an answer that does not say how many antennas there are. */
export function capabilitiesIn(body: Uint8Array): Capabilities | null {
  const all = parameters(body)
  const general = find(all, PARAMETER.GENERAL_CAPABILITIES)
  if (general === null || general.length < 2) return null
  const regulatory = find(all, PARAMETER.REGULATORY_CAPABILITIES)
  const band = regulatory === null ? null : find(parameters(regulatory.subarray(4)), PARAMETER.UHF_BAND_CAPABILITIES)
  const entries = (band === null ? null : parameters(band)) ?? []
  const powers = entries
    .filter(({ type, value }) => type === PARAMETER.TRANSMIT_POWER_ENTRY && value.length >= 4)
    .map(({ value }) => ({ index: u16(value, 0), power_dbm: ((u16(value, 2) << 16) >> 16) / 100 }))
  return { antennas: u16(general, 0), powers }
}

/** What became of a read or write that an AccessSpec asked for; `result` 0 is success. */
export interface AccessResult {
  readonly spec: number
  readonly kind: 'read' | 'write'
  readonly result: number
  /** What was read. */
  readonly data: Uint8Array
}

export interface TagReport {
  readonly sighting: Sighting
  readonly access: AccessResult | null
}

export interface AccessReport {
  readonly tags: readonly TagReport[]
  /** TagReportData parameters that could not be read to their end, and were left out. */
  readonly abandoned: number
}

/** The tags of an RO_ACCESS_REPORT; null when its parameters do not come out even. A tag that cannot be read spoils no other. */
export function reportIn(body: Uint8Array): AccessReport | null {
  const all = parameters(body)
  if (all === null) return null
  const tags: TagReport[] = []
  let abandoned = 0
  for (const { type, value } of all) {
    if (type !== PARAMETER.TAG_REPORT_DATA) continue
    const tag = tagIn(parameters(value))
    if (tag === null) abandoned += 1
    else tags.push(tag)
  }
  return { tags, abandoned }
}

function tagIn(parts: readonly Parameter[] | null): TagReport | null {
  const epc = find(parts, PARAMETER.EPC_96) ?? epcOf(find(parts, PARAMETER.EPC_DATA))
  if (parts === null || epc === null || epc.length === 0) return null
  const antenna = find(parts, PARAMETER.ANTENNA_ID)
  const rssi = find(parts, PARAMETER.PEAK_RSSI)
  const count = find(parts, PARAMETER.TAG_SEEN_COUNT)
  return {
    sighting: {
      epc: hexText(epc),
      tid: null,
      antenna: antenna === null ? 1 : u16(antenna, 0),
      rssi_dbm: rssi === null ? null : s8(rssi[0] ?? 0),
      count: count === null ? 1 : Math.max(1, u16(count, 0)),
    },
    access: accessOf(parts),
  }
}

/** The bits of an EPC that is not 96 of them long, in whole bytes; null when there are fewer than it says. */
function epcOf(value: Uint8Array | null): Uint8Array | null {
  if (value === null || value.length < 2) return null
  const bytes = Math.ceil(u16(value, 0) / 8)
  return value.length < 2 + bytes ? null : value.subarray(2, 2 + bytes)
}

function accessOf(parts: readonly Parameter[]): AccessResult | null {
  const spec = find(parts, PARAMETER.ACCESSSPEC_ID)
  if (spec === null) return null
  const read = find(parts, PARAMETER.C1G2_READ_RESULT)
  if (read !== null && read.length >= 5 && read.length >= 5 + 2 * u16(read, 3)) {
    const data = read.subarray(5, 5 + 2 * u16(read, 3))
    return { spec: u32(spec, 0), kind: 'read', result: read[0] ?? 0, data }
  }
  const write = find(parts, PARAMETER.C1G2_WRITE_RESULT)
  if (write === null || write.length < 5) return null
  return { spec: u32(spec, 0), kind: 'write', result: write[0] ?? 0, data: new Uint8Array(0) }
}

/** What a reader tells of itself. */
export type ReaderEvent =
  | { readonly event: 'connection'; readonly status: number }
  | { readonly event: 'closing' }
  | { readonly event: 'antenna'; readonly antenna: number; readonly connected: boolean }
  | { readonly event: 'exception'; readonly text: string }
  /** Reports were lost inside the reader. */
  | { readonly event: 'overflow' }

/** The events of a READER_EVENT_NOTIFICATION that concern us; null when it cannot be read. */
export function eventsIn(body: Uint8Array): ReaderEvent[] | null {
  const data = find(parameters(body), PARAMETER.EVENT_NOTIFICATION)
  const parts = data === null ? null : parameters(data)
  return parts?.flatMap(eventOf) ?? null
}

function eventOf({ type, value }: Parameter): ReaderEvent[] {
  switch (type) {
    case PARAMETER.CONNECTION_ATTEMPT:
      return value.length < 2 ? [] : [{ event: 'connection', status: u16(value, 0) }]
    case PARAMETER.CONNECTION_CLOSE:
      return [{ event: 'closing' }]
    case PARAMETER.ANTENNA_EVENT:
      return value.length < 3 ? [] : [{ event: 'antenna', connected: value[0] === 1, antenna: u16(value, 1) }]
    case PARAMETER.READER_EXCEPTION:
      return [{ event: 'exception', text: Buffer.from(value.subarray(2, 2 + u16(value, 0))).toString('utf8') }]
    case PARAMETER.BUFFER_OVERFLOW:
      return [{ event: 'overflow' }]
    default:
      return []
  }
}
