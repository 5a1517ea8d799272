import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { loadActor } from '../../access/actor.ts'
import { addDays, dayOf } from '../../clock/calendar.ts'
import { type RouteDependencies, signedIn } from '../../http.ts'
import type { UnitKind } from '../../org/protocol.ts'
import { Refusal } from '../../refusal.ts'
import { answering, exactly, id, orNull, words } from '../../schemas.ts'
import { count, named, rate, text } from '../answers.ts'
import { DAYS_USUAL, mustBeDays } from '../seeing/days.ts'
import type { Tree } from './protocol.ts'
import { maySeeUnit, readTree, readUnits } from './read.ts'

const day = Type.String({ format: 'date' })
const kinds: UnitKind[] = ['organ', 'department', 'keeping', 'supervision', 'hall']
const line = Type.Object(
  {
    ...{ id: text, name: text, kind: Type.Unsafe<UnitKind>(Type.Enum(kinds)), halls: count, satisfied: orNull(rate) },
    response: orNull(Type.Object({ asked: count, rated: count }, exactly)),
    moved: Type.Boolean(),
  },
  exactly,
)
const treeAnswer = answering<Tree>()(
  Type.Object(
    {
      ...{ unit: line, above: Type.Array(named), days: Type.Object({ from: text, to: text }, exactly) },
      ...{ servedUntil: text, means: words, least: count, lines: Type.Array(line) },
    },
    exactly,
  ),
)

/** Figures of votes over the organisation, level by level. */
export const treeRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, { db, activity, now }) => {
  app.get(
    '/api/rating/tree',
    {
      schema: {
        ...{ tags: ['rating'], response: { 200: treeAnswer } },
        description:
          'What was counted in the halls under a unit, by the units right below it, over a period (about three months up to today when not said). A hall or unit that moved counts on each day where it stood on that day. Without `unit`: the highest that the asker may see. For supervisors, and for the head of a unit what is below it. Every figure of votes is a sum of batches of ten or more.',
        querystring: Type.Object(
          { unit: Type.Optional(id), from: Type.Optional(day), to: Type.Optional(day) },
          exactly,
        ),
      },
    },
    async (request) => {
      const at = now()
      const { person } = signedIn(request)
      const actor = await loadActor(db, person, at)
      const units = await readUnits(db)
      const to = request.query.to ?? dayOf(at)
      const days = mustBeDays({ from: request.query.from ?? addDays(to, 1 - DAYS_USUAL), to })
      const unit = request.query.unit ?? highest()
      if (unit === null || !units.has(unit) || !maySeeUnit(units, actor, unit, dayOf(at)))
        throw new Refusal('rating.not-for-you')
      await activity.record({ at, kind: 'read', person, station: null, about: `rating tree ${unit}`, outcome: 'ok' })
      return readTree(db, units, unit, days, at)

      function highest(): string | null {
        if (actor.appointments.some(({ post }) => post === 'supervisor'))
          return [...units].find(([, { parent }]) => parent === null)?.[0] ?? null
        return actor.appointments.find(({ post }) => post === 'manager')?.place ?? null
      }
    },
  )
}
