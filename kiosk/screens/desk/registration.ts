/** The form of a list of items: what is wrong with it, and the request it makes. Pure. */

import { SEAL_NUMBER_MAX } from '../../../labels/seal-number.ts'
import type { CustodyOptions } from '../../../server/custody/protocol.ts'
import { sealTyped } from '../../custody/codes.ts'
import type { VideoField, VideoForm } from '../../custody/recording.ts'
import { instantOf } from '../../custody/times.ts'
import { plainFigures } from '../../digits.ts'
import { overBy } from '../../length.ts'
import type { PlainKey } from '../../words/keys.ts'
import { filmSaidOf } from './film.ts'
import {
  asksOf,
  isNeeded,
  formOf,
  type AskedField,
  type Category,
  type Details,
  type FieldId,
  type MeasureKind,
} from './forms.ts'

export type Attendance = 'SIGNED' | 'REFUSED' | 'ABSENT'

export interface PresenceForm {
  /** Empty until somebody has said it: a signature is nothing to be taken for granted. */
  attendance: Attendance | ''
  name: string
  reason: string
  /** By what he is called instead, to protect him; empty where he is not. A draft from before does not have it. */
  alias?: string
}

/** One item as it is typed. `id` is the form's own. */
export interface LineForm {
  readonly id: number
  name: string
  category: Category
  quantity: string
  unit: string
  features: string
  /** By field; a field that was emptied is empty. */
  details: Details
  /** Grams, as on the scale. */
  weight: string
  seal: string
  signers: string[]
  cannotSeal: string
  /** Nobody knows its value yet: sealed and kept apart. */
  unknownValue: boolean
  files: readonly File[]
}

/** The list: measure, holder and witness stand once for all its lines. */
export interface SheetForm {
  kind: MeasureKind
  /** Somebody chose it; before that it follows what is taken. A draft from before does not have it. */
  kindChosen?: boolean
  /** The grant by which it was taken; empty where there was none. */
  approval: string
  /** Taken on the spot, to be approved afterwards. */
  emergency: boolean
  /** From a trader who is not registered for tax. */
  unregisteredTrader: boolean
  notice: string
  /** As a `datetime-local` field has it. */
  takenAt: string
  place: string
  /** Which facts of the case the things prove. */
  relevance: string
  /** Points of the checklist that were seen to. */
  checked: readonly string[]
  officers: string[]
  holder: PresenceForm
  witness: PresenceForm
  /** The recording of the taking, and why none is entered yet; both empty where nothing is said. */
  video: VideoForm
  later: string
  lines: LineForm[]
}

export type SheetField =
  | 'notice'
  | 'takenAt'
  | 'place'
  | 'relevance'
  | 'officers'
  | 'holder.attendance'
  | 'witness.attendance'
  | 'holder.name'
  | 'holder.reason'
  | 'witness.name'
  | 'witness.reason'
  | FilmField
export type FilmField = `video.${VideoField}` | 'later'
export type LineField =
  | ('name' | 'category' | 'quantity' | 'unit' | 'features' | 'weight' | 'seal' | 'signers' | 'cannotSeal')
  | DetailField
export type DetailField = `details.${FieldId}`

/** One thing to correct: in a line, by its place in `lines`, or in the head. */
export type Wrong = Why &
  ({ readonly line: null; readonly field: SheetField } | { readonly line: number; readonly field: LineField })
/** The words for it, and how much too long a text is. */
export type Why =
  | { readonly why: WrongKey }
  | { readonly why: 'wrong.too-long'; readonly most: number; readonly over: number }
export type WrongKey = Extract<PlainKey, `wrong.${string}`>

/** The longest texts that are taken, in characters. */
export const MOST = {
  notice: 60,
  place: 200,
  relevance: 200,
  personName: 60,
  alias: 20,
  reason: 200,
  name: 100,
  unit: 10,
  features: 1_000,
  seal: SEAL_NUMBER_MAX,
  cannotSeal: 200,
} as const

const DECIMAL = /^(0|[1-9]\d*)(\.\d+)?$/
const MG_DIGITS = 3

type Limits = CustodyOptions['limits']

export function newLine(id: number, signers: readonly string[]): LineForm {
  return {
    id,
    name: '',
    category: 'general',
    quantity: '1',
    unit: '件',
    features: '',
    details: {},
    weight: '',
    seal: '',
    signers: [...signers],
    cannotSeal: '',
    unknownValue: false,
    files: [],
  }
}

/** A similar item: everything but what belongs to one thing alone, its own fields, weight, seal and photos. */
export function copyOf(line: LineForm, id: number): LineForm {
  const { currency } = line.details
  return {
    ...line,
    id,
    details: currency === undefined ? {} : { currency },
    weight: '',
    seal: '',
    signers: [...line.signers],
    files: [],
  }
}

