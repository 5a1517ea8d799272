/** Photos before they leave the page: what may go up, and what the camera gives. The server checks again. */

/** One photo as the server takes it. */
export const PHOTO_BYTES = 20_000_000
export const PHOTO_TYPES: readonly string[] = ['image/jpeg', 'image/png', 'image/webp']
/** JPEG quality of what the camera gives: fine print stays readable. */
const CAMERA_QUALITY = 0.92
const CAMERA: MediaStreamConstraints = {
  audio: false,
  video: { facingMode: { ideal: 'environment' }, width: { ideal: 2_560 }, height: { ideal: 1_440 } },
}

export type PhotoRefused = 'too-large' | 'not-image' | 'too-many'
export type CameraRefused = 'insecure' | 'denied' | 'missing' | 'busy'

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

/** Opens the camera, or says why not. The caller stops the tracks. */
export async function openCamera(page: Window): Promise<MediaStream | CameraRefused> {
  if (!page.isSecureContext) return 'insecure'
  try {
    return await page.navigator.mediaDevices.getUserMedia(CAMERA)
  } catch (error) {
    return cameraRefusalOf(error instanceof Error ? error.name : '')
  }
}

/** What the browser's error names mean to a person. */
export function cameraRefusalOf(name: string): CameraRefused {
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'missing' : 'busy'
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
