/** An event of an item's life in words. */

import type { ChainEntry, ItemCard, PaperAct, SignsAs } from '../../../server/custody/protocol.ts'
import { formatGrams, formatYuan } from '../../format.ts'
import type { TimelineEntry } from '../../parts/timeline-entry.ts'
import { directory } from '../../custody/directory.svelte.ts'
import { type PointShown, tellPoint } from '../../custody/incident.ts'
import { sayDue, sayList, sayMinute } from '../../custody/say.ts'
import { pick, t } from '../../words/words.svelte.ts'
import { incidentOf, photosOf, saidBy, stateOfEvent, type LifeEvent } from './life.ts'

/** Words for what an event's bodies say; a place is named where its name is known. */
export function tellEvent(event: LifeEvent, placeOf: (location: string) => string): TimelineEntry {
  const { entries } = event
  const last = entries.at(-1) ?? entries[0]
  const others = entries.filter((one) => one !== last)
  const people = [...new Set(entries.flatMap((one) => [...one.with, one.actor]))].filter((one) => one !== last.actor)
  return {
    register: last.register,
    seq: last.seq,
    title: titleOf(event, last),
    detail: [
      ...entries.flatMap(({ done }) => (done === undefined ? [] : [pick(done)])),
      ...detailOf(saidBy(event), placeOf, event.kind),
    ]
      .filter((part) => part !== '')
      .join(' · '),
    at: last.at,
    recordedAt: last.recordedAt,
    actor: nameOf(last.actor),
    others: people.map(nameOf),
    place: last.station === null ? null : t('life.station', { station: last.station }),
    photos: photosOf(event).map((photo) => `/api/files/${photo}`),
    hash: last.hash,
    also: others.map(({ register, seq, hash }) => ({ register, seq, hash })),
    state: stateOfEvent(event),
  }
}

function titleOf({ kind, entries }: LifeEvent, last: ChainEntry): string {
  if (kind === 'other') return t('fact.other', { type: last.type })
  if (kind === 'photo-added') {
    const count = entries.length
    if (incidentOf(last) !== null) return t('fact.incident-photos', { count })
    if (count > 1) return t('fact.photos-added', { count })
  }
  return t(`fact.${kind}`)
}

/** A hand-out that did not weigh names the weight that was known, a conclusion the one that holds. */
function weightWord(kind: LifeEvent['kind'], weighing: unknown, weighedNow: unknown) {
  if ((kind === 'lent-out' || kind === 'lent' || kind === 'sent-to-appraisal') && weighedNow !== true)
    return 'fact.weight-last'
  if (kind === 'incident-resolved') return 'fact.weight-holds'
  return isByScale(weighing) ? 'fact.weighed' : 'fact.weight-typed'
}

function nameOf(person: string): string {
  return directory.nameOf(`person/${person}`)
}

/** `100 克 → 110 克`: what a correction found and what stands since; what was lawfully erased is said to be. */
export function tellCorrection(field: string, was: unknown, is: unknown): string {
  const say = (value: unknown): string => {
    if (typeof value === 'number') return t('life.grams', { grams: formatGrams(value) })
    if (typeof value === 'string') return value
    return field === 'features' ? t('fact.not-said') : t('life.none')
  }
  return t('fact.corrected-to', { was: say(was), is: say(is) })
}

