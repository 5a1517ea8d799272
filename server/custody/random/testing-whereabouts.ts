import type { ChainEntry } from '../protocol.ts'

/** Where something is from a moment on, and as what its store answers for it. */
interface Lay {
  readonly from: string
  readonly store: string | null
  /** Null while it lies on no shelf. */
  readonly location: string | null
  readonly as: 'in' | 'lent' | 'appraisal' | 'gone'
  /** Who did it. */
  readonly by: string
}

const PLACING: ReadonlySet<string> = new Set([
  ...['checked-in', 'formed', 'arrived', 'moved', 'returned', 'returned-from-appraisal'],
])

/** Where the items of a case were at each moment, by what their lives say. */
export class Whereabouts {
  readonly #lays: ReadonlyMap<string, readonly Lay[]>

  constructor(lives: ReadonlyMap<string, readonly ChainEntry[]>) {
    this.#lays = new Map([...lives].map(([item, entries]) => [item, laysOf(entries)]))
  }

  get items(): readonly string[] {
    return [...this.#lays.keys()]
  }

  /** Where it lay; null where it lay on no shelf. */
  at(item: string, moment: string): { readonly store: string | null; readonly location: string } | null {
    const lay = this.#lay(item, moment)
    return lay === null || lay.location === null ? null : { store: lay.store, location: lay.location }
  }

  lyingIn(store: string, moment: string): { readonly item: string; readonly location: string }[] {
    return this.items.flatMap((item) => {
      const lay = this.at(item, moment)
      return lay?.store === store ? [{ item, location: lay.location }] : []
    })
  }

  /** Whether it lay on that shelf from one moment to the other without leaving it. */
  layThere(
    item: string,
    { location, from, to }: { readonly location: string; readonly from: string; readonly to: string },
  ): boolean {
    if (this.at(item, from)?.location !== location) return false
    const meanwhile = (this.#lays.get(item) ?? []).filter((lay) => lay.from > from && lay.from <= to)
    return meanwhile.every((lay) => lay.location === location)
  }

  /** Who put it where it lay then. */
  placer(item: string, moment: string): string | null {
    const lays = this.#lays.get(item) ?? []
    return lays.findLast((lay) => lay.from <= moment && lay.location !== null)?.by ?? null
  }

  /** How many things a store answered for, by how. */
  keptBy(store: string, moment: string): Readonly<Record<Lay['as'], number>> {
    const kept = { in: 0, lent: 0, appraisal: 0, gone: 0 }
    for (const item of this.items) {
      const lay = this.#lay(item, moment)
      if (lay?.store === store) kept[lay.as] += 1
    }
    return kept
  }

  #lay(item: string, moment: string): Lay | null {
    return this.#lays.get(item)?.findLast(({ from }) => from <= moment) ?? null
  }
}

function laysOf(entries: readonly ChainEntry[]): Lay[] {
  const lays: Lay[] = []
  for (const { type: whole, at: from, actor: by, body: said } of entries) {
    const type = whole.slice('custody.'.length)
    const body = said as Readonly<Record<string, unknown>>
    const store = lays.at(-1)?.store ?? null
    const out = { from, by, store, location: null }
    if (type === 'moved') lays.push({ from, by, store, location: String(body['to']), as: 'in' })
    else if (PLACING.has(type) && typeof body['location'] === 'string')
      lays.push({ from, by, store: String(body['store'] ?? body['to']), location: body['location'], as: 'in' })
    else if (type === 'lent') lays.push({ ...out, as: 'lent' })
    else if (type === 'sent-to-appraisal') lays.push({ ...out, as: 'appraisal' })
    else if (['split', 'merged', 'dispatched'].includes(type) || (type === 'disposed' && body['listOnly'] !== true))
      lays.push({ ...out, as: 'gone' })
  }
  return lays
}
