import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPdf } from '../../../labels/testing/read-pdf.ts'
import { loadActor } from '../../access/actor.ts'
import { approvalRoutes } from '../../approvals/routes.ts'
import { checkpointFolderOf } from '../../ledger/places.ts'
import { quietLog } from '../../database/testing.ts'
import { openRow, sealedRow, type StoredPersonal } from '../../ledger/personal.ts'
import { verifyStore } from '../../ledger/verify.ts'
import type { Command } from '../../module.ts'
import { paperSources } from '../../modules.ts'
import type { RefusalNotice } from '../../refusal.ts'
import { openPrinting, pageWay } from '../../stations/printing.ts'
import { seedStations } from '../../stations/registry.ts'
import { testServer, type TestServer } from '../../testing.ts'
import { sayPaper } from '../bench/paper-scan.ts'
import { sightOf } from '../sight/sight.ts'
import { paperPages } from './print-jobs.ts'
import { issuedRoutes } from './issued-routes.ts'
import { custodyDeeds } from '../module.ts'
import type { CheckedPaper, PaperOffer, ShownPaper } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { cash, general, gold, PHOTO, taking } from '../testing.ts'
import { onFilm } from '../testing-film.ts'

const CASE = '云纪立〔2026〕21号'
let server: TestServer
let clock = Date.parse('2026-03-02T02:00:00.000Z')
let shelf = ''
let safe = ''
const codes = { phone: '', bar: '', money: '', disk: '' }

async function does(person: string, command: Command & Record<string, unknown>, signers: readonly string[] = []) {
  const at = new Date((clock += 60_000)).toISOString()
  server.setNow(at)
  return (await server.deps.act({ person, with: signers }, command, { cause: `test ${clock}`, at })).result
}

const seal = (number: string) => ({ number, signers: ['zhang-wei', 'li-na'] })

/** A case with a phone, gold, money and a disk, through every act that a paper tells of. */
beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
      await app.register(issuedRoutes, { ...deps, sources: paperSources })
      await app.register(approvalRoutes, { ...deps, deeds: custodyDeeds })
    },
  })
  const officers = ['zhang-wei', 'li-na']
  await does('zhang-wei', {
    ...{ type: 'custody.open-case', number: CASE, title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers },
  })
  const { items } = await does('zhang-wei', {
    ...{ type: 'custody.register', case: CASE, ...taking },
    items: [
      general,
      { ...gold, seal: seal('F-001') },
      { ...cash, seal: seal('F-002') },
      {
        ...{
          name: '移动硬盘',
          category: 'digital-media',
          quantity: 1,
          unit: '块',
          features: '黑色',
          seal: seal('F-003'),
        },
        details: { model: 'ST-1000', serialNumber: 'ZA0099', content: '财务账套', sha256: 'ab'.repeat(32) },
      },
    ],
  })
  const registered = (items as unknown as { code: string }[]).map(({ code }) => code)
  Object.assign(codes, { phone: registered[0], bar: registered[1], money: registered[2], disk: registered[3] })
  await does('zhang-wei', { type: 'custody.add-photo', items: registered.map((item) => ({ item, photos: [PHOTO] })) })
  const lines = [{ face_minor: 10_000, bundles: 2, loose: 5 }]
  for (const person of ['zhang-wei', 'li-na'])
    await does(person, { type: 'custody.count-cash', item: codes.money, lines })
  const place = { type: 'custody.add-location', store: 'store-1', capacity: 9 }
  shelf = String((await does('chen-jing', { ...place, name: '架', storageClass: 'ordinary' }))['code'])
  safe = String((await does('chen-jing', { ...place, name: '柜', storageClass: 'precious' }))['code'])
  const inside = [codes.phone, codes.bar]
  await onFilm(server.deps, inside)
  await does('zhang-wei', { type: 'custody.hand-over', items: inside, store: 'store-1' })
  const taken = [codes.phone, { item: codes.bar, location: safe, weight_mg: 100_000, sealNumber: 'F-001' }]
  await does('chen-jing', { type: 'custody.check-in', items: taken, location: shelf }, ['zhang-wei'])
  const next = String((await does('chen-jing', { ...place, name: '二号柜', storageClass: 'precious' }))['code'])
  await does('chen-jing', { type: 'custody.move', items: inside, location: next })
  const dueAt = new Date(clock + 86_400_000).toISOString()
  const deed = { command: 'borrow', items: inside, dueAt, purpose: 'APPRAISAL' }
  const approval = String((await does('zhang-wei', { type: 'approvals.ask', deed, reason: '鉴定' }))['id'])
  await does('qian-lei', { type: 'approvals.grant', approval })
  const lent = [codes.phone, { item: codes.bar, weight_mg: 100_000 }]
  await does('chen-jing', { type: 'custody.borrow', items: lent, approval }, ['zhang-wei', 'li-na'])
  const back = { item: codes.bar, location: safe, weight_mg: 100_000, seal: 'intact', condition: 'same' }
  await does('chen-jing', { type: 'custody.give-back', items: [back] }, ['zhang-wei'])
  const filmed = { startedAt: new Date(clock - 60_000).toISOString(), endedAt: new Date(clock).toISOString() }
  const video = { of: 'handling', number: 'LX-0007', device: '库房固定机位', keptIn: '案管室', ...filmed }
  await does('chen-jing', { type: 'custody.note-video', items: [codes.bar], ...video })
  await does('chen-jing', { type: 'custody.unseal', items: [codes.bar], reason: '辨认成色' }, officers)
  await does('chen-jing', { type: 'custody.seal', items: [codes.bar], number: 'F-009' }, officers)
  await does('chen-jing', { type: 'custody.incident', items: [codes.bar], kind: 'damage', note: '外包装有裂痕' })
  const seen = { item: codes.bar, photos: ['f0'.repeat(32)], ofIncident: true }
  await does('chen-jing', { type: 'custody.add-photo', items: [seen] })
}, 120_000)
afterAll(() => server.close())

