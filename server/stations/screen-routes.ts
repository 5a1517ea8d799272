import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Files } from '../files/files.ts'
import { causeOf, type RouteDependencies } from '../http.ts'
import { SYSTEM } from '../module.ts'
import type { Keys } from '../keys.ts'
import { Refusal } from '../refusal.ts'
import { exactly, streamed } from '../schemas.ts'
import { cards, isJoined, joined, sessionAnswer } from './answers.ts'
import { id } from './configuration.ts'
import { commandCards, drawCommandCard } from './command-cards.ts'
import type { Desk } from './desk.ts'
import { readStation } from './registry.ts'
import { openScreen, screenSeen } from './screens.ts'
import { byScreen } from './routing.ts'
import { mustBeScreen, screenAsking, setScreenCookie } from './screen-cookie.ts'
import { arrivingOf, screenInput } from './screen-input.ts'

export interface ScreenRouteOptions extends RouteDependencies {
  readonly keys: Pick<Keys, 'pepper'>
  readonly desk: Desk
  readonly files: Pick<Files, 'openCopy' | 'holds'>
  /** The site is served over TLS. */
  readonly secure: boolean
}

/** The screen behind an open socket is asked for again this often: revoking it closes the socket. */
const RECHECK_MS = 2_000
/** A screen that does not read is dropped rather than remembered. */
const BACKLOG_BYTES = 4 * 1024 * 1024
/** Said while nothing happens, so that a screen notices a line that is dead but not closed. */
const BEAT_MS = 10_000

const params = Type.Object({ id })

/** One station's session for its screens, and what they send. */
export const screenRoutes: FastifyPluginAsyncTypebox<ScreenRouteOptions> = async (app, options) => {
  const { db, keys, now, activity, desk, files, secure } = options

  app.post(
    '/api/stations/:id/screen',
    {
      schema: {
        tags: ['stations'],
        params,
        body: Type.Object({ code: Type.String({ minLength: 1, maxLength: 20 }) }, exactly),
        response: { 200: joined },
        security: [],
      },
    },
    async (request, reply) => {
      const station = request.params.id
      const found = await readStation(db, station)
      const asked = { code: request.body.code, key: causeOf(request) }
      const { token, screen, by, again } = await openScreen({ db, pepper: keys.pepper }, station, asked, now())
      const person = by === SYSTEM ? null : by
      const outcome = again ? 'joined before' : 'joined'
      await activity.record({ at: now(), kind: 'sign-in', person, station, about: `screen ${screen}`, outcome })
      setScreenCookie(reply, { station, token, secure })
      const { name, kind, place } = found
      return { station: { id: station, name, kind, place } }
    },
  )

  app.get(
    '/api/stations/:id/screen',
    {
      schema: {
        tags: ['stations'],
        description: 'Whether the browser that asks is a screen of this station.',
        params,
        response: { 200: isJoined },
        security: [],
      },
    },
    async (request) => {
      return { joined: (await screenAsking(db, request, request.params.id)) !== null }
    },
  )

  app.get(
    '/api/stations/:id/session',
    { schema: { tags: ['stations'], params, response: { 200: sessionAnswer }, security: [] } },
    async (request) => {
      await mustBeScreen(db, request, request.params.id)
      return desk.session(request.params.id)
    },
  )

  app.get(
    '/api/stations/:id/cards',
    { schema: { tags: ['stations'], params, response: { 200: cards }, security: [] } },
    async (request) => {
      await mustBeScreen(db, request, request.params.id)
      return { cards: commandCards }
    },
  )

  app.get(
    '/api/stations/:id/cards/:word.svg',
    {
      schema: {
        tags: ['stations'],
        params: Type.Object({ id, word: Type.Enum(commandCards.map(({ word }) => word)) }),
        produces: ['image/svg+xml'],
        response: { 200: Type.String() },
        security: [],
      },
    },
    async (request, reply) => {
      await mustBeScreen(db, request, request.params.id)
      return reply.type('image/svg+xml; charset=utf-8').send(drawCommandCard(request.params.word))
    },
  )

  app.post(
    '/api/stations/:id/input',
    { schema: { tags: ['stations'], params, body: screenInput, response: { 200: sessionAnswer }, security: [] } },
    async (request) => {
      const station = request.params.id
      const screen = await mustBeScreen(db, request, station)
      const arriving = arrivingOf(request.body, {
        id: `${screen}:${causeOf(request)}`,
        by: byScreen(screen),
        now: now(),
      })
      return desk.input(station, arriving)
    },
  )

  app.get(
    '/api/stations/:id/photos/:sha256',
    {
      schema: {
        tags: ['stations'],
        params: Type.Object({ id, sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }) }),
        querystring: Type.Object({ size: Type.Optional(Type.Literal('thumb')) }, exactly),
        produces: ['image/jpeg'],
        response: { 200: streamed },
        security: [],
      },
    },
    async (request, reply) => {
      const { id: station, sha256 } = request.params
      const screen = await mustBeScreen(db, request, station)
      const { session } = await desk.session(station)
      // Only what is in somebody's hands at this station now.
      if (session.work?.item?.photos.includes(sha256) !== true || !(await files.holds(sha256)))
        throw new Refusal('file.not-found')
      const person = session.custodian?.id ?? null
      await activity.record({
        at: now(),
        kind: 'read',
        person,
        station,
        about: `files/${sha256} ${screen}`,
        outcome: 'ok',
      })
      const { bytes, stream } = await files.openCopy(sha256, request.query.size ?? 'cleaned')
      return reply.headers({ 'content-type': 'image/jpeg', 'content-length': bytes }).send(stream)
    },
  )

  app.get(
    '/api/stations/:id/live',
    { websocket: true, schema: { tags: ['stations'], params, security: [] } },
    async (socket, request) => {
      const station = request.params.id
      let leave: () => void = () => undefined
      const here = async (): Promise<void> => screenSeen(db, await mustBeScreen(db, request, station), now())
      const recheck = setInterval(() => {
        here().catch((error: unknown) =>
          error instanceof Refusal
            ? socket.close(4401, error.code)
            : socket.close(1011, 'the screen could not be checked'),
        )
      }, RECHECK_MS)
      const beat = setInterval(() => socket.send(JSON.stringify({ kind: 'beat' })), BEAT_MS)
      socket.on('close', () => {
        clearInterval(beat)
        clearInterval(recheck)
        leave()
      })
      socket.on('error', () => socket.close())
      try {
        await here()
        leave = await desk.follow(station, (message) => {
          if (socket.bufferedAmount > BACKLOG_BYTES) socket.close(4408, 'too slow')
          else socket.send(JSON.stringify(message))
        })
        if (socket.readyState !== socket.OPEN) leave()
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        socket.close(error.code === 'stations.unknown' ? 4404 : 4401, error.code)
      }
    },
  )
}
