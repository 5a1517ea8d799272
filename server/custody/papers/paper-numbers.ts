import type { Reader } from '../../module.ts'
import { type Paper, PAPERS } from './papers.ts'
import '../tables.ts'

/** Form, year, unit, serial and check, as the symbol of a paper carries them. */
const PAYLOAD = /^([A-Z]-\d{2}[a-z]?)\.(\d{4})\.([0-9A-Z]{2})\.(\d{4,7})\.([0-9A-F]{16})$/
/** `调〔2026〕01-0003号`, as somebody types it: the brackets are not on every keyboard. */
const NUMBER = /^(\S{1,2})[〔[(（【](\d{4})[〕\])）】]([0-9A-Z]{2})-(\d{4,7})号?$/

/** A paper as its symbol or its number names it. */
export interface AskedPaper {
  readonly form: string
  readonly year: number
  readonly unit: string
  readonly serial: number
  /** What the symbol says; null where only the number was typed. */
  readonly check: string | null
}

/** What a scan or a typed number asks for; null for what is neither. */
export function paperAsked(text: string): AskedPaper | null {
  const [, form, year, unit = '', serial, check = null] = PAYLOAD.exec(text.trim()) ?? []
  if (form !== undefined) return { form, year: Number(year), unit, serial: Number(serial), check }
  const [, mark, typedYear, typedUnit = '', typedSerial] = NUMBER.exec(text.trim().toUpperCase()) ?? []
  const kind = Object.values(PAPERS).find((one) => one.mark === mark)
  if (kind === undefined) return null
  return { form: kind.form, year: Number(typedYear), unit: typedUnit, serial: Number(typedSerial), check: null }
}

/** The papers of that number: of each unit that bears these two characters, so one at most. */
export async function papersNumbered(db: Reader, { form, year, unit, serial }: AskedPaper): Promise<Paper[]> {
  const found = await db
    .selectFrom('papers')
    .select('state')
    .where('form', '=', form)
    .where('year', '=', year)
    .where('serial', '=', serial)
    .execute()
  return found.map(({ state }) => state).filter(({ number }) => number.includes(`〕${unit}-`))
}
