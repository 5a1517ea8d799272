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
import type { IssuedLabel, LabelledPlace, ShownList } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { drawCode } from './paper.ts'
import { gold, PHOTO, taking } from '../testing.ts'
import { onFilm } from '../testing-film.ts'

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
    relevance: '涉嫌违纪违法事实中的财物',
  })
  bar = items[0]?.code ?? ''
  await server.deps.act(
    { person: 'zhang-wei' },
    { type: 'custody.add-photo', items: [{ item: bar, photos: [PHOTO] }] },
    { cause: 'photo', at: server.deps.now() },
  )
  await onFilm(server.deps, [bar])
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
      '监察调查',
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
  await does('zhang-wei', { type: 'custody.add-photo', items: codes.map((item) => ({ item, photos: [PHOTO] })) }, 0)
  await onFilm(server.deps, codes)
  const several = (await does('zhang-wei', { type: 'custody.hand-over', items: codes, store: 'store-1' }, 0)).result[
    'list'
  ] as string
  const [first = '', second = '', third = ''] = codes
  const take = (item: string, location: string) => ({ type: 'custody.check-in', items: [item], location })
  await does('chen-jing', take(first, near), Date.parse('2026-03-04T01:02:00.000Z'), ['zhang-wei'])
  await does('liu-yang', take(second, far), Date.parse('2026-03-05T03:04:00.000Z'), ['li-na'])
  await does('liu-yang', { type: 'custody.refuse-item', items: [third], reason: '封签不符 X-917' }, 0)
  await does('chen-jing', { type: 'custody.move', items: [first], location: today }, 0)
  const textOf = async (paper: string): Promise<string> => {
    const { rawPayload } = await get('zhang-wei', `/api/lists/${several}/${paper}`)
    return readPdf(rawPayload)
      .pages.map(({ text }) => text)
      .join('\n')
  }
  // Whoever reads the list reads why the store did not take it.
  const { lines } = (await get('zhang-wei', `/api/lists/${several}`)).json<ShownList>()
  expect(lines.map(({ outcome, reason }) => [outcome, reason])).toEqual([
    ['checked-in', null],
    ['checked-in', null],
    ['refused', '封签不符 X-917'],
  ])
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
  for (const part of ['09:02 陈静', '11:04 刘洋', '“接收”栏注明退回', 'X-917', '移交人（李娜）：', '接收人（刘洋）：'])
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
    await act({ type: 'custody.label-printed', labels: [await want('custody.want-label')] } as Command)
    const second = await want('custody.reprint', '破损')
    const drawn = await picture('?issue=2')
    expect(drawn.statusCode).toBe(200)
    expect((await picture('')).rawPayload).not.toEqual(drawn.rawPayload)
    await act({ type: 'custody.label-printed', labels: [second] } as Command)
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

describe('the labels of a store', () => {
  const LABELS = '/api/stores/store-1/labels'
  const keep = async (command: Command & Record<string, unknown>): Promise<Record<string, unknown>> => {
    const by = { cause: crypto.randomUUID(), at: server.deps.now() }
    const { result } = await server.deps.act({ person: 'chen-jing' }, command, by)
    return result as Record<string, unknown>
  }
  const made = new Map<string, string>()
  const codeOf = (name: string): string => made.get(name) ?? ''

  beforeAll(async () => {
    const shelf = { type: 'custody.add-location', store: 'store-1', storageClass: 'ordinary', capacity: 9 } as const
    for (const name of ['乙区-2', '乙区-1', '甲区-1']) made.set(name, String((await keep({ ...shelf, name }))['code']))
    const box = { type: 'custody.add-container', store: 'store-1', location: codeOf('乙区-1'), capacity: 9 }
    made.set('乙箱', String((await keep({ ...box, name: '乙箱' }))['code']))
  })

  it('are listed by name in pages, boxes with their shelf, each with what became of the last one', async () => {
    const { result } = await server.deps.act(
      { person: 'chen-jing' },
      {
        ...{ type: 'custody.want-label', template: 'location-label', station: 'bench-1' },
        codes: [codeOf('乙区-1'), codeOf('乙区-2')],
      } as Command,
      { cause: crypto.randomUUID(), at: server.deps.now() },
    )
    const { jobs } = result as { jobs: readonly { job: string; code: string }[] }
    for (const { job } of jobs.slice(0, 1)) await keep({ type: 'custody.label-printed', labels: [job] })
    const listed: LabelledPlace[] = []
    for (let after: string | null = ''; after !== null;) {
      const answer = await get('chen-jing', `${LABELS}?limit=2${after === '' ? '' : `&after=${after}`}`)
      expect(answer.statusCode, answer.body).toBe(200)
      const page = answer.json<{ places: LabelledPlace[]; after: string | null }>()
      listed.push(...page.places)
      after = page.after
    }
    expect(
      listed
        .filter(({ code }) => [...made.values()].includes(code))
        .map(({ name, template, place, label }) => [name, template, place, label?.state ?? null]),
    ).toEqual(
      [
        ['乙区-1', 'location-label', null, 'printed'],
        ['乙区-2', 'location-label', null, 'wanted'],
        ['乙箱', 'container-label', '乙区-1', null],
        ['甲区-1', 'location-label', null, null],
      ].toSorted(([one], [other]) => Buffer.compare(Buffer.from(one ?? ''), Buffer.from(other ?? ''))),
    )
  })

  it('come on a sheet as they are out there, for the custodians of the store alone', async () => {
    const first = (await get('chen-jing', LABELS)).json<{ places: LabelledPlace[] }>().places
    const job = first.find(({ code }) => code === codeOf('乙区-1'))?.label?.job ?? ''
    const again = await keep({
      ...{ type: 'custody.reprint', codes: [codeOf('乙区-1')], template: 'location-label', station: 'bench-1' },
      reason: '脱落',
    })
    const [{ job: second }] = again['jobs'] as [{ job: string }]
    await keep({ type: 'custody.label-printed', labels: [second] })
    expect(second).not.toBe(job)
    const wanted = [codeOf('甲区-1'), codeOf('乙箱'), codeOf('乙区-1')]
    const sheet = (person: string, codes: readonly string[], more = '') =>
      get(person, `${LABELS}.pdf?codes=${codes.join(',')}${more}`)
    const answer = await sheet('chen-jing', wanted, '&stock=60x40')
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/pdf'])
    const [page] = readPdf(answer.rawPayload).pages
    for (const part of ['甲区-1', '乙箱', '乙区-1', '第 2 版']) expect(page?.text).toContain(part)
    const refused = async (person: string, codes: readonly string[]) =>
      (await sheet(person, codes)).json<RefusalNotice>()
    expect((await refused('zhang-wei', wanted)).code).toBe('access.not-yours')
    expect((await refused('chen-jing', [bar])).code).toBe('custody.unknown-location')
  })
})
