import { makeCode } from '../../../labels/item-code.ts'
import type { Circumstances, Decision, FactDraft } from '../../module.ts'
import { Refusal, type RefusalValues, type Words } from '../../refusal.ts'
import { measuresOfTrack } from '../axes.ts'
import type { Case } from '../cases/cases.ts'
import { checkedFacts } from '../checklist/checklist.ts'
import { categories } from '../categories.ts'
import { draft, type Facts, type Measure, type Presence, type Seal, unitRegister } from '../custody.ts'
import { type Details, detailsOnPaper, keepingOf, mustAnswer, numbersIn, partedDetails, roomOnCard } from './details.ts'
import { mustBeDrawable } from '../papers/drawable.ts'
import { type CaseNames, type InClear, isSameName, mustNameNobody } from '../in-clear/in-clear.ts'
import { mustBeFiled } from '../filing/filing.ts'
import { openIncidentOf } from '../incidents/photos.ts'
import type { Item } from '../items/item.ts'
import { linesOf } from '../items/lines.ts'
import { featuresOnPaper, localDay } from '../papers/paper-words.ts'
import { leaveOf, mustBeOfTrack } from '../measures/approving.ts'
import { mustHaveRelevance, mustSuitPaper } from '../relevance/relevance.ts'
import type { View } from '../pictures/pictures.ts'
import { rules } from '../rules.ts'
import { caseInSight, caseOf, itemOf, presentRegister, type Scene } from '../scene.ts'
import type { AddPhoto, NewItem, NewMeasure, NewPresence, Register } from '../schemas.ts'
import { FreshSeals, type Seals } from '../seals/seals.ts'
import { actorIsOfficerOf, holdsPost, mustHandle } from '../separation.ts'
import { filmedAtOnce, type Taken } from '../videos/at-registration.ts'
import { byHand, weightOf } from '../weighing/weights.ts'

/** What registering looks at: under the lock of the unit's register, so that numbers are given out once. */
export interface RegisterState extends Pick<Scene, 'cases' | 'sight'> {
  /** Those of the numbers named here that are given already. */
  readonly seals: Seals
  /** The handling unit's two characters in every code. */
  readonly unitNumber: string
  /** The next serial of the unit's items in this year. */
  readonly nextSerial: number
  /** The next item of the case: item n of m. */
  readonly nextOrdinal: number
  /** Whom the case names already. */
  readonly names: CaseNames
}

/** Registers items one by one with the measure that took them, all or none; answers with their codes. */
export function register(state: RegisterState, command: Register, circumstances: Circumstances): Decision {
  const of = caseInSight(state, command.case)
  mustHandle(circumstances.actor, of)
  const year = yearOf(circumstances.at)
  const given: { code: string; epc: string; ordinal: number }[] = []
  const seals = new FreshSeals(state.seals)
  mustBeOneBook(command.items)
  const names = withThoseNamedNow(state.names, command)
  mustNameNobody(noticeInClear(command.measure), names)
  const taken = command.items.map((line, index): Taken => {
    const serial = state.nextSerial + index
    const ordinal = state.nextOrdinal + index
    const code = makeCode({ kind: 'item', unit: state.unitNumber, year, serial })
    const epc = circumstances.mint.epc({ unit: state.unitNumber, year, serial })
    given.push({ code, epc, ordinal })
    mustNameNobody(inClear(line), names, { line: index + 1 })
    const body = { ...registration(of, command, line, index, circumstances, names), year, serial, ordinal, epc }
    if (body.seal !== null) seals.take(body.seal, { line: index + 1, field: 'seal' })
    const { name } = categories[line.category]
    mustBeDrawable(
      {
        ...{ code, ordinal, caseNumber: of.number, name: line.name, quantity: body.quantity, unit: line.unit },
        ...{ category: name.zh, storageClass: roomOnCard(line.category, body.marks) },
        ...{ sealNumber: body.seal?.number ?? null, day: localDay(body.measure.takenAt) },
        features: featuresOnPaper(line.features ?? '', detailsOnPaper(line.details ?? {}), body.weight_mg),
      },
      { line: index + 1 },
    )
    return { code, body }
  })
  const { registered, noted } = filmedAtOnce(command, taken, names, circumstances)
  const { checked } = command
  return {
    facts: [
      ...registered.map(({ code, body }) => draft(unitRegister(of.unit), 'custody.registered', `item/${code}`, body)),
      ...noted,
      ...(checked === undefined ? [] : checkedAtOnce(of, command, checked)),
    ],
    result: { items: given },
  }
}

