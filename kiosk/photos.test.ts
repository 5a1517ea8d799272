import { expect, test } from 'vitest'
import { sortPhotos } from './photos.ts'

const file = (name: string, type: string, bytes: number): File => new File([new Uint8Array(bytes)], name, { type })

test('photos are taken in order, the rest is refused with its reason', () => {
  const good = file('1.jpg', 'image/jpeg', 10)
  const full = file('2.png', 'image/png', 100)
  const webp = file('2.webp', 'image/webp', 10)
  const large = file('3.png', 'image/png', 101)
  const drawing = file('4.svg', 'image/svg+xml', 10)
  const empty = file('5.jpg', 'image/jpeg', 0)
  const extra = file('6.jpg', 'image/jpeg', 10)
  expect(sortPhotos([good, drawing, webp, full, large, empty, extra], 2, 100)).toEqual({
    taken: [good, full],
    refused: [
      { file: drawing, why: 'not-image' },
      { file: webp, why: 'not-image' },
      { file: large, why: 'too-large' },
      { file: empty, why: 'not-image' },
      { file: extra, why: 'too-many' },
    ],
  })
})
