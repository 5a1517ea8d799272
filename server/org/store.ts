import { sql } from 'kysely'
import { Type } from 'typebox'
import type { Trx } from '../database/connect.ts'
import { loadStates } from '../ledger/project.ts'
import { handler, type Handler, type Module, type Post, projection, SYSTEM } from '../module.ts'
import {
  decide,
  evolvePerson,
  evolveStore,
  evolveUnit,
  noPerson,
  noStore,
  noUnit,
  ORG_REGISTER,
  type OrgCommand,
  type OrgState,
  type Person,
  type Store,
  type Unit,
} from './org.ts'
import './tables.ts'

const units = {
  kind: 'unit',
  table: 'units',
  initial: noUnit,
  evolve: evolveUnit,
  columns: (_id: string, { name, kind, parent }: Unit) => ({ name, kind, parent }),
}

const stores = {
  kind: 'store',
  table: 'stores',
  initial: noStore,
  evolve: evolveStore,
  columns: (_id: string, { name, unit }: Store) => ({ name, unit }),
}

const people = {
  kind: 'person',
  table: 'people',
  initial: noPerson,
  evolve: evolvePerson,
  columns: (_id: string, { login, name, unit, active }: Person) => ({ login, name_ref: name.ref, unit, active }),
  parts: [
    {
      table: 'appointments',
      key: ['person', 'post', 'place', 'from_at'],
      rows: (person: string, state: Person) =>
        state.appointments.map(({ post, place, from, to }) => ({ person, post, place, from_at: from, to_at: to })),
    },
    {
      table: 'badges',
      key: ['person', 'badge'],
      rows: (person: string, state: Person) => state.badges.map(({ badge, active }) => ({ person, badge, active })),
    },
  ],
}

async function load(trx: Trx, command: OrgCommand): Promise<OrgState> {
  const unitIds = command.type === 'org.add-unit' ? [command.unit, command.parent ?? ''] : []
  if (command.type === 'org.open-store' || command.type === 'org.add-person') unitIds.push(command.unit)
  if (command.type === 'org.appoint') unitIds.push(command.place)
  const storeIds =
    command.type === 'org.open-store' ? [command.store] : command.type === 'org.appoint' ? [command.place] : []
  const personIds = 'person' in command ? [command.person] : []
  const holder = async (
    table: 'people' | 'badges',
    column: string,
    value: string,
    active: boolean,
  ): Promise<string | null> => {
    const id = table === 'people' ? 'id' : 'person'
    const found = await sql<{ id: string }>`
      select ${sql.ref(id)} as id from ${sql.table(table)} where ${sql.ref(column)} = ${value} ${active ? sql`and active` : sql``}
    `.execute(trx)
    return found.rows[0]?.id ?? null
  }
  return {
    units: await loadStates(trx, units, unitIds),
    stores: await loadStates(trx, stores, storeIds),
    people: await loadStates(trx, people, personIds, { lock: true }),
    loginHolder: command.type === 'org.add-person' ? await holder('people', 'login', command.login, false) : null,
    badgeHolder: 'badge' in command ? await holder('badges', 'badge', command.badge, true) : null,
  }
}

export const id = Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}$' })
const name = Type.String({ minLength: 1, maxLength: 60 })
const badge = Type.String({ pattern: '^[A-Z0-9-]{4,32}$' })
const post = Type.Union(
  (
    [
      'officer',
      'custodian',
      'approver',
      'supervisor',
      'clerk',
      'manager',
      'system-admin',
      'security-admin',
      'audit-admin',
    ] satisfies Post[]
  ).map((one) => Type.Literal(one)),
)

function org(schema: Parameters<typeof Type.Object>[0], posts: Handler['posts']): Handler {
  return handler<OrgCommand, OrgState>({
    schema: Type.Object(schema, { additionalProperties: false }),
    posts,
    registers: async () => [ORG_REGISTER],
    load,
    decide,
  })
}

/** The system administrator sets up, the security administrator authorises; `system` does both at the very first start. */
export const organisationModule: Module = {
  name: 'org',
  handlers: {
    'org.add-unit': org(
      {
        unit: id,
        name,
        kind: Type.Union(
          (['organ', 'department', 'keeping', 'supervision', 'hall'] as const).map((one) => Type.Literal(one)),
        ),
        parent: Type.Union([id, Type.Null()]),
      },
      ['system-admin', SYSTEM],
    ),
    'org.open-store': org({ store: id, name, unit: id }, ['system-admin', SYSTEM]),
    'org.add-person': org({ person: id, login: id, name, unit: id }, ['system-admin', SYSTEM]),
    'org.set-active': org({ person: id, active: Type.Boolean() }, ['system-admin', SYSTEM]),
    'org.appoint': org({ person: id, post, place: id }, ['security-admin', SYSTEM]),
    'org.end-appointment': org({ person: id, post, place: id }, ['security-admin', SYSTEM]),
    'org.issue-badge': org({ person: id, badge }, ['system-admin', SYSTEM]),
    'org.revoke-badge': org({ person: id, badge }, ['system-admin', 'security-admin', SYSTEM]),
    'org.set-secret': org(
      {
        person: id,
        kind: Type.Union([Type.Literal('password'), Type.Literal('pin')]),
        keyed: Type.String({ pattern: '^[A-Za-z0-9+/]{43}=$' }),
      },
      ['system-admin', SYSTEM],
    ),
  },
  projections: [projection(units), projection(stores), projection(people)],
}
