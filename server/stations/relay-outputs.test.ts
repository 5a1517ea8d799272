import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { SYSTEM } from '../module.ts'
import type { Refusal } from '../refusal.ts'
import { testServer, type TestServer } from '../testing.ts'
import { boardsEver, lockGuard } from './relay-outputs.ts'

/** No alarm opens a lock (rules W-10): what an administrator tries in order to name a lock's output a siren. */

const ADMIN = 'xu-system'
const HOST = '192.168.7.20'
const REFUSED = { code: 'stations.lock-is-no-siren' }

let server: TestServer
let tries = 0
/** Each test has a line and stations of its own: a lock is one for ever. */
let tests = 0

beforeAll(async () => {
  server = await testServer()
  const second = { type: 'org.open-store', store: 'store-2', name: '二号库', unit: 'keeping' }
  await server.deps.act({ person: SYSTEM }, second as never, { cause: 'a second store' })
})
beforeEach(() => {
  tests += 1
})
afterAll(() => server.close())

interface Board {
  readonly id?: string
  /** The host of the line, as it is spelt. */
  readonly at?: string
  readonly address?: number
  readonly locks?: number
  readonly siren?: number
}
const lineOf = (host = HOST): string => {
  const [agent, at] = host.includes('/') ? host.split('/') : ['', host]
  return `${agent}${agent === '' ? '' : '/'}tcp://${at}:${4000 + tests}`
}
const relay = ({ at, ...board }: Board) => ({
  ...{ id: 'relay-1', kind: 'relay', protocol: 'lock', port: lineOf(at) },
  ...board,
})
const named = (station: string): string => `${station}-${tests}`

function act(command: object) {
  tries += 1
  return server.deps.act({ person: ADMIN }, command as never, { cause: `try ${tries}` })
}
function configure(station: string, ...boards: readonly Board[]) {
  return configureAt('store-1', station, ...boards)
}
function configureAt(place: string, station: string, ...boards: readonly Board[]) {
  const settings = { name: station, kind: 'door', place, devices: boards.map(relay) }
  return act({ type: 'stations.configure', station: named(station), ...settings })
}

describe('what was a lock is no siren', () => {
  it.each<[string, Board]>([
    ['as it is', { siren: 2 }],
    ['with locks beside it', { siren: 2, locks: 4 }],
    ['with fewer locks than before', { siren: 2, locks: 1 }],
    ['with the board’s number written out', { siren: 2, address: 1 }],
    ['by another name of the device', { id: 'alarm-1', siren: 2 }],
    ['with octal numbers', { siren: 2, at: '192.168.07.024' }],
    ['by an address in hexadecimal', { siren: 2, at: '0xc0.0xa8.7.20' }],
    ['by a mapped address', { siren: 2, at: '[::ffff:192.168.7.20]' }],
    ['by a name', { siren: 2, at: 'locks.store-1' }],
    ['through another PC', { siren: 2, at: `agent:pc-1/${HOST}` }],
  ])('at the same station: %s', async (_how, board) => {
    await configure('door-1', { locks: 2 })
    await expect(configure('door-1', board)).rejects.toMatchObject(REFUSED)
    // Taken away first, by an act that is allowed.
    await configure('door-1')
    await expect(configure('door-1', board)).rejects.toMatchObject(REFUSED)
    await expect(configure('door-2', board)).rejects.toMatchObject(REFUSED)
  })

  it('after the device was moved to another station, and taken away there', async () => {
    await configure('door-1', { locks: 2 })
    await configure('door-2')
    await act({ type: 'stations.move-device', station: named('door-1'), device: 'relay-1', to: named('door-2') })
    await configure('door-2')
    for (const station of ['door-1', 'door-2', 'door-3'])
      await expect(configure(station, { siren: 1 })).rejects.toMatchObject(REFUSED)
  })

  it('by two devices of one station, in either order', async () => {
    const other = { id: 'relay-2', at: 'name.of.it', siren: 2 }
    await expect(configure('door-1', { locks: 2 }, other)).rejects.toMatchObject(REFUSED)
    await expect(configure('door-1', other, { locks: 2 })).rejects.toMatchObject(REFUSED)
  })

  it('by whoever comes first of two at once', async () => {
    const both = await Promise.allSettled([
      configure('door-1', { locks: 2 }),
      configure('door-2', { siren: 2, at: 'name.of.it' }),
    ])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })
})

