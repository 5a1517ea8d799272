import { expect, test } from 'vitest'
import { sealPayload } from '../../../labels/seal-number.ts'
import { custodyOptions } from '../../../server/custody/options/options.ts'
import type { Notice } from '../../notice.ts'
import { noFilm } from './film.ts'
import { usualOf } from './forms.ts'
import { placeOf } from './placing.ts'
import {
  copyOf,
  isBegun,
  milligramsOf,
  newLine,
  requestOf,
  wrongsOf,
  type LineForm,
  type SheetForm,
} from './registration.ts'

const NOW = '2026-11-21T02:00:00.000Z'
const officers = ['zhang-wei', 'li-na']

function phone(id = 1): LineForm {
  return { ...newLine(id, officers), name: '手机', unit: '部', features: '黑色' }
}

function bar(id = 2): LineForm {
  return {
    ...newLine(id, officers),
    name: '金条',
    category: 'valuables',
    unit: '根',
    features: '刻“100g”',
    weight: '100.003',
    seal: 'FT001',
  }
}

function sheet(...lines: LineForm[]): SheetForm {
  return {
    kind: 'SEIZED',
    ...{ approval: '', emergency: false, unregisteredTrader: false },
    notice: '云监措〔2026〕1号',
    takenAt: '2026-11-21T09:30',
    place: '云州市城东区',
    relevance: '收受的财物',
    checked: [],
    ...noFilm(),
    officers: [...officers],
    holder: { attendance: 'SIGNED', name: '甲', reason: '' },
    witness: { attendance: 'SIGNED', name: '乙', reason: '' },
    lines,
  }
}

const where = (of: SheetForm): unknown[] =>
  wrongsOf(of, NOW, custodyOptions).map(({ line, field, why }) => [line, field, why])

test('a complete list has nothing wrong and asks for what each category has, no more', () => {
  const of = sheet({ ...phone(), weight: '5', seal: 'left over' }, bar())
  expect(where(of)).toEqual([])
  expect(requestOf(of, custodyOptions)).toEqual({
    measure: {
      kind: 'SEIZED',
      noticeNumber: '云监措〔2026〕1号',
      takenAt: '2026-11-21T01:30:00.000Z',
      officers,
      place: '云州市城东区',
    },
    holder: { attendance: 'SIGNED', name: '甲' },
    witness: { attendance: 'SIGNED', name: '乙' },
    relevance: '收受的财物',
    items: [
      { name: '手机', category: 'general', quantity: '1', unit: '部', features: '黑色' },
      {
        name: '金条',
        category: 'valuables',
        quantity: '1',
        unit: '根',
        features: '刻“100g”',
        weight_mg: 100_003,
        seal: { number: 'FT001', signers: officers },
      },
    ],
  })
})

test('a strip that was scanned says its number, however long its symbol', () => {
  const number = '纪监封字〔2026〕第00123号'
  const of = sheet({ ...bar(), seal: ` ${sealPayload(number)} ` })
  expect(where(of)).toEqual([])
  expect(requestOf(of, custodyOptions)).toMatchObject({ items: [{ seal: { number } }] })
})

test('a line without features leaves them out, and goods that cannot be sealed say why', () => {
  const of = sheet({ ...phone(), features: ' ' }, { ...bar(), seal: ' ', cannotSeal: '体积过大' })
  expect(where(of)).toEqual([])
  const { items } = requestOf(of, custodyOptions) as { items: object[] }
  expect(items[0]).not.toHaveProperty('features')
  expect(items[1]).toMatchObject({ cannotSealReason: '体积过大' })
  expect(items[1]).not.toHaveProperty('seal')
})

test('evidence says what it proves, what somebody only had on him need not; what has no known value is sealed', () => {
  const silent = { ...sheet(phone()), relevance: ' ' }
  expect(where(silent)).toEqual([[null, 'relevance', 'wrong.required']])
  expect(where({ ...silent, lines: [{ ...phone(), category: 'personal-effects' }] })).toEqual([])
  const unclear = { ...phone(), unknownValue: true }
  expect(where(sheet(unclear))).toEqual([[0, 'seal', 'wrong.seal']])
  expect(requestOf(sheet({ ...unclear, seal: 'FT7' }), custodyOptions)).toMatchObject({
    items: [{ valueStatus: 'UNKNOWN', seal: { number: 'FT7', signers: officers } }],
  })
})

