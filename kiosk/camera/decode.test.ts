import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { makeCode, makeLabelCode } from '../../labels/item-code.ts'
import type { Layout } from '../../labels/layout.ts'
import { toPng } from '../../labels/render.ts'
import { encodeSymbol } from '../../labels/symbol.ts'
import { itemCard } from '../../labels/templates/item-card.ts'
import { type Grey, readCode } from './decode.ts'

const CODE = makeCode({ kind: 'item', unit: 'ZK', year: 2026, serial: 9080706 })
const CARD = {
  code: CODE,
  issue: 2,
  name: '黄金首饰一批（含足金项链三条、手镯两只）',
  quantity: '100.25',
  unit: '克',
  category: '贵重物品',
  storageClass: '贵重 · 双人双锁',
  caseNumber: '清纪监〔2026〕0012 号',
  seq: 12,
  of: 99,
  date: { kind: 'intake', day: '2026-11-21' },
  sealNumber: 'F-2026-000871',
} as const
const PAYLOAD = makeLabelCode(CODE, 2)
const LARGE = itemCard(CARD, '100x60')
const QR = itemCard(CARD, '60x40')
const DATAMATRIX = itemCard(CARD, '60x40', 'datamatrix')
/** Only the bars, as on the edge of a shelf. */
const BARS: Layout = {
  width_mm: 70,
  height_mm: 20,
  title: 'bars',
  nodes: [
    {
      kind: 'symbol',
      symbol: encodeSymbol('code128', PAYLOAD),
      ink: { x_mm: 10, y_mm: 5, width_mm: 50, height_mm: 10 },
      clear: { x_mm: 5, y_mm: 3, width_mm: 60, height_mm: 14 },
      alignX: 'start',
      alignY: 'start',
    },
  ],
}

interface Held {
  /** Dots across the label on the picture. */
  readonly across: number
  readonly turn?: number
  readonly blur?: number
  /** Where its middle is held, in fractions of the picture. */
  readonly at?: readonly [number, number]
}

const PICTURE = { width: 1_280, height: 720 }

/** A label as a camera sees it: on a grey table, turned, out of focus, off the middle. */
async function seen(label: Layout, { across, turn = 0, blur = 0, at = [0.5, 0.5] }: Held): Promise<Grey> {
  const held = await sharp(await toPng(label, 203))
    .resize({ width: across })
    .toColourspace('srgb')
    .toBuffer()
  const turned = await sharp(held).rotate(turn, { background: '#a8a8a8' }).toBuffer({ resolveWithObject: true })
  const left = Math.round(PICTURE.width * at[0] - turned.info.width / 2)
  const top = Math.round(PICTURE.height * at[1] - turned.info.height / 2)
  const laid = await sharp({ create: { ...PICTURE, channels: 3, background: '#a8a8a8' } })
    .composite([{ input: turned.data, left, top }])
    .png()
    .toBuffer()
  const focused = blur === 0 ? sharp(laid) : sharp(laid).blur(blur)
  const grey = await focused.greyscale().raw().toBuffer()
  return { ...PICTURE, dots: new Uint8ClampedArray(grey) }
}

describe('a label of ours before a camera is read', () => {
  test.each<readonly [string, Layout, Held]>([
    ['QR, straight', LARGE, { across: 900 }],
    ['QR, turned and out of focus', QR, { across: 600, turn: 23, blur: 1 }],
    ['QR, upside down in a corner', QR, { across: 420, turn: 180, at: [0.3, 0.35] }],
    ['Code 128, straight', BARS, { across: 800, blur: 0.7 }],
    ['Code 128, a little askew', BARS, { across: 1_000, turn: 4 }],
    ['Code 128, upside down', BARS, { across: 900, turn: 180 }],
    ['Code 128, on its side', BARS, { across: 700, turn: 90 }],
    ['DataMatrix, straight', DATAMATRIX, { across: 700 }],
    ['DataMatrix, turned and out of focus', DATAMATRIX, { across: 640, turn: 9, blur: 1 }],
    ['DataMatrix, on its side', DATAMATRIX, { across: 560, turn: 90 }],
    ['DataMatrix, off the middle', DATAMATRIX, { across: 500, at: [0.3, 0.4] }],
    ['DataMatrix, small', DATAMATRIX, { across: 360, at: [0.55, 0.6] }],
  ])('%s', async (_name, label, held) => {
    expect(readCode(await seen(label, held))).toBe(PAYLOAD)
  })
})

describe('nothing is read', () => {
  test('where there is no symbol', async () => {
    const dots = new Uint8ClampedArray(PICTURE.width * PICTURE.height).fill(120)
    expect(readCode({ ...PICTURE, dots })).toBeNull()
  })

  test('where a symbol is cut by the edge of the picture', async () => {
    expect(readCode(await seen(DATAMATRIX, { across: 700, at: [0.2, 0.75] }))).toBeNull()
  })

  test('in noise', () => {
    let seed = 20_261_121
    const dots = new Uint8ClampedArray(PICTURE.width * PICTURE.height).map(() => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
      return seed >>> 24
    })
    expect(readCode({ ...PICTURE, dots })).toBeNull()
  })
})
