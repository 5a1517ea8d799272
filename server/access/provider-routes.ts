import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { causeOf, type RouteDependencies } from '../http.ts'
import type { Keys } from '../keys.ts'
import { Refusal } from '../refusal.ts'
import { exactly, orNull } from '../schemas.ts'
import { ATTEMPT_MINUTES, type Provider } from './provider.ts'
import { enterThroughProvider } from './provider-sign-in.ts'
import { cookieName, newSession, personCard, sessionCookie } from './routes.ts'
import type { UnsignedLog } from './unsigned.ts'

export interface ProviderRouteOptions extends RouteDependencies {
  readonly keys: Keys
  readonly secure: boolean
  readonly unsigned: UnsignedLog
  /** Null: nobody signs in elsewhere. */
  readonly provider: Provider | null
}

const tags = ['access']
const PATH = '/api/session/provider'

/** Signing in through the organ's own provider of identities (OpenID Connect Core 1.0, authorization code with PKCE). */
export const providerRoutes: FastifyPluginAsyncTypebox<ProviderRouteOptions> = async (
  app,
  { db, actWithin, signIn, activity, keys, now, secure, unsigned, provider },
) => {
  const cookie = sessionCookie(secure)
  const attempts = `${cookieName(secure)}-attempt`
  const known = (): Provider => {
    if (provider === null) throw new Refusal('access.provider-off')
    return provider
  }

  app.get(
    PATH,
    {
      schema: {
        tags,
        description: 'What the provider of identities is called here; null where people sign in here alone.',
        security: [],
        response: { 200: Type.Object({ name: orNull(Type.String()) }, exactly) },
      },
    },
    async () => ({ name: provider?.name ?? null }),
  )

  app.post(
    `${PATH}/attempts`,
    {
      schema: {
        tags,
        description: 'Begins an attempt: where the browser goes now. A cookie keeps what its return is compared with.',
        security: [],
        response: { 200: Type.Object({ address: Type.String() }, exactly) },
      },
    },
    async (_request, reply) => {
      const { address, attempt } = await known().begin()
      reply.setCookie(attempts, attempt, { ...cookie, maxAge: ATTEMPT_MINUTES * 60 })
      return { address }
    },
  )

  app.post(
    PATH,
    {
      schema: {
        tags,
        description:
          'The return: `query` is that of the address which the provider sent the browser to. The attempt is over with it.',
        security: [],
        body: Type.Object({ query: Type.String({ maxLength: 8_000 }) }, exactly),
        response: { 200: newSession },
      },
    },
    async (request, reply) => {
      const record = { at: now(), kind: 'sign-in', station: null, about: 'provider' } as const
      const there = known()
      reply.clearCookie(attempts, { path: '/' })
      try {
        const proved = await there.finish(request.cookies[attempts] ?? null, request.body.query)
        const { person, token } = await enterThroughProvider({ db, actWithin, signIn, pepper: keys.pepper }, proved, {
          provider: there.name,
          cause: causeOf(request),
          at: now(),
        })
        await activity.record({ ...record, person, outcome: 'ok' })
        reply.setCookie(cookieName(secure), token, cookie)
        return { token, person: await personCard({ db, now }, person, null) }
      } catch (error) {
        if (error instanceof Refusal)
          await unsigned.record(request.ip, { ...record, person: null, outcome: error.code })
        throw error
      }
    },
  )
}
