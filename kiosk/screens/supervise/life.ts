/** The life of an item as events: what two registers, or several photos, say of one moment is one event. Pure. */

import type { ChainEntry, ItemChain } from '../../../server/custody/protocol.ts'
import type { State } from '../../parts/state.ts'

/** What happened; `pair` names the event when giver and receiver both tell it. */
export type EventKind =
  | 'registered'
  | 'photo-added'
  | 'hand-signed'
  | 'relevance-stated'
  | 'identity-opened'
  | 'account-number-opened'
  | 'video-noted'
  | 'unfilmed-allowed'
  | 'entered-from-paper'
  | 'retention-asked'
  | 'retention-answered'
  | 'compensation-paid'
  | 'compensation-recovered'
  | 'recourse-written-off'
  | 'cash-counted'
  | 'cash-agreed'
  | 'cash-disputed'
  | 'handover-submitted'
  | 'handed-in'
  | 'deposited'
  | 'measure-confirmed'
  | 'surrender-converted'
  | 'released-to-store'
  | 'checked-in'
  | 'handover-refused'
  | 'moved'
  | 'loan-granted'
  | 'lent-out'
  | 'lent'
  | 'received-on-loan'
  | 'brought-back'
  | 'handed-back'
  | 'returned'
  | 'difference-found'
  | 'sent-to-appraisal'
  | 'returned-from-appraisal'
  | 'incident-opened'
  | 'incident-resolved'
  | 'unsealed'
  | 'sealed'
  | 'corrected'
  | 'formed'
  | 'proceeds-deposited'
  | 'dispatched'
  | 'carried'
  | 'sent-on'
  | 'brought'
  | 'arrived'
  | 'taken-in'
  | 'split'
  | 'merged'
  | 'regrouped-in-store'
  | 'regrouped'
  | 'tag-wanted'
  | 'tag-bound'
  | 'tag-not-written'
  | 'seen-at-door'
  | 'proposed-for-disposal'
  | 'disposal-reviewed'
  | 'disposal-approved'
  | 'proposal-dropped'
  | 'left-store'
  | 'disposed'
  | 'gone'
  | 'written-off'
  | 'complaint-accepted'
  | 'complaint-decided'
  | 'complaint-decision-served'
  | 'kept-open'
  | 'passed-to-case'
  | 'other'

export interface LifeEvent {
  readonly kind: EventKind
  /** In the order of the chain, never empty; the last one is the receiver's in a pair. */
  readonly entries: readonly [ChainEntry, ...ChainEntry[]]
}

const STATES: Readonly<Record<EventKind, State>> = {
  registered: 'ok',
  'photo-added': 'quiet',
  'hand-signed': 'ok',
  'relevance-stated': 'quiet',
  'identity-opened': 'attention',
  'account-number-opened': 'attention',
  'video-noted': 'quiet',
  'unfilmed-allowed': 'attention',
  'entered-from-paper': 'attention',
  'retention-asked': 'attention',
  'retention-answered': 'ok',
  'compensation-paid': 'attention',
  'compensation-recovered': 'ok',
  'recourse-written-off': 'attention',
  'cash-counted': 'attention',
  'cash-agreed': 'ok',
  'cash-disputed': 'refused',
  'handover-submitted': 'attention',
  'handed-in': 'ok',
  deposited: 'ok',
  'measure-confirmed': 'ok',
  'surrender-converted': 'ok',
  'released-to-store': 'attention',
  'checked-in': 'ok',
  'handover-refused': 'refused',
  moved: 'quiet',
  'loan-granted': 'attention',
  'lent-out': 'attention',
  lent: 'attention',
  'received-on-loan': 'attention',
  'brought-back': 'ok',
  'handed-back': 'attention',
  returned: 'ok',
  'difference-found': 'refused',
  'sent-to-appraisal': 'attention',
  'returned-from-appraisal': 'ok',
  'incident-opened': 'refused',
  'incident-resolved': 'ok',
  unsealed: 'attention',
  sealed: 'ok',
  corrected: 'attention',
  formed: 'ok',
  'proceeds-deposited': 'ok',
  dispatched: 'attention',
  carried: 'attention',
  'sent-on': 'attention',
  brought: 'attention',
  arrived: 'ok',
  'taken-in': 'ok',
  split: 'attention',
  merged: 'attention',
  'regrouped-in-store': 'attention',
  regrouped: 'attention',
  'tag-wanted': 'quiet',
  'tag-bound': 'ok',
  'tag-not-written': 'attention',
  'seen-at-door': 'refused',
  'proposed-for-disposal': 'attention',
  'disposal-reviewed': 'attention',
  'disposal-approved': 'attention',
  'proposal-dropped': 'refused',
  'left-store': 'attention',
  disposed: 'ok',
  gone: 'ok',
  'written-off': 'ok',
  'complaint-accepted': 'refused',
  'complaint-decided': 'ok',
  'complaint-decision-served': 'ok',
  'kept-open': 'attention',
  'passed-to-case': 'attention',
  other: 'unknown',
}

