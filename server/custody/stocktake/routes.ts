import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { loadActor } from '../../access/actor.ts'
import { stocktakeForm } from '../../../labels/documents/stocktake-form.ts'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../../http.ts'
import { bytes, done, exactly, nextAfter, paged, pageOf, uuid } from '../../schemas.ts'
import { orderedStocktake, shownStocktake, stocktakeOptions, stocktakePages } from './answers.ts'
import { drawn } from '../drawing.ts'
import { isAnswered } from '../people/right.ts'
import { code, id } from '../schemas.ts'
import { stocktakeSchemas as schemas } from './schemas.ts'
import { signatures, verifySignatures } from '../papers/signatures.ts'
import { optionsFor, listSearches } from './choices.ts'
import { STOCKTAKE_RECIPIENTS, stocktakePaper } from './paper.ts'
import { isBlind, listStocktakes, showStocktake, stocktakeFor, summariesOfStocktakes } from './reads.ts'
import { sheetsOfStocktake } from './store.ts'

const tags = ['custody']
const byId = Type.Object({ id: code }, exactly)
const { stocktake: _shelf, round: _round, done: _done, ...walked } = schemas['custody.count-shelf'].properties
const { stocktake: _why, ...explained } = schemas['custody.explain-difference'].properties
const { search: _search, ...ended } = schemas['custody.end-search'].properties

/** The two rounds of a count take the same sheet; one is never the other's. */
const ROUNDS = {
  seen: {
    round: 1,
    said: 'First count: what one counter perceived at one place. With the last of a place, or of an empty one, `done`; absent, it is.',
  },
  recount: {
    round: 2,
    said: 'Recount, by somebody who has not counted first: what was perceived at a place of a difference.',
  },
} as const

