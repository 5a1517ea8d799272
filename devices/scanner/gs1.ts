import type { Gs1Element, Gs1Message } from '../reading.ts'

/** FNC1 as a scanner sends it, wherever it does not stand first. */
const GS = '\x1d'
/** The longest element string that any GS1 symbol holds is a QR code's; a longer text is none. */
const TEXT_MAX = 7089

/** One piece of an element's value. `n` digits or `x` any character of GS1's set of 82; `check`: its last digit is a mod-10 check digit. */
interface Part {
  readonly of: 'n' | 'x'
  readonly least: number
  readonly most: number
  readonly check: boolean
  readonly date: boolean
}

/**
 * Application identifiers of the GS1 General Specifications, section 3, with their formats as the specification writes them: `n6` six
 * digits, `x..20` one to twenty characters; a trailing `c` is a check digit, `d` a date YYMMDD. A `?` stands for any digit (a decimal
 * point, a process number). Left out are those of coupons, patients and transport that no store of assets meets.
 */
const FORMATS: Readonly<Record<string, string>> = {
  '00': 'n18c',
  '01': 'n14c',
  '02': 'n14c',
  '10': 'x..20',
  '11': 'n6d',
  '12': 'n6d',
  '13': 'n6d',
  '15': 'n6d',
  '16': 'n6d',
  '17': 'n6d',
  '20': 'n2',
  '21': 'x..20',
  '22': 'x..20',
  '235': 'x..28',
  '240': 'x..30',
  '241': 'x..30',
  '242': 'n..6',
  '243': 'x..20',
  '250': 'x..30',
  '251': 'x..30',
  '253': 'n13c x0..17',
  '254': 'x..20',
  '255': 'n13c n0..12',
  '30': 'n..8',
  '310?': 'n6',
  '311?': 'n6',
  '312?': 'n6',
  '313?': 'n6',
  '314?': 'n6',
  '315?': 'n6',
  '316?': 'n6',
  '320?': 'n6',
  '321?': 'n6',
  '322?': 'n6',
  '323?': 'n6',
  '324?': 'n6',
  '325?': 'n6',
  '326?': 'n6',
  '327?': 'n6',
  '328?': 'n6',
  '329?': 'n6',
  '33??': 'n6',
  '340?': 'n6',
  '341?': 'n6',
  '342?': 'n6',
  '343?': 'n6',
  '344?': 'n6',
  '345?': 'n6',
  '346?': 'n6',
  '347?': 'n6',
  '348?': 'n6',
  '349?': 'n6',
  '35??': 'n6',
  '36??': 'n6',
  '37': 'n..8',
  '390?': 'n..15',
  '391?': 'n3 n..15',
  '392?': 'n..15',
  '393?': 'n3 n..15',
  '394?': 'n4',
  '395?': 'n6',
  '400': 'x..30',
  '401': 'x..30',
  '402': 'n17c',
  '403': 'x..30',
  '410': 'n13c',
  '411': 'n13c',
  '412': 'n13c',
  '413': 'n13c',
  '414': 'n13c',
  '415': 'n13c',
  '416': 'n13c',
  '417': 'n13c',
  '420': 'x..20',
  '421': 'n3 x..9',
  '422': 'n3',
  '424': 'n3',
  '425': 'n3 n0..12',
  '426': 'n3',
  '7001': 'n13',
  '7002': 'x..30',
  '7003': 'n10',
  '7004': 'n..4',
  '7020': 'x..20',
  '7021': 'x..20',
  '7022': 'x..20',
  '7023': 'x..30',
  '703?': 'n3 x..27',
  '8001': 'n14',
  '8002': 'x..20',
  '8003': 'n14c x0..16',
  '8004': 'x..30',
  '8005': 'n6',
  '8006': 'n14c n4',
  '8007': 'x..34',
  '8008': 'n8 n0..4',
  '8009': 'x..50',
  '8010': 'x..30',
  '8011': 'n..12',
  '8012': 'x..20',
  '8013': 'x..25',
  '8017': 'n18c',
  '8018': 'n18c',
  '8019': 'n..10',
  '8020': 'x..25',
  '8026': 'n14c n4',
  '8200': 'x..70',
  '90': 'x..30',
  '91': 'x..90',
  '92': 'x..90',
  '93': 'x..90',
  '94': 'x..90',
  '95': 'x..90',
  '96': 'x..90',
  '97': 'x..90',
  '98': 'x..90',
  '99': 'x..90',
}

const TABLE = new Map(Object.entries(FORMATS).map(([ai, format]) => [ai, format.split(' ').map(partOf)]))

/** The first two digits of those identifiers whose elements need no separator after them (figure 7.8.5-2 of the specification). */
const PREDEFINED = /^(0[0-4]|1[1-9]|20|3[1-6]|41)/
/** GS1 AI encodable character set 82. */
const CHARACTERS = /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]*$/

