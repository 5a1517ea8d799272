/** The paper that two sides sign item by item: one layout, filled in for a hand-over list and for an entry slip. */

import { chineseDay, type Drawn, type Form, type Signature } from './form.ts'

/** What stands at the top and at the foot of either. */
export interface ItemSheetHead {
  readonly organisation: string
  /** A sound document code. */
  readonly code: string
  readonly caseNumber: string
  /** The unit that hands over. */
  readonly source: string
  readonly store: string
  /** `2026-11-21` */
  readonly day: string
  /** The last of several days; the same where it was one. */
  readonly lastDay: string
  readonly copy: { readonly number: number; readonly of: number; readonly recipient: string }
}

/** Somebody who signs it; drawn where he has signed on the screen or a scan of it was read. */
export interface Signer {
  readonly name: string
  readonly drawn?: Drawn
}

/** One column and what an item says in it; the sheet numbers its rows in a first column of its own. */
export interface ItemColumn<Item> {
  readonly title: string
  readonly width_mm: number
  readonly align: 'start' | 'middle' | 'end'
  readonly of: (item: Item) => string
}

export interface ItemSheet<Item> {
  readonly formNumber: string
  readonly title: string
  readonly names: { readonly day: string; readonly source: string; readonly store: string }
  readonly ordinalWidth_mm: number
  readonly columns: readonly ItemColumn<Item>[]
  readonly statement: string
  /** Everybody who handed something over. */
  readonly givers: readonly Signer[]
  /** Everybody who received something; one place is left open as long as nobody has. */
  readonly receivers: readonly Signer[]
}

/**
 * The sheet as it is set.
 *
 * @throws LabelRefused for a day that is none
 */
export function itemSheet<Item>(
  head: ItemSheetHead,
  items: readonly Item[],
  { formNumber, title, names, ordinalWidth_mm, columns, statement, givers, receivers }: ItemSheet<Item>,
): Form {
  return {
    formNumber,
    organisation: head.organisation,
    title,
    code: head.code,
    copy: head.copy,
    facts: [
      { name: '案号', value: head.caseNumber },
      { name: names.day, value: daysOf(names.day, head) },
      { name: names.source, value: head.source },
      { name: names.store, value: head.store },
    ],
    columns: [
      { title: '序号', width_mm: ordinalWidth_mm, align: 'middle' },
      ...columns.map(({ of: _, ...column }) => column),
    ],
    rows: items.map((item, i) => [String(i + 1), ...columns.map(({ of }) => of(item))]),
    statement,
    signatures: [...places('移交人', givers), ...places('接收人', receivers)],
    initials: ['移交人', '接收人'],
  }
}

function daysOf(name: string, { day, lastDay }: ItemSheetHead): string {
  const [first, last] = [chineseDay(name, day), chineseDay(name, lastDay)]
  return first === last ? first : `${first}至 ${last}`
}

/** A place to sign for each, at least one. */
function places(role: string, signers: readonly Signer[]): Signature[] {
  return (signers.length === 0 ? [{ name: null }] : signers).map((signer) => ({ role, absence: null, ...signer }))
}
