import type { DriverOutlet } from '../driver.ts'
import { bad, good, type Frame } from '../framing.ts'
import { PortClosed } from '../port.ts'
import type { Fault, ScannerOrder } from '../reading.ts'
import { conversation, type Question, type Settled } from './conversation.ts'
import { scanOf, type Scan } from './scan.ts'
import type { Scanner } from './scanner.ts'
import { silenceWatch } from './silence.ts'
import { SSI, SSI_NAK, SSI_STATUS, ssiBytes, ssiFramer, type SsiPacket } from './ssi.ts'
import { symbologyOfSsi } from './symbologies.ts'
import { noiseCount, scanTeller, type TellerOptions } from './teller.ts'

/** Bytes of one packet come one after the other; after this much silence the rest will not come. */
const SILENCE_MS = 200
/** A scanner that was not acknowledged sends again after two seconds at most, some three times. */
const RESEND_MS = 10_000
/** What is damaged is asked for again this often, and awaited this long, before a person is asked to scan again. */
const NAKS_MAX = 3
const HEAL_MS = 3000
/** Between two packets of one code. */
const NEXT_PACKET_MS = 3000
/** All packets of one code: the largest there is (QR, 7 089 digits) fits. */
const CODE_BYTES_MAX = 8192

const ANSWER_MS = 1000
const TRIES = 3
const ACK_MS = 500
/** A beep later than this would be taken for the verdict on another scan. */
const FEEDBACK_MS = 800
const ORDER_MS = 3000
const GOOD_LED_MS = 400

const NO_PARAMETER_BEEP = 0xff
const DECODE_FORMAT = 0xee
const SOFTWARE_HANDSHAKE = 0x9f
const ONE_LONG_LOW = 0x0f
const FIRST_LED = 0x01
/** What comes before the list of opcodes in a capabilities reply: baud rates, serial parameters, packet options. */
const CAPABILITIES_HEAD = 4

export interface SsiScannerOptions extends TellerOptions {
  /** Where the code begins in a decode packet's data; its first byte is the code type. */
  readonly payloadOffset?: 1 | 4
}

/**
 * A Zebra or Symbol scanner that speaks the Simple Serial Interface. At the opening it is set (until its power goes) to send codes in packets
 * and to want each acknowledged; it is `ready` when it has taken that and told its capabilities. A packet is acknowledged after it was told,
 * so what we did not tell it sends again; what it sends again although we told it (our acknowledgement was lost) is counted and not told
 * twice. A damaged packet is asked for again, and is a fault only when it does not come.
 */