/** 盘点与抽查: from the order to the last signature. */
export const stocktakeRoutes: FastifyPluginAsyncTypebox<RouteDependencies> = async (app, deps) => {
  const { db, act, activity, now } = deps
  type Asking = Parameters<typeof signedIn>[0]
  const asker = (request: Asking) => loadActor(db, signedIn(request).person, now())
  const recordRead = (person: string, about: string): Promise<void> =>
    activity.record({ at: now(), kind: 'read', person, station: null, about, outcome: 'ok' })

  app.get(
    '/api/counts',
    {
      schema: {
        tags,
        description: 'Stock-takes of stores that the asker has to do with, the latest first.',
        querystring: Type.Object({ store: Type.Optional(id), ...paged(code) }, exactly),
        response: { 200: stocktakePages.counts },
      },
    },
    async (request) => {
      const actor = await asker(request)
      await recordRead(actor.person, 'stocktakes')
      const page = pageOf(request.query)
      const found = await listStocktakes(db, actor, { ...page, store: request.query.store ?? null })
      const counts = await summariesOfStocktakes(db, found, actor, now())
      return { counts, after: nextAfter(counts, page, (one) => one.code) }
    },
  )

  app.get(
    '/api/counts/options',
    {
      schema: {
        tags,
        description: 'Where the asker may order stock-takes, and what there is to choose from.',
        response: { 200: stocktakeOptions },
      },
    },
    async (request) => optionsFor(db, await asker(request), now()),
  )

  app.post(
    '/api/counts',
    {
      schema: {
        tags,
        description:
          'Orders a stock-take. What should lie there is fixed by this entry; with `sample` the hash of a seed is, and the draw comes after.',
        body: schemas['custody.order-stocktake'],
        response: { 201: orderedStocktake },
      },
    },
    async (request, reply) => {
      const command = { type: 'custody.order-stocktake', ...request.body }
      const { facts, result } = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ ...result, facts })
    },
  )

  app.get(
    '/api/counts/:id',
    {
      schema: {
        tags,
        description: 'One stock-take. Who counts is told nothing that is expected before it is closed.',
        params: byId,
        response: { 200: shownStocktake },
      },
    },
    async (request) => {
      const actor = await asker(request)
      const found = await stocktakeFor(db, actor, request.params.id)
      await recordRead(actor.person, `stocktake/${found.code}`)
      return showStocktake(db, found, { actor, sheets: await sheetsOfStocktake(db, found.code), now: now() })
    },
  )

  app.get(
    '/api/counts/:id/report.pdf',
    {
      schema: {
        tags,
        description: 'F-18 盘点表; for who still counts without the figures of the book, to be carried along.',
        params: byId,
        querystring: Type.Object({ copy: Type.Optional(Type.Integer({ minimum: 1, maximum: 9 })) }, exactly),
        produces: ['application/pdf'],
        response: { 200: bytes },
      },
    },
    async (request, reply) => {
      const actor = await asker(request)
      const found = await stocktakeFor(db, actor, request.params.id)
      await recordRead(actor.person, `stocktake/${found.code}/report`)
      const of = STOCKTAKE_RECIPIENTS.length
      const number = Math.min(request.query.copy ?? 1, of)
      const copy = { number, of, recipient: STOCKTAKE_RECIPIENTS[number - 1] ?? '' }
      const sheets = await sheetsOfStocktake(db, found.code)
      const form = await stocktakePaper(db, found, { blind: isBlind(actor, found), copy, sheets })
      return reply.type('application/pdf').send(await drawn(() => stocktakeForm(form, new Date(now()))))
    },
  )

  app.post(
    '/api/counts/:id/draw',
    {
      schema: {
        tags,
        description: 'The seed is told, and the items that follow from it are drawn.',
        params: byId,
        response: { 200: done },
      },
    },
    async (request) => {
      const command = { type: 'custody.draw-sample', stocktake: request.params.id }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      return { facts: [...facts] }
    },
  )

  for (const [name, { round, said }] of Object.entries(ROUNDS)) {
    app.post(
      `/api/counts/:id/${name}`,
      {
        schema: {
          tags,
          description: said,
          params: byId,
          body: Type.Object({ ...walked, done: Type.Optional(Type.Boolean()) }, exactly),
          response: { 200: done },
        },
      },
      async (request) => {
        const { id: stocktake } = request.params as { id: string }
        const command = { type: 'custody.count-shelf', stocktake, round, done: true, ...(request.body as object) }
        const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
        return { facts: [...facts] }
      },
    )
  }

  app.post(
    '/api/counts/:id/conclude',
    {
      schema: {
        tags,
        description:
          'Ends the round in hand: the first count, the recount, and at last the whole, which one of its counters signs as well. A refusal names the `places` that were not walked.',
        params: byId,
        body: Type.Object({ signatures }, exactly),
        response: { 200: done },
      },
    },
    async (request) => {
      const who = whoOf(request)
      const cause = causeOf(request)
      const { signatures: given = [] } = request.body
      // Nobody's PIN is looked at for who has nothing to do with it.
      if (given.length > 0 && !(await isAnswered(db, who.person, cause)))
        await stocktakeFor(db, await asker(request), request.params.id)
      const signers = await verifySignatures(deps, { person: who.person, address: request.ip }, given)
      const command = { type: 'custody.conclude-stocktake', stocktake: request.params.id }
      const { facts } = await act({ ...who, with: signers }, command, { cause })
      return { facts: [...facts] }
    },
  )

  app.post(
    '/api/counts/:id/explain',
    {
      schema: {
        tags,
        description: 'The root cause of one difference, by who answers for the count.',
        params: byId,
        body: Type.Object(explained, exactly),
        response: { 200: done },
      },
    },
    async (request) => {
      const command = { type: 'custody.explain-difference', stocktake: request.params.id, ...request.body }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      return { facts: [...facts] }
    },
  )

  app.post(
    '/api/counts/:id/cancel',
    {
      schema: {
        tags,
        params: byId,
        body: Type.Object({ reason: schemas['custody.cancel-stocktake'].properties.reason }, exactly),
        response: { 200: done },
      },
    },
    async (request) => {
      const command = { type: 'custody.cancel-stocktake', stocktake: request.params.id, ...request.body }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      return { facts: [...facts] }
    },
  )

  app.get(
    '/api/searches',
    {
      schema: {
        tags,
        description: 'Items that two people did not find where the register has them, those sought longest first.',
        querystring: Type.Object(paged(uuid), exactly),
        response: { 200: stocktakePages.searches },
      },
    },
    async (request) => {
      const actor = await asker(request)
      await recordRead(actor.person, 'searches')
      const page = pageOf(request.query)
      const searches = await listSearches(db, actor, page)
      return { searches, after: nextAfter(searches, page, (one) => one.id) }
    },
  )

  app.post(
    '/api/searches/:search/end',
    {
      schema: {
        tags,
        description: 'The item was found on a shelf of the store, or an incident takes it from here.',
        params: Type.Object({ search: uuid }, exactly),
        body: Type.Object(ended, exactly),
        response: { 200: done },
      },
    },
    async (request) => {
      const command = { type: 'custody.end-search', ...request.params, ...request.body }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      return { facts: [...facts] }
    },
  )
}
