import { sql } from 'kysely'
import { setSecret } from '../server/access/credentials.ts'
import type { Db } from '../server/database/connect.ts'
import { SYSTEM } from '../server/module.ts'
import type { Ground } from './ground.ts'
import { places } from './organisation.ts'
import { type Measured, measured, percentile } from './report.ts'

/** What a screen may take until it has what it shows, 95 of 100 times. */
const LIMIT_MS = 100
const WARM_UP = 10
const LOANS = 200
/** Things that are looked at in turn, from all over the store. */
const SAMPLES = 200
/** As many as a store of the bench has. */
const SHELVES = 100
const DAY_MS = 86_400_000
const LENT_DAYS_AGO = 8
const DUE_DAYS_AGO = 5
const SUPERVISOR = 'bench-supervisor'
const APPROVER = 'bench-approver'
const PASSWORD = 'qingguan-bench-1'

interface Screen {
  readonly name: string
  /** What the screen asks the server for the nth time, all at once. */
  readonly paths: (nth: number) => readonly string[]
  /** The same work as plain SQL on a connection of its own; answers with how many rows it found. */
  readonly plain: (db: Db, nth: number) => Promise<number>
}

/**
 * What a supervisor who sees everything waits for at his screens, from the request to the last byte, each in turn with the same work in plain
 * SQL, so that a busy moment of the machine hits both.
 */
export async function benchPages(ground: Ground, rounds: number): Promise<Measured[]> {
  const token = await settleSupervisor(ground)
  await lendSome(ground)
  await sql`analyze`.execute(ground.owner.db)
  const rows: Measured[] = []
  for (const screen of screensOf(await samplesOf(ground))) {
    const ours_ms: number[] = []
    const plain_ms: number[] = []
    for (let nth = 0; nth < WARM_UP + rounds; nth += 1) {
      const began = performance.now()
      await Promise.all(screen.paths(nth).map((path) => read(ground, token, path)))
      const between = performance.now()
      const found = await screen.plain(ground.owner.db, nth)
      const ended = performance.now()
      if (found === 0) throw new Error(`${screen.name}: plain SQL found nothing`)
      if (nth < WARM_UP) continue
      ours_ms.push(between - began)
      plain_ms.push(ended - between)
    }
    const p95_ms = percentile(ours_ms, 0.95)
    const plain = { name: 'the same in plain SQL', value: percentile(plain_ms, 0.95) }
    rows.push(measured(`page ${screen.name} p95`, p95_ms, 'ms', plain))
    rows.push(measured(`page ${screen.name} p95, limit`, p95_ms, 'ms', { name: 'the limit', value: LIMIT_MS }))
  }
  return rows
}

async function read({ server }: Ground, token: string, path: string): Promise<void> {
  const answer = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${token}` } })
  const body = await answer.text()
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${body}`)
}

async function settleSupervisor({ server: { deps, keys } }: Ground): Promise<string> {
  const bySystem = { person: SYSTEM }
  const act = (command: { type: string }, cause: string) => deps.act(bySystem, command, { cause })
  const add = async (person: string, post: string, place: string): Promise<void> => {
    const added = { type: 'org.add-person', person, login: person, name: '监督人', unit: 'organ' }
    await act(added, `bench add ${person}`)
    await act({ type: 'org.appoint', person, post, place } as never, `bench appoint ${person}`)
  }
  await add(SUPERVISOR, 'supervisor', 'organ')
  const secret = { person: SUPERVISOR, login: SUPERVISOR, kind: 'password', secret: PASSWORD } as const
  await setSecret({ ...deps, pepper: keys.pepper }, bySystem, secret, { cause: 'bench secret', at: deps.now() })
  return (await deps.signIn.open({ login: SUPERVISOR, password: PASSWORD })).token
}

