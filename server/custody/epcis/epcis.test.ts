import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer, Who } from '../../act.ts'
import type { Command } from '../../module.ts'
import { testServer, type TestServer } from '../../testing.ts'
import { epcisDocument, type EpcisItem } from './epcis.ts'
import { epcisRoutes } from './routes.ts'
import type { ChainEntry } from '../protocol.ts'
import { general, PHOTO, taking } from '../testing.ts'
import { onFilm } from '../testing-film.ts'

interface Event {
  readonly [member: string]: unknown
  readonly bizStep: string
  readonly 'clearhold:fact': string
}
interface Document {
  readonly 'clearhold:intact': boolean
  readonly epcisBody: { readonly eventList: readonly Event[] }
}

/** GS1 publishes it; it is no part of the program. */
const SCHEMA =
  process.env['EPCIS_SCHEMA'] ?? join(import.meta.dirname, '../../../../shared/data/epcis/EPCIS-JSON-Schema.json')

const item: EpcisItem = {
  code: 'AB12CD34EF56GH',
  epc: 'D4'.padEnd(24, '0'),
  case: '〔2026〕一案',
  category: 'valuables',
  name: '金条',
  quantity: '1',
  quantityUnit: '根',
}

function entry(type: string, body: object, register = 'unit.dept-1', seq = 1): ChainEntry {
  return {
    ...{ register, seq, type, body, actor: 'zhang-wei', with: [], station: 'bench-1', hash: 'ab'.repeat(32) },
    ...{ at: '2026-03-02T02:00:00.000Z', recordedAt: '2026-03-02T02:00:01.000Z' },
  }
}

function eventOf(one: ChainEntry, of = item): Event {
  const options = { intact: true, at: one.recordedAt, zone: 'Asia/Shanghai' }
  return (epcisDocument(of, [one], options) as Document).epcisBody.eventList[0] as Event
}

