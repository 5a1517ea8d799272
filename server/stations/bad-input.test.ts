import { sql } from 'kysely'
import pg from 'pg'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { DeviceKind, FaultCode } from '../../devices/reading.ts'
import { makeCode, makeCommandCode, makeLabelCode } from '../../labels/item-code.ts'
import { gold } from '../custody/testing.ts'
import { demoPerson } from '../demo/organisation.ts'
import { pngHeader, pngOf } from '../files/testing-pictures.ts'
import { SYSTEM } from '../module.ts'
import { Refusal, type RefusalCode, type RefusalValues } from '../refusal.ts'
import { signatureOf } from '../testing.ts'
import { faultWords } from './fault-words.ts'
import type { Verdict } from './protocol.ts'
import { CASE, CUSTODIAN, GOLD_MG, OFFICER, OTHER, type Problem, type Screen, TestStations, typed } from './testing.ts'

/** What bad input gets, line by line: its own refusal in words, a rule where there is one, a remedy, and nothing else changed. */

const WAIT_MS = 30_000
const OTHER_UNIT = demoPerson('wang-qiang')

let stations: TestStations
let screen: Screen

beforeAll(async () => {
  stations = await TestStations.open()
})
afterAll(async () => {
  expect(await stations.faults()).toEqual([])
  await stations.close()
})
beforeEach(async () => {
  await stations.forget()
  await stations.startDesk()
  screen = await stations.openScreen()
  await screen.ready('scanner-1')
})
afterEach(async () => {
  screen.close()
  await stations.stopDesks()
})

/** What a bench is in the middle of, how its devices are, and what was tried may change by an input that is refused; nothing else. */
const MAY_CHANGE = [
  'station_sessions',
  'station_readings',
  'station_devices',
  'activity',
  'sign_in_tries',
  'sign_in_places',
  'sessions',
]

