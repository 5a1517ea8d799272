import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPdf } from '../../../labels/testing/read-pdf.ts'
import type { ShownClock } from '../../clock/protocol.ts'
import { loadActor } from '../../access/actor.ts'
import { type ClockOffice, clockOffice } from '../../clock/testing.ts'
import { filesFolder, openFiles } from '../../files/files.ts'
import { paperSources } from '../../modules.ts'
import { signatureOf } from '../../testing.ts'
import { disposalRoutes } from '../disposal/routes.ts'
import type { ListSignatures, PaperOffer, ShownDisposal, ShownPaper } from '../protocol.ts'
import { NAME_WRITTEN } from '../signing/testing-strokes.ts'
import { issuedRoutes } from './issued-routes.ts'
import { readItems } from '../reads.ts'
import { sightOf } from '../sight/sight.ts'
import { offersOf } from './paper-offers.ts'
import { paperRoutes } from './paper-routes.ts'

/** What is handed to one holder tells of his own things alone, whatever one notice or act did (rules C-05, X-04, T-04). */

const START = '2026-03-02T01:00:00.000Z'
const CASE = '多人案'
const of = `/api/cases/${encodeURIComponent(CASE)}`
const NOTICE = '扣〔2026〕1号'
/** Whose what is, in the order of the notice. */
const WHOSE = [
  ['手机', '赵某甲'],
  ['电脑', '钱某乙'],
  ['相机', '赵某 甲'],
] as const
const ZHAO = { said: ['赵某甲', '手机', '相机'], unsaid: ['钱某乙', '电脑'] }
const QIAN = { said: ['钱某乙', '电脑'], unsaid: ['赵某', '手机', '相机'] }

let office: ClockOffice
let codes: string[] = []
const [nth1, nth2] = [0, 1]

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
    items: WHOSE.map(([name, holder]) => ({
      ...{ name, category: 'general', quantity: 1, unit: '部', holder: { attendance: 'SIGNED', name: holder } },
    })),
    measure: { noticeNumber: NOTICE, place: '办公室', takenAt: START, officers },
    witness: { attendance: 'SIGNED', name: '见证人丙' },
  })
  codes = (result as unknown as { items: { code: string }[] }).items.map(({ code }) => code)
  await office.checkIn(codes)
  await office.turn()
}, 120_000)
afterAll(() => office.server.close())

const offers = async (url: string) => (await office.get<{ offers: PaperOffer[] }>('zhang-wei', url)).offers
const offered = async (kind: string, url = `${of}/paper-offers`) =>
  (await offers(url)).filter((one) => one.kind.value === kind)
const pagesOf = async (url: string): Promise<string[]> => {
  const file = await office.server.as('zhang-wei', { method: 'GET', url })
  expect(file.statusCode, file.body.slice(0, 300)).toBe(200)
  return readPdf(file.rawPayload).pages.map(({ text }) => text)
}

/** Issues a paper as it is offered, and answers with its first page. */
async function issued({ kind, of: about, part }: PaperOffer): Promise<{ paper: string; text: string }> {
  const wanted = { paper: kind.value, of: about, ...(part === null ? {} : { part }) }
  const answer = await office.post('zhang-wei', '/api/papers', wanted)
  expect(answer.statusCode, answer.body).toBe(201)
  const { paper } = answer.json<{ paper: string }>()
  const [text = ''] = await pagesOf(`/api/papers/${paper}/file.pdf`)
  return { paper, text }
}

function says(text: string, { said, unsaid }: typeof ZHAO, own: readonly number[]): void {
  for (const part of [...said, ...own.map((index) => codes[index] ?? '')]) expect(text).toContain(part)
  for (const part of [...unsaid, ...codes.filter((_, index) => !own.includes(index))]) expect(text).not.toContain(part)
}

