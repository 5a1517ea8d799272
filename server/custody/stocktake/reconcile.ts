import type { Perceived, Placement, Sight } from './facts.ts'
import { layThroughout, type Stay, stayAt } from './stays.ts'
import type { CountedHow, CountVerdict, Reference } from './shapes.ts'

/**
 * 盘点核对: what was perceived against what the register says of each thing at the very moment when it was perceived. Pure, and linear in what
 * there is: two thousand items take some milliseconds.
 */

/** One sheet of a walk. */
export interface Sheet {
  readonly location: string
  readonly by: string
  readonly from: string
  /** When it was handed in. */
  readonly to: string
  readonly done: boolean
  readonly swept: boolean
  readonly sights: readonly Sight[]
}

export interface Counted {
  /** What should lie there by the register when the count was ordered; of a sample, what was drawn. */
  readonly expected: readonly Placement[]
  /** Where that and whatever else was in view lay then. */
  readonly known: readonly Placement[]
  readonly sheets: readonly Sheet[]
  /** Where items were since: those that moved, and those that were perceived without being expected. */
  readonly stays: ReadonlyMap<string, readonly Stay[]>
  readonly store: string
  /** Whether an item that is not expected belongs to what is counted: one that came in meanwhile may then be missing too. */
  readonly belongs: (item: string) => boolean
  /** Whether a reader can hear of the item at all: it wears a tag. */
  readonly readable: (item: string) => boolean
}

/** What a count comes to for one thing. */
export interface Line {
  readonly verdict: CountVerdict
  readonly item: string | null
  readonly expectedAt: string | null
  readonly seenAt: string | null
  readonly how: CountedHow | null
  readonly voided: number | null
  readonly unknown: string | null
  readonly why: Reference | null
}

/** How an item was perceived, where and when. */
interface Seen {
  readonly location: string
  readonly at: string
  readonly how: CountedHow
  readonly voided: number | null
}

/** The first that there is decides: a hand that read a label, then a seal, then a clear tag. A faint tag never does. */
const WEIGHT: Readonly<Record<CountedHow, number>> = { scanned: 3, seen: 3, box: 2, strong: 1, weak: 0 }

/** A line for each thing that was expected or perceived, items first in the order of their codes. */
export function reconcile(counted: Counted): Line[] {
  const seen = seenItems(counted)
  const expectedAt = new Map(counted.expected.map(({ item, location }) => [item, location]))
  const lay = new Map(counted.known.map(({ item, location }) => [item, location]))
  const arrived = [...counted.stays.keys()].filter((item) => !expectedAt.has(item) && counted.belongs(item))
  const items = [...new Set([...expectedAt.keys(), ...seen.keys(), ...arrived])].sort()
  const walks = Map.groupBy(walksOf(counted.sheets), ({ location }) => location)
  return [
    ...items.flatMap((item) => lineOf(item, { counted, walks, seen: seen.get(item) ?? [], expectedAt, lay })),
    ...strangers(counted.sheets),
  ]
}

/** Shelves that nobody has walked to the end. */
export function unwalked(places: readonly string[], sheets: readonly Pick<Sheet, 'location' | 'done'>[]): string[] {
  const walked = new Set(sheets.filter(({ done }) => done).map(({ location }) => location))
  return places.filter((place) => !walked.has(place))
}

interface Walk {
  readonly location: string
  readonly from: string
  readonly to: string
  readonly swept: boolean
}

/** A walk is over with its last sheet; a reader had part in it when it had in any of its sheets. */
function walksOf(sheets: readonly Sheet[]): Walk[] {
  const nameOf = ({ location, by, from }: Sheet): string => `${location} ${by} ${from}`
  const swept = new Set(sheets.filter((sheet) => sheet.swept).map(nameOf))
  return sheets
    .filter(({ done }) => done)
    .map((sheet) => ({ location: sheet.location, from: sheet.from, to: sheet.to, swept: swept.has(nameOf(sheet)) }))
}

function seenItems({ known, sheets, stays }: Counted): Map<string, Seen[]> {
  const seen = new Map<string, Seen[]>()
  const add = (item: string, one: Seen): void => {
    const known = seen.get(item)
    if (known === undefined) seen.set(item, [one])
    else known.push(one)
  }
  const inBoxes = Map.groupBy(known, ({ container }) => container ?? '')
  for (const { location, sights } of sheets)
    for (const sight of sights) {
      if (sight.kind === 'item') {
        const { item, at, how, voided = null } = sight
        add(item, { location, at, how, voided })
      } else if (sight.kind === 'box' && sight.sealed) {
        const { at, container } = sight
        for (const item of heldBy(container, at, { known: inBoxes.get(container) ?? [], stays }))
          add(item, { location, at, how: 'box', voided: null })
      }
    }
  return seen
}