/** Every other table and every register, each as one hash. */
async function everything(): Promise<Record<string, string>> {
  const { ownerDb } = stations.server.database
  const tables = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' and tablename <> all(${MAY_CHANGE}::text[])
  `.execute(ownerDb)
  const hashes: Record<string, string> = {}
  for (const { name } of tables.rows) {
    const found = await sql<{ hash: string }>`
      select md5(coalesce(string_agg(t::text, chr(10) order by t::text), '')) as hash from ${sql.table(name)} t
    `.execute(ownerDb)
    hashes[name] = found.rows[0]?.hash ?? ''
  }
  return hashes
}

async function changesNothing<T>(deed: () => Promise<T>): Promise<T> {
  const before = await everything()
  const done = await deed()
  expect(await everything()).toEqual(before)
  return done
}

/** A verdict says all of this refusal, with its values filled in. */
function isRefused(verdict: Verdict | null, code: RefusalCode, values: RefusalValues = {}): void {
  const { detail, rule, remedy } = new Refusal(code, values).notice()
  expect(verdict).toMatchObject({ outcome: 'refused', tone: 'refused', code, words: detail, rule, remedy })
  isInWords(detail)
  isInWords(remedy)
}

/** An answer over HTTP says all of this refusal. */
function isProblem(answer: { json(): unknown }, code: RefusalCode, values?: RefusalValues): void {
  const problem = answer.json() as Problem
  expect(problem.code).toBe(code)
  if (values !== undefined) {
    const { detail, rule, remedy } = new Refusal(code, values).notice()
    expect(problem).toMatchObject({ rule: rule?.zh ?? null, words: { detail, rule, remedy } })
  }
  isInWords(problem.words.detail)
  isInWords(problem.words.remedy)
}

function isFault(verdict: Verdict | null, kind: DeviceKind, code: FaultCode): void {
  const { words, remedy } = faultWords(kind, code)
  expect(verdict).toMatchObject({ outcome: 'fault', tone: 'fault', code: `devices.${code}`, words, remedy })
}

function isInWords({ zh, en }: { zh: string; en: string }): void {
  expect(zh).toMatch(/\p{Script=Han}/u)
  expect(en).toMatch(/[a-z]{2}/)
  for (const text of [zh, en]) expect(text).not.toMatch(/\{\w+\}|undefined|null/)
}

const code = (index: number): string => stations.codes[index] ?? ''
const refusedScan = (text: string, refusal: RefusalCode, values?: RefusalValues): Promise<void> =>
  changesNothing(async () => isRefused(await stations.scan(screen, text), refusal, values))

/** Up to the scale: item 0 is in hand, its officer has signed. */
async function bringToScale(): Promise<void> {
  await stations.signIn(screen)
  await stations.scan(screen, code(0))
  await stations.scan(screen, OFFICER.badge)
  await screen.pin(OFFICER.pin)
  await screen.until(({ ask }) => ask.kind === 'weigh')
}

async function weighAgain(): Promise<void> {
  await screen.send({ type: 'command', step: screen.session?.step ?? 0, word: 'WEIGH' })
}

describe('codes', () => {
  beforeEach(() => stations.signIn(screen))

  it('unknown code: of another system, and of ours without an item or a list', async () => {
    await refusedScan('6901234567892', 'stations.unknown-code', { text: '6901234567892' })
    const item = makeCode({ kind: 'item', unit: '01', year: 2026, serial: 999_999 })
    await refusedScan(item, 'custody.unknown-item', { item })
    const list = makeCode({ kind: 'document', unit: '01', year: 2026, serial: 999_999 })
    await refusedScan(list, 'custody.unknown-list', { list })
    await refusedScan(makeCommandCode('DANCE'), 'stations.unknown-command', { word: 'DANCE' })
  })

  it('code of a refused item: sent back, it is to be seen by the custodian who did that, and by no other', async () => {
    const [others = '', own = ''] = await stations.registerGold(2)
    await stations.handOver([others, own])
    await stations.post(OTHER.id, '/api/custody/refuse-item', { items: [others], reason: '数量不符' })
    await stations.post(CUSTODIAN.id, '/api/custody/refuse-item', { items: [own], reason: '数量不符' })
    await refusedScan(others, 'custody.unknown-item', { item: others })
    expect((await stations.scan(screen, own)).code).toBe('custody.shown')
  })

  it('code of a refused label: the printer had no paper, and its reprint has made it void', async () => {
    await screen.ready('printer-1')
    stations.printer.set({ paperOut: true })
    await wantLabel(code(4), 'custody.want-label')
    await settled(code(4), 1, 'failed')
    stations.printer.set({ paperOut: false })
    await screen.ready('printer-1')
    await wantLabel(code(4), 'custody.reprint')
    await settled(code(4), 2, 'printed')
    await refusedScan(code(4), 'custody.label-void', { code: code(4), issue: 1 })
  })

  it('code of a label that was to be printed again on no paper: it still counts, the one that never came out does not', async () => {
    const [item] = await stations.registerGold(1)
    expect.assert(item !== undefined)
    await stations.handOver([item])
    await screen.ready('printer-1')
    await wantLabel(item, 'custody.want-label', OFFICER.id)
    await settled(item, 1, 'printed')
    stations.printer.set({ paperOut: true })
    await wantLabel(item, 'custody.reprint', OFFICER.id)
    await settled(item, 2, 'failed')
    stations.printer.set({ paperOut: false })
    expect((await stations.scan(screen, item)).code).toBe('custody.list-opened')
  })

  it('code of a void label: a reprint has taken its place; and of an issue that never was', async () => {
    await screen.ready('printer-1')
    await wantLabel(code(5), 'custody.want-label')
    await settled(code(5), 1, 'printed')
    await wantLabel(code(5), 'custody.reprint')
    await settled(code(5), 2, 'printed')
    await refusedScan(code(5), 'custody.label-void', { code: code(5), issue: 1 })
    await refusedScan(makeLabelCode(code(5), 9), 'custody.label-void', { code: code(5), issue: 9 })
  })

  it('wrong check character: one read wrong, and two neighbours swapped', async () => {
    const [a = '', b = ''] = [code(0)[10], code(0)[11]]
    await refusedScan(`${code(0).slice(0, -1)}${code(0).endsWith('A') ? 'B' : 'A'}`, 'stations.wrong-check')
    const swapped = a === b ? `${code(0).slice(0, 12)}00` : `${code(0).slice(0, 10)}${b}${a}${code(0).slice(12)}`
    await refusedScan(swapped, 'stations.wrong-check')
  })
})

const inHalfWidth = { zh: expect.stringContaining('半角') as string }

describe('what an input method makes of a code', () => {
  it('full-width characters, at a scanner’s wedge, on paper that was read back and in the search: refused alike', async () => {
    await stations.signIn(screen)
    const wide = code(0).replaceAll(/[^]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0))
    const mixed = code(0).replace('0', '０')
    await refusedScan(wide, 'stations.full-width')
    await changesNothing(async () => {
      await screen.send(typed(mixed))
      isRefused((await screen.verdict('stations.full-width')).verdict, 'stations.full-width')
    })
    const ask = (url: string) => stations.server.as(OFFICER.id, { method: 'GET', url })
    for (const text of [wide, mixed]) {
      const inAddress = encodeURIComponent(text)
      isProblem(
        await stations.send(OFFICER.id, 'POST', '/api/labels/scanned', { scan: text }),
        'stations.full-width',
        {},
      )
      isProblem(await ask(`/api/search?q=${inAddress}`), 'stations.full-width', {})
      // Where a program names an item its code has a schema, which says so in words as well.
      const move = { items: [{ item: text, location: stations.safe }] }
      for (const answer of [
        await ask(`/api/items/${inAddress}`),
        await stations.send(CUSTODIAN.id, 'POST', '/api/custody/move', move),
      ])
        expect(answer.json<Problem>()).toMatchObject({ code: 'request.invalid', words: { detail: inHalfWidth } })
    }
  })
})

describe('places and people', () => {
  it('wrong station: a list of one store at the bench of another', async () => {
    const { act } = stations.server.deps
    const as = (step: string) => ({ cause: `second store ${step}`, at: stations.now() })
    const who = { person: SYSTEM }
    await act(who, { type: 'org.open-store', store: 'store-2', name: '涉案财物二号库', unit: 'keeping' }, as('open'))
    await act(who, { type: 'org.appoint', person: OTHER.id, post: 'custodian', place: 'store-2' }, as('post'))
    const settings = { name: '二号库入库台', kind: 'bench', place: 'store-2', devices: [] }
    const put = await stations.send('xu-system', 'PUT', '/api/stations/bench-3', settings)
    expect(put.statusCode, put.body).toBe(200)
    const elsewhere = await stations.openScreen('bench-3')
    await changesNothing(async () => {
      const { session } = await elsewhere.send(typed(CUSTODIAN.badge))
      isRefused(session.verdict, 'stations.no-post-here', { name: CUSTODIAN.name, place: '涉案财物二号库' })
      await elsewhere.send(typed(OTHER.badge))
      await elsewhere.pin(OTHER.pin)
      const scanned = await elsewhere.send(typed(stations.list))
      isRefused(scanned.session.verdict, 'custody.wrong-station', {
        ...{ place: '涉案财物二号库', store: '涉案财物一号库' },
      })
    })
    elsewhere.close()
  })

  it('wrong person: nobody, a stranger’s badge, no post here, a wrong PIN, an officer of another unit', async () => {
    await refusedScan(code(0), 'stations.nobody')
    await screen.ready('badge-1')
    await changesNothing(async () => {
      await stations.badge.present('B999999')
      isRefused((await screen.verdict('stations.unknown-badge')).verdict, 'stations.unknown-badge')
    })
    await refusedScan(OFFICER.badge, 'stations.no-post-here', { name: OFFICER.name, place: '涉案财物一号库' })
    await stations.scan(screen, CUSTODIAN.badge)
    await changesNothing(async () => {
      const { session } = await screen.pin('000000')
      expect(session.verdict).toMatchObject({ outcome: 'refused', code: 'stations.wrong-pin' })
      expect(session).toMatchObject({ custodian: null, ask: { kind: 'pin' } })
    })
    await screen.pin(CUSTODIAN.pin)
    await stations.scan(screen, stations.list)
    await refusedScan(OTHER_UNIT.badge, 'custody.not-your-unit', { unit: '第一审查调查室' })
    expect(screen.session).toMatchObject({ ask: { kind: 'scan-badge' }, work: { second: null } })
  })

  it('same person twice: who keeps cannot also hand over', async () => {
    await stations.signIn(screen)
    await stations.scan(screen, stations.list)
    const values = { person: CUSTODIAN.name, role: '保管人员', roleEn: 'custodian' }
    await refusedScan(CUSTODIAN.badge, 'custody.same-person', values)
    expect(screen.session?.work?.second).toBeNull()
  })

  it('wrong order: a shelf before its item, a card that is not asked for, a move before the check-in', async () => {
    await stations.signIn(screen)
    await stations.scan(screen, stations.list)
    await stations.scan(screen, OFFICER.badge)
    await screen.pin(OFFICER.pin)
    await changesNothing(async () => {
      const verdict = await stations.scan(screen, stations.safe)
      expect(verdict).toMatchObject({ outcome: 'refused', code: 'stations.wrong-kind', rule: { zh: '按步骤办理' } })
      expect(verdict.words).toEqual({
        zh: `扫到的是库位 ${stations.safe}；现在要扫描下一件物品`,
        en: `That was shelf ${stations.safe}. Now scan the next item`,
      })
    })
    await refusedScan(makeCommandCode('WEIGH'), 'stations.not-asked', {
      ...{ word: '称重', wordEn: 'weigh' },
      ...{ wanted: '扫描下一件物品', wantedEn: 'scan the next item' },
      ...{ way: '要改办别的，先扫“取消”卡', wayEn: 'to do something else, scan the CANCEL card before' },
    })
    await changesNothing(async () => {
      const body = { items: [{ item: code(0), location: stations.safe }] }
      isProblem(await stations.send(CUSTODIAN.id, 'POST', '/api/custody/move', body), 'custody.wrong-order')
    })
  })
})

describe('time', () => {
  beforeEach(() => stations.signIn(screen))

  it('stale scan: whatever held it up, from a scanner or from a screen', async () => {
    const superuser = new pg.Client(stations.server.database.superConfig)
    await superuser.connect()
    await changesNothing(async () => {
      await superuser.query('begin')
      await superuser.query(`select from station_sessions where station = 'bench-1' for update`)
      await stations.scanner.scan(code(4))
      await expect
        .poll(
          async () =>
            (
              await superuser.query(
                `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
              )
            ).rowCount,
          { timeout: WAIT_MS },
        )
        .toBeGreaterThan(0)
      stations.pass(7_000)
      await superuser.query('commit')
      const { verdict } = await screen.verdict('stations.stale')
      expect(verdict?.words.zh).toMatch(/已过去 [789] 秒/)
      expect(verdict).toMatchObject({ outcome: 'refused', rule: { zh: '过时扫描不处理' } })
    })
    await superuser.end()
    await changesNothing(async () => {
      const { session } = await screen.send(typed(code(4), 60_000))
      expect(session).toMatchObject({ work: null, verdict: { outcome: 'refused', code: 'stations.stale' } })
    })
  })

  it('double scan: one pull of the trigger that reads twice counts once', async () => {
    await stations.scan(screen, code(5))
    const line = Buffer.from(`${makeCommandCode('LOOKUP')}\r`)
    await stations.scanner.sendRaw(Buffer.concat([line, line]))
    // Nothing is wrong: it is said in a neutral tone, and is no refusal.
    expect((await screen.verdict('stations.double-scan')).verdict).toMatchObject({ outcome: 'ask', tone: 'attention' })
    expect(screen.session).toMatchObject({ work: { procedure: 'look-up', item: null } })
  })
})

