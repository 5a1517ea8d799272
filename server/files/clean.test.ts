import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { cleanPicture, CLEANED_SIDE_PIXELS, THUMB_SIDE_PIXELS } from './clean.ts'
import { jpeg, picture, pngChunk, pngHeader, pngOf, withScanHeader } from './testing-pictures.ts'

const UNPACKED_BYTES = 300_000_000
/** Decoding, checking and making two copies, against decoding alone. */
const TIMES_BARE = 5

const refused = (bytes: Buffer) => expect(cleanPicture(bytes)).rejects

/** Mean of each channel over a part of a picture, by the library itself. */
async function colourOf(
  bytes: Buffer,
  part: { left: number; top: number; width: number; height: number },
): Promise<number[]> {
  const { channels } = await sharp(await sharp(bytes).extract(part).png().toBuffer()).stats()
  return channels.map(({ mean }) => Math.round(mean))
}

describe('the copies that may be shown', () => {
  it('hold no metadata, whatever the original holds', async () => {
    const original = await picture()
      .withExif({
        IFD0: { Make: 'Camera', Artist: '李娜' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '24/1 52/1 0/1' },
      })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><script>alert(1)</script></x:xmpmeta>')
      .withIccProfile('p3')
      .jpeg()
      .toBuffer()
    const inside = await sharp(original).metadata()
    expect(inside.exif?.toString('latin1')).toContain('Camera')
    expect(gpsOf(inside.exif)).toBe(true)
    expect(inside.xmp).toBeDefined()
    expect(inside.icc).toBeDefined()

    const { cleaned, thumb } = await cleanPicture(original)
    for (const copy of [cleaned, thumb]) {
      const { format, exif, icc, xmp, iptc, orientation } = await sharp(copy).metadata()
      expect({ format, exif, icc, xmp, iptc, orientation }).toEqual({ format: 'jpeg' })
      expect(copy.includes('Exif')).toBe(false)
      expect(copy.includes('script')).toBe(false)
    }
  })

  it('are as large as is useful and no larger, and never enlarged', async () => {
    const large = await cleanPicture(await jpeg(4_000, 1_000))
    expect(large).toMatchObject({ mime: 'image/jpeg', width: 4_000, height: 1_000 })
    expect(await sharp(large.cleaned).metadata()).toMatchObject({ width: CLEANED_SIDE_PIXELS, height: 640 })
    expect(await sharp(large.thumb).metadata()).toMatchObject({ width: THUMB_SIDE_PIXELS, height: 80 })
    const small = await cleanPicture(await jpeg(30, 20))
    expect(await sharp(small.cleaned).metadata()).toMatchObject({ width: 30, height: 20 })
    expect(await sharp(small.thumb).metadata()).toMatchObject({ width: 30, height: 20 })
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('stand upright from orientation %i', async (orientation) => {
    const original = await picture(400, 200).withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer()
    const expected = await sharp(original).autoOrient().toBuffer({ resolveWithObject: true })
    const { width, height, cleaned } = await cleanPicture(original)
    expect({ width, height }).toEqual({ width: expected.info.width, height: expected.info.height })
    for (const left of [0, width - 40]) {
      for (const top of [0, height - 40]) {
        const part = { left, top, width: 40, height: 40 }
        const [is, was] = [await colourOf(cleaned, part), await colourOf(expected.data, part)]
        is.forEach((mean, channel) => expect(Math.abs(mean - (was[channel] ?? 0))).toBeLessThan(6))
      }
    }
  })

  it('keep colours: wide gamut, CMYK, grey, 16 bit and transparent all become sRGB on white', async () => {
    const red = {
      create: { width: 40, height: 40, channels: 4, background: { r: 200, g: 30, b: 30, alpha: 1 } },
    } as const
    const clear = { create: { ...red.create, background: { r: 0, g: 0, b: 0, alpha: 0 } } } as const
    const whole = { left: 0, top: 0, width: 40, height: 40 }
    const near = async (original: Promise<Buffer>, colour: number[]) => {
      const found = await colourOf((await cleanPicture(await original)).cleaned, whole)
      expect(found).toHaveLength(3)
      found.forEach((mean, channel) => expect(Math.abs(mean - (colour[channel] ?? 0))).toBeLessThan(12))
    }
    await near(sharp(red).withIccProfile('p3').jpeg().toBuffer(), [200, 30, 30])
    await near(sharp(red).toColourspace('cmyk').withIccProfile('cmyk').jpeg().toBuffer(), [200, 30, 30])
    await near(sharp(red).toColourspace('rgb16').png().toBuffer(), [200, 30, 30])
    await near(
      sharp({ create: { ...red.create, background: '#777' } })
        .toColourspace('b-w')
        .png()
        .toBuffer(),
      [119, 119, 119],
    )
    await near(sharp(clear).png().toBuffer(), [255, 255, 255])
  })

  it('hold nothing of what hangs on behind or is hidden within', async () => {
    const tail = Buffer.from('<html><script>alert(1)</script></html>%PDF-1.7')
    const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, tail.length + 2]), tail])
    const plain = await jpeg()
    const hidden = Buffer.concat([plain.subarray(0, 2), comment, plain.subarray(2), tail])
    const png = Buffer.concat([await picture().png().toBuffer(), tail])
    for (const original of [hidden, png]) {
      const { cleaned, thumb } = await cleanPicture(original)
      for (const copy of [cleaned, thumb]) expect(copy.includes('script') || copy.includes('PDF')).toBe(false)
    }
  })
})

