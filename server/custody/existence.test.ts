import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeCode } from '../../labels/item-code.ts'
import { approvalRoutes } from '../approvals/routes.ts'
import { filesFolder, openFiles } from '../files/files.ts'
import { paperSources } from '../modules.ts'
import { type Command, SYSTEM } from '../module.ts'
import { seedStations } from '../stations/registry.ts'
import { signatureOf, testServer, type TestServer } from '../testing.ts'
import { readWorkbook, WORKBOOK_TYPE } from '../xlsx.ts'
import { containerRoutes } from './keeping/container-routes.ts'
import { disposalRoutes } from './disposal/routes.ts'
import { caseFileRoutes } from './case-file/routes.ts'
import { asOfRoutes } from './as-of/as-of-routes.ts'
import { dashboardRoutes } from './dashboard/routes.ts'
import { alarmRoutes } from './door/alarm-routes.ts'
import { epcisRoutes } from './epcis/routes.ts'
import { exportRoutes } from './exports/export-routes.ts'
import { EXPORTS } from './exports/exports.ts'
import { gapRoutes } from './keeping/gap-routes.ts'
import { caseImportRoutes } from './case-import/routes.ts'
import { importRoutes } from './import/routes.ts'
import { inboundImportRoutes } from './inbound/import-routes.ts'
import { issuedRoutes } from './papers/issued-routes.ts'
import { custodyDeeds } from './module.ts'
import { paperRoutes } from './papers/paper-routes.ts'
import { custodyRoutes } from './routes.ts'
import { stocktakeRoutes } from './stocktake/routes.ts'
import { tagRoutes } from './papers/tag-routes.ts'
import { general, PHOTO, taking } from './testing.ts'
import { onFilm } from './testing-film.ts'

/**
 * Whether a thing is not there or is not for the asker is one answer: over every route of custody, for somebody who holds the very post that
 * the route asks for, but elsewhere.
 */

const CASE = '云纪立〔2026〕1号'
/** Another department's officer and its head; a custodian of another store. */
const OFFICER = 'wang-qiang'
const APPROVER = 'he-fang'
const CUSTODIAN = 'wu-xia'

/** A reader where each of them may work. */
const readerOf = (person: string) => ({ station: `desk-${person}`, device: 'rfid-1' })

let server: TestServer
let clock = Date.parse('2026-03-02T02:00:00.000Z')
let causes = 0
/** Items by where they are, each with a label; the other things of the same case. */
const there = {
  items: {} as Readonly<Record<'department' | 'pending' | 'stored' | 'lent' | 'frozen', string>>,
  ...{
    case: CASE,
    list: '',
    job: '',
    shelf: '',
    container: '',
    conflict: 'pc-1.1.1',
    disposal: '',
    alarm: '',
    loan: '',
  },
  ...{ stocktake: '', search: '', inbound: '' },
  ...{ paper: '', payload: '' },
}
const invented = {
  shelf: makeCode({ kind: 'location', unit: '02', year: 2026, serial: 999_999 }),
  container: makeCode({ kind: 'container', unit: '02', year: 2026, serial: 999_999 }),
  item: makeCode({ kind: 'item', unit: '02', year: 2026, serial: 999_999 }),
  case: '云纪立〔2026〕999号',
  list: makeCode({ kind: 'document', unit: '02', year: 2026, serial: 999_999 }),
  job: '00000000-0000-7000-8000-000000000000',
  conflict: 'pc-1.1.2',
  disposal: makeCode({ kind: 'document', unit: '02', year: 2026, serial: 999_998 }),
  alarm: '00000000-0000-7000-8000-000000000001',
  loan: '00000000-0000-7000-8000-000000000004',
  stocktake: makeCode({ kind: 'document', unit: '02', year: 2026, serial: 999_997 }),
  search: '00000000-0000-7000-8000-000000000002',
  inbound: '00000000-0000-7000-8000-000000000005',
  paper: '00000000-0000-7000-8000-000000000003',
  payload: 'F-04.2026.01.9999.0123456789ABCDEF',
}
let approval = ''
/** A second thing that there is not, beside the one that is tried. */
const ANOTHER = makeCode({ kind: 'item', unit: '02', year: 2026, serial: 999_997 })

function does(person: string, command: Command & Record<string, unknown>, signers: readonly string[] = []) {
  const at = new Date((clock += 1_000)).toISOString()
  server.setNow(at)
  return server.deps.act({ person, with: signers }, command, { cause: `test ${(causes += 1)}`, at })
}

