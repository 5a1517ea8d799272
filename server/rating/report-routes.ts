import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { SEALED_REPORT_BYTES } from '../../devices/ballot/report.ts'
import type { RouteDependencies } from '../http.ts'
import { Refusal } from '../refusal.ts'
import { exactly } from '../schemas.ts'
import { cast, keyAnswer } from './answers.ts'
import { keepReport } from './reports.ts'

const tags = ['rating']
const security: [] = []
/** Base64 of a sealed report: one length for all. */
const SEALED_CHARACTERS = Math.ceil(SEALED_REPORT_BYTES / 3) * 4
const sealed = Type.String({
  minLength: SEALED_CHARACTERS,
  maxLength: SEALED_CHARACTERS,
  pattern: '^[A-Za-z0-9+/]+={0,2}$',
})

/**
 * 检举控告 (rules K-20, K-21): apart from every rating. These routes write nothing to the activity log, refusals included, and look at nobody's
 * session, screen or address.
 */
export const reportRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, { db }) => {
  const config = { unrecorded: true }

  app.get(
    '/api/reports/key',
    {
      config,
      schema: {
        ...{ tags, security, response: { 200: keyAnswer } },
        description: 'The public key of the supervising body, to which a report is sealed in the reporter’s browser.',
      },
    },
    async () => {
      const found = await db.selectFrom('report_keys').selectAll().executeTakeFirst()
      if (found === undefined) throw new Refusal('rating.no-key')
      return { id: found.id, publicKey: found.public_key.toString('base64') }
    },
  )

  app.post(
    '/api/reports',
    {
      config,
      schema: {
        ...{ tags, security, response: { 201: cast } },
        description: 'Puts a sealed report into the queue of the supervising body. Nothing is kept beside it.',
        body: Type.Object({ key: Type.String({ maxLength: 20 }), report: sealed }, exactly),
      },
    },
    async (request, reply) => {
      const { key, report } = request.body
      await keepReport(db, key, Buffer.from(report, 'base64'))
      return reply.code(201).send({ done: true })
    },
  )
}
