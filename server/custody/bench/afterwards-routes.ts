import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { loadActor } from '../../access/actor.ts'
import type { Files } from '../../files/files.ts'
import { keepOf } from '../../files/upload.ts'
import { causeOf, type RouteDependencies } from '../../http.ts'
import { Refusal } from '../../refusal.ts'
import { answering, done, exactly, orNull, uuid, words } from '../../schemas.ts'
import { readStation } from '../../stations/registry.ts'
import { mustBeScreen } from '../../stations/screen-cookie.ts'
import { count, oneOf, shape, text } from '../answer-shapes.ts'
import { keptPhotos } from '../papers/answers.ts'
import { isAnswered } from '../people/right.ts'
import { code, id } from '../schemas.ts'
import type { BenchDisposal } from '../disposal/protocol.ts'
import type { BenchAfterwards } from '../signing/protocol.ts'
import { signingSchemas } from '../signing/schemas.ts'
import { afterwardsAt, freeAt, placeAmong } from './afterwards.ts'
import { disposalsAt } from './disposals.ts'

export interface AfterwardsRouteOptions extends RouteDependencies {
  readonly files: Files
}

const tags = ['stations']
const signs = signingSchemas['custody.sign'].properties
const params = Type.Object({ id }, exactly)
const side = Type.Union([Type.Literal('giver'), Type.Literal('taker')])
const item = { code: text, name: text, quantity: words }
const answer = answering<BenchAfterwards>()(
  shape({
    places: Type.Array(
      shape({
        ...{ paper: text, act: orNull(count), as: oneOf(['giver', 'taker']), person: shape({ id: text, name: text }) },
        items: Type.Array(shape(item)),
      }),
    ),
    differing: Type.Array(shape({ ...item, photos: count })),
  }),
)

const disposalsWaiting = answering<{ disposals: BenchDisposal[] }>()(
  shape({
    disposals: Type.Array(
      shape({
        ...{ code: text, case: text, way: words, items: count, places: Type.Array(text), yours: Type.Boolean() },
      }),
    ),
  }),
)

/** What a bench's own screen may add to what was just done at it. Nothing waits for it: the next scan begins the next work. */
export const afterwardsRoutes: FastifyPluginAsyncTypebox<AfterwardsRouteOptions> = async (app, deps) => {
  const { db, act, files, now } = deps

  /** @throws Refusal `stations.not-a-screen`, `custody.not-at-bench` where nobody works there or something else is in work */
  const standing = async (request: FastifyRequest, station: string) => {
    await mustBeScreen(db, request, station)
    const { place } = await readStation(db, station)
    const custodian = await freeAt(db, station, now())
    return { place, custodian }
  }

  app.get(
    '/api/stations/:id/afterwards',
    {
      schema: {
        ...{ tags, params, response: { 200: answer }, security: [] },
        description:
          'What was done at this bench a moment ago and is not signed by hand yet, and what of it differed, to be photographed. Empty while something is in work.',
      },
    },
    async (request): Promise<BenchAfterwards> => {
      const station = request.params.id
      const { place, custodian } = await standing(request, station)
      if (custodian === null) return { places: [], differing: [] }
      return afterwardsAt(db, { station, store: place, custodian: custodian.id }, now())
    },
  )

  app.get(
    '/api/stations/:id/disposals',
    {
      schema: {
        ...{ tags, params, response: { 200: disposalsWaiting }, security: [] },
        description:
          'Approved disposals of what this store keeps that wait to be carried out, for an idle bench. Empty while something is in work.',
      },
    },
    async (request): Promise<{ disposals: BenchDisposal[] }> => {
      const { place, custodian } = await standing(request, request.params.id)
      if (custodian === null) return { disposals: [] }
      return { disposals: await disposalsAt(db, place, await loadActor(db, custodian.id, now())) }
    },
  )

  app.post(
    '/api/stations/:id/signatures',
    {
      schema: {
        ...{ tags, params, response: { 200: done }, security: [] },
        description:
          'Somebody signs by hand at the bench for what he gave his badge and PIN for a moment ago; `act` as in `custody.sign`, left out on a hand-over list.',
        body: Type.Object(
          {
            ...{ paper: Type.Union([code, uuid]), act: signs.act, as: side, person: id },
            ...{ items: signs.items, on: signs.on, strokes: signs.strokes },
          },
          exactly,
        ),
      },
    },
    async (request) => {
      const station = request.params.id
      const cause = causeOf(request)
      const { place: store, custodian } = await standing(request, station)
      const { paper, act: nth, as, person, items, on, strokes } = request.body
      if (custodian === null) throw new Refusal('custody.not-at-bench')
      if (!(await isAnswered(db, custodian.id, cause))) {
        const { places } = await afterwardsAt(db, { station, store, custodian: custodian.id }, now())
        const open = placeAmong(places, { paper, act: nth ?? null, as, person })?.items.map((one) => one.code) ?? []
        if (!items.every((one) => open.includes(one))) throw new Refusal('custody.not-at-bench')
      }
      const who = {
        ...{ person: custodian.id, with: person === custodian.id ? [] : [person] },
        station: { id: station, place: store },
      }
      const command = { type: 'custody.sign', items, as, on, strokes, paper }
      const { facts } = await act(who, nth === undefined ? command : { ...command, act: nth }, { cause })
      return { facts: [...facts] }
    },
  )

  app.post(
    '/api/stations/:id/photos/:code',
    {
      schema: {
        ...{ tags, consumes: ['multipart/form-data'], response: { 201: keptPhotos }, security: [] },
        params: Type.Object({ id, code }, exactly),
        description: 'Photos of what was found to differ at this bench a moment ago, while the incident is open.',
      },
    },
    async (request, reply) => {
      const { id: station, code: wanted } = request.params
      const cause = causeOf(request)
      const { place: store, custodian } = await standing(request, station)
      const { differing } =
        custodian === null
          ? { differing: [] }
          : await afterwardsAt(db, { station, store, custodian: custodian.id }, now())
      if (custodian === null || !differing.some((one) => one.code === wanted)) throw new Refusal('custody.not-at-bench')
      const kept = await keepOf(request, files, custodian.id)
      const line = { item: wanted, photos: kept.map(({ sha256 }) => sha256), ofIncident: true }
      const who = { person: custodian.id, station: { id: station, place: store } }
      await act(who, { type: 'custody.add-photo', items: [line] }, { cause })
      return reply
        .code(201)
        .send({ photos: kept.map(({ sha256, width, height, bytes }) => ({ sha256, width, height, bytes })) })
    },
  )
}
