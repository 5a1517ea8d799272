import { expect, test } from 'vitest'
import { jpeg, picture, PNG_MAGIC, pngHeader } from '../server/files/testing-pictures.ts'
import { isTooLarge, sizeOf } from './picture-size.ts'

const blob = (bytes: Buffer): Blob => new Blob([new Uint8Array(bytes)])

test('the size of a JPEG and a PNG stands in its first bytes', async () => {
  expect(await sizeOf(blob(await jpeg(640, 480)))).toEqual({ width: 640, height: 480 })
  expect(await sizeOf(blob(await picture(333, 222).jpeg({ progressive: true }).withExif({}).toBuffer()))).toEqual({
    width: 333,
    height: 222,
  })
  expect(await sizeOf(blob(await picture(100, 50).png().toBuffer()))).toEqual({ width: 100, height: 50 })
  expect(await sizeOf(blob(Buffer.concat([PNG_MAGIC, pngHeader(14_000, 14_000)])))).toEqual({
    width: 14_000,
    height: 14_000,
  })
})

test('what is cut off or no picture has none', async () => {
  const whole = await jpeg(640, 480)
  for (const bytes of [whole.subarray(0, 3), whole.subarray(0, 30), Buffer.from('GIF89a..........'), Buffer.alloc(0)])
    expect(await sizeOf(blob(bytes))).toBeNull()
})

test('the limits are those of the server', () => {
  expect(isTooLarge({ width: 8_000, height: 5_000 })).toBe(false)
  expect(isTooLarge({ width: 8_001, height: 5_000 })).toBe(true)
  expect(isTooLarge({ width: 12_001, height: 10 })).toBe(true)
})
