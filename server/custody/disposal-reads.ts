import { sql } from 'kysely'
import type { Reader } from '../module.ts'
import { readPersonal } from '../ledger/personal.ts'
import { namesOf, textOf } from '../names.ts'
import { papersOf } from './disposal-paper.ts'
import { type Disposal, statusOf } from './disposal.ts'
import { destinationWords, disposalTypes, releaseWords } from './disposal-types.ts'
import { said } from './names.ts'
import type { ShownDisposal } from './protocol.ts'
import './tables.ts'

export async function readDisposal(db: Reader, code: string): Promise<Disposal | null> {
  const found = await db.selectFrom('disposals').select('state').where('id', '=', code).executeTakeFirst()
  return found?.state ?? null
}

/** The papers of a case, the newest first. */
export async function disposalsOfCase(db: Reader, number: string): Promise<ShownDisposal[]> {
  const found = await sql<{ state: Disposal }>`
    select state from disposals where case_number = ${number} order by proposed_at desc, id desc
  `.execute(db)
  return shownDisposals(
    db,
    found.rows.map(({ state }) => state),
  )
}

/** Papers with the names behind their ids. What was said of people is sealed: the read is to be recorded. */
export async function shownDisposals(db: Reader, of: readonly Disposal[]): Promise<ShownDisposal[]> {
  const named = await namesOf(
    db,
    of.flatMap(({ proposer, agreed, acts, reviewUnit }) => [
      `person/${proposer}`,
      ...(reviewUnit === null ? [] : [`unit/${reviewUnit}`]),
      ...agreed.map(({ by }) => `person/${by}`),
      ...acts.flatMap((act) => [act.by, ...act.with].map((person) => `person/${person}`)),
    ]),
  )
  const opinions = await readPersonal(
    db,
    of.map(({ opinion }) => opinion.ref),
  )
  return of.map((one) => ({
    ...{ code: one.code, case: one.case, items: one.items, suspectedCrime: one.suspectedCrime },
    way: { value: one.way, words: disposalTypes[one.way].name, basis: disposalTypes[one.way].basis },
    destination: said(one.destination, destinationWords),
    ground: one.ground === null ? null : said(one.ground, releaseWords),
    ...{ foundAt: one.foundAt, appraisal: one.appraisal, waiting: one.waiting, status: statusOf(one) },
    papers: papersOf(one),
    opinion: textOf(opinions.get(one.opinion.ref)),
    reviewUnit: one.reviewUnit === null ? null : named(`unit/${one.reviewUnit}`),
    proposer: named(`person/${one.proposer}`),
    proposedAt: one.proposedAt,
    agreed: one.agreed.map(({ level, by, at }) => ({ level, by: named(`person/${by}`), at })),
    acts: one.acts.map(({ items, document, organ, listOnly, by, with: others, at }) => ({
      ...{ items, document, organ, listOnly, at },
      by: named(`person/${by}`),
      with: others.map((person) => named(`person/${person}`)),
    })),
  }))
}
