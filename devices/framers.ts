import { readdirSync, readFileSync } from 'node:fs'
import { cardFramer } from './badge/frame.ts'
import type { Frame, Framer } from './framing.ts'
import { evdevFramer } from './keypad/evdev.ts'
import { busFramer } from './keypad/frame.ts'
import { readProfile } from './keypad/profile.ts'
import { escposFramer, escposStatusReader } from './printer/escpos-status.ts'
import { starFramer, starStatusReader } from './printer/star-status.ts'
import type { StatusReader } from './printer/status.ts'
import { tsplStatusReader } from './printer/tspl-status.ts'
import { zplStatusReader } from './printer/zpl-status.ts'
import { lockFramer } from './relay/lock.ts'
import { readCapture, type CapturedPiece } from './replay-capture.ts'
import { llrpFramer } from './rfid/llrp/message.ts'
import { a0Framer } from './rfid/serial/a0.ts'
import { bbFramer } from './rfid/serial/bb.ts'
import { u18Framer } from './rfid/serial/uhfreader18.ts'
import { andFramer } from './scale/and.ts'
import { mtSicsFramer } from './scale/mt-sics.ts'
import { ohausFramer } from './scale/ohaus.ts'
import { withoutGm65Answers } from './scanner/gm65.ts'
import { honeywellFramer } from './scanner/honeywell.ts'
import { lineFramer, type LineOptions } from './scanner/line.ts'
import { multiDropFramer } from './scanner/multi-drop.ts'
import { newlandFramer } from './scanner/newland.ts'
import { ssiFramer } from './scanner/ssi.ts'

/** A framer as its driver uses it, in one form for all. */
export interface DrivenFramer extends Framer<unknown> {
  /** What a driver does when a device has been silent for a while, or before it asks: what was begun is given up. */
  settle(): Frame<unknown>[]
}

/** One framer of one protocol. */
export interface KnownFramer {
  /** The folder of its kind, the file of its captures (without `.hex`), and what it is set to where it has settings. */
  readonly kind: string
  readonly protocol: string
  readonly set: string
  /** The function that makes it, by which a test finds that none is missing here. */
  readonly maker: string
  make(): DrivenFramer
  /** Its device answers questions, and `settle` begins the next one. */
  readonly asked: boolean
  /** Only `settle` ends a frame. */
  readonly endedBySilence: boolean
  /** What a frame means hangs on those before it, so that only its bytes are the same each time. */
  readonly remembers: boolean
  /** Frames beside those of the captures that it reads as good ones. */
  readonly frames: readonly Uint8Array[]
}

/** What gives up a frame that was begun: silence where the framer knows it, else bytes that cannot be part of one. */
function driven<Meaning>(framer: Framer<Meaning> & { silence?(): Frame<Meaning>[] }, resync = ''): DrivenFramer {
  return {
    push: (bytes) => framer.push(bytes),
    end: () => framer.end(),
    settle: () => framer.silence?.() ?? framer.push(Buffer.from(resync, 'latin1')),
  }
}

/** A printer is asked, then it answers; whoever asks takes only what comes after the question, which ends what was begun. */
function asked(reader: StatusReader): DrivenFramer {
  reader.ask()
  const after = (frames: Frame<unknown>[]): Frame<unknown>[] => {
    reader.ask()
    return frames
  }
  return {
    push: (bytes) => reader.push(bytes),
    end: () => after(reader.end()),
    settle: () => after(reader.end()),
  }
}

function line(set: string, frame: string, options: LineOptions): KnownFramer {
  const make = (): DrivenFramer => driven(lineFramer(options))
  return { ...one('scanner', 'line', 'lineFramer', make, [frame]), set, endedBySilence: options.terminator === 'none' }
}

function profileLayout(name: string) {
  const profile = readProfile(name)
  if (profile.protocol !== 'ff68') throw new Error(`${name} has no frames`)
  return profile.frame
}

/** A key of a Linux input device going down at some moment, with the end of its report. */
function keyDown(code: number): Uint8Array {
  const event = (type: number, what: number, value: number): Uint8Array => {
    const view = new DataView(new ArrayBuffer(24))
    view.setBigUint64(0, 1_795_240_000n, true)
    view.setBigUint64(8, 123_456n, true)
    view.setUint16(16, type, true)
    view.setUint16(18, what, true)
    view.setUint32(20, value, true)
    return new Uint8Array(view.buffer)
  }
  return Uint8Array.from([...event(1, code, 1), ...event(0, 0, 0)])
}

/** What puts an input device's events back in step: it cannot be any part of one. */
const NO_EVENT = '\xff'.repeat(96)
const LINE_END = '\r\n'

