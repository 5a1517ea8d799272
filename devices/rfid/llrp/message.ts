import { u16, u16Bytes, u32, u32Bytes } from '../bytes.ts'
import { scanningFramer, type ScanningFramer } from '../scanning.ts'

/** Message types of LLRP 1.1 (EPCglobal, 2010), chapter 16. */
export const MESSAGE = {
  GET_READER_CAPABILITIES: 1,
  GET_READER_CAPABILITIES_RESPONSE: 11,
  SET_READER_CONFIG: 3,
  SET_READER_CONFIG_RESPONSE: 13,
  CLOSE_CONNECTION: 14,
  CLOSE_CONNECTION_RESPONSE: 4,
  ADD_ROSPEC: 20,
  ADD_ROSPEC_RESPONSE: 30,
  DELETE_ROSPEC: 21,
  DELETE_ROSPEC_RESPONSE: 31,
  START_ROSPEC: 22,
  START_ROSPEC_RESPONSE: 32,
  STOP_ROSPEC: 23,
  STOP_ROSPEC_RESPONSE: 33,
  ENABLE_ROSPEC: 24,
  ENABLE_ROSPEC_RESPONSE: 34,
  ADD_ACCESSSPEC: 40,
  ADD_ACCESSSPEC_RESPONSE: 50,
  DELETE_ACCESSSPEC: 41,
  DELETE_ACCESSSPEC_RESPONSE: 51,
  ENABLE_ACCESSSPEC: 42,
  ENABLE_ACCESSSPEC_RESPONSE: 52,
  RO_ACCESS_REPORT: 61,
  KEEPALIVE: 62,
  KEEPALIVE_ACK: 72,
  READER_EVENT_NOTIFICATION: 63,
  ENABLE_EVENTS_AND_REPORTS: 64,
  ERROR_MESSAGE: 100,
} as const

export interface LlrpMessage {
  readonly type: number
  readonly id: number
  readonly body: Uint8Array
}

/** A report of a thousand tags with all that can be said of each is 100 KiB. */
const MESSAGE_BYTES_MAX = 1_048_576
const HEADER_BYTES = 10
/** LLRP 1.0.1, which every reader speaks. */
const VERSION = 1
const VERSION_MAX = 2

/**
 * Cuts a TCP stream into messages by the length in each header. Messages have no check, so only a header that cannot be one (reserved bits,
 * version, length) shows that the two sides have lost each other; whoever reads should then end the connection.
 */
export function llrpFramer(bytesMax = MESSAGE_BYTES_MAX): ScanningFramer<LlrpMessage> {
  return scanningFramer({
    bytesMax,
    measure(bytes, at) {
      const first = bytes[at] ?? 0
      const version = first >> 2
      if (version < VERSION || version > VERSION_MAX) return null
      if (at + 6 > bytes.length) return 'more'
      const length = u32(bytes, at + 2)
      return length < HEADER_BYTES || length > bytesMax ? null : length
    },
    meaning: (raw) => ({ type: u16(raw, 0) & 0x3ff, id: u32(raw, 6), body: raw.subarray(HEADER_BYTES) }),
  })
}

/** The whole message in version 1, its length counted; `id` is what the answer will name. */
export function llrpMessage(type: number, id: number, body: Iterable<number> = []): Uint8Array {
  const said = Uint8Array.from(body)
  const head = [...u16Bytes((VERSION << 10) | type), ...u32Bytes(HEADER_BYTES + said.length), ...u32Bytes(id)]
  return Uint8Array.of(...head, ...said)
}
