import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { addDays, dayOf } from '../../clock/calendar.ts'
import type { RouteDependencies } from '../../http.ts'
import { bytes, exactly, id } from '../../schemas.ts'
import { fileHeaders, TABLE_FORMATS, TABLE_TYPES, tableFile } from '../../table.ts'
import { dashboardAnswer } from './answers.ts'
import { before, DAYS_USUAL, mustBeDays, yearBefore } from './days.ts'
import { onlookers } from './onlookers.ts'
import { readDashboard } from './read.ts'
import { yearTable } from './year.ts'

const tags = ['rating']
const day = Type.String({ format: 'date' })

/** What the head of a hall and supervisors see of its votes. */
export const seeingRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, { db, activity, now }) => {
  const { mustSee, recordRead } = onlookers({ db, activity, now })
  app.get(
    '/api/rating/dashboard',
    {
      schema: {
        tags,
        description:
          'One hall over a period, about three months up to today when not said: distribution, trend, the period before (or the same of last year, or any other: `otherFrom`, `otherTo`) with the interval of the difference, funnel, counters by day, response, the CUSUM of each clerk with its rule, signals, and what thresholds propose. Every figure of votes is a sum of batches of ten or more. For the head of the hall and for supervisors.',
        querystring: Type.Object(
          {
            hall: id,
            question: Type.Optional(Type.String({ maxLength: 40 })),
            from: Type.Optional(day),
            to: Type.Optional(day),
            against: Type.Optional(Type.Enum(['before', 'year'])),
            otherFrom: Type.Optional(day),
            otherTo: Type.Optional(day),
          },
          exactly,
        ),
        response: { 200: dashboardAnswer },
      },
    },
    async (request) => {
      const { hall, question = 'overall', against = 'before' } = request.query
      const at = now()
      const person = await mustSee(request, hall)
      const to = request.query.to ?? dayOf(at)
      const days = mustBeDays({ from: request.query.from ?? addDays(to, 1 - DAYS_USUAL), to })
      const { otherFrom, otherTo } = request.query
      const other =
        otherFrom === undefined || otherTo === undefined
          ? against === 'year'
            ? yearBefore(days)
            : before(days)
          : mustBeDays({ from: otherFrom, to: otherTo })
      await recordRead(person, hall)
      return readDashboard(db, { hall, days, other, question }, at)
    },
  )

  for (const format of TABLE_FORMATS)
    app.get(
      `/api/rating/year.${format}`,
      {
        schema: {
          ...{ tags, produces: [TABLE_TYPES[format]], response: { 200: bytes } },
          description:
            'What was counted of each clerk in a year, for the annual assessment: numerator, denominator, not rated, interval and definition with every rate. For the head of the hall and for supervisors. The head of the table is in `language`, Chinese when none is named.',
          querystring: Type.Object(
            {
              hall: id,
              year: Type.Integer({ minimum: 2000, maximum: 2999 }),
              language: Type.Optional(Type.Union([Type.Literal('zh'), Type.Literal('en')])),
            },
            exactly,
          ),
        },
      },
      async (request, reply) => {
        const { hall, year, language = 'zh' } = request.query
        const person = await mustSee(request, hall)
        await recordRead(person, hall)
        const table = await yearTable(db, hall, year, now(), language)
        const file = await tableFile(table, format, language)
        return reply.headers(fileHeaders(`rating-${hall}-${year}`, format)).send(file)
      },
    )
}
