import { sql } from 'kysely'
import type { Act, Who } from '../../act.ts'
import type { Db } from '../../database/connect.ts'
import type { Log } from '../../database/log.ts'
import type { Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Track } from '../axes.ts'
import type { Case } from '../cases/cases.ts'
import type { Item } from '../items/item.ts'
import { holdersOf, sharesAmong } from '../papers/holders.ts'
import type { Paper } from '../papers/papers.ts'
import type { CaseAccount } from '../protocol.ts'
import { readCase, readItems } from '../reads.ts'
import { rules } from '../rules.ts'
import type { Disposal } from './disposal.ts'
import { readDisposal } from './reads.ts'
import '../tables.ts'

/** What one holder is told in writing of one act of a disposal. */
interface Telling {
  readonly disposal: Disposal
  /** How its paper is named: by the act, counted from one; for any but the first holder of the act, with the first of his things. */
  readonly part: string
  readonly act: Disposal['acts'][number]
  /** His own things and nobody else's. */
  readonly items: readonly [Item, ...Item[]]
}

/**
 * What the holders are told of these disposals, all in cases of one track (rules X-12, 行政强制法 21): what is of a suspected crime and went with its
 * case, each of his own things alone, for none may learn what belongs to another. What went on paper first and is fetched later is told of once. A holder
 * is known by his name, or as absent from one taking; who was lawfully erased can be told of nothing any more.
 */
export async function tellingsOf(db: Reader, disposals: readonly Disposal[], track: Track): Promise<Telling[]> {
  const ways: readonly string[] = rules.told_disposals.value[track]
  const carriedOut = disposals.filter(({ way, acts }) => ways.includes(way) && acts.length > 0)
  const its = await readItems(
    db,
    carriedOut.flatMap(({ items }) => items),
  )
  const suspected = its.filter((item) => item.suspectedCrime === true)
  const holders = await holdersOf(db, suspected)
  return carriedOut.flatMap((disposal) => {
    const known = new Set<string>()
    return disposal.acts.flatMap((act, index) => {
      const news = suspected.filter(({ code }) => act.items.includes(code) && !known.has(code))
      news.forEach(({ code }) => known.add(code))
      return sharesAmong(String(index + 1), news, holders).flatMap(({ part, items, isErased }): Telling[] =>
        isErased ? [] : [{ disposal, part, act, items }],
      )
    })
  })
}

/** What no notice was issued of yet, by act and holder, with the paper of the disposal it belongs to. */
export async function untoldOf(db: Reader, of: Pick<Case, 'number' | 'track'>): Promise<CaseAccount['untold']> {
  if (rules.told_disposals.value[of.track].length === 0) return []
  const found = await sql<{ state: Disposal }>`
    select state from disposals where case_number = ${of.number} order by proposed_at, id
  `.execute(db)
  const disposals = found.rows.map(({ state }) => state)
  const issued = await sql<{ state: Paper }>`
    select state from papers where kind = 'transfer-notice' and stands
      and of_thing = any(${disposals.map(({ code }) => code)}::text[])
  `.execute(db)
  const told = new Set(issued.rows.map(({ state }) => `${state.of}/${state.part ?? ''}`))
  return (await tellingsOf(db, disposals, of.track))
    .filter(({ disposal, part }) => !told.has(`${disposal.code}/${part}`))
    .map(({ disposal, part, act: { document, at }, items }) => ({
      ...{ disposal: disposal.code, part, document, at },
      items: items.map(({ code }) => code),
    }))
}

/**
 * Issues what each holder of what was transferred is to be told, in the name of who carried it out, right after it was. What cannot be issued now stands among
 * the open points of the case until somebody does. It never throws: the goods are gone and the register says so, and whoever carried it out must not
 * hear that it failed. What fails for a reason that the program does not know is logged, and keeps no other holder from being told.
 */
export async function tellParty(
  { db, act, log }: { readonly db: Db; readonly act: Act; readonly log: Log },
  who: Who,
  code: string,
  cause: string,
): Promise<void> {
  const untold = (error: unknown): void => {
    if (!(error instanceof Refusal))
      log.error(
        { err: error, disposal: code },
        'who is to be told of a transfer was not; it stands among the open points',
      )
  }
  try {
    const disposal = await readDisposal(db, code)
    const of = disposal === null ? null : await readCase(db, disposal.case)
    const parts = of === null ? [] : (await untoldOf(db, of)).filter((one) => one.disposal === code)
    for (const { part } of parts) {
      const command = { type: 'custody.issue-paper', paper: 'transfer-notice', of: code, part }
      await act(who, command, { cause: `${cause}:told:${part}` }).catch(untold)
    }
  } catch (error) {
    untold(error)
  }
}
