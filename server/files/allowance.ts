import { sql } from 'kysely'
import { loadActor } from '../access/actor.ts'
import type { Db } from '../database/connect.ts'
import type { Post } from '../module.ts'
import { Refusal } from '../refusal.ts'
import '../custody/tables.ts'
import './tables.ts'

/** Who photographs: the officer who registers things, the custodian who takes them in or back, the head of a hall its clerks. */
const POSTS: readonly Post[] = ['officer', 'custodian', 'manager']
/** Photos of one person within a day that stand in no item's account yet: an account of fifty items with six each. The house's own number. */
export const UNNAMED_A_DAY = 300
const DAY_HOURS = 24

/**
 * Asked before a byte is taken: nobody else may fill the disk, and nobody without end.
 * @throws Refusal `access.no-post`, `file.enough`
 */
export async function mayKeepAnother(db: Db, person: string, at: string): Promise<void> {
  const { appointments } = await loadActor(db, person, at)
  if (!appointments.some(({ post }) => POSTS.includes(post)))
    throw new Refusal('access.no-post', { posts: POSTS.join(', ') })
  const found = await sql<{ unnamed: number }>`
    select count(*)::int as unnamed from (
      select from files f
      where kept_by = ${person} and kept_at > ${at}::timestamptz - make_interval(hours => ${DAY_HOURS})
        and not exists (select from item_photos p where p.photo = f.sha256)
        and not exists (select from paper_scans s where s.scan = f.sha256)
      limit ${UNNAMED_A_DAY}
    ) counted
  `.execute(db)
  if ((found.rows[0]?.unnamed ?? 0) >= UNNAMED_A_DAY) throw new Refusal('file.enough', { limit: UNNAMED_A_DAY })
}
