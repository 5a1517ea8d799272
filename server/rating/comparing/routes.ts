import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { RouteDependencies } from '../../http.ts'
import { answering, bytes, exactly, id, orNull, words } from '../../schemas.ts'
import { fileHeaders, TABLE_FORMATS, TABLE_TYPES, tableFile } from '../../table.ts'
import { count, named, rate, text } from '../answers.ts'
import { changeAnswer, responseAnswer } from '../seeing/answers.ts'
import { mustBeDays } from '../seeing/days.ts'
import { onlookers } from '../seeing/onlookers.ts'
import type { RangeComparison } from './protocol.ts'
import { readComparison } from './read.ts'
import { comparisonTable } from './table.ts'

const tags = ['rating']
const day = Type.String({ format: 'date' })
const asked = { hall: id, from: day, to: day, otherFrom: day, otherTo: day }
const range = Type.Object(
  { days: Type.Object({ from: text, to: text }, exactly), response: orNull(responseAnswer) },
  exactly,
)
const comparisonAnswer = answering<RangeComparison>()(
  Type.Object(
    {
      ...{ hall: named, first: range, second: range, sharedDays: count, means: words, least: count },
      lines: Type.Array(
        Type.Object({ id: text, words, first: orNull(rate), second: orNull(rate), change: changeAnswer }, exactly),
      ),
    },
    exactly,
  ),
)

/** Any two ranges of days of a hall beside each other. */
export const comparingRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, { db, activity, now }) => {
  const { mustSee, recordRead } = onlookers({ db, activity, now })
  const read = async (hall: string, { from, to, otherFrom, otherTo }: Readonly<Record<keyof typeof asked, string>>) =>
    readComparison(
      db,
      hall,
      { first: mustBeDays({ from, to }), second: mustBeDays({ from: otherFrom, to: otherTo }) },
      now(),
    )

  app.get(
    '/api/rating/comparison',
    {
      schema: {
        ...{ tags, response: { 200: comparisonAnswer } },
        description:
          'Any two ranges of days of counting of one hall (`from`–`to` and `otherFrom`–`otherTo`), question by question: both rates with their intervals, and the second less the first with the 95 % interval of the difference. Every figure is a sum of batches of ten or more that answered, so that no two ranges differ by fewer votes. Where days are in both ranges no difference is given. For the head of the hall and for supervisors.',
        querystring: Type.Object(asked, exactly),
      },
    },
    async (request) => {
      const { hall } = request.query
      const person = await mustSee(request, hall)
      const compared = await read(hall, request.query)
      await recordRead(person, hall)
      return compared
    },
  )

  for (const format of TABLE_FORMATS)
    app.get(
      `/api/rating/comparison.${format}`,
      {
        schema: {
          ...{ tags, produces: [TABLE_TYPES[format]], response: { 200: bytes } },
          description:
            'The comparison of two ranges as a list, each rate with numerator, denominator, not rated, interval and definition. The head of the table is in `language`, Chinese when none is named.',
          querystring: Type.Object(
            { ...asked, language: Type.Optional(Type.Union([Type.Literal('zh'), Type.Literal('en')])) },
            exactly,
          ),
        },
      },
      async (request, reply) => {
        const { hall, from, otherFrom, language = 'zh' } = request.query
        const person = await mustSee(request, hall)
        const table = comparisonTable(await read(hall, request.query), language)
        await recordRead(person, hall)
        const file = await tableFile(table, format, language)
        return reply.headers(fileHeaders(`rating-${hall}-${from}-${otherFrom}`, format)).send(file)
      },
    )
}