const get = (person: string, url: string) => server.as(person, { method: 'GET', url })
const issue = (person: string, payload: object) => server.as(person, { method: 'POST', url: '/api/papers', payload })
const offersOf = async (person: string): Promise<readonly PaperOffer[]> => {
  const answer = await get(person, `/api/cases/${encodeURIComponent(CASE)}/paper-offers`)
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json<{ offers: PaperOffer[] }>().offers
}
const bodyOf = ({ kind, of, part, fields }: PaperOffer) => ({
  ...{ paper: kind.value, of, ...(part === null ? {} : { part }) },
  ...(fields.length === 0 ? {} : { said: Object.fromEntries(fields.map(({ id, name }) => [id, `写明${name.zh}`])) }),
})
const papersOf = async (query: string): Promise<readonly ShownPaper[]> =>
  (await get('zhang-wei', `/api/papers?${query}`)).json<{ papers: ShownPaper[] }>().papers
const fileOf = async (paper: string): Promise<Buffer> => {
  const answer = await get('zhang-wei', `/api/papers/${paper}/file.pdf`)
  expect(answer.statusCode, answer.body.slice(0, 300)).toBe(200)
  return answer.rawPayload
}
const textOf = (pdf: Buffer): string =>
  readPdf(pdf)
    .pages.map(({ text }) => text)
    .join('\n')

