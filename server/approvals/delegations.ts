import { sql } from 'kysely'
import { type Static, Type } from 'typebox'
import { loadActor } from '../access/actor.ts'
import { loadStates } from '../ledger/project.ts'
import {
  type Actor,
  type Circumstances,
  type Command,
  type Decision,
  type Fact,
  handler,
  type Handler,
  type Projection,
  type Reader,
} from '../module.ts'
import { isAdministrator, ORG_REGISTER } from '../org/org.ts'
import '../org/tables.ts'
import { Refusal } from '../refusal.ts'
import { exactly, id, orNull, uuid } from '../schemas.ts'
import './tables.ts'

/** The longest absence that one deputy covers. The house's own number: no law fixes it. */
const DEPUTY_DAYS_MAX = 90
const MS_A_DAY = 86_400_000
const COMMANDS_MOST = 20

/** 代理: who decides in whose place, where, from when to when and over what. */
export type Delegation = {
  readonly id: string
  readonly principal: string
  readonly deputy: string
  /** Where the principal is an approver. */
  readonly place: string
  readonly from: string
  readonly to: string
  /** Deeds it covers; null: whatever he may decide. */
  readonly commands: readonly string[] | null
  readonly endedAt: string | null
}

/** The facts, in the register of the organisation. */
export type DelegationFacts = {
  /** `delegation/<uuid>`: an approver lets somebody stand in for him. */
  'approvals.delegated': Omit<Delegation, 'id' | 'principal' | 'endedAt'>
  /** `delegation/<uuid>`: it ends before its time. */
  'approvals.delegation-ended': Record<never, never>
}

export const delegations: Projection<Delegation | null> = {
  kind: 'delegation',
  table: 'delegations',
  initial: null,
  evolve: (state, fact: Fact): Delegation | null => {
    if (fact.type === 'approvals.delegated') {
      const { subject, ...body } = fact.body as unknown as DelegationFacts['approvals.delegated'] & { subject: string }
      const { deputy, place, from, to, commands } = body
      const its = { id: subject.slice('delegation/'.length), principal: fact.actor, endedAt: null }
      return { ...its, deputy, place, from, to, commands }
    }
    return state !== null && fact.type === 'approvals.delegation-ended' ? { ...state, endedAt: fact.at } : state
  },
  columns: (_id, state) => {
    if (state === null) throw new Error('a delegation begins with its fact')
    const { principal, deputy, place, from, to, endedAt } = state
    return { principal, deputy, place, from_at: from, to_at: endedAt !== null && endedAt < to ? endedAt : to }
  },
}

const moment = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$' })
const commandName = Type.String({ pattern: '^[a-z][a-z-]{1,40}$' })
export const delegationBody = Type.Object(
  {
    ...{ deputy: id, place: id, from: moment, to: moment },
    commands: orNull(Type.Array(commandName, { minItems: 1, maxItems: COMMANDS_MOST, uniqueItems: true })),
  },
  exactly,
)

type Delegate = Command & Static<typeof delegationBody>
type End = Command & { readonly delegation: string }
interface DeputyState {
  /** Null where nobody is known and active by that name. */
  readonly deputy: Actor | null
}

/**
 * An approver lets somebody stand in for a post that he holds himself: nobody passes on what was lent to him.
 * @throws Refusal `approvals.not-principal`, `approvals.not-deputy`, `approvals.deputy-term`
 */
function delegate({ deputy }: DeputyState, command: Delegate, { actor, at, mint }: Circumstances): Decision {
  const { place, from, to, commands } = command
  if (!actor.appointments.some((held) => held.post === 'approver' && held.place === place))
    throw new Refusal('approvals.not-principal', { place })
  if (deputy === null || deputy.person === actor.person || deputy.appointments.length === 0 || administers(deputy))
    throw new Refusal('approvals.not-deputy', { person: command.deputy })
  const longest = new Date(Date.parse(at) + DEPUTY_DAYS_MAX * MS_A_DAY).toISOString()
  if (from >= to || to <= at || to > longest) throw new Refusal('approvals.deputy-term', { days: DEPUTY_DAYS_MAX })
  const body: DelegationFacts['approvals.delegated'] = { deputy: deputy.person, place, from, to, commands }
  const made = mint.id()
  return {
    facts: [
      { register: ORG_REGISTER, type: 'approvals.delegated', subject: `delegation/${made}`, body: { v: 1, ...body } },
    ],
    result: { id: made },
  }
}

