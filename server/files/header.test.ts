import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Refusal } from '../refusal.ts'
import { readHeader, refuseBeyondLimits } from './header.ts'
import { jpeg, picture, pngChunk, pngHeader, pngOf, withScanHeader } from './testing-pictures.ts'

const codeOf = (deed: () => unknown): string | null => {
  try {
    deed()
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

describe('what a picture says of itself', () => {
  it('is read from JPEG and PNG as the library reads it', async () => {
    expect(readHeader(await jpeg(300, 200))).toEqual({
      mime: 'image/jpeg',
      width: 300,
      height: 200,
      animated: false,
      held_bytes: 0,
    })
    const png = await picture(301, 200).png().toBuffer()
    expect(readHeader(png)).toEqual({ mime: 'image/png', width: 301, height: 200, animated: false, held_bytes: 0 })
  })

  it('counts what a decoder must hold of progressive, non-interleaved and interlaced pictures', async () => {
    const progressive = { progressive: true, quality: 80 }
    const held = async (bytes: Promise<Buffer>) => readHeader(await bytes).held_bytes
    expect(
      await held(
        picture(320, 200)
          .jpeg({ ...progressive, chromaSubsampling: '4:2:0' })
          .toBuffer(),
      ),
    ).toBe(320 * 200 * 1.5 * 2)
    expect(
      await held(
        picture(320, 200)
          .jpeg({ ...progressive, chromaSubsampling: '4:4:4' })
          .toBuffer(),
      ),
    ).toBe(320 * 200 * 3 * 2)
    const oneByOne = withScanHeader(await jpeg(320, 200), (scan) => scan.writeUInt8(1, 2))
    expect(readHeader(oneByOne).held_bytes).toBe(320 * 200 * 1.5 * 2)
    expect(readHeader(pngOf(pngHeader(100, 50, { depth: 16, colour: 6, interlace: 1 }))).held_bytes).toBe(100 * 50 * 8)
  })

  it('is refused when it is neither, whatever it is called', () => {
    for (const bytes of [
      '',
      'GIF89a',
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
      '%PDF-1.7',
      '\xff\xd8',
      'RIFF....WEBP',
    ]) {
      expect(
        codeOf(() => readHeader(Buffer.from(bytes, 'latin1'))),
        bytes,
      ).toBe('file.not-a-picture')
    }
  })

  it('is refused as broken when it stops or contradicts itself before the pixels, at every byte', async () => {
    for (const whole of [await jpeg(64, 48), await picture(64, 48).png().toBuffer()]) {
      const pixels = whole.indexOf(whole[0] === 0xff ? Buffer.from('ffda', 'hex') : Buffer.from('IDAT'))
      for (let length = 8; length < pixels; length += 1) {
        expect(codeOf(() => readHeader(whole.subarray(0, length)))).toBe('file.broken')
      }
    }
    expect(codeOf(() => readHeader(pngOf(pngHeader(0, 5))))).toBe('file.broken')
    expect(codeOf(() => readHeader(pngOf(pngHeader(5, 5, { colour: 5 }))))).toBe('file.broken')
  })

  it('never makes the reader fail otherwise', () => {
    const magic = fc.constantFrom(
      'ffd8ff',
      'ffd8ffc0',
      'ffd8ffc2',
      '89504e470d0a1a0a',
      '89504e470d0a1a0a0000000d49484452',
    )
    fc.assert(
      fc.property(magic, fc.uint8Array({ maxLength: 300 }), (start, rest) => {
        const bytes = Buffer.concat([Buffer.from(start, 'hex'), rest])
        return [null, 'file.broken'].includes(codeOf(() => readHeader(bytes)))
      }),
    )
  })
})

describe('limits', () => {
  const limit = (header: Buffer, before: Buffer[] = []) =>
    codeOf(() => refuseBeyondLimits(readHeader(pngOf(header, before))))

  it('hold to the pixel', () => {
    expect(limit(pngHeader(8_000, 5_000))).toBeNull()
    expect(limit(pngHeader(8_000, 5_001))).toBe('file.too-many-pixels')
    expect(limit(pngHeader(14_000, 14_000))).toBe('file.too-many-pixels')
    expect(limit(pngHeader(0xffffffff, 0xffffffff))).toBe('file.too-many-pixels')
    expect(limit(pngHeader(12_000, 2_000))).toBeNull()
    expect(limit(pngHeader(12_001, 1))).toBe('file.too-many-pixels')
    expect(limit(pngHeader(1, 12_001))).toBe('file.too-many-pixels')
  })

  it('bound what a decoder must hold', () => {
    expect(limit(pngHeader(8_000, 4_000, { interlace: 1 }))).toBeNull()
    expect(limit(pngHeader(8_000, 4_001, { interlace: 1 }))).toBe('file.too-costly')
  })

  it('refuse moving pictures', () => {
    const frames = Buffer.alloc(8)
    frames.writeUInt32BE(1_000, 0)
    expect(limit(pngHeader(8, 8), [pngChunk('acTL', frames)])).toBe('file.animated')
  })
})
