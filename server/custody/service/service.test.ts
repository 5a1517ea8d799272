import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPdf } from '../../../labels/testing/read-pdf.ts'
import { turnClocks } from '../../clock/keeper.ts'
import { quietLog } from '../../database/testing.ts'
import { jpeg } from '../../files/testing-pictures.ts'
import { checkpointFolderOf } from '../../ledger/places.ts'
import { openRow, type StoredPersonal } from '../../ledger/personal.ts'
import { verifyStore } from '../../ledger/verify.ts'
import type { Command } from '../../module.ts'
import { triggers } from '../../modules.ts'
import type { RefusalNotice } from '../../refusal.ts'
import type { TestServer } from '../../testing.ts'
import { wholeServer } from '../../testing-whole.ts'
import { account } from '../measures/testing-trips.ts'
import type { CaseAccount, ShownPaper } from '../protocol.ts'
import { taking } from '../testing.ts'

const CASE = '云行立〔2026〕31号'
const OF_CASE = encodeURIComponent(CASE)
const OFFICER = 'zhang-wei'
const DAY_MS = 86_400_000
let server: TestServer
let clock = Date.parse('2026-03-02T02:00:00.000Z')
let item = ''
let paper = ''
let scan = ''

const time = (ms = clock): string => new Date(ms).toISOString()

async function does(person: string, command: Command & Record<string, unknown>) {
  clock += 60_000
  server.setNow(time())
  return (await server.deps.act({ person, with: [] }, command, { cause: `test ${clock}`, at: time() })).result
}

/** What still runs over the account that was frozen. */
async function running(): Promise<string[]> {
  await turnClocks({ ...server.deps, triggers, log: quietLog })
  const found = await sql<{ rule: string }>`
    select rule from clocks where status = 'running' and id in (select clock from clock_subjects where subject = ${`item/${item}`}) order by rule
  `.execute(server.deps.db)
  return found.rows.map(({ rule }) => rule)
}

const papers = async (person = OFFICER): Promise<readonly ShownPaper[]> =>
  (await server.as(person, { method: 'GET', url: `/api/papers?case=${OF_CASE}` })).json<{ papers: ShownPaper[] }>()
    .papers
const unserved = async (): Promise<CaseAccount['unserved']> =>
  (await server.as(OFFICER, { method: 'GET', url: `/api/cases/${OF_CASE}` })).json<CaseAccount>().unserved
const serve = (payload: object, person = OFFICER, of = paper) =>
  server.as(person, { method: 'POST', url: `/api/papers/${of}/services`, payload })
const codeOf = async (payload: object, person?: string): Promise<string> =>
  (await serve(payload, person)).json<RefusalNotice>().code
const direct = { way: 'DIRECT', receiver: '收件人某甲', relation: '本人' }

