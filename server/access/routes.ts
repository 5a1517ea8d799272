import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { causeIfAny, causeOf, isSignedIn, type RouteDependencies, signedInOrChanging } from '../http.ts'
import type { Keys } from '../keys.ts'
import { readPersonal } from '../ledger/personal.ts'
import { Refusal } from '../refusal.ts'
import { post } from '../org/store.ts'
import { exactly, orNull, secretKind } from '../schemas.ts'
import { loadActor } from './actor.ts'
import { changeOwnSecret, ownChangeAgain } from './credentials.ts'
import type { Must } from './protocol.ts'
import type { Credentials } from './sign-in.ts'
import type { UnsignedLog } from './unsigned.ts'

export interface AccessRouteOptions extends RouteDependencies {
  readonly keys: Keys
  /** Cookies are `Secure` and carry the `__Host-` prefix when the site is served over TLS. */
  readonly secure: boolean
  readonly unsigned: UnsignedLog
}

const tags = ['access']
const credential = Type.String({ minLength: 1, maxLength: 128 })

/** `SignedInPerson` of protocol.ts. */
const person = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    unit: Type.String(),
    posts: Type.Array(Type.Object({ post, place: Type.String() }, exactly)),
    mustChange: orNull(Type.Unsafe<Must>(Type.Enum(['password', 'pin', 'second-factor'] satisfies Must[]))),
  },
  exactly,
)
const whoIsSignedIn = Type.Object({ person }, exactly)
export const newSession = Type.Object({ token: Type.String(), person }, exactly)

/**
 * Over TLS with the prefix `__Host-`, by which a browser takes the cookie from this host alone, whole path and encrypted; plain HTTP cannot
 * set such a one.
 */
export function cookieName(secure: boolean): string {
  return secure ? '__Host-clearhold' : 'clearhold'
}

/** Without an age: it is gone with the browser, and the server ends the session by its own clock. */
export const sessionCookie = (secure: boolean) => ({ path: '/', httpOnly: true, sameSite: 'strict', secure }) as const

/** What a session's opening answers of its person. */
export async function personCard(
  { db, now }: Pick<RouteDependencies, 'db' | 'now'>,
  id: string,
  mustChange: Must | null,
): Promise<Static<typeof person>> {
  const actor = await loadActor(db, id, now())
  const row = await db.selectFrom('people').select(['name_ref', 'unit']).where('id', '=', id).executeTakeFirstOrThrow()
  const names = await readPersonal(db, [row.name_ref])
  const posts = actor.appointments.map((held) => ({ post: held.post, place: held.place }))
  return { id, name: String(names.get(row.name_ref) ?? id), unit: row.unit, posts, mustChange }
}

/** Signing in and out, who one is, and changing one's own password and PIN. */
export const accessRoutes: FastifyPluginAsyncTypebox<AccessRouteOptions> = async (
  app,
  { db, actWithin, signIn, keys, activity, unsigned, now, secure },
) => {
  const card = (id: string, mustChange: Must | null) => personCard({ db, now }, id, mustChange)
  const cookie = sessionCookie(secure)

  app.post(
    '/api/session',
    {
      config: { key: 'optional' },
      schema: {
        tags,
        description:
          'With the password, `code` is a one-time code where the person has set up an authenticator app; `access.code-needed` says so. The same request again, under its key, is given the same session as long as that is open.',
        security: [],
        body: Type.Union([
          Type.Object({ login: credential, password: credential, code: Type.Optional(credential) }, exactly),
          Type.Object({ badge: credential, pin: credential }, exactly),
        ]),
        response: { 200: newSession },
      },
    },
    async (request, reply) => {
      const credentials = request.body as Credentials
      const about = 'login' in credentials ? 'password' : 'badge'
      const record = { at: now(), kind: 'sign-in', station: null, about } as const
      try {
        const session = await signIn.open(credentials, { address: request.ip }, causeIfAny(request))
        const who = await card(session.person, session.mustChange)
        await activity.record({ ...record, person: session.person, outcome: 'ok' })
        reply.setCookie(cookieName(secure), session.token, cookie)
        return { token: session.token, person: who }
      } catch (error) {
        if (error instanceof Refusal)
          await unsigned.record(request.ip, { ...record, person: null, outcome: error.code })
        throw error
      }
    },
  )

  app.get('/api/session', { schema: { tags, response: { 200: whoIsSignedIn } } }, async (request) => {
    const session = signedInOrChanging(request)
    return { person: await card(session.person, session.mustChange) }
  })

  app.delete(
    '/api/session',
    {
      config: { key: 'optional' },
      schema: {
        tags,
        description: 'A session that is over already is over: the same request again is no error.',
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const shown = request.sessionToken
      if (shown === null) throw new Refusal('access.not-signed-in')
      if (isSignedIn(request)) {
        const { person: who } = signedInOrChanging(request)
        await signIn.close(shown)
        await activity.record({
          ...{ at: now(), kind: 'sign-out', person: who, station: null },
          ...{ about: 'session', outcome: 'ok' },
        })
      }
      reply.clearCookie(cookieName(secure), { path: '/' })
      return reply.code(204).send(null)
    },
  )

  app.put(
    '/api/session/secret',
    {
      schema: {
        tags,
        description:
          'Changes one’s own password or PIN. Every other session of the person ends; this one goes on under a new token.',
        body: Type.Object({ kind: secretKind, old: credential, secret: Type.String({ maxLength: 200 }) }, exactly),
        response: { 200: newSession },
      },
    },
    async (request, reply) => {
      const changing = { db, actWithin, pepper: keys.pepper, signIn }
      const shown = request.sessionToken
      if (shown === null) throw new Refusal('access.not-signed-in')
      const options = { cause: causeOf(request), at: now() }
      const again = isSignedIn(request) ? null : await ownChangeAgain(changing, shown, request.body, options)
      const answer = async (token: string, who: string): Promise<Static<typeof newSession>> => {
        reply.setCookie(cookieName(secure), token, cookie)
        return { token, person: await card(who, (await signIn.find(token))?.mustChange ?? null) }
      }
      if (again !== null) return answer(again.token, again.person)
      const session = { ...signedInOrChanging(request), token: shown }
      return answer(
        await changeOwnSecret(changing, session, request.body, { address: request.ip }, options),
        session.person,
      )
    },
  )
}
