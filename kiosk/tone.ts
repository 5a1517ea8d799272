/** What a person hears. Each tone differs in rhythm as well as pitch, so that it is known over noise and by those who hear few pitches. */

export type Tone = 'accepted' | 'refused' | 'fault' | 'attention' | 'alarm'

export interface Beep {
  readonly pitch_hz: number
  readonly from_ms: number
  readonly length_ms: number
}

export const TONES: Readonly<Record<Tone, readonly Beep[]>> = {
  accepted: [{ pitch_hz: 1_760, from_ms: 0, length_ms: 90 }],
  refused: [
    { pitch_hz: 330, from_ms: 0, length_ms: 260 },
    { pitch_hz: 247, from_ms: 320, length_ms: 420 },
  ],
  fault: [0, 140, 280, 420].map((from_ms) => ({ pitch_hz: 620, from_ms, length_ms: 70 })),
  attention: [
    { pitch_hz: 880, from_ms: 0, length_ms: 140 },
    { pitch_hz: 1_175, from_ms: 200, length_ms: 140 },
    { pitch_hz: 1_175, from_ms: 520, length_ms: 140 },
  ],
  // Longer than any verdict: it calls who has turned away.
  alarm: [0, 1, 2, 3, 4, 5].flatMap((turn) => [
    { pitch_hz: 1_480, from_ms: turn * 500, length_ms: 240 },
    { pitch_hz: 988, from_ms: turn * 500 + 250, length_ms: 240 },
  ]),
}

/** Long enough that a beep begins and ends without a click. */
const EDGE_MS = 6
const VOLUME_KEY = 'clearhold.volume'
const FIRST_VOLUME = 0.6

/** The page's loudspeaker. Browsers keep it silent until the first key, touch or wedge scan. */
export class Speaker {
  #context: AudioContext | null = null
  #volume: number
  #silence: (() => void) | null = null
  #hush: (() => void) | null = null

  constructor(page: Window) {
    const kept = Number.parseFloat(page.localStorage.getItem(VOLUME_KEY) ?? '')
    this.#volume = kept >= 0 && kept <= 1 ? kept : FIRST_VOLUME
    const unlock = (): void => void this.#ready().resume()
    page.addEventListener('keydown', unlock, { capture: true, once: true })
    page.addEventListener('pointerdown', unlock, { capture: true, once: true })
  }

  /** 0 to 1, kept on this machine. */
  get volume(): number {
    return this.#volume
  }

  set volume(volume: number) {
    this.#volume = Math.min(1, Math.max(0, volume))
    localStorage.setItem(VOLUME_KEY, String(this.#volume))
  }

  /** Plays a tone now; one that is still sounding is cut short, since the newest verdict is the one that counts. */
  play(tone: Tone): void {
    const context = this.#ready()
    // A page opened by a key that does not count as a gesture is still silent; a later one may have counted.
    if (context.state === 'suspended') void context.resume()
    this.#silence?.()
    const gain = context.createGain()
    gain.connect(context.destination)
    gain.gain.value = 0
    const oscillators = TONES[tone].map((beep) => sound(context, gain, beep, this.#volume))
    this.#silence = () => oscillators.forEach((oscillator) => oscillator.disconnect())
  }

  /** Whether anything can be heard: browsers allow it from the first touch on. */
  get awake(): boolean {
    return this.#context?.state === 'running'
  }

  /** Plays recordings one after the other, beneath tones; what was being said is cut short. One that cannot be read is passed over. */
  async say(recordings: readonly ArrayBuffer[]): Promise<void> {
    this.hush()
    const context = this.#ready()
    const gain = context.createGain()
    gain.gain.value = this.#volume
    gain.connect(context.destination)
    this.#hush = () => gain.disconnect()
    let from = context.currentTime
    for (const recording of recordings) {
      // Decoding takes the bytes away from who gave them.
      const sound = await context.decodeAudioData(recording.slice(0)).catch(() => null)
      if (sound === null) continue
      const source = context.createBufferSource()
      source.buffer = sound
      source.connect(gain)
      from = Math.max(from, context.currentTime)
      source.start(from)
      from += sound.duration
    }
  }

  hush(): void {
    this.#hush?.()
    this.#hush = null
  }

  #ready(): AudioContext {
    this.#context ??= new AudioContext({ latencyHint: 'interactive' })
    return this.#context
  }
}

function sound(context: AudioContext, gain: GainNode, beep: Beep, volume: number): OscillatorNode {
  const from = context.currentTime + beep.from_ms / 1_000
  const to = from + beep.length_ms / 1_000
  const edge = EDGE_MS / 1_000
  const oscillator = context.createOscillator()
  oscillator.type = 'triangle'
  oscillator.frequency.value = beep.pitch_hz
  oscillator.connect(gain)
  gain.gain.setValueAtTime(0, from)
  gain.gain.linearRampToValueAtTime(volume, from + edge)
  gain.gain.setValueAtTime(volume, to - edge)
  gain.gain.linearRampToValueAtTime(0, to)
  oscillator.start(from)
  oscillator.stop(to)
  return oscillator
}