describe('an entry as an event', () => {
  it('keeps both times, the house’s offset, and where the entry stands', () => {
    expect(eventOf(entry('custody.moved', { from: 'L1', to: 'L2' }, 'store.store-1', 7))).toMatchObject({
      eventID: 'urn:clearhold:entry:store.store-1:7',
      eventTime: '2026-03-02T02:00:00.000Z',
      recordTime: '2026-03-02T02:00:01.000Z',
      eventTimeZoneOffset: '+08:00',
      bizStep: 'storing',
      bizLocation: { id: 'urn:clearhold:location:L2' },
      readPoint: { id: 'urn:clearhold:station:bench-1' },
      'clearhold:hash': 'ab'.repeat(32),
    })
  })

  it('says who passed it on to whom, the same from both halves of a pair', () => {
    const parties = {
      sourceList: [{ type: 'possessing_party', source: 'urn:clearhold:unit:dept-1' }],
      destinationList: [{ type: 'possessing_party', destination: 'urn:clearhold:store:store-1' }],
    }
    const toStore = { counterpart: { register: 'store.store-1', seq: 3 } }
    const fromUnit = { counterpart: { register: 'unit.dept-1', seq: 9, hash: 'cd'.repeat(32) } }
    expect(eventOf(entry('custody.released-to-store', toStore))).toMatchObject(parties)
    expect(eventOf(entry('custody.checked-in', fromUnit, 'store.store-1', 3))).toMatchObject(parties)
  })

  it('gives a weight in whole milligrams', () => {
    expect(eventOf(entry('custody.checked-in', { weight_mg: 100_001 }))).toMatchObject({
      sensorElementList: [{ sensorReport: [{ type: 'Mass', value: 100_001, uom: 'MGM' }] }],
    })
    expect(eventOf(entry('custody.checked-in', { weight_mg: null }))).not.toHaveProperty('sensorElementList')
  })

  it('ends with what was destroyed, and goes on with what only changed hands on paper', () => {
    const disposed = (way: string, listOnly = false) => eventOf(entry('custody.disposed', { way, listOnly }))
    expect(disposed('DESTROY')).toMatchObject({ action: 'DELETE', bizStep: 'destroying', disposition: 'destroyed' })
    expect(disposed('RETURN')).toMatchObject({ action: 'OBSERVE', bizStep: 'shipping', disposition: 'returned' })
    expect(disposed('TRANSFER', true)).toMatchObject({ action: 'OBSERVE', bizStep: 'other' })
  })

  it('names the entry that a correction is about', () => {
    const wrong = { register: 'unit.dept-1', seq: 4, hash: 'ab'.repeat(32) }
    expect(eventOf(entry('custody.corrected', { wrong }))).toMatchObject({
      'clearhold:corrects': 'urn:clearhold:entry:unit.dept-1:4',
    })
  })

  it('carries a GS1 identity under its own scheme, ours as its bits', () => {
    const named = (epc: string) => eventOf(entry('custody.tag-bound', {}), { ...item, epc })['epcList']
    expect(named('D40102030405060708090A0B')).toEqual(['urn:epc:raw:96.xD40102030405060708090A0B'])
    // Header 34, filter 0, partition 5: seven digits of company prefix.
    expect(named('3414257BF400000000BC5F78')).toEqual(['urn:epc:id:giai:0614141.12345208'])
  })

  it('goes into a box and out of it by events of their own, and stays in one that is carried', () => {
    const laid = (type: string, seq: number, container?: string, more = {}) =>
      entry(
        type,
        { from: 'L1', to: 'L2', ...(container === undefined ? {} : { container }), ...more },
        'store.store-1',
        seq,
      )
    const options = { intact: true, at: '2026-03-02T02:00:01.000Z', zone: 'Asia/Shanghai' }
    const told = epcisDocument(
      item,
      [
        laid('custody.checked-in', 1, 'C1'),
        laid('custody.moved', 2, 'C1'),
        laid('custody.moved', 3, 'C2'),
        laid('custody.tag-bound', 4),
        laid('custody.moved', 5),
        laid('custody.moved', 6, 'C1'),
        laid('custody.disposed', 7, undefined, { way: 'TRANSFER', listOnly: true }),
        laid('custody.disposed', 8, undefined, { way: 'RETURN', listOnly: false }),
      ],
      options,
    ) as Document
    const boxed = told.epcisBody.eventList.filter(({ type }) => type === 'AggregationEvent')
    expect(boxed.map(({ eventID, action, parentID }) => [eventID, action, parentID])).toEqual([
      ['urn:clearhold:entry:store.store-1:1:add', 'ADD', 'urn:clearhold:container:C1'],
      ['urn:clearhold:entry:store.store-1:3:delete', 'DELETE', 'urn:clearhold:container:C1'],
      ['urn:clearhold:entry:store.store-1:3:add', 'ADD', 'urn:clearhold:container:C2'],
      ['urn:clearhold:entry:store.store-1:5:delete', 'DELETE', 'urn:clearhold:container:C2'],
      ['urn:clearhold:entry:store.store-1:6:add', 'ADD', 'urn:clearhold:container:C1'],
      ['urn:clearhold:entry:store.store-1:8:delete', 'DELETE', 'urn:clearhold:container:C1'],
    ])
    expect(boxed[0]).toMatchObject({ bizStep: 'packing', childEPCs: told.epcisBody.eventList[0]?.['epcList'] })
  })

  it('says of a fact that the vocabulary has no word for what it is', () => {
    expect(eventOf(entry('custody.complaint-accepted', {}))).toMatchObject({
      bizStep: 'other',
      'clearhold:fact': 'custody.complaint-accepted',
    })
  })
})