/** AIM identifiers that say GS1: FNC1 stood first in the symbol. A lone `e` (DataBar) has no other kind. */
const GS1_SYMBOLOGIES: ReadonlySet<string> = new Set(['C1', 'd2', 'Q3', 'J1', 'e', 'e0', 'e1', 'e2'])

/** Whether a symbology, as a scanner names it, holds a GS1 element string. */
export function isGs1Symbology(symbology: string | null): boolean {
  return symbology !== null && GS1_SYMBOLOGIES.has(symbology)
}

/**
 * Takes a GS1 element string apart, as a scanner sends it (FNC1 as GS, none in front). Lengths, character sets, check digits and dates are
 * held against the specification; whether elements belong together is not. GS after an element of fixed length, doubled, or at the ends is
 * harmless and passed over. The same identifier twice must say the same. Never throws.
 */
export function parseGs1(text: string): Gs1Message {
  if (text.length > TEXT_MAX) return wrong(`longer than ${TEXT_MAX} characters`)
  const elements: Gs1Element[] = []
  for (let at = pastSeparators(text, 0); at < text.length;) {
    const read = elementAt(text, at)
    if (typeof read === 'string') return wrong(`at character ${at + 1}: ${read}`)
    const { ai, value, next } = read
    const before = elements.find((one) => one.ai === ai)
    if (before !== undefined && before.value !== value) return wrong(`(${ai}) stands twice and differs`)
    if (before === undefined) elements.push({ ai, value })
    at = pastSeparators(text, next)
  }
  return elements.length === 0 ? wrong('empty') : { sound: true, elements }
}

function elementAt(text: string, at: number): (Gs1Element & { readonly next: number }) | string {
  const ai = identifierAt(text, at)
  if (ai === null) return 'no application identifier that is known'
  const parts = partsOf(ai) ?? []
  const from = at + ai.length
  const separator = text.indexOf(GS, from)
  const stop = separator === -1 ? text.length : separator
  const fixed = PREDEFINED.test(ai)
  const next = fixed ? from + parts.reduce((sum, { most }) => sum + most, 0) : stop
  if (next > stop) return `(${ai}) is too short`
  const value = text.slice(from, next)
  const fault = valueFault(value, parts)
  return fault === null ? { ai, value, next } : `(${ai}) ${fault}`
}

function valueFault(value: string, parts: readonly Part[]): string | null {
  let rest = value
  for (const part of parts) {
    const piece = rest.slice(0, part.most)
    rest = rest.slice(part.most)
    if (piece.length < part.least) return 'is too short'
    if (part.of === 'n' && !/^[0-9]*$/.test(piece)) return 'is not of digits'
    if (!CHARACTERS.test(piece)) return 'has a character that GS1 does not know'
    if (part.check && !hasSoundCheckDigit(piece)) return 'has a wrong check digit'
    if (part.date && !isDate(piece)) return 'is no date'
  }
  return rest === '' ? null : 'is too long, or no separator stands after it'
}

function identifierAt(text: string, at: number): string | null {
  for (const length of [2, 3, 4]) {
    const ai = text.slice(at, at + length)
    if (ai.length === length && /^[0-9]+$/.test(ai) && partsOf(ai) !== undefined) return ai
  }
  return null
}

function partsOf(ai: string): readonly Part[] | undefined {
  return (
    TABLE.get(ai) ??
    (ai.length === 4 ? (TABLE.get(`${ai.slice(0, 3)}?`) ?? TABLE.get(`${ai.slice(0, 2)}??`)) : undefined)
  )
}

function partOf(format: string): Part {
  const [, of, fixed, least, most, mark] = /^([nx])(?:(\d+)|(\d*)\.\.(\d+))([cd]?)$/.exec(format) ?? []
  if (of !== 'n' && of !== 'x') throw new RangeError(`${format} is no format`)
  return {
    of,
    least: Number(fixed ?? (least === '' ? 1 : least)),
    most: Number(fixed ?? most),
    check: mark === 'c',
    date: mark === 'd',
  }
}

/** Mod 10 with weights 3 and 1 from the right (section 7.9 of the specification). */
function hasSoundCheckDigit(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, nth) => total + Number(digit) * (nth % 2 === 0 ? 1 : 3), 0)
  return sum % 10 === 0
}

/** YYMMDD; day 00 means the whole month. */
function isDate(digits: string): boolean {
  const month = Number(digits.slice(2, 4))
  const day = Number(digits.slice(4, 6))
  return (
    month >= 1 && month <= 12 && day <= new Date(Date.UTC(2000 + Number(digits.slice(0, 2)), month, 0)).getUTCDate()
  )
}

function pastSeparators(text: string, from: number): number {
  let at = from
  while (text[at] === GS) at += 1
  return at
}

function wrong(why: string): Gs1Message {
  return { sound: false, wrong: why }
}