describe('what one notice took of two people', () => {
  it.each(['notice', 'seizure-list'])('is told by a %s to each of his own, and is offered so', async (kind) => {
    const all = await offered(kind)
    expect(all.map(({ part }) => part)).toEqual([NOTICE, `${NOTICE}/${codes[1]}`])
    const papers = []
    for (const one of all) papers.push(await issued(one))
    says(papers[nth1]?.text ?? '', ZHAO, [0, 2])
    says(papers[nth2]?.text ?? '', QIAN, [1])
    expect((await offered(kind)).map(({ standing }) => standing)).not.toContain(null)
    expect((await offered(kind, `/api/items/${codes[1]}/paper-offers`)).map(({ part }) => part)).toEqual([
      `${NOTICE}/${codes[1]}`,
    ])
    const [receipt = ''] = await pagesOf(`/api/papers/${papers[nth2]?.paper}/receipt.pdf`)
    expect(receipt).toContain('钱某乙')
    expect(receipt).not.toContain('赵某')
    const { papers: shown } = await office.get<{ papers: ShownPaper[] }>('zhang-wei', `/api/papers?item=${codes[1]}`)
    expect(shown.map(({ paper }) => paper)).toContain(papers[nth2]?.paper)
    expect(shown.map(({ paper }) => paper)).not.toContain(papers[nth1]?.paper)
  })

  it('is looked at as a list for each, one after the other, and signed by each as his own', async () => {
    const pages = await pagesOf(`${of}/seizure-list.pdf?notice=${encodeURIComponent(NOTICE)}`)
    expect(pages).toHaveLength(2)
    says(pages[nth1] ?? '', ZHAO, [0, 2])
    says(pages[nth2] ?? '', QIAN, [1])
    const { list } = await office.get<ListSignatures>('zhang-wei', `/api/items/${codes[1]}/signatures`)
    expect(list.map(({ code }) => code)).toEqual([codes[1]])
    const signs = (items: readonly string[]) =>
      office.post('zhang-wei', '/api/custody/sign', { items, as: 'holder', on: 'screen', strokes: NAME_WRITTEN })
    const forBoth = await signs(codes)
    expect(forBoth.json()).toMatchObject({ code: 'custody.one-list', values: { item: codes[1] } })
    const own = await signs([codes[0] ?? '', codes[2] ?? ''])
    expect(own.statusCode, own.body).toBe(200)
  })

  it('is told apart too when its term is put off', async () => {
    const { deadlines } = await office.get<{ deadlines: ShownClock[] }>('zhou-ping', '/api/deadlines')
    const clock = deadlines.find((one) => one.rule === 'DL-06' && one.matter.id === CASE)
    const deed = { command: 'extend-deadline', clock: clock?.id ?? '' }
    const asked = await office.post('zhang-wei', '/api/approvals', { deed, reason: '案情复杂，尚需核查' })
    await office.post('sun-bo', `/api/approvals/${asked.json<{ id: string }>().id}/grant`, {})
    const all = await offered('extension')
    expect(all.map(({ part }) => part)).toEqual([null, codes[1]])
    const texts = []
    for (const one of all) texts.push((await issued(one)).text)
    says(texts[nth1] ?? '', ZHAO, [0, 2])
    says(texts[nth2] ?? '', QIAN, [1])
  })
})