async function keepScan(person: string): Promise<string> {
  const boundary = 'receipt'
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="photo"; filename="a.jpg"\r\ncontent-type: image/jpeg\r\n\r\n`
  const answer = await server.as(person, {
    ...{ method: 'POST', url: '/api/files' },
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([Buffer.from(head), await jpeg(200, 150, 7), Buffer.from(`\r\n--${boundary}--\r\n`)]),
  })
  expect(answer.statusCode, answer.body).toBe(201)
  return answer.json<{ files: { sha256: string }[] }>().files[0]?.sha256 ?? ''
}

/** An account frozen in an administrative case, and the notice of it. */
beforeAll(async () => {
  server = await wholeServer()
  await does(OFFICER, {
    ...{ type: 'custody.open-case', number: CASE, title: '某案', track: 'ADMIN', unit: 'dept-1' },
    officers: [OFFICER, 'li-na'],
  })
  const deed = { command: 'take-measure', case: CASE, kind: 'FROZEN' }
  const approval = String((await does(OFFICER, { type: 'approvals.ask', deed, reason: '查办需要' }))['id'])
  await does('qian-lei', { type: 'approvals.grant', approval })
  await does('sun-bo', { type: 'approvals.grant', approval })
  // Whoever begins to keep clocks later starts only what a fact ends.
  await running()
  const { items } = await does(OFFICER, {
    ...{ type: 'custody.register', case: CASE, items: [account], ...taking },
    measure: { ...taking.measure, kind: 'FROZEN', approval },
  })
  item = (items as unknown as { code: string }[])[0]?.code ?? ''
  const issued = { type: 'custody.issue-paper', paper: 'notice', of: CASE, part: taking.measure.noticeNumber }
  paper = String((await does(OFFICER, issued))['paper'])
  scan = await keepScan(OFFICER)
}, 120_000)
afterAll(() => server.close())

describe('a notice that whom it concerns has to get', () => {
  it('is an open point of its case until its service is recorded', async () => {
    expect(await unserved()).toMatchObject([{ paper, kind: { value: 'notice' } }])
    expect(await papers()).toMatchObject([{ paper, toServe: true, services: [] }])
    expect(await running()).toEqual(expect.arrayContaining(['DL-08', 'DL-09']))
  })

  it('says what its way wants, and no time at which it cannot have been', async () => {
    const servedAt = time()
    expect(await codeOf({ ...direct, servedAt, relation: ' ' })).toBe('custody.service-field')
    expect(await codeOf({ way: 'LEFT', servedAt, reason: '拒收' })).toBe('custody.service-field')
    expect(await codeOf({ ...direct, servedAt: time(clock - DAY_MS) })).toBe('custody.service-time')
    expect(await codeOf({ ...direct, servedAt: time(clock + DAY_MS) })).toBe('custody.service-time')
    expect(await codeOf({ ...direct, servedAt, scan: 'ee'.repeat(32) })).toBe('custody.service-scan')
    const published = { way: 'NOTICE', reason: '下落不明', place: '公告栏', servedAt }
    expect(await codeOf(published)).toBe('custody.service-early')
    expect(await codeOf({ ...direct, servedAt }, 'chen-jing')).toBe('request.not-found')
    expect(await unserved()).toHaveLength(1)
  })

  it('is served: names stand beside the register, the receipt is for whom the paper is for, and its term ends', async () => {
    expect((await server.as('chen-jing', { method: 'GET', url: `/api/files/${scan}` })).statusCode).toBe(404)
    const answer = await serve({ ...direct, servedAt: time(), scan })
    expect([answer.statusCode, answer.body]).toEqual([201, expect.stringContaining('custody.paper-served')])
    const [shown] = await papers()
    expect(shown?.services).toMatchObject([
      {
        ...{ way: { value: 'DIRECT' }, servedAt: time(), countsFrom: time(), scan, by: { who: `person/${OFFICER}` } },
        told: [
          { field: { value: 'receiver' }, text: '收件人某甲' },
          { field: { value: 'relation' }, text: '本人' },
        ],
      },
    ])
    expect(await unserved()).toEqual([])
    const receipt = async (query: string, person = OFFICER) =>
      server.as(person, { method: 'GET', url: `/api/papers/${paper}/receipt.pdf${query}` })
    const textOf = async (query: string): Promise<string> =>
      readPdf((await receipt(query)).rawPayload)
        .pages.map(({ text }) => text)
        .join('')
        .replaceAll('\n', '')
    for (const part of ['送达回证', '直接送达', '收件人某甲', '本人', '税收征管法实施细则 101'])
      expect(await textOf('?service=1')).toContain(part)
    expect(await textOf('')).toContain('□ 邮寄送达')
    expect(await textOf('')).not.toContain('收件人某甲')
    expect((await receipt('?service=2')).statusCode).toBe(404)
    expect((await receipt('', 'chen-jing')).statusCode).toBe(404)
    const rules = await running()
    expect(rules).not.toContain('DL-08')
    expect(rules).toContain('DL-09')
    expect((await server.as('li-na', { method: 'GET', url: `/api/files/${scan}` })).statusCode).toBe(200)
    expect((await server.as('chen-jing', { method: 'GET', url: `/api/files/${scan}` })).statusCode).toBe(404)
    const told = await sql<{ body: string }>`select text as body from entries where type = 'custody.paper-served'`
      .execute(server.deps.db)
      .then(({ rows }) => rows.map(({ body }) => body))
    expect(told).toHaveLength(1)
    expect(told.join()).not.toContain('某甲')
    const sealed = await sql<StoredPersonal>`select ref::text, salt, content, sealed from personal`.execute(
      server.database.ownerDb,
    )
    expect(sealed.rows.filter((row) => openRow(row)?.content.includes('收件人某甲'))).toHaveLength(1)
  })

  it('may be served once more, to another or by notice whose days are over, and both stand', async () => {
    const servedAt = time()
    clock += 31 * DAY_MS
    server.setNow(time())
    const answer = await serve({ way: 'NOTICE', reason: '共有人下落不明', place: '公告栏', servedAt })
    expect(answer.statusCode, answer.body).toBe(201)
    const [shown] = await papers()
    expect(shown?.services.map(({ way }) => way.value)).toEqual(['DIRECT', 'NOTICE'])
    expect(Date.parse(shown?.services[1]?.countsFrom ?? '') - Date.parse(servedAt)).toBe(30 * DAY_MS)
  })

  it('waits again once it is issued anew, and the one before is served no more', async () => {
    const issued = { type: 'custody.issue-paper', paper: 'notice', of: CASE, part: taking.measure.noticeNumber }
    const again = String((await does(OFFICER, issued))['paper'])
    expect(await unserved()).toMatchObject([{ paper: again }])
    expect(await codeOf({ ...direct, servedAt: time() })).toBe('custody.service-replaced')
  })

  it('stands in tables that equal a replay', async () => {
    const { database, modules, keys } = server
    const proof = { db: database.db, modules, folder: checkpointFolderOf(keys) }
    const report = await verifyStore({ ...proof, key: keys.key, installation: keys.installation })
    expect(report.faults).toEqual([])
  })
})
