import { expect, test } from 'vitest'
import type { PrintedPage } from '../../devices/emulators/printer-mechanism.ts'
import { makeCommandCode } from '../../labels/item-code.ts'
import { type Dpi, toBitmap } from '../../labels/render.ts'
import { benchCard } from '../../labels/templates/bench-card.ts'
import type { Stock } from '../../labels/templates/parts.ts'
import { numberOf, readPrinted } from './printed.ts'

async function printed(stock: Stock, dpi: Dpi): Promise<PrintedPage> {
  const layout = benchCard({ code: makeCommandCode('CONFIRM'), words: { zh: '确认', en: 'Confirm' } }, stock)
  return { ...(await toBitmap(layout, dpi)), whole: true, png: new Uint8Array(), job: new Uint8Array() }
}

test.each([
  ['100x60', 203],
  ['60x40', 300],
] as const)('what is printed on %s at %i dpi is read off its dots', async (stock, dpi) => {
  expect(readPrinted(await printed(stock, dpi))).toBe(makeCommandCode('CONFIRM'))
})

test('nothing is read where nothing was printed', async () => {
  const page = await printed('60x40', 203)
  expect(readPrinted({ ...page, bits: new Uint8Array(page.bits.length) })).toBeNull()
})

test('a page keeps its number, and no other page has it', async () => {
  const [one, other] = [await printed('60x40', 203), await printed('60x40', 203)]
  const first = numberOf(one)
  expect(numberOf(other)).not.toBe(first)
  expect(numberOf(one)).toBe(first)
})
