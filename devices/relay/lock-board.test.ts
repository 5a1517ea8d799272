import { afterEach, describe, expect, test, vi } from 'vitest'
import type { DriverOutlet } from '../driver.ts'
import { startLockBoard, type LockBoardOptions } from '../emulators/relay.ts'
import { PortClosed } from '../port.ts'
import { testBench, WIRES } from '../testing-bench.ts'
import { lockBoard } from './lock-board.ts'

/** What a busy machine is given. */
const PATIENT = { timeout: 20_000 }

const { bench, keep, pty } = testBench()

async function boardBench(options: LockBoardOptions, settings: { readonly locked?: '00' | '11' } = { locked: '11' }) {
  const board = keep(await startLockBoard(options))
  const opened = bench({ id: 'locks', kind: 'relay', protocol: 'lock', port: board.address, locks: 12, ...settings })
  await opened.becomes('locks', 'ready')
  const state = async () => (await opened.stations.lockState('bench-1', 'locks', 3, 3000)).state
  return { board, state, ...opened }
}

describe.each(WIRES)('a lock board on a %s', (wire) => {
  const listen = () => (wire === 'TCP' ? 'tcp:0' : pty('locks'))

  test('opens a lock and says so only when the lock itself does', async () => {
    const { board, stations, state } = await boardBench({ listen: listen() })
    expect(await state()).toBe('locked')
    expect(await stations.unlock('bench-1', 'locks', 3, 3000)).toEqual({ outcome: 'unlocked' })
    expect(board.isShut(3)).toBe(false)
    expect(await state()).toBe('unlocked')
    expect(await stations.unlock('bench-1', 'locks', 3, 3000)).toEqual({ outcome: 'unlocked' })
    expect(board.draws()).toBe(1)
    board.shut(3)
    expect(await state()).toBe('locked')
  })

  test('pulled out refuses at once, and sends nothing when it is back', async () => {
    const { board, stations, becomes } = await boardBench({ listen: listen() })
    await board.unplug()
    await becomes('locks', 'gone')
    expect(await stations.unlock('bench-1', 'locks', 3, 60_000)).toMatchObject({
      outcome: 'refused',
      fault: { code: 'port-gone' },
    })
    await board.replug()
    await becomes('locks', 'ready')
    expect(board.draws()).toBe(0)
  })
})

test('a board whose state bytes mean the opposite is read the other way round', async () => {
  const { stations, state } = await boardBench({ listen: 'tcp:0', shutByte: 0x00 }, { locked: '00' })
  expect(await state()).toBe('locked')
  expect(await stations.unlock('bench-1', 'locks', 3, 3000)).toEqual({ outcome: 'unlocked' })
})

test('a bolt that does not move is locked, also on a line that hears itself', { timeout: 30_000 }, async () => {
  const { board, stations } = await boardBench({ listen: 'tcp:0' })
  board.echo(true)
  board.jam(3)
  expect(await stations.unlock('bench-1', 'locks', 3, 3000)).toMatchObject({ outcome: 'locked' })
  expect(board.draws()).toBe(1)
})

test('a board that does not answer is told nothing', { timeout: 30_000 }, async () => {
  const { board, stations, becomes } = await boardBench({ listen: 'tcp:0' })
  board.silence(true)
  expect(await stations.unlock('bench-1', 'locks', 3, 3000)).toMatchObject({
    outcome: 'refused',
    fault: { code: 'no-answer' },
  })
  expect(await stations.lockState('bench-1', 'locks', 3, 3000)).toMatchObject({
    state: 'unknown',
    fault: { code: 'no-answer' },
  })
  expect(board.draws()).toBe(0)
  await becomes('locks', 'faulty')
  board.silence(false)
  await becomes('locks', 'ready')
})

test('a damaged answer is a fault, and the next one is read', async () => {
  const { board, stations, readings, state, told } = await boardBench({ listen: 'tcp:0' })
  board.badSumNext()
  expect(await stations.lockState('bench-1', 'locks', 3, 3000)).toMatchObject({ state: 'unknown' })
  await told(1)
  expect(readings[0]?.value).toMatchObject({ kind: 'fault', fault: { code: 'line-garbled' } })
  expect(await state()).toBe('locked')
})

