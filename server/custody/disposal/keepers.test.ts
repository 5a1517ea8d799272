import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPdf } from '../../../labels/testing/read-pdf.ts'
import { approvalRoutes } from '../../approvals/routes.ts'
import { type Command, SYSTEM } from '../../module.ts'
import { signatureOf, testServer, type TestServer } from '../../testing.ts'
import { caseAccount } from '../account/accounts.ts'
import { disposalHandlers } from './handlers.ts'
import { disposalRoutes } from './routes.ts'
import { custodyDeeds } from '../module.ts'
import type { CaseAccount, DisposalPage } from '../protocol.ts'
import { readCase } from '../reads.ts'
import { custodyRoutes } from '../routes.ts'
import { general, PHOTO, taking } from '../testing.ts'
import { onFilm } from '../testing-film.ts'
import { withLeave } from '../testing-leave.ts'

const CASE = '监立〔2026〕5号'
/** Keeper of the first item, and of the second in another store. */
const [FIRST, SECOND] = ['chen-jing', 'wu-xia'] as const
const receiver = {
  ...{ relation: 'relative', name: '领取人丙', identity: '居民身份证 110101', authorisation: '户口簿', signed: true },
}

let server: TestServer
let clock = Date.parse('2026-03-02T02:00:00.000Z')
let causes = 0
let codes: readonly string[] = []

async function does(person: string, command: Command & Record<string, unknown>, signers: readonly string[] = []) {
  const at = new Date((clock += 1_000)).toISOString()
  server.setNow(at)
  return server.deps.act({ person, with: signers }, command, { cause: `test ${(causes += 1)}`, at })
}

/** Proposed for both items, and agreed to by everybody who must. */
async function approved(terms: object, items: readonly string[] = codes): Promise<string> {
  const { result } = await does('zhang-wei', {
    ...{ type: 'custody.propose-disposal', items, suspectedCrime: false, opinion: '处置' },
    ...terms,
  })
  const disposal = String(result['disposal'])
  const levels = 'reviewUnit' in terms ? ['he-fang', 'sun-bo'] : ['qian-lei']
  for (const person of levels) {
    const { waiting } = await page('zhang-wei', disposal)
    await does(person, { type: 'approvals.grant', approval: waiting ?? '' })
  }
  return disposal
}

async function get(person: string, url: string) {
  server.setNow(new Date((clock += 1_000)).toISOString())
  return server.as(person, { method: 'GET', url })
}
async function page(person: string, disposal: string): Promise<DisposalPage> {
  const got = await get(person, `/api/disposals/${disposal}`)
  expect(got.statusCode, got.body).toBe(200)
  return got.json<DisposalPage>()
}
/** The words of a paper, or the status of the answer. */
async function paper(person: string, url: string): Promise<string | number> {
  const got = await get(person, `/api/disposals/${url}`)
  if (got.statusCode !== 200) return got.statusCode
  return JSON.stringify(readPdf(got.rawPayload).pages)
}

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
      await app.register(disposalRoutes, deps)
      await app.register(approvalRoutes, { ...deps, deeds: custodyDeeds })
    },
  })
  await does(SYSTEM, { type: 'org.open-store', store: 'store-2', name: '二号库', unit: 'keeping' })
  await does(SYSTEM, { type: 'org.appoint', person: SECOND, post: 'custodian', place: 'store-2' })
  const officers = ['zhang-wei', 'li-na']
  await does('zhang-wei', {
    type: 'custody.open-case',
    ...{ number: CASE, title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers },
  })
  const { result } = await does('zhang-wei', {
    ...{ type: 'custody.register', case: CASE, items: [general, general], ...taking },
  })
  codes = (result['items'] as unknown as { code: string }[]).map(({ code }) => code)
  await withLeave(server.deps, codes)
  for (const [index, keeper] of [FIRST, SECOND].entries()) {
    const [item, store] = [codes[index] ?? '', `store-${index + 1}`]
    await does('zhang-wei', { type: 'custody.add-photo', items: [{ item, photos: [PHOTO] }] })
    const shelf = { store, name: '架', storageClass: 'ordinary', capacity: 9 }
    const { result: at } = await does(keeper, { type: 'custody.add-location', ...shelf })
    await onFilm(server.deps, [item])
    await does('zhang-wei', { type: 'custody.hand-over', items: [item], store })
    await does(keeper, { type: 'custody.check-in', items: [item], location: String(at['code']) }, ['zhang-wei'])
  }
})
afterAll(() => server.close())

it('the page of a case reads as many entries as it has items, however long their lives', async () => {
  let rows = 0
  const counting = server.database.db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      rows += result.rows.length
      return result
    },
  })
  const of = await readCase(server.database.db, CASE)
  if (of === null) throw new Error('there is the case')
  const read = async (): Promise<number> => {
    rows = 0
    const { ledger } = await caseAccount(counting, of, 'all', new Date(clock).toISOString())
    expect(ledger.balances).toBe(true)
    return rows
  }
  const before = await read()
  const [item = ''] = codes
  for (let nth = 0; nth < 30; nth += 1) {
    await does('zhou-ping', { type: 'custody.complain', items: [item], ground: 'misused', note: '被挪用' })
    await does('qian-lei', { type: 'custody.decide-complaint', items: [item], upheld: false, conclusion: '不成立' })
  }
  expect(await read()).toBe(before)
})

