import { sql } from 'kysely'
import { readPersonal } from '../../ledger/personal.ts'
import type { Reader } from '../../module.ts'
import { namesOf, textOf } from '../../names.ts'
import type { Page } from '../../schemas.ts'
import type { Label } from './labels.ts'
import type { IssuedLabel, IssuedStrip } from '../protocol.ts'
import { numberOfStrip, stripCode } from './strip-codes.ts'
import { shownLabel } from '../sight/shown.ts'
import '../tables.ts'

/** Every issue of a code's label, the last one first; a page at a time. The read is to be recorded: reasons are sealed content. */
export async function issuesShown(db: Reader, code: string, { limit, after }: Page): Promise<IssuedLabel[]> {
  const found = await sql<{ state: Label }>`
    select state from labels
    where code = ${code} and (${after}::text is null or issue < (select issue from labels where id = ${after}))
    order by issue desc limit ${limit}
  `.execute(db)
  return issued(
    db,
    found.rows.map(({ state }) => state),
  )
}

/** Every seal strip that was wanted for an item, the last one first; a page at a time. The read is to be recorded: reasons are sealed content. */
export async function stripsShown(db: Reader, item: string, { limit, after }: Page): Promise<IssuedStrip[]> {
  const found = await sql<{ state: Label }>`
    select state from labels where code like ${stripCode(item, '%')} and (${after}::text is null or id < ${after})
    order by id desc limit ${limit}
  `.execute(db)
  const labels = await issued(
    db,
    found.rows.map(({ state }) => state),
  )
  return labels.map((label) => ({ ...label, number: numberOfStrip(label.code) ?? '' }))
}

async function issued(db: Reader, labels: readonly Label[]): Promise<IssuedLabel[]> {
  const reasons = await readPersonal(
    db,
    labels.flatMap(({ reason }) => reason?.ref ?? []),
  )
  const named = await namesOf(
    db,
    labels.map(({ wantedBy }) => `person/${wantedBy}`),
  )
  return labels.map((label) => ({
    ...shownLabel(label, label.reason === null ? null : textOf(reasons.get(label.reason.ref))),
    wantedBy: named(`person/${label.wantedBy}`),
  }))
}