/** @throws Refusal `custody.measure-missing` where no one notice stands for all lines, and as `checkedFacts` */
function checkedAtOnce(of: Case, { measure }: Register, checked: NonNullable<Register['checked']>): FactDraft[] {
  if (measure === undefined) throw new Refusal('custody.measure-missing', {})
  return checkedFacts(of, measure.noticeNumber, checked)
}

/** The case's people, and those whom the registration itself names. */
function withThoseNamedNow(names: CaseNames, { items, holder, witness }: Register): CaseNames {
  const namesAmong = (those: readonly (NewPresence | undefined)[]): string[] => those.flatMap((one) => one?.name ?? [])
  return {
    ...names,
    holders: [...names.holders, ...namesAmong([holder, ...items.map((line) => line.holder)])],
    witnesses: [...names.witnesses, ...namesAmong([witness, ...items.map((line) => line.witness)])],
    keepers: [...names.keepers, ...items.flatMap(({ details }) => details?.keeper ?? [])],
    owners: [...names.owners, ...items.flatMap(({ details }) => details?.owner ?? [])],
  }
}

/** What of a line stands in the register as it was typed. */
function inClear({ name, unit, seal, measure }: NewItem): InClear[] {
  return [
    { field: 'name', name: { zh: '名称', en: 'name' }, text: name },
    { field: 'unit', name: { zh: '计量单位', en: 'unit' }, text: unit },
    { field: 'seal', name: { zh: '封条编号', en: 'seal number' }, text: seal?.number },
    ...noticeInClear(measure),
  ]
}

function noticeInClear(measure: NewMeasure | undefined): InClear[] {
  return [{ field: 'measure', name: { zh: '通知书文号', en: 'notice number' }, text: measure?.noticeNumber }]
}

/** 随身物品 stand in a book of their own: no list holds both (rules C-37). */
function mustBeOneBook(lines: readonly NewItem[]): void {
  const [first] = lines
  const other = lines.findIndex(
    ({ category }) => categories[category].book !== categories[first?.category ?? category].book,
  )
  if (other >= 0) throw new Refusal('custody.effects-apart', { line: other + 1, field: 'category' })
}

type Registration = Omit<Facts['custody.registered'], 'year' | 'serial' | 'ordinal' | 'epc'>

function registration(
  of: Case,
  command: Register,
  line: NewItem,
  index: number,
  act: Circumstances,
  names: CaseNames,
): Registration {
  const at = (field: LineField): Place => ({ line: index + 1, field })
  const category = categories[line.category]
  const missing = category.required.find((field) => line[field] === undefined)
  if (missing !== undefined) {
    const { zh: what, en: whatEn } = fieldWords[missing]
    throw new Refusal('custody.field-missing', { ...classOf(category.name), what, whatEn, ...at(missing) })
  }
  mustAnswer(line.category, (line.details ?? {}) as Details, { line: index + 1 })
  const { marks, personal } = partedDetails((line.details ?? {}) as Details)
  const measure = line.measure ?? command.measure
  const holder = line.holder ?? command.holder
  const witness = line.witness ?? command.witness
  if (measure === undefined || holder === undefined || witness === undefined)
    throw new Refusal('custody.measure-missing', { line: index + 1 })
  const relevance = line.relevance ?? command.relevance
  mustSuitPaper(relevance)
  const taken = measureOf(of, measure, act, line.measure === undefined ? {} : at('measure'))
  if ((taken.kind === 'FROZEN') !== (category.frozen === true))
    throw new Refusal('custody.frozen-account', { ...classOf(category.name), ...at('category') })
  mustHaveRelevance(line, taken, relevance, { line: index + 1 })
  const isOfHead = line.witness === undefined && line.holder === undefined
  mustWitness({ holder, witness, officers: taken.officers }, names, isOfHead ? {} : at('witness'))
  return {
    case: of.number,
    unit: of.unit,
    track: of.track,
    category: line.category,
    name: line.name,
    quantity: quantityOf(line.quantity, line.unit, at('quantity')),
    quantityUnit: line.unit,
    features: line.features === undefined ? null : act.mint.seal(line.features),
    valueStatus: line.valueStatus ?? 'NOT_NEEDED',
    measure: taken,
    holder: presenceOf(holder, act, line.holder === undefined ? {} : at('holder')),
    witness: presenceOf(witness, act, line.witness === undefined ? {} : at('witness')),
    ...byHand(line.weight_mg === undefined ? null : weightOf(line.weight_mg, at('weight_mg'))),
    seal: sealOf(of, line, taken, at),
    cannotSeal: line.cannotSealReason === undefined ? null : act.mint.seal(line.cannotSealReason),
    // Kept for what reads earlier registrations; the clocks compute by the rule in force.
    deadlines: [],
    ...(personal === null ? {} : { details: act.mint.seal(personal, numbersIn(personal as Details)) }),
    ...(marks === null ? {} : { marks }),
    ...(relevance === undefined ? {} : { relevance: act.mint.seal(relevance) }),
  }
}