function administers({ appointments }: Actor): boolean {
  return appointments.some(({ post }) => isAdministrator(post))
}

/** The principal ends it, or the deputy lays it down. */
function end(state: Delegation | null, command: End, { actor, at }: Circumstances): Decision {
  const mine = state !== null && [state.principal, state.deputy].includes(actor.person)
  if (!mine || state.endedAt !== null || state.to <= at)
    throw new Refusal('approvals.deputy-ended', { delegation: command.delegation })
  const subject = `delegation/${state.id}`
  return { facts: [{ register: ORG_REGISTER, type: 'approvals.delegation-ended', subject, body: { v: 1 } }] }
}

const inOrg = async (): Promise<string[]> => [ORG_REGISTER]

export const delegationHandlers: Readonly<Record<string, Handler>> = {
  'approvals.delegate': handler<Delegate, DeputyState>({
    schema: delegationBody,
    posts: ['approver'],
    registers: inOrg,
    load: async (trx, { deputy }, { at }) => ({ deputy: await activeActor(trx, deputy, at) }),
    decide: delegate,
  }),
  'approvals.end-delegation': handler<End, Delegation | null>({
    schema: Type.Object({ delegation: uuid }, exactly),
    posts: ['officer', 'custodian', 'clerk', 'manager', 'approver', 'supervisor'],
    registers: inOrg,
    load: async (trx, { delegation }) =>
      (await loadStates(trx, delegations, [delegation], { lock: true })).get(delegation) ?? null,
    decide: end,
  }),
}

async function activeActor(db: Reader, person: string, at: string): Promise<Actor | null> {
  const found = await db.selectFrom('people').select('active').where('id', '=', person).executeTakeFirst()
  return found?.active === true ? loadActor(db, person, at) : null
}

/** Where somebody stands in for an approver who still is one there, and over which deeds; null: whatever the other may decide. */
export async function lentTo(
  db: Reader,
  deputy: string,
  at: string,
): Promise<{ readonly place: string; readonly commands: readonly string[] | null }[]> {
  const found = await sql<{ place: string; commands: readonly string[] | null }>`
    select d.place, nullif(d.state -> 'commands', 'null') as commands from delegations d
    join appointments a on a.person = d.principal and a.post = 'approver' and a.place = d.place
    join people p on p.id = d.principal and p.active
    where d.deputy = ${deputy} and d.from_at <= ${at}::timestamptz and d.to_at > ${at}::timestamptz
      and a.from_at <= ${at}::timestamptz and (a.to_at is null or a.to_at > ${at}::timestamptz)
  `.execute(db)
  return found.rows
}

/** Delegations by which somebody stands in at a moment. */
async function standingIn(db: Reader, deputy: string, at: string): Promise<Delegation[]> {
  const found = await sql<{ state: Delegation }>`
    select state from delegations
    where deputy = ${deputy} and from_at <= ${at}::timestamptz and to_at > ${at}::timestamptz order by id
  `.execute(db)
  return found.rows.map(({ state }) => state)
}

/**
 * For whom somebody stands in over a deed, each as an approver where he lent that post and nowhere else: who has lost it meanwhile, or is not
 * active, has nothing to lend any more.
 */
export async function absentFor(db: Reader, deputy: string, command: string, at: string): Promise<Actor[]> {
  const lent = (await standingIn(db, deputy, at)).filter(({ commands }) => commands?.includes(command) ?? true)
  const actors = await Promise.all(
    lent.map(async ({ principal, place }) => {
      const actor = await activeActor(db, principal, at)
      const appointments = actor?.appointments.filter((held) => held.post !== 'approver' || held.place === place) ?? []
      return actor !== null && appointments.some(({ post }) => post === 'approver') ? [{ ...actor, appointments }] : []
    }),
  )
  return actors.flat()
}

/** Delegations that somebody gave or was given, the newest first. */
export async function delegationsOf(
  db: Reader,
  person: string,
  { limit, after }: { readonly limit: number; readonly after: string | null },
): Promise<Delegation[]> {
  const found = await sql<{ state: Delegation }>`
    select state from delegations
    where (principal = ${person} or deputy = ${person}) and (${after}::text is null or id < ${after})
    order by id desc limit ${limit}
  `.execute(db)
  return found.rows.map(({ state }) => state)
}
