/** The wall of a hall: asked of the server again and again, by a screen of one of its counters. */

import type { HallWall } from '../../../server/rating/hall/protocol.ts'
import type { Notice } from '../../notice.ts'
import { api, noticeOfAnswer } from '../../page.svelte.ts'
import { becomeScreen, NOT_A_SCREEN } from './screen.ts'

/** A ticket that was called is seen within this time. */
const LOOK_MS = 3_000

export class WallScreen {
  standing = $state<'asking' | 'stranger' | 'screen' | 'unreachable'>('asking')
  shown = $state.raw<HallWall | null>(null)
  notice = $state.raw<Notice | null>(null)
  readonly #path: string
  #timer: ReturnType<typeof setTimeout> | null = null
  #closed = false

  constructor(id: string) {
    this.#path = `/api/stations/${encodeURIComponent(id)}`
    void this.look()
  }

  async look(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer)
    const answer = await api.get<HallWall>(`${this.#path}/wall`)
    if (this.#closed) return
    if (answer.kind === 'done') {
      this.shown = answer.body
      this.standing = 'screen'
      this.notice = null
    } else {
      const notice = noticeOfAnswer(answer)
      this.standing = notice.code === NOT_A_SCREEN ? 'stranger' : 'unreachable'
      this.notice = this.standing === 'stranger' ? null : notice
    }
    if (this.standing !== 'stranger') this.#timer = setTimeout(() => void this.look(), LOOK_MS)
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
  }
}
