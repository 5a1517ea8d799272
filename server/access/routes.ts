import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { RouteDependencies } from '../http.ts'
import { signedIn } from '../http.ts'
import { readPersonal } from '../ledger/personal.ts'
import { Refusal } from '../refusal.ts'
import { loadActor } from './actor.ts'
import type { Credentials } from './sign-in.ts'

export interface AccessRouteOptions extends RouteDependencies {
  /** Cookies are `Secure` and carry the `__Host-` prefix when the site is served over TLS. */
  readonly secure: boolean
}

const text = Type.String({ minLength: 1, maxLength: 128 })

export function cookieName(secure: boolean): string {
  return secure ? '__Host-clearhold' : 'clearhold'
}

/** Signing in and out, and who one is. */
export const accessRoutes: FastifyPluginAsyncTypebox<AccessRouteOptions> = async (
  app,
  { db, signIn, activity, now, secure },
) => {
  const card = async (person: string) => {
    const actor = await loadActor(db, person, now())
    const row = await db
      .selectFrom('people')
      .select(['name_ref', 'unit'])
      .where('id', '=', person)
      .executeTakeFirstOrThrow()
    const names = await readPersonal(db, [row.name_ref])
    return {
      id: person,
      name: String(names.get(row.name_ref) ?? person),
      unit: row.unit,
      posts: actor.appointments.map(({ post, place }) => ({ post, place })),
    }
  }

  app.post(
    '/api/session',
    {
      schema: {
        tags: ['access'],
        body: Type.Union([
          Type.Object({ login: text, password: text }, { additionalProperties: false }),
          Type.Object({ badge: text, pin: text }, { additionalProperties: false }),
        ]),
      },
    },
    async (request, reply) => {
      const credentials = request.body as Credentials
      const about = 'login' in credentials ? 'password' : 'badge'
      try {
        const session = await signIn.open(credentials)
        await activity.record({
          at: now(),
          kind: 'sign-in',
          person: session.person,
          station: null,
          about,
          outcome: 'ok',
        })
        reply.setCookie(cookieName(secure), session.token, { path: '/', httpOnly: true, sameSite: 'strict', secure })
        return { token: session.token, person: await card(session.person) }
      } catch (error) {
        if (error instanceof Refusal) {
          await activity.record({ at: now(), kind: 'sign-in', person: null, station: null, about, outcome: error.code })
        }
        throw error
      }
    },
  )

  app.get('/api/session', { schema: { tags: ['access'] } }, async (request) => ({
    person: await card(signedIn(request).person),
  }))

  app.delete('/api/session', { schema: { tags: ['access'] } }, async (request, reply) => {
    const { person } = signedIn(request)
    if (request.sessionToken !== null) await signIn.close(request.sessionToken)
    await activity.record({ at: now(), kind: 'sign-out', person, station: null, about: 'session', outcome: 'ok' })
    reply.clearCookie(cookieName(secure), { path: '/' })
    return reply.code(204).send()
  })
}
