import { readPersonal } from '../ledger/personal.ts'
import type { Reader } from '../module.ts'
import { namesOf } from '../names.ts'
import type { Words } from '../refusal.ts'
import type { Conflict } from './conflicts.ts'
import type { ShownConflict } from './protocol.ts'
import './tables.ts'

/** Conflicts of one list, those that nobody has settled first. */
export async function conflictsOfList(db: Reader, list: string): Promise<ShownConflict[]> {
  const found = await db
    .selectFrom('conflicts')
    .select('state')
    .where('list', '=', list)
    .orderBy('open', 'desc')
    .orderBy('happened_at')
    .orderBy('id')
    .execute()
  return shown(
    db,
    found.map(({ state }) => state),
  )
}

/** The latest conflicts of a store that nobody has settled. */
export async function openConflicts(db: Reader, store: string, limit: number): Promise<ShownConflict[]> {
  const found = await db
    .selectFrom('conflicts')
    .select('state')
    .where('store', '=', store)
    .where('open', '=', true)
    .orderBy('happened_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return shown(
    db,
    found.map(({ state }) => state),
  )
}

async function shown(db: Reader, conflicts: readonly Conflict[]): Promise<ShownConflict[]> {
  const people = conflicts.flatMap(({ custodian, settled }) => [custodian ?? [], settled?.by ?? []].flat())
  const named = await namesOf(
    db,
    people.map((person) => `person/${person}`),
  )
  const contents = await readPersonal(
    db,
    conflicts.flatMap(({ why, settled }) => [why.ref, ...(settled === null ? [] : [settled.reason.ref])]),
  )
  return conflicts.map(({ why, custodian, settled, ...of }) => ({
    ...of,
    words: wordsOf(of, (contents.get(why.ref) ?? { zh: '', en: '' }) as unknown as Words),
    custodian: custodian === null ? null : named(`person/${custodian}`),
    settled:
      settled === null
        ? null
        : {
            by: named(`person/${settled.by}`),
            at: settled.at,
            reason: String(contents.get(settled.reason.ref) ?? ''),
          },
  }))
}

function wordsOf({ item, location }: Pick<Conflict, 'item' | 'location'>, why: Words): Words {
  return {
    zh: `断网时记录的 ${item}（库位 ${location}）未入库：${why.zh}`,
    en: `${item}, recorded at ${location} while the line was down, was not taken in: ${why.en}`,
  }
}
