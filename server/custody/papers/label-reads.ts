import { sql } from 'kysely'
import { readPersonal } from '../../ledger/personal.ts'
import type { Reader } from '../../module.ts'
import { namesOf, textOf } from '../../names.ts'
import type { Page } from '../../schemas.ts'
import type { Label } from './labels.ts'
import type { IssuedLabel } from '../protocol.ts'
import { shownLabel } from '../sight/shown.ts'
import '../tables.ts'

/** Every issue of a code's label, the last one first; a page at a time. The read is to be recorded: reasons are sealed content. */
export async function issuesShown(db: Reader, code: string, { limit, after }: Page): Promise<IssuedLabel[]> {
  const found = await sql<{ state: Label }>`
    select state from labels
    where code = ${code} and (${after}::text is null or issue < (select issue from labels where id = ${after}))
    order by issue desc limit ${limit}
  `.execute(db)
  const labels = found.rows.map(({ state }) => state)
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
