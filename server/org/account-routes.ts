import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { unlockSignIn } from '../access/credentials.ts'
import { forgetProvider } from '../access/provider-sign-in.ts'
import { resetSecondFactor } from '../access/second-factor.ts'
import { deactivate, revokeBadge, vouch } from '../access/withdraw.ts'
import { causeOf, type RouteDependencies, whoOf } from '../http.ts'
import type { Keys } from '../keys.ts'
import { readAccounts } from './accounts.ts'
import { GLASS_DEEDS, type GlassDeed, recentGlass } from './glass.ts'
import { ADMINISTRATORS } from './org.ts'
import type { SecretStanding } from './protocol.ts'
import { done, exactly, facts, id, nextAfter, orNull, paged, pageOf, secretKind, uuid } from '../schemas.ts'
import { badge, ground, post } from './store.ts'
import { readingFor } from './reading.ts'
import { postsWithSecondFactor } from './sign-in-policy.ts'
import { recentVouchings } from './vouching.ts'
import './tables.ts'

const tags = ['organisation']
const text = Type.String()
const after = orNull(text)

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

/** The accounts of people and how they sign in, their badges, and what was done to either without a second hand: for administrators. */
export const accountRoutes: FastifyPluginAsyncTypebox<RouteDependencies & { keys: Keys }> = async (app, deps) => {
  const { db, act, actWithin, now, keys } = deps
  const credentials = { db, actWithin, pepper: keys.pepper }

  /** Reading as one of these posts; it is recorded who looked. */
  const mayRead = readingFor(deps)

  app.get(
    '/api/accounts',
    {
      schema: {
        tags,
        description:
          'Everybody with posts by date, badges, and how sign-in stands: for the three administrators. Nothing of what anybody works on.',
        querystring: Type.Object(paged(id), exactly),
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
