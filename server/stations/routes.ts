import { createHash } from 'node:crypto'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { loadActor } from '../access/actor.ts'
import type { Files } from '../files/files.ts'
import { causeOf, type RouteDependencies, signedIn, whoOf } from '../http.ts'
import { canonicalText } from '../ledger/entry.ts'
import { SYSTEM } from '../module.ts'
import type { Keys } from '../keys.ts'
import { Refusal } from '../refusal.ts'
import { nextAfter, paged, pageOf, streamed, uuid } from '../schemas.ts'
import {
  cards,
  changedStation,
  isJoined,
  joined,
  screenCode,
  screensPage,
  sessionAnswer,
  stationsPage,
} from './answers.ts'
import { id, stationBody } from './configuration.ts'
import { commandCards, drawCommandCard } from './command-cards.ts'
import type { Desk } from './desk.ts'
import { deviceRoutes } from './device-routes.ts'
import type { Arriving, Content } from './arriving.ts'
import type { ScreenInput } from './protocol.ts'
import { listStations, readStation } from './registry.ts'
import { findScreen, listScreens, makeCode, openScreen, revokeScreen, screenSeen } from './screens.ts'
import { byScreen } from './routing.ts'

export interface StationRouteOptions extends RouteDependencies {
  readonly keys: Pick<Keys, 'pepper'>
  readonly desk: Desk
  readonly files: Pick<Files, 'openCopy' | 'holds'>
  /** The site is served over TLS. */
  readonly secure: boolean
  /** Where the device files of this machine stand; `/dev` when not said. */
  readonly deviceFolder?: string
}

export const COOKIE = 'clearhold-screen'
/** A screen stays one until it is revoked; browsers keep a cookie no longer than this. */
const COOKIE_SECONDS = 400 * 86_400
/** The screen behind an open socket is asked for again this often: revoking it closes the socket. */
const RECHECK_MS = 2_000
/** A screen that does not read is dropped rather than remembered. */
const BACKLOG_BYTES = 4 * 1024 * 1024
const AGE_MS_MAX = 3_600_000
/** Said while nothing happens, so that a screen notices a line that is dead but not closed. */
const BEAT_MS = 10_000

const params = Type.Object({ id })
const step = Type.Integer({ minimum: 0 })
const age_ms = Type.Integer({ minimum: 0, maximum: AGE_MS_MAX })
const exactly = <const P extends Parameters<typeof Type.Object>[0]>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })

const screenInput = Type.Union([
  exactly({ type: Type.Literal('scan'), text: Type.String({ minLength: 1, maxLength: 512 }), age_ms }),
  exactly({ type: Type.Literal('fault'), code: Type.Enum(['line-garbled', 'line-too-long', 'line-cut']), age_ms }),
  exactly({ type: Type.Literal('pin'), step, pin: Type.String({ minLength: 1, maxLength: 32 }) }),
  exactly({
    type: Type.Literal('choose'),
    step,
    option: Type.String({ minLength: 1, maxLength: 40 }),
    text: Type.Optional(Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000-\\u001f]*$' })),
  }),
  exactly({
    type: Type.Literal('command'),
    step,
    word: Type.Enum(['CONFIRM', 'CANCEL', 'UNDO', 'REFUSE', 'MOVE', 'LOOKUP', 'OPEN', 'WEIGH', 'LOCK']),
  }),
])