type LineField = keyof NewItem | 'signers' | `details.${string}`

/** Which line of a registration is at fault, counted from one, and in which field; empty where the head of the list is. */
type Place = { readonly line: number; readonly field: LineField } | Record<string, never>

const fieldWords = {
  features: { zh: '特征', en: 'features' },
  weight_mg: { zh: '重量', en: 'weight' },
} as const satisfies Record<string, Words>

function classOf({ zh, en }: Words): { category: string; categoryEn: string } {
  return { category: zh, categoryEn: en }
}

function measureOf(of: Case, measure: NewMeasure, { at, mint }: Circumstances, place: Place): Measure {
  const allowed = measuresOfTrack[of.track]
  const kind = measure.kind ?? allowed[0] ?? 'NONE'
  mustBeOfTrack(of, kind, place)
  const officers = measure.officers ?? of.officers
  const { value: needed } = rules.officers_per_measure
  if (!areOfficers(of, officers, needed)) throw new Refusal('custody.measure-officers', { needed, ...place })
  const takenAt = measure.takenAt ?? at
  if (takenAt > at) throw new Refusal('custody.measure-time', { takenAt, ...place })
  const earliest = earliestMeasure(of)
  if (takenAt < earliest) {
    const { value: days } = rules.measure_days_before_case
    throw new Refusal('custody.measure-too-early', { takenAt, earliest, days, ...place })
  }
  mustBeFiled(of, { kind, takenAt, emergency: measure.emergency === true }, place)
  const leave = leaveOf(of, kind, measure, takenAt, place)
  return { kind, noticeNumber: measure.noticeNumber, takenAt, officers, place: mint.seal(measure.place), ...leave }
}

const MS_PER_DAY = 86_400_000

function earliestMeasure({ track, openedAt }: Case): string {
  const beforeCase_ms = rules.measure_days_before_case.value * MS_PER_DAY
  const ofCase = new Date(Date.parse(openedAt) - beforeCase_ms).toISOString()
  const { value: lawFrom } = rules.supervision_law_from
  return track === 'SUPERVISION' && ofCase < lawFrom ? lawFrom : ofCase
}

/** Neither who holds the thing nor who takes it is a witness of the taking; a name is all that is known of a witness. */
function mustWitness(
  {
    holder,
    witness,
    officers,
  }: { readonly holder: NewPresence; readonly witness: NewPresence; readonly officers: readonly string[] },
  names: CaseNames,
  place: Place,
): void {
  const { name } = witness
  if (name === undefined) return
  if (holder.name !== undefined && isSameName(name, holder.name)) throw new Refusal('custody.witness-is-holder', place)
  const person = officers.find((one) => isSameName(name, names.officers.get(one) ?? ''))
  if (person !== undefined) throw new Refusal('custody.witness-is-officer', { person, ...place })
}

/** Enough officers of the case, each named once. */
function areOfficers(of: Case, people: readonly string[], needed: number): boolean {
  const distinct = new Set(people)
  return distinct.size >= needed && distinct.size === people.length && people.every((one) => of.officers.includes(one))
}

function presenceOf({ attendance, name, reason, alias }: NewPresence, { mint }: Circumstances, place: Place): Presence {
  const complete = attendance === 'SIGNED' ? name !== undefined : reason !== undefined
  if (!complete || (attendance === 'REFUSED' && name === undefined)) throw new Refusal('custody.presence-reason', place)
  return {
    attendance,
    person: name === undefined ? null : mint.seal(alias ?? name),
    reason: reason === undefined ? null : mint.seal(reason),
    ...(name === undefined || alias === undefined ? {} : { identity: mint.seal(name) }),
  }
}

