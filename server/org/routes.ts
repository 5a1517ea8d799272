import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type TSchema, Type } from 'typebox'
import { unlockSignIn } from '../access/credentials.ts'
import { forgetProvider } from '../access/provider-sign-in.ts'
import { resetSecondFactor } from '../access/second-factor.ts'
import { deactivate, revokeBadge, vouch } from '../access/withdraw.ts'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../http.ts'
import type { Keys } from '../keys.ts'
import { readPersonal } from '../ledger/personal.ts'
import { calledBy } from '../names.ts'
import { readAccounts } from './accounts.ts'
import { GLASS_DEEDS, type GlassDeed, recentGlass } from './glass.ts'
import { ADMINISTRATORS, appointmentsAt } from './org.ts'
import type { SecretStanding } from './protocol.ts'
import { done, exactly, facts, id, nextAfter, orNull, paged, pageOf, secretKind, uuid } from '../schemas.ts'
import { badge, ground, organisationModule, post, unitKind, unitLevel } from './store.ts'
import { readingFor } from './reading.ts'
import { postsWithSecondFactor } from './sign-in-policy.ts'
import { recentVouchings } from './vouching.ts'
import './tables.ts'

const tags = ['organisation']
const text = Type.String()
const byPage = Type.Object(paged(id), exactly)
const after = orNull(text)

