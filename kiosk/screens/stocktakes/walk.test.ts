import { expect, it } from 'vitest'
import { makeCode, makeLabelCode } from '../../../labels/item-code.ts'
import { codeIn } from '../../custody/codes.ts'
import { Walk } from './walk.ts'

const code = (kind: 'item' | 'location' | 'container', serial: number): string =>
  makeCode({ kind, unit: '01', year: 2026, serial })
const [shelf, item, box] = [code('location', 1), code('item', 7), code('container', 3)]

function after(...scans: readonly string[]): Walk {
  return scans.reduce<Walk>((walk, text) => walk.take(text, codeIn(text), 'scanned') ?? walk, new Walk())
}

it('begins with a shelf and with nothing else', () => {
  expect(new Walk().take(item, codeIn(item), 'scanned')).toBeNull()
  expect(after(shelf).place).toBe(shelf)
  expect(after(shelf).take(code('location', 2), codeIn(code('location', 2)), 'scanned')).toBeNull()
})

it('notes what lies there once, in its order, as it was read', () => {
  const walk = after(shelf, item, box, 'ABC-1', item.toLowerCase())
  expect(walk.sights).toEqual([{ item, how: 'scanned', issue: 1 }, { container: box }, { text: 'ABC-1' }])
  expect(walk.without(item).has(item)).toBe(false)
})

it('tells which issue of a label was read, and what was typed from what was seen', () => {
  const reprinted = makeLabelCode(item, 37)
  expect(after(shelf, reprinted).sights).toEqual([{ item, how: 'scanned', issue: 37 }])
  expect(after(shelf).take(item, codeIn(item), 'seen')?.sights).toEqual([{ item, how: 'seen', issue: 1 }])
})
