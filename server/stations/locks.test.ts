import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type EmulatedLockBoard, startLockBoard } from '../../devices/emulators/relay.ts'
import { makeCommandCode } from '../../labels/item-code.ts'
import { lockRoutes } from '../custody/locks/routes.ts'
import { hintsInSight } from '../custody/sight/hints.ts'
import type { ShownOpening } from '../custody/protocol.ts'
import { demoPerson } from '../demo/organisation.ts'
import { CUSTODIAN, OFFICER, OTHER, type Screen, TestStations } from './testing.ts'

/** 双人双锁: the door of a store, from two badges to the bolt and to the register. */

const WAIT_MS = 30_000
const TEST_MS = 120_000
const APART_MS = 3_000
const FINANCE = demoPerson('guo-tao')
const ADMIN = demoPerson('xu-system')
const SIREN = 1

let stations: TestStations
let board: EmulatedLockBoard
let screen: Screen

beforeAll(async () => {
  stations = await TestStations.open({ routes: lockRoutes })
  board = await startLockBoard({ listen: 'tcp:0', locks: 3 })
  const device = { id: 'relay-1', kind: 'relay', protocol: 'lock', port: board.address, locks: 3, locked: '11' }
  const configured = {
    ...{ type: 'stations.configure', station: 'door-1', name: '库门', kind: 'door', place: 'store-1' },
    devices: [{ ...device, siren: SIREN }],
  }
  await stations.server.deps.act({ person: 'system' }, configured, { cause: 'door', at: stations.now() })
  await stations.startDesk()
  screen = await stations.openScreen()
  const door = await stations.openScreen('door-1')
  await door.ready('relay-1')
  door.close()
  await screen.ready('scanner-1')
  await stations.signIn(screen)
})
afterAll(async () => {
  screen.close()
  await stations.close()
  await board.close()
})

async function scan(text: string, expected: string): Promise<void> {
  // The same code twice in a moment is a slip of the hand.
  stations.pass(APART_MS)
  expect((await stations.scan(screen, text)).code).toBe(expected)
}

/** Badge and PIN of somebody who is to open. */
async function sign({ badge, pin }: typeof OTHER, expected: string): Promise<void> {
  await scan(badge, 'stations.pin')
  await screen.pin(pin)
  await screen.verdict(expected)
}

/** The last lock of the door is the one that is to be opened: stepped to with the cards alone. */
async function chooseLast(): Promise<void> {
  await scan(makeCommandCode('OPEN'), 'custody.opening-lock')
  expect(screen.session?.ask.options.map(({ words }) => words.zh).slice(0, 2)).toEqual(['库门 2 号锁', '库门 3 号锁'])
  await scan(makeCommandCode('REFUSE'), 'custody.opening-lock')
  await scan(makeCommandCode('CONFIRM'), 'custody.opening-lock')
}

async function openings(person: string): Promise<readonly ShownOpening[]> {
  stations.server.setNow(stations.now())
  const answer = await stations.server.as(person, { url: '/api/stores/store-1/openings' })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json<{ openings: readonly ShownOpening[] }>().openings
}

it(
  'opens for two who may and shows who did; nothing opens for one alone, twice the same, or one without the post',
  async () => {
    await chooseLast()
    await scan(OTHER.badge, 'custody.opener-first')
    await sign(CUSTODIAN, 'custody.opener-signed')
    await scan(CUSTODIAN.badge, 'custody.same-person')
    await scan(OFFICER.badge, 'custody.not-an-opener')
    await scan(ADMIN.badge, 'custody.not-an-opener')
    // Valuables lie in this store: its custodians have one key, finance the other.
    await scan(OTHER.badge, 'custody.finance-key')
    expect(screen.session?.verdict?.words.zh).toContain(OTHER.name)
    await scan(FINANCE.badge, 'stations.pin')
    await screen.pin('000000')
    await screen.verdict('stations.wrong-pin')
    expect(board.draws()).toBe(0)
    await screen.pin(FINANCE.pin)
    await screen.verdict('stations.lock-open')
    expect(screen.session).toMatchObject({
      work: null,
      verdict: { tone: 'accepted', words: { zh: '锁已打开，用后请锁好' } },
    })
    expect([1, 2, 3].map((lock) => board.isShut(lock))).toEqual([true, true, false])
    expect(await openings(CUSTODIAN.id)).toMatchObject([
      {
        ...{ place: '库门', lock: 3, outcome: 'unlocked' },
        openers: [{ name: CUSTODIAN.name }, { name: FINANCE.name }],
      },
    ])
    // The page of the store hears of it, and nobody who may not open that page.
    const [opening] = await openings(CUSTODIAN.id)
    const hint = { type: 'custody.lock-settled', subject: `opening/${opening?.id}`, at: stations.now() }
    const hears = async (person: string) =>
      (await hintsInSight(stations.server.deps.db, person, [{ register: 'store.store-1', seq: 1, ...hint }], hint.at))
        .length
    expect([await hears(CUSTODIAN.id), await hears(FINANCE.id), await hears(OFFICER.id)]).toEqual([1, 1, 0])
  },
  TEST_MS,
)

