import { expect, it } from 'vitest'
import { outcomeOf } from '../disposal/testing.ts'
import { general, gold, officeWith, PHOTO } from '../testing.ts'
import { missingViews } from './pictures.ts'

const photo = (n: number): string => String(n).repeat(64)

it('asks for what the class of goods wants, and for the seal where there is one, until each was taken', () => {
  const { office, codes } = officeWith(gold)
  const [code = ''] = codes
  const missing = () =>
    missingViews({ ...office.item(code), photos: office.item(code).photos.filter((one) => one.photo !== PHOTO) })
  const take = (n: number, view: 'OVERALL' | 'DETAIL' | 'SCALE' | 'SEAL') =>
    office.act('ou', { type: 'custody.add-photo', items: [{ item: code, photos: [photo(n)], view }] })
  expect(missing()).toEqual(['OVERALL', 'DETAIL', 'SCALE', 'SEAL'])
  take(1, 'SCALE')
  take(2, 'OVERALL')
  expect(missing()).toEqual(['DETAIL', 'SEAL'])
  take(3, 'DETAIL')
  take(4, 'SEAL')
  expect(missing()).toEqual([])
  expect(office.facts.at(-1)).toMatchObject({ type: 'custody.photo-added', body: { photo: photo(4), view: 'SEAL' } })
})

it('a photo that does not say what it shows stands for any one, and nothing is wanted of an account', () => {
  const { office, codes } = officeWith(general)
  const item = office.item(codes[0] ?? '')
  expect(missingViews(item)).toEqual(['OVERALL', 'DETAIL'])
  expect(missingViews({ ...item, photos: [...item.photos, ...item.photos] })).toEqual([])
  expect(missingViews({ ...item, category: 'account', photos: [] })).toEqual([])
  expect(missingViews({ ...item, photos: [], custodyStatus: 'OUT' })).toEqual([])
})

it('the photo of an incident shows nothing of the thing as it is kept', () => {
  const { office, codes } = officeWith(general)
  const [code = ''] = codes
  const found = { item: code, photos: [photo(1)], ofIncident: true, view: 'OVERALL' } as const
  expect(outcomeOf(() => office.act('ou', { type: 'custody.add-photo', items: [found] }))).toBe('custody.no-incident')
  const item = office.item(code)
  const photos = [{ photo: photo(2), at: item.lastAt, by: 'ou', incident: 1 }]
  expect(missingViews({ ...item, photos })).toEqual(['OVERALL', 'DETAIL'])
})