export function stateOfEvent({ kind }: LifeEvent): State {
  return STATES[kind]
}

/** Giver's fact, then receiver's: one event. */
const PAIRS: Readonly<Record<string, readonly [receivers: readonly EventKind[], event: EventKind]>> = {
  'released-to-store': [['checked-in'], 'handed-in'],
  lent: [['received-on-loan'], 'lent-out'],
  'handed-back': [['returned'], 'brought-back'],
  'left-store': [['disposed'], 'gone'],
  dispatched: [['carried'], 'sent-on'],
  brought: [['arrived'], 'taken-in'],
  'regrouped-in-store': [['split', 'merged'], 'regrouped'],
}

export function kindOf({ type }: Pick<ChainEntry, 'type'>): EventKind {
  const kind = type.startsWith('custody.') ? type.slice('custody.'.length) : type
  return Object.hasOwn(STATES, kind) ? (kind as EventKind) : 'other'
}

/** Photos that one person took of the item within this time are one event. */
const PHOTO_ROUND_MS = 10 * 60_000

/** The events of a chain, in its order. Nothing is left out: every entry stands in exactly one event. */
export function eventsOf(entries: readonly ChainEntry[]): LifeEvent[] {
  const events: LifeEvent[] = []
  for (const entry of entries) {
    const last = events.at(-1)
    const joined = last === undefined ? null : joinedBy(last, entry)
    if (joined === null) events.push({ kind: kindOf(entry), entries: [entry] })
    else events.splice(-1, 1, joined)
  }
  return events
}

function joinedBy(event: LifeEvent, entry: ChainEntry): LifeEvent | null {
  const kind = kindOf(entry)
  const [receivers = [], name] = PAIRS[event.kind] ?? []
  const [first] = event.entries
  if (receivers.includes(kind) && name !== undefined && first.at === entry.at) {
    return { kind: name, entries: [...event.entries, entry] }
  }
  const sameRound =
    event.kind === 'photo-added' &&
    kind === 'photo-added' &&
    first.actor === entry.actor &&
    // What is seen of an incident is no photo of the thing as it is kept.
    incidentOf(first) === incidentOf(entry) &&
    Math.abs(Date.parse(entry.at) - Date.parse(first.at)) <= PHOTO_ROUND_MS
  return sameRound ? { ...event, entries: [...event.entries, entry] } : null
}

/** Everything that the entries of an event say, in their bodies and beside them, the later entry before the earlier one. */
export function saidBy({ entries }: LifeEvent): Readonly<Record<string, unknown>> {
  const all = entries.flatMap(({ body, said }) => [typeof body === 'object' ? body : null, said ?? null])
  return Object.assign({}, ...all) as Record<string, unknown>
}

/** Which incident of the item a photo shows, counted from one; null where it shows the thing as it is kept. */
export function incidentOf({ body }: ChainEntry): number | null {
  const { incident } = body as { readonly incident?: unknown }
  return typeof incident === 'number' ? incident : null
}

/** Content hashes of the photos of an event. */
export function photosOf({ entries }: LifeEvent): string[] {
  return entries.flatMap((entry) => {
    const photo = kindOf(entry) === 'photo-added' ? (entry.body as { photo?: unknown }).photo : null
    return typeof photo === 'string' ? [photo] : []
  })
}

/** One holder of the band: where it begins and how long it is, of the whole. */
export interface HolderSpan {
  readonly who: string
  readonly name: string
  readonly from: string
  readonly to: string | null
  readonly span_ms: number
  /** 0 to 1; never so small that it cannot be seen. */
  readonly share: number
}

/** A holder of a minute beside one of a year still has its place. */
const LEAST_SHARE = 0.06

/** The holders as a band up to now. */
export function bandOf(holders: ItemChain['holders'], now_ms: number): HolderSpan[] {
  const spans = holders.map(({ from, to }) => Math.max(0, (to === null ? now_ms : Date.parse(to)) - Date.parse(from)))
  const all_ms = spans.reduce((sum, span) => sum + span, 0)
  const wanted = spans.map((span) => Math.max(LEAST_SHARE, all_ms === 0 ? 0 : span / all_ms))
  const whole = wanted.reduce((sum, share) => sum + share, 0)
  return holders.map(({ who, name, from, to }, index) => ({
    ...{ who, name, from, to },
    span_ms: spans[index] ?? 0,
    share: (wanted[index] ?? 0) / whole,
  }))
}

/** Each holder begins at the very moment the one before ends, and the last one still holds. */
export function isWithoutGap(holders: ItemChain['holders']): boolean {
  return (
    holders.length > 0 &&
    holders.every((holder, index) => holder.to === (holders[index + 1]?.from ?? null) && holder.from !== holder.to)
  )
}