/** Once an organ has special accounts, money for another account is refused: not before it is known whether there is the money. */
async function nameAnAccount(): Promise<void> {
  const change = { command: 'org.name-account', unit: 'organ', account: '专户 6222 0001' }
  const proposed = await server.as('xu-system', { method: 'POST', url: '/api/proposals', payload: { change } })
  const { id } = proposed.json<{ id: string }>()
  const confirmed = await server.as('an-security', { method: 'POST', url: `/api/proposals/${id}/confirm`, payload: {} })
  expect(confirmed.statusCode, confirmed.body).toBe(200)
}

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      const files = await openFiles({ folder: filesFolder(deps.dataDir), db: deps.db, now: deps.now })
      await app.register(custodyRoutes, deps)
      await app.register(disposalRoutes, deps)
      await app.register(importRoutes, deps)
      await app.register(caseImportRoutes, deps)
      await app.register(inboundImportRoutes, deps)
      await app.register(epcisRoutes, deps)
      await app.register(alarmRoutes, deps)
      await app.register(containerRoutes, deps)
      await app.register(gapRoutes, deps)
      await app.register(exportRoutes, deps)
      await app.register(dashboardRoutes, deps)
      await app.register(asOfRoutes, deps)
      await app.register(stocktakeRoutes, deps)
      await app.register(caseFileRoutes, { ...deps, files })
      await app.register(paperRoutes, { ...deps, files })
      await app.register(issuedRoutes, { ...deps, sources: paperSources })
      await app.register(approvalRoutes, { ...deps, deeds: custodyDeeds })
      // No tag is written for who may not know of the item.
      const order = () => Promise.reject(new Error('a reader was asked'))
      await app.register(tagRoutes, { ...deps, desk: { order, mustDrive: () => undefined } })
    },
  })
  await nameAnAccount()
  await does(SYSTEM, { type: 'org.open-store', store: 'store-2', name: '二号库', unit: 'keeping' })
  await does(SYSTEM, { type: 'org.appoint', person: CUSTODIAN, post: 'custodian', place: 'store-2' })
  const readers = [[OFFICER, 'dept-2'] as const, [CUSTODIAN, 'store-2'] as const].map(([person, place], nth) => ({
    ...{ id: readerOf(person).station, name: '登记台', kind: 'desk' as const, place },
    devices: [
      { id: readerOf(person).device, kind: 'rfid', protocol: 'a0', port: `tcp://127.0.0.1:${nth + 1}` } as const,
    ],
  }))
  await seedStations(server.deps.db, server.deps.act, readers)
  const [first, second] = ['zhang-wei', 'li-na'] as const
  const open = { number: CASE, title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers: [first, second] }
  await does(first, { type: 'custody.open-case', ...open })
  const handedIn = { organ: '某市公安局', number: '移1', day: '2026-03-01', bringer: { name: '刘洋', post: '民警' } }
  const lines = [{ name: '手机', quantity: '1', unit: '部' }]
  const listed = await does(first, { type: 'custody.list-inbound', case: CASE, ...handedIn, lines })
  there.inbound = String(listed.result['inbound'])
  await does(first, { type: 'custody.check-inbound', inbound: there.inbound, lines: [{ line: 1, verdict: 'MATCHED' }] })
  const items = Array.from({ length: 5 }, () => general)
  const { result } = await does(first, { type: 'custody.register', case: CASE, items, ...taking })
  const codes = (result['items'] as unknown as { code: string }[]).map(({ code }) => code)
  const [department = '', pending = '', stored = '', lent = '', frozen = ''] = codes
  await does(first, { type: 'custody.add-photo', items: codes.map((item) => ({ item, photos: [PHOTO] })) })
  const label = { type: 'custody.want-label', template: 'item-card', station: 'bench-1' }
  const { result: wanted } = await does(first, { ...label, codes: codes.slice(1) })
  const [one] = wanted['jobs'] as unknown as { job: string }[]
  const shelf = { store: 'store-1', name: '架', storageClass: 'ordinary', capacity: 9 }
  const at = String((await does('chen-jing', { type: 'custody.add-location', ...shelf })).result['code'])
  const box = { store: 'store-1', name: '箱', location: at, capacity: 9 }
  there.container = String((await does('chen-jing', { type: 'custody.add-container', ...box })).result['code'])
  const inside = [stored, lent, frozen]
  await onFilm(server.deps, inside)
  await does(first, { type: 'custody.hand-over', items: inside, store: 'store-1' })
  await does('chen-jing', { type: 'custody.check-in', items: inside, location: at }, [first])
  const dueAt = new Date(clock + 86_400_000).toISOString()
  const deed = { command: 'borrow', items: [lent], dueAt, purpose: 'APPRAISAL' }
  approval = String((await does(first, { type: 'approvals.ask', deed, reason: '鉴定' })).result['id'])
  await does('qian-lei', { type: 'approvals.grant', approval })
  const { result: fetched } = await does('chen-jing', { type: 'custody.borrow', items: [lent], approval }, [first])
  there.loan = String(fetched['loan'])
  await does('chen-jing', { type: 'custody.incident', items: [frozen], kind: 'damage', note: '裂' })
  await onFilm(server.deps, [pending])
  const { result: handed } = await does(first, { type: 'custody.hand-over', items: [pending], store: 'store-1' })
  const recorded = { store: 'store-1', list: String(handed['list']), item: pending, location: at, weight_mg: null }
  const why = { custodian: 'chen-jing', code: 'custody.wrong-order', why: { zh: '不符', en: 'differs' } }
  await does(SYSTEM, { type: 'custody.offline-conflict', conflict: there.conflict, ...recorded, ...why })
  const seen = { place: 'store-1', item: stored, epc: 'D4'.padEnd(24, '0'), side: 'inner' }
  there.alarm = String((await does(SYSTEM, { type: 'custody.door-alarm', ...seen })).result['alarm'])
  const way = { way: 'RETURN', destination: 'holder', ground: 'decided', suspectedCrime: false, opinion: '返还' }
  const { result: proposed } = await does(first, { type: 'custody.propose-disposal', items: [stored], ...way })
  there.disposal = String(proposed['disposal'])
  Object.assign(there, await countedOut(at))
  const issued = { type: 'custody.issue-paper', paper: 'hand-over', of: String(handed['list']) }
  there.paper = String((await does(first, issued)).result['paper'])
  const [archived] = await server.deps.db.selectFrom('papers').select('state').execute()
  there.payload = `F-04.2026.02.0001.${archived?.state.check ?? ''}`
  there.items = { department, pending, stored, lent, frozen }
  Object.assign(there, { list: String(handed['list']), job: one?.job ?? '', shelf: at })
})
afterAll(() => server.close())

