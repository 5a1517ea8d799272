import { sql } from 'kysely'
import { lineageOf } from '../approvals/store.ts'
import type { Post, Reader } from '../module.ts'
import type { Aside } from './aside.ts'
import type { Clock, Told } from './clock.ts'
import type { Audience } from './deadline-rules.ts'
import '../org/tables.ts'

/** Who heads a department, and who leads above it. */
const HEADS: readonly Post[] = ['manager', 'approver']
const LEADERS: readonly Post[] = ['approver']

/** Who is to be told of a clock, by the appointments of this moment. */
export async function audiencesOf(
  db: Reader,
  { unit, store, matter, responsible }: Pick<Clock, 'unit' | 'store' | 'matter' | 'responsible'>,
  { at, aside }: { readonly at: string; readonly aside: Aside },
): Promise<Readonly<Record<Audience, readonly Told[]>>> {
  const above = ((await lineageOf(db, [unit])).get(unit) ?? []).filter((one) => one !== unit)
  const keeping = store === null ? null : await keepingUnit(db, store)
  const places = [unit, ...above, ...(keeping === null ? [] : [keeping]), ...(await storesOf(db, unit))]
  const away = await aside.peopleIn(db, matter)
  const standIns = await aside.standInsIn(db, matter)
  const held = (await appointedAt(db, places, at)).filter(({ person }) => !away.has(person))
  const of = (posts: readonly Post[], where: readonly string[]): Told[] =>
    held.filter(({ post, place }) => posts.includes(post) && where.includes(place))
  const named = held.filter(
    ({ person, place }) => (responsible.includes(person) || standIns.has(person)) && !above.includes(place),
  )
  const officers = named.filter(({ post, place }) => post === 'officer' && place === unit)
  return {
    // A case names its officers; what names others tells them by whatever post they hold there.
    responsible: officers.length > 0 ? officers : named.filter(({ post }) => post !== 'supervisor'),
    'unit-head': of(HEADS, [unit]),
    'keeping-head': of(HEADS, keeping === null ? [] : [keeping]),
    supervision: held.filter(({ post }) => post === 'supervisor'),
    leader: of(LEADERS, above),
  }
}

async function storesOf(db: Reader, unit: string): Promise<string[]> {
  const found = await db.selectFrom('stores').select('id').where('unit', '=', unit).execute()
  return found.map(({ id }) => id)
}

async function keepingUnit(db: Reader, store: string): Promise<string | null> {
  const found = await db.selectFrom('stores').select('unit').where('id', '=', store).executeTakeFirst()
  return found?.unit ?? null
}

/** Who holds a post at one of these places, or supervises anywhere, at a moment. */
async function appointedAt(db: Reader, places: readonly string[], at: string): Promise<Told[]> {
  const found = await sql<Told>`
    select distinct a.person, a.post, a.place from appointments a join people p on p.id = a.person and p.active
    where (a.place = any(${[...places]}::text[]) or a.post = 'supervisor')
      and a.from_at <= ${at}::timestamptz and (a.to_at is null or a.to_at > ${at}::timestamptz)
    order by a.person, a.post, a.place
  `.execute(db)
  return found.rows
}