describe('papers of a case', () => {
  it('are offered for every act that has happened, and each can be filled in, numbered and read', async () => {
    const offers = await offersOf('zhang-wei')
    expect([...new Set(offers.map(({ kind }) => kind.value))].sort()).toEqual([
      ...['approach', 'cash-annex', 'entry', 'hand-over', 'incident', 'loan', 'measure-approval', 'media-annex'],
      ...['money-ledger', 'move', 'notice', 'return', 'sealing', 'seizure-list'],
    ])
    for (const offer of offers) {
      const answer = await issue('zhang-wei', bodyOf(offer))
      expect(answer.statusCode, `${offer.kind.value} ${answer.body}`).toBe(201)
      const { paper, number } = answer.json<{ paper: string; number: string }>()
      expect(number).toMatch(/^.〔2026〕02-000\d号$/)
      const text = textOf(await fileOf(paper))
      expect(text, offer.kind.value).toContain(`文号 ${number}`)
      expect(text).toContain(CASE)
      expect(text).toContain('以下空白')
      expect(text).not.toContain('\uFFFD')
    }
    const after = await offersOf('zhang-wei')
    // What an officer writes is a paper of its own each time.
    expect(after.filter(({ standing }) => standing === null).map(({ form }) => form)).toEqual(['F-00', 'F-20'])
    expect(after.filter(({ fields }) => fields.length > 0)).toHaveLength(4)
    const all = await papersOf(`case=${encodeURIComponent(CASE)}`)
    expect(all).toHaveLength(offers.length)
    const sealings = all.filter(({ form }) => form === 'F-17').map(({ number }) => number)
    expect(sealings.sort()).toEqual(['封〔2026〕02-0001号', '封〔2026〕02-0002号'])
    const ofBar = await papersOf(`item=${codes.bar}`)
    expect(ofBar.map(({ kind }) => kind.value)).toContain('incident')
    expect(ofBar.map(({ kind }) => kind.value)).not.toContain('cash-annex')
  }, 120_000)

  it.each([
    [
      'loan',
      [
        '涉案财物调用审批（出库）单',
        '同行人员（李娜）：',
        '鉴定',
        '审批人（钱磊）：',
        '调用人（张伟）：',
        '重 100.000 克',
      ],
    ],
    ['return', ['涉案财物归还单', '重量相符（100.000 克）', '尚未归还 1 件', 'LX-0007（库房固定机位']],
    ['move', ['涉案财物移位单', 'M-17', '2 件', '架', '柜', '二号柜', '保管人员（陈静）：']],
    ['incident', ['异常情况登记表', '毁损', '外包装有裂痕', '承办部门负责人：', '发现时 1 张（f0f0f0f0）']],
    [
      'cash-annex',
      ['现金、票证清点附表', '人民币 20500.00', '100.00', '205', '清点人（李娜）：', 'F-002', '特征、编号'],
    ],
    ['media-annex', ['财务账套', 'ZA0099', 'ab'.repeat(8), '案由', '录制、复制时间', '文件格式']],
    ['money-ledger', ['涉案款明细账', '20500.00', '人民币 20500.00 元', '现金 清点']],
    ['seizure-list', ['财物、文件清单', '照片 1 张', 'F-002', '来源', '持有人 持有人甲', '登记台账', 'ST-1000']],
    ['entry', ['入库单', '封条 F-001', '复称', '100.000', '逐件清点']],
    ['sealing', ['启封时间', 'F-001', 'F-009']],
    ['notice', ['扣押通知书', '持有人甲', '监察法第六十九条']],
    ['measure-approval', ['采取措施审批表', '写明财物范围', '审批领导意见', '监察法》第二十八条', '承办人（张伟）：']],
    ['approach', ['打听案情、干预登记表', '写明单位、职务', '写明具体情形', '登记人：']],
  ] as const)('%s says what happened', async (kind, parts) => {
    const paper = (await papersOf(`case=${encodeURIComponent(CASE)}`)).find((one) => one.kind.value === kind)
    const text = textOf(await fileOf(paper?.paper ?? '')).replaceAll('\n', ' ')
    for (const part of parts) expect(text).toContain(part)
  })

  it('say what the case is called where no party and no keeper gets or reads them, and its track everywhere', async () => {
    const all = await papersOf(`case=${encodeURIComponent(CASE)}`)
    const naming = new Set<string>()
    for (const { paper, kind } of all) {
      const text = textOf(await fileOf(paper)).replaceAll('\n', '')
      if (text.includes('某案')) naming.add(kind.value)
      expect(text, kind.value).toContain('案件类型监察调查')
      if (kind.value === 'entry') expect(text).toContain('照片 1 张；不须估价')
    }
    expect([...naming].sort()).toEqual(['approach', 'measure-approval', 'media-annex', 'money-ledger'])
    const annex = all.find(({ kind }) => kind.value === 'media-annex')
    expect((await get('chen-jing', `/api/papers/${annex?.paper ?? ''}/file.pdf`)).statusCode).toBe(404)
  })

  it('that an officer writes say all that they ask for, and nothing that they do not', async () => {
    const written = { paper: 'approach', of: CASE }
    const whole = { when: '3月2日，电话', who: '某人', post: '某单位', what: '打听进展' }
    const { what: _, ...short } = whole
    for (const said of [undefined, short, { ...whole, what: ' ' }, { ...whole, extra: '多余' }])
      expect((await issue('zhang-wei', { ...written, said })).json<RefusalNotice>().code).toBe('custody.paper-field')
    expect((await issue('zhang-wei', { paper: 'notice', of: CASE, said: whole })).json<RefusalNotice>().code).toBe(
      'custody.paper-field',
    )
    expect((await issue('zhang-wei', { ...written, part: '9', said: whole })).json<RefusalNotice>().code).toBe(
      'request.not-found',
    )
    for (const part of ['1.0', '01', '0.5', 'x'])
      expect((await issue('zhang-wei', { ...written, part, said: whole })).json<RefusalNotice>().code).toBe(
        'request.not-found',
      )
    const again = await issue('zhang-wei', { ...written, part: '1', said: whole })
    expect(again.json<{ number: string }>().number).toBe('问〔2026〕02-0002号')
    const all = (await papersOf(`case=${encodeURIComponent(CASE)}`)).filter(({ form }) => form === 'F-20')
    expect(all.map(({ part, replacedBy }) => [part, replacedBy === null])).toEqual([
      ['1', true],
      ['1', false],
    ])
  })

  it('hold a copy for each who gets one, each with pages of its own', async () => {
    const [paper] = (await papersOf(`case=${encodeURIComponent(CASE)}`)).filter(({ form }) => form === 'F-06')
    const { pages } = readPdf(await fileOf(paper?.paper ?? ''))
    expect(pages).toHaveLength(paper?.pages ?? 0)
    for (const [index, recipient] of ['调用人', '保管部门', '附卷'].entries())
      expect(pages[index]?.text).toContain(
        `第 ${index + 1} 份，共 3 份 · ${recipient === '附卷' ? '' : '交'}${recipient}`,
      )
  })

  it('come out of the archive byte for byte, under the hash that the register holds, and verification looks at them', async () => {
    for (const { paper, sha256 } of await papersOf(`case=${encodeURIComponent(CASE)}`)) {
      const [first, second] = [await fileOf(paper), await fileOf(paper)]
      expect(first.equals(second)).toBe(true)
      expect(createHash('sha256').update(first).digest('hex')).toBe(sha256)
    }
    const { database, modules, keys } = server
    const proof = { db: database.db, modules, folder: checkpointFolderOf(keys) }
    const check = () => verifyStore({ ...proof, key: keys.key, installation: keys.installation })
    expect((await check()).faults).toEqual([])
    const [{ ref } = { ref: '' }] = (
      await sql<{ ref: string }>`select state #>> '{document,ref}' as ref from papers where kind = 'loan'`.execute(
        database.db,
      )
    ).rows
    const { rows } = await sql<StoredPersonal>`
      select ref::text, salt, content, sealed from personal where ref = ${ref}::uuid
    `.execute(database.ownerDb)
    const [row] = rows
    const whole = row === undefined ? null : openRow(row)
    if (whole === null || row?.sealed === null || row?.sealed === undefined) throw new Error('the paper is not there')
    const exchange = async (sealed: Buffer): Promise<void> => {
      await sql`alter table personal disable trigger user`.execute(database.ownerDb)
      await sql`update personal set sealed = ${sealed} where ref = ${ref}::uuid`.execute(database.ownerDb)
      await sql`alter table personal enable trigger user`.execute(database.ownerDb)
    }
    const loan = (await papersOf(`case=${encodeURIComponent(CASE)}`)).find(({ form }) => form === 'F-06')
    const spoilt = { ...whole, content: whole.content.replace('{"pdf":"J', '{"pdf":"K') }
    const altered = Buffer.from(row.sealed)
    altered.writeUInt8(altered.readUInt8(100) ^ 1, 100)
    for (const sealed of [sealedRow(keys.content, spoilt), altered]) {
      await exchange(sealed)
      const faults = (await check()).faults
      expect(faults).toHaveLength(1)
      expect(faults[0]?.what.en).toContain('personal content does not match its commitment')
      const damaged = await get('zhang-wei', `/api/papers/${loan?.paper ?? ''}/file.pdf`)
      expect(damaged.json<RefusalNotice>().code).toBe('custody.paper-damaged')
    }
    await exchange(row.sealed)
    expect((await check()).faults).toEqual([])
  }, 60_000)

  it('one that is issued anew has the next number and takes the place of the one before, which stays', async () => {
    const before = (await papersOf(`item=${codes.phone}`)).find(({ form }) => form === 'F-04')
    const answer = await issue('zhang-wei', { paper: 'hand-over', of: before?.of })
    expect(answer.json<{ number: string }>().number).toBe('移〔2026〕02-0002号')
    const all = (await papersOf(`item=${codes.phone}`)).filter(({ form }) => form === 'F-04')
    expect(all.map(({ number, replacedBy }) => [number, replacedBy === null])).toEqual([
      ['移〔2026〕02-0002号', true],
      ['移〔2026〕02-0001号', false],
    ])
    expect(all[1]?.replacedBy).toBe(all[0]?.paper)
    expect(textOf(await fileOf(all[1]?.paper ?? ''))).toContain('移〔2026〕02-0001号')
  })

  it('are numbered without a gap however many are issued at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => issue('zhang-wei', { paper: 'notice', of: CASE, part: '扣字〔2026〕1号' })),
    )
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(8).fill(201))
    const serials = (await papersOf(`case=${encodeURIComponent(CASE)}&limit=500`))
      .filter(({ form }) => form === 'F-01')
      .map(({ number }) => Number(/-(\d+)号$/.exec(number)?.[1]))
    expect(serials.sort((a, b) => a - b)).toEqual(Array.from({ length: 9 }, (_, index) => index + 1))
  }, 60_000)

  it('are issued by an officer of the case or a custodian of its store, of what has happened, and by nobody else', async () => {
    const codeOf = async (person: string, payload: object) =>
      (await issue(person, payload)).json<{ code?: string; number?: string }>()
    const loan = (await offersOf('zhang-wei')).find(({ kind }) => kind.value === 'loan')
    expect(await codeOf('chen-jing', { paper: 'loan', of: loan?.of })).toMatchObject({ number: '调〔2026〕02-0002号' })
    expect(await codeOf('wang-qiang', { paper: 'loan', of: loan?.of })).toMatchObject({ code: 'request.not-found' })
    expect(await codeOf('qian-lei', { paper: 'loan', of: loan?.of })).toMatchObject({ code: 'custody.paper-not-yours' })
    expect(await codeOf('zhang-wei', { paper: 'incident', of: codes.phone, part: '1' })).toMatchObject({
      code: 'custody.nothing-for-paper',
    })
    expect(await codeOf('zhang-wei', { paper: 'cash-annex', of: codes.phone })).toMatchObject({
      code: 'custody.nothing-for-paper',
    })
  })
})

