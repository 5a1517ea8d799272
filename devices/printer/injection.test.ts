import { beforeAll, afterAll, describe, expect, test } from 'vitest'
import { itemCard, type ItemCard } from '../../labels/templates/item-card.ts'
import { LabelRefused } from '../../labels/refused.ts'
import { makeCode } from '../../labels/item-code.ts'
import { toBitmap } from '../../labels/render.ts'
import { pictureOf, readSymbols } from '../../labels/testing/read-symbols.ts'
import { startLabelPrinter, type EmulatedPrinter } from '../emulators/label-printer.ts'
import { openPort } from '../port.ts'
import type { Bitmap } from '../reading.ts'
import { openPrinter, type PrinterDriver, type PrinterProtocol } from './driver.ts'
import { BAD_NAMES } from './testing-catalogue.ts'
import { picture } from './testing.ts'

/** What a label holds that somebody typed never becomes a command: the printer hears what it hears for a harmless name, dots apart. */

const PRINT_MS = 50_000
const HARMLESS = '手机'
const CODE = makeCode({ kind: 'item', unit: '01', year: 2026, serial: 123 })
const DPI = 203

function card(name: string): ItemCard {
  return {
    code: CODE,
    issue: 1,
    name,
    quantity: '1',
    unit: '部',
    category: '一般物品',
    storageClass: '常规',
    caseNumber: '云监立〔2026〕1号',
    seq: 1,
    of: 1,
    date: { kind: 'intake', day: '2026-11-21' },
    sealNumber: null,
  }
}

async function drawn(name: string): Promise<Bitmap | LabelRefused> {
  try {
    return await toBitmap(itemCard(card(name), '60x40'), DPI)
  } catch (error) {
    if (error instanceof LabelRefused) return error
    throw error
  }
}

/** The commands in what a printer received, in order, without the questions how it is; data is told by its length alone. */
const COMMANDS: Readonly<Record<PrinterProtocol, (received: Buffer) => string[]>> = {
  zpl: (received) =>
    Array.from(received.toString('latin1').matchAll(/[\^~][^^~]*/g), ([command]) => command)
      .filter((command) => command !== '~HS')
      .map((command) => command.replace(/^(\^GFA,\d+,\d+,\d+,)[0-9A-Za-z:+/=,]+$/, '$1')),
  tspl(received) {
    const commands: string[] = []
    for (let at = 0; at < received.length;) {
      if (received.subarray(at, at + 3).equals(Buffer.of(0x1b, 0x21, 0x3f))) at += 3
      else {
        const rest = received.subarray(at).toString('latin1')
        const bitmap = /^BITMAP \d+,\d+,(\d+),(\d+),\d+,/.exec(rest)
        const line = bitmap?.[0] ?? /^[^\r\n\x1b]*\r?\n?/.exec(rest)?.[0] ?? ''
        commands.push(line.trim())
        at += Math.max(1, line.length) + (bitmap === null ? 0 : Number(bitmap[1]) * Number(bitmap[2]))
      }
    }
    return commands.filter((command) => command !== '')
  },
  escpos(received) {
    const commands: string[] = []
    for (let at = 0; at < received.length;) {
      const length = escposLength(received, at)
      const [first, second] = received.subarray(at)
      const asks = (first === 0x10 && second === 0x04) || (first === 0x1d && second === 0x72)
      if (!asks) commands.push(received.subarray(at, at + Math.min(length, 8)).toString('hex'))
      at += length
    }
    return commands
  },
  star(received) {
    const commands: string[] = []
    for (let at = 0; at < received.length;) {
      const length = starLength(received, at)
      const [first, second] = received.subarray(at)
      const asks = first === 0x17 || (first === 0x1b && second === 0x06)
      if (!asks) commands.push(received.subarray(at, at + Math.min(length, 8)).toString('hex'))
      at += length
    }
    return commands
  },
}

/** A label of 60 x 40 mm at 203 dots an inch. */
const ONE_LABEL: Readonly<Record<PrinterProtocol, readonly string[]>> = {
  zpl: '^XA ^PON ^PMN ^LRN ^LH0,0 ^LS0 ^PW480 ^LL320 ^FO0,0 ^GFA,19200,19200,60, ^FS ^PQ1 ^XZ'.split(' '),
  tspl: [
    'SIZE 60 mm,40 mm',
    'GAP 2 mm,0 mm',
    'DIRECTION 1',
    'REFERENCE 0,0',
    'CLS',
    'BITMAP 0,0,60,320,0,',
    'PRINT 1,1',
  ],
  escpos: ['1b40', '1d7630003c000001', '1d7630003c004000', '1b6404', '1d5600'],
  star: ['1b40', '1b1d53013c000001', '1b1d53013c004000', '1b6402'],
}

