import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import { jpeg } from '../../files/testing-pictures.ts'
import { checkpointFolderOf } from '../../ledger/places.ts'
import { openRow, type StoredPersonal } from '../../ledger/personal.ts'
import { verifyStore } from '../../ledger/verify.ts'
import type { Command } from '../../module.ts'
import type { RefusalNotice } from '../../refusal.ts'
import type { TestServer } from '../../testing.ts'
import { wholeServer } from '../../testing-whole.ts'
import type { ShownPaper } from '../protocol.ts'
import { general, taking } from '../testing.ts'

const CASE = '云监立〔2026〕71号'
const OFFICER = 'zhang-wei'
let server: TestServer
let clock = Date.parse('2026-03-02T02:00:00.000Z')
let paper = ''
let sheets: string[] = []

async function does(person: string, command: Command & Record<string, unknown>) {
  clock += 60_000
  const at = new Date(clock).toISOString()
  server.setNow(at)
  return (await server.deps.act({ person }, command, { cause: `test ${clock}`, at })).result
}
const issue = async (): Promise<string> =>
  String(
    (
      await does(OFFICER, {
        ...{ type: 'custody.issue-paper', paper: 'seizure-list', of: CASE, part: taking.measure.noticeNumber },
      })
    )['paper'],
  )
const papers = async (): Promise<readonly ShownPaper[]> =>
  (await server.as(OFFICER, { method: 'GET', url: `/api/papers?case=${encodeURIComponent(CASE)}` })).json<{
    papers: ShownPaper[]
  }>().papers
const attach = (payload: object, person = OFFICER, of = paper) =>
  server.as(person, { method: 'POST', url: `/api/papers/${of}/scans`, payload })
const codeOf = async (payload: object, person?: string, of?: string): Promise<string> =>
  (await attach(payload, person, of)).json<RefusalNotice>().code
const looks = async (person: string, photo = sheets[0]): Promise<number> =>
  (await server.as(person, { method: 'GET', url: `/api/files/${photo ?? ''}` })).statusCode

async function keep(person: string, shade: number): Promise<string> {
  const head =
    '--x\r\ncontent-disposition: form-data; name="photo"; filename="a.jpg"\r\ncontent-type: image/jpeg\r\n\r\n'
  const answer = await server.as(person, {
    ...{ method: 'POST', url: '/api/files' },
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    payload: Buffer.concat([Buffer.from(head), await jpeg(200, 150, shade), Buffer.from('\r\n--x--\r\n')]),
  })
  expect(answer.statusCode, answer.body).toBe(201)
  return answer.json<{ files: { sha256: string }[] }>().files[0]?.sha256 ?? ''
}

beforeAll(async () => {
  server = await wholeServer()
  await does(OFFICER, {
    ...{ type: 'custody.open-case', number: CASE, title: '某案', track: 'SUPERVISION', unit: 'dept-1' },
    officers: [OFFICER, 'li-na'],
  })
  await does(OFFICER, { type: 'custody.register', case: CASE, items: [general], ...taking })
  paper = await issue()
  sheets = [await keep(OFFICER, 11), await keep(OFFICER, 12)]
}, 120_000)
afterAll(() => server.close())

