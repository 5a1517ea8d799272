/** What is typed of a disposal that is not proposed yet: it stays, however the dialog is closed, until it is proposed or cleared. */

import { KeptDraft } from '../../custody/kept-draft.svelte.ts'
import { localOf } from '../../custody/times.ts'

/** The form of a proposal, as it is typed. */
export interface ProposalForm {
  way: string
  destination: string
  ground: string
  found: string
  review: string
  crime: boolean
  opinion: string
  appraisal: string
  saleGround: string
  saleMethod: string
  estimate: string
  holderOpinion: string
}

const newForm = (): ProposalForm => ({
  ...{ way: '', destination: '', ground: '', found: localOf(new Date().toISOString()), review: '', crime: false },
  ...{ opinion: '', appraisal: '', saleGround: '', saleMethod: '', estimate: '', holderOpinion: '' },
})

/** What was kept, where it still is such a form. */
function formOf(text: string): ProposalForm | null {
  try {
    const kept = JSON.parse(text) as Partial<ProposalForm>
    const wanted = Object.entries(newForm()) as [keyof ProposalForm, unknown][]
    return wanted.every(([key, like]) => typeof kept[key] === typeof like) ? (kept as ProposalForm) : null
  } catch {
    return null
  }
}

export class Proposing {
  readonly #kept: KeptDraft
  /** What was emptied by hand is not kept either. */
  #wasBegun = false
  form = $state(newForm())
  /** It was begun before and taken up again. */
  takenUp = $state(false)
  /** The time stands ready, and says nothing by itself. */
  readonly begun = $derived.by(() => {
    const { found: _, ...typed } = this.form
    return Object.values(typed).some((one) => one !== '' && one !== false)
  })

  constructor(number: string) {
    this.#kept = new KeptDraft(`dispose/${number}`)
  }

  /** Goes on with what was begun here, or on another screen. */
  async takeUp(): Promise<void> {
    this.takenUp = this.begun
    if (this.begun) return
    this.form = newForm()
    const draft = await this.#kept.read()
    const form = draft === null ? null : formOf(draft.content)
    if (form === null || this.begun) return
    this.form = form
    this.takenUp = true
  }

  keep(): void {
    if (this.begun) this.#kept.keep(JSON.stringify(this.form))
    else if (this.#wasBegun) void this.#kept.drop()
    this.#wasBegun = this.begun
  }

  /** It is proposed, or given up. */
  clear(): void {
    this.form = newForm()
    this.takenUp = false
    void this.#kept.drop()
  }
}

/** By person and case: in this page's memory. */
const begun = new Map<string, Proposing>()

/** What this person has begun to propose in this case. */
export function proposingIn(person: string, number: string): Proposing {
  const key = `${person}/${number}`
  const found = begun.get(key) ?? new Proposing(number)
  begun.set(key, found)
  return found
}
