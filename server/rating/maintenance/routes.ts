import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { loadActor } from '../../access/actor.ts'
import { Refusal } from '../../refusal.ts'
import { answering, exactly, id, orNull } from '../../schemas.ts'
import { count, text } from '../answers.ts'
import type { RatingRouteOptions } from '../routes.ts'
import { mustBeScreen } from '../../stations/screen-cookie.ts'
import type { MaintainedDevice, Maintenance } from './protocol.ts'
import { beginMaintenance, endMaintenance, readMaintenance } from './store.ts'

const tags = ['rating']
const params = Type.Object({ id }, exactly)
const maintenance = answering<Maintenance>()(
  Type.Object(
    {
      ...{ until: text, left_ms: Type.Number(), ballots: count, ready: Type.Boolean() },
      devices: Type.Array(
        Type.Object(
          {
            id: text,
            kind: Type.Unsafe<MaintainedDevice['kind']>(text),
            state: Type.Unsafe<MaintainedDevice['state']>(text),
            fault: orNull(text),
            heard: count,
          },
          exactly,
        ),
      ),
      agents: Type.Array(Type.Object({ name: text, online: Type.Boolean(), waiting: count }, exactly)),
    },
    exactly,
  ),
)
const done = Type.Object({ done: Type.Literal(true) }, exactly)

/** The system administrator at a screen before raters: how its devices are. Nobody else comes in, and each opening is written down. */
export const maintenanceRoutes: FastifyPluginAsyncTypebox<RatingRouteOptions> = async (
  app,
  { db, activity, signIn, now },
) => {
  const path = '/api/stations/:id/rating/maintenance'

  app.post(
    path,
    {
      schema: {
        ...{ tags, security: [], params, response: { 200: done } },
        description:
          'Begins maintenance at this screen, by the badge number and PIN of a system administrator; wrong ones count like wrong sign-ins at this station. For five minutes no vote is offered at the counter.',
        body: Type.Object(
          { badge: Type.String({ minLength: 1, maxLength: 64 }), pin: Type.String({ minLength: 1, maxLength: 64 }) },
          exactly,
        ),
      },
    },
    async (request) => {
      const counter = request.params.id
      const screen = await mustBeScreen(db, request, counter)
      const { person } = await signIn.authenticate(request.body, { station: counter })
      const { appointments } = await loadActor(db, person, now())
      const record = (outcome: string): Promise<void> =>
        activity.record({ at: now(), kind: 'sign-in', person, station: counter, about: 'maintenance', outcome })
      if (!appointments.some(({ post }) => post === 'system-admin')) {
        await record('rating.not-a-technician')
        throw new Refusal('rating.not-a-technician')
      }
      await beginMaintenance(db, { counter, screen, person }, now())
      await record('ok')
      return { done: true as const }
    },
  )

  app.get(
    path,
    {
      schema: {
        ...{ tags, security: [], params, response: { 200: maintenance } },
        description:
          'How the devices of this counter are, for the screen that is in maintenance: states, how often each was heard, journals. Never what was pressed.',
      },
    },
    async (request) => {
      const screen = await mustBeScreen(db, request, request.params.id)
      return readMaintenance(db, { counter: request.params.id, screen }, now())
    },
  )

  app.delete(
    path,
    {
      schema: {
        ...{ tags, security: [], params, response: { 200: done } },
        description: 'Ends maintenance at this screen: votes are offered again.',
      },
    },
    async (request) => {
      const station = request.params.id
      const person = await endMaintenance(db, await mustBeScreen(db, request, station))
      if (person !== null)
        await activity.record({ at: now(), kind: 'sign-out', person, station, about: 'maintenance', outcome: 'ok' })
      return { done: true as const }
    },
  )
}