const listedUnit = Type.Object(
  { id: text, name: text, kind: unitKind, parent: orNull(text), level: orNull(unitLevel), accounts: Type.Array(text) },
  exactly,
)
const listedStore = Type.Object({ id: text, name: text, unit: text }, exactly)
const listedPerson = Type.Object(
  {
    id: text,
    name: text,
    unit: text,
    active: Type.Boolean(),
    posts: Type.Array(Type.Object({ post, place: text }, exactly)),
  },
  exactly,
)
const vouchingId = Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}@2[0-9T:.-]{22}Z$' })
const vouching = Type.Object(
  {
    ...{ id: text, person: text, by: text, place: text, lost: Type.Boolean(), at: text, until: text },
    times: Type.Integer(),
  },
  exactly,
)
/** `Account` of protocol.ts. */
const account = Type.Object(
  {
    ...{ id: text, login: text, name: text, unit: text, active: Type.Boolean() },
    erased: orNull(Type.Object({ at: text, ground, document: text }, exactly)),
    appointments: Type.Array(Type.Object({ post, place: text, from: text, to: orNull(text) }, exactly)),
    badges: Type.Array(Type.Object({ badge: text, active: Type.Boolean() }, exactly)),
    secrets: Type.Array(
      Type.Object(
        {
          kind: secretKind,
          standing: Type.Unsafe<SecretStanding>(Type.Enum(['none', 'own', 'dealt', 'over'])),
          until: orNull(text),
        },
        exactly,
      ),
    ),
    secondFactor: orNull(text),
    provider: orNull(text),
    locks: Type.Array(Type.Object({ kind: secretKind, place: orNull(text), until: text }, exactly)),
  },
  exactly,
)
/** `ShownGlass` of protocol.ts. */
const glass = Type.Object(
  {
    ...{ id: text, person: text, reason: orNull(text), at: text },
    deed: Type.Unsafe<GlassDeed>(Type.Enum([...GLASS_DEEDS])),
  },
  exactly,
)
/** Who and what there is: units, stores, people with their posts. Anyone who is signed in may see it; administrators change it. */
export const organisationRoutes: FastifyPluginAsyncTypebox<RouteDependencies & { keys: Keys }> = async (app, deps) => {
  const { db, act, actWithin, now, keys } = deps
  const credentials = { db, actWithin, pepper: keys.pepper }

  app.get(
    '/api/units',
    {
      schema: {
        tags,
        querystring: byPage,
        response: { 200: Type.Object({ units: Type.Array(listedUnit), after }, exactly) },
      },
    },
    async (request) => {
      signedIn(request)
      const page = pageOf(request.query)
      const units = await db
        .selectFrom('units')
        .select(['id', 'name', 'kind', 'parent', 'state'])
        .where('id', '>', page.after ?? '')
        .orderBy('id')
        .limit(page.limit)
        .execute()
      return {
        units: units.map(({ state, ...unit }) => ({
          ...{ ...unit, level: state.level ?? null, accounts: [...(state.accounts ?? [])] },
        })),
        after: nextAfter(units, page, (unit) => unit.id),
      }
    },
  )

  app.get(
    '/api/stores',
    {
      schema: {
        tags,
        querystring: byPage,
        response: { 200: Type.Object({ stores: Type.Array(listedStore), after }, exactly) },
      },
    },
    async (request) => {
      signedIn(request)
      const page = pageOf(request.query)
      const stores = await db
        .selectFrom('stores')
        .select(['id', 'name', 'unit'])
        .where('id', '>', page.after ?? '')
        .orderBy('id')
        .limit(page.limit)
        .execute()
      return { stores, after: nextAfter(stores, page, (store) => store.id) }
    },
  )

  app.get(
    '/api/people',
    {
      schema: {
        tags,
        querystring: Type.Object({ unit: Type.Optional(id), ...paged(id) }, exactly),
        response: { 200: Type.Object({ people: Type.Array(listedPerson), after }, exactly) },
      },
    },
    async (request) => {
      signedIn(request)
      const { unit } = request.query
      const page = pageOf(request.query)
      const rows = await db
        .selectFrom('people')
        .select(['id', 'state', 'name_ref', 'unit', 'active'])
        .$if(unit !== undefined, (query) => query.where('unit', '=', unit ?? ''))
        .where('id', '>', page.after ?? '')
        .orderBy('id')
        .limit(page.limit)
        .execute()
      const names = await readPersonal(
        db,
        rows.map((row) => row.name_ref),
      )
      const at = now()
      return {
        people: rows.map((row) => ({
          id: row.id,
          name: calledBy(names.get(row.name_ref)),
          unit: row.unit,
          active: row.active,
          posts: appointmentsAt(row.state, at),
        })),
        after: nextAfter(rows, page, (row) => row.id),
      }
    },
  )

  /** `POST path` with the command's own body; what the path does not say, the handler's schema does. */
  const write = (path: string, type: string): void => {
    const body = organisationModule.handlers[type]?.schema as TSchema
    app.post(path, { schema: { tags, body, response: { 201: done } } }, async (request, reply) => {
      const answer = await act(whoOf(request), { type, ...(request.body as object) }, { cause: causeOf(request) })
      return reply.code(201).send({ facts: [...answer.facts] })
    })
  }
  write('/api/units', 'org.add-unit')
  write('/api/units/move', 'org.move-unit')
  write('/api/units/level', 'org.set-unit-level')
  write('/api/units/accounts/end', 'org.end-account')
  write('/api/stores', 'org.open-store')
  write('/api/people', 'org.add-person')
  write('/api/appointments/end', 'org.end-appointment')

  /** Reading as one of these posts; it is recorded who looked. */
  const mayRead = readingFor(deps)

  app.get(
    '/api/accounts',
    {
      schema: {
        tags,
        description:
          'Everybody with posts by date, badges, and how sign-in stands: for the three administrators. Nothing of what anybody works on.',
        querystring: byPage,
        response: { 200: Type.Object({ accounts: Type.Array(account), after }, exactly) },
      },
    },
    async (request) => {
      await mayRead(request, 'accounts', ADMINISTRATORS)
      const page = pageOf(request.query)
      const accounts = await readAccounts(db, page)
      return {
        after: nextAfter(accounts, page, (one) => one.id),
        accounts: accounts.map(({ appointments, badges, secrets, locks, ...one }) => ({
          ...one,
          ...{ appointments: [...appointments], badges: [...badges], secrets: [...secrets], locks: [...locks] },
        })),
      }
    },
  )

  app.post(
    '/api/people/deactivate',
    { schema: { tags, body: Type.Object({ person: id }, exactly), response: { 201: done } } },
    async (request, reply) => {
      const options = { cause: causeOf(request), at: now() }
      return reply
        .code(201)
        .send({ facts: [...(await deactivate(credentials, whoOf(request), request.body, options))] })
    },
  )

  app.post(
    '/api/badges/revoke',
    { schema: { tags, body: Type.Object({ person: id, badge }, exactly), response: { 201: done } } },
    async (request, reply) => {
      const options = { cause: causeOf(request), at: now() }
      return reply
        .code(201)
        .send({ facts: [...(await revokeBadge(credentials, whoOf(request), request.body, options))] })
    },
  )

  app.get(
    '/api/broken-glass',
    {
      schema: {
        tags,
        description:
          'What the operator of the machine did without a second administrator in the last 30 days, and why.',
        querystring: Type.Object(paged(uuid), exactly),
        response: { 200: Type.Object({ glass: Type.Array(glass), after }, exactly) },
      },
    },
    async (request) => {
      await mayRead(request, 'broken-glass', ['supervisor', ...ADMINISTRATORS])
      const page = pageOf(request.query)
      const found = await recentGlass(db, now(), page)
      return { glass: found, after: nextAfter(found, page, (one) => one.id) }
    },
  )

  app.post(
    '/api/badges/vouch',
    {
      schema: {
        tags,
        description:
          'A custodian vouches for another of the same store who has no badge today; a lost one is blocked at once.',
        body: Type.Object({ person: id, place: id, lost: Type.Boolean() }, exactly),
        response: { 201: Type.Object({ facts, login: text, until: text }, exactly) },
      },
    },
    async (request, reply) => {
      const options = { cause: causeOf(request), at: now() }
      const { facts: written, login, until } = await vouch(credentials, whoOf(request), request.body, options)
      return reply.code(201).send({ facts: [...written], login, until })
    },
  )

  app.get(
    '/api/vouchings',
    {
      schema: {
        tags,
        description: 'Who went without a badge in the last 30 days, and who vouched for him.',
        querystring: Type.Object(paged(vouchingId), exactly),
        response: { 200: Type.Object({ vouchings: Type.Array(vouching), after }, exactly) },
      },
    },
    async (request) => {
      await mayRead(request, 'vouchings', ['supervisor', ...ADMINISTRATORS])
      const page = pageOf(request.query)
      const found = await recentVouchings(db, now(), page)
      return { vouchings: found, after: nextAfter(found, page, (one) => one.id) }
    },
  )

  app.post(
    '/api/people/:person/unlock',
    { schema: { tags, params: Type.Object({ person: id }, exactly), response: { 204: Type.Null() } } },
    async (request, reply) => {
      await unlockSignIn(credentials, whoOf(request), request.params.person, { cause: causeOf(request), at: now() })
      return reply.code(204).send(null)
    },
  )

  const policy = Type.Object({ secondFactor: Type.Array(post, { uniqueItems: true }) }, exactly)

  app.get(
    '/api/sign-in-policy',
    {
      schema: {
        tags,
        description: 'The posts that sign in by password with a one-time code alone: for the three administrators.',
        response: { 200: policy },
      },
    },
    async (request) => {
      await mayRead(request, 'sign-in-policy', ADMINISTRATORS)
      return { secondFactor: [...(await postsWithSecondFactor(db))] }
    },
  )

  app.put(
    '/api/sign-in-policy',
    {
      schema: {
        tags,
        description:
          'Decides which posts those are, at once: who holds one and has set no app up can do nothing but that. None lifts it.',
        body: policy,
        response: { 200: done },
      },
    },
    async (request) => {
      const command = { type: 'org.require-second-factor', posts: request.body.secondFactor }
      const answer = await act(whoOf(request), command, { cause: causeOf(request), at: now() })
      return { facts: [...answer.facts] }
    },
  )

  app.post(
    '/api/people/:person/second-factor/reset',
    {
      schema: {
        tags,
        description:
          'Of somebody who has lost his authenticator app: signing in asks for no code until he sets up another.',
        params: Type.Object({ person: id }, exactly),
        body: Type.Object({ reason: Type.String({ minLength: 4, maxLength: 500 }) }, exactly),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const of = { person: request.params.person, reason: request.body.reason }
      await resetSecondFactor(deps, whoOf(request).person, of, { cause: causeOf(request), at: now() })
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/api/people/:person/provider/forget',
    {
      schema: {
        tags,
        description:
          'Of somebody whose account at the provider of identities is another now: his next sign-in through it links the new one.',
        params: Type.Object({ person: id }, exactly),
        body: Type.Object({ reason: Type.String({ minLength: 4, maxLength: 500 }) }, exactly),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const of = { person: request.params.person, reason: request.body.reason }
      await forgetProvider(deps, whoOf(request).person, of, { cause: causeOf(request), at: now() })
      return reply.code(204).send(null)
    },
  )
}