it('lets no lock be set up where another station sounds a siren', async () => {
  await configure('door-1', { siren: 2, locks: 1 })
  await expect(configure('door-2', { at: 'name.of.it', locks: 2 })).rejects.toMatchObject(REFUSED)
  await configure('door-2', { at: '192.168.7.21', locks: 2 })
})

describe('a lock stays with its store', () => {
  const STAYS = { code: 'stations.lock-stays', values: { place: 'store-1', to: 'store-2' } }

  it('whatever is done with its station, or with another', async () => {
    await configure('door-1', { locks: 2 })
    await configureAt('store-2', 'door-2')
    const move = { type: 'stations.move-device', station: named('door-1'), device: 'relay-1', to: named('door-2') }
    await expect(act(move)).rejects.toMatchObject(STAYS)
    await expect(configureAt('store-2', 'door-1', { locks: 2 })).rejects.toMatchObject(STAYS)
    // Taken away first, by an act that is allowed.
    await configure('door-1')
    for (const board of [{ locks: 2 }, { id: 'relay-9', locks: 1 }, { locks: 2, at: 'name.of.it' }])
      await expect(configureAt('store-2', 'door-2', board)).rejects.toMatchObject(STAYS)
    await configureAt('store-2', 'door-2', { locks: 2, at: '192.168.7.21' })
    await configure('door-1', { locks: 2 })
  })

  it('a board that only sounds goes where it is wanted', async () => {
    await configure('door-1', { locks: 1, siren: 1 })
    await configureAt('store-2', 'door-2')
    await act({ type: 'stations.move-device', station: named('door-1'), device: 'relay-1', to: named('door-2') })
  })

  it('says which, whose and the rule', async () => {
    await configure('door-1', { locks: 2 })
    const refusal: Refusal = await configureAt('store-2', 'door-2', { locks: 2, at: 'name.of.it' }).then(
      () => Promise.reject(new Error('nothing was refused')),
      (error: Refusal) => error,
    )
    const { detail, rule } = refusal.notice()
    expect([detail.zh, detail.en].every((words) => words.includes('store-1') && words.includes('store-2'))).toBe(true)
    expect(rule?.zh).toContain('双人双锁')
  })
})

it('names the lock, the siren and the rule', async () => {
  await configure('door-1', { locks: 2 })
  const refusal: Refusal = await configure('door-2', { id: 'alarm-1', siren: 2, at: 'name.of.it' }).then(
    () => Promise.reject(new Error('nothing was refused')),
    (error: Refusal) => error,
  )
  const { detail, rule } = refusal.notice()
  expect(detail.zh).toContain(`${named('door-1')} 的 relay-1`)
  expect(detail.en).toContain(`alarm-1 of ${named('door-2')}`)
  expect(rule?.zh).toContain('双人双锁')
})

it('leaves what is no lock to sirens: outputs behind the locks, other boards of the line, other lines', async () => {
  await configure('door-1', { locks: 2, siren: 3, address: 1 })
  await configure('door-2', { siren: 2, address: 2 })
  await configure('door-3', { siren: 1, at: '192.168.7.21' })
  // What sounded may become a lock: two open it, and from then on it is one.
  await configure('door-1', { locks: 3, address: 1 })
  await expect(configure('door-1', { locks: 2, siren: 3, address: 1 })).rejects.toMatchObject(REFUSED)
})

it('gives a board to one station alone, whether or not its number is written out', async () => {
  await configure('door-1', { locks: 2 })
  const twice = { code: 'stations.port-twice' }
  await expect(configure('door-2', { locks: 2, address: 1 })).rejects.toMatchObject(twice)
  await expect(configure('door-2', { locks: 2, address: 7 })).rejects.toMatchObject(twice)
  await expect(configure('door-2', { at: '192.168.1812', locks: 2 })).rejects.toMatchObject(twice)
})

it('knows every board that ever was, and keeps a siren on one of its locks silent', async () => {
  await configure('door-1', { locks: 2 })
  await configure('door-1')
  const ever = await boardsEver(server.database.db)
  expect(ever.filter(({ station }) => station === named('door-1'))).toEqual([
    { ...relay({ locks: 2 }), station: named('door-1'), place: 'store-1' },
  ])
  const isLock = lockGuard(server.database.db)
  const board = { kind: 'relay', port: lineOf() } as const
  expect(await isLock({ ...board, siren: 2 })).toBe(true)
  expect(await isLock({ ...board, siren: 3 })).toBe(false)
  expect(await isLock({ ...board, siren: 2, address: 2 })).toBe(false)
})
