import { sql } from 'kysely'
import { Type } from 'typebox'
import type { Trx } from '../database/connect.ts'
import { loadStates } from '../ledger/project.ts'
import type { Reader } from '../module.ts'
import {
  type Circumstances,
  type Command,
  type Decision,
  handler,
  type Handler,
  type Module,
  type Post,
  projection,
  SYSTEM,
} from '../module.ts'
import { allAddressesOf } from '../outbox/addresses.ts'
import { exactly, id, orNull, secretKind, text, uuid } from '../schemas.ts'
import { type BreakGlass, breakGlass, brokenGlass, GLASS_DEEDS, type GlassDeed } from './glass.ts'
import { type RequireSecondFactor, requireSecondFactor, signInPolicies } from './sign-in-policy.ts'
import { isTaking, rolesHeld, type RolesHeld } from './remaining.ts'
import { ERASURE_GROUNDS, type ErasureGround } from './erasing.ts'
import { evolvePerson, evolveStore, evolveUnit, noPerson, noStore, noUnit } from './evolve.ts'
import {
  ADMINISTRATORS,
  decide,
  ORG_REGISTER,
  type OrgCommand,
  type OrgState,
  type Person,
  type Store,
  type Unit,
  UNIT_LEVELS,
  type UnitKind,
  type UnitLevel,
} from './org.ts'
import {
  type Change,
  commandOf,
  confirm,
  decline,
  findProposal,
  type Proposal,
  proposals,
  propose,
} from './proposals.ts'
import { PRESENT, type Present, saidOfPresent, saidOnPapers } from './presences.ts'
import { specialAccount } from './special-accounts.ts'
import { loadUpload, uploadAddress, uploads } from './upload.ts'
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
      rows: (person: string, state: Person) =>
        state.badges.map(({ badge, active, until }) => ({ person, badge, active, good_until: until ?? null })),
    },
  ],
}

const NO_ROLES: RolesHeld = { now: new Set(), then: new Set() }

async function load(trx: Trx, command: OrgCommand, { at }: Circumstances): Promise<OrgState> {
  const unitIds = command.type === 'org.add-unit' ? [command.unit, command.parent ?? ''] : []
  if (command.type === 'org.move-unit') unitIds.push(command.unit, ...(await upFrom(trx, command.parent)))
  if (command.type === 'org.open-store' || command.type === 'org.add-person' || command.type === 'org.set-unit-level')
    unitIds.push(command.unit)
  if (command.type === 'org.name-account' || command.type === 'org.end-account') unitIds.push(command.unit)
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
    providerHolder: command.type === 'org.link-provider' ? await linkedTo(trx, command) : null,
    roles: isTaking(command) ? await rolesHeld(trx, command, at) : NO_ROLES,
    addresses: command.type === 'org.erase-name' ? await allAddressesOf(trx, command.person) : [],
    present: await saidOf(trx, command),
    upload: command.type === 'org.set-upload' || command.type === 'org.stop-upload' ? await loadUpload(trx) : null,
  }
}

