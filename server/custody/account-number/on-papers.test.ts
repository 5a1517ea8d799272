import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import sharp from 'sharp'
import { readPdf } from '../../../labels/testing/read-pdf.ts'
import { type ClockOffice, clockOffice } from '../../clock/testing.ts'
import { type Files, filesFolder, openFiles } from '../../files/files.ts'
import { fileRoutes } from '../../files/routes.ts'
import { paperSources } from '../../modules.ts'
import { caseFileRoutes } from '../case-file/routes.ts'
import { disposalRoutes } from '../disposal/routes.ts'
import { epcisRoutes } from '../epcis/routes.ts'
import { exportRoutes } from '../exports/export-routes.ts'
import { EXPORTS } from '../exports/exports.ts'
import { readWorkbook } from '../../xlsx.ts'
import { issuedRoutes } from '../papers/issued-routes.ts'
import { maySeePhoto, paperRoutes } from '../papers/paper-routes.ts'

import { numbersOnScan } from './on-papers.ts'

/** Whole numbers of accounts on papers that are looked at, on those that were issued, and in what goes out as a file (rules T-14). */

const START = '2026-03-02T01:00:00.000Z'
const CASE = '云税稽〔2026〕91号'
const NOTICE = '扣〔2026〕91号'
const of = `/api/cases/${encodeURIComponent(CASE)}`
const LIST = `${of}/seizure-list.pdf?notice=${encodeURIComponent(NOTICE)}`
const [OFFICER, OTHER, HEAD, SUPERVISOR] = ['zhang-wei', 'li-na', 'qian-lei', 'zhou-ping'] as const
const NUMBER = '6228480123456789012'
const MASKED = '****9012'

let office: ClockOffice
let [item, plain, disposal] = ['', '', '']
let files: Files

beforeAll(async () => {
  office = await clockOffice(START, {
    extend: async (app, deps) => {
      files = await openFiles({ folder: filesFolder(deps.dataDir), db: deps.db, now: deps.now })
      await app.register(disposalRoutes, deps)
      await app.register(exportRoutes, deps)
      await app.register(epcisRoutes, deps)
      await app.register(paperRoutes, { ...deps, files })
      await app.register(issuedRoutes, { ...deps, sources: paperSources })
      await app.register(caseFileRoutes, { ...deps, files })
      await app.register(fileRoutes, {
        ...{ ...deps, files, maySee: (person, sha256) => maySeePhoto(deps, person, sha256) },
        alsoRead: (sha256) => numbersOnScan(deps.db, sha256),
      })
    },
  })
  const officers = [OFFICER, OTHER]
  await office.act(OFFICER, {
    ...{ type: 'custody.open-case', number: CASE, title: '某案', track: 'TAX', unit: 'dept-1', officers },
  })
  const card = {
    ...{ name: '银行卡', category: 'cards-securities', quantity: 1, unit: '张', features: '金色' },
    details: { issuer: '云州银行', account: NUMBER },
    seal: { number: 'F-091', signers: officers },
  }
  const { result } = await office.act(OFFICER, {
    ...{ type: 'custody.register', case: CASE, relevance: '往来款项' },
    items: [card, { name: '手机', category: 'general', quantity: 1, unit: '部' }],
    measure: { noticeNumber: NOTICE, place: '办公室', takenAt: START, officers },
    holder: { attendance: 'SIGNED', name: '持有人甲' },
    witness: { attendance: 'SIGNED', name: '见证人乙' },
  })
  const { items } = result as unknown as { items: { code: string }[] }
  ;[item, plain] = items.map(({ code }) => code) as [string, string]
  const asked = await office.post(OFFICER, '/api/custody/propose-disposal', {
    ...{ items: [item, plain], way: 'RETURN', destination: 'holder', ground: 'unrelated', foundAt: office.now },
    ...{ suspectedCrime: false, opinion: '与案件无关，建议返还' },
  })
  expect(asked.statusCode, asked.body).toBeLessThan(300)
  const proposed = asked.json<{ disposal: string; approval: string }>()
  ;({ disposal } = proposed)
  const granted = await office.post(HEAD, `/api/approvals/${proposed.approval}/grant`, {})
  expect(granted.statusCode, granted.body).toBe(200)
}, 120_000)
afterAll(() => office.server.close())

