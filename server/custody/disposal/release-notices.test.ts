import { afterAll, beforeAll, expect, it } from 'vitest'
import { readPdf } from '../../../labels/testing/read-pdf.ts'
import { type ClockOffice, clockOffice } from '../../clock/testing.ts'
import { filesFolder, openFiles } from '../../files/files.ts'
import { paperSources } from '../../modules.ts'
import { signatureOf } from '../../testing.ts'
import { issuedRoutes } from '../papers/issued-routes.ts'
import { paperRoutes } from '../papers/paper-routes.ts'
import type { DisposalPage, PaperOffer, ShownPaper } from '../protocol.ts'
import { disposalRoutes } from './routes.ts'

/** A notice of release is issued before anybody comes for his things, and what is given back goes by its number (rules X-04). */

const START = '2026-03-02T01:00:00.000Z'
const CASE = '先通知案'
const of = `/api/cases/${encodeURIComponent(CASE)}`
const ZHAO = '赵某甲'
const QIAN = '钱某乙'

let office: ClockOffice
let phone = ''
let computer = ''
let camera = ''
let disposal = ''

beforeAll(async () => {
  office = await clockOffice(START, {
    extend: async (app, deps) => {
      await app.register(disposalRoutes, deps)
      const files = await openFiles({ folder: filesFolder(deps.dataDir), db: deps.db, now: deps.now })
      await app.register(paperRoutes, { ...deps, files })
      await app.register(issuedRoutes, { ...deps, sources: paperSources })
    },
  })
  const officers = ['zhang-wei', 'li-na']
  const opened = { number: CASE, title: '某某案', track: 'ADMIN', unit: 'dept-1', officers }
  await office.act('zhang-wei', { type: 'custody.open-case', ...opened })
  const { result } = await office.act('zhang-wei', {
    ...{ type: 'custody.register', case: CASE, relevance: '往来的联系方式' },
    items: [
      ['手机', ZHAO],
      ['电脑', QIAN],
      ['相机', ZHAO],
    ].map(([name, holder]) => ({
      ...{ name, category: 'general', quantity: 1, unit: '部', holder: { attendance: 'SIGNED', name: holder } },
    })),
    measure: { noticeNumber: '扣〔2026〕1号', place: '办公室', takenAt: START, officers },
    witness: { attendance: 'SIGNED', name: '见证人丙' },
  })
  ;[phone, computer, camera] = (result as unknown as { items: { code: string }[] }).items.map(({ code }) => code) as [
    string,
    string,
    string,
  ]
  await office.checkIn([phone, computer, camera])
  await office.turn()
  const asked = await office.post('zhang-wei', '/api/custody/propose-disposal', {
    ...{ items: [phone, computer, camera], way: 'RETURN', destination: 'holder', ground: 'unrelated' },
    ...{ foundAt: office.now, suspectedCrime: false, opinion: '与案件无关，建议返还' },
  })
  expect(asked.statusCode, asked.body).toBeLessThan(300)
  const proposed = asked.json<{ disposal: string; approval: string }>()
  ;({ disposal } = proposed)
  expect(await offered()).toEqual([])
  const granted = await office.post('qian-lei', `/api/approvals/${proposed.approval}/grant`, {})
  expect(granted.statusCode, granted.body).toBe(200)
}, 120_000)
afterAll(() => office.server.close())

async function offered(): Promise<PaperOffer[]> {
  const { offers } = await office.get<{ offers: PaperOffer[] }>('zhang-wei', `${of}/paper-offers`)
  return offers.filter(({ kind }) => kind.value === 'release-notice')
}

async function issued({ of: about, part }: PaperOffer): Promise<{ number: string; text: string }> {
  const wanted = { paper: 'release-notice', of: about, ...(part === null ? {} : { part }) }
  const answer = await office.post('zhang-wei', '/api/papers', wanted)
  expect(answer.statusCode, answer.body).toBe(201)
  const { paper, number } = answer.json<{ paper: string; number: string }>()
  const file = await office.server.as('zhang-wei', { method: 'GET', url: `/api/papers/${paper}/file.pdf` })
  return { number, text: readPdf(file.rawPayload).pages[0]?.text ?? '' }
}

const fetched = (items: readonly string[], noticeNumber: string, name = ZHAO) =>
  office.post('chen-jing', '/api/custody/release', {
    ...{ items, noticeNumber, signatures: [signatureOf('li-na')] },
    receiver: { relation: 'holder', name, identity: '居民身份证 110101', signed: true },
  })

const noticesOf = async () =>
  (await office.get<DisposalPage>('chen-jing', `/api/disposals/${disposal}`)).notices.map(({ number, items }) => ({
    number,
    items,
  }))

let his = ''
let hers = ''

it('is offered for each holder as soon as the return is approved, and stands on the paper of the return', async () => {
  const all = await offered()
  expect(all.map(({ part }) => part)).toEqual([`ahead/${phone}`, `ahead/${computer}`])
  const papers = []
  for (const one of all) papers.push(await issued(one))
  ;[his, hers] = papers.map(({ number }) => number) as [string, string]
  expect(papers[0]?.text).toContain(camera)
  expect(papers[0]?.text).not.toContain(computer)
  // It has a number of its own: no line is left to write another on.
  expect(papers[0]?.text).not.toContain('文书号')
  expect(await noticesOf()).toEqual([
    { number: his, items: [phone, camera] },
    { number: hers, items: [computer] },
  ])
})

it('is not the notice of what it does not name, however its number is typed', async () => {
  for (const typed of [hers, hers.replace('〔', '[').replace('〕', ']')]) {
    const refused = await fetched([phone], typed)
    expect(refused.json()).toMatchObject({
      ...{ status: 409, code: 'custody.notice-of-others' },
      values: { number: hers, x: phone, expected: his },
    })
  }
})

it('is not stood in for by one that another took the place of', async () => {
  const [first] = await offered()
  if (first === undefined) throw new Error('nothing is offered')
  const earlier = his
  his = (await issued(first)).number
  const refused = await fetched([phone], earlier)
  expect(refused.json()).toMatchObject({ code: 'custody.paper-replaced', values: { later: his } })
})

it('tells of what is given back by it; nothing more is issued of that, and a number the program does not know is taken', async () => {
  const done = await fetched([phone], his)
  expect(done.statusCode, done.body).toBeLessThan(300)
  // What is left of it still stands on the same notice; the act itself wants none.
  expect((await offered()).map(({ part }) => part)).toEqual([`ahead/${computer}`])
  expect(await noticesOf()).toContainEqual({ number: his, items: [phone, camera] })
  const old = await fetched([camera], '解〔2019〕旧字 7号')
  expect(old.statusCode, old.body).toBeLessThan(300)
  const { papers } = await office.get<{ papers: ShownPaper[] }>('zhang-wei', `/api/papers?item=${phone}`)
  expect(papers.filter(({ kind }) => kind.value === 'release-notice').map(({ number }) => number)).toContain(his)
})

it('several are named where one act is about what several name', async () => {
  const refused = await fetched([computer], `${his}、${hers}`, QIAN)
  expect(refused.json()).toMatchObject({ code: 'custody.notice-of-others', values: { number: his, x: computer } })
  const done = await fetched([computer], hers, QIAN)
  expect(done.statusCode, done.body).toBeLessThan(300)
})
