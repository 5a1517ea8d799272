import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { causeOf, type RouteDependencies, whoOf } from '../../http.ts'
import { namesOf } from '../../names.ts'
import { exactly } from '../../schemas.ts'
import { mayOpenAccountNumber } from '../account-number/account-number.ts'
import { acted } from '../answers-acts.ts'
import * as answers from '../answers.ts'
import { askingOf } from '../asking.ts'
import { readChain, withWords } from '../chain/chain.ts'
import { complaintActOf, mayServeDecision } from '../disposal/complaints.ts'
import {
  actsOf,
  appraisalActOf,
  decidableOf,
  mayDeposit,
  mayNoteVideo,
  mayStateRelevance,
  regroupActsOf,
  transitActOf,
} from './acts.ts'
import type { ItemChain } from '../protocol.ts'
import { divisibleBy } from '../lineage/dividing.ts'
import { readCase } from '../reads.ts'
import { retentionActOf } from '../retention/retention.ts'
import { code, schemas } from '../schemas.ts'
import { itemCard } from '../sight/shown.ts'
import { salesFor } from '../worth/store.ts'

const tags = ['custody']
const byCode = Type.Object({ code }, exactly)

/** One item: its card, its life, and the counts of cash. */
export const itemRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db, act, now } = deps
  const { recordRead, itemFor } = askingOf(deps)

  app.get(
    '/api/items/:code',
    { schema: { tags, params: byCode, response: { 200: answers.itemCard } } },
    async (request) => {
      const { item, actor, person } = await itemFor(request, request.params.code)
      await recordRead(person, `item/${item.code}`)
      const of = await readCase(db, item.case)
      const acts =
        of === null
          ? {
              ...{ acts: [], regroupActs: [], transitAct: null, appraisalAct: null, complaintAct: null },
              ...{ mayDeposit: false, decidable: null, mayNoteVideo: false, retentionAct: null },
              mayServeDecision: false,
              ...{ mayStateRelevance: false, mayOpenAccountNumber: false, dividable_fen: null },
            }
          : {
              acts: actsOf(item, of, actor),
              regroupActs: regroupActsOf(item, of, actor),
              transitAct: transitActOf(item, of, actor),
              appraisalAct: appraisalActOf(item, of, actor),
              complaintAct: complaintActOf(item, of, actor),
              mayServeDecision: mayServeDecision(item, of, actor),
              mayDeposit: mayDeposit(item, of, actor),
              decidable: decidableOf(item, of, actor),
              mayNoteVideo: mayNoteVideo(item, of, actor),
              retentionAct: retentionActOf(item, of, actor),
              mayStateRelevance: mayStateRelevance(item, of, actor),
              mayOpenAccountNumber: mayOpenAccountNumber(item, of, actor),
              dividable_fen: divisibleBy(item, of, await salesFor(db, item, of), actor),
            }
      return itemCard(db, item, acts, now())
    },
  )

  const { item: _, ...countProperties } = schemas['custody.count-cash'].properties
  app.post(
    '/api/items/:code/cash-counts',
    {
      schema: {
        tags,
        description:
          'One person’s count of cash. Nobody is shown it until a second person has counted; `outcome`: open, agreed, differs, disputed, short.',
        params: byCode,
        body: Type.Object(countProperties, exactly),
        response: { 201: acted['count-cash'] },
      },
    },
    async (request, reply) => {
      const command = { type: 'custody.count-cash', item: request.params.code, ...request.body }
      const { facts, result } = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ ...result, facts })
    },
  )

  app.get(
    '/api/items/:code/chain',
    { schema: { tags, params: byCode, response: { 200: answers.itemChain } } },
    async (request): Promise<ItemChain> => {
      const { item, person } = await itemFor(request, request.params.code)
      await recordRead(person, `item/${item.code}/chain`)
      const { entries, faults } = await readChain(db, item.code)
      const named = await namesOf(
        db,
        item.holdings.map(({ who }) => who),
      )
      const holders = item.holdings.map(({ who, from, to }) => ({ ...named(who), from, to }))
      return { entries: await withWords(db, entries), holders, intact: faults.length === 0, faults }
    },
  )
}
