import { createHash } from 'node:crypto'
import { maybeStillOn } from '../scale/pan.ts'
import type { HeldLine, HeldList, HeldProgress, HeldShelf, OfflineCode, OfflineDeed, OfflineMark } from './held-list.ts'

/** Readings that may wait for the server; then nothing more is begun without it. */
export const OFFLINE_READINGS_MAX = 5_000

/** What a bench without a server is in the middle of. */
export interface OfflineBench {
  /** Items that had their turn, on the server or here. */
  readonly done: readonly string[]
  /** Where items were put here, with how often. */
  readonly placed: Readonly<Record<string, number>>
  readonly locked: boolean
  readonly hand: OfflineHand | null
  /** What counted for an item and was not seen to leave the scale. */
  readonly load: HeldProgress['load']
}

export interface OfflineHand {
  readonly item: string
  readonly weighed: OfflineDeed['weighed']
  /** The shelf it goes to; then CONFIRM is all that is wanted. */
  readonly location: string | null
}

export type OfflineInput =
  | { readonly kind: 'scan'; readonly text: string }
  | { readonly kind: 'badge'; readonly badge: string }
  | { readonly kind: 'weight'; readonly weight_mg: number; readonly reading: string }
  | { readonly kind: 'fault' }

/** As it is when an input comes. */
export interface OfflineMoment {
  /** What is left of the shift; null when this machine's clock cannot say. */
  readonly shiftLeft_ms: number | null
  /** Readings in the journal. */
  readonly waiting: number
}

/** `recorded` and `taken` are good news, `refused` is not; nothing of it holds before the journal has the mark. */
export interface OfflineStep {
  readonly next: OfflineBench
  readonly outcome: 'recorded' | 'taken' | 'refused'
  readonly mark: OfflineMark
  /** What was scanned or which item it is about; for the words. */
  readonly about: string
}

/** Cards and labels are read as the server reads them: white space and lower case are forgiven, nothing else. */
function readText(text: string): string {
  return text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '').toUpperCase()
}

/** How a badge is known to a machine that must not hold its number. */
export function badgeDigest(salt: string, badge: string): string {
  return createHash('sha256').update(`${salt}\n${badge.trim()}`, 'utf8').digest('hex')
}

/**
 * A bench whose line has just dropped: what is done is done, and what was in somebody's hand is scanned again.
 * @param recorded what was done here before and the server has not acknowledged
 */
export function benchWith(
  held: HeldList,
  { waiting, locked, load: before }: HeldProgress,
  recorded: readonly OfflineDeed[],
): OfflineBench {
  const mine = recorded.filter(({ list }) => list === held.list)
  const done = held.lines.map(({ item }) => item).filter((item) => !waiting.includes(item))
  const last = mine.findLast(({ weighed }) => weighed !== null)
  // It may lie there still.
  const load =
    last === undefined || last.weighed === null ? before : { item: last.item, weight_mg: last.weighed.weight_mg }
  const placed: Record<string, number> = {}
  for (const { location } of mine) placed[location] = (placed[location] ?? 0) + 1
  return { done: [...new Set([...done, ...mine.map(({ item }) => item)])], placed, locked, hand: null, load }
}

/** Whether the scale is what the bench waits for. */
export function wantsWeight(held: HeldList, { hand, locked }: OfflineBench): boolean {
  return !locked && hand !== null && hand.weighed === null && (lineOf(held, hand.item)?.weighed ?? null) !== null
}

/** The bench after the scale was seen with this weight at rest, whoever asked: what lay there may have left. */
export function panSeen(bench: OfflineBench, weight_mg: number): OfflineBench {
  return bench.load === null || maybeStillOn(bench.load, weight_mg) ? bench : { ...bench, load: null }
}

/**
 * One step of a check-in without a server: scan the item, weigh it where its class is weighed, scan the shelf, confirm. The same order and the
 * same refusals as at a bench with one, as far as the held list can tell; the server decides again on every line. Pure.
 *
 * The badge of whoever signed on resumes, within his shift alone: a PIN cannot be checked here. Nobody else can sign on, and nothing else
 * can be begun.
 */
