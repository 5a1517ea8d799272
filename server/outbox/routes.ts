import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { loadActor } from '../access/actor.ts'
import { inTransaction } from '../database/connect.ts'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../http.ts'
import { namesOf } from '../names.ts'
import { Refusal } from '../refusal.ts'
import { answering, done, exactly, facts, nextAfter, orNull, paged, pageOf, pageWith, uuid } from '../schemas.ts'
import { addressesBody, addressesOf, channelName, tryBody } from './addresses.ts'
import { CHANNELS, MESSAGE_STATES, type MessageState, type Way } from './outbox.ts'
import type { OwnAddresses, ShownMessage, ShownOutbox } from './protocol.ts'
import { countOutbox, listMessages, makeMessage, type MessageRow, sendAgain } from './store.ts'

const tags = ['outbox']
const text = Type.String()
const whole = Type.Integer()
const channel = channelName
const state = Type.Unsafe<MessageState>(Type.Enum([...MESSAGE_STATES]))

const shownMessage = answering<ShownMessage>()(
  Type.Object(
    {
      ...{ id: text, to: Type.Object({ who: text, name: text }, exactly), channel, state },
      ...{ count: whole, trial: Type.Boolean(), attempts: whole, madeAt: text },
      ...{ triedAt: orNull(text), nextAt: orNull(text), words: orNull(text) },
    },
    exactly,
  ),
)
const shownOutbox = answering<ShownOutbox>()(
  Type.Object(
    {
      channels: Type.Array(
        Type.Object(
          {
            ...{ channel, on: Type.Boolean(), through: orNull(text) },
            ...{ waiting: whole, failed: whole, delivered: whole, givenUp: whole },
          },
          exactly,
        ),
      ),
      unheard: whole,
    },
    exactly,
  ),
)
const ownAddresses = answering<OwnAddresses>()(
  Type.Object({ mail: orNull(text), webhook: orNull(text), on: Type.Array(channel) }, exactly),
)

export interface OutboxRouteOptions extends RouteDependencies {
  readonly ways: readonly Way[]
}

/** Outgoing messages for the system administrator, and everybody's own addresses. */
export const outboxRoutes: FastifyPluginAsyncTypebox<OutboxRouteOptions> = async (
  app,
  { db, actWithin, act, activity, now, ways },
) => {
  /** @throws Refusal `access.no-post` */
  const mustAdminister = async (person: string): Promise<void> => {
    const { appointments } = await loadActor(db, person, now())
    if (!appointments.some(({ post }) => post === 'system-admin'))
      throw new Refusal('access.no-post', { posts: 'system-admin' })
  }
  const recordRead = (person: string, about: string): Promise<void> =>
    activity.record({ at: now(), kind: 'read', person, station: null, about, outcome: 'ok' })

  app.get(
    '/api/outbox',
    {
      schema: {
        tags,
        description: 'Outgoing messages and how far each came, the newest first. System administrators only.',
        querystring: Type.Object({ state: Type.Optional(state), ...paged(uuid) }, exactly),
        response: { 200: pageWith('messages', shownMessage) },
      },
    },
    async (request) => {
      const { person } = signedIn(request)
      await mustAdminister(person)
      await recordRead(person, 'outbox')
      const page = pageOf(request.query)
      const rows = await listMessages(db, { state: request.query.state ?? null, ...page })
      const named = await namesOf(
        db,
        rows.map((row) => `person/${row.person}`),
      )
      const shown = (row: MessageRow): ShownMessage => ({
        ...{ id: row.id, to: named(`person/${row.person}`), channel: row.channel, count: row.count, trial: row.trial },
        ...{ state: row.state, attempts: row.attempts, madeAt: row.made_at, triedAt: row.tried_at },
        ...{ nextAt: row.next_at, words: row.words },
      })
      return { messages: rows.map(shown), after: nextAfter(rows, page, ({ id }) => id) }
    },
  )

  app.get(
    '/api/outbox/channels',
    {
      schema: {
        tags,
        description: 'The ways out, whether each is on, and how many messages stand where. System administrators only.',
        response: { 200: shownOutbox },
      },
    },
    async (request) => {
      const { person } = signedIn(request)
      await mustAdminister(person)
      const { counts, unheard } = await countOutbox(db)
      return {
        channels: CHANNELS.map((one) => {
          const of = (wanted: MessageState): number =>
            counts.find((found) => found.channel === one && found.state === wanted)?.count ?? 0
          const way = ways.find((known) => known.channel === one)
          return {
            ...{ channel: one, on: way !== undefined, through: way?.through ?? null },
            ...{ waiting: of('waiting'), failed: of('failed'), delivered: of('delivered'), givenUp: of('given-up') },
          }
        }),
        unheard,
      }
    },
  )

  app.post(
    '/api/outbox/:id/resend',
    {
      schema: {
        tags,
        description: 'Sends a message again that was delivered, failed or was given up; it keeps its id.',
        params: Type.Object({ id: uuid }, exactly),
        response: { 200: done },
      },
    },
    async (request) => {
      const { id } = request.params
      const answer = await inTransaction(db, async (trx) => {
        const command = { type: 'outbox.resend', message: id }
        const acted = await actWithin(trx, whoOf(request), command, { cause: causeOf(request) })
        if (acted.repeated === undefined && !(await sendAgain(trx, id, now())))
          throw new Refusal('outbox.not-settled', { message: id })
        return acted
      })
      return { facts: [...answer.facts] }
    },
  )

  app.post(
    '/api/outbox/try',
    {
      schema: {
        tags,
        description: 'Sends the administrator who asks a trial message by one channel.',
        body: tryBody,
        response: { 201: Type.Object({ message: text, facts }, exactly) },
      },
    },
    async (request, reply) => {
      const who = whoOf(request)
      const { channel: wanted } = request.body
      const answer = await inTransaction(db, async (trx) => {
        const command = { type: 'outbox.try', channel: wanted }
        const acted = await actWithin(trx, who, command, { cause: causeOf(request) })
        if (acted.repeated !== undefined) return acted
        if (!ways.some((way) => way.channel === wanted)) throw new Refusal('outbox.off')
        const own = (await addressesOf(trx, [who.person])).get(who.person)
        if ((own?.[wanted] ?? null) === null) throw new Refusal('outbox.no-address')
        const id = String(acted.result['message'])
        await makeMessage(trx, { id, person: who.person, channel: wanted, count: 0, trial: true, now: now() })
        return acted
      })
      return reply.code(201).send({ message: String(answer.result['message']), facts: [...answer.facts] })
    },
  )

  app.get(
    '/api/session/addresses',
    {
      schema: { tags, description: 'Where the asker is reached outside the program.', response: { 200: ownAddresses } },
    },
    async (request) => {
      const { person } = signedIn(request)
      await recordRead(person, `address/${person}`)
      const own = (await addressesOf(db, [person])).get(person)
      return {
        ...{ mail: own?.mail ?? null, webhook: own?.webhook ?? null },
        on: ways.map((way) => way.channel),
      }
    },
  )

  app.put(
    '/api/session/addresses',
    {
      schema: {
        tags,
        description: 'Everybody sets his own; null where he is not to be called by that channel.',
        body: addressesBody,
        response: { 200: done },
      },
    },
    async (request) => {
      const command = { type: 'outbox.set-addresses', ...request.body }
      const answer = await act(whoOf(request), command, { cause: causeOf(request) })
      return { facts: [...answer.facts] }
    },
  )
}
