import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { TALLY_RIGHTS } from '../database/tally-role.ts'
import type { Reader } from '../module.ts'
import { fault, type LedgerFault } from './fault.ts'

/** What guards the tables beside the code. Each is a line of words, so that two of them can be compared and named. */
export interface Guards {
  /** `table.trigger` and what it does. */
  readonly triggers: ReadonlyMap<string, string>
  /** Source of each trigger function by name. */
  readonly functions: ReadonlyMap<string, string>
  /** Rights of the running role by table. */
  readonly rights: ReadonlyMap<string, ReadonlySet<string>>
}

const DATABASE = 'database'
const COMMENT = /--.*$/gm
const FUNCTION = /create (?:or replace )?function (\w+)\(\) returns trigger language plpgsql as \$\$(.*?)\$\$;/gs
const TRIGGER =
  /create trigger (\w+) (before|after) ((?:insert|update|delete|truncate)(?: or (?:insert|update|delete|truncate))*) on (?:public\.)?(\w+) for each (row|statement) execute function (?:public\.)?(\w+)\(\)/gi
const GRANT = /grant ([a-z, ]+?) on ([\w,\s]+?) to :app_role;/g
const ON_SCHEMA = /^schema\s/

/** What migrations make of triggers and rights. `migrate` itself lets the running role see which of them landed. */
export function guardsOf(migrations: readonly string[]): Guards {
  const text = migrations.join('\n')
  const bare = text.replace(COMMENT, '').replace(/\s+/g, ' ')
  const rights = new Map([['migrations', new Set(['select'])]])
  for (const [, granted = '', tables = ''] of bare.matchAll(GRANT)) {
    if (ON_SCHEMA.test(tables)) continue
    for (const table of namesIn(tables)) {
      rights.set(table, new Set([...(rights.get(table) ?? []), ...namesIn(granted)]))
    }
  }
  return {
    triggers: new Map([...bare.matchAll(TRIGGER)].map(triggerOf)),
    functions: new Map([...text.matchAll(FUNCTION)].map(([, name = '', source = '']) => [name, source])),
    rights,
  }
}

function triggerOf([, name = '', when = '', events = '', table = '', each = '', does = '']: readonly string[]): [
  string,
  string,
] {
  const on = events.toLowerCase().split(' or ').sort().join(' or ')
  return [`${table}.${name}`, `${when} ${on} each ${each} ${does}`.toLowerCase()]
}

function namesIn(list: string): string[] {
  return list.split(',').map((name) => name.trim())
}

/**
 * Whether triggers, their functions and the rights on tables are those that the migrations made: whoever takes a guard away, does what it
 * forbids and puts nothing back is found here. Roles that may only read are no fault.
 * @param folder of the migrations
 */