/** A count of a shelf that nobody found anything on, to its end. */
async function countedOut(shelf: string): Promise<{ stocktake: string; search: string }> {
  const order = { store: 'store-1', scope: { kind: 'locations', locations: [shelf] }, counters: ['chen-jing'] }
  const dueAt = new Date(clock + 86_400_000).toISOString()
  const { result } = await does('guo-tao', { type: 'custody.order-stocktake', ...order, dueAt })
  const stocktake = String(result['code'])
  const conclude = { type: 'custody.conclude-stocktake', stocktake }
  const walk = { type: 'custody.count-shelf', stocktake, location: shelf, done: true, sights: [] }
  await does('chen-jing', { ...walk, round: 1 })
  await does('chen-jing', conclude)
  // Who put the goods there is not the one to look for them again.
  await does('guo-tao', { ...walk, round: 2 })
  await does('guo-tao', conclude)
  const shown = await server.deps.db.selectFrom('stocktakes').select('state').executeTakeFirstOrThrow()
  for (const { n } of shown.state.differences)
    await does('guo-tao', { type: 'custody.explain-difference', stocktake, n, cause: 'NOT_FOUND' })
  await does('guo-tao', conclude, ['chen-jing'])
  const search = await server.deps.db.selectFrom('item_searches').select('id').limit(1).executeTakeFirstOrThrow()
  return { stocktake, search: search.id }
}

interface Tried {
  /** As the description of the API names it. */
  readonly route: string
  readonly person: string
  readonly of: 'item' | Exclude<keyof typeof there, 'items'>
  readonly ask: (id: string) => InjectOptions
}

const get = (route: string, of: Tried['of'], query = ''): Tried[] =>
  [OFFICER, APPROVER, CUSTODIAN].map((person) => ({
    ...{ route: `get ${route}`, person, of },
    ask: (id) => ({ method: 'GET', url: `${route.replace(/\{\w+\}/, encodeURIComponent(id))}${query}` }),
  }))
const post = (route: string, person: string, of: Tried['of'], payload: (id: string) => object): Tried => ({
  ...{ route: `post ${route}`, person, of },
  ask: (id) => ({
    ...{ method: 'POST', payload: payload(id) },
    url: route.replace(/\{\w+\}/, encodeURIComponent(id)),
  }),
})
/** An act over items, as it is and signed by another; a PIN that is wrong would tell that somebody looked at it. */
const act = (name: string, person: string, more: () => object = () => ({})): Tried[] => {
  const route = `/api/custody/${name}`
  const plain = post(route, person, 'item', (item) => ({ items: [item], ...more() }))
  const wrong = [{ ...signatureOf('zhang-wei'), pin: '000000' }]
  const signed = post(route, person, 'item', (item) => ({ items: [item], ...more(), signatures: wrong }))
  return [
    'check-in',
    'refuse-item',
    'move',
    'borrow',
    'give-back',
    'unseal',
    'seal',
    'release',
    'dispose',
    'deliver',
    'appraise',
    'appraised',
    'dispatch',
    'arrive',
  ].includes(name)
    ? [plain, signed]
    : [plain]
}
const label = (person: string, more: object = {}): Tried =>
  post('/api/labels', person, 'item', (item) => ({
    ...{ codes: [item], template: 'item-card', station: 'bench-1' },
    ...more,
  }))

