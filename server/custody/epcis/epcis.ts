import { parseGiai96 } from '../../../devices/rfid/giai.ts'
import type { FactType } from '../custody.ts'
import { boxAfter, type Boxing, boxingsOf } from './boxes.ts'
import type { ChainEntry } from '../protocol.ts'

/** Names the vocabulary; nobody fetches it. Source: GS1 EPCIS 2.0, JSON-LD binding. */
const CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'
const OURS = 'urn:clearhold:'

/** What an event says of one fact, in the words of the GS1 Core Business Vocabulary 2.0. */
interface Step {
  readonly action: 'ADD' | 'OBSERVE' | 'DELETE'
  readonly bizStep: string
  readonly disposition?: string
  /** Which half of a pair it is: who had the item passed it on, or who has it now received it. */
  readonly side?: 'giver' | 'receiver'
}

const observed = (bizStep: string, disposition?: string, side?: Step['side']): Step => ({
  action: 'OBSERVE',
  bizStep,
  ...(disposition === undefined ? {} : { disposition }),
  ...(side === undefined ? {} : { side }),
})

const steps: Partial<Readonly<Record<FactType, Step>>> = {
  'custody.registered': { action: 'ADD', bizStep: 'commissioning', disposition: 'active' },
  'custody.formed': { action: 'ADD', bizStep: 'commissioning', disposition: 'active' },
  'custody.proceeds-deposited': { action: 'ADD', bizStep: 'commissioning', disposition: 'active' },
  'custody.regrouped-in-store': observed('other'),
  'custody.photo-added': observed('inspecting'),
  'custody.video-noted': observed('inspecting'),
  'custody.entered-from-paper': observed('inspecting'),
  'custody.retention-asked': observed('inspecting'),
  'custody.retention-answered': observed('inspecting'),
  'custody.cash-counted': observed('inspecting'),
  'custody.cash-agreed': observed('inspecting', 'conformant'),
  'custody.cash-disputed': observed('inspecting', 'non_conformant'),
  'custody.handover-submitted': observed('staging_outbound', 'in_progress'),
  'custody.released-to-store': observed('shipping', 'in_transit', 'giver'),
  'custody.checked-in': observed('receiving', 'available', 'receiver'),
  'custody.handover-refused': observed('void_shipping', 'non_conformant'),
  'custody.deposited': observed('shipping', 'unavailable'),
  'custody.moved': observed('storing', 'available'),
  'custody.unsealed': observed('unpacking', 'container_open'),
  'custody.sealed': observed('packing', 'container_closed'),
  'custody.loan-granted': observed('reserving', 'reserved'),
  'custody.lent': observed('shipping', 'unavailable', 'giver'),
  'custody.received-on-loan': observed('receiving', 'unavailable', 'receiver'),
  'custody.handed-back': observed('shipping', 'in_transit', 'giver'),
  'custody.returned': observed('receiving', 'available', 'receiver'),
  'custody.dispatched': observed('shipping', 'in_transit', 'giver'),
  'custody.carried': observed('transporting', 'in_transit', 'receiver'),
  'custody.brought': observed('arriving', 'in_transit', 'giver'),
  'custody.arrived': observed('receiving', 'available', 'receiver'),
  'custody.sent-to-appraisal': observed('shipping', 'unavailable'),
  'custody.returned-from-appraisal': observed('receiving', 'available'),
  'custody.difference-found': observed('inspecting', 'non_conformant'),
  'custody.incident-opened': observed('holding', 'unavailable'),
  'custody.incident-resolved': observed('inspecting', 'conformant'),
  'custody.tag-bound': observed('encoding', 'encoded'),
  'custody.left-store': observed('shipping', 'in_transit', 'giver'),
  'custody.written-off': { action: 'DELETE', bizStep: 'decommissioning', disposition: 'inactive' },
}

/** A fact that the vocabulary has no word for; `clearhold:fact` says it. */
const OTHER = observed('other')

interface Body {
  readonly [member: string]: unknown
}