/** Whom an account at the provider of identities is linked with; null when with nobody. */
export async function linkedTo(
  db: Reader,
  { issuer, account }: { readonly issuer: string; readonly account: string },
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from people where state @> ${JSON.stringify({ provider: { issuer, account } })}::jsonb
  `.execute(db)
  return rows[0]?.id ?? null
}

/** What an erasure would take, by what it names; nothing for every other command. */
async function saidOf(trx: Trx, command: OrgCommand): Promise<OrgState['present']> {
  if (command.type === 'org.erase-presence') return saidOfPresent(trx, command.items, command.whose)
  return command.type === 'org.erase-papers' ? saidOnPapers(trx, command.papers) : new Map()
}

/** A unit and all that are above it. */
async function upFrom(trx: Trx, unit: string): Promise<string[]> {
  const found = await sql<{ id: string }>`
    with recursive up as (
      select id, parent from units where id = ${unit} union select u.id, u.parent from up join units u on u.id = up.parent
    ) select id from up
  `.execute(trx)
  return found.rows.map(({ id: above }) => above)
}

const name = text(60)
export const badge = Type.String({ pattern: '^[A-Z0-9-]{4,32}$' })
const POSTS = [
  'officer',
  'custodian',
  'approver',
  'supervisor',
  'clerk',
  'manager',
  ...ADMINISTRATORS,
] as const satisfies Post[]
export const post = Type.Unsafe<Post>(Type.Enum([...POSTS]))
export const unitKind = Type.Unsafe<UnitKind>(
  Type.Enum(['organ', 'department', 'keeping', 'supervision', 'hall'] satisfies UnitKind[]),
)
export const unitLevel = Type.Unsafe<UnitLevel>(Type.Enum([...UNIT_LEVELS]))
const keyed = Type.String({ pattern: '^[A-Za-z0-9+/]{43}=$' })

export const ground = Type.Unsafe<ErasureGround>(Type.Enum([...ERASURE_GROUNDS]))
/** The number of a decision, as papers carry it: `云纪办〔2026〕12号`. */
const document = Type.String({ pattern: '^(?=.*\\d)[\\p{Script=Han}A-Za-z0-9〔〕（）()\\[\\]._/-]{4,40}$' })

/** Items of an erasure: those of one taking, as a rule. */
const ERASED_ITEMS_MAX = 200
const presence = {
  items: Type.Array(Type.String({ pattern: '^[0-9A-Z]{14}$' }), {
    minItems: 1,
    maxItems: ERASED_ITEMS_MAX,
    uniqueItems: true,
  }),
  whose: Type.Array(Type.Unsafe<Present>(Type.Enum([...PRESENT])), { minItems: 1, uniqueItems: true }),
  ...{ ground, document },
}

/** Papers of an erasure. */
const ERASED_PAPERS_MAX = 50
/** By their numbers, `问〔2026〕02-0001号`. */
const papers = {
  papers: Type.Array(Type.String({ pattern: '^\\p{Script=Han}{1,2}〔\\d{4}〕[0-9A-Z]{2}-\\d{4,7}号$' }), {
    minItems: 1,
    maxItems: ERASED_PAPERS_MAX,
    uniqueItems: true,
  }),
  ...{ ground, document },
}

/** What takes two administrators. */
export const changeSchema = Type.Unsafe<Change>(
  Type.Union([
    Type.Object({ command: Type.Literal('org.deal-secret'), person: id, kind: secretKind }, exactly),
    Type.Object({ command: Type.Literal('org.issue-badge'), person: id, badge }, exactly),
    Type.Object({ command: Type.Literal('org.appoint'), person: id, post, place: id }, exactly),
    Type.Object({ command: Type.Literal('org.reactivate'), person: id }, exactly),
    Type.Object({ command: Type.Literal('org.erase-name'), person: id, ground, document }, exactly),
    Type.Object({ command: Type.Literal('org.erase-presence'), ...presence }, exactly),
    Type.Object({ command: Type.Literal('org.erase-papers'), ...papers }, exactly),
    Type.Object({ command: Type.Literal('org.set-upload'), url: uploadAddress }, exactly),
    Type.Object({ command: Type.Literal('org.name-account'), unit: id, account: specialAccount }, exactly),
  ]),
)

function org(schema: Parameters<typeof Type.Object>[0], posts: Handler['posts']): Handler {
  return handler<OrgCommand, OrgState>({
    schema: Type.Object(schema, exactly),
    posts,
    registers: async () => [ORG_REGISTER],
    load,
    decide,
  })
}

type Propose = Command & { readonly change: Change }
type Decide = Command & { readonly proposal: string }
type Decided = OrgState & { readonly proposal: Proposal | null }

const proposing = handler<Propose, OrgState>({
  schema: Type.Object({ change: changeSchema }, exactly),
  posts: ['system-admin', 'security-admin'],
  registers: async () => [ORG_REGISTER],
  load: (trx, { change }, circumstances) => load(trx, commandOf(change), circumstances),
  decide: (state, { change }, circumstances) => propose(state, change, circumstances),
})

/** The register's lock keeps two who decide one proposal apart. */
function deciding(decideOn: (state: Decided, command: Decide, circumstances: Circumstances) => Decision): Handler {
  return handler<Decide, Decided>({
    schema: Type.Object({ proposal: uuid }, exactly),
    posts: ADMINISTRATORS,
    registers: async () => [ORG_REGISTER],
    load: async (trx, command, circumstances) => {
      const proposal = await findProposal(trx, command.proposal)
      const state = proposal === null ? nothing : await load(trx, commandOf(proposal.change), circumstances)
      return { ...state, proposal }
    },
    decide: decideOn,
  })
}

const breaking = handler<BreakGlass, { readonly known: boolean }>({
  schema: Type.Object(
    {
      deed: Type.Unsafe<GlassDeed>(Type.Enum([...GLASS_DEEDS])),
      person: id,
      reason: text(500, 4),
    },
    exactly,
  ),
  posts: [SYSTEM],
  registers: async () => [ORG_REGISTER],
  load: async (trx, { person }) => ({ known: (await loadStates(trx, people, [person])).has(person) }),
  decide: breakGlass,
})

const requiring = handler<RequireSecondFactor, null>({
  schema: Type.Object({ posts: Type.Array(post, { maxItems: POSTS.length, uniqueItems: true }) }, exactly),
  posts: ['security-admin', SYSTEM],
  registers: async () => [ORG_REGISTER],
  load: async () => null,
  decide: requireSecondFactor,
})

const nothing: OrgState = {
  units: new Map(),
  stores: new Map(),
  people: new Map(),
  loginHolder: null,
  badgeHolder: null,
  providerHolder: null,
  roles: NO_ROLES,
  addresses: [],
  present: new Map(),
  upload: null,
}

/**
 * The system administrator sets up, the security administrator authorises; `system` does both at the very first start. What could let one act
 * as another, every appointment, and an inactive person's return take two administrators (proposals.ts); what only takes rights away takes one,
 * as long as two administrator roles stay with somebody who can sign in (remaining.ts).
 */
export const organisationModule: Module = {
  name: 'org',
  handlers: {
    'org.add-unit': org(
      {
        unit: id,
        name,
        kind: unitKind,
        parent: orNull(id),
        level: Type.Optional(unitLevel),
      },
      ['system-admin', SYSTEM],
    ),
    'org.set-unit-level': org({ unit: id, level: unitLevel }, ['system-admin', SYSTEM]),
    'org.move-unit': org({ unit: id, parent: id }, ['system-admin', SYSTEM]),
    'org.open-store': org({ store: id, name, unit: id }, ['system-admin', SYSTEM]),
    'org.add-person': org({ person: id, login: id, name, unit: id }, ['system-admin', SYSTEM]),
    'org.deactivate': org({ person: id }, ['system-admin', SYSTEM]),
    'org.reactivate': org({ person: id }, [SYSTEM]),
    'org.erase-name': org({ person: id, ground, document }, []),
    'org.erase-presence': org(presence, []),
    'org.erase-papers': org(papers, []),
    'org.set-upload': org({ url: uploadAddress }, []),
    'org.stop-upload': org({}, ['system-admin', 'security-admin']),
    'org.name-account': org({ unit: id, account: specialAccount }, []),
    'org.end-account': org({ unit: id, account: specialAccount }, ['system-admin', 'security-admin']),
    'org.appoint': org({ person: id, post, place: id }, [SYSTEM]),
    'org.end-appointment': org({ person: id, post, place: id }, ['security-admin', SYSTEM]),
    'org.issue-badge': org({ person: id, badge }, [SYSTEM]),
    'org.revoke-badge': org({ person: id, badge }, ['system-admin', 'security-admin', SYSTEM]),
    'org.set-secret': org({ person: id, kind: secretKind, keyed }, [SYSTEM]),
    'org.deal-secret': org({ person: id, kind: secretKind }, [SYSTEM]),
    'org.change-secret': org({ person: id, kind: secretKind, keyed }, POSTS),
    'org.vouch-badge': org({ person: id, place: id, lost: Type.Boolean() }, ['custodian']),
    'org.unlock': org({ person: id }, ['security-admin', SYSTEM]),
    'org.set-second-factor': org({ person: id }, POSTS),
    'org.reset-second-factor': org({ person: id, reason: text(500, 4) }, ['security-admin', SYSTEM]),
    'org.link-provider': org({ person: id, issuer: Type.String({ maxLength: 300 }), account: keyed }, POSTS),
    'org.forget-provider': org({ person: id, reason: text(500, 4) }, ['security-admin', SYSTEM]),
    'org.require-second-factor': requiring,
    'org.break-glass': breaking,
    'org.propose': proposing,
    'org.confirm': deciding(confirm),
    'org.decline': deciding(decline),
  },
  projections: [
    projection(units),
    projection(stores),
    projection(people),
    projection(proposals),
    projection(brokenGlass),
    projection(uploads),
    projection(signInPolicies),
  ],
}
