/** F-18 盘点表: one line a shelf. While it is counted the book's figures are left out of it, so that it can be carried along. */

import type { Form } from './form.ts'
import { formPdf } from './form-pdf.ts'

export interface CountedShelf {
  readonly name: string
  readonly code: string
  /** Pieces by the book; empty while it is counted. */
  readonly booked: string
  readonly counted: string
  readonly difference: string
  /** What differs, and why. */
  readonly cause: string
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

/** The paper as it is set. */
export function stocktakeSheet({ shelves, counters, recounters, overseer, facts, ...rest }: StocktakeForm): Form {
  const places = (role: string, names: readonly string[]) =>
    (names.length === 0 ? [null] : names).map((name) => ({ role, name, absence: null }))
  return {
    ...{ ...rest, formNumber: 'F-18', title: '涉案财物盘点表' },
    facts: facts.filter(({ value }) => value !== ''),
    columns: [
      { title: '序号', width_mm: 9, align: 'middle' },
      { title: '库位', width_mm: 28, align: 'start' },
      { title: '库位编号', width_mm: 31, align: 'start' },
      { title: '账面', width_mm: 13, align: 'end' },
      { title: '实盘', width_mm: 13, align: 'end' },
      { title: '差异', width_mm: 13, align: 'end' },
      { title: '差异物品、原因', width_mm: 68, align: 'start' },
    ],
    rows: shelves.map(({ name, code, booked, counted, difference, cause }, index) => [
      String(index + 1),
      ...[name, code, booked, counted, difference, cause],
    ]),
    signatures: [
      ...places('盘点人', counters),
      ...places('复盘人', recounters),
      { role: '监盘人', name: overseer, absence: null },
    ],
    initials: ['盘点人', '监盘人'],
  }
}
