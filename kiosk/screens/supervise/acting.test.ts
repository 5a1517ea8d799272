import { expect, test } from 'vitest'
import { sealPayload } from '../../../labels/seal-number.ts'
import { bodyOfAct } from './acting.ts'

const item = { code: 'W0126000000012', sealedWith: ['W0126000000023'] }
const signers = [
  { badge: 'GP-1', pin: '123456' },
  { badge: '', pin: '' },
]
const typed = { reason: ' 送检 ', number: '', kind: '', broken: false, changes: {}, newSeal: null, signers }
const signatures = [{ badge: 'GP-1', pin: '123456' }]

test('a thing is sealed with the number that was typed or scanned, and signed beside it', () => {
  expect(bodyOfAct('seal', item, { ...typed, number: ' FT-0091 ' })).toEqual({
    ...{ items: [item.code], number: 'FT-0091', signatures },
  })
  const number = '纪监封字〔2026〕第00123号'
  expect(bodyOfAct('seal', item, { ...typed, number: sealPayload(number) ?? '', signers: [] })).toEqual({
    ...{ items: [item.code], number },
  })
})

test('what lies under one seal is opened and renumbered together; an incident is of the one thing', () => {
  const both = [item.code, ...item.sealedWith]
  expect(bodyOfAct('unseal', item, typed)).toEqual({ items: both, reason: '送检', signatures })
  expect(bodyOfAct('correct', item, { ...typed, changes: { name: '表' }, newSeal: 'FT-2' })).toEqual({
    ...{
      items: [
        { item: item.code, name: '表', sealNumber: 'FT-2' },
        { item: both[1], sealNumber: 'FT-2' },
      ],
    },
    ...{ reason: '送检', signatures },
  })
  expect(bodyOfAct('correct', item, { ...typed, changes: { name: '表' } })).toMatchObject({
    items: [{ item: item.code, name: '表' }],
  })
  expect(bodyOfAct('incident', item, { ...typed, kind: 'damage', broken: true })).toEqual({
    ...{ items: [item.code], kind: 'damage', note: '送检', sealBroken: true },
  })
})