const tried: readonly Tried[] = [
  ...get('/api/items/{code}', 'item'),
  ...get('/api/items/{code}/chain', 'item'),
  ...get('/api/items/{code}/signatures', 'item'),
  ...get('/api/items/{code}/epcis.jsonld', 'item'),
  ...get('/api/items/{code}/as-of', 'item', '?at=2026-03-02T12:00:00.000Z'),
  ...get('/api/cases/{number}/as-of', 'case', '?at=2026-03-02T12:00:00.000Z'),
  ...['svg', 'png', 'pdf'].flatMap((form) => get(`/api/items/{code}/card.${form}`, 'item')),
  ...get('/api/cases/{number}', 'case'),
  ...get('/api/cases/{number}/account-numbers', 'case'),
  ...get('/api/cases/{number}/file.pdf', 'case'),
  ...get('/api/cases/{number}/proof', 'case'),
  ...get('/api/cases/{number}/seizure-list.pdf', 'case', `?notice=${encodeURIComponent('扣字〔2026〕1号')}`),
  ...['', '/code.svg', '/handover.pdf', '/entry-slip.pdf', '/signatures'].flatMap((form) =>
    get(`/api/lists/{code}${form}`, 'list'),
  ),
  ...get('/api/loans/{loan}/signatures', 'loan'),
  ...get('/api/loans', 'item').map((one) => ({
    ...one,
    ask: (id: string): InjectOptions => ({ method: 'GET', url: `/api/loans?item=${id}` }),
  })),
  ...get('/api/labels/{job}', 'job'),
  ...get('/api/labels', 'item').map((one) => ({
    ...one,
    ask: (id: string): InjectOptions => ({ method: 'GET', url: `/api/labels?code=${id}` }),
  })),
  ...get('/api/cases/{number}/paper-offers', 'case'),
  ...get('/api/items/{code}/paper-offers', 'item'),
  ...get('/api/papers/{paper}/file.pdf', 'paper'),
  ...get('/api/papers/{paper}/receipt.pdf', 'paper'),
  ...['svg', 'png', 'pdf'].flatMap((form) => get(`/api/items/{code}/seal-strip.${form}`, 'item')),
  ...get('/api/items/{code}/seal-strips', 'item'),
  ...get('/api/papers', 'item').map((one) => ({
    ...one,
    ask: (id: string): InjectOptions => ({ method: 'GET', url: `/api/papers?item=${id}` }),
  })),
  ...get('/api/papers', 'stocktake').map((one) => ({
    ...one,
    ask: (id: string): InjectOptions => ({ method: 'GET', url: `/api/papers?of=${id}` }),
  })),
  ...get('/api/papers/offer', 'stocktake').map((one) => ({
    ...one,
    ask: (id: string): InjectOptions => ({ method: 'GET', url: `/api/papers/offer?paper=stocktake&of=${id}` }),
  })),
  ...[OFFICER, CUSTODIAN].flatMap((person) => [
    post('/api/papers', person, 'stocktake', (of) => ({ paper: 'stocktake', of })),
    post('/api/papers', person, 'case', (of) => ({ paper: 'approach', of, said: { who: '某人' } })),
    post('/api/papers', person, 'item', (of) => ({ paper: 'incident', of, part: '1' })),
    post('/api/papers', person, 'case', (of) => ({ paper: 'notice', of, part: '扣字〔2026〕1号' })),
    post('/api/papers', person, 'list', (of) => ({ paper: 'hand-over', of })),
    post('/api/papers', person, 'disposal', (of) => ({ paper: 'disposal-approval', of })),
    post('/api/papers/check', person, 'payload', (scan) => ({ scan })),
    post('/api/papers/{paper}/prints', person, 'paper', () => ({ station: 'bench-1' })),
    post('/api/papers/{paper}/scans', person, 'paper', () => ({ pages: ['ab'.repeat(32)] })),
    post('/api/papers/{paper}/services', person, 'paper', () => ({
      ...{ way: 'MAIL', servedAt: '2026-03-02T12:00:00.000Z', receipt: 'XA1' },
    })),
    {
      ...{ route: 'post /api/papers/{paper}/prints/{job}/outcome', person, of: 'paper' as const },
      ask: (id: string): InjectOptions => ({
        ...{ method: 'POST', payload: { outcome: 'printed' } },
        url: `/api/papers/${id}/prints/${invented.job}/outcome`,
      }),
    },
  ]),
  ...get('/api/lists', 'case').map((one) => ({
    ...one,
    ask: (id: string): InjectOptions => ({ method: 'GET', url: `/api/lists?case=${encodeURIComponent(id)}` }),
  })),
  ...[
    ['/api/search', (id: string) => `?q=${encodeURIComponent(id)}`],
    ['/api/item-names', (id: string) => `?codes=${/^[0-9A-Z]{14}$/.test(id) ? id : invented.item}`],
    ['/api/cases', () => ''],
    ['/api/loans', () => ''],
    ['/api/on-the-road', () => ''],
    ['/api/incidents', () => ''],
    ['/api/conflicts', () => ''],
    ['/api/alarms', () => ''],
    ['/api/counts', () => ''],
    ['/api/searches', () => ''],
    ['/api/notices', () => ''],
    ['/api/intake-gaps', () => ''],
    ['/api/intake-gaps.csv', () => ''],
    ['/api/dashboard', () => ''],
    ['/api/annual', () => '?year=2026'],
    ['/api/dashboard/items', () => '?figure=in'],
    ['/api/dashboard/cases', () => ''],
  ].flatMap(([route, query]) =>
    get(route as string, 'item').map((one) => ({
      ...one,
      ask: (id: string): InjectOptions => ({
        method: 'GET',
        url: `${route as string}${(query as (id: string) => string)(id)}`,
      }),
    })),
  ),
  ...['account', 'cover'].flatMap((paper) =>
    get(`/api/exports/${paper}.pdf`, 'case').map((one) => ({
      ...one,
      ask: (id: string): InjectOptions => ({
        method: 'GET',
        url: `/api/exports/${paper}.pdf?case=${encodeURIComponent(id)}`,
      }),
    })),
  ),
  ...get('/api/exports/chain.pdf', 'item').map((one) => ({
    ...one,
    ask: (id: string): InjectOptions => ({ method: 'GET', url: `/api/exports/chain.pdf?item=${id}` }),
  })),
  ...Object.entries(EXPORTS).flatMap(([list, { query: asks }]) =>
    ['csv', 'xlsx'].flatMap((format) => {
      const route = `/api/exports/${list}.${format}`
      // Either format is of the same rows: one of them by everybody, the other by one.
      const by = get(route, 'case' in asks ? 'case' : 'item').filter(
        ({ person }) => format === 'csv' || person === OFFICER,
      )
      const store = ('store' in asks ? '&store=store-3' : '') + ('figure' in asks ? '&figure=stock' : '')
      const query = (id: string) => ('case' in asks ? `case=${encodeURIComponent(id)}` : 'q' in asks ? `q=${id}` : '')
      return by.map((one) => ({
        ...one,
        ask: (id: string): InjectOptions => ({ method: 'GET', url: `${route}?${query(id)}${store}` }),
      }))
    }),
  ),
  ...[OFFICER, APPROVER].map((person) =>
    post('/api/cases/{number}/recusals', person, 'case', () => ({
      ...{ person, ground: 'RELATIVE', reason: '近亲属' },
    })),
  ),
  post('/api/cases/{number}/officers', APPROVER, 'case', () => ({ officers: [OFFICER], reason: '回避后人手不足' })),
  post('/api/items/{code}/identity', OFFICER, 'item', () => ({ whose: 'witness', reason: '核实' })),
  ...[OFFICER, CUSTODIAN].map((person) =>
    post('/api/items/{code}/account-number', person, 'item', () => ({ reason: '核实' })),
  ),
  post('/api/cases/{number}/target', OFFICER, 'case', () => ({
    ...{ amount_fen: 100, lateFee_fen: 0, costs_fen: 0, document: '云税〔2026〕1号' },
  })),
  post('/api/cases/{number}/filing', OFFICER, 'case', () => ({ filedOn: '2026-02-01', document: '立〔2026〕1号' })),
  post('/api/cases/{number}/checks', OFFICER, 'case', () => ({ notice: '扣字〔2026〕1号', points: ['living-costs'] })),
  post('/api/cases/{number}/corrections', OFFICER, 'case', () => ({ number: '云纪立〔2026〕99号', reason: '笔误' })),
  ...get('/api/cases/{number}/inbound', 'case'),
  post('/api/cases/{number}/inbound', OFFICER, 'case', () => ({
    ...{ organ: '某局', number: '移2', day: '2026-03-01', bringer: { name: '某人', post: '民警' } },
    lines: [{ name: '手机', quantity: '1', unit: '部' }],
  })),
  ...[OFFICER, CUSTODIAN].flatMap((person) => [
    post('/api/inbound/{inbound}/checks', person, 'inbound', () => ({ lines: [{ line: 1, verdict: 'MATCHED' }] })),
    post('/api/inbound/{inbound}/acceptance', person, 'inbound', () => ({
      ...{ items: [{ line: 1, category: 'general' }], ...taking },
    })),
    post('/api/inbound/{inbound}/withdrawal', person, 'inbound', () => ({ reason: '录错' })),
    ...[{}, { signatures: [{ ...signatureOf('zhang-wei'), pin: '000000' }] }].map((signed) =>
      post('/api/inbound/{inbound}/settlements', person, 'inbound', () => ({
        ...{ line: 1, how: 'SENT_BACK', note: '退', bringer: { name: '某人', post: '民警' }, ...signed },
      })),
    ),
    post('/api/papers', person, 'inbound', (of) => ({ paper: 'inbound-check', of })),
  ]),
  post('/api/cases/{number}/items', OFFICER, 'case', () => ({ items: [general], ...taking })),
  ...['', '/try'].flatMap((form) =>
    [OFFICER, CUSTODIAN].map((person) =>
      post(`/api/cases/{number}/inbound/import${form}`, person, 'case', () => ({
        ...{ file: 'MQ==', organ: '某局', number: '移3', day: '2026-03-01' },
        bringer: { name: '某人', post: '民警' },
      })),
    ),
  ),
  ...['', '/try'].flatMap((form) =>
    [OFFICER, CUSTODIAN].map((person) =>
      post(`/api/cases/{number}/items/import${form}`, person, 'case', () => ({ file: 'MQ==', ...taking })),
    ),
  ),
  ...[OFFICER, CUSTODIAN].map((person): Tried => ({
    ...{ route: 'post /api/items/{code}/photos', person, of: 'item' },
    ask: (item) => ({
      ...{ method: 'POST', url: `/api/items/${item}/photos`, payload: '--x--\r\n' },
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    }),
  })),
  ...act('hand-over', OFFICER, () => ({ store: 'store-1' })),
  ...act('check-in', CUSTODIAN, () => ({ location: there.shelf })),
  ...act('refuse-item', CUSTODIAN, () => ({ reason: '不符' })),
  ...act('move', CUSTODIAN, () => ({ location: there.shelf })),
  ...act('borrow', CUSTODIAN, () => ({ approval })),
  ...act('give-back', CUSTODIAN, () => ({ location: there.shelf })),
  ...[OFFICER, CUSTODIAN].flatMap((person) => act('incident', person, () => ({ kind: 'loss', note: '不见' }))),
  ...[OFFICER, CUSTODIAN].flatMap((person) => act('unseal', person, () => ({ reason: '鉴定' }))),
  ...[OFFICER, CUSTODIAN].flatMap((person) => act('seal', person, () => ({ number: 'F-9' }))),
  ...[OFFICER, CUSTODIAN].flatMap((person) =>
    [{}, { signatures: [{ ...signatureOf('zhang-wei'), pin: '000000' }] }].map((signed) =>
      post('/api/custody/correct', person, 'item', (item) => ({
        ...{ items: [{ item, name: '手机' }], reason: '误写', ...signed },
      })),
    ),
  ),
  ...act('dispatch', CUSTODIAN, () => ({
    ...{ to: 'store-2', carrier: 'zhang-wei', document: '调1' },
    dueAt: new Date(clock + 86_400_000).toISOString(),
  })),
  ...[{}, { signatures: [{ ...signatureOf('zhang-wei'), pin: '000000' }] }].map((signed) =>
    post('/api/custody/deposit', OFFICER, 'item', (item) => ({
      ...{ items: [{ item, voucher: '缴1', amount_fen: 1 }], account: '专户', ...signed },
    })),
  ),
  ...[{}, { signatures: [{ ...signatureOf('zhang-wei'), pin: '000000' }] }].map((signed) =>
    post('/api/custody/divide-money', OFFICER, 'item', (item) => ({
      ...{ items: [{ item, surplus_fen: 1 }], reason: '退余款', ...signed },
    })),
  ),
  ...act('arrive', CUSTODIAN, () => ({ location: there.shelf })),
  ...[OFFICER, CUSTODIAN].flatMap((person) =>
    [{}, { signatures: [{ ...signatureOf('zhang-wei'), pin: '000000' }] }].flatMap((signed) => [
      post('/api/custody/split', person, 'item', (item) => ({
        ...{ items: [{ item, parts: [{ quantity: 1 }, { quantity: 1 }] }], reason: '分开保管', ...signed },
      })),
      post('/api/custody/merge', person, 'item', (item) => ({ items: [item, ANOTHER], reason: '一并保管', ...signed })),
    ]),
  ),
  ...[OFFICER, CUSTODIAN].map((person) =>
    post('/api/items/{code}/cash-counts', person, 'item', () => ({
      lines: [{ face_minor: 10_000, bundles: 0, loose: 1 }],
    })),
  ),
  ...act('propose-disposal', OFFICER, () => ({
    ...{ way: 'RETURN', destination: 'holder', ground: 'decided', suspectedCrime: false, opinion: '返还' },
  })),
  ...[OFFICER, CUSTODIAN].flatMap((person) =>
    act('release', person, () => ({
      noticeNumber: '解1',
      receiver: { relation: 'holder', name: '丙', identity: '证件 1', signed: true },
    })),
  ),
  ...[OFFICER, CUSTODIAN].flatMap((person) => act('not-collect', person, () => ({ note: '未到' }))),
  ...act('dispose', CUSTODIAN, () => ({ payment: { voucher: '缴1' } })),
  ...[OFFICER, CUSTODIAN].flatMap((person) =>
    act('deliver', person, () => ({
      receipt: '回执1',
      receiver: { relation: 'holder', name: '丙', identity: '证件 1', signed: true },
    })),
  ),
  ...[OFFICER, CUSTODIAN].flatMap((person) => act('write-off', person)),
  ...act('complain', APPROVER, () => ({ ground: 'unrelated', note: '无关' })),
  ...act('decide-complaint', APPROVER, () => ({ upheld: false, conclusion: '不成立' })),
  ...act('serve-complaint-decision', APPROVER, () => ({
    ...{
      number: '申〔2026〕1号',
      way: 'DIRECT',
      servedAt: '2026-03-02T02:00:00.000Z',
      receiver: '甲',
      relation: '本人',
    },
  })),
  post('/api/cases/{number}/close', OFFICER, 'case', () => ({})),
  ...['', '/approval.pdf', '/notice.pdf', '/return-list.pdf', '/transfer-list.pdf', '/destruction.pdf'].flatMap(
    (form) => get(`/api/disposals/{code}${form}`, 'disposal'),
  ),
  ...get('/api/disposals/{code}/signatures', 'disposal'),
  ...get('/api/containers/{code}', 'container'),
  ...get('/api/containers/{code}/items', 'container'),
  ...get('/api/locations/{code}/items', 'shelf'),
  ...(
    [
      ['move', { location: makeCode({ kind: 'location', unit: '01', year: 2026, serial: 1 }) }],
      ['return', { location: makeCode({ kind: 'location', unit: '01', year: 2026, serial: 1 }) }],
      ['seal', { number: 'X-9' }],
      ['open', { reason: '清点' }],
    ] as const
  ).flatMap(([name, said]) =>
    [said, { ...said, signatures: [{ ...signatureOf('zhang-wei'), pin: '000000' }] }].map((payload) =>
      post(`/api/containers/{code}/${name}`, CUSTODIAN, 'container', () => payload),
    ),
  ),
  ...act('appraise', CUSTODIAN, () => ({
    ...{ institution: '鉴定中心', commission: '委1', dueAt: new Date(clock + 86_400_000).toISOString() },
  })),
  ...act('appraised', CUSTODIAN, () => ({ report: '鉴1', location: there.shelf })),
  ...act('sign', OFFICER, () => ({ as: 'holder', on: 'screen', strokes: [[0, 0, 900, 300]] })),
  ...act('sign', CUSTODIAN, () => ({ as: 'taker', paper: there.list, on: 'screen', strokes: [[0, 0, 900, 300]] })),
  ...[OFFICER, CUSTODIAN].flatMap((person) =>
    act('note-video', person, () => ({
      ...{ of: 'handling', number: 'LX-1', device: '执法仪', keptIn: '案管室' },
      ...{ startedAt: '2026-03-02T01:00:00.000Z', endedAt: '2026-03-02T02:00:00.000Z' },
    })),
  ),
  ...act('enter-from-paper', CUSTODIAN, () => ({
    ...{ act: 'borrow', happenedAt: new Date(clock).toISOString(), sheet: 'D-1', reason: '停电' },
    ...{ signedBy: ['zhang-wei'], approval: '0198f0a0-0000-7000-8000-000000000001' },
  })),
  ...act('ask-retention', CUSTODIAN, () => ({ question: '是否仍须保管' })),
  ...act('answer-retention', OFFICER, () => ({ verdict: 'RELEASE', said: '不再需要' })),
  ...act('pay-compensation', OFFICER, () => ({ amount_fen: 1, voucher: '付1', payee: '权利人', loss: '毁损' })),
  ...act('recover-compensation', OFFICER, () => ({ nth: 1, amount_fen: 1, voucher: '收1' })),
  ...act('state-relevance', OFFICER, () => ({ relevance: '往来的联系方式' })),
  ...[OFFICER, CUSTODIAN].flatMap((person) => act('open-account-number', person, () => ({ reason: '核对银行回函' }))),
  ...act('resolve', APPROVER, () => ({ conclusion: '了结' })),
  ...[OFFICER, CUSTODIAN].flatMap((person) => [label(person), label(person, { reason: '破损' })]),
  ...[OFFICER, CUSTODIAN].map((person) =>
    post('/api/items/{code}/seal-strips', person, 'item', () => ({ station: 'bench-1', number: 'F-1201' })),
  ),
  ...[OFFICER, CUSTODIAN].map((person) =>
    post('/api/labels/{job}/outcome', person, 'job', () => ({ outcome: 'printed' })),
  ),
  ...[OFFICER, CUSTODIAN].map((person) => post('/api/items/{code}/tag', person, 'item', () => readerOf(person))),
  ...[OFFICER, CUSTODIAN].map((person) => post('/api/labels/scanned', person, 'item', (item) => ({ scan: item }))),
  post('/api/conflicts/{conflict}/settle', CUSTODIAN, 'conflict', () => ({ reason: '已查看' })),
  post('/api/alarms/{alarm}/acknowledge', CUSTODIAN, 'alarm', () => ({ reason: '已查看' })),
  ...['', '/report.pdf'].flatMap((form) => get(`/api/counts/{id}${form}`, 'stocktake')),
  ...[OFFICER, CUSTODIAN, APPROVER].flatMap((person) => [
    ...['draw', 'conclude'].map((name) => post(`/api/counts/{id}/${name}`, person, 'stocktake', () => ({}))),
    ...['seen', 'recount'].map((name) =>
      post(`/api/counts/{id}/${name}`, person, 'stocktake', () => ({ location: there.shelf, sights: [] })),
    ),
    post('/api/counts/{id}/conclude', person, 'stocktake', () => ({
      signatures: [{ ...signatureOf('zhang-wei'), pin: '000000' }],
    })),
    post('/api/counts/{id}/explain', person, 'stocktake', () => ({ n: 1, cause: 'TAG' })),
    post('/api/counts/{id}/cancel', person, 'stocktake', () => ({ reason: '改期' })),
    post('/api/searches/{search}/end', person, 'search', () => ({ outcome: 'incident', note: '灭失' })),
  ]),
  post('/api/approvals', OFFICER, 'item', (item) => ({
    deed: { command: 'borrow', items: [item], dueAt: new Date(clock + 86_400_000).toISOString(), purpose: 'TESTING' },
    reason: '检验',
  })),
  post('/api/approvals', OFFICER, 'case', (number) => ({
    deed: { command: 'reopen-case', case: number },
    reason: '补查',
  })),
]