/** A line that nobody has begun is not an item. */
export function isBegun({ name, features, details, weight, seal, cannotSeal, files }: LineForm): boolean {
  return (
    [name, features, weight, seal, cannotSeal, ...Object.values(details)].some((text) => text.trim() !== '') ||
    files.length > 0
  )
}

/** Grams as typed, in milligrams; null when they are no weight above zero, within the limit, with at most three decimals. */
export function milligramsOf(grams: string, { weightMax_mg }: Limits): number | null {
  const text = plainFigures(grams)
  const [whole = '', fraction = ''] = text.split('.')
  if (!DECIMAL.test(text) || fraction.length > MG_DIGITS) return null
  const weight_mg = Number(whole + fraction.padEnd(MG_DIGITS, '0'))
  return weight_mg > 0 && weight_mg <= weightMax_mg ? weight_mg : null
}

function isQuantity(text: string, { quantityMax, quantityDecimals }: Limits): boolean {
  const digits = plainFigures(text)
  const fraction = digits.split('.')[1] ?? ''
  const count = Number(digits)
  return DECIMAL.test(digits) && count > 0 && count <= quantityMax && fraction.length <= quantityDecimals
}

/** Everything to correct before it is worth sending, the head first, then line by line in the order of the fields. */
export function wrongsOf(sheet: SheetForm, now: string, options: CustodyOptions): Wrong[] {
  const wrongs: Wrong[] = []
  const head = (field: SheetField, why: WrongKey): void => void wrongs.push({ line: null, field, why })
  const headText = (field: SheetField, text: string, most: number, empty: WrongKey | null): void => {
    const why = wrongText(text, most, empty)
    if (why !== null) wrongs.push({ line: null, field, ...why })
  }
  /** What somebody only had on him proves nothing. */
  const isEffect = ({ category }: LineForm): boolean =>
    options.categories.some(({ value, book }) => value === category && book === 'effects')
  headText('notice', sheet.notice, MOST.notice, 'wrong.required')
  const takenAt = instantOf(sheet.takenAt)
  if (takenAt === null) head('takenAt', 'wrong.required')
  else if (takenAt > now) head('takenAt', 'wrong.time')
  headText('place', sheet.place, MOST.place, 'wrong.required')
  const needsNone = sheet.kind === 'VOLUNTARY_RECEIVED' || sheet.lines.every(isEffect)
  headText('relevance', sheet.relevance, MOST.relevance, needsNone ? null : 'wrong.required')
  if (sheet.officers.length < options.limits.officersPerMeasure) head('officers', 'wrong.officers')
  for (const who of ['holder', 'witness'] as const) {
    const { attendance, name, reason } = sheet[who]
    if (attendance === '') {
      head(`${who}.attendance`, 'wrong.attendance')
      continue
    }
    if (attendance !== 'ABSENT') headText(`${who}.name`, name, MOST.personName, 'wrong.name')
    if (attendance !== 'SIGNED') headText(`${who}.reason`, reason, MOST.reason, 'wrong.reason')
  }
  for (const [index, line] of sheet.lines.entries()) {
    for (const wrong of wrongsOfLine(line, options)) wrongs.push({ line: index, ...wrong })
  }
  return wrongs
}

function wrongsOfLine(line: LineForm, options: CustodyOptions): (Why & { readonly field: LineField })[] {
  const { limits } = options
  const wrongs: (Why & { readonly field: LineField })[] = []
  const form = formOf(options, line.category)
  const wrong = (field: LineField, why: WrongKey): void => void wrongs.push({ field, why })
  const text = (
    field: keyof typeof MOST & keyof LineForm & LineField,
    empty: WrongKey | null,
    said: string = line[field],
  ): void => {
    const why = wrongText(said, MOST[field], empty)
    if (why !== null) wrongs.push({ field, ...why })
  }
  text('name', 'wrong.required')
  if (!isQuantity(line.quantity, limits)) wrong('quantity', 'wrong.quantity')
  text('unit', 'wrong.required')
  text('features', form.features ? 'wrong.required' : null)
  for (const ask of asksOf(options, line.category, line.details)) {
    const why = wrongDetail(ask, line.details)
    if (why !== null) wrongs.push({ field: `details.${ask.field}`, ...why })
  }
  if (form.weight && milligramsOf(line.weight, limits) === null)
    wrong('weight', line.weight.trim() === '' ? 'wrong.required' : 'wrong.weight')
  if (form.seal || line.unknownValue) {
    const sealed = line.seal.trim() !== ''
    if (sealed) text('seal', null, sealTyped(line.seal))
    else text('cannotSeal', null)
    if (!sealed && line.cannotSeal.trim() === '') wrong('seal', 'wrong.seal')
    if (sealed && line.signers.length < limits.sealSigners) wrong('signers', 'wrong.signers')
  }
  return wrongs
}

