import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { loadActor } from '../../access/actor.ts'
import { writeCsv } from '../../csv.ts'
import { type RouteDependencies, signedIn } from '../../http.ts'
import { bytes, exactly, nextAfter, paged, pageOf } from '../../schemas.ts'
import * as answers from '../answers.ts'
import { gapRows, listIntakeGaps } from './intake-gaps.ts'
import { code } from '../schemas.ts'
import { sightOf } from '../sight/sight.ts'
import { lastLine, TABLE_ROWS_MAX } from '../../table.ts'

const tags = ['custody']
const state = Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('stored')]))
/** How long goods took from seizure to registration and to their store. */
export const gapRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, { db, activity, now }) => {
  type Asking = Parameters<typeof signedIn>[0]
  const sightFor = async (request: Asking) => {
    const { person } = signedIn(request)
    const at = now()
    await activity.record({ at, kind: 'read', person, station: null, about: 'intake-gaps', outcome: 'ok' })
    return sightOf(db, await loadActor(db, person, at), at)
  }

  app.get(
    '/api/intake-gaps',
    {
      schema: {
        tags,
        description:
          'From seizure to registration and to the store, the longest first: of what no store has yet, or of what was stored.',
        querystring: Type.Object({ state, ...paged(code) }, exactly),
        response: { 200: answers.pages.gaps },
      },
    },
    async (request) => {
      const sight = await sightFor(request)
      const page = pageOf(request.query)
      const gaps = await listIntakeGaps(db, sight, { ...page, state: request.query.state ?? 'open', now: now() })
      return { gaps, after: nextAfter(gaps, page, (gap) => gap.code) }
    },
  )

  app.get(
    '/api/intake-gaps.csv',
    {
      schema: {
        tags,
        description: 'The same as a table for spreadsheets; no cell of it is a formula.',
        querystring: Type.Object({ state }, exactly),
        produces: ['text/csv'],
        response: { 200: bytes },
      },
    },
    async (request, reply) => {
      const sight = await sightFor(request)
      const all = { limit: TABLE_ROWS_MAX, after: null, now: now() }
      const gaps = await listIntakeGaps(db, sight, { ...all, state: request.query.state ?? 'open' })
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="intake-gaps.csv"')
        .send(Buffer.from(writeCsv([...gapRows(gaps), ...lastLine(gaps, 'zh')])))
    },
  )
}