function sealOf(
  of: Case,
  { category, seal, cannotSealReason, valueStatus, details }: NewItem,
  measure: Measure,
  at: (field: LineField) => Place,
): Seal | null {
  const { name } = categories[category]
  // What nobody knows the value of is sealed and kept apart (rules C-20), where it comes to a store at all.
  const isApart = valueStatus === 'UNKNOWN' && keepingOf(details as Details | undefined) === 'STORE'
  const sealed = categories[category].sealed || isApart
  const signers = rules.seal_signers.value
  if (seal === undefined) {
    if (sealed && cannotSealReason === undefined)
      throw new Refusal('custody.seal-missing', { ...classOf(name), signers, ...at('seal') })
    return null
  }
  if (!areOfficers(of, seal.signers, signers)) throw new Refusal('custody.seal-signers', { signers, ...at('signers') })
  return { number: seal.number, signers: seal.signers, sealedAt: seal.sealedAt ?? measure.takenAt }
}

const DECIMAL = /^(0|[1-9]\d*)(\.\d+)?$/

/** Units that things are measured in; in every other they are counted. */
const MEASURES: ReadonlySet<string> = new Set(
  [
    ...['微克', '毫克', '克', '千克', '公斤', '斤', '两', '钱', '吨', '克拉', '盎司', 'mg', 'g', 'kg', 't', 'ct', 'oz'],
    ...['毫米', '厘米', '分米', '米', '千米', '公里', '尺', '寸', '丈', 'mm', 'cm', 'm', 'km'],
    ...['平方厘米', '平方米', '平方千米', '平方公里', '平米', '平方', '亩', '公顷', 'cm²', 'm²', 'km²', 'm2'],
    ...['毫升', '升', '立方厘米', '立方米', '立方', '方', 'ml', 'l', 'cm³', 'm³', 'm3'],
    ...['元', '万元', '小时', '分钟'],
  ].map(unitName),
)

function unitName(unit: string): string {
  return unit.normalize('NFKC').trim().toLowerCase()
}

/**
 * A count or measure as decimal digits without superfluous zeros.
 * @throws Refusal `custody.quantity`, `custody.quantity-whole` for a part of what is counted
 */
export function quantityOf(given: number | string, unit: string, place: RefusalValues = {}): string {
  const digits = String(given)
  const { value: max } = rules.quantity_max
  const { value: decimals } = rules.quantity_decimals
  const fraction = digits.split('.')[1] ?? ''
  if (!DECIMAL.test(digits) || Number(digits) <= 0 || Number(digits) > max || fraction.length > decimals)
    throw new Refusal('custody.quantity', { quantity: digits, max, decimals, ...place })
  const plain = fraction === '' ? digits : digits.replace(/\.?0+$/, '')
  if (plain.includes('.') && !MEASURES.has(unitName(unit)))
    throw new Refusal('custody.quantity-whole', { quantity: plain, unit, ...place })
  return plain
}

/** Codes carry the calendar year in UTC. */
export function yearOf(at: string): number {
  return Number(at.slice(0, 4))
}

/** What adding a photo or asking for a label looks at. */
export type PhotoState = Pick<Scene, 'items' | 'cases' | 'sight'>

/**
 * Takes down photos of items by their content hashes, all or none: by an officer of the case, or the custodian who has the item. What is seen
 * of an incident is kept apart from what was recorded.
 * @throws Refusal `custody.photo-known`, `custody.no-incident`, and as `mustHaveInHands`
 */
export function addPhoto(state: PhotoState, { items }: AddPhoto, { actor }: Circumstances): Decision {
  const lines = linesOf<{ readonly photos: readonly string[]; readonly ofIncident?: boolean; readonly view?: View }>(
    items,
  )
  const facts = lines.flatMap(({ item: code, photos = [], ofIncident = false, view }) => {
    const item = itemOf(state, code)
    mustHaveInHands(item, caseOf(state, item.case), actor)
    const known = new Set([...item.photos.map(({ photo }) => photo), ...photos])
    if (known.size < item.photos.length + photos.length) throw new Refusal('custody.photo-known', { item: code })
    if (ofIncident && item.incident === null) throw new Refusal('custody.no-incident', { item: code })
    const register = presentRegister(item)
    const of = ofIncident ? { incident: openIncidentOf(item) } : view === undefined ? {} : { view }
    return photos.map((photo) => draft(register, 'custody.photo-added', `item/${code}`, { photo, ...of }))
  })
  return { facts }
}

/** The item is still itself, and either with its case's officers or with the custodians of its store. */
export function mustHaveInHands(item: Item, of: Case, actor: Circumstances['actor']): void {
  if (item.succeeded !== undefined) throw new Refusal('custody.replaced', { item: item.code })
  const handles = of.officers.includes(actor.person) && actorIsOfficerOf(actor, of.unit)
  const keeps = item.store !== null && holdsPost(actor, 'custodian', item.store)
  if (!handles && !keeps) throw new Refusal('custody.not-case-officer', { case: of.number })
}