describe('the annex of a bank card', () => {
  it('says who issued it, its number and its value, and who sealed it', async () => {
    const card = { name: '银行卡', category: 'cards-securities', quantity: 1, unit: '张', features: '金色' }
    const details = { issuer: '云州银行', account: '6228480123456789012', faceValue: '3000', expiresOn: '2028-12-31' }
    const signers = ['zhang-wei', 'li-na']
    const { items } = await does('zhang-wei', {
      ...{ type: 'custody.register', case: CASE, ...taking },
      items: [{ ...card, details, seal: { number: 'F-077', signers } }],
    })
    const [{ code } = { code: '' }] = items as unknown as { code: string }[]
    const answer = await issue('zhang-wei', { paper: 'cash-annex', of: code })
    expect(answer.statusCode, answer.body).toBe(201)
    const text = textOf(await fileOf(answer.json<{ paper: string }>().paper)).replaceAll('\n', ' ')
    for (const part of [
      '存折、银行卡、有价证券附表',
      '云州银行',
      details.account,
      '3000',
      '2028-12-31',
      'F-077',
      '封签人（李娜）：',
    ])
      expect(text).toContain(part)
  })
})

describe('a receipt for books', () => {
  it('of what was seized go to as many as the track of the case has', async () => {
    const number = '行立〔2026〕5号'
    const officers = ['zhang-wei', 'li-na']
    const open = { number, title: '某案', track: 'ADMIN', unit: 'dept-1', officers }
    await does('zhang-wei', { type: 'custody.open-case', ...open })
    await does('zhang-wei', { type: 'custody.register', case: number, ...taking, items: [general] })
    const offers = (await get('zhang-wei', `/api/cases/${encodeURIComponent(number)}/paper-offers`)).json<{
      offers: PaperOffer[]
    }>().offers
    const list = offers.find(({ kind }) => kind.value === 'seizure-list')
    const { paper } = (await issue('zhang-wei', { paper: 'seizure-list', of: number, part: list?.part })).json<{
      paper: string
    }>()
    const { pages } = readPdf(await fileOf(paper))
    for (const [index, recipient] of ['当事人', '附卷'].entries())
      expect(pages[index]?.text).toContain(
        `第 ${index + 1} 份，共 2 份 · ${recipient === '附卷' ? '' : '交'}${recipient}`,
      )
    const [shown] = await papersOf(`case=${encodeURIComponent(number)}`)
    expect(shown?.copies).toEqual(['当事人', '附卷'])
  })

  it('of a tax case names each book with its year and pages', async () => {
    const number = '税稽〔2026〕3号'
    const officers = ['zhang-wei', 'li-na']
    await does('zhang-wei', {
      ...{ type: 'custody.open-case', number, title: '某案', track: 'TAX', unit: 'dept-1', officers },
    })
    const measure = { ...taking.measure, noticeNumber: '调账〔2026〕1号', kind: 'EXTRACTED' }
    const details = { documentNumber: '1-12', pages: '240', original: 'original', bookYear: '2025' }
    await does('zhang-wei', {
      ...{ type: 'custody.register', case: number, ...taking, measure },
      items: [{ name: '总账', category: 'documents', quantity: 3, unit: '册', details }],
    })
    const offers = (await get('zhang-wei', `/api/cases/${encodeURIComponent(number)}/paper-offers`)).json<{
      offers: PaperOffer[]
    }>().offers
    const books = offers.find(({ form }) => form === 'F-22')
    const issued = await issue('zhang-wei', { paper: 'books', of: number, part: books?.part })
    const text = textOf(await fileOf(issued.json<{ paper: string }>().paper)).replaceAll('\n', ' ')
    for (const part of ['调取账簿、资料清单（收据）', '册〔2026〕02-0001号', '总账', '2025', '240', '调账〔2026〕1号'])
      expect(text).toContain(part)
  })
})

