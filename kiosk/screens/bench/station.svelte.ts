/** One station's screen: becomes the station's, follows its session, sends what a person did. */

import type { SessionAnswer, SessionView, ScreenInput, StationMessage } from '../../../server/stations/protocol.ts'
import type { LinkState } from '../../connection.ts'
import { Deed } from '../../deed.ts'
import { Link } from '../../link.svelte.ts'
import type { Notice } from '../../notice.ts'
import { api, noticeOfAnswer, speaker } from '../../page.svelte.ts'
import { voice } from '../../voices/speak.ts'
import { chosen } from '../../words/words.svelte.ts'
import { hear, hearAnswer, hearSession, type Heard, type Shown } from './hearing.ts'
import { BenchVoice, clipOf, clipOfCode } from './spoken.ts'

/** `stranger`: this browser is no screen of the station yet. */
export type Standing = 'asking' | 'stranger' | 'screen' | 'unreachable'

const NOT_A_SCREEN = 'stations.not-a-screen'

export class Station {
  standing = $state<Standing>('asking')
  shown = $state.raw<Shown | null>(null)
  /** What went wrong on this screen's own way to the server; it goes when the session moves. */
  notice = $state.raw<Notice | null>(null)
  /** Inputs on their way. */
  sending = $state(0)
  #link = $state.raw<Link<SessionView, StationMessage> | null>(null)
  readonly #path: string
  readonly #voice: BenchVoice
  /** What was chosen on this page; null while what was kept before, or the language, decides. */
  #saysAll = $state<boolean | null>(null)
  #closed = false

  constructor(id: string) {
    this.#path = `/api/stations/${encodeURIComponent(id)}`
    this.#voice = new BenchVoice(voice, localStorage, id)
    void this.ask()
  }

  get link(): LinkState {
    return this.#link?.state ?? 'connecting'
  }

  /** Whether every step is said aloud, or refusals alone. */
  get saysAll(): boolean {
    return this.#saysAll ?? this.#voice.saysAll(chosen.language)
  }

  set saysAll(all: boolean) {
    this.#voice.choose(all ? 'all' : 'refusals')
    this.#saysAll = all
  }

  photo(sha256: string, size?: 'thumb'): string {
    return `${this.#path}/photos/${sha256}${size === undefined ? '' : `?size=${size}`}`
  }

  /** Where the bench's own screen adds to what was just done at it. */
  addressOf(what: string): string {
    return `${this.#path}/${what}`
  }

  /** Asks whether this browser is a screen of the station, and follows the session if it is. */
  async ask(): Promise<void> {
    const standing = await api.get<{ readonly joined: boolean }>(`${this.#path}/screen`)
    if (this.#closed) return
    if (standing.kind === 'done' && !standing.body.joined) {
      this.standing = 'stranger'
      this.notice = null
      return
    }
    const answer = await api.get<SessionAnswer>(`${this.#path}/session`)
    if (this.#closed) return
    if (answer.kind === 'done') {
      this.#take(hearSession(this.shown, answer.body))
      this.standing = 'screen'
      this.notice = null
      this.#follow()
      return
    }
    const notice = noticeOfAnswer(answer)
    this.standing = notice.code === NOT_A_SCREEN ? 'stranger' : 'unreachable'
    this.notice = this.standing === 'stranger' ? null : notice
  }

  /** Makes this browser a screen of the station; false when the code is refused. */
  async open(code: string): Promise<boolean> {
    const answer = await api.write('POST', `${this.#path}/screen`, { code })
    if (answer.kind !== 'done') {
      this.notice = noticeOfAnswer(answer)
      speaker.play(answer.kind === 'refused' ? 'refused' : 'fault')
      return false
    }
    this.notice = null
    await this.ask()
    return true
  }

  /** Sends what a person did. A scan is sent once and never again: late, it would mean something else. */
  async send(input: ScreenInput): Promise<void> {
    this.sending += 1
    const pauses_ms = input.type === 'scan' || input.type === 'fault' ? [] : undefined
    const answer = await api.write<SessionAnswer>('POST', `${this.#path}/input`, input, new Deed(), pauses_ms)
    this.sending -= 1
    if (this.#closed) return
    if (answer.kind === 'done') return this.#take(hearAnswer(this.shown, answer.body))
    const notice = noticeOfAnswer(answer)
    if (notice.code === NOT_A_SCREEN) return this.#estranged()
    this.complain(notice, answer.kind === 'refused' ? 'refused' : 'fault')
  }

  /** Says something that only this screen knows. */
  complain(notice: Notice, tone: 'refused' | 'fault'): void {
    this.notice = notice
    speaker.play(tone)
    this.#voice.after(tone, clipOfCode(notice.code, tone), chosen.language)
  }

  /** Nothing that is scanned now is heard by the server. */
  tellLost(): void {
    speaker.play('fault')
    this.#voice.after('fault', 'bench-offline', chosen.language)
  }

  close(): void {
    this.#closed = true
    this.#voice.hush()
    this.#link?.close()
  }

  #take({ shown, tone }: Heard): void {
    if (shown.version !== this.shown?.version) this.notice = null
    this.shown = shown
    if (tone === null) return
    speaker.play(tone)
    this.#voice.after(
      tone,
      clipOf(tone, { verdict: shown.trouble ?? shown.session.verdict, ask: shown.session.ask }),
      chosen.language,
    )
  }

  #follow(): void {
    this.#link?.close()
    const link = new Link<SessionView, StationMessage>(`${this.#path}/live`, () => this.#estranged())
    this.#link = link
    link.listen((told) => {
      if (told.kind !== 'message') return void this.#readAgain()
      const heard = hear(this.shown, told.message)
      if (heard !== null) this.#take(heard)
    })
  }

  /** While the line was not open everything may have changed, the devices too, which have no numbers. */
  async #readAgain(): Promise<void> {
    const answer = await api.get<SessionAnswer>(`${this.#path}/session`)
    if (!this.#closed && answer.kind === 'done') this.#take(hearSession(this.shown, answer.body))
  }

  #estranged(): void {
    this.#link?.close()
    this.#link = null
    this.shown = null
    this.standing = 'stranger'
  }
}
