import { sql } from 'kysely'
import type { Act, Who } from '../../act.ts'
import type { Db } from '../../database/connect.ts'
import type { Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Track } from '../axes.ts'
import type { Case } from '../cases/cases.ts'
import type { Item } from '../items/item.ts'
import type { Paper } from '../papers/papers.ts'
import { readCase, readItems } from '../reads.ts'
import { rules } from '../rules.ts'
import type { Disposal } from './disposal.ts'
import { readDisposal } from './reads.ts'
import '../tables.ts'

/** One act of a disposal that the party is told of in writing, counted from one. */
interface ToldAct {
  readonly nth: number
  readonly act: Disposal['acts'][number]
}

/**
 * The acts of which the party is told (rules X-12, 行政强制法 21): what is of a suspected crime and went with its case. What went on paper first and
 * is fetched later is told of once.
 */
export function toldActs(disposal: Disposal, track: Track, items: readonly Item[]): ToldAct[] {
  const ways: readonly string[] = rules.told_disposals.value[track]
  if (!ways.includes(disposal.way)) return []
  const suspected = new Set(items.filter((item) => item.suspectedCrime === true).map(({ code }) => code))
  const known = new Set<string>()
  return disposal.acts.flatMap((act, index) => {
    const news = act.items.filter((code) => suspected.has(code) && !known.has(code))
    news.forEach((code) => known.add(code))
    return news.length === 0 ? [] : [{ nth: index + 1, act }]
  })
}

/** Acts of which no notice was issued yet, with the paper of the disposal they belong to. */
export async function untoldOf(
  db: Reader,
  of: Pick<Case, 'number' | 'track'>,
): Promise<{ readonly disposal: string; readonly part: string; readonly document: string; readonly at: string }[]> {
  if (rules.told_disposals.value[of.track].length === 0) return []
  const found = await sql<{ state: Disposal }>`
    select state from disposals where case_number = ${of.number} order by proposed_at, id
  `.execute(db)
  const disposals = found.rows.map(({ state }) => state).filter(({ acts }) => acts.length > 0)
  const its = await readItems(
    db,
    disposals.flatMap(({ items }) => items),
  )
  const issued = await sql<{ state: Paper }>`
    select state from papers where kind = 'transfer-notice' and stands
      and of_thing = any(${disposals.map(({ code }) => code)}::text[])
  `.execute(db)
  const told = new Set(issued.rows.map(({ state }) => `${state.of}/${state.part ?? ''}`))
  return disposals.flatMap((disposal) =>
    toldActs(disposal, of.track, its)
      .filter(({ nth }) => !told.has(`${disposal.code}/${nth}`))
      .map(({ nth, act: { document, at } }) => ({ disposal: disposal.code, part: String(nth), document, at })),
  )
}

/**
 * Issues what the party of a transfer is to be told, in the name of who carried it out, right after it was. What cannot be issued now stands among
 * the open points of the case until somebody does.
 */
export async function tellParty(
  { db, act }: { readonly db: Db; readonly act: Act },
  who: Who,
  code: string,
  cause: string,
): Promise<void> {
  const disposal = await readDisposal(db, code)
  const of = disposal === null ? null : await readCase(db, disposal.case)
  if (of === null) return
  for (const { disposal: paper, part } of await untoldOf(db, of)) {
    if (paper !== code) continue
    const command = { type: 'custody.issue-paper', paper: 'transfer-notice', of: code, part }
    await act(who, command, { cause: `${cause}:told:${part}` }).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error
    })
  }
}