describe('the paper of a stock-take', () => {
  it('is issued once the count is closed, by the custodian or a supervisor, and by nobody of a case', async () => {
    const scope = { kind: 'locations', locations: [shelf] }
    const dueAt = new Date(clock + 86_400_000).toISOString()
    const ordered = await does('guo-tao', {
      ...{ type: 'custody.order-stocktake', store: 'store-1', scope, counters: ['chen-jing'], dueAt },
    })
    const code = String(ordered['code'])
    const offer = async (person: string) => get(person, `/api/papers/offer?paper=stocktake&of=${code}`)
    expect((await offer('zhou-ping')).json<{ offers: PaperOffer[] }>().offers).toEqual([])
    const early = await issue('zhou-ping', { paper: 'stocktake', of: code })
    expect(early.json<RefusalNotice>().code).toBe('custody.nothing-for-paper')
    const walk = { type: 'custody.count-shelf', stocktake: code, location: shelf, done: true, round: 1 }
    await does('chen-jing', { ...walk, sights: [] })
    await does('chen-jing', { type: 'custody.conclude-stocktake', stocktake: code })
    await does('guo-tao', { type: 'custody.conclude-stocktake', stocktake: code }, ['chen-jing'])
    expect((await offer('zhang-wei')).json<RefusalNotice>().code).toBe('request.not-found')
    const [mine] = (await offer('chen-jing')).json<{ offers: PaperOffer[] }>().offers
    expect(mine).toMatchObject({ form: 'F-18', standing: null, yours: true })
    const issued = await issue('zhou-ping', { paper: 'stocktake', of: code })
    expect(issued.statusCode, issued.body).toBe(201)
    const { paper = '', number } = issued.json<{ paper?: string; number: string }>()
    expect(number).toMatch(/^盘〔2026〕\d\d-0001号$/)
    const file = await get('chen-jing', `/api/papers/${paper}/file.pdf`)
    expect(textOf(file.rawPayload)).toContain(number)
    expect((await get('zhang-wei', `/api/papers/${paper}/file.pdf`)).json<RefusalNotice>().code).toBe(
      'request.not-found',
    )
    // Who ordered it reads its record, and issues none.
    expect((await offer('guo-tao')).json<{ offers: PaperOffer[] }>().offers).toMatchObject([{ yours: false }])
    const read = await get('guo-tao', `/api/papers/${paper}/file.pdf`)
    expect(textOf(read.rawPayload)).toContain(number)
    for (const person of ['chen-jing', 'guo-tao']) {
      const listed = (await get(person, `/api/papers?of=${code}`)).json<{ papers: ShownPaper[] }>().papers
      expect(listed.map((one) => one.number)).toEqual([number])
    }
  })
})