const WHOLE = /^(0|[1-9]\d*)$/
const SUM = /^(0|[1-9]\d*)(\.\d{1,2})?$/
const HASH = /^[0-9a-f]{64}$/

function wrongDetail(ask: AskedField, details: Details): Why | null {
  const { field, kind, longest } = ask
  const value = detailOf(kind, details[field])
  if (value === '') return isNeeded(ask, details) ? { why: 'wrong.required' } : null
  switch (kind) {
    case 'count':
      return WHOLE.test(value) && value.length <= longest ? null : { why: 'wrong.count' }
    case 'hash':
      return HASH.test(value) ? null : { why: 'wrong.hash' }
    case 'sum':
      return SUM.test(value) && value.length <= longest ? null : { why: 'wrong.sum' }
    case 'day':
      return field === 'reviewOn' && value > (details.expiresOn ?? value) ? { why: 'wrong.review' } : null
    case 'choice':
      return null
    case 'text':
      return wrongText(value, longest, null)
  }
}

/** As it is sent: figures plain, hexadecimal digits in lower case. */
function detailOf(kind: AskedField['kind'], typed = ''): string {
  const text = typed.trim()
  if (kind === 'count' || kind === 'sum') return plainFigures(text)
  return kind === 'hash' ? text.toLowerCase() : text
}

/** `empty` is what is wrong with a text that is not there; null where it may be left out. */
function wrongText(text: string, most: number, empty: WrongKey | null): Why | null {
  const over = overBy(text, most)
  if (over > 0) return { why: 'wrong.too-long', most, over }
  return empty !== null && text.trim() === '' ? { why: empty } : null
}

/** The body of `POST /api/cases/{number}/items`. Fields that the category does not ask are left out, whatever was typed before. */
export function requestOf(sheet: SheetForm, options: CustodyOptions): object {
  return { ...headOf(sheet), items: sheet.lines.map((line) => itemOf(line, options)) }
}

/** What stands once for the whole list, as the server takes it. */
export function headOf(sheet: SheetForm): object {
  return {
    measure: {
      kind: sheet.kind,
      ...(sheet.approval === '' || sheet.emergency ? {} : { approval: sheet.approval }),
      ...(sheet.emergency ? { emergency: true } : {}),
      ...(sheet.unregisteredTrader ? { unregisteredTrader: true } : {}),
      noticeNumber: sheet.notice.trim(),
      takenAt: instantOf(sheet.takenAt),
      officers: sheet.officers,
      place: sheet.place.trim(),
    },
    holder: presenceOf(sheet.holder),
    witness: presenceOf(sheet.witness),
    ...(sheet.relevance.trim() === '' ? {} : { relevance: sheet.relevance.trim() }),
    ...filmSaidOf(sheet),
    ...(sheet.checked.length === 0 ? {} : { checked: sheet.checked }),
  }
}

function presenceOf({ attendance, name, reason, alias = '' }: PresenceForm): object {
  return {
    attendance,
    ...(attendance === 'ABSENT' ? {} : { name: name.trim() }),
    ...(attendance === 'SIGNED' ? {} : { reason: reason.trim() }),
    ...(attendance === 'ABSENT' || alias.trim() === '' ? {} : { alias: alias.trim() }),
  }
}

function itemOf(line: LineForm, options: CustodyOptions): object {
  const form = formOf(options, line.category)
  const features = line.features.trim()
  const details = asksOf(options, line.category, line.details)
    .map(({ field, kind }) => [field, detailOf(kind, line.details[field])] as const)
    .filter(([, value]) => value !== '')
  const seal = sealTyped(line.seal)
  const sealed =
    seal === '' ? { cannotSealReason: line.cannotSeal.trim() } : { seal: { number: seal, signers: line.signers } }
  return {
    name: line.name.trim(),
    category: line.category,
    quantity: plainFigures(line.quantity),
    unit: line.unit.trim(),
    ...(features === '' ? {} : { features }),
    ...(details.length === 0 ? {} : { details: Object.fromEntries(details) }),
    ...(form.weight ? { weight_mg: milligramsOf(line.weight, options.limits) } : {}),
    ...(line.unknownValue ? { valueStatus: 'UNKNOWN' } : {}),
    ...(form.seal || line.unknownValue ? sealed : {}),
  }
}
