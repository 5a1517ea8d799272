import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { startLockBoard, type EmulatedLockBoard } from '../../devices/emulators/relay.ts'
import { type EmulatedLlrpReader, startLlrpReader } from '../../devices/emulators/rfid-llrp.ts'
import { USUAL_GATE } from '../../devices/rfid/gate.ts'
import { alarmRoutes } from '../custody/door/alarm-routes.ts'
import { readChain } from '../custody/chain/chain.ts'
import type { ShownAlarm } from '../custody/protocol.ts'
import { readItem } from '../custody/reads.ts'
import { CUSTODIAN, TestStations, type Screen } from './testing.ts'

/** A store's door, from an antenna to every screen of the store and to the register. */

const WAIT_MS = 30_000
const TEST_MS = 120_000
const SIREN = 2

let stations: TestStations
let gate: EmulatedLlrpReader
let board: EmulatedLockBoard
let bench: Screen
let door: Screen

beforeAll(async () => {
  stations = await TestStations.open({ routes: alarmRoutes })
  gate = await startLlrpReader({ listen: 'tcp:0' })
  board = await startLockBoard({ listen: 'tcp:0' })
  const devices = [
    { id: 'gate-1', kind: 'rfid', protocol: 'llrp', port: gate.address, role: 'gate', antennas: [1, 2] },
    { id: 'relay-1', kind: 'relay', protocol: 'lock', port: board.address, locks: 4, locked: '11', siren: SIREN },
  ]
  const configured = {
    type: 'stations.configure',
    station: 'door-1',
    name: '库门',
    kind: 'door',
    place: 'store-1',
    devices,
  }
  await stations.server.deps.act({ person: 'system' }, configured, { cause: 'door', at: stations.now() })
  await stations.startDesk()
  bench = await stations.openScreen('bench-1')
  door = await stations.openScreen('door-1')
  await door.ready('gate-1', 'relay-1')
})
afterAll(async () => {
  bench.close()
  door.close()
  await stations.close()
  await gate.close()
  await board.close()
})

const tagOf = async (code: string): Promise<string> => {
  const item = await readItem(stations.db, code)
  if (item === null) throw new Error(`there is no ${code}`)
  return item.epc
}
const waiting = async (person: string): Promise<readonly ShownAlarm[]> => {
  stations.server.setNow(stations.now())
  const answer = await stations.server.as(person, { method: 'GET', url: '/api/alarms' })
  expect(answer.statusCode).toBe(200)
  return answer.json<{ alarms: readonly ShownAlarm[] }>().alarms
}
/** Before the one antenna, then before the other, then gone. */
const carried = async (code: string, way: readonly [number, number]): Promise<void> => {
  const epc = await tagOf(code)
  const before = gate.reads()
  const tid = gate.field.put({ epc, heard: { [way[0]]: -50 } })
  await vi.waitFor(() => expect(gate.reads()).toBeGreaterThan(before), { timeout: WAIT_MS })
  // Longer than what two antennas of one round may differ by.
  await vi.waitFor(() => expect(gate.reads()).toBeGreaterThan(before + 10), { timeout: WAIT_MS })
  gate.field.put({ epc, tid, heard: { [way[1]]: -50 } })
  const between = gate.reads()
  await vi.waitFor(() => expect(gate.reads()).toBeGreaterThan(between + 10), { timeout: WAIT_MS })
  gate.field.take(tid)
}
const alarmOf = (code: string): Promise<ShownAlarm> =>
  vi.waitFor(
    async () => {
      const found = (await waiting(CUSTODIAN.id)).find(({ item }) => item === code)
      if (found === undefined) throw new Error('no alarm yet')
      return found
    },
    { timeout: WAIT_MS },
  )

it(
  'alarms on every screen of the store, at the siren and in the register when something that lies in store passes',
  async () => {
    const code = stations.codes[4] ?? ''
    await carried(code, [1, 2])
    const alarm = await alarmOf(code)
    expect(alarm).toMatchObject({ station: 'door-1', side: 'inner', mayAcknowledge: true, acknowledged: null })
    for (const screen of [bench, door])
      await screen.until(({ alarms }) => alarms.some(({ id, item }) => id === alarm.id && item === code))
    await vi.waitFor(() => expect(board.isShut(SIREN)).toBe(false), { timeout: WAIT_MS })
    const { entries, faults } = await readChain(stations.db, code)
    expect(faults).toEqual([])
    expect(entries.at(-1)).toMatchObject({ type: 'custody.seen-at-door', station: 'door-1', actor: 'system' })
    await vi.waitFor(async () => expect((await alarmOf(code)).passed).toMatchObject({ outcome: 'out' }), {
      timeout: WAIT_MS,
    })
  },
  TEST_MS,
)

it(
  'says it once until somebody has acknowledged it with a reason, and again after that',
  async () => {
    const code = stations.codes[4] ?? ''
    const { id } = await alarmOf(code)
    await carried(code, [2, 1])
    expect((await waiting(CUSTODIAN.id)).map((one) => one.id)).toEqual([id])
    const acknowledge = (person: string) =>
      stations.send(person, 'POST', `/api/alarms/${id}/acknowledge`, { reason: '移库途中经过，已放回保险柜' })
    expect((await acknowledge('zhang-wei')).json()).toMatchObject({ code: 'access.no-post' })
    expect((await acknowledge(CUSTODIAN.id)).statusCode).toBe(200)
    expect((await acknowledge('zhou-ping')).json()).toMatchObject({ status: 409, code: 'custody.alarm-acknowledged' })
    await bench.until(({ alarms }) => alarms.length === 0)
    const settled = await stations.server.as('zhou-ping', { method: 'GET', url: '/api/alarms?state=settled' })
    expect(settled.json()).toMatchObject({
      alarms: [
        {
          id,
          item: code,
          acknowledged: { by: { who: `person/${CUSTODIAN.id}` }, reason: '移库途中经过，已放回保险柜' },
        },
      ],
      after: null,
    })
    // It is carried past until the door has taken it for gone in between: what was read last is told a moment after the tag has left.
    await vi.waitFor(
      async () => {
        await carried(code, [1, 2])
        expect((await waiting(CUSTODIAN.id)).filter((one) => one.item === code && one.id !== id)).toHaveLength(1)
      },
      { timeout: WAIT_MS, interval: USUAL_GATE.quiet_ms + 1_000 },
    )
    expect(await stations.faults()).toEqual([])
  },
  TEST_MS,
)

it(
  'lets through in silence what is with its case department, and a tag that is nobody’s',
  async () => {
    const before = (await waiting(CUSTODIAN.id)).length
    await carried(stations.codes[6] ?? '', [1, 2])
    const stray = gate.field.put({ epc: 'E28011606000020000000001', heard: { 1: -50 } })
    // What comes after it at the same door is heard after it.
    await carried(stations.codes[5] ?? '', [1, 2])
    gate.field.take(stray)
    const alarm = await alarmOf(stations.codes[5] ?? '')
    const found = await waiting(CUSTODIAN.id)
    expect(found).toHaveLength(before + 1)
    expect(found.at(-1)?.id).toBe(alarm.id)
    expect(await waiting('wang-qiang')).toEqual([])
  },
  TEST_MS,
)