describe('devices', () => {
  it('unfinished line on unplug: a fault, never a code', async () => {
    await stations.signIn(screen)
    await changesNothing(async () => {
      await stations.scanner.sendRaw(Buffer.from(`6901234567892\r${code(0).slice(0, 6)}`))
      await screen.verdict('stations.unknown-code')
      await stations.scanner.unplug()
      isFault((await screen.verdict('devices.line-cut')).verdict, 'scanner', 'line-cut')
    })
    await screen.until(() => screen.stateOf('scanner-1') === 'gone')
    await stations.scanner.replug()
    await screen.ready('scanner-1')
  })

  it('printer out of paper: the job is refused, in words, and nothing is printed', async () => {
    await screen.ready('printer-1')
    const pages = stations.printer.pages().length
    stations.printer.set({ paperOut: true })
    await wantLabel(code(0), 'custody.want-label')
    const { fault } = await settled(code(0), 1, 'failed')
    expect(fault).toEqual({ code: 'device-error', conditions: ['paper-out'] })
    expect(stations.printer.pages()).toHaveLength(pages)
    stations.printer.set({ paperOut: false })
    await screen.ready('printer-1')
  })

  it('printer gone in mid-job: unknown, said so, and never printed again by itself', async () => {
    await screen.ready('printer-1')
    const pages = stations.printer.pages().length
    stations.printer.set({ dieAfterBytes: 400 })
    await wantLabel(code(1), 'custody.want-label')
    const { fault } = await settled(code(1), 1, 'unknown')
    expect(fault).toMatchObject({ code: expect.stringMatching(/^(port-gone|no-answer)$/) })
    await stations.printer.replug()
    await screen.ready('printer-1')
    // The next job shows that the one before was passed over.
    await wantLabel(code(2), 'custody.want-label')
    await settled(code(2), 1, 'printed')
    expect(stations.printer.pages()).toHaveLength(pages + 1)
  })

  it('scale unstable until its time is up, then silent: no weight is taken, and the step stays', async () => {
    await screen.ready('scale-1')
    stations.scale.load(GOLD_MG, { stable: false })
    await bringToScale()
    await changesNothing(async () => {
      isFault((await screen.verdict('devices.unstable')).verdict, 'scale', 'unstable')
      expect(screen.session?.ask.kind).toBe('weigh')
      stations.scale.silence(true)
      await stations.scanner.scan(makeCommandCode('WEIGH'))
      isFault((await screen.verdict('devices.no-answer')).verdict, 'scale', 'no-answer')
      expect(screen.session).toMatchObject({ ask: { kind: 'weigh' }, work: { item: { code: code(0) } } })
    })
    stations.scale.silence(false)
    stations.scale.settle()
    await screen.ready('scale-1')
  })

  it('a weight below zero or beyond the scale is no weight', async () => {
    await screen.ready('scale-1')
    stations.scale.load(7_000_000)
    await bringToScale()
    await changesNothing(async () => {
      isFault((await screen.verdict('devices.overload')).verdict, 'scale', 'overload')
      stations.scale.load(-60_000)
      await weighAgain()
      isFault((await screen.verdict('devices.underload')).verdict, 'scale', 'underload')
      stations.scale.load(-10_000)
      await weighAgain()
      isRefused((await screen.verdict('custody.weight-absurd')).verdict, 'custody.weight-absurd', {
        weight: '-10.000',
      })
      expect(screen.session?.ask.kind).toBe('weigh')
    })
    stations.scale.load(0)
  })
})

