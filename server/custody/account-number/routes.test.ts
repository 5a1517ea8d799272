import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPdf } from '../../../labels/testing/read-pdf.ts'
import { filesFolder, openFiles } from '../../files/files.ts'
import type { Command } from '../../module.ts'
import { testServer, type TestServer } from '../../testing.ts'
import { itemForm } from '../case-file/forms.ts'
import { exportRoutes } from '../exports/export-routes.ts'
import { paperRoutes } from '../papers/paper-routes.ts'
import type { ItemCard, ItemChain } from '../protocol.ts'
import { readItem } from '../reads.ts'
import { custodyRoutes } from '../routes.ts'
import { general, PHOTO, taking } from '../testing.ts'
import { onFilm } from '../testing-film.ts'

const TRACKS = ['SUPERVISION', 'DISCIPLINE', 'TAX', 'ADMIN'] as const
const [OFFICER, OTHER, THIRD, HEAD, STRANGER] = ['zhang-wei', 'li-na', 'tang-yue', 'qian-lei', 'wang-qiang'] as const
const [CUSTODIAN, SECOND, SUPERVISOR, ADMINISTRATOR] = ['chen-jing', 'liu-yang', 'zhou-ping', 'xu-system'] as const
const NUMBER = '6228480123456789012'
const MASKED = '****9012'
const REASON = '核对银行回函'
const SEAL = 'F-077'
/** Of the right form, and nobody's. */
const INVENTED = 'X0126000999909'

let server: TestServer
let clock = Date.parse('2026-03-02T02:00:00.000Z')
const items: Record<string, string> = {}
let [plain, list] = ['', '']

const numberOf = (track: string) => `云立〔2026〕${TRACKS.indexOf(track as 'TAX') + 31}号`
const get = (person: string, url: string) => server.as(person, { method: 'GET', url })
const open = (person: string, item: string, key?: string) =>
  server.as(person, {
    ...{ method: 'POST', url: `/api/items/${item}/account-number`, payload: { reason: REASON } },
    ...(key === undefined ? {} : { key }),
  })
const card = async (person: string, item: string) => (await get(person, `/api/items/${item}`)).json<ItemCard>()

async function does(person: string, command: Command & Record<string, unknown>, signers: readonly string[] = []) {
  const at = new Date((clock += 60_000)).toISOString()
  server.setNow(at)
  return (await server.deps.act({ person, with: signers }, command, { cause: `test ${clock}`, at })).result
}

/** How often the read log says that this person read this whole number. */
async function timesRead(person: string, item: string): Promise<number> {
  const { rows } = await sql`
    select seq from activity where text::jsonb ->> 'kind' = 'read' and text::jsonb ->> 'person' = ${person}
      and text::jsonb ->> 'about' = ${`item/${item}/account-number`}
  `.execute(server.database.ownerDb)
  return rows.length
}

/** A bank card in a case of every track; that of the first on its way to the store, beside a thing without any number. */
beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
      await app.register(exportRoutes, deps)
      const files = await openFiles({ folder: filesFolder(deps.dataDir), db: deps.db, now: deps.now })
      await app.register(paperRoutes, { ...deps, files })
    },
  })
  const officers = [OFFICER, OTHER]
  for (const [index, track] of TRACKS.entries()) {
    const of = { number: numberOf(track), title: '某案', track, unit: 'dept-1', officers }
    await does(OFFICER, { type: 'custody.open-case', ...of })
    const bankCard = {
      ...{ name: '银行卡', category: 'cards-securities', quantity: 1, unit: '张', features: '金色' },
      details: { issuer: '云州银行', account: NUMBER },
      seal: { number: `${SEAL}${index}`, signers: officers },
    }
    const lines = index === 0 ? [bankCard, general] : [bankCard]
    const answer = await does(OFFICER, { type: 'custody.register', case: of.number, ...taking, items: lines })
    const [first, second] = answer['items'] as unknown as { code: string }[]
    items[track] = first?.code ?? ''
    plain ||= second?.code ?? ''
  }
  const item = items['SUPERVISION'] ?? ''
  await does(OFFICER, { type: 'custody.add-photo', items: [{ item, photos: [PHOTO] }] })
  await onFilm(server.deps, [item])
  list = String((await does(OFFICER, { type: 'custody.hand-over', items: [item], store: 'store-1' }))['list'])
}, 120_000)
afterAll(() => server.close())

describe.each(TRACKS)('a bank card in a case of %s', (track) => {
  it('shows its number masked to everybody, and whole to who asks with a reason', async () => {
    const item = items[track] ?? ''
    const of = encodeURIComponent(numberOf(track))
    for (const person of [OFFICER, HEAD, SUPERVISOR]) {
      const shown = await card(person, item)
      expect(shown.details.find(({ field }) => field === 'account')).toMatchObject({
        ...{ value: MASKED, words: { zh: MASKED, en: MASKED }, masked: true },
      })
      expect(shown.details.find(({ field }) => field === 'issuer')).toMatchObject({ value: '云州银行', masked: false })
      expect(shown.mayOpenAccountNumber).toBe(person !== HEAD)
      for (const url of [
        ...[`/api/items/${item}`, `/api/items/${item}/chain`],
        ...[`/api/cases/${of}`, `/api/search?q=${NUMBER}`, `/api/exports/account.csv?case=${of}`],
        ...[`/api/exports/search.csv?q=${item}`, `/api/exports/chain.pdf?item=${item}`],
      ]) {
        const answer = await get(person, url)
        expect(answer.statusCode, `${person} ${url}`).toBe(200)
        const said = url.includes('.pdf') ? JSON.stringify(readPdf(answer.rawPayload).pages) : answer.body
        expect(said, `${person} ${url}`).not.toContain(NUMBER)
      }
    }
    const opened = await open(OFFICER, item)
    expect([opened.statusCode, opened.json()]).toMatchObject([
      200,
      {
        ...{ number: NUMBER, logged: `item/${item}/account-number` },
        facts: [{ register: 'unit.dept-1', type: 'custody.account-number-opened' }],
      },
    ])
    expect(await timesRead(OFFICER, item)).toBe(1)
  })
})