describe('a scanned paper', () => {
  const check = (person: string, scan: string) =>
    server.as(person, { method: 'POST', url: '/api/papers/check', payload: { scan } })

  it('is found by number and check, and only by both', async () => {
    const [paper] = await papersOf(`item=${codes.bar}`)
    const serial = /-(\d+)号$/.exec(paper?.number ?? '')?.[1] ?? ''
    const scan = `${paper?.form ?? ''}.2026.02.${serial}.${paper?.check ?? ''}`
    const found = await check('zhang-wei', scan)
    expect(found.json<CheckedPaper>()).toMatchObject({
      ...{ paper: { number: paper?.number }, archived: true, erased: false, compared: true, later: null },
    })
    // The number alone finds it too, and says that the sheet was not compared; whose check is another's is said to be altered.
    const typed = await check('zhang-wei', (paper?.number ?? '').replace('〔', '(').replace('〕', ')'))
    expect(typed.json<CheckedPaper>()).toMatchObject({ paper: { number: paper?.number }, compared: false })
    const forged = scan.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
    expect((await check('zhang-wei', forged)).json<RefusalNotice>().code).toBe('custody.paper-altered')
    for (const [person, wrong] of [
      ['wang-qiang', forged],
      ['wang-qiang', paper?.number ?? ''],
      ['zhang-wei', scan.replace('.02.', '.03.')],
      ['zhang-wei', 'F-06'],
      ['wang-qiang', scan],
    ] as const)
      expect((await check(person, wrong)).json<RefusalNotice>().code).toBe('custody.paper-unknown')
  })

  it('says at a station which it is, of which case, whether it stands, and whether the archive has it whole', async () => {
    const at = server.deps.now()
    const said = async (person: string, text: string) => {
      const actor = await loadActor(server.deps.db, person, at)
      return sayPaper(server.deps.db, text, { actor, sight: await sightOf(server.deps.db, actor, at) })
    }
    const scanOf = ({ form, number, check: digits }: ShownPaper): string =>
      `${form}.2026.02.${/-(\d+)号$/.exec(number)?.[1] ?? ''}.${digits}`
    const papers = await papersOf(`case=${encodeURIComponent(CASE)}&limit=100`)
    const standing = papers.find(({ replacedBy }) => replacedBy === null)
    const replaced = papers.find(({ replacedBy }) => replacedBy !== null)
    expect.assert(standing !== undefined && replaced !== undefined)
    const scan = scanOf(standing)
    expect(await said('zhang-wei', scan)).toMatchObject({
      ...{ outcome: 'accepted', code: 'custody.paper-known', paper: scan },
      words: {
        zh: `${standing.number} ${standing.form} ${standing.kind.words.zh}，案件 ${CASE}：现行有效，与存档一致`,
      },
    })
    expect(await said('zhang-wei', scanOf(replaced))).toMatchObject({
      ...{ outcome: 'refused', code: 'custody.paper-replaced', paper: scanOf(replaced) },
    })
    const forged = scan.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
    expect(await said('zhang-wei', forged)).toMatchObject({ outcome: 'refused', code: 'custody.paper-altered' })
    expect(await said('wang-qiang', scan)).toMatchObject({ outcome: 'refused', code: 'custody.paper-unknown' })
    expect(await said('zhang-wei', standing.number)).toBeNull()
    expect(await said('zhang-wei', 'F-001')).toBeNull()
  })
})