describe('fields', () => {
  const items = `/api/cases/${encodeURIComponent(CASE)}/items`
  const registered = (change: object): object => ({
    items: [{ ...gold, seal: { number: 'F-9', signers: [OFFICER.id, 'li-na'] }, ...change }],
    measure: { noticeNumber: '扣〔2026〕9号', place: '办公室' },
    holder: { attendance: 'SIGNED', name: '张某' },
    witness: { attendance: 'SIGNED', name: '王某' },
    relevance: '涉嫌违纪违法事实中的财物',
  })
  const sent = (change: object) => stations.send(OFFICER.id, 'POST', items, registered(change))

  it('negative or absurd quantities: none is registered', async () => {
    await changesNothing(async () => {
      for (const quantity of [-1, 0, '-0.5', '1e3', '٣', '1.23456789', '99999999999999999999'])
        isProblem(await sent({ quantity }), 'custody.quantity')
      for (const quantity of [1e308, 0.5, true, null, '']) {
        const { code: refusal } = (await sent({ quantity })).json<Problem>()
        expect(['request.invalid', 'custody.quantity'], `${quantity}`).toContain(refusal)
      }
      for (const weight_mg of [0, -5, 1e15]) isProblem(await sent({ weight_mg }), 'custody.weight-absurd')
      isProblem(await sent({ weight_mg: 0.5 }), 'request.invalid')
    })
  })

  it('unknown fields: named and refused, at a screen and over the API', async () => {
    await changesNothing(async () => {
      isProblem(await sent({ colour: 'red' }), 'request.invalid')
      isProblem(await sent(JSON.parse('{"__proto__":{"x":1}}') as object), 'request.not-json')
      isProblem(await screen.post({ type: 'scan', text: 'A', age_ms: 0, colour: 'red' }), 'request.invalid')
      isProblem(await screen.post({ type: 'dance' }), 'request.invalid')
      isProblem(await screen.post({ type: 'scan', text: 'A', age_ms: -1 }), 'request.invalid')
      isProblem(await screen.post({ type: 'scan', text: 'A'.repeat(513), age_ms: 0 }), 'request.invalid')
      isProblem(await screen.post({ type: 'pin', step: '1', pin: '1' }), 'request.invalid')
    })
    expect(screen.session?.custodian).toBeNull()
    expect(screen.session?.verdict?.code).not.toBe('request.invalid')
  })

  it('oversized photos: by bytes, and by pixels', async () => {
    await changesNothing(async () => {
      const large = Buffer.alloc(20 * 1024 * 1024 + 1, await tinyPhoto())
      isProblem(await upload(large), 'file.too-large', { position: 1, limit_mb: 20 })
      isProblem(await upload(pngOf(pngHeader(14_000, 14_000))), 'file.too-many-pixels')
    })
  })

  it('non-images: by what they are, whatever they are called', async () => {
    await changesNothing(async () => {
      const notPictures = ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'MZ\x90', '%PDF-1.7', '']
      for (const bytes of notPictures)
        isProblem(await upload(Buffer.from(bytes, 'latin1')), 'file.not-a-picture', { position: 1 })
      const whole = await tinyPhoto()
      isProblem(await upload(whole.subarray(0, whole.length / 2)), 'file.broken')
    })
  })
})

