import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { qrSvg } from '../../labels/qr-svg.ts'
import { causeOf, type RouteDependencies, signedIn, signedInOrChanging } from '../http.ts'
import type { Keys } from '../keys.ts'
import { exactly, orNull } from '../schemas.ts'
import type { OpenSession } from './sign-in.ts'
import { beginSetUp, confirmSetUp, recoveryLeft, secondFactorOf } from './second-factor.ts'

const tags = ['access']

/** Also whose post asks for an app first; who was dealt a secret changes that before. */
function settingUp(request: FastifyRequest): OpenSession {
  const session = signedInOrChanging(request)
  return session.mustChange === 'second-factor' ? session : signedIn(request)
}

const credential = Type.String({ minLength: 1, maxLength: 128 })

/** Setting up one's own authenticator app, whose codes are then asked for beside the password. */
export const secondFactorRoutes: FastifyPluginAsyncTypebox<RouteDependencies & { keys: Keys }> = async (
  app,
  { db, actWithin, signIn, keys, now },
) => {
  const deps = { db, actWithin, keys }

  app.get(
    '/api/session/second-factor',
    {
      schema: {
        tags,
        description:
          'Since when signing in by password asks for a one-time code, and how many recovery codes are left.',
        response: { 200: Type.Object({ since: orNull(Type.String()), recoveryLeft: Type.Integer() }, exactly) },
      },
    },
    async (request) => {
      const kept = await secondFactorOf(db, settingUp(request).person)
      return { since: kept?.setAt ?? null, recoveryLeft: kept === null ? 0 : recoveryLeft(kept) }
    },
  )

  app.post(
    '/api/session/second-factor',
    {
      schema: {
        tags,
        description:
          'Begins to set an app up: proves the password, and a code of the app in use where there is one. Nothing changes before the first code of the new one.',
        body: Type.Object({ password: credential, code: Type.Optional(credential) }, exactly),
        response: {
          200: Type.Object({ secret: Type.String(), address: Type.String(), qr: Type.String() }, exactly),
        },
      },
    },
    async (request) => {
      const { person } = settingUp(request)
      const { login } = await db.selectFrom('people').select('login').where('id', '=', person).executeTakeFirstOrThrow()
      const cause = causeOf(request)
      // Its own word before the cause: a code that was used here opens no session under the same key.
      await signIn.authenticate({ login, ...request.body }, { address: request.ip }, `second-factor ${cause}`)
      const { secret, address } = await beginSetUp(deps, { person, login }, cause)
      return { secret, address, qr: qrSvg(address) }
    },
  )

  app.post(
    '/api/session/second-factor/confirm',
    {
      schema: {
        tags,
        description: 'The first code of the new app. Answers ten recovery codes, each good once in place of a code.',
        body: Type.Object({ code: credential }, exactly),
        response: { 200: Type.Object({ recovery: Type.Array(Type.String()) }, exactly) },
      },
    },
    async (request) => {
      const { person } = settingUp(request)
      const options = { cause: causeOf(request), at: now() }
      return { recovery: await confirmSetUp(deps, person, request.body.code, options) }
    },
  )
}
