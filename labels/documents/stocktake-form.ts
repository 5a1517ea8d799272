/** F-18 盘点表: one line a shelf. While it is counted it has no place for the book's figures and room to write, so that it can be carried along. */

import type { Column, Form } from './form.ts'
import { formPdf } from './form-pdf.ts'
import { MAX_TEXT_CHARACTERS } from '../text.ts'

export interface CountedShelf {
  readonly name: string
  readonly code: string
  /** What came of it; null while it is counted. */
  readonly result: {
    /** Pieces by the book. */
    readonly booked: number
    readonly counted: number
    /** What differs, each with why. */
    readonly differences: readonly string[]
  } | null
}

/** What is filled in. */
export interface StocktakeForm extends Pick<Form, 'organisation' | 'code' | 'copy' | 'facts' | 'statement'> {
  readonly shelves: readonly CountedShelf[]
  readonly counters: readonly string[]
  readonly recounters: readonly string[]
  /** Who ordered it or closed it. */
  readonly overseer: string | null
}

/**
 * The paper as an A4 PDF.
 *
 * @throws LabelRefused and RangeError as `formPdf`
 */
export function stocktakeForm(form: StocktakeForm, madeAt: Date): Promise<Buffer> {
  return formPdf(stocktakeSheet(form), madeAt)
}

const ordinal: Column = { title: '序号', width_mm: 9, align: 'middle' }
const code: Column = { title: '库位编号', width_mm: 31, align: 'start' }
const TOLD: readonly Column[] = [
  ordinal,
  { title: '库位', width_mm: 28, align: 'start' },
  code,
  { title: '账面', width_mm: 13, align: 'end' },
  { title: '实盘', width_mm: 13, align: 'end' },
  { title: '差异项', width_mm: 14, align: 'end' },
  { title: '差异物品、原因', width_mm: 67, align: 'start' },
]
const BLIND: readonly Column[] = [
  ordinal,
  { title: '库位', width_mm: 40, align: 'start' },
  code,
  { title: '实盘', width_mm: 20, align: 'end' },
  { title: '所见情况', width_mm: 75, align: 'start' },
]
/** Room for a line written by hand. */
const WRITING_MM = 10

/** The paper as it is set. */
export function stocktakeSheet({ shelves, counters, recounters, overseer, facts, ...rest }: StocktakeForm): Form {
  const places = (role: string, names: readonly string[]) =>
    (names.length === 0 ? [null] : names).map((name) => ({ role, name, absence: null }))
  const isBlind = shelves.every(({ result }) => result === null)
  return {
    ...{ ...rest, formNumber: 'F-18', title: '涉案财物盘点表' },
    ...(isBlind ? { byHand: true as const, writing_mm: WRITING_MM } : {}),
    facts: facts.filter(({ value }) => value !== ''),
    columns: isBlind ? BLIND : TOLD,
    rows: shelves.flatMap((shelf, index) =>
      isBlind ? [[String(index + 1), shelf.name, shelf.code, '', '']] : toldRows(shelf, String(index + 1)),
    ),
    signatures: [
      ...places('盘点人', counters),
      ...places('复盘人', recounters),
      { role: '监盘人', name: overseer, absence: null },
    ],
    initials: ['盘点人', '监盘人'],
  }
}

/** A shelf on which more differs than a cell takes goes on in the next line. */
function toldRows({ name, code: of, result }: CountedShelf, number: string): string[][] {
  if (result === null) return [[number, name, of, '', '', '', '']]
  const { booked, counted, differences } = result
  const said = differences.length === 1 ? differences : differences.map((one, index) => `（${index + 1}）${one}`)
  const [first = '', ...more] = joined(said)
  const count = differences.length === 0 ? '' : String(differences.length)
  return [
    [number, name, of, String(booked), String(counted), count, first],
    ...more.map((text) => ['', '（续）', of, '', '', '', text]),
  ]
}

/** As many of the texts in one as a cell takes. */
function joined(texts: readonly string[]): string[] {
  const cells: string[] = []
  for (const text of texts) {
    const longer = `${cells.at(-1) ?? ''}；${text}`
    if (cells.length === 0 || longer.length > MAX_TEXT_CHARACTERS) cells.push(text)
    else cells[cells.length - 1] = longer
  }
  return cells
}
