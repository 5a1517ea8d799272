import { sql } from 'kysely'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPdf } from '../../../labels/testing/read-pdf.ts'
import { readSymbols } from '../../../labels/testing/read-symbols.ts'
import { filesFolder, openFiles } from '../../files/files.ts'
import type { Command } from '../../module.ts'
import type { RefusalNotice } from '../../refusal.ts'
import { testServer, type TestServer } from '../../testing.ts'
import { paperRoutes } from './paper-routes.ts'
import type { IssuedLabel } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { drawCode } from './paper.ts'
import { gold, PHOTO, taking } from '../testing.ts'

const CASE = '云纪立〔2026〕7号'
let server: TestServer
let bar = ''
let list = ''

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      const files = await openFiles({ folder: filesFolder(deps.dataDir), db: deps.db, now: deps.now })
      await app.register(custodyRoutes, deps)
      await app.register(paperRoutes, { ...deps, files })
    },
  })
  const post = async <T>(url: string, payload: object): Promise<T> => {
    const answer = await server.as('zhang-wei', { method: 'POST', url, payload })
    expect(answer.statusCode, answer.body).toBeLessThan(300)
    return answer.json<T>()
  }
  const officers = ['zhang-wei', 'li-na']
  await post('/api/cases', { number: CASE, title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers })
  const { items } = await post<{ items: { code: string }[] }>(`/api/cases/${encodeURIComponent(CASE)}/items`, {
    items: [{ ...gold, seal: { number: 'F-001', signers: officers } }],
    measure: { noticeNumber: '扣〔2026〕7号', place: '办公室' },
    holder: { attendance: 'SIGNED', name: '张某某' },
    witness: { attendance: 'SIGNED', name: '王某' },
  })
  bar = items[0]?.code ?? ''
  await server.deps.act(
    { person: 'zhang-wei' },
    { type: 'custody.add-photo', item: bar, photos: [PHOTO] },
    { cause: 'photo', at: server.deps.now() },
  )
  list = (await post<{ list: string }>('/api/custody/hand-over', { items: [bar], store: 'store-1' })).list
})
afterAll(() => server.close())

async function get(person: string, url: string) {
  return server.as(person, { method: 'GET', url })
}

describe('the code of a hand-over list', () => {
  it('is a picture that another program reads back, in both symbols', async () => {
    const answer = await get('chen-jing', `/api/lists/${list}/code.svg`)
    expect(answer.statusCode, answer.body).toBe(200)
    expect(answer.headers['content-type']).toBe('image/svg+xml; charset=utf-8')
    const { data, info } = await sharp(answer.rawPayload, { density: 144 })
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true })
    const found = await readSymbols({ width: info.width, height: info.height, grey: new Uint8Array(data) })
    expect(found.map(({ format, text }) => [format, text])).toEqual([
      ['Code128', list],
      ['QRCode', list],
    ])
  })
})

describe('the hand-over list on paper', () => {
  it('names the items with seal and weight, and both who sign it', async () => {
    const answer = await get('zhang-wei', `/api/lists/${list}/handover.pdf`)
    expect(answer.headers['content-type']).toBe('application/pdf')
    const [page] = readPdf(answer.rawPayload).pages
    for (const part of [
      '涉案财物移交清单',
      list,
      CASE,
      bar,
      '金条',
      '足金，有编号；重',
      'F-001',
      '第 1 份，共 3 份 · 交承办部门',
      '移交人（张伟）：',
      '接收人：',
    ])
      expect(page?.text).toContain(part)
    const copy = await get('zhang-wei', `/api/lists/${list}/handover.pdf?copy=2`)
    expect(readPdf(copy.rawPayload).pages[0]?.text).toContain('交保管部门')
  })
})

describe.each(['code.svg', 'handover.pdf', 'entry-slip.pdf'])('%s', (paper) => {
  it('is for the department and the store alone', async () => {
    for (const person of ['wang-qiang', 'xu-system']) {
      const answer = await get(person, `/api/lists/${list}/${paper}`)
      expect([answer.statusCode, answer.json<RefusalNotice>().code]).toEqual([404, 'custody.unknown-list'])
    }
  })

  it('of a list that is none', async () => {
    const answer = await get('chen-jing', `/api/lists/D0226000999900/${paper}`)
    expect([answer.statusCode, answer.json<RefusalNotice>().code]).toEqual([404, 'custody.unknown-list'])
  })
})