it(
  'opens nothing when the second comes late, and begins anew with the first',
  async () => {
    board.shut(3)
    const before = board.draws()
    await chooseLast()
    await sign(CUSTODIAN, 'custody.opener-signed')
    stations.pass(61_000)
    await scan(FINANCE.badge, 'custody.opener-late')
    expect(screen.session?.work?.steps[1]).toMatchObject({ name: 'first', state: 'now' })
    await sign(CUSTODIAN, 'custody.opener-signed')
    await scan(FINANCE.badge, 'stations.pin')
    stations.pass(61_000)
    await screen.pin(FINANCE.pin)
    await screen.verdict('custody.opener-late')
    expect(board.draws()).toBe(before)
    await sign(CUSTODIAN, 'custody.opener-signed')
    await sign(FINANCE, 'stations.lock-open')
    expect(board.draws()).toBe(before + 1)
  },
  TEST_MS,
)

it(
  'says of a lock that does not move, and of a board that does not answer, that it is shut',
  async () => {
    board.shut(3)
    board.jam(3)
    await chooseLast()
    await sign(CUSTODIAN, 'custody.opener-signed')
    await sign(FINANCE, 'stations.lock-shut')
    expect(board.isShut(3)).toBe(true)
    board.silence(true, { deaf: true })
    const draws = board.draws()
    await chooseLast()
    await sign(CUSTODIAN, 'custody.opener-signed')
    await sign(FINANCE, 'stations.lock-shut')
    expect(screen.session?.verdict?.words.zh).toContain('锁没有打开')
    board.silence(false)
    expect(board.draws()).toBe(draws)
    await vi.waitFor(
      async () =>
        expect((await openings('zhou-ping')).map(({ outcome }) => outcome).slice(0, 2)).toEqual(['refused', 'locked']),
      { timeout: WAIT_MS },
    )
  },
  TEST_MS,
)

it(
  'an administrator opens none by himself, and what two have signed is never sent by a process that came later',
  async () => {
    const draws = board.draws()
    const order = { do: 'unlock', lock: 2 }
    const refused = await stations.send(ADMIN.id, 'POST', '/api/stations/door-1/devices/relay-1/order', order)
    expect(refused.statusCode).toBe(400)
    expect((await stations.server.as(OFFICER.id, { url: '/api/stores/store-1/openings' })).statusCode).toBe(403)

    screen.close()
    await stations.stopDesk()
    const command = {
      ...{ type: 'custody.open-lock', store: 'store-1', board: 'door-1', device: 'relay-1', lock: 2 },
      firstAt: stations.now(),
    }
    const who = { person: CUSTODIAN.id, with: [FINANCE.id], station: { id: 'bench-1', place: 'store-1' } }
    await stations.server.deps.act(who, command, { cause: 'cut short', at: stations.now() })
    await stations.startDesk()
    await vi.waitFor(async () => expect((await openings(CUSTODIAN.id))[0]?.outcome).toBe('unknown'), {
      timeout: WAIT_MS,
    })
    expect(board.draws()).toBe(draws)
    const alone = stations.server.deps.act({ ...who, with: [] }, command, { cause: 'alone', at: stations.now() })
    await expect(alone).rejects.toMatchObject({ code: 'custody.openers-missing' })
    const keepers = { ...who, with: [OTHER.id] }
    const both = stations.server.deps.act(keepers, command, { cause: 'keepers', at: stations.now() })
    await expect(both).rejects.toMatchObject({ code: 'custody.finance-key' })
    expect(await stations.faults()).toEqual([])
  },
  TEST_MS,
)
