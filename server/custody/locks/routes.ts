import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { RouteDependencies } from '../../http.ts'
import { Refusal } from '../../refusal.ts'
import { answering, exactly, nextAfter, orNull, paged, pageOf, uuid } from '../../schemas.ts'
import { askingOf } from '../asking.ts'
import { id } from '../schemas.ts'
import { answersForStore, holdsSomewhere } from '../separation.ts'
import { keepingUnits } from '../store.ts'
import type { ShownOpening } from './protocol.ts'
import { listOpenings } from './reads.ts'

const text = Type.String()
const opening = Type.Object(
  {
    ...{ id: text, place: text, lock: Type.Integer(), at: text },
    openers: Type.Array(Type.Object({ who: text, name: text }, exactly)),
    outcome: orNull(Type.Enum(['unlocked', 'refused', 'locked', 'unknown'])),
  },
  exactly,
)
const page = answering<{ readonly openings: readonly ShownOpening[]; readonly after: string | null }>()(
  Type.Object({ openings: Type.Array(opening), after: orNull(text) }, exactly),
)

/** Who opened which lock of a store, when, and what the board said. */
export const lockRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { asker, recordRead } = askingOf(deps)

  app.get(
    '/api/stores/:id/openings',
    {
      schema: {
        tags: ['custody'],
        description:
          'Openings of the locks of a store by two, the latest first; for who keeps it, the head of the department that does, and supervisors.',
        params: Type.Object({ id }, exactly),
        querystring: Type.Object(paged(uuid), exactly),
        response: { 200: page },
      },
    },
    async (request) => {
      const { actor } = await asker(request)
      const store = request.params.id
      const unit = (await keepingUnits(deps.db, [store])).get(store) ?? null
      if (!answersForStore(actor, store, unit) && !holdsSomewhere(actor, 'supervisor'))
        throw new Refusal('access.not-yours', { what: store })
      await recordRead(actor.person, `openings/${store}`)
      const wanted = pageOf(request.query)
      const openings = await listOpenings(deps.db, store, wanted)
      return { openings, after: nextAfter(openings, wanted, (one) => one.id) }
    },
  )
}