describe('a paper that was replaced', () => {
  it('is found as such, with the number of the one that took its place', async () => {
    const replaced = (await papersOf(`item=${codes.phone}`)).find(
      ({ form, replacedBy }) => form === 'F-04' && replacedBy,
    )
    const answer = await server.as('zhang-wei', {
      ...{ method: 'POST', url: '/api/papers/check', payload: { scan: replaced?.number } },
    })
    expect(answer.json<CheckedPaper>()).toMatchObject({ later: '移〔2026〕02-0002号', archived: true })
  })
})

describe('when the holder of a thing is erased by law', () => {
  const post = (person: string, url: string, payload = {}) => server.as(person, { method: 'POST', url, payload })

  it('its papers leave the archive; one that is issued anew has no name, and stays', async () => {
    const change = { command: 'org.erase-presence', items: [codes.disk], whose: ['holder'] }
    const decision = { ground: 'ordered', document: '云纪办〔2026〕33号' }
    const erase = async () => {
      const proposed = await post('an-security', '/api/proposals', { change: { ...change, ...decision } })
      const { id = '' } = proposed.json<{ id?: string }>()
      return { proposed, confirm: () => post('xu-system', `/api/proposals/${id}/confirm`) }
    }
    const annex = (await papersOf(`item=${codes.disk}`)).find(({ form }) => form === 'F-02d')
    const file = `/api/papers/${annex?.paper ?? ''}/file.pdf`
    expect((await get('zhang-wei', file)).statusCode).toBe(200)
    expect((await (await erase()).confirm()).statusCode).toBe(200)
    expect((await get('zhang-wei', file)).json<RefusalNotice>().code).toBe('custody.paper-erased')
    const anew = (await issue('zhang-wei', { paper: 'media-annex', of: annex?.of })).json<{ paper: string }>()
    const { proposed } = await erase()
    expect(proposed.json<RefusalNotice>().code).toBe('org.nothing-to-erase')
    expect(textOf(await fileOf(anew.paper))).not.toContain('持有人甲')
    const ofBar = (await papersOf(`item=${codes.bar}`)).find(({ kind }) => kind.value === 'incident')
    expect((await get('zhang-wei', `/api/papers/${ofBar?.paper ?? ''}/file.pdf`)).statusCode).toBe(200)
    const { database, modules, keys } = server
    const proof = { db: database.db, modules, folder: checkpointFolderOf(keys) }
    expect((await verifyStore({ ...proof, key: keys.key, installation: keys.installation })).faults).toEqual([])
  }, 60_000)
})

