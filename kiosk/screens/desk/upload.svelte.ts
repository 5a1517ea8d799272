/** Photos of items that were just registered, sent one item after the other. */

import { Deed } from '../../deed.ts'
import type { Notice } from '../../notice.ts'
import { api, noticeOfAnswer } from '../../page.svelte.ts'

export interface PhotoJob {
  readonly code: string
  readonly name: string
  readonly files: readonly File[]
  /** Money, which two people count before it goes on a list. */
  readonly counted?: boolean
}

/** Photos of one item that go up together. */
interface Batch {
  readonly job: PhotoJob
  readonly files: readonly File[]
  readonly deed: Deed
}

/** What was not saved, and why. */
export type Unsaved = Batch & { readonly notice: Notice }

export class PhotoUpload {
  /** Photos to be saved, and photos saved. */
  all = $state(0)
  done = $state(0)
  busy = $state(false)
  failed = $state.raw<readonly Unsaved[]>([])
  /** Photos saved, by the code of their item. */
  saved = $state.raw<ReadonlyMap<string, number>>(new Map())
  #left: readonly Batch[]

  constructor(jobs: readonly PhotoJob[]) {
    this.#left = jobs
      .filter(({ files }) => files.length > 0)
      .map((job) => ({ job, files: job.files, deed: new Deed() }))
    this.all = countOf(this.#left)
  }

  /** Sends what is left; what fails stays left, and the rest goes on. */
  async send(): Promise<void> {
    if (this.busy) return
    this.busy = true
    const failed: Unsaved[] = []
    for (const batch of this.#left) failed.push(...(await this.#sendOne(batch)))
    this.#left = failed
    this.failed = failed
    this.busy = false
  }

  /** Leaves out what was not saved. */
  drop(unsaved: Unsaved): void {
    this.failed = this.failed.filter((one) => one !== unsaved)
    this.#left = this.failed
    this.all -= unsaved.files.length
  }

  /** One bad photo has all of its upload refused: then each goes alone, and the good ones are saved. */
  async #sendOne(batch: Batch): Promise<readonly Unsaved[]> {
    const { job, files, deed } = batch
    const answer = await api.upload(`/api/items/${job.code}/photos`, 'photo', files, {}, deed)
    if (answer.kind === 'done') {
      this.done += files.length
      this.saved = new Map(this.saved).set(job.code, (this.saved.get(job.code) ?? 0) + files.length)
      return []
    }
    if (answer.kind !== 'refused' || files.length === 1) return [{ ...batch, notice: noticeOfAnswer(answer) }]
    const unsaved: Unsaved[] = []
    for (const file of files) unsaved.push(...(await this.#sendOne({ job, files: [file], deed: new Deed() })))
    return unsaved
  }
}

function countOf(batches: readonly Batch[]): number {
  return batches.reduce((sum, { files }) => sum + files.length, 0)
}
