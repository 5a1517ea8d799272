import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readPdf } from '../../../labels/testing/read-pdf.ts'
import { approvalRoutes } from '../../approvals/routes.ts'
import { paperSources } from '../../modules.ts'
import { signatureOf, testServer, type TestServer } from '../../testing.ts'
import { custodyDeeds } from '../module.ts'
import { issuedRoutes } from '../papers/issued-routes.ts'
import type { CaseAccount, PaperOffer, ShownDisposal, ShownPaper } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { general, PHOTO, taking } from '../testing.ts'
import { disposalRoutes } from './routes.ts'
import { receiver } from './testing.ts'
import { onFilm } from '../testing-film.ts'
import { withLeave } from '../testing-leave.ts'

const CASE = '云市监立〔2026〕12号'
const of = `/api/cases/${encodeURIComponent(CASE)}`
let server: TestServer
/** What is issued fails for a reason that the program does not know, as often as this. */
let failing = 0
const logged: string[] = []
let clock = Date.parse('2026-03-02T02:00:00.000Z')
let code: string
let location: string

async function answer<T>(person: string, method: 'GET' | 'POST', url: string, payload?: object): Promise<T> {
  clock += 60_000
  server.setNow(new Date(clock).toISOString())
  const got = await server.as(person, { method, url, ...(payload === undefined ? {} : { payload }) })
  expect(got.statusCode, got.body).toBeLessThan(300)
  return got.json<T>()
}
const get = <T>(person: string, url: string): Promise<T> => answer<T>(person, 'GET', url)
const post = <T>(person: string, url: string, payload: object): Promise<T> => answer<T>(person, 'POST', url, payload)
const account = () => get<CaseAccount>('zhang-wei', of)

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      const log = { ...deps.log, error: (_: object, message: string) => void logged.push(message) }
      const act: typeof deps.act = async (who, command, options) => {
        if (command.type === 'custody.issue-paper' && failing > 0) {
          failing -= 1
          throw new Error('the line to the database is cut')
        }
        return deps.act(who, command, options)
      }
      await app.register(custodyRoutes, { ...deps, act, log })
      await app.register(disposalRoutes, deps)
      await app.register(issuedRoutes, { ...deps, sources: paperSources })
      await app.register(approvalRoutes, { ...deps, deeds: custodyDeeds })
    },
  })
  const officers = ['zhang-wei', 'li-na']
  await post('zhang-wei', '/api/cases', { number: CASE, title: '某某案', track: 'ADMIN', unit: 'dept-1', officers })
  const shelf = { name: '一号架', storageClass: 'ordinary', capacity: 9 }
  ;({ code: location } = await post<{ code: string }>('chen-jing', '/api/stores/store-1/locations', shelf))
  ;[code = ''] = await kept('扣字〔2026〕1号', [general])
})
afterAll(() => server.close())

/** Taken by a notice and checked in. */
async function kept(noticeNumber: string, lines: readonly object[]): Promise<string[]> {
  const measure = { ...taking.measure, noticeNumber, kind: 'SEIZED', emergency: true }
  const { items } = await post<{ items: { code: string }[] }>('zhang-wei', `${of}/items`, {
    ...{ ...taking, measure, items: lines },
  })
  const codes = items.map((item) => item.code)
  const photos = codes.map((item) => ({ item, photos: [PHOTO] }))
  const at = new Date((clock += 1_000)).toISOString()
  await server.deps.act(
    { person: 'zhang-wei' },
    { type: 'custody.add-photo', items: photos },
    { cause: codes[0] ?? '', at },
  )
  await onFilm(server.deps, codes)
  await withLeave(server.deps, codes)
  await post('zhang-wei', '/api/custody/hand-over', { items: codes, store: 'store-1' })
  await post('chen-jing', '/api/custody/check-in', { items: codes, location, signatures: [signatureOf('zhang-wei')] })
  return codes
}

/** Agreed to go with its case to the police, on suspicion of a crime. */
async function agreed(items: readonly string[]): Promise<string> {
  const proposed = await post<{ disposal: string; approval: string }>('zhang-wei', '/api/custody/propose-disposal', {
    ...{ items, way: 'TRANSFER', destination: 'other-organ', suspectedCrime: true },
    ...{ reviewUnit: 'dept-2', opinion: '涉嫌犯罪，移送公安机关' },
  })
  await post('he-fang', `/api/approvals/${proposed.approval}/grant`, {})
  const { waiting } = await get<ShownDisposal>('zhang-wei', `/api/disposals/${proposed.disposal}`)
  await post('sun-bo', `/api/approvals/${waiting}/grant`, {})
  return proposed.disposal
}

const carryOut = (items: readonly string[], receipt: string) =>
  post<{ disposal: string }>('chen-jing', '/api/custody/dispose', {
    ...{ items, signatures: [signatureOf('li-na')] },
    transfer: {
      ...{ organ: '云州市公安局', receipt },
      receiver: { ...receiver, relation: 'organ', authorisation: '介绍信' },
    },
  })

const notices = async (disposal: string) =>
  (await get<{ papers: ShownPaper[] }>('zhang-wei', `/api/papers?case=${encodeURIComponent(CASE)}`)).papers
    .filter((paper) => paper.kind.value === 'transfer-notice' && paper.of === disposal)
    .toSorted((one, other) => one.number.localeCompare(other.number))