/** Loans that are days late, each asked for, granted and handed out through the door. */
async function lendSome({ server: { deps }, owner, filled }: Ground): Promise<void> {
  const lentAt_ms = Date.now() - LENT_DAYS_AGO * DAY_MS
  const at = (minutes: number): string => new Date(lentAt_ms + minutes * 60_000).toISOString()
  const dueAt = new Date(Date.now() - DUE_DAYS_AGO * DAY_MS).toISOString()
  const early = new Date(Date.now() - 300 * DAY_MS).toISOString()
  const bySystem = { person: SYSTEM }
  const added = { type: 'org.add-person', person: APPROVER, login: APPROVER, name: '审批人', unit: 'organ' }
  await deps.act(bySystem, added, { cause: 'bench add approver', at: early })
  const appointed = { type: 'org.appoint', person: APPROVER, post: 'approver', place: 'organ' }
  await deps.act(bySystem, appointed, { cause: 'bench appoint approver', at: early })
  const wanted = filled.inStore.slice(0, LOANS)
  const found = await owner.db
    .selectFrom('items')
    .select(['id', 'state', 'unit', 'store'])
    .where(
      'id',
      'in',
      wanted.map(({ code }) => code),
    )
    .where('category', '=', 'general')
    .execute()
  for (const [nth, { id, unit, store }] of found.entries()) {
    const place = places.find((one) => one.unit === unit)
    if (place === undefined || place.store !== store) throw new Error(`${id} is of no place`)
    const [, borrower] = place.officers
    const deed = { command: 'borrow', items: [id], dueAt, purpose: 'TESTING' }
    const asked = { type: 'approvals.ask', deed, reason: '检验' }
    const { result } = await deps.act({ person: borrower }, asked, { cause: `bench ask ${id}`, at: at(nth) })
    const granted = { type: 'approvals.grant', approval: String(result['id']) }
    await deps.act({ person: APPROVER }, granted, { cause: `bench grant ${id}`, at: at(nth) })
    const lent = { type: 'custody.borrow', items: [id], approval: String(result['id']) }
    const who = { person: place.custodian.id, with: [borrower] }
    await deps.act(who, lent, { cause: `bench lend ${id}`, at: at(nth) })
  }
}

interface Sample {
  readonly code: string
  readonly name: string
  readonly store: string
  readonly case: string
}

async function samplesOf({ owner: { db }, filled: { inStore } }: Ground): Promise<Sample[]> {
  const step = Math.max(1, Math.floor(inStore.length / SAMPLES))
  const codes = inStore.filter((_, index) => index % step === 0).map(({ code }) => code)
  const found = await db
    .selectFrom('items')
    .select(['id', 'name', 'store', 'case_number'])
    .where('id', 'in', codes)
    .execute()
  return found.map(({ id: code, name, store, case_number }) => ({ code, name, store: store ?? '', case: case_number }))
}

function screensOf(samples: readonly Sample[]): Screen[] {
  const sample = (nth: number): Sample => {
    const found = samples[nth % samples.length]
    if (found === undefined) throw new Error('nothing lies in store')
    return found
  }
  const rowsOf = async (found: Promise<{ readonly rows: readonly unknown[] }>): Promise<number> =>
    (await found).rows.length
  return [
    {
      name: 'item',
      paths: (nth) => [`/api/items/${sample(nth).code}`, `/api/items/${sample(nth).code}/chain`],
      plain: async (db, nth) => {
        const { code } = sample(nth)
        const card = await rowsOf(sql`select state from items where id = ${code}`.execute(db))
        const chain = sql`
          select e.text, e.hash, b.hash as before from entries e
          left join entries b on b.register = e.register and b.seq = e.seq - 1
          where e.subject = ${`item/${code}`} order by e.n`
        return card && (await rowsOf(chain.execute(db)))
      },
    },
    {
      name: 'case account',
      paths: (nth) => [`/api/cases/${encodeURIComponent(sample(nth).case)}`],
      plain: (db, nth) =>
        rowsOf(
          sql`select i.state, e.text from items i join entries e on e.subject = 'item/' || i.id and e.n = 1
            where i.case_number = ${sample(nth).case} order by i.ordinal`.execute(db),
        ),
    },
    {
      name: 'search by words',
      paths: (nth) => [`/api/search?${new URLSearchParams({ q: sample(nth).name }).toString()}`],
      plain: (db, nth) => {
        const words = sample(nth)
          .name.split(' ')
          .map((word) => `%${word}%`)
        return rowsOf(
          sql`select state from items where name ilike all(${words}::text[]) order by last_at desc limit 20`.execute(
            db,
          ),
        )
      },
    },
    {
      name: 'search by initials',
      paths: () => ['/api/search?q=sj'],
      plain: (db) =>
        rowsOf(sql`select state from items where name like '%手机%' order by last_at desc limit 20`.execute(db)),
    },
    {
      name: 'overdue list',
      paths: () => ['/api/loans?overdue=true'],
      plain: (db) =>
        rowsOf(
          sql`select state from loans where outstanding > 0 and due_at < now() order by due_at, id limit 100`.execute(
            db,
          ),
        ),
    },
    {
      name: 'store map',
      paths: (nth) => [`/api/stores/${sample(nth).store}/locations?limit=${SHELVES}`],
      plain: (db, nth) =>
        rowsOf(
          sql`select l.id, l.name, l.capacity, count(i.id) from locations l left join items i on i.location = l.id
            where l.store = ${sample(nth).store} group by l.id order by l.name limit ${SHELVES}`.execute(db),
        ),
    },
  ]
}