test('a board that cannot be asked is told, and what came of it is unknown', async () => {
  const { board, stations } = await boardBench({ listen: 'tcp:0' }, {})
  expect(await stations.unlock('bench-1', 'locks', 3, 3000)).toMatchObject({ outcome: 'unknown' })
  await vi.waitFor(() => expect(board.isShut(3)).toBe(false), PATIENT)
  expect(await stations.lockState('bench-1', 'locks', 3, 3000)).toMatchObject({ state: 'unknown' })
})

test.each([0, 13, 1.5, -1])('lock %s is no lock, least of all every lock', async (lock) => {
  const { board, stations } = await boardBench({ listen: 'tcp:0' })
  expect(await stations.unlock('bench-1', 'locks', lock, 3000)).toMatchObject({ outcome: 'refused' })
  expect(board.draws()).toBe(0)
})

describe('commands to a board', () => {
  const closings: (() => void)[] = []
  afterEach(() => closings.splice(0).forEach((close) => close()))

  /** A driver whose wire is in the hands of the test. */
  function inHand(refuses: 'port-gone' | 'port-busy' | null = null) {
    const sent: string[] = []
    const outlet: DriverOutlet = {
      write(bytes) {
        const hex = Buffer.from(bytes).toString('hex')
        if (refuses !== null && hex.startsWith('8a'))
          return Promise.reject(new PortClosed({ code: refuses, detail: '' }))
        sent.push(hex)
        return Promise.resolve()
      },
      reading: () => 'reading',
      count: () => undefined,
      health: () => undefined,
      turn: (deed) => deed(),
      giveUp: () => undefined,
    }
    const board = lockBoard(outlet, { board: 1, locks: 4, locked: '11' })
    closings.push(() => board.closed(null))
    const answer = (lock: number, state: number): void =>
      board.bytes(Uint8Array.of(0x80, 1, lock, state, 0x80 ^ 1 ^ lock ^ state))
    const asked = (times: number) => vi.waitFor(() => expect(sent).toHaveLength(times), { timeout: 3000, interval: 1 })
    return { board, sent, answer, asked }
  }

  test('that wait beyond their deadline are dropped and never sent', async () => {
    const { board, sent, answer, asked } = inHand()
    const first = board.lockState(1, 5000)
    const late = board.unlock(2, 1)
    await asked(1)
    await new Promise((next) => setTimeout(next, 5))
    answer(1, 0x11)
    expect(await first).toEqual({ state: 'locked', fault: null })
    expect(await late).toMatchObject({ outcome: 'refused', fault: { code: 'port-busy' } })
    expect(sent).toHaveLength(1)
  })

  test('are at most four waiting; the next is refused', async () => {
    const { board, asked } = inHand()
    const four = Array.from({ length: 4 }, () => board.lockState(1, 50))
    expect(await board.unlock(1, 5000)).toMatchObject({ outcome: 'refused', fault: { code: 'port-busy' } })
    await asked(1)
    await Promise.all(four)
  })

  test('are refused on a closed port, those that wait too', async () => {
    const { board, sent, asked } = inHand()
    const asking = board.lockState(1, 5000)
    const waiting = board.unlock(2, 5000)
    await asked(1)
    board.closed({ code: 'port-gone', detail: 'pulled' })
    expect(await asking).toMatchObject({ state: 'unknown', fault: { code: 'port-gone' } })
    expect(await waiting).toMatchObject({ outcome: 'refused', fault: { code: 'port-gone' } })
    expect(await board.unlock(2, 5000)).toMatchObject({ outcome: 'refused', fault: { code: 'port-gone' } })
    expect(sent).toHaveLength(1)
  })

  test.each([
    ['port-busy', 'refused'],
    ['port-gone', 'unknown'],
  ] as const)('whose writing fails as %s are %s', async (code, outcome) => {
    const { board, answer, asked } = inHand(code)
    const opening = board.unlock(2, 5000)
    await asked(1)
    answer(2, 0x11)
    expect(await opening).toMatchObject({ outcome, fault: { code } })
  })

  test('to a lock that its board then says nothing of are unknown', { timeout: 30_000 }, async () => {
    const { board, sent, answer, asked } = inHand()
    const opening = board.unlock(2, 5000)
    await asked(1)
    answer(2, 0x11)
    expect(await opening).toMatchObject({ outcome: 'unknown', fault: { code: 'no-answer' } })
    expect(sent.filter((hex) => hex.startsWith('8a'))).toEqual(['8a01021198'])
  })
})
