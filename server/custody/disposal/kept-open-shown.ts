import { sql } from 'kysely'
import type { Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import type { Case } from '../cases/cases.ts'
import type { Item } from '../items/item.ts'
import { said } from '../names.ts'
import type { ItemCard } from '../protocol.ts'
import { keptOpenIn } from './closing.ts'
import { keptOpenWords } from './words.ts'

/** On which ground an item lawfully stays open, and who agreed (rules X-19); null where none stands, or the thing is gone for good. */
export async function keptOpenShown(db: Reader, item: Item): Promise<ItemCard['keptOpen']> {
  if (item.keptOpen === undefined || item.custodyStatus === 'OUT') return null
  const found = await sql<{ state: Case }>`select state from cases where id = ${item.case}`.execute(db)
  const [of] = found.rows
  const kept = of === undefined ? undefined : keptOpenIn(item, of.state)
  if (kept === undefined) return null
  const { ground, document, approver, at } = kept
  const named = await namesOf(db, [`person/${approver}`])
  return { ground: said(ground, keptOpenWords), document, approver: named(`person/${approver}`), at }
}
