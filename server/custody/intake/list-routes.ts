import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { causeOf, type RouteDependencies, whoOf } from '../../http.ts'
import { Refusal } from '../../refusal.ts'
import { done, exactly, nextAfter, paged, pageOf } from '../../schemas.ts'
import * as answers from '../answers.ts'
import { askingOf } from '../asking.ts'
import { listConflicts, showConflicts } from '../conflicts/conflict-reads.ts'
import { listLists, shownList } from './list-reads.ts'
import { caseNumber, code, conflictId, schemas } from '../schemas.ts'
import { seesPaper } from '../sight/sees.ts'

const tags = ['custody']
const byCode = Type.Object({ code }, exactly)

/** Hand-over lists, and what benches recorded of them without their server. */
export const listRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db, act, now } = deps
  const { asker, recordRead } = askingOf(deps)

  app.get(
    '/api/lists',
    {
      schema: {
        tags,
        description: 'Hand-over lists, the newest first. `pending`: the store still has lines to deal with.',
        querystring: Type.Object(
          {
            state: Type.Optional(Type.Union([Type.Literal('pending'), Type.Literal('done')])),
            case: Type.Optional(caseNumber),
            ...paged(code),
          },
          exactly,
        ),
        response: { 200: answers.pages.lists },
      },
    },
    async (request) => {
      const { actor, sight } = await asker(request)
      await recordRead(actor.person, 'lists')
      const { state = null, case: of = null } = request.query
      const page = pageOf(request.query)
      const lists = await listLists(db, sight, { state, of, ...page })
      return { lists, after: nextAfter(lists, page, (list) => list.code) }
    },
  )

  app.get(
    '/api/lists/:code',
    { schema: { tags, params: byCode, response: { 200: answers.shownList } } },
    async (request) => {
      const { actor, sight } = await asker(request)
      const list = await shownList(db, request.params.code, actor, now())
      if (list === null || !seesPaper(sight, list))
        throw new Refusal('custody.unknown-list', { list: request.params.code })
      await recordRead(actor.person, `list/${list.code}`)
      return list
    },
  )

  app.get(
    '/api/conflicts',
    {
      schema: {
        tags,
        description:
          'What benches of a store in sight recorded without their server and nobody has settled, the oldest first.',
        querystring: Type.Object(paged(conflictId), exactly),
        response: { 200: answers.pages.conflicts },
      },
    },
    async (request) => {
      const { actor, sight } = await asker(request)
      await recordRead(actor.person, 'conflicts')
      const page = pageOf(request.query)
      const found = await listConflicts(db, sight, page)
      return { conflicts: await showConflicts(db, found, actor), after: nextAfter(found, page, ({ id: last }) => last) }
    },
  )

  app.post(
    '/api/conflicts/:conflict/settle',
    {
      schema: {
        tags,
        description:
          'A custodian of the store, or the head of the department that keeps it, has looked at what a bench recorded without its server, and says what came of it.',
        params: Type.Object({ conflict: conflictId }, exactly),
        body: Type.Object({ reason: schemas['custody.settle-conflict'].properties.reason }, exactly),
        response: { 200: done },
      },
    },
    async (request) => {
      const command = { type: 'custody.settle-conflict', ...request.params, ...request.body }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      return { facts: [...facts] }
    },
  )
}
