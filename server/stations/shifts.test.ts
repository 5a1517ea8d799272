import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { startBadgeReader } from '../../devices/emulators/badge.ts'
import { makeCommandCode } from '../../labels/item-code.ts'
import { SYSTEM } from '../module.ts'
import { dayBadgeOf } from '../org/vouching.ts'
import { DOUBLE_SCAN_MS } from './lateness.ts'
import { SHIFT_MS } from './session.ts'
import { CUSTODIAN, OFFICER, OTHER, type Screen, TestStations, typed } from './testing.ts'

/** What a badge is worth at a bench: a name. What proves is the PIN, and what entitles is what holds at this moment. */

const OWN_BADGE = { person: CUSTODIAN.id, badge: CUSTODIAN.badge }
let stations: TestStations
let screen: Screen
let acts = 0

beforeAll(async () => {
  stations = await TestStations.open()
})
afterAll(() => stations.close())
beforeEach(async () => {
  await stations.forget()
  await stations.startDesk()
  screen = await stations.openScreen()
  await screen.ready('scanner-1', 'badge-1')
  await stations.signIn(screen)
})
afterEach(async () => {
  screen.close()
  await stations.stopDesks()
})

const act = (command: { readonly type: string }) =>
  stations.server.deps.act({ person: SYSTEM }, command, { cause: `shift ${(acts += 1)}`, at: stations.now() })
/** Shows a badge to the scanner again, longer after the last time than a double scan takes. */
async function shown(badge: string): Promise<string> {
  stations.pass(DOUBLE_SCAN_MS + 1)
  return (await stations.scan(screen, badge)).code
}
const lock = () => screen.send({ type: 'command', step: screen.session?.step ?? 0, word: 'LOCK' })

it('a badge reader that was added to the station resumes no shift: the PIN is asked first, then it does', async () => {
  const reader = await startBadgeReader({ protocol: 'line', listen: 'tcp:0' })
  const listed = await stations.server.as('xu-system', { method: 'GET', url: '/api/stations' })
  const {
    id: _,
    version: __,
    ...settings
  } = listed
    .json<{ stations: { id: string; version: number; devices: object[] }[] }>()
    .stations.find(({ id }) => id === 'bench-1') ?? { id: '', version: 0, devices: [] }
  await lock()
  const own = { id: 'badge-9', kind: 'badge', protocol: 'line', port: reader.address }
  const devices = [...settings.devices, own]
  const put = await stations.send('xu-system', 'PUT', '/api/stations/bench-1', { ...settings, devices })
  expect(put.statusCode, put.body).toBe(200)
  await screen.ready('badge-9')

  await reader.present(CUSTODIAN.badge)
  await screen.verdict('stations.pin')
  expect(screen.session).toMatchObject({ state: 'signing-in', ask: { kind: 'pin', who: { id: CUSTODIAN.id } } })
  await screen.pin(CUSTODIAN.pin)
  await screen.verdict('stations.signed-in')
  await lock()
  expect(await shown(CUSTODIAN.badge)).toBe('stations.resumed')
  const back = await stations.send('xu-system', 'PUT', '/api/stations/bench-1', settings)
  expect(back.statusCode, back.body).toBe(200)
  await reader.close()
})

it('the officer’s badge that confirms a hand-over is his with the PIN only, typed on an unlocked screen as well', async () => {
  const [item = ''] = await stations.registerGold(1)
  const list = await stations.handOver([item])
  await stations.scan(screen, list)
  await stations.scan(screen, OFFICER.badge)
  await screen.pin(OFFICER.pin)
  await screen.verdict('custody.officer-signed')
  await stations.scan(screen, item)
  await stations.scan(screen, makeCommandCode('REFUSE'))
  await screen.send({ type: 'choose', step: screen.session?.step ?? 0, option: 'papers' })
  await screen.verdict('custody.line-refused')
  await stations.scan(screen, makeCommandCode('CONFIRM'))
  expect(screen.session?.ask).toMatchObject({ kind: 'scan-badge', who: { id: OFFICER.id } })

  await screen.send(typed(OFFICER.badge))
  await screen.verdict('stations.pin')
  const state = async () => {
    const found = await sql<{ status: string }>`
      select custody_status as status from items where id = ${item}
    `.execute(stations.db)
    return found.rows[0]?.status
  }
  expect(await state()).toBe('PENDING_HANDOVER')
  await screen.pin('000000')
  await screen.verdict('stations.wrong-pin')
  expect(await state()).toBe('PENDING_HANDOVER')
  await screen.pin(OFFICER.pin)
  await screen.verdict('custody.checked-in')
  expect(await state()).toBe('WITH_CASE_DEPT')
})

