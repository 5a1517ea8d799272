import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { loadActor } from '../access/actor.ts'
import { dayOf } from '../clock/calendar.ts'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../http.ts'
import type { Keys } from '../keys.ts'
import type { Actor } from '../module.ts'
import { Refusal } from '../refusal.ts'
import { done, exactly, id, nextAfter, paged, pageOf, uuid } from '../schemas.ts'
import { consoleAnswer, offered, opened, summaryAnswer } from './answers.ts'
import { readConsole, readCounter } from './counter-reads.ts'
import { SATISFIED_MEANS } from './questionnaire.ts'
import { questionnaireName, schemas } from './schemas.ts'
import { lastAccount, readCells, summarise } from './summary.ts'
import { LEAST_BALLOTS } from './tally.ts'
import { tokenOf } from './tokens.ts'
import { watchRules } from './watch/shown.ts'
import { ruleOn } from './watch/watch.ts'

export interface RatingRouteOptions extends RouteDependencies {
  readonly keys: Pick<Keys, 'pepper'>
  /** Where people open the program; null or absent where that was not set. */
  readonly site?: string | null
}

const tags = ['rating']
const day = Type.String({ format: 'date' })
const { by: _by, ...openBody } = schemas['rating.open-service'].properties

/** Halls, counters and services, and what their votes have become. No route answers what a vote says. */
export const ratingRoutes: FastifyPluginAsyncTypebox<RatingRouteOptions> = async (app, deps) => {
  const { db, act, activity, keys, now } = deps

  app.post(
    '/api/rating/matters',
    {
      schema: {
        tags,
        description: 'A thing that is done at a hall’s counters; the head of the hall lists it.',
        body: schemas['rating.list-matter'],
        response: { 201: done },
      },
    },
    async (request, reply) => {
      const command = { type: 'rating.list-matter', ...request.body }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ facts: [...facts] })
    },
  )

  for (const deed of ['sign-on', 'sign-off'] as const)
    app.post(
      `/api/rating/counters/:counter/${deed}`,
      {
        schema: {
          tags,
          description:
            deed === 'sign-on'
              ? '上岗: from now on what is done at this counter is done by who asks, who signed in by badge and PIN or by password.'
              : '离岗: nobody works at this counter any more.',
          params: Type.Object({ counter: id }, exactly),
          response: { 200: done },
        },
      },
      async (request) => {
        const command = { type: `rating.${deed}`, ...request.params }
        const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
        return { facts: [...facts] }
      },
    )

  app.get(
    '/api/rating/counters/:counter',
    {
      schema: {
        tags,
        description: 'The clerk’s console. It says what vote was offered, never whether or how it was used.',
        params: Type.Object({ counter: id }, exactly),
        response: { 200: consoleAnswer },
      },
    },
    async (request) => {
      const actor = await actorOf(request)
      const { hall } = await readCounter(db, request.params.counter)
      if (!actor.appointments.some(({ post, place }) => place === hall && (post === 'clerk' || post === 'manager')))
        throw new Refusal('rating.unknown-counter', { counter: request.params.counter })
      return readConsole(db, request.params.counter, now())
    },
  )

  app.post(
    '/api/rating/services',
    {
      schema: {
        tags,
        description:
          'Somebody is served at a counter, by who is signed on there: called by the queue or business system (as the head of the hall), or by the clerk. `number` (a ticket, a case) has one service. `joins`: further business of the same person, which has no rating of its own.',
        body: Type.Object(openBody, exactly),
        response: { 201: opened },
      },
    },
    async (request, reply) => {
      const by = (await isClerkOf(request, request.body.counter)) ? 'clerk' : 'program'
      const command = { type: 'rating.open-service', ...request.body, by }
      const { facts, result } = await act(whoOf(request), command, { cause: causeOf(request) })
      return reply.code(201).send({ facts: [...facts], service: String(result['service']) })
    },
  )

  app.post(
    '/api/rating/services/:service/invite',
    {
      schema: {
        tags,
        description:
          '请评价: offers the one vote of a service at the counter’s pads and screen. Who called it as a program is given the token, for a device or a code of its own; a clerk is not. A batch has one vote, whichever of its services is named.',
        params: Type.Object({ service: uuid }, exactly),
        response: { 200: offered },
      },
    },
    async (request) => {
      const { service } = request.params
      const isProgram = await isProgramFor(request, service)
      const command = { type: 'rating.offer-vote', service, by: isProgram ? 'program' : 'clerk' }
      const { facts, result } = await act(whoOf(request), command, { cause: causeOf(request) })
      return {
        ...{ facts: [...facts], expiresAt: String(result['expiresAt']) },
        token: isProgram ? tokenOf(keys.pepper, String(result['service'])) : null,
      }
    },
  )

  app.get(
    '/api/rating/summary',
    {
      schema: {
        tags,
        description:
          'Counted votes by clerk, counter, matter or hall, with unrated services, the share of satisfied, its 95 % interval and what satisfied means. Figures are sums of batches of ten or more. `questionnaire` takes one version; without it a question is added up over versions that ask it in the same words. For the head of the hall and for supervisors.',
        querystring: Type.Object(
          {
            hall: id,
            by: Type.Optional(Type.Enum(['clerk', 'counter', 'matter', 'hall'])),
            questionnaire: Type.Optional(questionnaireName),
            from: Type.Optional(day),
            to: Type.Optional(day),
            ...paged(id),
          },
          exactly,
        ),
        response: { 200: summaryAnswer },
      },
    },
    async (request) => {
      const { hall, by = 'clerk', questionnaire, from = null, to = null } = request.query
      const { person, appointments } = await actorOf(request)
      const may = appointments.some(
        ({ post, place }) => (post === 'manager' && place === hall) || post === 'supervisor',
      )
      if (!may) throw new Refusal('rating.not-for-you')
      const at = now()
      await activity.record({ at, kind: 'read', person, station: null, about: `rating ${hall}`, outcome: 'ok' })
      const page = pageOf(request.query)
      const all = await readCells(db, hall, at, { from, to })
      const cells = questionnaire === undefined ? all : all.filter(({ group }) => group.questionnaire === questionnaire)
      const rule = ruleOn(await watchRules(db, hall), to ?? dayOf(at))
      const { rows, rest, total } = await summarise(db, cells, by, { hall, rule, ...page })
      return {
        ...{ rows, rest, total, means: SATISFIED_MEANS, least: LEAST_BALLOTS },
        account: await lastAccount(db),
        after: nextAfter(rows, page, (row) => row.id),
      }
    },
  )

  function actorOf(request: FastifyRequest): Promise<Actor> {
    return loadActor(db, signedIn(request).person, now())
  }

  /** The queue or business system of the hall, as its head; never whose service it is, who would hold the right to rate himself. */
  async function isProgramFor(request: FastifyRequest, service: string): Promise<boolean> {
    const { person, appointments } = await actorOf(request)
    const found = await db.selectFrom('rating_services').select(['hall', 'clerk']).where('id', '=', service).execute()
    return found.some(
      ({ hall, clerk }) =>
        clerk !== person && appointments.some(({ post, place }) => post === 'manager' && place === hall),
    )
  }

  /** The clerk at his own counter, and not the queue or business system. */
  async function isClerkOf(request: FastifyRequest, counter: string): Promise<boolean> {
    const { person } = signedIn(request)
    const found = await db
      .selectFrom('rating_counters')
      .select('id')
      .where('id', '=', counter)
      .where('clerk', '=', person)
      .executeTakeFirst()
    return found !== undefined
  }
}
