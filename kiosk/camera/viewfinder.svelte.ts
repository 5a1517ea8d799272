/** A camera that looks for a code until it has one: what it does now, and what is in its way. */

import { camerasOf, openCamera, stopCamera, type CameraRefused } from './camera.ts'
import type { Grey } from './decode.ts'

/** `taken`: the camera was unplugged, or the system took it away; `unloaded`: the decoder did not come from the server. */
export type Hindrance = CameraRefused | 'taken' | 'unloaded'

export type Sight =
  | { readonly state: 'closed' }
  /** The browser may be asking the person for permission. */
  | { readonly state: 'asking' }
  | { readonly state: 'looking' }
  /** Has looked for long without reading anything. */
  | { readonly state: 'straining' }
  | { readonly state: 'hindered'; readonly by: Hindrance }

/** Rest between two looks: the page stays responsive on a slow machine. */
const REST_MS = 80
/** A hand needs some seconds to hold a label right; after these it wants advice. */
const STRAIN_MS = 12_000
/** The longer side of what is decoded: enough for a card of 10 cm that fills a third of the picture. */
const LONG_SIDE_DOTS = 1_280

/** Weights of red, green and blue in what the eye calls bright, in 256ths (ITU-R BT.601). */
const RED = 77
const GREEN = 150
const BLUE = 29

export class Viewfinder {
  sight = $state.raw<Sight>({ state: 'closed' })
  stream = $state.raw<MediaStream | null>(null)
  /** The cameras there are, once one may be used. */
  cameras = $state.raw<readonly string[]>([])
  readonly #onread: (text: string) => void
  readonly #canvas = document.createElement('canvas')
  /** Grows with each opening and closing: whatever comes back late belongs to an earlier one. */
  #turn = 0

  /** @param onread told once of what was read; the camera is off by then */
  constructor(onread: (text: string) => void) {
    this.#onread = onread
  }

  /** Opens the camera and looks through `video` until something is read or it is closed. */
  async open(video: HTMLVideoElement, deviceId?: string): Promise<void> {
    this.close()
    const turn = this.#turn
    this.sight = { state: 'asking' }
    const [opened, decoder] = await Promise.all([openCamera(window, deviceId), import('./decode.ts').catch(() => null)])
    if (turn !== this.#turn) {
      if (typeof opened !== 'string') stopCamera(opened)
      return
    }
    if (typeof opened === 'string') return this.#hindered(opened)
    this.stream = opened
    if (decoder === null) return this.#hindered('unloaded')
    for (const track of opened.getVideoTracks())
      track.addEventListener('ended', () => {
        if (turn === this.#turn) this.#hindered('taken')
      })
    video.srcObject = opened
    this.sight = { state: 'looking' }
    void camerasOf(window).then((cameras) => {
      if (turn === this.#turn) this.cameras = cameras
    })
    this.#look(turn, video, decoder.readCode, performance.now(), null)
  }

  /** The camera after the one in use, in a ring. */
  next(): string | undefined {
    const now = this.stream?.getVideoTracks()[0]?.getSettings().deviceId ?? ''
    return this.cameras[(this.cameras.indexOf(now) + 1) % this.cameras.length]
  }

  close(): void {
    this.#turn += 1
    stopCamera(this.stream)
    this.stream = null
    this.sight = { state: 'closed' }
  }

  #hindered(by: Hindrance): void {
    this.close()
    this.sight = { state: 'hindered', by }
  }

  /** A code counts when two looks in a row agree: a smeared bar code is not taken for another one. */
  #look(
    turn: number,
    video: HTMLVideoElement,
    read: (picture: Grey) => string | null,
    since_ms: number,
    before: string | null,
  ): void {
    if (turn !== this.#turn) return
    const picture = this.#picture(video)
    const text = picture === null ? null : read(picture)
    if (text !== null && text === before) {
      this.close()
      this.#onread(text)
      return
    }
    if (this.sight.state === 'looking' && performance.now() - since_ms > STRAIN_MS) this.sight = { state: 'straining' }
    setTimeout(() => this.#look(turn, video, read, since_ms, text), REST_MS)
  }

  /** What the camera shows now; null before its first picture. */
  #picture(video: HTMLVideoElement): Grey | null {
    if (video.videoWidth === 0) return null
    const scale = Math.min(1, LONG_SIDE_DOTS / Math.max(video.videoWidth, video.videoHeight))
    const width = Math.round(video.videoWidth * scale)
    const height = Math.round(video.videoHeight * scale)
    this.#canvas.width = width
    this.#canvas.height = height
    const context = this.#canvas.getContext('2d', { willReadFrequently: true })
    if (context === null) return null
    context.drawImage(video, 0, 0, width, height)
    const { data } = context.getImageData(0, 0, width, height)
    const dots = new Uint8ClampedArray(width * height)
    for (let i = 0; i < dots.length; i += 1)
      dots[i] = ((data[i * 4] ?? 0) * RED + (data[i * 4 + 1] ?? 0) * GREEN + (data[i * 4 + 2] ?? 0) * BLUE) >> 8
    return { width, height, dots }
  }
}