it('who looked at the papers of a list is written down', async () => {
  await get('li-na', `/api/lists/${list}/handover.pdf`)
  await get('li-na', `/api/lists/${list}/code.svg`)
  const { rows } = await sql<{ about: string }>`
    select text::jsonb->>'about' as about from activity
    where text::jsonb->>'kind' = 'read' and text::jsonb->>'person' = 'li-na' order by seq
  `.execute(server.database.ownerDb)
  expect(rows.map(({ about }) => about)).toEqual([`lists/${list}/handover`, `lists/${list}/code`])
})

it('a list that came in by several acts says of each item who received it, when and where it was put then', async () => {
  let clock = Date.parse('2026-03-03T02:00:00.000Z')
  const does = (person: string, command: Command & Record<string, unknown>, at_ms: number, signers: string[] = []) => {
    clock = Math.max(clock + 1_000, at_ms)
    const at = new Date(clock).toISOString()
    return server.deps.act({ person, with: signers }, command, { cause: `several ${clock}`, at })
  }
  const shelfOf = async (name: string) => {
    const shelf = { ...{ type: 'custody.add-location', store: 'store-1', name }, storageClass: 'ordinary', capacity: 9 }
    return String((await does('chen-jing', shelf, 0)).result['code'])
  }
  const [near, far, today] = [await shelfOf('近架'), await shelfOf('远架'), await shelfOf('今日架')]
  const items = ['账册', '手机', '钥匙'].map((name) => ({ name, category: 'general', quantity: 1, unit: '件' }))
  const { result } = await does('zhang-wei', { type: 'custody.register', case: CASE, items, ...taking }, 0)
  const codes = (result['items'] as unknown as { code: string }[]).map(({ code }) => code)
  for (const item of codes) await does('zhang-wei', { type: 'custody.add-photo', item, photos: [PHOTO] }, 0)
  const several = (await does('zhang-wei', { type: 'custody.hand-over', items: codes, store: 'store-1' }, 0)).result[
    'list'
  ] as string
  const [first = '', second = '', third = ''] = codes
  const take = (item: string, location: string) => ({ type: 'custody.check-in', items: [item], location })
  await does('chen-jing', take(first, near), Date.parse('2026-03-04T01:02:00.000Z'), ['zhang-wei'])
  await does('liu-yang', take(second, far), Date.parse('2026-03-05T03:04:00.000Z'), ['li-na'])
  await does('liu-yang', { type: 'custody.refuse-item', items: [third], reason: '不符' }, 0)
  await does('chen-jing', { type: 'custody.move', items: [first], location: today }, 0)
  const textOf = async (paper: string): Promise<string> => {
    const { rawPayload } = await get('zhang-wei', `/api/lists/${several}/${paper}`)
    return readPdf(rawPayload)
      .pages.map(({ text }) => text)
      .join('\n')
  }
  const slip = await textOf('entry-slip.pdf')
  for (const part of [
    '2026 年 3 月 4 日至 2026 年 3 月 5 日',
    ...['近架', '远架', '2026-03-04', '09:02 陈静', '2026-03-05', '11:04 刘洋'],
    ...['移交人（张伟）：', '移交人（李娜）：', '接收人（陈静）：', '接收人（刘洋）：'],
  ])
    expect(slip).toContain(part)
  expect(slip).not.toMatch(/今日架|钥匙/)
  const { deps } = server
  const deactivate = { type: 'org.deactivate', person: 'li-na' }
  await deps.act({ person: 'xu-system' }, deactivate, { cause: 'li-na leaves', at: deps.now() })
  expect(await textOf('entry-slip.pdf')).toBe(slip)
  const handed = await textOf('handover.pdf')
  for (const part of ['09:02 陈静', '11:04 刘洋', '退回补正', '移交人（李娜）：', '接收人（刘洋）：'])
    expect(handed).toContain(part)
  expect(JSON.stringify(await drawCode(server.deps.db, several, 1, '100x60'))).toContain('2026-03-05')
})

