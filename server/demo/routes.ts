import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import type { TagField } from '../../devices/emulators/rfid-field.ts'
import { Unplugged } from '../../devices/emulators/unplugged.ts'
import type { Db } from '../database/connect.ts'
import { FRAMED_PDF } from '../http.ts'
import { Refusal } from '../refusal.ts'
import { bytes, exactly, id } from '../schemas.ts'
import { codeRoutes } from './codes.ts'
import { type DemoDevices, type Emulator, SIREN } from './emulators.ts'
import { demoPeople, demoStore, demoUnits } from './organisation.ts'
import { numberOf, readPrinted } from './printed.ts'
import type { Demonstration, Instrument } from './protocol.ts'
import { demonstration, instrument, performed, screenCode as madeCode } from './schemas.ts'

export interface DemoRouteOptions {
  readonly db: Db
  readonly devices: DemoDevices
  /** A fresh one-time code that makes a screen a station's. */
  readonly screenCode: (station: string) => Promise<string>
}

const MAX_TEXT = 5_000
const MAX_WEIGHT_MG = 100_000_000
const MAX_PRINTED_BYTES = 1_000_000
/** A printer's last pages are enough to look at. */
const PAGES_SHOWN = 12
const SHOWN_BYTES = 512
/** A key of a pad is a byte. */
const KEY_MAX = 255
/** How long a tag is before one pair of antennas. */
const STEP_MS = 400
/** More tags than this lie before no reader on a table. */
const TAGS_MAX = 50

const deed = Type.Union([
  Type.Object(
    {
      scan: Type.String({ maxLength: MAX_TEXT }),
      suffix: Type.Optional(Type.String({ maxLength: 4 })),
      cut: Type.Optional(Type.Integer({ minimum: 0 })),
    },
    exactly,
  ),
  Type.Object({ badge: Type.String({ maxLength: 64 }) }, exactly),
  Type.Object(
    {
      weigh_mg: Type.Integer({ minimum: -MAX_WEIGHT_MG, maximum: MAX_WEIGHT_MG }),
      stable: Type.Optional(Type.Boolean()),
    },
    exactly,
  ),
  Type.Object(
    { tags: Type.Array(Type.String({ pattern: '^(?:[0-9A-Fa-f]{4}){1,31}$' }), { maxItems: TAGS_MAX }) },
    exactly,
  ),
  Type.Object(
    {
      carry: Type.Array(Type.String({ pattern: '^[0-9A-Fa-f]{24}$' }), { minItems: 1, maxItems: TAGS_MAX }),
      way: Type.Enum(['out', 'in']),
    },
    exactly,
  ),
  Type.Object({ hush: Type.Literal(true) }, exactly),
  Type.Object({ press: Type.Integer({ minimum: 0, maximum: KEY_MAX }) }, exactly),
  Type.Object({ silent: Type.Boolean() }, exactly),
  Type.Object({ paused: Type.Boolean() }, exactly),
  Type.Object(
    {
      paperOut: Type.Optional(Type.Boolean()),
      headOpen: Type.Optional(Type.Boolean()),
      ribbonOut: Type.Optional(Type.Boolean()),
    },
    { ...exactly, minProperties: 1 },
  ),
  Type.Object({ dieAfterBytes: Type.Integer({ minimum: 0, maximum: MAX_PRINTED_BYTES }) }, exactly),
  Type.Object({ unplug: Type.Literal(true) }, exactly),
  Type.Object({ replug: Type.Literal(true) }, exactly),
])
const tags = ['demonstration']
type Deed = Static<typeof deed>

const deviceParam = Type.Object({ device: id }, exactly)

/** What a hand last did to a device, since the device itself only answers on its wire. */
interface Hand {
  plugged: boolean
  weigh_mg: number
  stable: boolean
  silent: boolean
}

