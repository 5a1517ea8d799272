import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { RouteDependencies } from '../../http.ts'
import { localDay } from '../../local-time.ts'
import { Refusal } from '../../refusal.ts'
import { answering, exactly, orNull, words } from '../../schemas.ts'
import { count, flag, oneOf, saidOf, shape, text } from '../answer-shapes.ts'
import { askingOf } from '../asking.ts'
import { CATEGORIES } from '../categories.ts'
import { id } from '../schema-parts.ts'
import { ACCOUNTS } from './accounting.ts'
import { annualStatement } from './annual-reads.ts'
import type { AnnualStatement } from './protocol.ts'

const amount = { pieces: count, fen: count, mg: count }
const movements = Type.Array(shape({ account: oneOf(ACCOUNTS), words, ...amount }))
const line = {
  ...{ category: saidOf(CATEGORIES), opening: shape(amount), closing: shape(amount) },
  ...{ came: movements, left: movements, balances: flag },
}
const unit = shape({ id: text, name: text, apart: flag, due: orNull(shape({ at: text, open: flag })) })
const statement = answering<AnnualStatement>()(
  shape({
    ...{ year: count, unit: orNull(text), balances: flag, count, units: Type.Array(unit) },
    classes: Type.Array(shape(line)),
    cases: Type.Array(shape({ ...line, number: text })),
  }),
)

/** 年度报告 (rules C-39) on a screen; its file is an export. */
export const annualRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db, now } = deps
  const { asker, recordRead } = askingOf(deps)

  app.get(
    '/api/annual',
    {
      schema: {
        tags: ['custody'],
        description:
          'A year of what is in sight, by class and by case: what was there, came, left by which way, and is there; whether it balances. Of a department or an organ alone where `unit` names it.',
        querystring: Type.Object(
          {
            year: Type.Optional(
              Type.String({ pattern: '^20[0-9]{2}$', description: 'The last year, unless it is named.' }),
            ),
            unit: Type.Optional(id),
          },
          exactly,
        ),
        response: { 200: statement },
      },
    },
    async (request) => {
      const { actor, sight } = await asker(request)
      await recordRead(actor.person, 'annual')
      const year = Number(request.query.year ?? Number(localDay(now()).slice(0, 4)) - 1)
      const { unit: asked = null } = request.query
      const found = await annualStatement(db, { person: actor.person, sight }, { year, unit: asked })
      if (asked !== null && !found.units.some((one) => one.id === asked))
        throw new Refusal('request.not-found', { what: asked })
      return found
    },
  )
}
