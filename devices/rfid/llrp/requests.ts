import { u16Bytes, u32Bytes, words16 } from '../bytes.ts'
import { MESSAGE, llrpMessage } from './message.ts'
import { PARAMETER, tlv } from './parameter.ts'

/** The one ROSpec that we add. */
const ROSPEC_ID = 1

/** Capabilities, all of them. */
export function getCapabilities(id: number): Uint8Array {
  return llrpMessage(MESSAGE.GET_READER_CAPABILITIES, id, [0])
}

/** Events that a reader is asked to tell: of its buffer, of its own trouble, of its antennas. */
const BUFFER_EVENT = 3
const EXCEPTION_EVENT = 4
const ANTENNA_EVENT = 8
const ON = 0x80

/** Life signs every so often, and the events that we want to hear of. Leaves all other settings as they are. */
export function setConfig(id: number, keepalive_ms: number): Uint8Array {
  const events = [BUFFER_EVENT, EXCEPTION_EVENT, ANTENNA_EVENT].map((event) =>
    tlv(PARAMETER.EVENT_NOTIFICATION_STATE, u16Bytes(event), [ON]),
  )
  return llrpMessage(MESSAGE.SET_READER_CONFIG, id, [
    0,
    ...tlv(PARAMETER.EVENT_NOTIFICATION_SPEC, ...events),
    ...tlv(PARAMETER.KEEPALIVE_SPEC, [1], u32Bytes(keepalive_ms)),
  ])
}

/** Every ROSpec, or AccessSpec, goes: one of an earlier connection may still run. */
const ALL = 0

/** Whichever connection added them, running or not. */
export function deleteRoSpecs(id: number): Uint8Array {
  return llrpMessage(MESSAGE.DELETE_ROSPEC, id, u32Bytes(ALL))
}

/** Whichever connection added them, so that no write of an earlier one is carried out now. A reader without access operations refuses this. */
export function deleteAccessSpecs(id: number): Uint8Array {
  return llrpMessage(MESSAGE.DELETE_ACCESSSPEC, id, u32Bytes(ALL))
}

export interface Inventory {
  /** Empty is every antenna that the reader has. */
  readonly antennas: readonly number[]
  /** An index into the reader's own table; null leaves the power as it is. */
  readonly powerIndex: number | null
}

const EVERY_ANTENNA = 0
const GEN2 = 1
const INVENTORY_ID = 1
/** A report for each tag at once, and at the end. */
const EACH_TAG = 2
/** Antenna, peak RSSI, first seen, seen count, and which AccessSpec was carried out: from the highest bit on, as they stand in the standard. */
const CONTENT = 0x16c0

/** An inventory without an end, on these antennas, of which every read is reported at once. */
export function addRoSpec(id: number, { antennas, powerIndex }: Inventory): Uint8Array {
  const ids = antennas.length === 0 ? [EVERY_ANTENNA] : antennas
  const power =
    powerIndex === null
      ? []
      : ids.flatMap((antenna) =>
          tlv(
            PARAMETER.ANTENNA_CONFIGURATION,
            u16Bytes(antenna),
            tlv(PARAMETER.RF_TRANSMITTER, u16Bytes(1), u16Bytes(1), u16Bytes(powerIndex)),
          ),
        )
  const rospec = tlv(
    PARAMETER.ROSPEC,
    u32Bytes(ROSPEC_ID),
    [0, 0],
    tlv(
      PARAMETER.RO_BOUNDARY,
      tlv(PARAMETER.ROSPEC_START_TRIGGER, [0]),
      tlv(PARAMETER.ROSPEC_STOP_TRIGGER, [0], u32Bytes(0)),
    ),
    tlv(
      PARAMETER.AISPEC,
      u16Bytes(ids.length),
      ids.flatMap(u16Bytes),
      tlv(PARAMETER.AISPEC_STOP_TRIGGER, [0], u32Bytes(0)),
      tlv(PARAMETER.INVENTORY_SPEC, u16Bytes(INVENTORY_ID), [GEN2], power),
    ),
    tlv(PARAMETER.RO_REPORT_SPEC, [EACH_TAG], u16Bytes(1), tlv(PARAMETER.TAG_REPORT_CONTENT, u16Bytes(CONTENT))),
  )
  return llrpMessage(MESSAGE.ADD_ROSPEC, id, rospec)
}