/** Of an item, what its events name. */
export interface EpcisItem {
  readonly code: string
  /** 24 hex digits, as its tag carries it. */
  readonly epc: string
  readonly case: string
  readonly category: string
  readonly name: string
  readonly quantity: string
  readonly quantityUnit: string
}

/**
 * The chain of one item as an EPCIS 2.0 document in JSON-LD (ISO/IEC 19987): one event for each entry, with the entry's register, number and
 * hash, so that it can be held against the register itself, and another where the entry put the item into a box or took it out. It names
 * people by their ids and holds no sealed content.
 *
 * @param intact what checking the chain gave; the document says it
 * @param at when the document is made, RFC 3339
 */
export function epcisDocument(
  item: EpcisItem,
  entries: readonly ChainEntry[],
  { intact, at, zone }: { readonly intact: boolean; readonly at: string; readonly zone: string },
): object {
  let box: string | null = null
  const events = entries.flatMap((entry) => {
    const before = box
    box = boxAfter(before, entry)
    return [
      eventOf(item, entry, zone),
      ...boxingsOf(before, box).map((boxing) => boxingEventOf(item, entry, boxing, zone)),
    ]
  })
  return {
    '@context': [CONTEXT, { clearhold: OURS }],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: at,
    'clearhold:item': uriOf('item', item.code),
    'clearhold:intact': intact,
    epcisBody: { eventList: events },
  }
}

function eventOf(item: EpcisItem, entry: ChainEntry, zone: string): object {
  const { register, at, type } = entry
  const body = entry.body as Body
  if (type === 'custody.split' || type === 'custody.merged') return regroupedOf(item, entry, zone)
  const { side, ...step } = type === 'custody.disposed' ? stepOut(body) : (steps[type as FactType] ?? OTHER)
  return {
    type: 'ObjectEvent',
    ...momentOf(entry, zone),
    epcList: [epcUri(item.epc)],
    ...step,
    ...readPointOf(entry),
    ...placeOf(body),
    ...partiesOf(side, register, body),
    ...transactionsOf(item, body),
    ...weightOf(body, at),
    ...(type === 'custody.registered' || type === 'custody.formed' ? { ilmd: birthOf(item) } : {}),
    ...(type === 'custody.formed' || type === 'custody.proceeds-deposited'
      ? { 'clearhold:from': codesOf(body['from']) }
      : {}),
    ...(type === 'custody.corrected' ? { 'clearhold:corrects': correctedBy(body) } : {}),
    ...provenBy(item, entry),
  }
}

/** The item goes into a box of its store, or out of it. */
function boxingEventOf(item: EpcisItem, entry: ChainEntry, { action, container }: Boxing, zone: string): object {
  return {
    type: 'AggregationEvent',
    ...momentOf(entry, zone),
    eventID: `${entryUri(entry.register, entry.seq)}:${action.toLowerCase()}`,
    action,
    parentID: uriOf('container', container),
    childEPCs: [epcUri(item.epc)],
    bizStep: action === 'ADD' ? 'packing' : 'unpacking',
    ...readPointOf(entry),
    ...(action === 'ADD' ? placeOf(entry.body as Body) : {}),
    ...provenBy(item, entry),
  }
}

/** Which entry it is, and both of its times. */
function momentOf({ register, seq, at, recordedAt }: ChainEntry, zone: string): object {
  return {
    eventID: entryUri(register, seq),
    eventTime: at,
    recordTime: recordedAt,
    eventTimeZoneOffset: offsetOf(at, zone),
  }
}

function readPointOf({ station }: ChainEntry): object {
  return station === null ? {} : { readPoint: { id: uriOf('station', station) } }
}

/** What it can be held against the register by. */
function provenBy({ code }: EpcisItem, { type, actor, hash }: ChainEntry): object {
  return {
    'clearhold:item': uriOf('item', code),
    'clearhold:fact': type,
    'clearhold:actor': uriOf('person', actor),
    'clearhold:hash': hash,
  }
}