export function stepOffline(
  held: HeldList,
  bench: OfflineBench,
  input: OfflineInput,
  { shiftLeft_ms, waiting }: OfflineMoment,
): OfflineStep {
  const refuse = (code: OfflineCode, about = ''): OfflineStep => ({
    ...{ next: bench, outcome: 'refused', about },
    mark: { code, deed: null },
  })
  const take = (code: OfflineCode, change: Partial<OfflineBench>, about = ''): OfflineStep => ({
    ...{ next: { ...bench, ...change }, outcome: 'taken', about },
    mark: { code, deed: null },
  })
  if (input.kind === 'fault') return refuse('device-fault')
  if (waiting >= OFFLINE_READINGS_MAX) return refuse('too-many')
  if (shiftLeft_ms === null) return refuse('clock-doubtful')
  if (shiftLeft_ms <= 0) return refuse('shift-over')
  if (isOwnBadge(held, input))
    return bench.locked ? take('resumed', { locked: false }) : take('go-on', {}, bench.hand?.item)
  if (bench.locked) return refuse('is-locked')
  const { hand } = bench
  const line = hand === null ? undefined : lineOf(held, hand.item)

  if (input.kind === 'badge') return refuse('not-on-list')
  if (input.kind === 'weight') {
    if (hand === null || line === undefined || line.weighed === null) return refuse('not-asked')
    const { expected_mg, tolerance_mg } = line.weighed
    const { weight_mg, reading } = input
    if (weight_mg <= 0) return refuse('weight-absurd', hand.item)
    if (bench.load !== null && bench.load.item !== hand.item && maybeStillOn(bench.load, weight_mg))
      return refuse('pan-occupied', bench.load.item ?? '')
    if (expected_mg !== null && Math.abs(weight_mg - expected_mg) > tolerance_mg)
      return refuse('weight-differs', hand.item)
    return take(
      'weighed',
      { hand: { ...hand, weighed: { weight_mg, reading } }, load: { item: hand.item, weight_mg } },
      hand.item,
    )
  }

  const text = readText(input.text)
  switch (text) {
    case held.cards.lock:
      return take('locked', { locked: true })
    case held.cards.cancel:
      return hand === null ? refuse('not-asked') : take('put-back', { hand: null }, hand.item)
    case held.cards.weigh:
      if (hand === null || line === undefined || line.weighed === null) return refuse('not-asked')
      return take('weigh-again', { hand: { ...hand, weighed: null, location: null }, load: null }, hand.item)
    case held.cards.confirm: {
      if (hand === null || line === undefined) return refuse('item-wanted')
      const { location, weighed, item } = hand
      if (line.weighed !== null && weighed === null) return refuse('weight-wanted', item)
      if (location === null) return refuse('shelf-wanted', item)
      const { pass, list } = held
      const deed = { pass, list, item, location, weighed, sealNumber: line.sealNumber }
      return {
        next: {
          ...bench,
          done: [...bench.done, item],
          placed: { ...bench.placed, [location]: (bench.placed[location] ?? 0) + 1 },
          hand: null,
        },
        outcome: 'recorded',
        mark: { code: 'recorded', deed },
        about: item,
      }
    }
  }

  const scanned = held.lines.find(({ label }) => label === text)
  if (scanned !== undefined) {
    const { item } = scanned
    if (bench.done.includes(item)) return refuse('done-already', item)
    if (hand !== null && hand.item !== item) return refuse('finish-first', hand.item)
    return hand === null
      ? take('item-in-hand', { hand: { item, weighed: null, location: null } }, item)
      : take('go-on', {}, item)
  }
  const shelf = held.shelves.find(({ label }) => label === text)
  if (shelf === undefined) return refuse('not-on-list', input.text)
  if (hand === null || line === undefined) return refuse('item-wanted')
  if (line.weighed !== null && hand.weighed === null) return refuse('weight-wanted', hand.item)
  if (!line.storage.includes(shelf.storage)) return refuse('shelf-unfit', shelf.name)
  if (shelf.box?.sealed === true) return refuse('box-sealed', shelf.name)
  if (!hasRoom(held, bench, shelf)) return refuse('shelf-full', shelf.name)
  return take('shelf-chosen', { hand: { ...hand, location: shelf.location } }, shelf.name)
}

/** What was put into a box lies on its shelf as well. */
function hasRoom(
  { shelves }: Pick<HeldList, 'shelves'>,
  { placed }: Pick<OfflineBench, 'placed'>,
  shelf: HeldShelf,
): boolean {
  const boxesOn = shelves.filter(({ box }) => box?.on === shelf.location)
  const lying = [shelf, ...boxesOn].reduce((sum, { location }) => sum + (placed[location] ?? 0), 0)
  if (lying >= shelf.room) return false
  const under = shelf.box === undefined ? undefined : shelves.find(({ location }) => location === shelf.box?.on)
  return under === undefined || hasRoom({ shelves }, { placed }, under)
}

function isOwnBadge({ custodian: { salt, badge } }: HeldList, input: OfflineInput): boolean {
  const shown = input.kind === 'badge' ? input.badge : input.kind === 'scan' ? input.text : null
  return shown !== null && badgeDigest(salt, shown) === badge
}

/** The line of an item of the held list; undefined for an item that is not on it. */
export function lineOf({ lines }: HeldList, item: string): HeldLine | undefined {
  return lines.find((line) => line.item === item)
}
