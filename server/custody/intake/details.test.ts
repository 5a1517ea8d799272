import { describe, expect, it } from 'vitest'
import { Refusal, type RefusalNotice } from '../../refusal.ts'
import { CATEGORIES, categories, type Category } from '../categories.ts'
import { type Field, type FieldId, fields } from './category-fields.ts'
import { type Details, detailsOnPaper, fieldsOf, keepingOf, mustAnswer, partedDetails, roomOnCard } from './details.ts'

function refusalOf(category: Category, details: Details): RefusalNotice | null {
  try {
    mustAnswer(category, details, { line: 3 })
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.notice()
    throw error
  }
}

/** A complete answer to each category that asks for anything. */
const complete: Readonly<Partial<Record<Category, Details>>> = {
  cash: { currency: 'CNY' },
  'cards-securities': { issuer: '云州农商行', account: '6222020000000000001' },
  perishable: { expiresOn: '2026-12-31', reviewOn: '2026-12-20' },
  'digital-media': { model: '希捷 1TB', serialNumber: 'ZA1', content: '财务账套', sha256: 'ab'.repeat(32) },
  documents: { pages: '12', original: 'original' },
  hazard: { dangerClass: '3', keeping: 'STORE' },
  firearms: { firearmKind: 'handgun', unloaded: 'yes', keeping: 'STORE' },
  biological: { specimen: '血样', keepAt: 'deep', expiresOn: '2027-01-01' },
  contraband: { contrabandKind: 'drugs', keeping: 'THIRD_PARTY', keeper: '云州市公安局', undertaking: '保〔2026〕1号' },
  vehicle: { plate: '云A12345', vin: 'LSVAA2BR1CN000001', keeping: 'STORE' },
  account: {
    ...{ issuer: '云州银行', account: '6222 0000', frozenAmount: '1200.50', currency: 'CNY' },
    ...{ freezeReceipt: '回执1', keeping: 'THIRD_PARTY' },
  },
  immovable: { address: '云州市城东区一号', keeping: 'IN_PLACE', registryNotice: '协〔2026〕1号' },
}

describe('what a category asks for', () => {
  it.each(CATEGORIES)('%s is answered completely, or by nothing where it asks for nothing', (category) => {
    expect(refusalOf(category, complete[category] ?? {})).toBeNull()
  })

  it.each(CATEGORIES)('%s cannot do without any field that it needs', (category) => {
    const given = complete[category] ?? {}
    const needed = categories[category].asks.filter(({ field, required }) => required && given[field] !== undefined)
    for (const { field } of needed) {
      const { [field]: _, ...rest } = given
      expect(refusalOf(category, rest)?.values, field).toMatchObject({ line: 3 })
    }
  })

  it.each(CATEGORIES)('%s takes no field that it does not ask for', (category) => {
    const given = complete[category] ?? {}
    const others = (Object.keys(fields) as FieldId[]).filter(
      (field) => !categories[category].asks.some((ask) => ask.field === field),
    )
    for (const field of others)
      expect(refusalOf(category, { ...given, [field]: '1' })).toMatchObject({
        code: 'custody.field-not-asked',
        values: { field: `details.${field}` },
      })
  })

  it('a medium that could not be hashed says why', () => {
    const { sha256: _, ...unhashed } = complete['digital-media'] ?? {}
    expect(refusalOf('digital-media', unhashed)).toMatchObject({
      code: 'custody.field-missing',
      detail: { zh: '第 3 件：“录音录像、电子数据存储介质”必须填写：SHA-256 值' },
    })
    expect(refusalOf('digital-media', { ...unhashed, noHash: '设备加密，无法读取' })).toBeNull()
  })

  it('whoever keeps it is asked for only where somebody else keeps it', () => {
    const kept = { ...complete.vehicle, address: '云州市修理厂', registryNotice: '协〔2026〕2号' }
    expect(refusalOf('vehicle', { ...kept, keeping: 'HOLDER_KEEPS' })).toMatchObject({
      code: 'custody.field-missing',
      values: { field: 'details.keeper' },
    })
    expect(refusalOf('vehicle', { ...kept, keeping: 'IN_PLACE' })).toBeNull()
    expect(refusalOf('vehicle', { ...kept, keeping: 'STORE' })).toMatchObject({ code: 'custody.field-not-asked' })
  })
})