describe('the signed sheets of an issued paper', () => {
  it('are attached by who may issue it, and be it of pictures that he brought', async () => {
    expect(await papers()).toMatchObject([{ paper, scans: [], toScan: true }])
    expect(await looks('li-na')).toBe(404)
    expect(await codeOf({ pages: ['ee'.repeat(32)] })).toBe('custody.scan-missing')
    expect(await codeOf({ pages: [await keep('li-na', 13)] })).toBe('custody.scan-missing')
    expect(await codeOf({ pages: sheets }, 'wang-qiang')).toBe('request.not-found')
    expect(await codeOf({ pages: [...sheets, ...sheets] })).toBe('request.invalid')
    const answer = await attach({ pages: sheets })
    expect([answer.statusCode, answer.body]).toEqual([201, expect.stringContaining('custody.paper-scanned')])
    expect(await papers()).toMatchObject([
      { scans: [{ pages: sheets, reason: null, by: { who: `person/${OFFICER}` } }] },
    ])
  })

  it('are read by whoever may read the paper, and by nobody else', async () => {
    expect(await looks('li-na')).toBe(200)
    expect(await looks('wang-qiang')).toBe(404)
    expect(await looks('chen-jing')).toBe(404)
  })

  it('have another scan in their place with a reason alone, and the one before stays', async () => {
    const other = [await keep('li-na', 14)]
    expect(await codeOf({ pages: sheets, reason: '再扫' })).toBe('custody.scan-same')
    expect(await codeOf({ pages: other, reason: ' ' }, 'li-na')).toBe('custody.scan-reason')
    const answer = await attach({ pages: other, reason: '前一份缺持有人某甲的签名页' }, 'li-na')
    expect(answer.statusCode, answer.body).toBe(201)
    expect((await papers())[0]?.scans).toMatchObject([
      { pages: sheets, reason: null },
      { pages: other, reason: '前一份缺持有人某甲的签名页', by: { who: 'person/li-na' } },
    ])
    expect([await looks(OFFICER), await looks(OFFICER, other[0])]).toEqual([200, 200])
  })

  it('say in the register what they hash to, and not why in clear', async () => {
    const told = await sql<{ body: string }>`
      select text as body from entries where type = 'custody.paper-scanned' order by n`.execute(server.deps.db)
    expect(told.rows.map(({ body }) => sheets.every((sheet) => body.includes(sheet)))).toEqual([true, false])
    expect(told.rows.map(({ body }) => body).join()).not.toContain('某甲')
    const sealed = await sql<StoredPersonal>`select ref::text, salt, content, sealed from personal`.execute(
      server.database.ownerDb,
    )
    expect(sealed.rows.filter((row) => openRow(row)?.content.includes('签名页'))).toHaveLength(1)
  })

  it('stay with the paper that was signed once it is issued anew, and may still come to it', async () => {
    const again = await issue()
    const [now, before] = await papers()
    expect([now?.paper, now?.scans, before?.scans.length]).toEqual([again, [], 2])
    expect((await attach({ pages: [await keep(OFFICER, 15)], reason: '更清晰' })).statusCode).toBe(201)
  })

  it('are shown to nobody once their paper is erased by law, and no scan comes to it any more', async () => {
    const [now, before] = await papers()
    const numbers = [before?.number ?? '']
    const change = { command: 'org.erase-papers', papers: numbers, ground: 'ordered', document: '云纪办〔2026〕34号' }
    const proposed = await server.as('an-security', { method: 'POST', url: '/api/proposals', payload: { change } })
    const confirm = `/api/proposals/${proposed.json<{ id: string }>().id}/confirm`
    expect((await server.as('xu-system', { method: 'POST', url: confirm, payload: {} })).statusCode).toBe(200)
    const photo = await server.as(OFFICER, { method: 'GET', url: `/api/files/${sheets[0]}` })
    expect([photo.statusCode, photo.json<RefusalNotice>().code]).toEqual([409, 'custody.paper-erased'])
    const thumb = await server.as(OFFICER, { method: 'GET', url: `/api/files/${sheets[1]}?size=thumb` })
    expect(thumb.json<RefusalNotice>().code).toBe('custody.paper-erased')
    expect(await looks('wang-qiang')).toBe(404)
    const page = await keep(OFFICER, 16)
    for (const of of [now?.paper, before?.paper])
      expect(await codeOf({ pages: [page], reason: '再扫' }, OFFICER, of)).toBe('custody.paper-erased')
  })

  it('stand in tables that equal a replay', async () => {
    const { database, modules, keys } = server
    const proof = { db: database.db, modules, folder: checkpointFolderOf(keys) }
    const report = await verifyStore({ ...proof, key: keys.key, installation: keys.installation })
    expect(report.faults).toEqual([])
  })
})
