import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { enrolText } from '../devices/agent/protocol.ts'
import { claimCause } from './causes.ts'
import { general, PHOTO } from './custody/testing.ts'
import { inTransaction } from './database/connect.ts'
import { signatureOf, type TestServer } from './testing.ts'
import { wholeServer } from './testing-whole.ts'
import { onFilm } from './custody/testing-film.ts'

const CASE = { title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers: ['zhang-wei', 'li-na'] }
const STATION = { kind: 'bench', place: 'store-1', devices: [] }

let server: TestServer
let item = ''

beforeAll(async () => {
  server = await wholeServer()
  const number = '云纪立〔2026〕41号'
  await post('zhang-wei', '/api/cases', { number, ...CASE })
  const { items } = await post<{ items: { code: string }[] }>(
    'zhang-wei',
    `/api/cases/${encodeURIComponent(number)}/items`,
    {
      items: [general],
      measure: { noticeNumber: '扣〔2026〕1号', place: '办公室' },
      holder: { attendance: 'SIGNED', name: '张某' },
      witness: { attendance: 'SIGNED', name: '王某' },
      relevance: '涉嫌违纪违法事实中的财物',
    },
  )
  item = items[0]?.code ?? ''
  const photo = { type: 'custody.add-photo', items: [{ item, photos: [PHOTO] }] }
  await server.deps.act({ person: 'zhang-wei' }, photo, { cause: 'photo' })
  const shelf = { name: '一号架', storageClass: 'ordinary', capacity: 20 }
  const { code: location } = await post<{ code: string }>('chen-jing', '/api/stores/store-1/locations', shelf)
  await onFilm(server.deps, [item])
  await post('zhang-wei', '/api/custody/hand-over', { items: [item], store: 'store-1' })
  const signatures = [signatureOf('zhang-wei')]
  await post('chen-jing', '/api/custody/check-in', { items: [{ item, location }], signatures })
})
afterAll(() => server.close())

async function post<T>(person: string, url: string, payload: object): Promise<T> {
  const answer = await server.as(person, { method: 'POST', url, payload })
  expect(answer.statusCode, answer.body).toBeLessThan(300)
  return answer.json<T>()
}

const borrow = (reason: string) => ({
  deed: { command: 'borrow', items: [item], dueAt: '2026-03-05T01:00:00.000Z', purpose: 'APPRAISAL' },
  reason,
})
const unit = (id: string) => ({ unit: id, name: '第九室', kind: 'department', parent: null })

/** A write of each module, and another one that must not pass for it. */
const WRITES = [
  ['xu-system', 'POST', '/api/units', () => unit('dept-8'), () => unit('dept-9')],
  ['zhang-wei', 'POST', '/api/cases', () => ({ number: '一案', ...CASE }), () => ({ number: '二案', ...CASE })],
  ['zhang-wei', 'POST', '/api/approvals', () => borrow('送鉴定机构'), () => borrow('庭审示证')],
  ['xu-system', 'PUT', '/api/stations/bench-8', () => ({ name: '甲', ...STATION }), () => ({ name: '乙', ...STATION })],
  ['xu-system', 'POST', '/api/agents', () => ({ name: 'pc-1' }), () => ({ name: 'pc-2' })],
] as const

for (const [person, method, url, body, other] of WRITES)
  it(`${method} ${url} under one key runs once, tells who comes meanwhile to wait, and takes nothing else for it`, async () => {
    const key = `key of ${url}`.replaceAll(' ', '-')
    const ask = (payload: object) => server.as(person, { method, url, payload, key })
    await inTransaction(server.database.db, async (trx) => {
      await claimCause(trx, person, `request:${key}`)
      const meanwhile = await ask(body())
      expect([meanwhile.statusCode, meanwhile.json<{ code: string }>().code]).toEqual([409, 'request.in-progress'])
    })
    const first = await ask(body())
    expect(first.statusCode, first.body).toBeLessThan(300)
    const again = await ask(body())
    expect([again.statusCode, again.json()]).toEqual([first.statusCode, first.json()])
    const reused = await ask(other())
    expect([reused.statusCode, reused.json<{ code: string }>().code]).toEqual([422, 'request.key-reused'])
  })

it('an agent that enrols under one key is the same agent, and no other key of a PC', async () => {
  const { code } = await post<{ code: string }>('xu-system', '/api/agents', { name: 'pc-3' })
  const enrol = (pair: { readonly publicKey: KeyObject; readonly privateKey: KeyObject }) => {
    const key = String(pair.publicKey.export({ format: 'jwk' }).x)
    const signature = sign(null, enrolText(code, key), pair.privateKey).toString('base64')
    const headers = { 'idempotency-key': 'enrol-once' }
    return server.app.inject({ method: 'POST', url: '/api/agents/enrol', headers, payload: { code, key, signature } })
  }
  const own = generateKeyPairSync('ed25519')
  const first = await enrol(own)
  expect(first.statusCode, first.body).toBe(201)
  expect((await enrol(own)).json()).toEqual(first.json())
  expect((await enrol(generateKeyPairSync('ed25519'))).json()).toMatchObject({ code: 'request.key-reused' })
})
