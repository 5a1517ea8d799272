/** The camera of this machine, or in one word why there is none. */

export type CameraRefused = 'insecure' | 'denied' | 'missing' | 'busy'

/** Fine print and a long bar code want more than the usual 640 dots. */
const PICTURE: MediaTrackConstraints = { width: { ideal: 2_560 }, height: { ideal: 1_440 } }
const AWAY: MediaTrackConstraints = { facingMode: { ideal: 'environment' } }

/**
 * Opens the camera, or says why not. The caller stops the tracks.
 *
 * @param deviceId a camera that was chosen; without it the one that faces away from the person, where there are two
 */
export async function openCamera(page: Window, deviceId?: string): Promise<MediaStream | CameraRefused> {
  if (!page.isSecureContext) return 'insecure'
  const which = deviceId === undefined ? AWAY : { deviceId: { exact: deviceId } }
  try {
    return await page.navigator.mediaDevices.getUserMedia({ audio: false, video: { ...PICTURE, ...which } })
  } catch (error) {
    return cameraRefusalOf(error instanceof Error ? error.name : '')
  }
}

/** What the browser's error names mean to a person. */
export function cameraRefusalOf(name: string): CameraRefused {
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'missing' : 'busy'
}

/** Every camera the browser lets us choose from; names are told only once it may be used. */
export async function camerasOf(page: Window): Promise<readonly string[]> {
  const all = await page.navigator.mediaDevices.enumerateDevices()
  return all.filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '').map(({ deviceId }) => deviceId)
}

/** Ends the picture and puts out the camera's lamp. */
export function stopCamera(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop()
}
