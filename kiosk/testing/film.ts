/** What a browser's camera is shown in a test: a picture that stands still, as a raw film. */

import { writeFile } from 'node:fs/promises'
import sharp from 'sharp'

const WIDTH = 1_280
const HEIGHT = 720
const FRAMES = 4
const TABLE = '#9a9a9a'
/** Chroma of a picture without colour (ITU-R BT.601). */
const NO_COLOUR = 128

/** A film (YUV4MPEG2) of a grey table, and of a picture that lies on it, `across` dots wide. */
export async function filmOf(png: Uint8Array | null, across = WIDTH / 2): Promise<Buffer> {
  const lying = png === null ? [] : [await sharp(png).toColourspace('srgb').resize({ width: across }).png().toBuffer()]
  const { data, info } = await sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: TABLE } })
    .composite(lying.map((input) => ({ input })))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const luma = Buffer.alloc(WIDTH * HEIGHT)
  for (let i = 0; i < luma.length; i += 1) luma[i] = data[i * info.channels] ?? 0
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc((WIDTH * HEIGHT) / 2, NO_COLOUR)])
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`)
  return Buffer.concat([head, ...Array.from({ length: FRAMES }, () => frame)])
}

/**
 * The switches with which Chromium's camera plays this film, written to `file`. Without a window it cannot ask whether it may, so the
 * answer is given beforehand.
 */
export async function cameraShowing(file: string, film: Buffer, may: 'allowed' | 'denied'): Promise<readonly string[]> {
  await writeFile(file, film)
  return [
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${file}`,
    may === 'allowed' ? '--use-fake-ui-for-media-stream' : '--use-fake-ui-for-media-stream=deny',
  ]
}