describe('what a category asks for', () => {
  const registers = async (items: readonly object[]): Promise<string[]> => {
    const answer = await server.as('zhang-wei', {
      method: 'POST',
      url: `/api/cases/${encodeURIComponent(CASE)}/items`,
      payload: { items, ...taking, measure: { ...taking.measure, noticeNumber: '扣字〔2026〕9号' } },
    })
    expect(answer.statusCode).toBe(201)
    return answer.json<{ items: { code: string }[] }>().items.map(({ code }) => code)
  }
  const listed = async (book: string): Promise<string> => {
    const query = new URLSearchParams({ notice: '扣字〔2026〕9号', book }).toString()
    const { rawPayload } = await get('zhang-wei', `/api/cases/${encodeURIComponent(CASE)}/seizure-list.pdf?${query}`)
    return readPdf(rawPayload)
      .pages.map(({ text }) => text)
      .join('\n')
      .replaceAll('\n', '')
  }

  it('stands on the card and on the seizure list, on no page of a register; effects of a person have a list of their own', async () => {
    const [disk = ''] = await registers([
      {
        ...{ name: '移动硬盘', category: 'digital-media', quantity: 1, unit: '块', features: '黑色' },
        seal: { number: 'F-900', signers: ['zhang-wei', 'li-na'] },
        details: { model: 'ST-1000', serialNumber: 'ZA0099', content: '财务账套', sha256: 'ab'.repeat(32) },
      },
    ])
    await registers([{ name: '雨伞', category: 'personal-effects', quantity: 1, unit: '把' }])
    const card = (await get('zhang-wei', `/api/items/${disk}`)).json<{ details: { field: string; value: string }[] }>()
    expect(card.details.map(({ field, value }) => [field, value])).toEqual([
      ['model', 'ST-1000'],
      ['serialNumber', 'ZA0099'],
      ['content', '财务账套'],
      ['sha256', 'ab'.repeat(32)],
    ])
    const evidence = await listed('evidence')
    expect(evidence).toContain('财物、文件清单')
    expect(evidence).toContain('移动硬盘')
    expect(evidence.replaceAll(/\s/g, '')).toContain('ZA0099')
    expect(evidence).not.toContain('雨伞')
    const effects = await listed('effects')
    expect(effects).toContain('随身物品登记清单')
    expect(effects).toContain('雨伞')
    expect(effects).not.toContain('移动硬盘')
    const { rows } = await sql<{ text: string }>`select text from entries where subject = ${`item/${disk}`}`.execute(
      server.database.ownerDb,
    )
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.map(({ text }) => text).join()).not.toContain('ZA0099')
  })

  it('a list of effects that are none is none', async () => {
    const query = new URLSearchParams({ notice: '扣字〔2026〕1号', book: 'effects' }).toString()
    const answer = await get('zhang-wei', `/api/cases/${encodeURIComponent(CASE)}/seizure-list.pdf?${query}`)
    expect(answer.statusCode).toBe(404)
  })
})

describe('the picture of a card', () => {
  const picture = (query: string) => get('zhang-wei', `/api/items/${bar}/card.svg${query}`)
  const act = async (command: Command): Promise<string> => {
    const { result } = await server.deps.act({ person: 'zhang-wei' }, command, {
      cause: crypto.randomUUID(),
      at: server.deps.now(),
    })
    return (result as { jobs?: { job: string }[] } | null)?.jobs?.[0]?.job ?? ''
  }
  const want = (type: 'custody.want-label' | 'custody.reprint', reason?: string) =>
    act({
      type,
      codes: [bar],
      template: 'item-card',
      station: 'desk-1',
      ...(reason === undefined ? {} : { reason }),
    } as Command)

  it('is that of the issue that is out there, or of the one that is named; a void one is not drawn', async () => {
    expect((await picture('')).rawPayload).toEqual((await picture('?issue=1')).rawPayload)
    const none = await picture('?issue=2')
    expect([none.statusCode, none.json<RefusalNotice>().code]).toEqual([409, 'custody.label-void'])
    await act({ type: 'custody.label-printed', label: await want('custody.want-label') } as Command)
    const second = await want('custody.reprint', '破损')
    const drawn = await picture('?issue=2')
    expect(drawn.statusCode).toBe(200)
    expect((await picture('')).rawPayload).not.toEqual(drawn.rawPayload)
    await act({ type: 'custody.label-printed', label: second } as Command)
    expect((await picture('')).rawPayload).toEqual(drawn.rawPayload)
    expect((await picture('?issue=1')).statusCode).toBe(409)
  })

  it('every issue stays in the history of its code, with who wanted it, why, and what became of it', async () => {
    const history = (person: string, query = '') => get(person, `/api/labels?code=${bar}${query}`)
    const { labels, after } = (await history('zhang-wei')).json<{ labels: IssuedLabel[]; after: string | null }>()
    expect(
      labels.map(({ issue, state, void: isVoid, reason, wantedBy }) => [issue, state, isVoid, reason, wantedBy.name]),
    ).toEqual([
      [2, 'printed', false, '破损', '张伟'],
      [1, 'printed', true, null, '张伟'],
    ])
    expect(after).toBeNull()
    const first = (await history('zhang-wei', '&limit=1')).json<{ labels: IssuedLabel[]; after: string }>()
    const next = (await history('zhang-wei', `&limit=1&after=${first.after}`)).json<{ labels: IssuedLabel[] }>()
    expect([...first.labels, ...next.labels]).toEqual(labels)
    expect((await history('wang-qiang')).json<{ labels: IssuedLabel[] }>().labels).toEqual([])
  })
})