const get = (person: string, url: string) => office.server.as(person, { method: 'GET', url })
async function textOf(person: string, url: string): Promise<string> {
  const answer = await get(person, url)
  expect(answer.statusCode, `${url} ${answer.body.slice(0, 300)}`).toBe(200)
  const { pages } = readPdf(answer.rawPayload)
  return pages.map(({ text }) => text.replaceAll(/\s/g, '')).join('')
}

/** How often the read log says that somebody read the number of the card; of the phone, which has none, nothing is ever said. */
async function timesRead(person: string): Promise<number> {
  const { rows } = await sql<{ about: string }>`
    select text::jsonb ->> 'about' as about from activity where text::jsonb ->> 'kind' = 'read'
      and text::jsonb ->> 'person' = ${person} and text::jsonb ->> 'about' like '%/account-number'
  `.execute(office.server.database.ownerDb)
  expect(rows.filter(({ about }) => about !== `item/${item}/account-number`)).toEqual([])
  return rows.length
}

/** What somebody reads on a paper: which of the two, and whether the log has it as a reading of the number. */
async function reads(person: string, url: string) {
  const before = await timesRead(person)
  const text = await textOf(person, url)
  return {
    ...{ whole: text.includes(NUMBER), masked: text.includes(MASKED) },
    logged: (await timesRead(person)) - before,
  }
}
function pass(minutes: number): void {
  office.now = new Date(Date.parse(office.now) + minutes * 60_000).toISOString()
}
/** Who says why, so that what he looks at shows the number whole for a quarter of an hour. */
const opens = (person: string, more: object = {}) =>
  office.post(person, '/api/custody/open-account-number', { items: [item], reason: '请持有人核对', ...more })
const WHOLE = { whole: true, masked: false, logged: 1 }
const HIDDEN = { whole: false, masked: true, logged: 0 }

describe('a paper that is looked at', () => {
  it.each(['seizure list', 'notice', 'return-list'])(
    '%s: whole to who is dedicated and has just said why, masked to everybody else',
    async (kind) => {
      const url = kind === 'seizure list' ? LIST : `/api/disposals/${disposal}/${kind}.pdf`
      pass(15)
      expect(await reads(HEAD, url)).toEqual(HIDDEN)
      for (const person of [OFFICER, OTHER, SUPERVISOR]) {
        expect(await reads(person, url), person).toEqual(HIDDEN)
        expect((await opens(person, { reason: '' })).statusCode).toBe(400)
        expect(await reads(person, url), person).toEqual(HIDDEN)
        const opened = await opens(person)
        expect(opened.statusCode, opened.body).toBe(200)
        expect(opened.body).not.toContain(NUMBER)
        expect(await reads(person, url), person).toEqual(WHOLE)
      }
      pass(14)
      expect(await reads(OFFICER, url)).toEqual(WHOLE)
      pass(1)
      for (const person of [OFFICER, OTHER, SUPERVISOR]) expect(await reads(person, url), person).toEqual(HIDDEN)
    },
  )

  it('the screens are told which numbers the reader may open, and until when they are open', async () => {
    const asked = async (person: string) => {
      const answer = await get(person, `${of}/account-numbers`)
      expect(answer.statusCode, answer.body).toBe(200)
      return answer.json<{ items: unknown[] }>().items
    }
    pass(15)
    const line = { code: item, name: '银行卡', notice: NOTICE, number: MASKED, until: null }
    for (const person of [OFFICER, SUPERVISOR]) expect(await asked(person)).toEqual([line])
    expect(await asked(HEAD)).toEqual([])
    await opens(OFFICER)
    const until = new Date(Date.parse(office.now) + 15 * 60_000).toISOString()
    expect(await asked(OFFICER)).toEqual([{ ...line, until }])
    expect(await asked(OTHER)).toEqual([line])
    expect((await opens(HEAD)).statusCode).toBe(403)
  })

  it('the approval stays in the house and shows it to nobody', async () => {
    for (const person of [OFFICER, HEAD, SUPERVISOR])
      expect(await reads(person, `/api/disposals/${disposal}/approval.pdf`), person).toEqual(HIDDEN)
  })
})

