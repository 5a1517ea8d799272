import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { Unplugged } from '../../devices/emulators/unplugged.ts'
import { Refusal } from '../refusal.ts'
import type { DemoDevices, Emulator } from './emulators.ts'
import { demoPeople } from './organisation.ts'

export interface DemoRouteOptions {
  readonly devices: DemoDevices
  /** A fresh one-time code that makes a screen a station's. */
  readonly screenCode: (station: string) => Promise<string>
}

const MAX_TEXT = 5_000
const MAX_WEIGHT_MG = 100_000_000
/** A printer's last pages are enough to look at. */
const PAGES_SHOWN = 12
const SHOWN_BYTES = 4_096

const deed = Type.Union([
  Type.Object(
    {
      scan: Type.String({ maxLength: MAX_TEXT }),
      suffix: Type.Optional(Type.String({ maxLength: 4 })),
      cut: Type.Optional(Type.Integer({ minimum: 0 })),
    },
    { additionalProperties: false },
  ),
  Type.Object({ badge: Type.String({ maxLength: 64 }) }, { additionalProperties: false }),
  Type.Object(
    {
      weigh_mg: Type.Integer({ minimum: -MAX_WEIGHT_MG, maximum: MAX_WEIGHT_MG }),
      stable: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  Type.Object({ silent: Type.Boolean() }, { additionalProperties: false }),
  Type.Object(
    {
      paperOut: Type.Optional(Type.Boolean()),
      headOpen: Type.Optional(Type.Boolean()),
      ribbonOut: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false, minProperties: 1 },
  ),
  Type.Object({ unplug: Type.Literal(true) }, { additionalProperties: false }),
  Type.Object({ replug: Type.Literal(true) }, { additionalProperties: false }),
])
type Deed = Static<typeof deed>

const deviceParam = Type.Object({ device: Type.String({ maxLength: 40 }) })

/** The demonstration's own routes: who can sign in, and hands for the emulated devices. Never registered outside a demonstration. */
export const demoRoutes: FastifyPluginAsyncTypebox<DemoRouteOptions> = async (app, { devices, screenCode }) => {
  const schema = { tags: ['demonstration'], security: [] }
  const emulatorOf = (device: string): Emulator => {
    const found = devices.emulators.get(device)
    if (found === undefined) throw new Refusal('request.not-found', { what: device })
    return found
  }

  app.get('/api/demo', { schema }, async () => ({
    people: demoPeople.map(({ id, name, login, password, badge, pin, unit, posts }) => ({
      id,
      name,
      login,
      password,
      badge,
      pin,
      unit,
      posts: posts.map(({ post }) => post),
      places: posts.map(({ place }) => place),
    })),
    stations: devices.stations.map(({ id, name, kind, place }) => ({ id, name, kind, place })),
    emulators: [...devices.emulators].map(([device, { kind, station }]) => ({
      device,
      kind,
      station,
      send: deedsOf(kind),
    })),
  }))

  app.post(
    '/api/demo/stations/:station/code',
    { schema: { ...schema, params: Type.Object({ station: Type.String({ maxLength: 40 }) }) } },
    async (request) => ({
      code: await screenCode(request.params.station),
    }),
  )

  app.post(
    '/api/demo/emulators/:device',
    { schema: { ...schema, params: deviceParam, body: deed } },
    async (request) => {
      const { device } = request.params
      try {
        await perform(device, emulatorOf(device), request.body)
      } catch (error) {
        if (error instanceof Unplugged) throw new Refusal('demo.unplugged', { device })
        throw error
      }
      return { done: true }
    },
  )

  app.get('/api/demo/emulators/:device', { schema: { ...schema, params: deviceParam } }, async (request) => {
    const { device } = request.params
    const emulator = emulatorOf(device)
    const received = Buffer.from(emulator.device.received())
    return {
      device,
      kind: emulator.kind,
      received: { bytes: received.length, hex: received.subarray(-SHOWN_BYTES).toString('hex') },
      pages:
        emulator.kind === 'label-printer'
          ? emulator.device
              .pages()
              .slice(-PAGES_SHOWN)
              .map(({ whole, png }) => ({ whole, png: Buffer.from(png).toString('base64') }))
          : [],
      ...(emulator.kind === 'label-printer' ? { conditions: emulator.device.conditions() } : {}),
    }
  })
}

function deedsOf(kind: Emulator['kind']): string[] {
  const own = {
    scanner: ['scan'],
    badge: ['badge'],
    scale: ['weigh_mg', 'silent'],
    'label-printer': ['paperOut', 'headOpen', 'ribbonOut', 'silent'],
  } as const
  return [...own[kind], 'unplug', 'replug']
}

async function perform(name: string, { kind, device }: Emulator, wanted: Deed): Promise<void> {
  if ('unplug' in wanted) return device.unplug()
  if ('replug' in wanted) return device.replug()
  if (kind === 'scanner' && 'scan' in wanted) {
    const { suffix, cut } = wanted
    return device.scan(wanted.scan, {
      ...(suffix === undefined ? {} : { suffix }),
      ...(cut === undefined ? {} : { cut }),
    })
  }
  if (kind === 'badge' && 'badge' in wanted) return device.present(wanted.badge)
  if (kind === 'scale' && 'weigh_mg' in wanted) return device.load(wanted.weigh_mg, { stable: wanted.stable ?? true })
  if (kind === 'scale' && 'silent' in wanted) return device.silence(wanted.silent)
  if (
    kind === 'label-printer' &&
    ('paperOut' in wanted || 'headOpen' in wanted || 'ribbonOut' in wanted || 'silent' in wanted)
  ) {
    return device.set(wanted)
  }
  throw new Refusal('demo.cannot', { device: name })
}
