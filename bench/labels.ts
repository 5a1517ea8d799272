import sharp from 'sharp'
import { encodeZpl } from '../devices/printer/zpl.ts'
import { makeCode } from '../labels/item-code.ts'
import { DOTS_PER_MM, toBitmap } from '../labels/render.ts'
import { itemCard } from '../labels/templates/item-card.ts'
import { type Stock, STOCKS } from '../labels/templates/parts.ts'
import { goodsOfCase } from '../server/demo/goods.ts'
import { type Measured, measured } from './report.ts'

const DPI = 203
const STOCK: Stock = '100x60'
/** Glyphs and programs are loaded with the first ones. */
const WARM_UP = 20
/** Ours and theirs take turns, so that a busy moment of the machine hits both. */
const A_TURN = 20

const goods = goodsOfCase(0)

/** Labels from their fields to the bytes for a ZPL printer, each with a code of its own, against sharp rasterising an empty picture as large. */
export async function benchLabels(labels: number): Promise<Measured[]> {
  const { width_mm, height_mm } = STOCKS[STOCK]
  const [width, height] = [width_mm, height_mm].map((side) => side * DOTS_PER_MM[DPI])
  const blank = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"/>`)
  for (let serial = 1; serial <= WARM_UP; serial += 1) {
    await label(serial)
    await sharp(blank).raw().toBuffer()
  }
  let ours_ms = 0
  let theirs_ms = 0
  for (let done = 0; done < labels; done += A_TURN) {
    const began = performance.now()
    for (let one = 1; one <= A_TURN; one += 1) await label(WARM_UP + done + one)
    const between = performance.now()
    for (let one = 1; one <= A_TURN; one += 1) await sharp(blank).raw().toBuffer()
    ours_ms += between - began
    theirs_ms += performance.now() - between
  }
  const drawn = Math.ceil(labels / A_TURN) * A_TURN
  const rate = (took_ms: number) => drawn / (took_ms / 1_000)
  const peer = { name: `sharp, an empty SVG of ${width} x ${height}`, value: rate(theirs_ms) }
  return [measured('labels', rate(ours_ms), 'labels/s', peer)]
}

async function label(serial: number): Promise<Uint8Array> {
  const item = goods[serial % goods.length]
  const card = {
    code: makeCode({ kind: 'item', unit: '01', year: 2026, serial }),
    issue: 1,
    name: item?.name ?? '',
    quantity: String(item?.quantity ?? 1),
    unit: item?.unit ?? '件',
    category: item?.category === 'valuables' ? '贵重物品' : '一般物品',
    storageClass: item?.category === 'valuables' ? '贵重' : '常规',
    caseNumber: `云监立〔2026〕${serial}号`,
    seq: (serial % goods.length) + 1,
    of: goods.length,
    date: { kind: 'intake', day: '2026-11-21' },
    sealNumber: item?.category === 'valuables' ? `FT${serial}` : null,
  } as const
  return encodeZpl(await toBitmap(itemCard(card, STOCK), DPI))
}