/** The demonstration's own routes: who can sign in, and hands for the emulated devices. Never registered outside a demonstration. */
export const demoRoutes: FastifyPluginAsyncTypebox<DemoRouteOptions> = async (app, { db, devices, screenCode }) => {
  const schema = { tags, security: [] }
  const hands = new Map(
    [...devices.emulators.keys()].map((device): [string, Hand] => [
      device,
      { plugged: true, weigh_mg: 0, stable: true, silent: false },
    ]),
  )
  const emulatorOf = (device: string): { readonly emulator: Emulator; readonly hand: Hand } => {
    const emulator = devices.emulators.get(device)
    const hand = hands.get(device)
    if (emulator === undefined || hand === undefined) throw new Refusal('request.not-found', { what: device })
    return { emulator, hand }
  }

  await app.register(codeRoutes, { db })

  app.get(
    '/api/demo',
    { schema: { ...schema, response: { 200: demonstration } } },
    async (): Promise<Demonstration> => ({
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
        placeNames: posts.map(({ place }) => placeName(place)),
      })),
      stations: devices.stations.map(({ id, name, kind, place }) => ({ id, name, kind, place })),
      emulators: [...devices.emulators].map(([device, { kind, station }]) => ({
        device,
        kind,
        station,
        send: deedsOf(kind),
      })),
    }),
  )

  app.post(
    '/api/demo/stations/:station/code',
    {
      config: { key: 'none' },
      schema: { ...schema, params: Type.Object({ station: id }, exactly), response: { 200: madeCode } },
    },
    async (request) => ({ code: await screenCode(request.params.station) }),
  )

  app.post(
    '/api/demo/emulators/:device',
    { config: { key: 'none' }, schema: { ...schema, params: deviceParam, body: deed, response: { 200: performed } } },
    async (request) => {
      const { device } = request.params
      const { emulator, hand } = emulatorOf(device)
      try {
        await perform(device, emulator, hand, request.body)
      } catch (error) {
        if (error instanceof Unplugged) throw new Refusal('demo.unplugged', { device })
        throw error
      }
      return { done: true }
    },
  )

  app.get(
    '/api/demo/emulators/:device',
    { schema: { ...schema, params: deviceParam, response: { 200: instrument } } },
    async (request) => {
      const { device } = request.params
      const { emulator, hand } = emulatorOf(device)
      return instrumentOf(device, emulator, hand)
    },
  )

  app.get(
    '/api/demo/emulators/:device/pages/:page.png',
    {
      schema: {
        ...schema,
        params: Type.Object({ ...deviceParam.properties, page: Type.Integer() }, exactly),
        produces: ['image/png'],
        response: { 200: bytes },
      },
    },
    async (request, reply) => {
      const { device, page } = request.params
      const { emulator } = emulatorOf(device)
      const pages = emulator.kind === 'label-printer' ? emulator.device.pages() : []
      const found = pages.find((one) => numberOf(one) === page)
      if (found === undefined) throw new Refusal('request.not-found', { what: `${device}/${page}` })
      return reply.type('image/png').send(Buffer.from(found.png))
    },
  )

  app.get(
    '/api/demo/emulators/:device/papers/:paper.pdf',
    {
      schema: {
        ...schema,
        params: Type.Object({ ...deviceParam.properties, paper: Type.Integer() }, exactly),
        produces: ['application/pdf'],
        response: { 200: bytes },
      },
    },
    async (request, reply) => {
      const { device, paper } = request.params
      const { emulator } = emulatorOf(device)
      const printed = emulator.kind === 'office-printer' ? emulator.device.printed() : []
      const found = printed.find((one) => numberOf(one) === paper)
      if (found === undefined) throw new Refusal('request.not-found', { what: `${device}/${paper}` })
      return reply.type('application/pdf').header('content-security-policy', FRAMED_PDF).send(Buffer.from(found.file))
    },
  )
}

function instrumentOf(device: string, emulator: Emulator, hand: Hand): Instrument {
  const received = Buffer.from(emulator.device.received())
  const { weigh_mg, stable, silent, plugged } = hand
  return {
    device,
    kind: emulator.kind,
    plugged,
    received: { bytes: emulator.device.receivedCount(), hex: received.subarray(-SHOWN_BYTES).toString('hex') },
    tags: emulator.kind === 'rfid' || emulator.kind === 'gate' ? Object.values(emulator.device.field.contents()) : null,
    siren: emulator.kind === 'siren' ? { sounding: !emulator.device.isShut(SIREN) } : null,
    pan: emulator.kind === 'scale' ? { weigh_mg, stable, silent } : null,
    pad: emulator.kind === 'keypad' ? { answered: emulator.device.answers(emulator.window) } : null,
    printer: emulator.kind === 'label-printer' ? printerOf(emulator.device) : null,
    office: emulator.kind === 'office-printer' ? officeOf(emulator.device) : null,
  }
}

function printerOf(printer: Extract<Emulator, { kind: 'label-printer' }>['device']): Instrument['printer'] {
  const { paperOut, headOpen, ribbonOut } = printer.conditions()
  // Numbered from the oldest on, so that a page keeps its number whoever asks first.
  for (const page of printer.pages()) numberOf(page)
  const pages = printer
    .pages()
    .slice(-PAGES_SHOWN)
    .reverse()
    .map((page) => ({ id: numberOf(page), whole: page.whole, code: readPrinted(page) }))
  return { paperOut, headOpen, ribbonOut, pages }
}