describe('races', () => {
  const RACERS = 200

  it(`two custodians racing for one item: of ${RACERS} requests over HTTP exactly one wins, the others are told why`, async () => {
    const item = code(3)
    const items = [{ item, weight_mg: GOLD_MG, sealNumber: 'F-3' }]
    const givers = [signatureOf(OFFICER.id), signatureOf('li-na')]
    const answers = await Promise.all(
      Array.from({ length: RACERS }, (_, index) => {
        const signatures = givers.slice(index % 2, (index % 2) + 1)
        const body = { items, location: stations.safe, signatures }
        return insists(index % 2 === 0 ? CUSTODIAN.id : OTHER.id, body)
      }),
    )
    const won = answers.filter(({ statusCode }) => statusCode === 200)
    expect(won).toHaveLength(1)
    for (const lost of answers.filter((one) => one !== won[0])) {
      expect(lost.statusCode).toBe(409)
      isProblem(lost, 'custody.wrong-order')
    }
    const chain = await stations.server.as(OFFICER.id, { url: `/api/items/${item}/chain` })
    const { intact, entries } = chain.json<{ intact: boolean; entries: { type: string }[] }>()
    expect(intact).toBe(true)
    expect(entries.filter(({ type }) => type === 'custody.checked-in')).toHaveLength(1)
    expect(await stations.faults()).toEqual([])
  })

  /** As a program does whom a busy server asks to come again: the same request under the same key. */
  async function insists(person: string, payload: object) {
    const key = crypto.randomUUID()
    for (;;) {
      stations.server.setNow(stations.now())
      const request = { method: 'POST', url: '/api/custody/check-in', payload, key } as const
      const answer = await stations.server.as(person, request)
      if (answer.statusCode !== 503) return answer
      expect(answer.json<Problem>().code).toBe('server.busy')
    }
  }
})