export function ssiScanner(outlet: DriverOutlet, { payloadOffset = 1, ...options }: SsiScannerOptions = {}): Scanner {
  const framer = ssiFramer()
  const tell = scanTeller(outlet, options)
  const countNoise = noiseCount(outlet, framer)
  const silence = silenceWatch(SILENCE_MS, () => took(framer.silence()))
  let capabilities: ReadonlySet<number> | null = null
  let lastDecode: { readonly bytes: string; at_ms: number } | null = null
  let damaged: { readonly frame: Frame<Scan>; naks: number; readonly untilHealed: NodeJS.Timeout } | null = null
  let begun: { readonly parts: SsiPacket[]; readonly raws: Uint8Array[]; readonly cut: NodeJS.Timeout } | null = null
  let ledOff: NodeJS.Timeout | undefined
  let closed = false

  const talk = conversation<SsiPacket>(outlet, {
    patience_ms: ANSWER_MS,
    tries: TRIES,
    rest_ms: 0,
    setUp: [
      command(SSI.paramSend, [NO_PARAMETER_BEEP, DECODE_FORMAT, 0x01, SOFTWARE_HANDSHAKE, 0x01]),
      question(SSI.capabilitiesRequest, [], (packet) => {
        if (packet.opcode !== SSI.capabilitiesReply) return answered(packet)
        const known = packet.data.subarray(CAPABILITIES_HEAD)
        capabilities = known.length === 0 ? null : new Set(known)
        return { fault: null }
      }),
    ],
    probe: question(SSI.requestRevision, [], (packet) =>
      packet.opcode === SSI.replyRevision ? { fault: null } : answered(packet),
    ),
  })

  function send(bytes: Uint8Array): void {
    outlet.write(bytes, ACK_MS).catch((error: unknown) => {
      // Not acknowledged, the scanner sends again over the next opening.
      if (!(error instanceof PortClosed)) throw error
    })
  }

  function took(frames: readonly Frame<SsiPacket>[]): void {
    for (const { raw, meaning, fault } of frames) {
      if (meaning === null) tookDamaged(raw, fault)
      else tookPacket(raw, meaning)
    }
    countNoise()
  }

  function tookPacket(raw: Uint8Array, packet: SsiPacket): void {
    talk.heard()
    switch (packet.opcode) {
      case SSI.decodeData:
        tookDecode(raw, packet)
        send(ssiBytes(SSI.ack))
        return
      case SSI.event:
        send(ssiBytes(SSI.ack))
        return
      case SSI.ack:
      case SSI.nak:
        talk.take(packet)
        return
      default:
        // An answer wants no acknowledgement; what nobody asked for is refused, or it would be sent again and again.
        if (!talk.take(packet)) send(ssiBytes(SSI.nak, [SSI_NAK.undesired]))
    }
  }

  function tookDecode(raw: Uint8Array, packet: SsiPacket): void {
    const at_ms = performance.now()
    const continues = (packet.status & SSI_STATUS.continues) !== 0
    const bytes = `${continues} ${Buffer.from(packet.data).toString('latin1')}`
    const again = (packet.status & SSI_STATUS.retransmission) !== 0
    // Two packets of one code may hold the same bytes: what replaces a damaged one is new, whatever it looks like.
    const awaited = begun !== null && damaged !== null
    if (again && !awaited && lastDecode?.bytes === bytes && at_ms - lastDecode.at_ms <= RESEND_MS) {
      lastDecode.at_ms = at_ms
      outlet.count('retransmitted', 1)
      return
    }
    lastDecode = { bytes, at_ms }
    healed()
    const parts = [...(begun?.parts ?? []), packet]
    const raws = [...(begun?.raws ?? []), raw]
    clearTimeout(begun?.cut)
    begun = null
    const whole = Buffer.concat(raws)
    if (whole.length > CODE_BYTES_MAX) {
      tell(bad(whole, 'line-too-long', `more than ${CODE_BYTES_MAX} bytes in one code`))
    } else if (continues) {
      begun = { parts, raws, cut: setTimeout(() => cutCode('the rest of the code did not come'), NEXT_PACKET_MS) }
    } else tell(codeOf(Uint8Array.from(whole), parts, payloadOffset))
  }

  function cutCode(detail: string): void {
    if (begun === null) return
    clearTimeout(begun.cut)
    const raw = Uint8Array.from(Buffer.concat(begun.raws))
    begun = null
    tell(bad(raw, 'line-cut', detail))
  }

  function tookDamaged(raw: Uint8Array, fault: Fault): void {
    if (closed) {
      tell({ raw, meaning: null, fault })
      return
    }
    outlet.count('damaged', 1)
    damaged ??= { frame: { raw, meaning: null, fault }, naks: 0, untilHealed: setTimeout(giveUpHealing, HEAL_MS) }
    if (damaged.naks >= NAKS_MAX) return
    damaged.naks += 1
    send(ssiBytes(SSI.nak, [SSI_NAK.resend]))
  }

  function healed(): void {
    clearTimeout(damaged?.untilHealed)
    damaged = null
  }

  function giveUpHealing(): void {
    const lost = damaged?.frame
    healed()
    if (lost !== undefined) tell(lost)
  }

  /** Whether the scanner says that it knows this; one that does not say is asked. */
  function isAble(opcode: number): boolean {
    return capabilities === null || capabilities.has(opcode)
  }

  return {
    opened: talk.opened,
    bytes(bytes) {
      took(framer.push(bytes))
      silence.heard(framer.begun())
    },
    closed(fault) {
      closed = true
      silence.stop()
      clearTimeout(ledOff)
      talk.closed(fault)
      giveUpHealing()
      cutCode('the port closed inside a code')
      took(framer.end())
    },
    async feedback(verdict) {
      if (verdict === 'bad')
        return isAble(SSI.beep) ? await talk.ask(command(SSI.beep, [ONE_LONG_LOW]), FEEDBACK_MS) : 'unable'
      if (!isAble(SSI.ledOn) || !isAble(SSI.ledOff)) return 'unable'
      const fault = await talk.ask(command(SSI.ledOn, [FIRST_LED]), FEEDBACK_MS)
      if (fault !== null || closed) return fault
      clearTimeout(ledOff)
      ledOff = setTimeout(() => void talk.ask(command(SSI.ledOff, [FIRST_LED]), ORDER_MS), GOOD_LED_MS)
      return null
    },
    async order(order) {
      const opcode = ORDERS[order]
      return isAble(opcode) ? await talk.ask(command(opcode), ORDER_MS) : 'unable'
    },
  }
}