/** What a box held at a moment. */
function heldBy(container: string, at: string, { known, stays }: Pick<Counted, 'known' | 'stays'>): readonly string[] {
  const stayed = known.filter(({ item }) => !stays.has(item)).map(({ item }) => item)
  const moved = [...stays].filter(([, its]) => stayAt(its, at)?.container === container).map(([item]) => item)
  return [...stayed, ...moved]
}

interface Around {
  readonly counted: Counted
  readonly walks: ReadonlyMap<string, readonly Walk[]>
  readonly seen: readonly Seen[]
  readonly expectedAt: ReadonlyMap<string, string>
  readonly lay: ReadonlyMap<string, string>
}

function lineOf(item: string, around: Around): Line[] {
  const { counted, lay } = around
  const location = lay.get(item) ?? null
  const began: Stay = { from: '', store: counted.store, location, container: null, why: null }
  const stays = counted.stays.get(item) ?? [began]
  const seen = decisive(around.seen, stays)
  if (seen === null) return unseen(item, stays, around)
  const { how, voided, location: seenAt, at } = seen
  const stay = stayAt(stays, at)
  const here = stay !== null && stay.store === counted.store && stay.location !== null
  const shown = { item, seenAt, how, voided, unknown: null, expectedAt: here ? stay.location : null }
  const verdict = !here ? 'UNEXPECTED' : stay.location !== seenAt ? 'MISPLACED' : how === 'weak' ? 'WEAK' : 'FOUND'
  return [{ ...shown, verdict, why: stay?.why ?? null }]
}

/** A faint tag somewhere else than where the item lies is a stray, and says nothing. */
function decisive(seen: readonly Seen[], stays: readonly Stay[]): Seen | null {
  const agrees = ({ location, at }: Seen): boolean => stayAt(stays, at)?.location === location
  const worth = (one: Seen): number => WEIGHT[one.how]
  const candidates = seen.filter((one) => one.how !== 'weak' || agrees(one))
  const best = Math.max(...candidates.map(worth), -1)
  const equal = candidates.filter((one) => worth(one) === best).sort((a, b) => (a.at < b.at ? -1 : 1))
  // A hand's last word counts; a reader hears into the next shelf, so of its sights one that agrees does.
  const last = equal.at(-1) ?? null
  return best === WEIGHT.scanned ? last : (equal.findLast(agrees) ?? last)
}

function unseen(item: string, stays: readonly Stay[], { counted, walks, expectedAt }: Around): Line[] {
  const none = { item, seenAt: null, how: null, voided: null, unknown: null }
  const passed = stays
    .flatMap(({ location }) => (location === null ? [] : (walks.get(location) ?? [])))
    .filter((walk) => layThroughout(stays, walk.location, walk))
  const [first] = passed
  if (first !== undefined) {
    const { location } = first
    const silent = passed.every(({ swept }) => swept) && !counted.readable(item)
    return [{ ...none, expectedAt: location, why: null, verdict: silent ? 'UNREADABLE' : 'MISSING' }]
  }
  const moved = stays.findLast(({ why }) => why !== null)
  if (!expectedAt.has(item)) return []
  return [{ ...none, expectedAt: expectedAt.get(item) ?? null, why: moved?.why ?? null, verdict: 'MOVED' }]
}

/** What is no item of the register; the same tag heard at two places is one thing, where it was heard clearly. */
function strangers(sheets: readonly Sheet[]): Line[] {
  const lines: Line[] = []
  const tags = new Map<string, Line>()
  const line = (seenAt: string, how: Perceived, unknown: string): Line => ({
    ...{ verdict: 'UNKNOWN', item: null, expectedAt: null, seenAt, how, voided: null, unknown, why: null },
  })
  for (const { location, sights } of sheets)
    for (const sight of sights) {
      if (sight.kind === 'unknown') lines.push(line(location, 'scanned', sight.text.ref))
      if (sight.kind === 'unknown-tag' && sight.how === 'strong')
        tags.set(sight.epc, tags.get(sight.epc) ?? line(location, 'strong', sight.epc))
    }
  return [...lines, ...tags.values()]
}

/** Whether the count and the register agree, or the register itself says why not. A voided label is worn by nothing that agrees. */
export function agrees({ verdict, voided }: Pick<Line, 'verdict' | 'voided'>): boolean {
  return (verdict === 'FOUND' || verdict === 'MOVED') && voided === null
}