/** The parts of a detail in the order they are read; what an event does not say is left out. */
function detailOf(
  said: Readonly<Record<string, unknown>>,
  placeOf: (location: string) => string,
  kind: LifeEvent['kind'],
): string[] {
  const leaves =
    kind === 'sent-on' ||
    kind === 'dispatched' ||
    kind === 'lent-out' ||
    kind === 'lent' ||
    kind === 'gone' ||
    kind === 'left-store' ||
    kind === 'sent-to-appraisal'
  const text = (name: string): string | null => (typeof said[name] === 'string' ? said[name] : null)
  const told = (name: string, say: (value: string) => string): string[] => {
    const value = text(name)
    return value === null ? [] : [say(value)]
  }
  const { measure, seal, weight_mg: weight, weighing, points, found } = said
  const from = text('from')
  const to = text('to')
  return [
    ...(isMeasure(measure)
      ? [t('fact.notice', { measure: t(`measure.${measure.kind}`), notice: measure.noticeNumber })]
      : []),
    ...(kind === 'surrender-converted'
      ? [
          t('fact.notice', {
            measure: t(`measure.${said['kind'] as ItemCard['measureStatus']['value']}`),
            notice: text('noticeNumber') ?? '',
          }),
        ]
      : []),
    ...told('finance', (person) => t('fact.finance', { name: nameOf(person) })),
    ...told('store', (store) =>
      t(leaves ? 'fact.out-of-store' : 'fact.to-store', { store: directory.nameOf(`store/${store}`) }),
    ),
    ...told('list', (list) => t('fact.on-list', { list })),
    ...told('location', (location) => t(leaves ? 'fact.off-shelf' : 'fact.at-shelf', { location: placeOf(location) })),
    ...(from !== null && to !== null && kind === 'moved'
      ? [t('fact.from-to', { from: placeOf(from), to: placeOf(to) })]
      : []),
    ...(from !== null && to !== null && kind === 'passed-to-case' ? [t('fact.case-from-to', { from, to })] : []),
    ...(to !== null && kind !== 'moved' && kind !== 'passed-to-case'
      ? [t('fact.to-store', { store: directory.nameOf(`store/${to}`) })]
      : []),
    ...told('carrier', (person) => t('fact.carrier', { name: nameOf(person) })),
    ...(kind === 'sent-on' || kind === 'passed-to-case' || kind === 'kept-open'
      ? told('document', (number) => t('fact.document', { number }))
      : []),
    ...codesIn(kind === 'passed-to-case' ? null : said['from']).map((codes) => t('fact.from-items', { codes })),
    ...codesIn(said['parts'] ?? (kind === 'merged' || kind === 'regrouped' ? said['into'] : null)).map((codes) =>
      t('fact.into-items', { codes }),
    ),
    ...told('container', (code) => t('fact.in-box', { code })),
    ...(typeof weight === 'number'
      ? [t(weightWord(kind, weighing, said['weighedNow']), { grams: formatGrams(weight) })]
      : []),
    ...told('sealNumber', (number) => t(kind === 'handover-refused' ? 'fact.seal-read' : 'fact.seal', { number })),
    ...(isSeal(seal) ? [t('fact.seal', { number: seal.number })] : []),
    ...(kind === 'video-noted'
      ? [
          t(`video.of-${said['of'] as ItemCard['videos'][number]['of']}`),
          t('video.told', { number: text('number') ?? '', device: text('device') ?? '', place: text('keptIn') ?? '' }),
          t('video.from-to', { from: sayMinute(text('startedAt') ?? ''), to: sayMinute(text('endedAt') ?? '') }),
        ]
      : told('number', (number) => t('fact.seal', { number }))),
    ...told('recordingLater', (reason) => t('video.later-said', { reason })),
    ...(kind === 'hand-signed'
      ? [t(`sign.as-${said['as'] as SignsAs}`), t(`sign.on-${said['on'] as 'screen' | 'paper'}`)]
      : []),
    ...told('sheet', (sheet) => t('on-paper.sheet-told', { act: t(`on-paper.act-${said['act'] as PaperAct}`), sheet })),
    ...told('comparedBy', (person) => t('on-paper.compared-by', { name: nameOf(person) })),
    ...(kind === 'entered-from-paper' && Array.isArray(said['signedBy'])
      ? [t('on-paper.signed', { people: sayList((said['signedBy'] as readonly string[]).map(nameOf)) })]
      : []),
    ...told('earlier', (number) => t('fact.seal-before', { number })),
    ...(kind === 'corrected'
      ? told('field', (field) =>
          [t(`corrected.${field as CorrectedField}`), tellCorrection(field, said['was'], said['is'])].join('：'),
        )
      : []),
    ...(kind === 'corrected' && isPlace(said['wrong']) ? [t('fact.corrects', { ...said['wrong'] })] : []),
    ...told('tid', (tid) => t('fact.chip', { tid })),
    ...told('borrower', (name) => t('fact.borrower', { name: nameOf(name) })),
    ...told('requester', (name) => t('fact.requester', { name: nameOf(name) })),
    ...told('approver', (name) => t('fact.approver', { name: nameOf(name) })),
    ...told('purpose', (purpose) =>
      t('fact.purpose', { purpose: t(`purpose.${purpose as NonNullable<ItemCard['loan']>['purpose']['value']}`) }),
    ),
    ...told('institution', (name) => t('fact.institution', { name })),
    ...told('commission', (number) => t('fact.commission', { number })),
    ...told('report', (number) => t('fact.report', { number })),
    ...(typeof said['amount_fen'] === 'number' ? [t('fact.amount', { yuan: formatYuan(said['amount_fen']) })] : []),
    ...told('voucher', (number) => t('fact.voucher', { number })),
    ...told('account', (account) => t('fact.account', { account })),
    ...told('proceeds', (code) => t('fact.proceeds', { code })),
    ...told('becomes', (code) => t('fact.becomes', { code })),
    ...tellSum(said['proceeds']),
    ...tellSurplus(said['surplus']),
    ...(typeof said['value_fen'] === 'number' ? [t('fact.value', { yuan: formatYuan(said['value_fen']) })] : []),
    ...told('dueAt', (at) => t('fact.due', { at: sayDue(at) })),
    ...(typeof said['opener'] === 'string'
      ? told('kind', (kind) => t('fact.kind', { kind: t(`incident.${kind as IncidentKind}`) }))
      : []),
    ...(isFound(found) ? [t('fact.found', { grams: formatGrams(found.weight_mg) })] : []),
    ...told('note', (text) => t('fact.note', { text })),
    ...told('reason', (text) => t('fact.reason', { text })),
    ...told('conclusion', (text) => t('fact.conclusion', { text })),
    ...(Array.isArray(points) ? [sayList((points as readonly PointShown[]).map(tellPoint))] : []),
  ]
}