/** Routes that say nothing of a case: the forms' choices, the shelves of a store (refused to others by their store), a new case. */
const ELSEWHERE = [
  'get /api/custody/options',
  'get /api/custody/rules',
  'get /api/office-printers',
  'get /api/custody/import-template.csv',
  'get /api/custody/import-template.xlsx',
  'get /api/custody/case-import-template.csv',
  'get /api/custody/case-import-template.xlsx',
  'get /api/custody/inbound-template.csv',
  'get /api/custody/inbound-template.xlsx',
  'get /api/stores/{id}/as-of',
  'get /api/stores/{id}/keeping',
  'post /api/stores/{id}/keeping',
  'get /api/stores/{id}/locations',
  'post /api/stores/{id}/locations',
  // Only of departments whose finance somebody signs for.
  'get /api/reconciliations',
  'post /api/reconciliations',
  'post /api/reconciliations/try',
  'get /api/stores/{id}/paper-sheet.pdf',
  'get /api/stores/{id}/labels',
  'get /api/stores/{id}/labels.pdf',
  'get /api/stores/{id}/containers',
  'post /api/stores/{id}/containers',
  'get /api/counts/options',
  // Refused to whoever heads no department that keeps the store.
  'post /api/counts',
  // One number is one case, everywhere: whoever opens one that is taken has to be told.
  'post /api/cases',
  'post /api/cases/import',
  'post /api/cases/import/try',
]

