/** Photos before they leave the page: what may go up, and how one is taken. The server checks again. */

import { isTooLarge, sizeOf } from './picture-size.ts'

/** One photo as the server takes it. */
export const PHOTO_BYTES = 20_000_000
export const PHOTO_TYPES: readonly string[] = ['image/jpeg', 'image/png']
/** JPEG quality of what the camera gives: fine print stays readable. */
const CAMERA_QUALITY = 0.92

export type PhotoRefused = 'too-large' | 'too-many-pixels' | 'not-image' | 'too-many'

export interface Sorted {
  readonly taken: readonly File[]
  readonly refused: readonly { readonly file: File; readonly why: PhotoRefused }[]
}

/** Sorts what a person offers: by type, by size, then by how many more fit. */
export function sortPhotos(offered: readonly File[], room: number, limit_bytes = PHOTO_BYTES): Sorted {
  const taken: File[] = []
  const refused: { file: File; why: PhotoRefused }[] = []
  for (const file of offered) {
    if (!PHOTO_TYPES.includes(file.type)) refused.push({ file, why: 'not-image' })
    else if (file.size > limit_bytes || file.size === 0)
      refused.push({ file, why: file.size === 0 ? 'not-image' : 'too-large' })
    else if (taken.length >= room) refused.push({ file, why: 'too-many' })
    else taken.push(file)
  }
  return { taken, refused }
}

/** Sorts out what has more pixels than the server takes. */
export async function sortBySize(offered: readonly File[]): Promise<Sorted> {
  const sized = await Promise.all(offered.map(async (file) => ({ file, size: await sizeOf(file) })))
  const large = sized.filter(({ size }) => size !== null && isTooLarge(size)).map(({ file }) => file)
  return {
    taken: offered.filter((file) => !large.includes(file)),
    refused: large.map((file) => ({ file, why: 'too-many-pixels' })),
  }
}

/** The picture now in the viewfinder as a JPEG; null before the first one has come. */
export async function takePhoto(video: HTMLVideoElement, name: string): Promise<File | null> {
  if (video.videoWidth === 0) return null
  const canvas = document.createElement('canvas')
  canvas.width = video.videoWidth
  canvas.height = video.videoHeight
  canvas.getContext('2d')?.drawImage(video, 0, 0)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', CAMERA_QUALITY))
  return blob === null ? null : new File([blob], name, { type: 'image/jpeg' })
}