describe('the chain of an item over HTTP', () => {
  let server: TestServer
  let clock = Date.parse('2026-03-02T02:00:00.000Z')
  let causes = 0
  let code = ''

  const does = (
    person: string,
    command: Command & Record<string, unknown>,
    who: Partial<Who> = {},
  ): Promise<Answer> => {
    clock += 1_000
    const at = new Date(clock).toISOString()
    return server.deps.act({ person, ...who }, command, { cause: `test ${(causes += 1)}`, at })
  }
  const given = { with: ['zhang-wei'] }

  beforeAll(async () => {
    server = await testServer({
      extend: async (app, deps) => {
        await app.register(epcisRoutes, deps)
      },
    })
    const officers = ['zhang-wei', 'li-na']
    const number = '二案'
    await does('zhang-wei', {
      ...{ type: 'custody.open-case', number, title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers },
    })
    const { result } = await does('zhang-wei', { type: 'custody.register', case: number, items: [general], ...taking })
    code = (result['items'] as unknown as { code: string }[])[0]?.code ?? ''
    await does('zhang-wei', { type: 'custody.add-photo', items: [{ item: code, photos: [PHOTO] }] })
    const shelves: string[] = []
    for (const name of ['大架', '小架']) {
      const shelf = { type: 'custody.add-location', store: 'store-1', name, storageClass: 'ordinary', capacity: 9 }
      shelves.push(String((await does('chen-jing', shelf)).result['code']))
    }
    const box = { type: 'custody.add-container', store: 'store-1', name: '证物箱', location: shelves[0], capacity: 9 }
    const container = String((await does('chen-jing', box)).result['code'])
    await onFilm(server.deps, [code])
    await does('zhang-wei', { type: 'custody.hand-over', items: [code], store: 'store-1' })
    await does('chen-jing', { type: 'custody.check-in', items: [code], location: container }, given)
    await does('chen-jing', { type: 'custody.move-container', container, location: shelves[1] })
    const dueAt = new Date(clock + 86_400_000).toISOString()
    const deed = { command: 'borrow', items: [code], dueAt, purpose: 'IDENTIFICATION' }
    const asked = await does('zhang-wei', { type: 'approvals.ask', deed, reason: '辨认' })
    const approval = String(asked.result['id'])
    await does('qian-lei', { type: 'approvals.grant', approval })
    await does('chen-jing', { type: 'custody.borrow', items: [code], approval }, given)
  })
  afterAll(() => server.close())

  const fetched = async (): Promise<Document> => {
    const answer = await server.as('zhou-ping', { method: 'GET', url: `/api/items/${code}/epcis.jsonld` })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toContain('application/ld+json')
    return answer.json<Document>()
  }

  it('has every entry once, in order, with the box that it lay in, and names nobody by name', async () => {
    const document = await fetched()
    const events = document.epcisBody.eventList
    expect(document['clearhold:intact']).toBe(true)
    expect(events.map((event) => [event['clearhold:fact'], event.bizStep])).toEqual([
      ['custody.registered', 'commissioning'],
      ['custody.photo-added', 'inspecting'],
      ['custody.video-noted', 'inspecting'],
      ['custody.handover-submitted', 'staging_outbound'],
      ['custody.released-to-store', 'shipping'],
      ['custody.checked-in', 'receiving'],
      ['custody.checked-in', 'packing'],
      ['custody.moved', 'storing'],
      ['custody.loan-granted', 'reserving'],
      ['custody.lent', 'shipping'],
      ['custody.lent', 'unpacking'],
      ['custody.received-on-loan', 'receiving'],
    ])
    expect(JSON.stringify(document)).not.toMatch(/张伟|持有人|某案/)
  })

  it.skipIf(!existsSync(SCHEMA))('is what the published JSON Schema of EPCIS 2.0 asks for', async () => {
    const ajv = new Ajv({ strict: false, allErrors: true })
    addFormats.default(ajv)
    const holds = ajv.compile(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object)
    holds(await fetched())
    expect(holds.errors ?? []).toEqual([])
  })

  it('is kept from whoever may not see the item', async () => {
    const url = `/api/items/${code}/epcis.jsonld`
    expect((await server.as('wu-xia', { method: 'GET', url })).statusCode).toBe(404)
  })
})
