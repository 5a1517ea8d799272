import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { loadActor } from '../access/actor.ts'
import type { DeviceKind } from '../../devices/reading.ts'
import { causeOf, signedIn, whoOf } from '../http.ts'
import type { Actor } from '../module.ts'
import { Refusal } from '../refusal.ts'
import { nextAfter, paged, pageOf } from '../schemas.ts'
import { changedStation, devicesPage, kinds as kindsAnswer, ordered, ports as portsAnswer } from './answers.ts'
import { id, version } from './configuration.ts'
import { DEVICE_SETTINGS, settingViews } from './device-settings.ts'
import { readDevices } from './device-states.ts'
import { kinds } from './fault-words.ts'
import { readPluggedPorts } from './plugged-ports.ts'
import type { BytesMessage, DeviceRow, DeviceKindView } from './protocol.ts'
import { listStations, readStation, readStations } from './registry.ts'
import type { StationRouteOptions } from './routes.ts'

/** The administrator behind an open socket is asked for again this often. */
const RECHECK_MS = 2_000
/** A screen that does not read is dropped rather than remembered. */
const BACKLOG_BYTES = 1024 * 1024
/** Said while nothing happens, so that a screen notices a line that is dead but not closed. */
const BEAT_MS = 10_000
const LOCKS_MAX = 255

const exactly = <const P extends Parameters<typeof Type.Object>[0]>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })
const ofDevice = Type.Object({ id, device: id })
const order = Type.Union([
  exactly({ do: Type.Literal('feedback'), verdict: Type.Enum(['good', 'bad']) }),
  exactly({ do: Type.Enum(['print', 'weigh', 'zero', 'tare']) }),
  exactly({ do: Type.Literal('lock-state'), lock: Type.Integer({ minimum: 1, maximum: LOCKS_MAX }) }),
])

const kindViews: readonly DeviceKindView[] = (Object.keys(DEVICE_SETTINGS) as DeviceKind[]).map((kind) => ({
  kind,
  words: kinds[kind],
  protocols: Object.entries(DEVICE_SETTINGS[kind]).map(([protocol, shapes]) => ({
    protocol,
    settings: settingViews(shapes),
  })),
}))

/** The devices screen: how devices are for who is signed in; what they see, and having them do something, for system administrators. */
export const deviceRoutes: FastifyPluginAsyncTypebox<StationRouteOptions> = async (
  app,
  { db, act, now, activity, desk, signIn, deviceFolder = '/dev' },
) => {
  const isAdmin = ({ appointments }: Actor): boolean => appointments.some(({ post }) => post === 'system-admin')

  /** @throws Refusal unless a system administrator asks */
  const systemAdmin = async (person: string): Promise<string> => {
    if (!isAdmin(await loadActor(db, person, now()))) throw new Refusal('access.no-post', { posts: 'system-admin' })
    return person
  }

  app.get(
    '/api/devices',
    {
      schema: {
        tags: ['stations'],
        description: 'Devices by station: `limit` counts stations, and `after` is the last one of the page before.',
        querystring: exactly(paged(id)),
        response: { 200: devicesPage },
      },
    },
    async (request) => {
      const actor = await loadActor(db, signedIn(request).person, now())
      const page = pageOf(request.query)
      const stations = await listStations(db, page)
      const places = new Map(stations.map((station) => [station.id, station.place]))
      const rows = await readDevices(db, stations, now())
      const notes = await desk.notes(stations)
      const noteOf = ({ station, id: device }: DeviceRow) => notes.get(station)?.find((one) => one.device === device)
      const sees = (station: string): boolean =>
        isAdmin(actor) || actor.appointments.some(({ place }) => place === places.get(station))
      return {
        devices: rows.map((row) => {
          if (row.kind === 'keypad' && !isAdmin(actor)) return withoutPresses(row)
          const note = noteOf(row)
          const shown = note === undefined ? row : { ...row, note }
          return sees(row.station) ? shown : { ...shown, lastReading: null }
        }),
        after: nextAfter(stations, page, (station) => station.id),
      }
    },
  )

  app.get('/api/devices/ports', { schema: { tags: ['stations'], response: { 200: portsAnswer } } }, async (request) => {
    await systemAdmin(signedIn(request).person)
    return { ports: await readPluggedPorts(await readStations(db), deviceFolder) }
  })

  app.get('/api/devices/kinds', { schema: { tags: ['stations'], response: { 200: kindsAnswer } } }, async (request) => {
    signedIn(request)
    return { kinds: kindViews }
  })

  app.post(
    '/api/stations/:id/devices/:device/move',
    {
      schema: {
        tags: ['stations'],
        params: ofDevice,
        body: exactly({ to: id, version: Type.Optional(version), toVersion: Type.Optional(version) }),
        response: { 200: changedStation },
      },
    },
    async (request) => {
      const { id: station, device } = request.params
      const command = { type: 'stations.move-device', station, device, ...request.body }
      const { facts } = await act(whoOf(request), command, { cause: causeOf(request) })
      return { facts, station: await readStation(db, request.body.to) }
    },
  )

  app.post(
    '/api/stations/:id/devices/:device/order',
    {
      schema: {
        tags: ['stations'],
        description: 'Has a device do something; a lock is not opened so, but by two people at a bench (双人双锁).',
        params: ofDevice,
        body: order,
        response: { 200: ordered },
      },
    },
    async (request) => {
      const person = await systemAdmin(signedIn(request).person)
      const { id: station, device } = request.params
      return desk.order(station, { person, key: causeOf(request), device, order: request.body })
    },
  )

  app.get(
    '/api/stations/:id/devices/:device/bytes',
    { websocket: true, schema: { tags: ['stations'], params: ofDevice } },
    async (socket, request) => {
      const { id: station, device } = request.params
      const token = request.sessionToken ?? ''
      let leave: () => void = () => undefined
      const tell = (message: BytesMessage | { readonly kind: 'beat' }): void => {
        if (socket.bufferedAmount > BACKLOG_BYTES) socket.close(4408, 'too slow')
        else socket.send(JSON.stringify(message))
      }
      const refuse = (error: unknown): void => {
        if (error instanceof Refusal) socket.close(error.status === 404 ? 4404 : 4401, error.code)
        else socket.close(1011, 'the session could not be checked')
      }
      const mayStill = async (): Promise<string> => {
        const { person } = signedIn(request)
        if (!(await signIn.isOpen(token))) throw new Refusal('access.not-signed-in')
        return systemAdmin(person)
      }
      const recheck = setInterval(() => void mayStill().catch(refuse), RECHECK_MS)
      const beat = setInterval(() => tell({ kind: 'beat' }), BEAT_MS)
      socket.on('close', () => {
        clearInterval(beat)
        clearInterval(recheck)
        leave()
      })
      socket.on('error', () => socket.close())
      try {
        const person = await mayStill()
        await activity.record({ at: now(), kind: 'read', person, station, about: `bytes of ${device}`, outcome: 'ok' })
        const watch = desk.watch(station, device, (reading) => tell({ type: 'reading', ...reading }))
        leave = watch.leave
        if (socket.readyState === socket.OPEN) tell({ type: 'watching', driven: watch.driven })
        else leave()
      } catch (error) {
        refuse(error)
        if (!(error instanceof Refusal)) throw error
      }
    },
  )
}

/** That a rater has pressed, and when, would tell the clerk before him which service was rated. */
function withoutPresses(row: DeviceRow): DeviceRow {
  return { ...row, lastReadingAt: null, lastReading: null, readings: null, repeats: null }
}