/** Stations and devices for who is signed in; one station's session for its screens. */
export const stationRoutes: FastifyPluginAsyncTypebox<StationRouteOptions> = async (app, options) => {
  const { db, keys, act, now, activity, desk, files, secure } = options
  await app.register(deviceRoutes, options)

  const cookiePath = (station: string): string => `/api/stations/${station}`

  /** @throws Refusal unless a system administrator asks */
  const systemAdmin = async (request: FastifyRequest): Promise<string> => {
    const { person } = signedIn(request)
    const { appointments } = await loadActor(db, person, now())
    if (!appointments.some(({ post }) => post === 'system-admin'))
      throw new Refusal('access.no-post', { posts: 'system-admin' })
    return person
  }

  /** @throws Refusal `stations.not-a-screen` */
  const screenOf = async (request: FastifyRequest, station: string): Promise<string> => {
    const token = request.cookies[COOKIE]
    const screen = token === undefined ? null : await findScreen(db, station, token)
    if (screen === null) throw new Refusal('stations.not-a-screen')
    return screen
  }

  app.get(
    '/api/stations',
    { schema: { tags: ['stations'], querystring: exactly(paged(id)), response: { 200: stationsPage } } },
    async (request) => {
      signedIn(request)
      const page = pageOf(request.query)
      const stations = await listStations(db, page)
      return { stations, after: nextAfter(stations, page, (station) => station.id) }
    },
  )

  app.put(
    '/api/stations/:id',
    { schema: { tags: ['stations'], params, body: stationBody, response: { 200: changedStation } } },
    async (request) => {
      const station = request.params.id
      const command = { type: 'stations.configure', station, ...request.body }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      return { facts, station: await readStation(db, station) }
    },
  )

  app.post(
    '/api/stations/:id/code',
    { schema: { tags: ['stations'], params, response: { 201: screenCode } } },
    async (request, reply) => {
      const person = await systemAdmin(request)
      const key = causeOf(request)
      const station = request.params.id
      await readStation(db, station)
      const made = await makeCode({ db, pepper: keys.pepper }, station, person, key)
      await activity.record({ at: now(), kind: 'sign-in', person, station, about: 'screen code', outcome: 'made' })
      return reply.code(201).send(made)
    },
  )

  app.get(
    '/api/stations/:id/screens',
    { schema: { tags: ['stations'], params, querystring: exactly(paged(uuid)), response: { 200: screensPage } } },
    async (request) => {
      await systemAdmin(request)
      const page = pageOf(request.query)
      const screens = await listScreens(db, request.params.id, page)
      return { screens, after: nextAfter(screens, page, (screen) => screen.id) }
    },
  )

  app.delete(
    '/api/stations/:id/screens/:screen',
    {
      schema: {
        tags: ['stations'],
        params: Type.Object({ id, screen: Type.String({ format: 'uuid' }) }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const person = await systemAdmin(request)
      const key = causeOf(request)
      const { id: station, screen } = request.params
      await revokeScreen(db, station, screen, { by: person, key })
      await activity.record({
        at: now(),
        kind: 'sign-out',
        person,
        station,
        about: `screen ${screen}`,
        outcome: 'revoked',
      })
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/api/stations/:id/screen',
    {
      schema: {
        tags: ['stations'],
        params,
        body: exactly({ code: Type.String({ minLength: 1, maxLength: 20 }) }),
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
      setScreenCookie(reply, token, cookiePath(station), secure)
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
      const token = request.cookies[COOKIE]
      return { joined: token !== undefined && (await findScreen(db, request.params.id, token)) !== null }
    },
  )

  app.get(
    '/api/stations/:id/session',
    { schema: { tags: ['stations'], params, response: { 200: sessionAnswer }, security: [] } },
    async (request) => {
      await screenOf(request, request.params.id)
      return desk.session(request.params.id)
    },
  )

  app.get(
    '/api/stations/:id/cards',
    { schema: { tags: ['stations'], params, response: { 200: cards }, security: [] } },
    async (request) => {
      await screenOf(request, request.params.id)
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
      await screenOf(request, request.params.id)
      return reply.type('image/svg+xml; charset=utf-8').send(drawCommandCard(request.params.word))
    },
  )

  app.post(
    '/api/stations/:id/input',
    { schema: { tags: ['stations'], params, body: screenInput, response: { 200: sessionAnswer }, security: [] } },
    async (request) => {
      const station = request.params.id
      const screen = await screenOf(request, station)
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
        querystring: Type.Object({ size: Type.Optional(Type.Literal('thumb')) }, { additionalProperties: false }),
        produces: ['image/jpeg'],
        response: { 200: streamed },
        security: [],
      },
    },
    async (request, reply) => {
      const { id: station, sha256 } = request.params
      const screen = await screenOf(request, station)
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
      const here = async (): Promise<void> => screenSeen(db, await screenOf(request, station), now())
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

function setScreenCookie(reply: FastifyReply, token: string, path: string, secure: boolean): void {
  reply.setCookie(COOKIE, token, { path, httpOnly: true, sameSite: 'strict', secure, maxAge: COOKIE_SECONDS })
}

function arrivingOf(
  input: Static<typeof screenInput>,
  { id: arrivalId, by, now }: { id: string; by: string; now: string },
): Arriving {
  const sent: ScreenInput = input
  const madeAt = 'age_ms' in sent ? new Date(Date.parse(now) - sent.age_ms).toISOString() : now
  return {
    id: arrivalId,
    by,
    at: madeAt,
    step: 'step' in sent ? sent.step : null,
    fingerprint: fingerprintOf(sent),
    content: contentOf(sent),
  }
}

/** Without the PIN, which nothing may be kept of, and without the age, which grows while it is sent again. */
function fingerprintOf(input: ScreenInput): Buffer {
  const { age_ms: _age, pin: _pin, ...kept } = { age_ms: null, pin: null, ...input }
  return createHash('sha256').update(canonicalText(kept)).digest()
}

function contentOf(input: ScreenInput): Content {
  switch (input.type) {
    case 'scan':
      return { kind: 'scan', text: input.text, sight: 'first' }
    case 'fault':
      return { kind: 'fault', deviceKind: 'scanner', fault: { code: input.code } }
    case 'pin':
      return { kind: 'pin', pin: input.pin }
    case 'choose':
      return { kind: 'choose', option: input.option, text: input.text ?? null }
    case 'command':
      return { kind: 'command', word: input.word }
  }
}
