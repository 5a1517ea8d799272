import { u16, u16Bytes } from '../bytes.ts'

/** Parameter types of LLRP 1.1, chapter 17. */
export const PARAMETER = {
  ANTENNA_ID: 1,
  PEAK_RSSI: 6,
  TAG_SEEN_COUNT: 8,
  EPC_96: 13,
  ACCESSSPEC_ID: 16,
  GENERAL_CAPABILITIES: 137,
  REGULATORY_CAPABILITIES: 143,
  UHF_BAND_CAPABILITIES: 144,
  TRANSMIT_POWER_ENTRY: 145,
  ROSPEC: 177,
  RO_BOUNDARY: 178,
  ROSPEC_START_TRIGGER: 179,
  ROSPEC_STOP_TRIGGER: 182,
  AISPEC: 183,
  AISPEC_STOP_TRIGGER: 184,
  INVENTORY_SPEC: 186,
  ACCESSSPEC: 207,
  ACCESSSPEC_STOP_TRIGGER: 208,
  ACCESS_COMMAND: 209,
  KEEPALIVE_SPEC: 220,
  ANTENNA_CONFIGURATION: 222,
  RF_TRANSMITTER: 224,
  RO_REPORT_SPEC: 237,
  TAG_REPORT_CONTENT: 238,
  ACCESS_REPORT_SPEC: 239,
  TAG_REPORT_DATA: 240,
  EPC_DATA: 241,
  EVENT_NOTIFICATION_SPEC: 244,
  EVENT_NOTIFICATION_STATE: 245,
  EVENT_NOTIFICATION: 246,
  BUFFER_OVERFLOW: 251,
  READER_EXCEPTION: 252,
  ANTENNA_EVENT: 255,
  CONNECTION_ATTEMPT: 256,
  CONNECTION_CLOSE: 257,
  STATUS: 287,
  C1G2_TAG_SPEC: 338,
  C1G2_TARGET_TAG: 339,
  C1G2_READ: 341,
  C1G2_WRITE: 342,
  C1G2_READ_RESULT: 349,
  C1G2_WRITE_RESULT: 350,
} as const

export interface Parameter {
  readonly type: number
  readonly value: Uint8Array
}

/** How long the values of TV parameters are; they carry no length, so one that is not listed here ends what can be read. */
const TV_BYTES: ReadonlyMap<number, number> = new Map([
  [1, 2],
  [2, 8],
  [3, 8],
  [4, 8],
  [5, 8],
  [6, 1],
  [7, 2],
  [8, 2],
  [9, 4],
  [10, 2],
  [11, 2],
  [12, 2],
  [13, 12],
  [14, 2],
  [15, 2],
  [16, 4],
  [17, 4],
  [18, 1],
  [19, 2],
  [20, 2],
])
const TLV_HEADER_BYTES = 4

/**
 * Takes apart a run of parameters. Those of unknown types are among them, by their length; null when a length leads outside the run, or for a TV
 * parameter of unknown length: nothing behind it could be found, and half an answer is none.
 */
export function parameters(bytes: Uint8Array): Parameter[] | null {
  const found: Parameter[] = []
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at] ?? 0
    const tv = first >= 0x80
    const type = tv ? first & 0x7f : u16(bytes, at) & 0x3ff
    const header = tv ? 1 : TLV_HEADER_BYTES
    const length = tv ? (TV_BYTES.get(type) ?? -1) : u16(bytes, at + 2) - TLV_HEADER_BYTES
    const end = at + header + length
    if (length < 0 || end > bytes.length) return null
    found.push({ type, value: bytes.subarray(at + header, end) })
    at = end
  }
  return found
}

/** The first parameter of a type among these, or null. */
export function find(among: readonly Parameter[] | null, type: number): Uint8Array | null {
  return among?.find((one) => one.type === type)?.value ?? null
}

/** A TLV parameter with its fields and the parameters inside it. */
export function tlv(type: number, ...parts: readonly Iterable<number>[]): number[] {
  const value = parts.flatMap((part) => [...part])
  return [...u16Bytes(type), ...u16Bytes(value.length + TLV_HEADER_BYTES), ...value]
}
