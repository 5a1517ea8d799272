/** The pages after the first of a list that is read anew now and then. Pure. */

export interface Further<Row> {
  /** Which reading of the list these pages follow. */
  readonly turn: number
  readonly rows: readonly Row[]
  /** From where the next page is read; null where there is none, or the first is still on its way. */
  readonly after: string | null
}

/** The list is read anew: what followed the old first page is gone. */
export function begun<Row>({ turn }: Further<Row>): Further<Row> {
  return { turn: turn + 1, rows: [], after: null }
}

/** The first page of a reading is there. */
export function opened<Row>(further: Further<Row>, turn: number, after: string | null): Further<Row> {
  return turn === further.turn ? { ...further, after } : further
}

/** A further page is there; one that was asked for before the list was read anew says nothing. */
export function followed<Row>(
  further: Further<Row>,
  turn: number,
  page: { readonly rows: readonly Row[]; readonly after: string | null },
): Further<Row> {
  return turn === further.turn ? { turn, rows: [...further.rows, ...page.rows], after: page.after } : further
}