export type RoSpecOrder = 'ENABLE_ROSPEC' | 'START_ROSPEC' | 'STOP_ROSPEC'

/** Enables, starts or stops our ROSpec. */
export function orderRoSpec(id: number, order: RoSpecOrder): Uint8Array {
  return llrpMessage(MESSAGE[order], id, u32Bytes(ROSPEC_ID))
}

/** Lets out what a reader holds back after a new connection, where it was set to. It is not answered. */
export function enableReports(id: number): Uint8Array {
  return llrpMessage(MESSAGE.ENABLE_EVENTS_AND_REPORTS, id)
}

export type Access =
  | { readonly read: { readonly bank: number; readonly pointer: number; readonly words: number } }
  | { readonly write: { readonly bank: number; readonly pointer: number; readonly data: Uint8Array } }

/** PC and EPC stand after the 16 bits of CRC in bank 1. */
const EPC_BANK = 1
const EPC_BIT = 32
const MATCH = 0x20
const NO_PASSWORD = 0
const OPERATION_ID = 1
const ONCE = 1
/** The result is told when the AccessSpec ends, not with some later inventory report. */
const AT_END = 1

/** One read or write of the one tag with this EPC, on one antenna, carried out once. */
export function addAccessSpec(
  id: number,
  spec: { readonly id: number; readonly antenna: number; readonly epc: Uint8Array; readonly access: Access },
): Uint8Array {
  const { antenna, epc, access } = spec
  const bits = u16Bytes(epc.length * 8)
  const target = tlv(
    PARAMETER.C1G2_TARGET_TAG,
    [(EPC_BANK << 6) | MATCH],
    u16Bytes(EPC_BIT),
    bits,
    new Uint8Array(epc.length).fill(0xff),
    bits,
    epc,
  )
  const accessSpec = tlv(
    PARAMETER.ACCESSSPEC,
    u32Bytes(spec.id),
    u16Bytes(antenna),
    [GEN2, 0],
    u32Bytes(ROSPEC_ID),
    tlv(PARAMETER.ACCESSSPEC_STOP_TRIGGER, [1], u16Bytes(ONCE)),
    tlv(PARAMETER.ACCESS_COMMAND, tlv(PARAMETER.C1G2_TAG_SPEC, target), operation(access)),
    tlv(PARAMETER.ACCESS_REPORT_SPEC, [AT_END]),
  )
  return llrpMessage(MESSAGE.ADD_ACCESSSPEC, id, accessSpec)
}

function operation(access: Access): number[] {
  const head = [...u16Bytes(OPERATION_ID), ...u32Bytes(NO_PASSWORD)]
  if ('read' in access) {
    const { bank, pointer, words } = access.read
    return tlv(PARAMETER.C1G2_READ, head, [bank << 6], u16Bytes(pointer), u16Bytes(words))
  }
  const { bank, pointer, data } = access.write
  return tlv(PARAMETER.C1G2_WRITE, head, [bank << 6], u16Bytes(pointer), u16Bytes(words16(data)), data)
}

/** `spec` is the number under which the AccessSpec was added; it is carried out only from here on. */
export function enableAccessSpec(id: number, spec: number): Uint8Array {
  return llrpMessage(MESSAGE.ENABLE_ACCESSSPEC, id, u32Bytes(spec))
}

/** Takes back an AccessSpec that nothing was heard of, before its tag comes by later and is written after all. */
export function deleteAccessSpec(id: number, spec: number): Uint8Array {
  return llrpMessage(MESSAGE.DELETE_ACCESSSPEC, id, u32Bytes(spec))
}

/** Has the id of the life sign that it answers. */
export function keepaliveAck(id: number): Uint8Array {
  return llrpMessage(MESSAGE.KEEPALIVE_ACK, id)
}

/** The reader answers it and then ends the connection itself. */
export function closeConnection(id: number): Uint8Array {
  return llrpMessage(MESSAGE.CLOSE_CONNECTION, id)
}