function escposLength(bytes: Buffer, at: number): number {
  const two = bytes.readUInt16BE(Math.min(at, bytes.length - 2))
  if (two === 0x1b40) return 2
  if (two === 0x1d76) return 8 + bytes.readUInt16LE(at + 4) * bytes.readUInt16LE(at + 6)
  if (two === 0x1b64 || two === 0x1b61 || two === 0x1d56 || two === 0x1d72 || two === 0x1004) return 3
  return 1
}

function starLength(bytes: Buffer, at: number): number {
  const two = bytes.readUInt16BE(Math.min(at, bytes.length - 2))
  if (two === 0x1b40) return 2
  if (two === 0x1b1d) return 9 + bytes.readUInt16LE(at + 4) * bytes.readUInt16LE(at + 6)
  return two === 0x1b64 || two === 0x1b06 ? 3 : 1
}

describe.each<PrinterProtocol>(['zpl', 'tspl', 'escpos', 'star'])('to a printer that speaks %s', (protocol) => {
  let printer: EmulatedPrinter
  let driver: PrinterDriver
  let harmless: string[]

  beforeAll(async () => {
    printer = await startLabelPrinter({ protocol, dpi: DPI, widthMm: 60, heightMm: 40, listen: 'tcp:0' })
    const kind = 'label-printer'
    driver = openPrinter({ kind, protocol, address: printer.address, openPort, now: Date.now })
    const label = await drawn(HARMLESS)
    if (label instanceof LabelRefused) throw label
    harmless = await commandsOf(label)
  })
  afterAll(async () => {
    await driver.close()
    await printer.close()
  })

  /** Prints it, and gives the commands that the printer received for it. */
  async function commandsOf(label: Bitmap): Promise<string[]> {
    const before = printer.received().length
    const pages = printer.pages().length
    expect(await driver.print(label, Date.now() + PRINT_MS)).toEqual({ outcome: 'printed' })
    expect(printer.pages()).toHaveLength(pages + 1)
    return COMMANDS[protocol](Buffer.from(printer.received().subarray(before)))
  }

  test('a harmless name is one label and nothing else', () => {
    expect(harmless).toEqual(ONE_LABEL[protocol])
  })

  test.each(BAD_NAMES)('%s is a picture, or is refused by name', async (_, name) => {
    const label = await drawn(name)
    if (label instanceof LabelRefused) {
      expect(['control-character', 'missing-glyph']).toContain(label.code)
      expect(label.words.zh).toMatch(/U\+[0-9A-F]{4}/)
      return
    }
    expect(await commandsOf(label)).toEqual(harmless)
    const page = printer.pages().at(-1)
    if (page === undefined) throw new Error('no page')
    expect((await readSymbols(pictureOf(page))).map(({ text }) => text)).toEqual([CODE])
  })

  test('dots that spell commands are dots', async () => {
    const label = await drawn(HARMLESS)
    if (label instanceof LabelRefused) throw label
    const spelt = Buffer.concat(BAD_NAMES.map(([, name]) => Buffer.from(`${name}\r\n`)))
    const dots = picture(label.width, label.height, () => false)
    for (let at = 0; at < dots.bits.length; at += 1) dots.bits[at] = spelt[at % spelt.length] ?? 0
    const inside = { ...dots, bits: dots.bits.map((byte, at) => (isEdge(dots, at) ? 0 : byte)) }
    expect(await commandsOf(inside)).toEqual(harmless)
    const page = printer.pages().at(-1)
    expect(Buffer.from(page?.bits.subarray(0, inside.bits.length) ?? [])).toEqual(Buffer.from(inside.bits))
  })
})

/** The last byte of a row may stand outside the width. */
function isEdge({ rowBytes }: Bitmap, at: number): boolean {
  return at % rowBytes === rowBytes - 1
}

test('what cannot be drawn is refused before anything is printed, and what can be is not', async () => {
  const refused = await Promise.all(BAD_NAMES.map(async ([what, name]) => [what, await drawn(name)] as const))
  const words = new Map(refused.map(([what, label]) => [what, label instanceof LabelRefused ? label.code : 'drawn']))
  expect(words.get('a Han character of four bytes')).toBe('missing-glyph')
  expect(words.get('text turned round')).toBe('control-character')
  expect(words.get('a lone high surrogate')).toBe('control-character')
  expect(words.get('a pulse in real time')).toBe('control-character')
  expect(words.get('the end of a ZPL format, and another')).toBe('drawn')
  expect(words.get('full-width letters and digits')).toBe('drawn')
})
