import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { loadActor } from '../../access/actor.ts'
import { inTransaction } from '../../database/connect.ts'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../../http.ts'
import { namesOf } from '../../names.ts'
import { ADMINISTRATORS } from '../../org/org.ts'
import { loadUpload } from '../../org/upload.ts'
import { MESSAGE_STATES, type MessageState } from '../../outbox/outbox.ts'
import { Refusal } from '../../refusal.ts'
import { answering, done, exactly, nextAfter, orNull, paged, pageOf, uuid } from '../../schemas.ts'
import { named } from '../answers.ts'
import type { ShownUpload } from './protocol.ts'
import { listUploads, uploadAgain } from './store.ts'

const tags = ['outbox']
const text = Type.String()
const whole = Type.Integer()
const shown = answering<ShownUpload>()(
  Type.Object(
    {
      ...{ url: orNull(text), secret: Type.Boolean(), after: orNull(text) },
      uploads: Type.Array(
        Type.Object(
          {
            ...{ id: text, hall: named, year: whole, counted: whole, attempts: whole, madeAt: text },
            state: Type.Unsafe<MessageState>(Type.Enum([...MESSAGE_STATES])),
            ...{ triedAt: orNull(text), nextAt: orNull(text), words: orNull(text) },
          },
          exactly,
        ),
      ),
    },
    exactly,
  ),
)

export interface UploadRouteOptions extends RouteDependencies {
  /** Whether there is a secret to sign uploads with. */
  readonly canUpload?: boolean
}

/** Released counts on their way to another system: where to, and how far each came. Switched on by `POST /api/proposals` and its confirmation. */
export const uploadRoutes: FastifyPluginAsyncTypebox<UploadRouteOptions> = async (
  app,
  { db, act, actWithin, activity, now, canUpload = false },
) => {
  app.get(
    '/api/upload',
    {
      schema: {
        tags,
        description:
          'Where released counts are uploaded to, and how far each upload came, the newest first. For administrators.',
        querystring: Type.Object(paged(uuid), exactly),
        response: { 200: shown },
      },
    },
    async (request): Promise<ShownUpload> => {
      const { person } = signedIn(request)
      const at = now()
      const { appointments } = await loadActor(db, person, at)
      if (!appointments.some(({ post }) => ADMINISTRATORS.some((one) => one === post)))
        throw new Refusal('access.no-post', { posts: ADMINISTRATORS.join(', ') })
      await activity.record({ at, kind: 'read', person, station: null, about: 'upload', outcome: 'ok' })
      const page = pageOf(request.query)
      const rows = await listUploads(db, page)
      const calledOf = await namesOf(
        db,
        rows.map(({ hall }) => `unit/${hall}`),
      )
      return {
        ...{ url: await loadUpload(db), secret: canUpload },
        uploads: rows.map(({ id, hall, year, counted, state, attempts, made_at, tried_at, next_at, words }) => ({
          ...{ id, year, counted, state, attempts, words, madeAt: made_at, triedAt: tried_at, nextAt: next_at },
          hall: { id: hall, name: calledOf(`unit/${hall}`).name },
        })),
        after: nextAfter(rows, page, ({ id }) => id),
      }
    },
  )

  app.post(
    '/api/upload/:id/resend',
    {
      schema: {
        ...{ tags, params: Type.Object({ id: uuid }, exactly), response: { 200: done } },
        description:
          'Sends the last upload of a hall and year again, under its id: it arrived and was lost there, failed, or was given up.',
      },
    },
    async (request) => {
      const { id } = request.params
      const { facts } = await inTransaction(db, async (trx) => {
        const command = { type: 'outbox.resend', message: id }
        const acted = await actWithin(trx, whoOf(request), command, { cause: causeOf(request) })
        if (acted.repeated === undefined && !(await uploadAgain(trx, id, now())))
          throw new Refusal('outbox.not-settled', { message: id })
        return acted
      })
      return { facts: [...facts] }
    },
  )

  app.post(
    '/api/upload/stop',
    {
      schema: {
        ...{ tags, response: { 200: done } },
        description: 'Nothing is uploaded from now on. One administrator is enough; to begin again takes two.',
      },
    },
    async (request) => {
      const { facts } = await act(whoOf(request), { type: 'org.stop-upload' }, { cause: causeOf(request) })
      return { facts: [...facts] }
    },
  )
}