export async function verifyGuards(db: Reader, folder: string): Promise<LedgerFault[]> {
  const landed = await sql<{ file: string }>`select file from migrations order by number`.execute(db)
  const migrations = await Promise.all(
    landed.rows.map(async ({ file }) => (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n')),
  )
  const guards = guardsOf(migrations)
  return [
    ...(await checkTriggers(db, guards)),
    ...(await checkFunctions(db, guards)),
    ...(await checkRights(db, guards)),
    ...(await checkDetours(db)),
  ]
}

/** Tables of ours, not of an extension. */
const OUR_TABLES = sql`
  c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`

async function checkTriggers(db: Reader, { triggers }: Guards): Promise<LedgerFault[]> {
  const found = await sql<{ place: string; definition: string; fires: boolean }>`
    select c.relname || '.' || t.tgname as place, pg_get_triggerdef(t.oid) as definition, t.tgenabled in ('O', 'A') as fires
    from pg_trigger t join pg_class c on c.oid = t.tgrelid where ${OUR_TABLES} and not t.tgisinternal order by 1
  `.execute(db)
  const there = new Map(found.rows.map((row) => [row.place, row]))
  const faults: LedgerFault[] = []
  for (const [place, does] of triggers) {
    const trigger = there.get(place)
    if (trigger === undefined) faults.push(guardFault(`触发器 ${place} 不见了`, `trigger ${place} is gone`))
    else if (!trigger.fires) faults.push(guardFault(`触发器 ${place} 被停用`, `trigger ${place} is switched off`))
    else if (![...trigger.definition.matchAll(TRIGGER)].some((match) => triggerOf(match)[1] === does))
      faults.push(guardFault(`触发器 ${place} 被改动`, `trigger ${place} was changed`))
  }
  for (const place of there.keys())
    if (!triggers.has(place))
      faults.push(guardFault(`多出触发器 ${place}`, `trigger ${place} was made by no migration`))
  return faults
}

async function checkFunctions(db: Reader, { functions }: Guards): Promise<LedgerFault[]> {
  const found = await sql<{ name: string; source: string }>`
    select proname as name, prosrc as source from pg_proc where pronamespace = 'public'::regnamespace and proname = any(${[...functions.keys()]}::text[])
  `.execute(db)
  const sources = new Map(found.rows.map(({ name, source }) => [name, source]))
  return [...functions]
    .filter(([name, source]) => sources.get(name) !== source)
    .map(([name]) => guardFault(`触发器函数 ${name} 被改动`, `trigger function ${name} was changed`))
}

const MAY_ONLY_READ = 'select'

async function checkRights(db: Reader, { rights }: Guards): Promise<LedgerFault[]> {
  const found = await sql<{ table: string; role: string; right: string; owns: boolean }>`
    with granted as (
      select c.relname::text as place, c.relname::text as table, c.relowner, c.relacl as acl from pg_class c where ${OUR_TABLES}
      union all
      select c.relname || '.' || a.attname, c.relname, c.relowner, a.attacl from pg_attribute a join pg_class c on c.oid = a.attrelid
      where ${OUR_TABLES} and a.attacl is not null
    )
    select g.place as table, coalesce(r.rolname, 'PUBLIC') as role, lower(x.privilege_type) as right,
      coalesce(pg_has_role(r.oid, g.relowner, 'member'), false) as owns
    from granted g cross join lateral aclexplode(g.acl) x left join pg_roles r on r.oid = x.grantee
    where x.grantee <> g.relowner order by 1, 2, 3
  `.execute(db)
  const faults: LedgerFault[] = []
  const runner = runningRole(found.rows.filter(({ table, right }) => rights.get(table)?.has(right) === true))
  const tally = tallyRole(found.rows, runner)
  for (const { table, role, right } of found.rows) {
    if (right === MAY_ONLY_READ || (role === runner && rights.get(table)?.has(right) === true)) continue
    if (role === tally && TALLY_RIGHTS.get(table)?.includes(right) === true) continue
    faults.push(
      guardFault(
        `角色 ${role} 对 ${table} 有 ${right} 权，任何迁移都没有授予`,
        `role ${role} may ${right} on ${table}, which no migration granted`,
      ),
    )
  }
  for (const role of new Set(found.rows.filter(({ owns }) => owns).map((row) => row.role)))
    faults.push(
      guardFault(
        `角色 ${role} 具有表所有者的权力，触发器和权限都拦不住它`,
        `role ${role} has an owner's power over the tables: neither triggers nor rights stop it`,
      ),
    )
  for (const [table, wanted] of rights)
    for (const right of wanted)
      if (!found.rows.some((row) => row.role === runner && row.table === table && row.right === right))
        faults.push(
          guardFault(`运行角色失去了对 ${table} 的 ${right} 权`, `the running role has lost ${right} on ${table}`),
        )
  return faults
}

/** The migrations grant everything to one role; it is told by holding the most of it, whatever the installation calls it. */
function runningRole(granted: readonly { readonly role: string }[]): string | undefined {
  const held = Map.groupBy(granted, ({ role }) => role)
  return [...held].toSorted(([, one], [, other]) => other.length - one.length)[0]?.[0]
}

/** Who counts ballots: the one role beside the running one that may take them out. Of two, neither is it. */
function tallyRole(
  granted: readonly { readonly table: string; readonly role: string; readonly right: string }[],
  runner: string | undefined,
): string | undefined {
  const takers = granted.filter(
    ({ table, role, right }) => table === 'rating_ballots' && right === 'delete' && role !== runner,
  )
  return takers.length === 1 ? takers[0]?.role : undefined
}

/** Ways to make a table answer or take something else than what stands in it; no migration makes any. */
async function checkDetours(db: Reader): Promise<LedgerFault[]> {
  const found = await sql<{ table: string; what: 'rule' | 'policy' }>`
    select c.relname as table, 'rule' as what from pg_rewrite w join pg_class c on c.oid = w.ev_class where ${OUR_TABLES}
    union select c.relname, 'policy' from pg_class c where ${OUR_TABLES} and c.relrowsecurity
    order by 1, 2
  `.execute(db)
  return found.rows.map(({ table, what }) =>
    what === 'rule'
      ? guardFault(`表 ${table} 上多出改写规则`, `table ${table} has a rewrite rule`)
      : guardFault(`表 ${table} 上开启了行级策略`, `table ${table} has row security switched on`),
  )
}

function guardFault(zh: string, en: string): LedgerFault {
  return fault(DATABASE, null, zh, en)
}