it('found by its whole number, and not by what is shown of it', async () => {
  const [whole, shown] = [await get(OFFICER, `/api/search?q=${NUMBER}`), await get(OFFICER, '/api/search?q=9012')]
  expect(whole.body).toContain(items['TAX'])
  expect(shown.body).not.toContain(items['TAX'])
})

it('each reading is in the register with its reason, and the number is kept nowhere', async () => {
  const item = items['TAX'] ?? ''
  const before = await timesRead(SUPERVISOR, item)
  const answer = await open(SUPERVISOR, item)
  expect(answer.json()).toMatchObject({ number: NUMBER })
  expect(await timesRead(SUPERVISOR, item)).toBe(before + 1)
  const chain = (await get(OFFICER, `/api/items/${item}/chain`)).json<ItemChain>()
  expect(chain.entries.at(-1)).toMatchObject({
    ...{ type: 'custody.account-number-opened', actor: SUPERVISOR, said: { reason: REASON } },
  })
  for (const table of ['causes', 'entries', 'activity']) {
    const { rows } = await sql`select * from ${sql.table(table)}`.execute(server.database.ownerDb)
    expect(JSON.stringify(rows), table).not.toContain(NUMBER)
  }
})

it('without a reason nobody reads it', async () => {
  for (const payload of [{}, { reason: '' }]) {
    const url = `/api/items/${items['TAX'] ?? ''}/account-number`
    expect((await server.as(OFFICER, { method: 'POST', url, payload })).statusCode).toBe(400)
  }
})

it('who is not dedicated to it is refused, a stranger as for an item that does not exist', async () => {
  const item = items['TAX'] ?? ''
  const refused = await open(HEAD, item)
  expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([403, 'access.no-post'])
  for (const person of [STRANGER, CUSTODIAN, ADMINISTRATOR]) {
    const [there, nowhere] = [await open(person, item), await open(person, INVENTED)]
    expect(there.statusCode, person).toBe(nowhere.statusCode)
    expect(there.json<{ code: string }>().code, person).toBe(nowhere.json<{ code: string }>().code)
    expect(there.body).not.toContain(NUMBER)
    expect(await timesRead(person, item)).toBe(0)
  }
  expect((await open(STRANGER, item)).json()).toMatchObject({ code: 'custody.unknown-item' })
  expect((await open(OFFICER, plain)).json()).toMatchObject({ code: 'custody.account-number-none' })
})

it('whoever is recused reads it no more, not even by the request that was answered before', async () => {
  const item = items['ADMIN'] ?? ''
  expect((await open(OTHER, item, 'asked-once')).json()).toMatchObject({ number: NUMBER })
  const why = { ground: 'RELATIVE', reason: '近亲属', successors: [THIRD] }
  await does(OTHER, { type: 'custody.recuse', case: numberOf('ADMIN'), person: OTHER, ...why })
  for (const key of ['asked-once', 'asked-again']) {
    const answer = await open(OTHER, item, key)
    expect([answer.statusCode, answer.json()]).toMatchObject([404, { code: 'custody.unknown-item' }])
  }
  expect(await timesRead(OTHER, item)).toBe(1)
})

it('the seizure list has the whole number; the hand-over list and the page of the case file do not', async () => {
  const of = encodeURIComponent(numberOf('SUPERVISION'))
  const notice = encodeURIComponent(taking.measure.noticeNumber)
  const textOf = async (url: string): Promise<string> => {
    const answer = await get(OFFICER, url)
    expect(answer.statusCode, url).toBe(200)
    return readPdf(answer.rawPayload)
      .pages.map(({ text }) => text)
      .join('')
      .replaceAll(/\s/g, '')
  }
  const listed = `/api/cases/${of}/seizure-list.pdf?notice=${notice}`
  server.setNow(new Date((clock += 3_600_000)).toISOString())
  expect(await textOf(listed)).not.toContain(NUMBER)
  expect((await open(OFFICER, items['SUPERVISION'] ?? '')).statusCode).toBe(200)
  expect(await textOf(listed)).toContain(NUMBER)
  const handOver = await textOf(`/api/lists/${list}/handover.pdf`)
  expect([handOver.includes(NUMBER), handOver.includes(MASKED)]).toEqual([false, true])
  const item = await readItem(server.deps.db, items['SUPERVISION'] ?? '')
  if (item === null) throw new Error('it is registered')
  const page = JSON.stringify(await itemForm(server.deps.db, item))
  expect([page.includes(NUMBER), page.includes(MASKED)]).toEqual([false, true])
})

it('once the store has it, its custodians read it, and it stands in the book of the store', async () => {
  const item = items['SUPERVISION'] ?? ''
  const place = { name: '柜', storageClass: 'precious', capacity: 9 }
  const { code } = await does(CUSTODIAN, { type: 'custody.add-location', store: 'store-1', ...place })
  const taken = [{ item, location: code, sealNumber: `${SEAL}0` }]
  await does(CUSTODIAN, { type: 'custody.check-in', items: taken }, [OFFICER, SECOND])
  expect((await card(SECOND, item)).mayOpenAccountNumber).toBe(true)
  const answer = await open(SECOND, item)
  expect([answer.statusCode, answer.json()]).toMatchObject([
    200,
    { number: NUMBER, facts: [{ register: 'store.store-1' }] },
  ])
})
