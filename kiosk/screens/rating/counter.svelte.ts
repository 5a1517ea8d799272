/** The screen before the rater: what it shows is asked of the server every second, and what is touched stays in it. */

import type { CounterScreen, ShownQuestionnaire } from '../../../server/rating/protocol.ts'
import type { Notice } from '../../notice.ts'
import { api, noticeOfAnswer } from '../../page.svelte.ts'
import { askQuestionnaire } from './questionnaire.ts'

/** Someone who was just asked sees it within this time. */
const LOOK_MS = 1_000
const NOT_A_SCREEN = 'stations.not-a-screen'

export class RaterScreen {
  standing = $state<'asking' | 'stranger' | 'screen' | 'unreachable'>('asking')
  shown = $state.raw<CounterScreen | null>(null)
  questions = $state.raw<ShownQuestionnaire | null>(null)
  notice = $state.raw<Notice | null>(null)
  readonly #path: string
  #timer: ReturnType<typeof setTimeout> | null = null
  #preparing = false
  #closed = false

  constructor(id: string) {
    this.#path = `/api/stations/${encodeURIComponent(id)}`
    void this.look()
  }

  /** The address of the picture that a phone reads, for this vote. */
  qr(expiresAt: string): string {
    return `${this.#path}/rating/qr.svg?${encodeURIComponent(expiresAt)}`
  }

  async look(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer)
    if (this.questions === null) void this.#prepare()
    const answer = await api.get<CounterScreen>(`${this.#path}/rating`)
    if (this.#closed) return
    if (answer.kind === 'done') {
      // The same again is nothing new: an object of its own would reset what is being touched.
      if (JSON.stringify(withoutTime(this.shown)) !== JSON.stringify(withoutTime(answer.body))) this.shown = answer.body
      this.standing = 'screen'
      this.notice = null
    } else {
      const notice = noticeOfAnswer(answer)
      this.standing = notice.code === NOT_A_SCREEN ? 'stranger' : 'unreachable'
      this.notice = this.standing === 'stranger' ? null : notice
    }
    if (this.standing !== 'stranger') this.#timer = setTimeout(() => void this.look(), LOOK_MS)
  }

  /** Who serves is shown meanwhile. */
  async #prepare(): Promise<void> {
    if (this.#preparing) return
    this.#preparing = true
    const asked = await askQuestionnaire()
    this.#preparing = false
    if (asked.kind === 'done') this.questions = asked.body
  }

  /** Makes this browser a screen of the counter; false when the code is refused. */
  async open(code: string): Promise<boolean> {
    const answer = await api.write('POST', `${this.#path}/screen`, { code })
    if (answer.kind !== 'done') {
      this.notice = noticeOfAnswer(answer)
      return false
    }
    await this.look()
    return true
  }

  close(): void {
    this.#closed = true
    if (this.#timer !== null) clearTimeout(this.#timer)
  }
}

function withoutTime(screen: CounterScreen | null): unknown {
  return screen === null ? null : { ...screen, vote: screen.vote === null ? null : screen.vote.token }
}