test('a line asks for what its category asks, as far as the answers make it apply', () => {
  const car = (details: LineForm['details']): LineForm => ({
    ...newLine(1, officers),
    ...{ name: '轿车', category: 'vehicle', unit: '辆', features: '黑色', details },
  })
  const kept = { plate: '云A12345', vin: 'LSVAA2BR1CN000001', keeping: 'STORE' }
  expect(where(sheet(car({})))).toEqual([
    [0, 'details.plate', 'wrong.required'],
    [0, 'details.vin', 'wrong.required'],
    [0, 'details.keeping', 'wrong.required'],
  ])
  expect(where(sheet(car({ ...kept, mileage: '五万' })))).toEqual([[0, 'details.mileage', 'wrong.count']])
  expect(where(sheet(car({ ...kept, keeping: 'HOLDER_KEEPS' })))).toEqual([
    [0, 'details.address', 'wrong.required'],
    [0, 'details.keeper', 'wrong.required'],
    [0, 'details.undertaking', 'wrong.required'],
    [0, 'details.registryNotice', 'wrong.required'],
  ])
  const { items } = requestOf(sheet(car({ ...kept, mileage: '５２０００', keeper: 'left over' })), custodyOptions) as {
    items: object[]
  }
  expect(items[0]).toMatchObject({ details: { ...kept, mileage: '52000' } })
  expect(items[0]).not.toHaveProperty('details.keeper')
})

test('a hash is taken in either case of letters, or a reason instead of it; a review is not after the goods are bad', () => {
  const disk = (more: LineForm['details']): LineForm => ({
    ...newLine(1, officers),
    ...{ name: '移动硬盘', category: 'digital-media', features: '黑色', seal: 'F-1' },
    details: { model: '希捷', serialNumber: 'ZA1', content: '账套', ...more },
  })
  expect(where(sheet(disk({})))).toEqual([[0, 'details.sha256', 'wrong.required']])
  expect(where(sheet(disk({ sha256: 'xyz' })))).toEqual([[0, 'details.sha256', 'wrong.hash']])
  expect(where(sheet(disk({ noHash: '设备加密' })))).toEqual([])
  const hashed = sheet(disk({ sha256: 'AB'.repeat(32) }))
  expect(where(hashed)).toEqual([])
  expect(requestOf(hashed, custodyOptions)).toMatchObject({ items: [{ details: { sha256: 'ab'.repeat(32) } }] })
  const fish = { ...newLine(1, officers), name: '海鲜', category: 'perishable' as const, features: '冷冻' }
  const days = { expiresOn: '2026-12-01', reviewOn: '2026-12-02' }
  expect(where(sheet({ ...fish, details: days }))).toEqual([[0, 'details.reviewOn', 'wrong.review']])
})

test('a refusal finds the field that a category asks for', () => {
  const refused = (code: string, values: object): Notice => ({ code, values }) as unknown as Notice
  expect(placeOf(refused('custody.field-value', { line: 2, field: 'details.pages' }))).toEqual({
    line: 1,
    field: 'details.pages',
  })
  expect(placeOf(refused('request.invalid', { what: '/items/0/details/plate' }))).toEqual({
    line: 0,
    field: 'details.plate',
  })
})

test('nobody is taken to have been there and signed until it is said', () => {
  const of = sheet(phone())
  of.holder = { attendance: '', name: '', reason: '' }
  expect(where(of)).toEqual([[null, 'holder.attendance', 'wrong.attendance']])
})

test('who refused to sign has a name and a reason, who was absent a reason only', () => {
  const of = sheet(phone())
  of.holder = { attendance: 'REFUSED', name: '', reason: '' }
  of.witness = { attendance: 'ABSENT', name: 'typed before', reason: '' }
  expect(where(of)).toEqual([
    [null, 'holder.name', 'wrong.name'],
    [null, 'holder.reason', 'wrong.reason'],
    [null, 'witness.reason', 'wrong.reason'],
  ])
  of.holder = { attendance: 'REFUSED', name: '甲', reason: '不认可' }
  of.witness = { attendance: 'ABSENT', name: 'typed before', reason: '无人愿意' }
  expect(requestOf(of, custodyOptions)).toMatchObject({
    holder: { attendance: 'REFUSED', name: '甲', reason: '不认可' },
    witness: { attendance: 'ABSENT', reason: '无人愿意' },
  })
  expect((requestOf(of, custodyOptions) as { witness: object }).witness).not.toHaveProperty('name')
})

test('what is wrong is told at its line and field, in the order of the form', () => {
  const of = sheet(
    { ...phone(), quantity: '-1', unit: '' },
    { ...bar(), features: '', weight: '0', seal: '', signers: ['li-na'] },
    { ...bar(3), weight: '', signers: ['li-na'] },
  )
  of.takenAt = '2026-11-21T10:01'
  of.officers = ['li-na']
  expect(where(of)).toEqual([
    [null, 'takenAt', 'wrong.time'],
    [null, 'officers', 'wrong.officers'],
    [0, 'quantity', 'wrong.quantity'],
    [0, 'unit', 'wrong.required'],
    [1, 'features', 'wrong.required'],
    [1, 'weight', 'wrong.weight'],
    [1, 'seal', 'wrong.seal'],
    [2, 'weight', 'wrong.required'],
    [2, 'signers', 'wrong.signers'],
  ])
})