describe('when who is named on a paper is erased by law', () => {
  const propose = (papers: readonly string[], ground = 'ordered') =>
    server.as('an-security', {
      ...{ method: 'POST', url: '/api/proposals' },
      payload: { change: { command: 'org.erase-papers', papers, ground, document: '云纪办〔2026〕34号' } },
    })

  it('it leaves the archive with what it took the place of, and nothing else does', { timeout: 60_000 }, async () => {
    const ofCase = await papersOf(`case=${encodeURIComponent(CASE)}`)
    const issues = ofCase.filter(({ form }) => form === 'F-20')
    const [latest] = issues
    if (latest === undefined) throw new Error('nothing was written')
    expect(issues).toHaveLength(2)
    expect((await propose(['问〔2026〕02-9999号'])).json<RefusalNotice>().code).toBe('org.nothing-to-erase')
    expect((await propose([latest.number], 'period-over')).json<RefusalNotice>().code).toBe('org.case-open')
    const proposed = await propose([latest.number])
    expect(proposed.statusCode, proposed.body).toBe(201)
    const confirm = `/api/proposals/${proposed.json<{ id: string }>().id}/confirm`
    expect((await server.as('xu-system', { method: 'POST', url: confirm, payload: {} })).statusCode).toBe(200)
    for (const { paper } of issues)
      expect((await get('zhang-wei', `/api/papers/${paper}/file.pdf`)).json<RefusalNotice>().code).toBe(
        'custody.paper-erased',
      )
    const approval = ofCase.find(({ form }) => form === 'F-00')
    expect((await get('zhang-wei', `/api/papers/${approval?.paper ?? ''}/file.pdf`)).statusCode).toBe(200)
    expect((await propose([latest.number])).json<RefusalNotice>().code).toBe('org.nothing-to-erase')
    const { database, modules, keys } = server
    const proof = { db: database.db, modules, folder: checkpointFolderOf(keys) }
    expect((await verifyStore({ ...proof, key: keys.key, installation: keys.installation })).faults).toEqual([])
  })
})

describe('a paper that was to be printed where no office printer is any more', () => {
  const desk = { id: 'desk-paper', name: '文印室', kind: 'desk', place: 'dept-1' } as const
  const printer = { id: 'office-1', kind: 'office-printer', protocol: 'ipp', port: 'tcp://127.0.0.1:9' } as const

  it('has failed, and says why', { timeout: 60_000 }, async () => {
    const { db, act } = server.deps
    await seedStations(db, act, [{ ...desk, devices: [printer] }])
    const [paper] = await papersOf(`case=${encodeURIComponent(CASE)}`)
    if (paper === undefined) throw new Error('nothing was issued')
    await does('zhang-wei', { type: 'custody.print-paper', paper: paper.paper, station: desk.id })
    const nothingSent = { printPages: () => Promise.reject(new Error('nothing is sent')) }
    const pages = pageWay(db, paperPages(server.deps), nothingSent)
    const printing = openPrinting({ db, act, log: quietLog, isDriven: () => true }, pages)
    printing.wake({ ...desk, devices: [] })
    const last = async () =>
      (await papersOf(`case=${encodeURIComponent(CASE)}`)).find((one) => one.paper === paper.paper)?.print
    await expect
      .poll(last, { timeout: 20_000 })
      .toMatchObject({ state: 'failed', fault: { code: 'labels.no-printer' } })
    await printing.close()
  })
})