it('every route of custody is tried', async () => {
  const { paths } = (await server.app.inject({ url: '/api/openapi.json' })).json<{
    paths: Readonly<Record<string, Readonly<Record<string, { readonly tags?: readonly string[] }>>>>
  }>()
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { tags = [] }]) =>
      tags.includes('custody') ? [`${method} ${path}`] : [],
    ),
  )
  expect(all.length).toBeGreaterThan(30)
  const known = new Set([...tried.map(({ route }) => route), ...ELSEWHERE])
  expect(all.filter((route) => !known.has(route))).toEqual([])
})

it.each(tried.map((one) => [`${one.route} by ${one.person}`, one] as const))('%s', async (_, { person, of, ask }) => {
  const answer = async (id: string): Promise<readonly unknown[]> => {
    server.setNow(new Date((clock += 1_000)).toISOString())
    const { statusCode, body: raw, rawPayload, headers } = await server.as(person, ask(id))
    // A workbook says when it was made, by a clock of its own.
    const body = headers['content-type'] === WORKBOOK_TYPE ? JSON.stringify(await readWorkbook(rawPayload)) : raw
    // Nobody got as far as that: neither was the request malformed, nor was the PIN of another looked at.
    expect([200, 403, 404, 409]).toContain(statusCode)
    expect(body).not.toContain('access.wrong-secret')
    return [statusCode, body.replaceAll(id, '#').replaceAll(/"instance":"[^"]*"/g, '')]
  }
  const nothing = await answer(invented[of])
  for (const id of of === 'item' ? Object.values(there.items) : [there[of]]) expect(await answer(id)).toEqual(nothing)
})
