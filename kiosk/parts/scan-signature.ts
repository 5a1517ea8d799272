import { SCAN, type Strokes, strokesOfScan } from '../signature.ts'

/**
 * The strokes of a signature on a photographed or scanned piece of paper; the picture goes nowhere.
 * @returns null where the file is no picture, or no ink is made out on it
 */
export async function readSignature(file: Blob): Promise<Strokes | null> {
  const picture = await createImageBitmap(file).catch(() => null)
  if (picture === null) return null
  const scale = Math.min(SCAN.width / picture.width, SCAN.height / picture.height)
  const [width, height] = [
    Math.max(1, Math.round(picture.width * scale)),
    Math.max(1, Math.round(picture.height * scale)),
  ]
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  if (context === null) return null
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, width, height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, 0, 0, width, height)
  picture.close()
  const { data } = context.getImageData(0, 0, width, height)
  // Luma of ITU-R BT.601.
  const grey = (pixel: number): number =>
    0.299 * (data[4 * pixel] ?? 0) + 0.587 * (data[4 * pixel + 1] ?? 0) + 0.114 * (data[4 * pixel + 2] ?? 0)
  return strokesOfScan({ width, height, values: Uint8ClampedArray.from({ length: width * height }, (_, n) => grey(n)) })
}
