import { expect, test } from 'vitest'
import { makeCode } from '../item-code.ts'
import { readPdf } from '../testing/read-pdf.ts'
import { CONTENT_MM } from './form.ts'
import { type CountedShelf, stocktakeForm, stocktakeSheet } from './stocktake-form.ts'

const AT = new Date('2026-11-22T01:00:00Z')
const given = (shelves: readonly CountedShelf[]) => ({
  ...{
    organisation: '云州市纪委监委',
    code: makeCode({ kind: 'document', unit: '04', year: 2026, serial: 1 }),
    shelves,
  },
  copy: { number: 1, of: 2, recipient: '保管部门' },
  facts: [{ name: '库房', value: '涉案财物一号库' }],
  statement: '说明',
  ...{ counters: ['陈静'], recounters: ['刘洋'], overseer: '郭涛' },
})
const shelf = { name: '甲区二排三架', code: 'L01260000001E8' }
const textOf = async (shelves: readonly CountedShelf[]): Promise<string> =>
  readPdf(await stocktakeForm(given(shelves), AT))
    .pages.map(({ text }) => text)
    .join('')
    .replaceAll('\n', '')

test('a shelf on which a whole box is missing goes on in further lines, and nothing of it is lost', async () => {
  const differences = Array.from(
    { length: 40 },
    (_, n) => `W0226${String(n).padStart(7, '0')}XX 手机：未见，复盘未见，原因：暂未查明，转查找`,
  )
  const text = await textOf([{ ...shelf, result: { booked: 45, counted: 5, differences } }])
  for (const one of differences) expect(text.replaceAll(' ', '')).toContain(one.replaceAll(' ', ''))
  expect(text.replaceAll(' ', '')).toContain('（40）W02260000039XX')
  const { rows } = stocktakeSheet(given([{ ...shelf, result: { booked: 45, counted: 5, differences } }]))
  expect(rows[0]?.slice(0, 6)).toEqual(['1', shelf.name, shelf.code, '45', '5', '40'])
  expect(rows.length).toBeGreaterThan(1)
})

test('the paper that is carried along asks what is there, has room to write and no place for the book', async () => {
  const form = stocktakeSheet(given([{ ...shelf, result: null }]))
  expect(form.columns.map(({ title }) => title)).toEqual(['序号', '库位', '库位编号', '实盘', '所见情况'])
  const text = await textOf([{ ...shelf, result: null }])
  expect(text).toContain('以上实填 ______ 项，其余各行空白')
  expect(text).not.toContain('账面')
})

test.each([null, { booked: 1, counted: 1, differences: [] }])('its columns are as wide as the page', (result) => {
  const { columns } = stocktakeSheet(given([{ ...shelf, result }]))
  expect(columns.reduce((sum, { width_mm }) => sum + width_mm, 0)).toBeCloseTo(CONTENT_MM, 5)
})
