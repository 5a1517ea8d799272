/**
 * The screen before the rater: what it shows is asked of the server every second, and at once when the server says that it is over; what is touched
 * stays in it.
 */

import type { CounterScreen, ShownQuestionnaire } from '../../../server/rating/protocol.ts'
import type { StationMessage } from '../../../server/stations/protocol.ts'
import { Link } from '../../link.svelte.ts'
import type { Notice } from '../../notice.ts'
import { api, noticeOfAnswer } from '../../page.svelte.ts'
import { askQuestionnaire } from './questionnaire.ts'
import { becomeScreen, NOT_A_SCREEN } from './screen.ts'

/** Someone who was just asked sees it within this time. */
const LOOK_MS = 1_000

export class RaterScreen {
  standing = $state<'asking' | 'stranger' | 'screen' | 'unreachable'>('asking')
  shown = $state.raw<CounterScreen | null>(null)
  questions = $state.raw<ShownQuestionnaire | null>(null)
  notice = $state.raw<Notice | null>(null)
  readonly #path: string
  #timer: ReturnType<typeof setTimeout> | null = null
  #preparing = false
  #closed = false
  /** The latest look; an earlier one that is answered later is passed over. */
  #looks = 0
  #link: Link<never, StationMessage> | null = null

  constructor(id: string) {
    this.#path = `/api/stations/${encodeURIComponent(id)}`
    void this.look()
  }

  /** The address of the picture that a phone reads, for this vote. */
  qr(expiresAt: string): string {
    return `${this.#path}/rating/qr.svg?${encodeURIComponent(expiresAt)}`
  }

  /** The address of the photo of who serves; another photo has another. */
  portrait(photo: string): string {
    return `${this.#path}/rating/portrait.jpg?${new URLSearchParams({ photo }).toString()}`
  }

  async look(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#looks += 1
    const nth = this.#looks
    const answer = await api.get<CounterScreen>(`${this.#path}/rating`)
    if (this.#closed || nth !== this.#looks) return
    if (answer.kind === 'done') {
      // The same again is nothing new: an object of its own would reset what is being touched.
      if (JSON.stringify(withoutTime(this.shown)) !== JSON.stringify(withoutTime(answer.body))) this.shown = answer.body
      this.standing = 'screen'
      this.notice = null
      this.#follow()
      const { vote, questionnaire } = answer.body
      const asked = vote?.questionnaire ?? questionnaire
      if (this.questions?.id !== asked) void this.#prepare(asked)
    } else {
      const notice = noticeOfAnswer(answer)
      this.standing = notice.code === NOT_A_SCREEN ? 'stranger' : 'unreachable'
      this.notice = this.standing === 'stranger' ? null : notice
    }
    if (this.standing !== 'stranger') this.#timer = setTimeout(() => void this.look(), LOOK_MS)
  }

  /** A vote that was cast elsewhere is asked for no longer. */
  #follow(): void {
    if (this.#link !== null) return
    const link = new Link<never, StationMessage>(`${this.#path}/live`, () => {
      link.close()
      this.#link = null
    })
    this.#link = link
    link.listen((told) => {
      if (told.kind === 'message' && told.message.type === 'rating') void this.look()
    })
  }

  /** Who serves is shown meanwhile. */
  async #prepare(id: string): Promise<void> {
    if (this.#preparing) return
    this.#preparing = true
    const asked = await askQuestionnaire(id)
    this.#preparing = false
    if (asked.kind === 'done') this.questions = asked.body
  }

  /** Makes this browser a screen of the counter; false when the code is refused. */
  async open(code: string): Promise<boolean> {
    const refused = await becomeScreen(this.#path, code)
    if (refused !== null) {
      this.notice = refused
      return false
    }
    await this.look()
    return true
  }

  close(): void {
    this.#closed = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#link?.close()
  }
}

function withoutTime(screen: CounterScreen | null): unknown {
  return screen === null ? null : { ...screen, vote: screen.vote === null ? null : screen.vote.token }
}