/** Every framer there is; what holds for framers is tried on all of these, and a recording is replayed through them. */
export const FRAMERS: readonly KnownFramer[] = [
  line('any', 'LIB-000123\r', {}),
  line('cr', 'LIB\n000123\r', { terminator: 'cr' }),
  line('lf', 'LIB-000123\n', { terminator: 'lf' }),
  line('crlf', 'LIB-000123\r\n', { terminator: 'crlf' }),
  line('tab', 'LIB-000123\t', { terminator: 'tab' }),
  line('etx', '\x02A1\x03', { terminator: 'etx' }),
  line('none', 'LIB-000123', { terminator: 'none' }),
  line('etx lrc', '\x02A1\x03s', { terminator: 'etx', lrc: true }),
  one('scanner', 'gm65', 'withoutGm65Answers', () => driven(withoutGm65Answers(lineFramer())), ['LIB-000123\r']),
  one('scanner', 'newland', 'newlandFramer', () => driven(newlandFramer(lineFramer())), ['LIB-000123\r', '\x02A1\x03']),
  one('scanner', 'honeywell', 'honeywellFramer', () => driven(honeywellFramer())),
  one('scanner', 'ssi', 'ssiFramer', () => driven(ssiFramer())),
  one('scanner', 'multi-drop', 'multiDropFramer', () => driven(multiDropFramer()), ['\x01\x30\x02A1\x03s']),
  {
    ...one('scanner', 'multi-drop', 'multiDropFramer', () => driven(multiDropFramer({ family: 'microscan' }))),
    set: 'microscan',
    frames: [ascii('\x1e\x02A1\x03s')],
  },
  one('badge', 'rdm6300', 'cardFramer', () => driven(cardFramer()), ['\x020F00ABCDEF86\r\n\x03']),
  one('rfid', 'llrp', 'llrpFramer', () => driven(llrpFramer())),
  one('rfid', 'a0', 'a0Framer', () => driven(a0Framer())),
  one('rfid', 'bb', 'bbFramer', () => driven(bbFramer())),
  one('rfid', 'uhfreader18', 'u18Framer', () => driven(u18Framer())),
  one('scale', 'mt-sics', 'mtSicsFramer', () => driven(mtSicsFramer(), LINE_END)),
  one('scale', 'and', 'andFramer', () => driven(andFramer(), LINE_END), ['OL,-9999999E+19\r\n', 'ST,+00123.45  g\r\n']),
  one('scale', 'ohaus', 'ohausFramer', () => driven(ohausFramer(), LINE_END), ['-  123.45 kg   ?G\r\n']),
  one('keypad', 'ff68', 'busFramer', () => driven(busFramer(profileLayout('ff68')))),
  {
    ...one('keypad', 'keys', 'evdevFramer', () => driven(evdevFramer(), NO_EVENT)),
    frames: [keyDown(2), keyDown(3)],
  },
  one('relay', 'lock', 'lockFramer', () => driven(lockFramer()), ['\x80\x01\x07\x11\x97']),
  one('printer', 'zpl', 'zplStatusReader', () => asked(zplStatusReader())),
  one('printer', 'tspl', 'tsplStatusReader', () => asked(tsplStatusReader())),
  one('printer', 'escpos', 'escposStatusReader', () => asked(escposStatusReader())),
  {
    ...one('printer', 'star', 'starStatusReader', () => asked(starStatusReader()), [
      '#\x86\x00\x00\x00\x00\x00\x02\x00',
    ]),
    remembers: true,
  },
  one('printer', 'star', 'starFramer', () => driven(starFramer(), '\xff'), ['#\x86\x00\x00\x00\x00\x00\x02\x00']),
  one('printer', 'escpos', 'escposFramer', () => driven(escposFramer(), '\xff'), ['\x12', '\x14\x00\x00\x0f']),
]

function one(
  kind: string,
  protocol: string,
  maker: string,
  make: () => DrivenFramer,
  frames: readonly string[] = [],
): KnownFramer {
  return {
    kind,
    protocol,
    set: '',
    maker,
    make,
    asked: kind === 'printer',
    endedBySilence: false,
    remembers: false,
    frames: frames.map(ascii),
  }
}

/** The captures of one folder of devices, by the name of their file without `.hex`. */
export function capturesOf(kind: string): ReadonlyMap<string, readonly CapturedPiece[]> {
  const folder = new URL(`${kind}/captures/`, import.meta.url)
  const files = readdirSync(folder).filter((file) => file.endsWith('.hex'))
  return new Map(
    files.map((file) => [file.slice(0, -'.hex'.length), readCapture(file, readFileSync(new URL(file, folder)))]),
  )
}

/** What a framer reads of one frame by itself, given up after it where only silence ends it. */
export function readFrame(framer: DrivenFramer, bytes: Uint8Array, { endedBySilence }: KnownFramer): Frame<unknown>[] {
  const frames = framer.push(bytes)
  return endedBySilence ? [...frames, ...framer.settle()] : frames
}

/** Line ends behind a frame are in the `raw` of none. */
const LINE_END_BYTES = 2

/** The frames that a framer is known to read as one good one each: its own, and those of the captures of its kind that it reads so. */
export function goodFrames(known: KnownFramer): readonly Uint8Array[] {
  const captured = [...capturesOf(known.kind).values()].flatMap((pieces) => pieces.map(({ bytes }) => bytes))
  const alone = captured.filter((bytes) => {
    const [frame, ...more] = readFrame(known.make(), bytes, known)
    return frame?.fault === null && more.length === 0 && frame.raw.length >= bytes.length - LINE_END_BYTES
  })
  return [...known.frames, ...alone]
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'latin1'))
}
