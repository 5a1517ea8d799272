import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { type RouteDependencies, signedIn } from '../../http.ts'
import { answering, exactly, words } from '../../schemas.ts'
import * as answers from '../answers.ts'
import { askingOf, mustReadRight } from '../asking.ts'
import { custodyOptions } from '../options/options.ts'
import { listedRules } from '../rule-list/listed.ts'
import type { NamedItem } from '../items/protocol.ts'
import type { ListedRule } from '../rule-list/protocol.ts'
import { namesInSight, search } from './search.ts'

const SEARCH_LIMIT = 20
const SEARCH_LIMIT_MAX = 100
/** As many codes as one address has room for. */
const NAMES_MAX = 100
const CODE = '[0-9A-Z]{14}'
const CODES = `^${CODE}(,${CODE}){0,${NAMES_MAX - 1}}$`
const CODES_LENGTH = NAMES_MAX * 15
const tags = ['custody']
const text = Type.String()
const named = answering<{ readonly items: readonly NamedItem[] }>()(
  Type.Object({ items: Type.Array(Type.Object({ code: text, name: text, case: text }, exactly)) }, exactly),
)
const listed = answering<{ readonly rules: readonly ListedRule[] }>()(
  Type.Object(
    {
      rules: Type.Array(
        Type.Object(
          {
            ...{ rule: text, title: words, value: words, instrument: text, version: text, article: text },
            standing: Type.Enum(['statute', 'practice', 'to-be-confirmed', 'house']),
          },
          exactly,
        ),
      ),
    },
    exactly,
  ),
)

/** What there is to be found, and what the forms may offer. */
export const searchRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db, now } = deps
  const { asker, recordRead } = askingOf(deps)

  app.get(
    '/api/custody/options',
    {
      schema: {
        tags,
        description: 'What the forms may offer and have to ask for.',
        response: { 200: answers.options },
      },
    },
    async (request) => {
      signedIn(request)
      return custodyOptions
    },
  )

  app.get(
    '/api/custody/rules',
    {
      schema: {
        tags,
        description: 'Every number and list that custody decides by, with its instrument, version and article.',
        response: { 200: listed },
      },
    },
    async (request) => {
      signedIn(request)
      return { rules: listedRules }
    },
  )

  app.get(
    '/api/item-names',
    {
      schema: {
        tags,
        description:
          'What items are called, by their codes, and of which case each is; one that is not in sight is left out.',
        querystring: Type.Object({ codes: Type.String({ pattern: CODES, maxLength: CODES_LENGTH }) }, exactly),
        response: { 200: named },
      },
    },
    async (request) => {
      const { actor, sight } = await asker(request)
      await recordRead(actor.person, 'item-names')
      return { items: await namesInSight(db, sight, request.query.codes.split(',')) }
    },
  )

  app.get(
    '/api/search',
    {
      schema: {
        tags,
        querystring: Type.Object(
          {
            q: Type.String({ minLength: 1, maxLength: 64 }),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: SEARCH_LIMIT_MAX })),
          },
          exactly,
        ),
        response: { 200: answers.found },
      },
    },
    async (request) => {
      const { actor, sight } = await asker(request)
      const { q, limit = SEARCH_LIMIT } = request.query
      const [found] = await Promise.all([
        (async () => {
          mustReadRight(q)
          return search(db, q.trim(), sight, now(), limit)
        })(),
        // Not what was typed: that may be somebody's name. On disk before anything is answered.
        recordRead(actor.person, 'search'),
      ])
      return found
    },
  )
}