it('a revoked badge ends the shift that it opened, at once and on all screens, and what was begun is gone', async () => {
  await stations.scan(screen, stations.list)
  expect(screen.session?.work).not.toBeNull()
  const badge = { person: CUSTODIAN.id, badge: CUSTODIAN.badge }
  await act({ type: 'org.revoke-badge', ...badge })
  // Nobody does anything at the bench.
  const { verdict, ...ended } = await screen.verdict('stations.shift-ended')
  expect(verdict).toMatchObject({ outcome: 'refused', tone: 'refused' })
  expect(verdict?.words.zh).toContain('当班已结束：工牌已停用')
  expect(ended).toMatchObject({ state: 'locked', custodian: null, work: null, ask: { kind: 'scan-badge', who: null } })
  await act({ type: 'org.issue-badge', ...badge })
  expect(await shown(CUSTODIAN.badge)).toBe('stations.pin')
})

it('so does the end of the post here', async () => {
  const post = { person: CUSTODIAN.id, post: 'custodian', place: 'store-1' }
  await act({ type: 'org.end-appointment', ...post })
  await screen.verdict('stations.shift-ended')
  await act({ type: 'org.appoint', ...post })
})

it('who left the badge at home works by log-in and PIN after another custodian vouched, until the day is over', async () => {
  await lock()
  await act({ type: 'org.revoke-badge', ...OWN_BADGE })
  await screen.verdict('stations.shift-ended')
  await screen.send(typed(CUSTODIAN.id))
  await screen.verdict('stations.nobody')
  const vouching = (person: string, lost = false) =>
    stations.send(OTHER.id, 'POST', '/api/badges/vouch', { person, place: 'store-1', lost })
  expect((await vouching(OTHER.id)).json()).toMatchObject({ code: 'org.vouch-self' })
  expect((await vouching(OFFICER.id)).json()).toMatchObject({ code: 'org.vouch-post' })
  const vouched = await vouching(CUSTODIAN.id)
  expect(vouched.statusCode, vouched.body).toBe(201)
  expect((await vouching(CUSTODIAN.id)).json()).toMatchObject({ code: 'org.vouched-today' })

  stations.pass(DOUBLE_SCAN_MS + 1)
  await screen.send(typed(CUSTODIAN.id))
  await screen.verdict('stations.pin')
  await screen.pin(CUSTODIAN.pin)
  await screen.verdict('stations.signed-in')
  const asBadge = { badge: dayBadgeOf(CUSTODIAN.login), pin: CUSTODIAN.pin }
  const elsewhere = await stations.server.app.inject({ method: 'POST', url: '/api/session', payload: asBadge })
  expect(elsewhere.json()).toMatchObject({ code: 'access.wrong-secret' })
  const seen = await stations.server.as('zhou-ping', { method: 'GET', url: '/api/vouchings' })
  expect(seen.json()).toMatchObject({
    vouchings: [{ person: CUSTODIAN.id, by: OTHER.id, place: 'store-1', lost: false, times: 1 }],
  })
  stations.pass(Date.parse(vouched.json<{ until: string }>().until) - Date.parse(stations.now()))
  await screen.send(typed(stations.list))
  await screen.verdict('stations.shift-ended')
  await act({ type: 'org.issue-badge', ...OWN_BADGE })
})

it('a badge that is lost is blocked by the one who vouches, and opens nothing any more', async () => {
  await lock()
  const lost = { person: CUSTODIAN.id, place: 'store-1', lost: true }
  expect((await stations.send(OTHER.id, 'POST', '/api/badges/vouch', lost)).statusCode).toBe(201)
  await screen.verdict('stations.shift-ended')
  // The scanner has read the badge a moment ago, by its own clock: something else comes in between.
  await stations.scan(screen, stations.list)
  expect(await shown(CUSTODIAN.badge)).toBe('stations.nobody')
  await act({ type: 'org.issue-badge', ...OWN_BADGE })
})

it('whoever comes back by PIN to unfinished work is told to go on with it, not to scan', async () => {
  await stations.scan(screen, stations.list)
  await lock()
  stations.pass(SHIFT_MS)
  expect(await shown(CUSTODIAN.badge)).toBe('stations.pin')
  await screen.pin(CUSTODIAN.pin)
  const { verdict } = await screen.verdict('stations.signed-in')
  expect(verdict?.words.zh).toBe(`${CUSTODIAN.name} 已登录，从保留的步骤继续`)
})