async function textOf(paper: string): Promise<string> {
  const file = await server.as('zhang-wei', { method: 'GET', url: `/api/papers/${paper}/file.pdf` })
  return readPdf(file.rawPayload).pages[0]?.text ?? ''
}

it('what goes with its case on suspicion of a crime is told to its party by itself, and stays open until it was served', async () => {
  await agreed([code])
  expect((await account()).untold).toEqual([])
  await carryOut([code], '收〔2026〕7号')
  const after = await account()
  expect(after.untold).toEqual([])
  const notice = after.unserved.find(({ kind }) => kind.value === 'transfer-notice')
  expect(notice?.number).toBe('告〔2026〕02-0001号')
  const { papers } = await get<{ papers: ShownPaper[] }>('zhang-wei', `/api/papers?case=${encodeURIComponent(CASE)}`)
  expect(papers.find(({ paper }) => paper === notice?.paper)).toMatchObject({
    form: 'X-12',
    copies: ['当事人', '附卷', '存根'],
  })
  const text = await textOf(notice?.paper ?? '')
  for (const part of ['涉案财物移送告知书', '云州市公安局', '收〔2026〕7号', '行政强制法 21', code, '持有人甲'])
    expect(text).toContain(part)
  await post('zhang-wei', `/api/papers/${notice?.paper}/services`, {
    ...{ way: 'DIRECT', servedAt: new Date(clock).toISOString(), receiver: '持有人甲', relation: '本人' },
  })
  expect((await account()).unserved.map(({ kind }) => kind.value)).not.toContain('transfer-notice')
})

it('of things of several holders each is told of his own alone, and is untold as long as his own notice is missing', async () => {
  const holder = (name: string) => ({ attendance: 'SIGNED', name })
  const absent = { attendance: 'ABSENT', reason: '无人在场' }
  const codes = await kept('扣字〔2026〕2号', [
    { ...general, holder: holder('赵某甲') },
    { ...general, name: '电脑', holder: holder('钱某乙') },
    { ...general, name: '相机', holder: holder('赵某 甲') },
    { ...general, name: '平板', holder: absent },
  ])
  const [first = '', second = '', third = '', nobody = ''] = codes
  const disposal = await agreed(codes)
  await carryOut(codes, '收〔2026〕8号')
  const papers = await notices(disposal)
  expect(papers).toHaveLength(3)
  const told = [
    [
      [first, third],
      ['赵某甲', '手机', '相机'],
      ['钱某乙', '电脑', '平板'],
    ],
    [[second], ['钱某乙', '电脑'], ['赵某', '手机', '相机', '平板']],
    [[nobody], ['平板'], ['赵某', '钱某乙', '手机', '电脑', '相机']],
  ] as const
  for (const [nth, [own, said, unsaid]] of told.entries()) {
    const text = await textOf(papers[nth]?.paper ?? '')
    for (const part of [...own, ...said]) expect(text).toContain(part)
    for (const part of [...unsaid, ...codes.filter((one) => !own.some((mine) => mine === one))])
      expect(text).not.toContain(part)
  }
  const unserved = async () =>
    (await account()).unserved.filter(({ kind }) => kind.value === 'transfer-notice').map(({ paper }) => paper)
  expect((await unserved()).toSorted()).toEqual(papers.map(({ paper }) => paper).toSorted())
  await post('zhang-wei', `/api/papers/${papers[0]?.paper}/services`, {
    ...{ way: 'DIRECT', servedAt: new Date(clock).toISOString(), receiver: '赵某甲', relation: '本人' },
  })
  expect(await unserved()).toHaveLength(2)

  await sql`update papers set stands = false where id = ${papers[1]?.paper ?? ''}`.execute(server.database.ownerDb)
  const [missing, ...others] = (await account()).untold
  expect([missing?.items, others]).toEqual([[second], []])
  await post('zhang-wei', '/api/papers', { paper: 'transfer-notice', of: disposal, part: missing?.part })
  expect((await account()).untold).toEqual([])
  const again = (await notices(disposal)).at(-1)
  expect(await textOf(again?.paper ?? '')).toContain('钱某乙')
  // Offered by one of the things alone it is the same notice.
  const { offers } = await get<{ offers: PaperOffer[] }>('zhang-wei', `/api/items/${second}/paper-offers`)
  const own = offers.filter(({ kind }) => kind.value === 'transfer-notice')
  expect(own.map(({ part }) => part)).toEqual([missing?.part])
})

it('is answered as done although its notice could not be made, which stays an open point until somebody issues it', async () => {
  const [other = ''] = await kept('扣字〔2026〕77号', [general])
  const disposal = await agreed([other])
  failing = 1
  const { disposal: answered } = await carryOut([other], '收〔2026〕77号')
  expect([answered, failing]).toEqual([disposal, 0])
  expect(logged).toEqual([expect.stringContaining('open points')])
  expect(await notices(disposal)).toEqual([])
  const [{ part } = { part: '' }] = (await account()).untold
  await post('zhang-wei', '/api/papers', { paper: 'transfer-notice', of: disposal, part })
  expect([(await account()).untold, await notices(disposal)]).toMatchObject([[], [{ of: disposal }]])
})
