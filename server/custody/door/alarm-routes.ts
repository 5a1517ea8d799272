import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { loadActor } from '../../access/actor.ts'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../../http.ts'
import { done, exactly, nextAfter, paged, pageOf, uuid } from '../../schemas.ts'
import { ALARM_STATES, type AlarmStanding, listAlarms, showAlarms } from './alarm-reads.ts'
import * as answers from '../answers.ts'
import { schemas } from '../schemas.ts'
import { sightOf } from '../sight/sight.ts'

/** What stores' doors saw, and who looked. */
export const alarmRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, { db, act, activity, now }) => {
  const tags = ['custody']

  app.get(
    '/api/alarms',
    {
      schema: {
        tags,
        description:
          'Items that lie in store and were seen at a door, of stores in sight, until somebody has looked; the oldest first. With `state` `settled`, those that somebody has looked into: who, when and what was found; the latest first.',
        querystring: Type.Object(
          { ...paged(uuid), state: Type.Optional(Type.Unsafe<AlarmStanding>(Type.Enum([...ALARM_STATES]))) },
          exactly,
        ),
        response: { 200: answers.pages.alarms },
      },
    },
    async (request) => {
      const at = now()
      const actor = await loadActor(db, signedIn(request).person, at)
      await activity.record({ at, kind: 'read', person: actor.person, station: null, about: 'alarms', outcome: 'ok' })
      const page = pageOf(request.query)
      const { state = 'open' } = request.query
      const found = await listAlarms(db, await sightOf(db, actor, at), { ...page, state })
      return { alarms: await showAlarms(db, found, actor), after: nextAfter(found, page, ({ id }) => id) }
    },
  )

  app.post(
    '/api/alarms/:alarm/acknowledge',
    {
      schema: {
        tags,
        description:
          'A custodian of the store, the head of the department that keeps it, or a supervisor has looked where the item is, and says why it was seen.',
        params: Type.Object({ alarm: uuid }, exactly),
        body: Type.Object({ reason: schemas['custody.acknowledge-alarm'].properties.reason }, exactly),
        response: { 200: done },
      },
    },
    async (request) => {
      const command = { type: 'custody.acknowledge-alarm', ...request.params, ...request.body }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      return { facts: [...facts] }
    },
  )
}