/** The item goes into others: what the vocabulary calls a transformation. The tags of what came of it are their own documents' to tell. */
function regroupedOf(item: EpcisItem, entry: ChainEntry, zone: string): object {
  const body = entry.body as Body
  return {
    type: 'TransformationEvent',
    ...momentOf(entry, zone),
    transformationID: entryUri(entry.register, entry.seq),
    inputEPCList: [epcUri(item.epc)],
    outputEPCList: codesOf(body['parts'] ?? [body['into']]),
    bizStep: entry.type === 'custody.split' ? 'unpacking' : 'packing',
    ...transactionsOf(item, body),
    ...provenBy(item, entry),
  }
}

/** Other items by their codes. */
function codesOf(codes: unknown): string[] {
  return (codes as readonly string[]).map((code) => uriOf('item', code))
}

/** Gone for good: destroyed, or in other hands. */
function stepOut({ way, listOnly }: Body): Step {
  if (listOnly === true) return observed('other')
  return way === 'DESTROY'
    ? { action: 'DELETE', bizStep: 'destroying', disposition: 'destroyed' }
    : { action: 'OBSERVE', bizStep: 'shipping', disposition: way === 'RETURN' ? 'returned' : 'disposed' }
}

function placeOf({ location, to }: Body): object {
  const place = location ?? to
  return typeof place === 'string' ? { bizLocation: { id: uriOf('location', place) } } : {}
}

/** Whose responsibility passes to whom, from the pair of facts that says so. */
function partiesOf(side: Step['side'], register: string, { counterpart }: Body): object {
  const other = (counterpart as { readonly register: string } | undefined)?.register
  if (side === undefined || other === undefined) return {}
  const [from, to] = side === 'giver' ? [register, other] : [other, register]
  return {
    sourceList: [{ type: 'possessing_party', source: registerUri(from) }],
    destinationList: [{ type: 'possessing_party', destination: registerUri(to) }],
  }
}

const PAPERS = ['list', 'loan', 'approval', 'disposal'] as const

function transactionsOf(item: EpcisItem, body: Body): object {
  const papers = PAPERS.flatMap((kind) => {
    const id = body[kind]
    return typeof id === 'string' ? [{ type: `${OURS}${kind}`, bizTransaction: uriOf(kind, id) }] : []
  })
  return { bizTransactionList: [{ type: `${OURS}case`, bizTransaction: uriOf('case', item.case) }, ...papers] }
}

/** In milligrams (UN/ECE Recommendation 20: MGM), so that no fraction is rounded. */
function weightOf({ weight_mg }: Body, at: string): object {
  if (typeof weight_mg !== 'number') return {}
  return {
    sensorElementList: [
      { sensorMetadata: { time: at }, sensorReport: [{ type: 'Mass', value: weight_mg, uom: 'MGM' }] },
    ],
  }
}

function birthOf({ name, category, quantity, quantityUnit }: EpcisItem): object {
  return {
    'clearhold:name': name,
    'clearhold:category': category,
    'clearhold:quantity': quantity,
    'clearhold:quantityUnit': quantityUnit,
  }
}

function correctedBy({ wrong }: Body): string {
  const { register, seq } = wrong as { readonly register: string; readonly seq: number }
  return entryUri(register, seq)
}

/** A GIAI under its own scheme; any other identity as the bits that it is (GS1 Tag Data Standard, EPC raw URI). */
function epcUri(epc: string): string {
  const giai = parseGiai96(epc)
  return giai === null ? `urn:epc:raw:96.x${epc}` : `urn:epc:id:giai:${giai.companyPrefix}.${giai.reference}`
}

const uriOf = (...parts: readonly string[]): string => OURS + parts.map(encodeURIComponent).join(':')
/** `unit.dept-1` is of the unit `dept-1`. */
const registerUri = (register: string): string => uriOf(...register.split(/\.(.*)/s, 2))
const entryUri = (register: string, seq: number): string => uriOf('entry', register, String(seq))

/** `+08:00` */
function offsetOf(at: string, zone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(
    new Date(at),
  )
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', '') ?? ''
  return offset === '' ? '+00:00' : offset
}
