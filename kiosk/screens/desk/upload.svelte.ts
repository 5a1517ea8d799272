/** Photos of items that were just registered, sent one item after the other. */

import { Deed } from '../../deed.ts'
import type { Notice } from '../../notice.ts'
import { api, noticeOfAnswer } from '../../page.svelte.ts'

export interface PhotoJob {
  readonly code: string
  readonly name: string
  readonly files: readonly File[]
}

export class PhotoUpload {
  readonly all: number
  done = $state(0)
  busy = $state(false)
  failed = $state.raw<readonly { readonly job: PhotoJob; readonly notice: Notice }[]>([])
  #left: readonly PhotoJob[]
  readonly #deeds = new Map<string, Deed>()

  constructor(jobs: readonly PhotoJob[]) {
    this.#left = jobs.filter(({ files }) => files.length > 0)
    this.all = this.#left.length
  }

  /** Sends what is left; what fails stays left, and the rest goes on. */
  async send(): Promise<void> {
    if (this.busy) return
    this.busy = true
    const failed: { job: PhotoJob; notice: Notice }[] = []
    for (const job of this.#left) {
      const deed = this.#deeds.get(job.code) ?? new Deed()
      this.#deeds.set(job.code, deed)
      const answer = await api.upload(`/api/items/${job.code}/photos`, 'photo', job.files, {}, deed)
      if (answer.kind === 'done') this.done += 1
      else failed.push({ job, notice: noticeOfAnswer(answer) })
    }
    this.#left = failed.map(({ job }) => job)
    this.failed = failed
    this.busy = false
  }
}
