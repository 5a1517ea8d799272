import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { causeOf, type RouteDependencies, whoOf } from '../../http.ts'
import { Refusal } from '../../refusal.ts'
import { exactly, nextAfter, paged, pageOf, uuid } from '../../schemas.ts'
import { acted } from '../answers-acts.ts'
import * as answers from '../answers.ts'
import { askingOf } from '../asking.ts'
import { keepingSchemas } from '../keeping/schemas.ts'
import { stripsShown } from '../papers/label-reads.ts'
import { readItem } from '../reads.ts'
import { code } from '../schemas.ts'
import { seesItem } from '../sight/sees.ts'

const tags = ['custody']
const byCode = Type.Object({ code }, exactly)

/** Seal strips (rules T-16) by way of a station's label printer. */
export const stripRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db, act } = deps
  const { asker, recordRead } = askingOf(deps)

  const { item: _item, ...wanted } = keepingSchemas['custody.print-strip'].properties
  app.post(
    '/api/items/:code/seal-strips',
    {
      schema: {
        tags,
        description:
          'Prints strips with the number of the seal that the item wears, or with `number` before it is put on, each copy as a job of its own; more of a number take a reason. What became of each stands like that of any label.',
        params: byCode,
        body: Type.Object(wanted, exactly),
        response: { 202: acted.labels },
      },
    },
    async (request, reply) => {
      const command = { type: 'custody.print-strip', item: request.params.code, ...request.body }
      const { facts, result } = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(202).send({ ...result, facts })
    },
  )

  app.get(
    '/api/items/:code/seal-strips',
    {
      schema: {
        tags,
        description:
          'Every seal strip that was printed for an item, the last one first: which number, and what became of it.',
        params: byCode,
        querystring: Type.Object(paged(uuid), exactly),
        response: { 200: answers.pages.strips },
      },
    },
    async (request) => {
      const { actor, sight } = await asker(request)
      const wantedItem = request.params.code
      const item = await readItem(db, wantedItem)
      if (item === null || !seesItem(sight, item)) throw new Refusal('custody.unknown-item', { item: wantedItem })
      await recordRead(actor.person, `items/${wantedItem}/seal-strips`)
      const page = pageOf(request.query)
      const strips = await stripsShown(db, wantedItem, page)
      return { strips, after: nextAfter(strips, page, ({ job }) => job) }
    },
  )
}
