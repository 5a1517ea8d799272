import { wiegandNumber } from './badge/wiegand.ts'
import { addressIn } from './keypad/frame.ts'
import { BadProfile, checkedProfile, readProfile } from './keypad/profile.ts'
import { readTabletAnswer } from './keypad/sundyn.ts'
import { readIpp } from './office/ipp.ts'
import { BadPortAddress, parsePortAddress } from './port-address.ts'
import { capturesOf } from './framers.ts'
import { parseEpc } from './rfid/epc.ts'
import { itemOfReference } from './rfid/item-reference.ts'
import { capabilitiesIn, eventsIn, reportIn, statusIn } from './rfid/llrp/answers.ts'
import { A0, a0Access, a0Inventory } from './rfid/serial/a0.ts'
import { BB, bbAccess, bbTag } from './rfid/serial/bb.ts'
import { u18Tags } from './rfid/serial/uhfreader18.ts'
import { milligrams } from './scale/weight.ts'
import { parseGs1 } from './scanner/gs1.ts'
import { scanOf } from './scanner/scan.ts'

/** One reader of what stands inside a frame, or of what a person wrote. It holds nothing between two inputs. */
export interface KnownParser {
  readonly kind: string
  readonly name: string
  /** Inputs that make sense, to start from. */
  readonly captures: readonly Uint8Array[]
  /** Reads the bytes; throws only what `refuses`. */
  parse(bytes: Uint8Array): unknown
  /** Whether this is the parser's own way of saying no. */
  refuses(error: unknown): boolean
}

const never = (): boolean => false
/** Read once: a profile is a file. */
const FF68 = layout()

/** A printer's word that it has taken job 147 (after RFC 8010, appendix A.2). */
const IPP_ANSWER = Buffer.concat([
  Buffer.from('0101000000000001014700126174747269627574', 'hex'),
  Buffer.from('65732d6368617273657400057574662d38022100', 'hex'),
  Buffer.from('066a6f622d696400040000009303', 'hex'),
])

/** Every parser behind the framers of `FRAMERS`, the answers of tablets, which have no frames, and what configurations hold. */
export const PARSERS: readonly KnownParser[] = [
  onFrames('rfid', 'llrp answers', ['llrp'], (bytes) => {
    const body = bytes.subarray(10)
    return [statusIn(body), capabilitiesIn(body), reportIn(body), eventsIn(body)]
  }),
  onFrames('rfid', 'a0 records', ['a0', 'a0-damaged'], (bytes) =>
    [A0.INVENTORY, A0.SESSION_INVENTORY, A0.READ, A0.WRITE].map((command) => {
      const frame = { address: 1, command, data: bytes.subarray(4, -1) }
      return [a0Inventory(frame), a0Access(frame)]
    }),
  ),
  onFrames('rfid', 'bb records', ['bb', 'bb-tags'], (bytes) => {
    const frame = { type: 2, command: BB.TAG, parameter: bytes.subarray(5, -2) }
    return [bbTag(frame), bbAccess(frame)]
  }),
  onFrames('rfid', 'uhfreader18 records', ['uhfreader18'], (bytes) =>
    (['epc', 'epc-rssi', 'antenna-epc-rssi'] as const).map((records) => u18Tags(bytes.subarray(3, -2), records)),
  ),
  onText('rfid', 'epc', ['3034257BF7194E4000001A85', '340000000000000000000001', `38${'0'.repeat(50)}`], parseEpc),
  onText('rfid', 'item reference', ['1026000000123'], itemOfReference),
  onFrames('keypad', 'sundyn answers', ['sundyn'], readTabletAnswer),
  onFrames('keypad', 'ff68 address', ['ff68'], (bytes) => addressIn(FF68, bytes)),
  {
    ...onText('keypad', 'profile', ['ff68', 'sundyn', 'keys'].map(profileText), (text) =>
      checkedProfile('any', json(text)),
    ),
    refuses: (error) => error instanceof BadProfile,
  },
  { kind: 'office', name: 'ipp answer', captures: [IPP_ANSWER], parse: readIpp, refuses: never },
  onFrames('scanner', 'code', ['line', 'honeywell'], (bytes) => scanOf(bytes, null)),
  onText('scanner', 'gs1', ['0106901234567892\u001d21A1', '8004061414A-0001', '(01)06901234567892'], parseGs1),
  onText('scale', 'milligrams', ['14.256 g', '-0.002 kg', '123.45 lb'], (text) => {
    const [number = '', unit = ''] = text.split(' ')
    return milligrams(number, unit)
  }),
  onText('badge', 'wiegand', ['0A00B1', '123,45678', '00110101010101010101010101'], (text) =>
    (['hex', 'hex-reversed', 'decimal', 'decimal-reversed', 'facility-card', 'bits'] as const).map((form) => [
      wiegandNumber(text, { form, bits: 26 }),
      wiegandNumber(text, { form, bits: 34 }),
    ]),
  ),
  {
    ...onText('port', 'address', ['serial:/dev/ttyUSB0?baud=9600&frame=8N1', 'tcp://10.0.0.21:4305'], parsePortAddress),
    refuses: (error) => error instanceof BadPortAddress,
  },
]

function onFrames(
  kind: string,
  name: string,
  files: readonly string[],
  parse: (bytes: Uint8Array) => unknown,
): KnownParser {
  const all = capturesOf(kind)
  const captures = files.flatMap((file) => (all.get(file) ?? []).map(({ bytes }) => bytes))
  return { kind, name, captures, parse, refuses: never }
}

function onText(kind: string, name: string, texts: readonly string[], parse: (text: string) => unknown): KnownParser {
  const captures = texts.map((text) => Uint8Array.from(Buffer.from(text, 'utf8')))
  return { kind, name, captures, parse: (bytes) => parse(Buffer.from(bytes).toString('utf8')), refuses: never }
}

function layout() {
  const profile = readProfile('ff68')
  if (profile.protocol !== 'ff68') throw new Error('ff68 has no frames')
  return profile.frame
}

function profileText(name: string): string {
  const { name: _, ...content } = readProfile(name)
  return JSON.stringify(content)
}

/** What the text says as JSON, or the text itself. */
function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