it('media say whether they are the original; of a copy, why, and where the original is (C-02)', () => {
  const disk = complete['digital-media'] ?? {}
  expect(refusalOf('digital-media', { ...disk, original: 'original' })).toBeNull()
  const copy = { ...disk, original: 'copy' }
  expect(refusalOf('digital-media', copy)).toMatchObject({
    ...{ code: 'custody.field-missing', values: { field: 'details.copyReason' } },
  })
  expect(refusalOf('digital-media', { ...copy, copyReason: '服务器不能停机，原盘在云州机房' })).toBeNull()
})

it('what was bought with mixed money says how much of it is unlawful; what somebody only had on him is not asked', () => {
  const car = { ...complete.vehicle, mixedSource: 'yes' }
  expect(refusalOf('vehicle', car)).toMatchObject({
    code: 'custody.field-missing',
    values: { field: 'details.mixedShare' },
  })
  expect(refusalOf('vehicle', { ...car, mixedShare: '约六成' })).toBeNull()
  expect(refusalOf('vehicle', { ...complete.vehicle, mixedShare: '约六成' })).toMatchObject({
    code: 'custody.field-not-asked',
  })
  expect(refusalOf('personal-effects', { mixedSource: 'yes' })).toMatchObject({ code: 'custody.field-not-asked' })
})

describe('a value is one that its field takes', () => {
  it.each([
    ['documents', { pages: '1.5' }, 'pages'],
    ['documents', { pages: '０' }, 'pages'],
    ['documents', { pages: '-1' }, 'pages'],
    ['documents', { original: 'both' }, 'original'],
    ['digital-media', { sha256: 'AB'.repeat(32) }, 'sha256'],
    ['digital-media', { sha256: 'ab'.repeat(31) }, 'sha256'],
    ['digital-media', { model: '  ' }, 'model'],
    ['perishable', { expiresOn: '2026-02-30' }, 'expiresOn'],
    ['perishable', { reviewOn: '2026/12/20' }, 'reviewOn'],
    ['perishable', { reviewOn: '2027-01-01' }, 'reviewOn'],
    ['immovable', { keeping: 'STORE', registryNotice: undefined }, 'keeping'],
    ['hazard', { dangerClass: '10' }, 'dangerClass'],
  ] as const)('%s %j', (category, more, field) => {
    const given = Object.fromEntries(
      Object.entries({ ...complete[category], ...more }).filter(([, value]) => value !== undefined),
    ) as Details
    expect(refusalOf(category, given)).toMatchObject({
      code: 'custody.field-value',
      values: { line: 3, field: `details.${field}` },
    })
  })
})

describe('what the register holds of it', () => {
  it('is in clear what rules and clocks read, and sealed what may tell of somebody', () => {
    const given: Details = { ...complete.vehicle, keeping: 'HOLDER_KEEPS', keeper: '周某' }
    const { marks, personal } = partedDetails(given)
    expect(marks).toEqual({ keeping: 'HOLDER_KEEPS' })
    expect(personal).toEqual({ keeper: '周某', plate: '云A12345', vin: 'LSVAA2BR1CN000001' })
    expect(partedDetails({})).toEqual({ marks: null, personal: null })
    const open = (Object.entries(fields) as [FieldId, Field][]).filter(([, { inClear }]) => inClear === true)
    expect(
      open.every(
        ([field, { kind }]) => field === 'bookYear' || field === 'unitPrice' || kind === 'choice' || kind === 'day',
      ),
    ).toBe(true)
  })

  it('is said on paper with names, and on the card as where it is kept', () => {
    expect(detailsOnPaper({ pages: '12', original: 'copy' })).toBe('页数：12；原件或复制件：复制件')
    expect(fieldsOf({ pages: '12', original: 'copy' })).toEqual(['pages', 'original'])
    expect(roomOnCard('immovable', { keeping: 'IN_PLACE' })).toBe('原地封存')
    expect(roomOnCard('hazard', { keeping: 'STORE' })).toBe('危险品专库')
    expect(keepingOf(undefined)).toBe('STORE')
  })
})