describe('a paper over the items of two keepers', () => {
  it('is drawn before its act, with blanks to sign, in every form that its way has and in no other', async () => {
    let earlier = ''
    for (const [terms, forms] of [
      [
        { way: 'TRANSFER', destination: 'procuratorate', reviewUnit: 'dept-2' },
        { 'transfer-list': ['接收机关', '移送人'] },
      ],
      [{ way: 'DESTROY', destination: 'none', reviewUnit: 'dept-2' }, { destruction: ['销毁时间', '监销人'] }],
      [
        { way: 'RETURN', destination: 'holder', ground: 'decided' },
        { notice: ['解除时间', '签收人'], 'return-list': ['证件', '领取人'] },
      ],
    ] as const) {
      const disposal = await approved(terms)
      for (const [kind, words] of Object.entries(forms)) {
        const drawn = await paper('zhang-wei', `${disposal}/${kind}.pdf`)
        for (const word of [...words, ...codes, '____']) expect(drawn).toContain(word)
        const one = await paper('zhang-wei', `${disposal}/${kind}.pdf?items=${codes[1]}`)
        expect(one).toContain(codes[1])
        expect(one).not.toContain(codes[0])
      }
      for (const kind of ['transfer-list', 'destruction', 'notice', 'return-list'])
        if (!Object.hasOwn(forms, kind)) expect(await paper('zhang-wei', `${disposal}/${kind}.pdf`)).toBe(404)
      // Nothing is drawn any more of what was proposed anew since.
      if (earlier !== '') expect(await paper('zhang-wei', earlier)).toBe(404)
      earlier = `${disposal}/${Object.keys(forms)[0]}.pdf`
    }
  })

  it('shows each keeper his own items and lets him carry out those alone', async () => {
    const disposal = await approved({ way: 'RETURN', destination: 'holder', ground: 'decided' })
    for (const [index, keeper] of [FIRST, SECOND].entries()) {
      const own = [codes[index] ?? '']
      expect(await page(keeper, disposal)).toMatchObject({ items: own, yours: own, toStrike: [] })
      const other = codes[1 - index] ?? ''
      expect(await paper(keeper, `${disposal}/notice.pdf?items=${other}`)).toBe(404)
      const form = await paper(keeper, `${disposal}/approval.pdf`)
      expect(form).toContain('共 2 件，所列 1 件')
      expect(form).not.toContain(other)
    }
    expect(await page('zhang-wei', disposal)).toMatchObject({ items: codes, yours: [], toStrike: [] })
    expect((await get('wang-qiang', `/api/disposals/${disposal}`)).statusCode).toBe(404)

    const [, second = ''] = codes
    const got = await server.as(SECOND, {
      method: 'POST',
      url: '/api/custody/release',
      payload: { items: [second], noticeNumber: '解2', receiver, signatures: [signatureOf('li-na')] },
    })
    expect(got.statusCode, got.body).toBe(200)
    expect(await page(SECOND, disposal)).toMatchObject({
      yours: [],
      toStrike: [second],
      acts: [{ nth: 1, items: [second] }],
    })
    expect(await page(FIRST, disposal)).toMatchObject({ items: [codes[0]], yours: [codes[0]], toStrike: [], acts: [] })
    expect(await paper(FIRST, `${disposal}/return-list.pdf?act=1`)).toBe(404)
    expect(await paper(SECOND, `${disposal}/return-list.pdf?act=1`)).toContain('领取人丙')
    expect(await paper(SECOND, `${disposal}/return-list.pdf?items=${second}`)).toBe(409)
    expect(await paper('zhang-wei', `${disposal}/return-list.pdf?items=${codes[0]}`)).toContain('____')
  })
})

it('the account shows apart what was transferred on paper, and its two sides agree before and after the thing is fetched', async () => {
  const item = codes[0] ?? ''
  const terms = { way: 'TRANSFER', destination: 'procuratorate', reviewUnit: 'dept-2' }
  const disposal = await approved(terms, [item])
  const organ = { ...receiver, relation: 'organ', authorisation: '工作证 7' }
  const transfer = {
    ...{ organ: '云州市人民检察院', receipt: '回执1', receiver: organ, listOnly: true },
    attachments: ['list', 'photos', 'sealing', 'place'],
  }
  await does(FIRST, { type: 'custody.dispose', items: [item], transfer }, ['li-na'])
  const account = async () => {
    const { balance, ledger } = (await get('zhang-wei', `/api/cases/${encodeURIComponent(CASE)}`)).json<CaseAccount>()
    const pieces = Object.fromEntries(ledger.accounts.map((one) => [one.account, one.pieces]))
    expect([balance.balances, ledger.balances]).toEqual([true, true])
    return [balance.inStore, balance.transferred, balance.out, pieces]
  }
  expect(await account()).toEqual([0, 1, 1, { taken: 2, 'transferred-kept': 1, returned: 1 }])
  expect(await page(FIRST, disposal)).toMatchObject({ yours: [], toDeliver: [item], toStrike: [] })
  await does(FIRST, { type: 'custody.deliver', items: [item], receipt: '回执2', receiver: organ }, ['li-na'])
  expect(await account()).toEqual([0, 0, 2, { taken: 2, transferred: 1, returned: 1 }])
  expect(await page(FIRST, disposal)).toMatchObject({ toDeliver: [], toStrike: [item], acts: [{ nth: 1 }, { nth: 2 }] })
  expect(await paper(FIRST, `${disposal}/transfer-list.pdf?act=2`)).toContain('实物移送')
})

it('an account is tried while every book that tells of it is locked, the stores’ too', async () => {
  const actor = { person: SYSTEM, unit: null, appointments: [] }
  for (const type of ['custody.check-account', 'custody.close-case'] as const) {
    const command = { type, case: CASE }
    const books = await server.deps.db
      .transaction()
      .execute(async (trx) => disposalHandlers[type]?.registers(trx, command, actor))
    expect([...(books ?? [])].sort()).toEqual(['store.store-1', 'store.store-2', 'unit.dept-1'])
  }
})
