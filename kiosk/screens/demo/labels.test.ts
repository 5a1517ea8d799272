import { expect, test } from 'vitest'
import type { Codes, ItemCode } from '../../../server/demo/protocol.ts'
import { cutAt, dumpOf, filtered, KINDS, milligrams, misread, rowsOf } from './labels.ts'

const item = (code: string, more: Partial<ItemCode>): ItemCode => ({
  payload: code,
  code,
  name: '足金手镯',
  case: '云监立〔2026〕1号',
  ordinal: 2,
  custody: { value: 'IN_STORE', words: { zh: '在库', en: 'In store' } },
  frozen: false,
  fetchedBy: null,
  borrower: null,
  list: null,
  location: null,
  weight_mg: null,
  sealNumber: null,
  tag: null,
  label: { state: 'printed', scannedBack: true },
  ...more,
})

const codes: Codes = {
  commands: [],
  lists: [{ payload: 'D1', unit: '第一审查调查室', lines: 20, pending: 3 }],
  locations: [{ payload: 'L1', name: '贵重柜 1号屉', storageClass: 'precious', capacity: 30, occupied: 4 }],
  items: [
    item('W1', { fetchedBy: '张伟', location: '贵重柜 1号屉', sealNumber: 'FT1' }),
    item('W2', {
      custody: { value: 'PENDING_HANDOVER', words: { zh: '待移交', en: 'Pending' } },
      list: 'D1',
      label: { state: 'printed', scannedBack: false },
      payload: 'W2-2QQ',
    }),
    item('W3', { custody: { value: 'BORROWED', words: { zh: '调用在外', en: 'On loan' } }, borrower: '李娜' }),
    item('W4', { custody: { value: 'WITH_CASE_DEPT', words: { zh: '暂存', en: 'Held' } }, label: null, frozen: true }),
  ],
}

test.each([
  ['lists', ['D1']],
  ['pending', ['W2-2QQ']],
  ['granted', ['W1']],
  ['lent', ['W3']],
  ['stored', ['W1']],
  ['department', ['W4']],
  ['locations', ['L1']],
  ['seals', ['FT1']],
] as const)('%s are what they say, with what the label carries', (kind, payloads) => {
  expect(rowsOf(codes, kind).map(({ payload }) => payload)).toEqual(payloads)
})

test('rows of a kind have keys of their own', () => {
  for (const kind of KINDS) {
    const keys = rowsOf(codes, kind).map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
  }
})

test('a row says what is still to be done with its item, in both languages', () => {
  const [pending] = rowsOf(codes, 'pending')
  expect(pending?.detail.zh).toBe('云监立〔2026〕1号 · 2 · D1 · 标签待回扫')
  const [department] = rowsOf(codes, 'department')
  expect(department?.detail).toEqual({
    zh: '云监立〔2026〕1号 · 2 · 尚未贴标签 · 异常冻结',
    en: '云监立〔2026〕1号 · 2 · no label yet · frozen',
  })
})

test('every word of the filter has to be found, in either language', () => {
  const rows = rowsOf(codes, 'lent')
  expect(filtered(rows, ' 手镯  李娜 ')).toHaveLength(1)
  expect(filtered(rows, 'LENT w3')).toHaveLength(1)
  expect(filtered(rows, '手镯 张伟')).toHaveLength(0)
  expect(filtered(rows, '')).toEqual(rows)
})

test('a misread label is another one, whatever its last character', () => {
  for (const payload of ['W02260000001I1', 'W02260000001I7']) {
    expect(misread(payload)).not.toBe(payload)
    expect(misread(payload)).toHaveLength(payload.length)
  }
})

test('a cut line has begun and has not ended', () => {
  expect(cutAt('W02260000001I1')).toBe(7)
  expect(cutAt('W')).toBe(1)
})

test.each([
  ['38.624', 38_624],
  ['5', 5_000],
  ['0.5', 500],
  ['-0.25', -250],
  [' 100.003 ', 100_003],
  ['1.2345', null],
  ['1,5', null],
  ['', null],
  ['100000', null],
])('%j grams are %j mg', (grams, weight_mg) => {
  expect(milligrams(grams)).toBe(weight_mg)
})

test('bytes are shown in pairs with their characters', () => {
  expect(dumpOf('53490d0a')).toBe(`53 49 0d 0a${' '.repeat(36)}  SI··`)
  expect(dumpOf('41'.repeat(17)).split('\n')).toHaveLength(2)
  expect(dumpOf('')).toBe('')
})
