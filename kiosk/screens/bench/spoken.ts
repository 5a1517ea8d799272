/** What a bench says aloud of what became of a scan, and when. */

import type { SessionView, Verdict } from '../../../server/stations/protocol.ts'
import { TONES, type Tone } from '../../tone.ts'
import type { Clip } from '../../voices/clips.ts'
import type { Voice } from '../../voices/voice.ts'
import type { Language } from '../../words/words.svelte.ts'

/** Refusals and faults that have a word of their own; whatever else is refused is said to be refused. */
const OF_CODE: Readonly<Record<string, Clip>> = {
  'stations.not-in-work': 'bench-other-list',
  'custody.not-on-list': 'bench-other-list',
  'custody.not-approved': 'bench-not-granted',
  'custody.grant-lapsed': 'bench-not-granted',
  'custody.container-not-granted': 'bench-not-granted',
  'custody.weight-found-different': 'bench-weight-differs',
  'custody.weight-differs': 'bench-weight-differs',
  'custody.returned-seal-unlike': 'bench-seal-differs',
  'custody.seal-unlike': 'bench-seal-differs',
  'custody.seal-different': 'bench-seal-differs',
  'custody.box-seal-different': 'bench-seal-differs',
}

const OF_ASK: Partial<Record<SessionView['ask']['kind'], Clip>> = {
  'scan-badge': 'bench-badge',
  'scan-shelf': 'bench-shelf',
  weigh: 'bench-weigh',
  confirm: 'bench-confirm',
  choose: 'bench-confirm',
}

/** What is said of something that has a code and sounds as it does; null where the tone is enough. */
export function clipOfCode(code: string, tone: Tone): Clip | null {
  switch (tone) {
    case 'alarm':
      return 'bench-alarm'
    case 'refused':
      return OF_CODE[code] ?? 'bench-refused'
    case 'fault':
      return 'bench-fault'
    case 'accepted':
    case 'attention':
      return null
  }
}

/**
 * What is said with a tone: of what was refused that, and of what was taken, what is wanted next. A second look at the same thing says nothing: it
 * would be heard as a refusal of the first.
 */
export function clipOf(
  tone: Tone,
  { verdict, ask }: { readonly verdict: Pick<Verdict, 'code'> | null; readonly ask: Pick<SessionView['ask'], 'kind'> },
): Clip | null {
  if (verdict?.code === 'stations.double-scan' && tone !== 'alarm') return null
  const said = clipOfCode(verdict?.code ?? '', tone)
  if (said !== null) return said
  return OF_ASK[ask.kind] ?? (tone === 'accepted' ? 'bench-taken' : null)
}

/** What is heard although the voice is set to refusals alone. */
const ALWAYS: ReadonlySet<Tone> = new Set<Tone>(['refused', 'fault', 'alarm'])
/** Between the end of a tone and the word. */
const GAP_MS = 60

/** How long a tone lasts. */
export function lengthOf_ms(tone: Tone): number {
  return Math.max(...TONES[tone].map(({ from_ms, length_ms }) => from_ms + length_ms))
}

/** Where choices are kept; the browser's own store is one. */
type Kept = Pick<Storage, 'getItem' | 'setItem'>

/**
 * The voice of one bench: a word after its tone, never two at once; whatever comes next cuts it short. Every step is said where the page is in
 * Chinese or somebody chose it; refusals, faults and alarms always.
 */
export class BenchVoice {
  readonly #voice: Pick<Voice, 'say' | 'hush'>
  readonly #kept: Kept
  readonly #key: string
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(voice: Pick<Voice, 'say' | 'hush'>, kept: Kept, station: string) {
    this.#voice = voice
    this.#kept = kept
    this.#key = `clearhold.bench-voice.${station}`
  }

  /** Whether every step is said in this language; kept on this machine for this bench. */
  saysAll(language: Language): boolean {
    const chosen = this.#kept.getItem(this.#key)
    return chosen === null ? language === 'zh-CN' : chosen === 'all'
  }

  choose(which: 'all' | 'refusals'): void {
    this.#kept.setItem(this.#key, which)
  }

  /** Says a word once its tone is over; with no word, what was being said is cut short all the same. */
  after(tone: Tone, clip: Clip | null, language: Language): void {
    this.hush()
    if (clip === null || !(ALWAYS.has(tone) || this.saysAll(language))) return
    this.#timer = setTimeout(() => void this.#voice.say([clip], language), lengthOf_ms(tone) + GAP_MS)
  }

  hush(): void {
    clearTimeout(this.#timer)
    this.#voice.hush()
  }
}