describe('refused', () => {
  it('cut and corrupted pictures', async () => {
    const whole = await jpeg()
    await refused(whole.subarray(0, whole.length * 0.6)).toMatchObject({ code: 'file.broken' })
    const png = await picture().png().toBuffer()
    await refused(png.subarray(0, png.length * 0.6)).toMatchObject({ code: 'file.broken' })
    const bent = Buffer.from(whole)
    bent.writeUInt16BE(0xffd3, Math.floor(whole.length / 2))
    await refused(bent).toMatchObject({ code: 'file.broken' })
    const flipped = Buffer.from(png)
    flipped.writeUInt8(flipped.readUInt8(png.length >> 1) ^ 1, png.length >> 1)
    await refused(flipped).toMatchObject({ code: 'file.broken' })
  })

  it('other kinds, moving ones and pictures in name only', async () => {
    const frames = await Promise.all([1, 2, 3].map((seed) => picture(32, 32, seed).png().toBuffer()))
    const moving = sharp(frames, { join: { animated: true } })
    for (const other of [
      await moving.clone().gif().toBuffer(),
      await moving.clone().webp().toBuffer(),
      await picture().webp().toBuffer(),
      await picture().tiff().toBuffer(),
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      Buffer.alloc(0),
    ]) {
      await refused(other).toMatchObject({ code: 'file.not-a-picture' })
    }
    const count = Buffer.alloc(8)
    count.writeUInt32BE(1_000, 0)
    await refused(pngOf(pngHeader(1, 1), [pngChunk('acTL', count)])).toMatchObject({ code: 'file.animated' })
    await refused(pngOf(pngHeader(14_000, 14_000))).toMatchObject({
      code: 'file.too-many-pixels',
      values: { width: 14_000, height: 14_000, limit_megapixels: 40 },
    })
  })
})

it('a telephone that leaves the spectral range of its scan empty is not refused, unless it is cut as well', async () => {
  const odd = withScanHeader(await jpeg(), (scan) => scan.writeUInt8(0, 2 + 1 + 2 * 3 + 1))
  await expect(sharp(odd).toBuffer()).rejects.toThrow('Invalid SOS parameters')
  expect(await cleanPicture(odd)).toMatchObject({ width: 640, height: 480 })
  await refused(odd.subarray(0, odd.length / 2)).toMatchObject({ code: 'file.broken' })
})

it('takes no more memory, and little more time, than bare decoding in the same run, for the dearest pictures allowed and one that would unpack to 300 MB', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'clearhold-pictures-'))
  const blank = sharp({ create: { width: 8_000, height: 5_000, channels: 3, background: '#a37' } })
  const unpacking = pngChunk(
    'iCCP',
    Buffer.concat([Buffer.from('x\0\0'), deflateSync(Buffer.alloc(UNPACKED_BYTES), { level: 1 })]),
  )
  await writeFile(join(folder, 'small'), await jpeg())
  await writeFile(join(folder, 'progressive'), await blank.jpeg({ progressive: true, quality: 50 }).toBuffer())
  const lines = { width: 12_000, height: 500 }
  await writeFile(
    join(folder, 'wide'),
    pngOf(
      pngHeader(lines.width, lines.height, { depth: 16, colour: 6 }),
      [],
      Buffer.alloc((lines.width * 8 + 1) * lines.height),
    ),
  )
  await writeFile(join(folder, 'unpacking'), pngOf(pngHeader(1, 1), [unpacking]))
  const measure = `
    import { readFile } from 'node:fs/promises'
    import sharp from 'sharp'
    import { cleanPicture, limitPictureLibrary } from ${JSON.stringify(join(import.meta.dirname, 'clean.ts'))}
    limitPictureLibrary()
    const work = process.argv[2] === 'bare' ? (bytes) => sharp(bytes).raw().toBuffer() : cleanPicture
    await work(await readFile(process.argv[1] + '/small'))
    const before_kB = process.resourceUsage().maxRSS
    const { user } = process.cpuUsage()
    for (const one of process.argv.slice(3)) await work(await readFile(process.argv[1] + '/' + one))
    const growth_MB = (process.resourceUsage().maxRSS - before_kB) / 1000
    console.log(JSON.stringify({ growth_MB, cpu_ms: (process.cpuUsage().user - user) / 1000 }))`
  const take = async (...what: string[]): Promise<{ growth_MB: number; cpu_ms: number }> => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '-e', measure, folder, ...what],
      { cwd: import.meta.dirname },
    )
    return JSON.parse(stdout) as { growth_MB: number; cpu_ms: number }
  }
  const bare = await take('bare', 'progressive', 'wide')
  const ours = await take('clean', 'progressive', 'wide', 'unpacking')
  await rm(folder, { recursive: true })
  expect(ours.growth_MB).toBeLessThan(bare.growth_MB)
  expect(ours.cpu_ms).toBeLessThan(bare.cpu_ms * TIMES_BARE)
})

/** Whether the first directory of an Exif block points to one of positions (tag 0x8825). */
function gpsOf(exif: Buffer | undefined): boolean {
  return exif !== undefined && (exif.includes(Buffer.from('8825', 'hex')) || exif.includes(Buffer.from('2588', 'hex')))
}