test.each([
  ['100', 100_000],
  ['100.003', 100_003],
  ['0.25', 250],
  [' 3.2 ', 3_200],
  ['0', null],
  ['-5', null],
  ['1.0005', null],
  ['1e3', null],
  ['1,000', null],
  ['一百', null],
  ['', null],
  ['100000001', null],
])('%j grams are %j mg', (grams, weight_mg) => {
  expect(milligramsOf(grams, custodyOptions.limits)).toBe(weight_mg)
})

test('a copy keeps what two similar items share, and shares no list with its original', () => {
  const first = { ...bar(), files: [new File(['x'], 'a.jpg', { type: 'image/jpeg' })] }
  const second = copyOf(first, 9)
  expect(second).toMatchObject({ id: 9, name: '金条', category: 'valuables', weight: '', seal: '', files: [] })
  second.signers.pop()
  expect(first.signers).toEqual(officers)
})

test('money is that of the country until somebody says otherwise, of a similar item too', () => {
  expect(usualOf(custodyOptions, 'cash', {})).toEqual({ currency: 'CNY' })
  expect(usualOf(custodyOptions, 'cash', { currency: 'USD' })).toEqual({ currency: 'USD' })
  expect(usualOf(custodyOptions, 'general', {})).toEqual({})
  const dollars = {
    ...newLine(1, officers),
    category: 'cash',
    details: { currency: 'USD', cashUse: 'DEPOSIT' },
  } as const
  expect(copyOf(dollars, 2).details).toEqual({ currency: 'USD' })
})

test('a line counts once anything of it is filled in', () => {
  expect(isBegun(newLine(1, officers))).toBe(false)
  expect(isBegun({ ...newLine(1, officers), quantity: '7' })).toBe(false)
  expect(isBegun({ ...newLine(1, officers), features: '黑' })).toBe(true)
  expect(isBegun({ ...newLine(1, officers), files: [new File([], 'a')] })).toBe(true)
})

const refusal = (code: string, values: Notice['values']): Notice => ({
  code,
  detail: { zh: '不行', en: 'no' },
  rule: null,
  remedy: null,
  ...(values ? { values } : {}),
})

test.each<[string, Notice['values'], unknown]>([
  ['custody.measure-missing', { line: 2 }, { line: 1, field: null }],
  ['custody.field-missing', { line: 2, field: 'weight_mg' }, { line: 1, field: 'weight' }],
  ['request.invalid', { what: '/items/1/name must not have more than 100 characters' }, { line: 1, field: 'name' }],
  ['request.invalid', { what: '/items/0 must not have additional properties' }, { line: 0, field: null }],
  ['request.invalid', { what: '/measure/place must match pattern' }, { line: null, field: 'place' }],
  ['request.invalid', { what: '/holder/name must match pattern' }, { line: null, field: 'holder.name' }],
  ['request.invalid', { what: '/items must have at most 500 items' }, { line: null, field: null }],
  ['custody.quantity', { quantity: '0', line: 1, field: 'quantity' }, { line: 0, field: 'quantity' }],
  ['custody.seal-signers', { signers: 2, line: 2, field: 'signers' }, { line: 1, field: 'signers' }],
  ['custody.presence-reason', { line: 2, field: 'witness' }, { line: 1, field: null }],
  ['custody.measure-officers', { needed: 2 }, { line: null, field: 'officers' }],
  ['custody.measure-time', {}, { line: null, field: 'takenAt' }],
  ['custody.not-case-officer', undefined, { line: null, field: null }],
])('%s %j belongs to %j', (code, values, expected) => {
  expect(placeOf(refusal(code, values))).toEqual(expected)
})

test('a text that is too long is not cut: it says by how much', () => {
  const of = sheet({ ...phone(), name: '长'.repeat(103), features: 'x'.repeat(1_001) })
  expect(wrongsOf({ ...of, notice: '号'.repeat(61) }, NOW, custodyOptions)).toEqual([
    { line: null, field: 'notice', why: 'wrong.too-long', most: 60, over: 1 },
    { line: 0, field: 'name', why: 'wrong.too-long', most: 100, over: 3 },
    { line: 0, field: 'features', why: 'wrong.too-long', most: 1_000, over: 1 },
  ])
})

test('full-width figures are figures', () => {
  const of = sheet({ ...bar(), quantity: '２', weight: '１００．００３' })
  expect(where(of)).toEqual([])
  expect(requestOf(of, custodyOptions)).toMatchObject({ items: [{ quantity: '2', weight_mg: 100_003 }] })
})