describe('a paper that was issued', () => {
  const issue = async (paper: string, about: string, part?: string): Promise<string> => {
    const wanted = { paper, of: about, ...(part === undefined ? {} : { part }) }
    const answer = await office.post(OFFICER, '/api/papers', wanted)
    expect(answer.statusCode, answer.body).toBe(201)
    return `/api/papers/${answer.json<{ paper: string }>().paper}/file.pdf`
  }

  it.each(['seizure-list', 'notice', 'cash-annex'])('%s has it whole, and who reads it is logged', async (kind) => {
    const file = await (kind === 'cash-annex' ? issue(kind, item) : issue(kind, CASE, NOTICE))
    for (const person of [OFFICER, HEAD, SUPERVISOR]) expect(await reads(person, file), person).toEqual(WHOLE)
  })

  it('the approval has it masked, and nobody reads a number there', async () => {
    expect(await reads(HEAD, await issue('disposal-approval', disposal))).toEqual(HIDDEN)
  })

  it('so is who looks at the sheet that was signed by hand, and not who looks at what tells no number', async () => {
    const scanned = async (file: string, width: number): Promise<string> => {
      const picture = sharp({ create: { width, height: 90, channels: 3, background: '#a02020' } })
      const { sha256 } = await files.keepPhoto(await picture.jpeg().toBuffer(), { person: OFFICER })
      const attached = await office.post(OFFICER, file.replace('file.pdf', 'scans'), { pages: [sha256] })
      expect(attached.statusCode, attached.body).toBe(201)
      return `/api/files/${sha256}`
    }
    const logged = async (url: string): Promise<number> => {
      const before = await timesRead(HEAD)
      expect((await get(HEAD, url)).statusCode).toBe(200)
      return (await timesRead(HEAD)) - before
    }
    expect(await logged(await scanned(await issue('seizure-list', CASE, NOTICE), 70))).toBe(1)
    expect(await logged(await scanned(await issue('disposal-approval', disposal), 80))).toBe(0)
  })

  it('so is who takes the file of the case, in which it is bound', async () => {
    // Its pages about the thing itself have the number masked.
    for (const person of [OFFICER, HEAD])
      expect(await reads(person, `${of}/file.pdf`)).toEqual({ ...WHOLE, masked: true })
  })
})

it('no list that goes out as a file, no document for another system and no search has it whole', async () => {
  const params: Readonly<Record<string, string>> = {
    ...{
      case: CASE,
      item,
      q: NUMBER,
      store: 'store-1',
      unit: 'dept-1',
      year: '2026',
      from: '2026-01-01',
      to: '2026-12-31',
    },
  }
  let tables = 0
  for (const person of [OFFICER, HEAD, SUPERVISOR]) {
    for (const [list, { query }] of Object.entries(EXPORTS)) {
      const known = Object.keys(query).filter((name) => name in params)
      const asked = new URLSearchParams(Object.fromEntries(known.map((name) => [name, params[name] ?? ''])))
      // Both are written of the same rows.
      for (const form of list === 'account' || list === 'search' ? ['csv', 'xlsx'] : ['csv']) {
        const answer = await get(person, `/api/exports/${list}.${form}?${asked.toString()}`)
        if (answer.statusCode !== 200) continue
        tables += 1
        const cells = form === 'csv' ? answer.body : JSON.stringify(readWorkbook(answer.rawPayload))
        expect(cells, `${person} ${list}.${form}`).not.toContain(NUMBER)
      }
    }
    for (const url of [
      ...[`/api/items/${item}`, `/api/items/${item}/chain`, `/api/items/${item}/epcis.jsonld`],
      ...[of, `/api/search?q=${NUMBER}`, `${of}/proof`, `/api/disposals/${disposal}`],
    ]) {
      const answer = await get(person, url)
      expect(answer.statusCode, `${person} ${url}`).toBe(200)
      expect(answer.body, `${person} ${url}`).not.toContain(NUMBER)
    }
  }
  expect(tables).toBeGreaterThan(Object.keys(EXPORTS).length)
})