let asked = 0

async function wantLabel(
  item: string,
  type: 'custody.want-label' | 'custody.reprint',
  person = CUSTODIAN.id,
): Promise<void> {
  const reason = type === 'custody.reprint' ? { reason: '破损' } : {}
  const command = { type, codes: [item], template: 'item-card', station: 'bench-1', ...reason }
  const cause = `label ${(asked += 1)}`
  await stations.server.deps.act({ person }, command, { cause, at: stations.now() })
}

/** Waits until this issue of an item's label is so. */
async function settled(item: string, issue: number, status: string): Promise<{ status: string; fault: unknown }> {
  const read = async () => {
    const found = await sql<{ status: string; fault: unknown }>`
      select status, state -> 'fault' as fault from labels where code = ${item} and issue = ${issue}
    `.execute(stations.db)
    return found.rows[0]
  }
  await expect.poll(async () => (await read())?.status, { timeout: WAIT_MS }).toBe(status)
  const found = await read()
  if (found === undefined) throw new Error('the label is gone')
  return found
}

function tinyPhoto(): Promise<Buffer> {
  return sharp({ create: { width: 64, height: 64, channels: 3, background: '#888' } })
    .jpeg()
    .toBuffer()
}

function upload(content: Buffer) {
  const boundary = 'clearhold-boundary'
  stations.server.setNow(stations.now())
  return stations.server.as(OFFICER.id, {
    method: 'POST',
    url: '/api/files',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`,
      ),
      content,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  })
}
