/** The list that is being typed: its lines, which one is at hand, and what of it is meant. */

import { localOf } from '../../custody/times.ts'
import { uuid } from '../../deed.ts'
import { noFilm } from './film.ts'
import type { MeasureKind } from './forms.ts'
import { copyOf, isBegun, newLine, type PresenceForm, type SheetForm } from './registration.ts'

/** A list and the key under which it is registered once, in whichever windows it lies open. */
export interface Begun {
  readonly key: string
  readonly sheet: SheetForm
}

/** Lists that were begun and left, by person and case, with their photos: in this page's memory. */
const drafts = new Map<string, Begun>()

/** As it is kept on the server for its writer: everything but the photos, which are no text. */
export function draftText({ key, sheet }: Begun): string {
  return JSON.stringify({ ...sheet, key, lines: sheet.lines.map((line) => ({ ...line, files: [] })) })
}

/** What was kept, where it still is such a list; an older form of it is none. */
export function sheetOf(text: string, like: Begun): Begun | null {
  try {
    // A draft from before says nothing of the film, and has no key.
    const { key, ...kept }: Partial<SheetForm> & { key?: string } = {
      ...{ key: like.key, ...noFilm() },
      ...(JSON.parse(text) as Partial<SheetForm>),
    }
    const [first] = like.sheet.lines
    const hasAll = (given: object, wanted: object): boolean => Object.keys(wanted).every((key) => key in given)
    const fits =
      hasAll(kept, like.sheet) &&
      Array.isArray(kept.lines) &&
      kept.lines.length > 0 &&
      kept.lines.every((line) => first !== undefined && hasAll(line, first))
    return fits && key !== undefined ? { key, sheet: kept as SheetForm } : null
  } catch {
    return null
  }
}

/** Something stands once for the list that nobody would like to type again, though it has no line yet. */
function isHeadBegun({ notice, place, relevance, holder, witness, video, later }: SheetForm): boolean {
  const people = [holder, witness].flatMap(({ name, reason, alias = '' }) => [name, reason, alias])
  return [notice, place, relevance, later, ...people, ...Object.values(video)].some((text) => text.trim() !== '')
}

export class Drafting {
  sheet = $state<SheetForm | null>(null)
  /** Under which it is registered; two windows that hold the same draft hold the same key. */
  key = $state('')
  /** The line at hand, by its id. */
  active = $state(0)
  readonly activeIndex = $derived(this.sheet?.lines.findIndex(({ id }) => id === this.active) ?? -1)
  readonly begun = $derived(this.sheet !== null && (this.sheet.lines.some(isBegun) || isHeadBegun(this.sheet)))
  /** Lines at the end that nobody has begun are left out of the list. */
  readonly meant = $derived.by(() => {
    if (this.sheet === null) return null
    const last = this.sheet.lines.findLastIndex(isBegun)
    return { ...this.sheet, lines: this.sheet.lines.slice(0, Math.max(1, last + 1)) }
  })

  /** Takes up the list that was left under this key, or begins one by these officers. */
  begin(key: string, kind: MeasureKind, officers: readonly string[]): void {
    const present = (): PresenceForm => ({ attendance: '', name: '', reason: '' })
    const left = drafts.get(key)
    this.key = left?.key ?? uuid()
    this.sheet = left?.sheet ?? {
      kind,
      ...{ approval: '', emergency: false, unregisteredTrader: false },
      notice: '',
      takenAt: localOf(new Date().toISOString()),
      place: '',
      relevance: '',
      checked: [],
      officers: [...officers],
      holder: present(),
      witness: present(),
      ...noFilm(),
      lines: [newLine(1, officers)],
    }
    this.active = this.sheet.lines[0]?.id ?? 0
  }

  /** Takes up what was kept on the server, where nothing was begun here; whether it did. */
  takeUp(text: string): boolean {
    if (this.sheet === null || this.begun) return false
    const kept = sheetOf(text, { key: this.key, sheet: this.sheet })
    if (kept === null) return false
    this.key = kept.key
    this.sheet = kept.sheet
    this.active = kept.sheet.lines[0]?.id ?? 0
    return true
  }

  /** Its writer says that this is another list than the one which was registered. */
  becomeAnother(): void {
    this.key = uuid()
  }

  /** Keeps what was begun for when this person comes back to this case. */
  leave(key: string): void {
    if (this.sheet !== null && this.begun) drafts.set(key, { key: this.key, sheet: this.sheet })
  }

  /** The list is registered: nothing of it is kept. */
  end(key: string): void {
    drafts.delete(key)
    this.sheet = null
  }

  /** A new line after the one at hand; its id. */
  add(): number | null {
    if (this.sheet === null) return null
    const id = this.#freshId()
    const at = this.activeIndex < 0 ? this.sheet.lines.length : this.activeIndex + 1
    this.sheet.lines.splice(at, 0, newLine(id, this.sheet.officers))
    return id
  }

  /** The line at hand once more, after it; the new one's id. */
  copy(): number | null {
    const line = this.sheet?.lines[this.activeIndex]
    if (this.sheet === null || line === undefined) return null
    const id = this.#freshId()
    this.sheet.lines.splice(this.activeIndex + 1, 0, copyOf(line, id))
    return id
  }

  /** Takes the line at hand out; the id of the one that stands in its place. */
  remove(): number | null {
    if (this.sheet === null || this.activeIndex < 0) return null
    const at = this.activeIndex
    this.sheet.lines.splice(at, 1)
    if (this.sheet.lines.length === 0) this.sheet.lines.push(newLine(1, this.sheet.officers))
    return this.sheet.lines[Math.min(at, this.sheet.lines.length - 1)]?.id ?? null
  }

  #freshId(): number {
    return Math.max(0, ...(this.sheet?.lines ?? []).map(({ id }) => id)) + 1
  }
}
