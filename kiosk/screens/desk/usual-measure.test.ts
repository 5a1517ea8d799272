import { expect, test } from 'vitest'
import { custodyOptions } from '../../../server/custody/options/options.ts'
import { measuresOf, type Details, type Track } from './forms.ts'
import { newLine, type LineForm, type SheetForm } from './registration.ts'
import { measureOf } from './usual-measure.ts'

const thing = (category: LineForm['category'], keeping?: Details['keeping']): LineForm => ({
  ...newLine(1, []),
  ...{ category, details: keeping === undefined ? {} : { keeping } },
})
const nothingSaid = { approval: '', unregisteredTrader: false, checked: [] }
const measure = (track: Track, lines: readonly LineForm[], said: Partial<SheetForm> = {}) => {
  const kinds = measuresOf(custodyOptions, track)
  const sheet = { ...nothingSaid, kind: kinds[0] ?? 'SEIZED', lines: [...lines], ...said }
  return measureOf(sheet, kinds, custodyOptions)
}

test.each(['IN_PLACE', 'HOLDER_KEEPS', 'THIRD_PARTY'])('what is kept outside (%s) is sealed up', (keeping) => {
  for (const track of ['SUPERVISION', 'DISCIPLINE', 'TAX', 'ADMIN'] as const)
    expect(measure(track, [thing('vehicle', keeping)]), track).toBe('SEALED_UP')
})

test('a house is sealed up before anybody says who keeps it, and an account is frozen', () => {
  expect(measure('SUPERVISION', [thing('immovable')])).toBe('SEALED_UP')
  expect(measure('TAX', [thing('account', 'THIRD_PARTY')])).toBe('FROZEN')
  // The track of discipline freezes nothing.
  expect(measure('DISCIPLINE', [thing('account', 'THIRD_PARTY')])).toBe('WITHHELD')
})

test('what goes to the store goes by the usual one of its track, and so does a list of both', () => {
  expect(measure('SUPERVISION', [thing('vehicle', 'STORE')])).toBe('SEIZED')
  expect(measure('DISCIPLINE', [thing('general')])).toBe('WITHHELD')
  expect(measure('SUPERVISION', [thing('vehicle', 'IN_PLACE'), thing('general')])).toBe('SEIZED')
  expect(measure('SUPERVISION', [])).toBe('SEIZED')
})

test('nothing follows once it was chosen, or something was said of it', () => {
  const kept = [thing('vehicle', 'IN_PLACE')]
  for (const said of [{ kindChosen: true }, { approval: 'a' }, { checked: ['told'] }, { unregisteredTrader: true }])
    expect(measure('TAX', kept, said)).toBe('SEIZED')
})
