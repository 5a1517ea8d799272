import { sql } from 'kysely'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPdf } from '../../../labels/testing/read-pdf.ts'
import { type Files, filesFolder, openFiles } from '../../files/files.ts'
import { openNote, parseCheckpoint } from '../../ledger/note.ts'
import type { Command } from '../../module.ts'
import { paperSources } from '../../modules.ts'
import type { RefusalNotice } from '../../refusal.ts'
import { testServer, type TestServer } from '../../testing.ts'
import { issuedRoutes } from '../papers/issued-routes.ts'
import { custodyRoutes } from '../routes.ts'
import { general, PHOTO, taking } from '../testing.ts'
import { caseFileRoutes } from './routes.ts'
import { onFilm } from '../testing-film.ts'

const CASE = '云纪立〔2026〕51号'
const FILE = `/api/cases/${encodeURIComponent(CASE)}/file.pdf`
let server: TestServer
let files: Files
let clock = Date.parse('2026-03-02T02:00:00.000Z')
let codes: string[] = []
let numbers: string[] = []
/** Hashes of what was signed by hand: on the hand-over list first, then on the notice that was issued anew, then its receipt. */
let signed: string[] = []

async function does(person: string, command: Command & Record<string, unknown>, signers: readonly string[] = []) {
  const at = new Date((clock += 60_000)).toISOString()
  server.setNow(at)
  return (await server.deps.act({ person, with: signers }, command, { cause: `test ${clock}`, at })).result
}

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      files = await openFiles({ folder: filesFolder(deps.dataDir), db: deps.db, now: deps.now })
      await app.register(custodyRoutes, deps)
      await app.register(issuedRoutes, { ...deps, sources: paperSources })
      await app.register(caseFileRoutes, { ...deps, files })
    },
  })
  const officers = ['zhang-wei', 'li-na']
  await does('zhang-wei', {
    ...{ type: 'custody.open-case', number: CASE, title: '某某受贿案', track: 'SUPERVISION', unit: 'dept-1', officers },
  })
  const { items } = await does('zhang-wei', {
    ...{ type: 'custody.register', case: CASE, ...taking, items: [general, { ...general, name: '书画一轴' }] },
  })
  codes = (items as unknown as { code: string }[]).map(({ code }) => code)
  const keep = async (width: number, height: number): Promise<string> => {
    const picture = await sharp({ create: { width, height, channels: 3, background: '#a02020' } })
      .jpeg()
      .toBuffer()
    return (await files.keepPhoto(picture, { person: 'zhang-wei' })).sha256
  }
  const sha256 = await keep(40, 30)
  await does('zhang-wei', {
    type: 'custody.add-photo',
    items: codes.map((item, i) => ({ item, photos: i === 0 ? [PHOTO, sha256] : [sha256] })),
  })
  const place = { type: 'custody.add-location', store: 'store-1', name: '甲架', storageClass: 'ordinary', capacity: 9 }
  const location = String((await does('chen-jing', place))['code'])
  await onFilm(server.deps, codes)
  const list = await does('zhang-wei', { type: 'custody.hand-over', items: codes, store: 'store-1' })
  await does('chen-jing', { type: 'custody.check-in', items: codes, location }, ['zhang-wei'])
  // The later form first, and one that is issued anew.
  const issue = async (paper: string, of: string, part?: string): Promise<string> => {
    const wanted = { type: 'custody.issue-paper', paper, of, ...(part === undefined ? {} : { part }) }
    const issued = await does('zhang-wei', wanted)
    papers.push(String(issued['paper']))
    return String(issued['number'])
  }
  const papers: string[] = []
  const notice = taking.measure.noticeNumber
  numbers = [
    await issue('hand-over', String(list['list'])),
    await issue('notice', CASE, notice),
    await issue('notice', CASE, notice),
  ]
  const [handOver, replaced, standing] = papers
  signed = [await keep(2_400, 3_300), await keep(300, 200), await keep(70, 90), await keep(80, 90)]
  const [first, second, ofReplaced, receipt] = signed
  const attach = (paper: string | undefined, pages: readonly (string | undefined)[], reason?: string) =>
    does('zhang-wei', { type: 'custody.attach-scan', paper, pages, ...(reason === undefined ? {} : { reason }) })
  await attach(handOver, [await keep(60, 50)])
  await attach(handOver, [first, second], '前一份缺页')
  await attach(replaced, [ofReplaced])
  const served = { way: 'DIRECT', servedAt: new Date(clock).toISOString(), receiver: '李某', relation: '本人' }
  await does('zhang-wei', { type: 'custody.serve-paper', paper: standing, ...served, scan: receipt })
}, 60_000)
afterAll(() => server.close())