describe('what one act returns to two people', () => {
  let disposal = ''
  const seenIn = async (query: string) => pagesOf(`/api/disposals/${disposal}/notice.pdf${query}`)

  beforeAll(async () => {
    const asked = await office.post('zhang-wei', '/api/custody/propose-disposal', {
      ...{ items: codes, way: 'RETURN', destination: 'holder', ground: 'unrelated', foundAt: office.now },
      ...{ suspectedCrime: false, opinion: '与案件无关，建议返还' },
    })
    expect(asked.statusCode, asked.body).toBeLessThan(300)
    const proposed = asked.json<{ disposal: string; approval: string }>()
    ;({ disposal } = proposed)
    const granted = await office.post('qian-lei', `/api/approvals/${proposed.approval}/grant`, {})
    expect(granted.statusCode, granted.body).toBe(200)
  })

  it('is seen as a notice for each before it is carried out', async () => {
    const pages = await seenIn(`?items=${codes.join(',')}`)
    says(pages[nth1] ?? '', ZHAO, [0, 2])
    says(pages[nth2] ?? '', QIAN, [1])
    const own = await seenIn(`?items=${codes[1]}`)
    expect(own).toHaveLength(1)
    says(own[0] ?? '', QIAN, [1])
  })

  const fetched = (items: readonly string[], as: object) =>
    office.post('chen-jing', '/api/custody/release', {
      ...{ items, noticeNumber: '解〔2026〕1号', signatures: [signatureOf('li-na')] },
      receiver: { ...as, name: '赵某甲', identity: '居民身份证 110101', signed: true },
    })

  it('is not handed to one of them as if all of it were his', async () => {
    const refused = await fetched(codes, { relation: 'holder' })
    expect(refused.json()).toMatchObject({
      ...{ status: 409, code: 'custody.others-things' },
      values: { item: codes[0], x: codes[1] },
    })
    const { acts } = await office.get<ShownDisposal>('zhang-wei', `/api/disposals/${disposal}`)
    expect(acts).toEqual([])
  })

  it('is not handed to one of them as if it were the other, and nobody is named by the refusal', async () => {
    const refused = await fetched([codes[1] ?? ''], { relation: 'holder' })
    expect(refused.json()).toMatchObject({ status: 409, code: 'custody.not-the-holder', values: { x: codes[1] } })
    expect(refused.body).not.toContain('钱某乙')
  })

  it('is told to each of his own things, and who fetched all of them stands on no notice of another', async () => {
    const done = await fetched(codes, { relation: 'agent', authorisation: '钱某乙的授权委托书' })
    expect(done.statusCode, done.body).toBeLessThan(300)
    const all = await offered('release-notice')
    expect(all.map(({ part }) => part)).toEqual(['1', `1/${codes[1]}`])
    const papers = []
    for (const one of all) papers.push(await issued(one))
    says(papers[nth1]?.text ?? '', ZHAO, [0, 2])
    says(papers[nth2]?.text ?? '', QIAN, [1])
    expect(papers[nth1]?.text).toContain('签收人（赵某甲）')
    const pages = await seenIn('?act=1')
    expect(pages).toHaveLength(2)
    says(pages[nth2] ?? '', QIAN, [1])
    const { acts } = await office.get<ShownDisposal>('zhang-wei', `/api/disposals/${disposal}`)
    expect(acts).toHaveLength(1)
    expect((await offered('release-notice', `/api/items/${codes[1]}/paper-offers`)).map(({ part }) => part)).toEqual([
      `1/${codes[1]}`,
    ])
    const again = await issued(all[nth2] as PaperOffer)
    expect(again.text).toContain('-0003号')
    const gone = await office.post('zhang-wei', '/api/papers', {
      ...{ paper: 'release-notice', of: disposal, part: `1/${codes[2]}` },
    })
    expect(gone.json()).toMatchObject({ code: 'custody.nothing-for-paper' })
  })
})

it('a case is read once for all the papers about what was taken in it', async () => {
  const { db } = office.server.deps
  let reads = 0
  const counted = db.withPlugin({
    transformQuery: ({ node }) => {
      const text = JSON.stringify(node)
      if (node.kind === 'SelectQueryNode' && text.includes('"items"') && text.includes('"case_number"')) reads += 1
      return node
    },
    transformResult: async ({ result }) => result,
  })
  const [item] = await readItems(db, codes.slice(0, 1))
  if (item === undefined) throw new Error('nothing was taken')
  const actor = await loadActor(db, 'zhang-wei', office.now)
  const its = await offersOf(counted, [item], { actor, sight: await sightOf(db, actor, office.now), of: null })
  expect(its.map(({ kind }) => kind.value)).toEqual(expect.arrayContaining(['notice', 'seizure-list']))
  expect(reads).toBe(1)
})
