import { expect, test } from 'vitest'
import { namesOf } from './addressees.ts'

test('names are read a line each, as they are pasted', () => {
  expect(namesOf(' 王小明 \r\n\n李四\n')).toEqual(['王小明', '李四'])
  expect(namesOf('长'.repeat(61))).toEqual([])
  expect(namesOf(Array.from({ length: 501 }, (_, nth) => `人${nth}`).join('\n'))).toHaveLength(500)
})