function officeOf(printer: Extract<Emulator, { kind: 'office-printer' }>['device']): Instrument['office'] {
  const { paperOut, paused } = printer.conditions()
  const papers = printer.printed().map((paper) => ({ id: numberOf(paper), job: paper.job, pages: paper.pages }))
  return { paperOut, paused, papers: papers.reverse() }
}

function placeName(place: string): string {
  if (place === demoStore.store) return demoStore.name
  return demoUnits.find(({ unit }) => unit === place)?.name ?? place
}

function deedsOf(kind: Emulator['kind']): string[] {
  const own = {
    scanner: ['scan'],
    badge: ['badge'],
    scale: ['weigh_mg', 'silent'],
    rfid: ['tags'],
    gate: ['carry'],
    siren: ['hush'],
    keypad: ['press'],
    'office-printer': ['paperOut', 'paused', 'silent'],
    'label-printer': ['paperOut', 'headOpen', 'ribbonOut', 'silent', 'dieAfterBytes'],
  } as const
  return [...own[kind], 'unplug', 'replug']
}

async function perform(name: string, emulator: Emulator, hand: Hand, wanted: Deed): Promise<void> {
  const { kind, device } = emulator
  if ('unplug' in wanted || 'replug' in wanted) {
    await ('unplug' in wanted ? device.unplug() : device.replug())
    hand.plugged = 'replug' in wanted
    return
  }
  if (kind === 'scanner' && 'scan' in wanted) {
    const { suffix, cut } = wanted
    return device.scan(wanted.scan, {
      ...(suffix === undefined ? {} : { suffix }),
      ...(cut === undefined ? {} : { cut }),
    })
  }
  if (kind === 'badge' && 'badge' in wanted) return device.present(wanted.badge)
  if (kind === 'scale' && 'weigh_mg' in wanted) {
    hand.weigh_mg = wanted.weigh_mg
    hand.stable = wanted.stable ?? true
    return device.load(hand.weigh_mg, { stable: hand.stable })
  }
  if (kind === 'keypad' && 'press' in wanted) return device.press(emulator.window, wanted.press)
  if (kind === 'gate' && 'carry' in wanted) return carry(device.field, wanted.carry, wanted.way)
  if (kind === 'siren' && 'hush' in wanted) return device.shut(SIREN)
  if (kind === 'rfid' && 'tags' in wanted) return layTags(device.field, wanted.tags)
  if (kind === 'scale' && 'silent' in wanted) {
    hand.silent = wanted.silent
    return device.silence(wanted.silent)
  }
  if (
    kind === 'label-printer' &&
    ('paperOut' in wanted || 'headOpen' in wanted || 'ribbonOut' in wanted || 'silent' in wanted)
  ) {
    return device.set(wanted)
  }
  if (kind === 'office-printer' && ('paused' in wanted || 'silent' in wanted)) return device.set(wanted)
  if (kind === 'office-printer' && 'paperOut' in wanted && Object.keys(wanted).length === 1)
    return device.set({ paperOut: wanted.paperOut ?? false })
  if (kind === 'label-printer' && 'dieAfterBytes' in wanted) {
    device.set(wanted)
    hand.plugged = false
    return
  }
  throw new Refusal('demo.cannot', { device: name })
}

/** Through the gate, as fast as a person walks: first one antenna hears the tags, then both, then the other. */
async function carry(field: TagField, epcs: readonly string[], way: 'out' | 'in'): Promise<void> {
  const [first, last] = way === 'out' ? [1, 2] : [2, 1]
  const steps = [{ [first]: -50 }, { [first]: -60, [last]: -60 }, { [last]: -50 }]
  const chips = epcs.map((epc) => ({ epc, tid: field.put({ epc, heard: {} }) }))
  for (const heard of steps) {
    for (const chip of chips) field.put({ ...chip, heard })
    await pause(STEP_MS)
  }
  for (const { tid } of chips) field.take(tid)
}

/** These tags and no others lie before the reader; what lies there already keeps its chip. */
function layTags(field: TagField, epcs: readonly string[]): void {
  const wanted = new Set(epcs.map((epc) => epc.toUpperCase()))
  for (const [tid, epc] of Object.entries(field.contents())) if (!wanted.delete(epc)) field.take(tid)
  for (const epc of wanted) field.put({ epc })
}