const ORDERS: Readonly<Record<ScannerOrder, number>> = {
  trigger: SSI.startDecode,
  release: SSI.stopDecode,
  enable: SSI.scanEnable,
  disable: SSI.scanDisable,
  aim: SSI.aimOn,
  'aim-off': SSI.aimOff,
}

function question(
  opcode: number,
  data: readonly number[],
  settle: (packet: SsiPacket) => Settled,
): Question<SsiPacket> {
  return { bytes: ssiBytes(opcode, data), again: ssiBytes(opcode, data, SSI_STATUS.retransmission), settle }
}

/** A command that is answered by an acknowledgement alone. */
function command(opcode: number, data: readonly number[] = []): Question<SsiPacket> {
  return question(opcode, data, (packet) => (packet.opcode === SSI.ack ? { fault: null } : refusalOf(packet)))
}

function refusalOf({ opcode, data }: SsiPacket): Settled {
  if (opcode !== SSI.nak) return 'other'
  switch (data[0]) {
    case SSI_NAK.resend:
      return 'again'
    case SSI_NAK.badContext:
      return { fault: { code: 'device-error', detail: 'the scanner cannot do it now' } }
    case SSI_NAK.denied:
      return { fault: { code: 'device-error', detail: 'the scanner is not allowed to do it' } }
    default:
      return { fault: { code: 'device-error', detail: `the scanner refuses (NAK ${data[0] ?? 'without a cause'})` } }
  }
}

/** A scanner that refuses to tell of itself is there all the same. */
function answered(packet: SsiPacket): Settled {
  const refusal = refusalOf(packet)
  return typeof refusal === 'object' ? { fault: null } : refusal
}

/** The code that came in these packets, each of which begins with the code type. */
function codeOf(raw: Uint8Array, parts: readonly SsiPacket[], payloadOffset: number): Frame<Scan> {
  const type = parts[0]?.data[0]
  if (type === undefined) return bad(raw, 'protocol', 'a decode packet without a code type')
  if (parts.some(({ data }) => data[0] !== type))
    return bad(raw, 'protocol', 'packets of different code types in one code')
  const data = Buffer.concat(parts.map((part) => part.data.subarray(payloadOffset)))
  const scan = scanOf(withoutSuffix(data), symbologyOfSsi(type))
  return typeof scan === 'string' ? bad(raw, 'line-garbled', scan) : good(raw, scan)
}

/** The scanner puts the suffix that it is set to send into the packet too. */
function withoutSuffix(data: Uint8Array): Uint8Array {
  let to = data.length
  while (to > 0 && (data[to - 1] === 0x0d || data[to - 1] === 0x0a || data[to - 1] === 0x09)) to -= 1
  return data.subarray(0, to)
}