/** The codes of other items that an entry names, in one text; none where it names none. */
function codesIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? [sayList(value as readonly string[])] : []
}

type CorrectedField = ItemCard['corrections'][number]['field']['value']

/** Which entry a correction names. */
function isPlace(value: unknown): value is { readonly register: string; readonly seq: number } {
  return typeof value === 'object' && value !== null && 'register' in value && 'seq' in value
}

type IncidentKind = NonNullable<ItemCard['incident']>['kind']['value']

function isMeasure(value: unknown): value is ItemCard['measure'] {
  return typeof value === 'object' && value !== null && 'noticeNumber' in value
}

/** Whether a scale said it; else a person typed it. */
function isByScale(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'by' in value && value.by === 'scale'
}

/** What an incident found on the scale, when it was weighed. */
function isFound(value: unknown): value is { readonly weight_mg: number } {
  return typeof value === 'object' && value !== null && 'weight_mg' in value && typeof value.weight_mg === 'number'
}

function isSeal(value: unknown): value is NonNullable<ItemCard['seal']> {
  return typeof value === 'object' && value !== null && 'number' in value
}

/** How much a part of the money of a sale is. */
function tellSum(proceeds: unknown): string[] {
  const isPart = typeof proceeds === 'object' && proceeds !== null && 'amount_fen' in proceeds
  return isPart && typeof proceeds.amount_fen === 'number'
    ? [t('fact.amount', { yuan: formatYuan(proceeds.amount_fen) })]
    : []
}

/** What the sales of the case leave over with this money; nothing where nobody has said what is owed. */
function tellSurplus(surplus: unknown): string[] {
  const over = typeof surplus === 'object' && surplus !== null && 'over_fen' in surplus ? surplus.over_fen : null
  if (typeof over !== 'number') return []
  return [over === 0 ? t('fact.surplus-none') : t('fact.surplus', { yuan: formatYuan(over) })]
}
