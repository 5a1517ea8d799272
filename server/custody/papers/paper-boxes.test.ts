import { afterAll, beforeAll, expect, it } from 'vitest'
import { readPdf } from '../../../labels/testing/read-pdf.ts'
import type { Command } from '../../module.ts'
import { paperSources } from '../../modules.ts'
import { testServer, type TestServer } from '../../testing.ts'
import type { ShownPaper } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { general, PHOTO, recordingOf, taking } from '../testing.ts'
import { localMinute } from './paper-words.ts'
import { issuedRoutes } from './issued-routes.ts'

const CASE = '云纪立〔2026〕31号'
let server: TestServer
let clock = Date.parse('2026-03-02T02:00:00.000Z')
let shelf = ''
let box = ''
let codes: string[] = []

async function does(person: string, command: Command & Record<string, unknown>, signers: readonly string[] = []) {
  const at = new Date((clock += 60_000)).toISOString()
  server.setNow(at)
  return (await server.deps.act({ person, with: signers }, command, { cause: `test ${clock}`, at })).result
}

/** Two telephones in a box on a shelf. */
beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
      await app.register(issuedRoutes, { ...deps, sources: paperSources })
    },
  })
  const officers = ['zhang-wei', 'li-na']
  const opening = {
    type: 'custody.open-case',
    number: CASE,
    title: '某案',
    track: 'SUPERVISION',
    unit: 'dept-1',
    officers,
  }
  await does('zhang-wei', opening)
  const { items } = await does('zhang-wei', {
    ...{ type: 'custody.register', case: CASE, ...taking, items: [general, { ...general, name: '平板电脑' }] },
  })
  codes = (items as unknown as { code: string }[]).map(({ code }) => code)
  await does('zhang-wei', recordingOf(codes, new Date(clock).toISOString()))
  await does('zhang-wei', { type: 'custody.add-photo', items: codes.map((item) => ({ item, photos: [PHOTO] })) })
  const place = { store: 'store-1', capacity: 9 }
  shelf = String(
    (await does('chen-jing', { ...place, type: 'custody.add-location', name: '架', storageClass: 'ordinary' }))['code'],
  )
  await does('zhang-wei', { type: 'custody.hand-over', items: codes, store: 'store-1' })
  await does('chen-jing', { type: 'custody.check-in', items: codes, location: shelf }, ['zhang-wei'])
  box = String(
    (await does('chen-jing', { ...place, type: 'custody.add-container', name: '七号证物箱', location: shelf }))['code'],
  )
  await does('chen-jing', { type: 'custody.move', items: codes, location: box })
}, 120_000)
afterAll(() => server.close())

async function lends(inBox: boolean): Promise<string> {
  const dueAt = new Date(clock + 86_400_000).toISOString()
  const container = inBox ? { container: box } : {}
  const deed = { command: 'borrow', items: codes, dueAt, purpose: 'COURT', ...container }
  const approval = String((await does('zhang-wei', { type: 'approvals.ask', deed, reason: '出庭' }))['id'])
  await does('qian-lei', { type: 'approvals.grant', approval })
  const { loan } = await does('chen-jing', { type: 'custody.borrow', items: codes, approval, ...container }, [
    'zhang-wei',
  ])
  return String(loan)
}

/** What a paper of a loan says, without its line breaks. */
async function said(paper: 'loan' | 'return', loan: string): Promise<string> {
  const issued = await server.as('zhang-wei', { method: 'POST', url: '/api/papers', payload: { paper, of: loan } })
  expect(issued.statusCode, issued.body).toBe(201)
  const id = issued.json<ShownPaper>().paper
  const file = await server.as('zhang-wei', { method: 'GET', url: `/api/papers/${id}/file.pdf` })
  return readPdf(file.rawPayload)
    .pages.map(({ text }) => text)
    .join('')
    .replaceAll(/\s/g, '')
}

const minuteOf = (time: number): string => localMinute(new Date(time).toISOString()).replaceAll(' ', '')

it('F-06 and F-07 of a box name it, its seal, and each thing in it', async () => {
  await does('chen-jing', { type: 'custody.seal-container', container: box, number: '箱封1' }, ['liu-yang'])
  const loan = await lends(true)
  const slip = await said('loan', loan)
  expect(slip).toContain(`整箱调用七号证物箱（${box}），箱内2件，逐件列于下表`)
  expect(slip).toContain('容器封条箱封1，出库时完好')
  for (const code of codes) expect(slip).toContain(code)
  await does('chen-jing', { type: 'custody.return-container', container: box, location: shelf, seal: 'intact' }, [
    'zhang-wei',
  ])
  const back = await said('return', loan)
  expect(back).toContain(`整箱调用七号证物箱（${box}），箱内2件`)
  expect(back).toContain('容器封条箱封1，归还时完好，箱内2件随封接收')
  expect(back).toContain('随容器原封接收')
  // What was not opened was not compared, and the paper does not say that it was.
  expect(back).toContain('容器封条经核对完好，箱内财物随原封接收，未开箱逐件核对。')
  expect(back).not.toContain('逐项核对')
})

it('of one whose seal was broken, what was compared and what is still out', async () => {
  const loan = await lends(true)
  expect(await said('loan', loan)).toContain('容器封条箱封1，出库时完好')
  await does('chen-jing', { type: 'custody.return-container', container: box, location: shelf, seal: 'broken' }, [
    'zhang-wei',
  ])
  const [first = '', second = ''] = codes
  const looks = (item: string) => ({ item, location: box, condition: 'same' as const })
  await does('chen-jing', { type: 'custody.give-back', items: [looks(first)] }, ['zhang-wei'])
  const back = await said('return', loan)
  expect(back).toContain('容器封条箱封1，归还时破损或不符，箱内物品逐件核对')
  expect(back).toContain('尚未归还1件，列于表末')
  expect(back).toContain('已归还的财物已与出库时的状况逐项核对，情况如表所列；标明未归还的，尚未归还。')
  expect(back).toContain(`${second}平板电脑1部未归还`)
  expect(back).not.toContain('异常')
  await does('chen-jing', { type: 'custody.incident', items: [second], kind: 'loss', note: '箱内未见' })
  const openedAt = minuteOf(clock)
  expect(await said('return', loan)).toContain(`未归还灭失异常，${openedAt}登记，未了结`)
  await does('qian-lei', { type: 'custody.resolve', items: [second], conclusion: '在法庭卷宗柜中找到' })
  expect(await said('return', loan)).toContain(`未归还灭失异常，${openedAt}登记，已了结`)
  await does('chen-jing', { type: 'custody.give-back', items: [looks(second)] }, ['zhang-wei'])
})

it('of one that went open, that it did; of single things, nothing of a box', async () => {
  const open = await lends(true)
  expect(await said('loan', open)).toContain('容器封条出库时未加封')
  await does('chen-jing', { type: 'custody.return-container', container: box, location: shelf }, ['zhang-wei'])
  for (const item of codes)
    await does('chen-jing', { type: 'custody.give-back', items: [{ item, location: shelf, condition: 'same' }] }, [
      'zhang-wei',
    ])
  expect(await said('return', open)).toContain('出库时未加封，箱内物品逐件核对')
  const single = await lends(false)
  expect(await said('loan', single)).not.toContain('整箱')
})
