import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { RouteDependencies } from '../../http.ts'
import { answering, exactly, nextAfter, orNull, paged, pageOf, pageWith } from '../../schemas.ts'
import { flag, holder, oneOf, shape, text } from '../answer-shapes.ts'
import { askingOf } from '../asking.ts'
import type { OnTheRoad } from './protocol.ts'
import { listOnTheRoad, roadCursor } from './reads.ts'

const cursor = Type.String({ pattern: '^[0-9TZ:.-]{20,30}/[0-9A-Z]{14}$' })

const onTheRoad = answering<OnTheRoad>()(
  shape({
    ...{ code: text, name: text, case: text, kind: oneOf(['transit', 'loan', 'appraisal']) },
    ...{ who: holder, institution: orNull(text), from: orNull(holder), to: orNull(holder) },
    ...{ document: orNull(text), since: text, dueAt: text, overdue: flag },
  }),
)

/** What is on the road, for everybody as far as he sees it. */
export const roadRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db, now } = deps
  const { asker, recordRead } = askingOf(deps)

  app.get(
    '/api/on-the-road',
    {
      schema: {
        tags: ['custody'],
        description:
          'Items between stores, on loan and at an appraiser: who has each, since when and until when; what is due first.',
        querystring: Type.Object(paged(cursor), exactly),
        response: { 200: pageWith('items', onTheRoad) },
      },
    },
    async (request) => {
      const { actor, sight } = await asker(request)
      await recordRead(actor.person, 'on-the-road')
      const page = pageOf(request.query)
      const items = await listOnTheRoad(db, sight, { ...page, now: now() })
      return { items, after: nextAfter(items, page, roadCursor) }
    },
  )
}