const get = (person: string) => server.as(person, { method: 'GET', url: FILE })

describe('the file of a case', () => {
  it('binds cover, contents, papers, account, items and checkpoints, and every page number it names is right', async () => {
    const answer = await get('zhang-wei')
    expect([answer.statusCode, answer.headers['content-type']], answer.body.slice(0, 300)).toEqual([
      200,
      'application/pdf',
    ])
    const { pages } = readPdf(answer.rawPayload)
    for (const [i, { text }] of pages.entries()) expect(text).toContain(`案卷第 ${i + 1} 页 共 ${pages.length} 页`)
    const [handOver, replaced, notice] = numbers
    const [cover, contents] = pages
    for (const part of ['涉案财物案卷', CASE, '第一审查调查室', `${pages.length} 页`])
      expect(cover?.text).toContain(part)
    expect(cover?.text).not.toContain('受贿')
    expect(contents?.text.replaceAll('\n', '')).toContain(`替代 ${replaced}`)
    // Each line of the contents: title, number, day, page; read in the order in which it is drawn.
    const drawn = contents?.text.split('\n') ?? []
    const startAfter = (line: number): number => Number(drawn.slice(line + 1).find((text) => /^\d+$/.test(text)))
    const starts = [
      // What was signed on a paper stands behind it, by the same number.
      ...[notice, handOver].map((number) => startAfter(drawn.indexOf(number ?? ''))),
      ...[CASE, ...codes].map((number) => startAfter(drawn.lastIndexOf(number))),
    ]
    expect(starts).toEqual(starts.toSorted((one, other) => one - other))
    expect(starts[0]).toBe(3)
    for (const [i, start] of starts.entries()) {
      const named = [`文号 ${notice}`, `文号 ${handOver}`, '涉案财物台账', ...codes][i] ?? ''
      expect(pages[start - 1]?.text, named).toContain(named)
    }
    expect(pages.filter(({ text }) => text.includes('份 · 附卷')).length).toBe(2)
    expect(pages.some(({ text }) => text.includes(`文号 ${replaced}`))).toBe(false)
    expect(pages.some(({ text }) => text.includes('图片已不在存档中'))).toBe(true)
    expect(answer.rawPayload.toString('latin1').match(/\/Subtype \/Image/g)?.length).toBe(6)
  })

  it('has what was signed by hand behind its paper, sheet by sheet, each in the contents and with its hash', async () => {
    const { rawPayload } = await get('zhang-wei')
    const { pages } = readPdf(rawPayload)
    const [, replaced, notice] = numbers
    const contents = pages[1]?.text.replaceAll('\n', '') ?? ''
    const [first = '', second = '', ofReplaced = '', receipt = ''] = signed
    const sheets = signed.map((sha256) => pages.findIndex(({ text }) => text.includes(sha256)))
    const [handOverFirst = 0, handOverSecond, ofNoticeReplaced = 0, ofNotice = 0] = sheets
    expect(handOverSecond).toBe(handOverFirst + 1)
    expect(pages[handOverFirst - 1]?.text).toContain('份 · 附卷')
    expect(ofNoticeReplaced).toBe(ofNotice + 1)
    expect(pages[ofNotice - 1]?.text).toContain(`文号 ${notice}`)
    expect(pages[ofNoticeReplaced]?.text).toContain(`${replaced} 签名扫描件`)
    expect(pages[handOverFirst]?.text).toContain('签名扫描件（第 1/2 页）')
    for (const [title, sha256, note] of [
      ['签名扫描件（第 1/2 页）', first, '扫描件更换 1 次；'],
      ['签名扫描件（第 2/2 页）', second, '扫描件更换 1 次；'],
      ['签名扫描件', ofReplaced, '文书已被替代；'],
      ['送达签收原件', receipt, ''],
    ] as const) {
      const page = pages.findIndex(({ text }) => text.includes(sha256)) + 1
      expect(contents).toMatch(new RegExp(`${title}[^页]*?[-\\d]${page}${note}SHA-256 ?${sha256.slice(0, 16)}`))
    }
    expect(pages[0]?.text.replaceAll('\n', '')).toContain(`签名原件扫描件（附于各文书之后）4${ofNotice + 1}`)
    // The big one is scaled to the page, the small ones are as they were taken.
    const drawn = [...rawPayload.toString('latin1').matchAll(/\/Width (\d+)\n\/Height (\d+)/g)]
    const sizes = drawn.map(([, width, height]) => [Number(width), Number(height)])
    expect(sizes).toEqual(
      expect.arrayContaining([
        [1_273, 1_750],
        [300, 200],
        [70, 90],
        [80, 90],
      ]),
    )
    expect(sizes).not.toContainEqual([60, 50])
  })

  it('carries checkpoints that this installation signed and that cover every entry it quotes', async () => {
    const { pages } = readPdf((await get('zhou-ping')).rawPayload)
    const note = pages.at(-1)?.text.replaceAll('\n', '') ?? ''
    const { rows } = await readRegisters()
    expect(rows.length).toBe(2)
    for (const { register, note: signed } of rows) {
      const { size, root } = parseCheckpoint(openNote(signed, server.keys.key))
      expect(note).toContain(root.toString('base64'))
      const quoted = pages
        .flatMap(({ lines }) => lines)
        .flatMap(({ text }) => (text.startsWith(`${register} `) ? [Number(text.split(' ')[1])] : []))
      expect(quoted.length).toBeGreaterThan(0)
      expect(Math.max(...quoted)).toBeLessThanOrEqual(size)
    }
  })

  it('is for the officers, the head and supervisors, and each one that is taken is on record', async () => {
    const refusal = async (person: string) => (await get(person)).json<RefusalNotice>().code
    expect(await refusal('wang-qiang')).toBe('custody.unknown-case')
    expect(await refusal('chen-jing')).toBe('custody.unknown-case')
    const taken = await sql`
      select seq from activity where text::jsonb ->> 'about' = ${`case/${CASE}/file`} and text::jsonb ->> 'person' = 'zhou-ping'
    `.execute(server.deps.db)
    expect(taken.rows).toHaveLength(1)
  })

  it('shows no scan of a paper whose file was lawfully erased, though one that was issued since stands in its place', async () => {
    const proposed = await server.as('an-security', {
      ...{ method: 'POST', url: '/api/proposals' },
      payload: {
        change: {
          ...{ command: 'org.erase-presence', items: codes, whose: ['holder'] },
          ...{ ground: 'ordered', document: '云纪办〔2026〕71号' },
        },
      },
    })
    const { id } = proposed.json<{ id: string }>()
    const confirmed = await server.as('xu-system', {
      ...{ method: 'POST', url: `/api/proposals/${id}/confirm`, payload: {} },
    })
    expect(confirmed.statusCode, confirmed.body).toBe(200)
    const part = taking.measure.noticeNumber
    const issued = await does('zhang-wei', { type: 'custody.issue-paper', paper: 'notice', of: CASE, part })
    const { pages } = readPdf((await get('zhang-wei')).rawPayload)
    expect(pages.some(({ text }) => text.includes(`文号 ${String(issued['number'])}`))).toBe(true)
    const [, , ofReplaced = '', receipt = ''] = signed
    for (const sha256 of [ofReplaced, receipt]) expect(pages.some(({ text }) => text.includes(sha256))).toBe(false)
  })
})

/** The last checkpoint of each register that holds entries of these items. */
async function readRegisters(): Promise<{ rows: { register: string; note: string }[] }> {
  return sql<{ register: string; note: string }>`
    select distinct on (register) register, note from checkpoints
    where register in ('unit.dept-1', 'store.store-1') order by register, size desc
  `.execute(server.deps.db)
}
