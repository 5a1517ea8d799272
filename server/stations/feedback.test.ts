import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type EmulatedSsiScanner, startSsiScanner } from '../../devices/emulators/scanner-ssi.ts'
import { CUSTODIAN, type Screen, TestStations } from './testing.ts'

/** A verdict is heard where the scan was made: on the scanner, which the person holds, not only on the screen. */

const WAIT_MS = 30_000
const BEEP = 0xe6
const ONE_LONG_LOW = 0x0f
const LED_ON = 0xe7

let stations: TestStations
let ssi: EmulatedSsiScanner
let screen: Screen

beforeAll(async () => {
  ;[stations, ssi] = await Promise.all([TestStations.open(), startSsiScanner({ listen: 'tcp:0' })])
  const devices = [{ id: 'gun', kind: 'scanner', protocol: 'ssi', port: ssi.address }]
  const put = { name: '二号入库台', kind: 'bench', place: 'store-1', devices }
  expect((await stations.send('xu-system', 'PUT', '/api/stations/bench-2', put)).statusCode).toBe(200)
  await stations.startDesk()
  screen = await stations.openScreen('bench-2')
  await screen.ready('gun')
})
afterAll(async () => {
  screen.close()
  await stations.close()
  await ssi.close()
})

/** How often the host has sent this command: length, opcode, source, status, and what follows. */
function heard(opcode: number, ...data: readonly number[]): number {
  const bytes = Buffer.from(ssi.received())
  const command = Buffer.from([4 + data.length, opcode, 0x04, 0x00, ...data])
  let count = 0
  for (let at = bytes.indexOf(command); at >= 0; at = bytes.indexOf(command, at + 1)) count += 1
  return count
}

/** Scans and waits for what the screen says of it. */
async function scan(text: string, code: string): Promise<void> {
  const before = screen.session?.verdict?.id
  expect(await ssi.scan(text)).toBe('acknowledged')
  await screen.until(({ verdict }) => verdict?.code === code && verdict.id !== before)
}

it('a refused scan sounds the long low beep of the scanner, a taken one lights it, a double one neither', async () => {
  await scan(stations.codes[4] ?? '', 'stations.nobody')
  await vi.waitFor(() => expect(ssi.state().beeps).toEqual(['1 long low']), { timeout: WAIT_MS })
  expect(heard(BEEP, ONE_LONG_LOW)).toBe(1)
  expect(heard(LED_ON, 0x01)).toBe(0)

  await scan(CUSTODIAN.badge, 'stations.pin')
  await vi.waitFor(() => expect(heard(LED_ON, 0x01)).toBe(1), { timeout: WAIT_MS })
  await screen.pin(CUSTODIAN.pin)
  await screen.verdict('stations.signed-in')
  await scan(stations.codes[4] ?? '', 'custody.shown')
  await vi.waitFor(() => expect(heard(LED_ON, 0x01)).toBe(2), { timeout: WAIT_MS })

  stations.pass(500)
  await scan(stations.codes[4] ?? '', 'stations.double-scan')
  await scan('6901234567892', 'stations.unknown-code')
  await vi.waitFor(() => expect(ssi.state().beeps).toEqual(['1 long low', '1 long low']), { timeout: WAIT_MS })
  expect(heard(LED_ON, 0x01)).toBe(2)
}, 60_000)

it('what could not even be written down sounds bad too, and a deaf scanner holds nothing up', async () => {
  const beeps = ssi.state().beeps.length
  await sql`alter table station_readings rename to away`.execute(stations.server.database.ownerDb)
  try {
    await ssi.scan(stations.codes[5] ?? '')
    await vi.waitFor(() => expect(ssi.state().beeps.length).toBe(beeps + 1), { timeout: WAIT_MS })
    expect(screen.troubles.at(-1)).toMatchObject({ code: 'server.busy' })
  } finally {
    await sql`alter table away rename to station_readings`.execute(stations.server.database.ownerDb)
  }
  ssi.refuse(50, 0x06)
  await scan('6909876543210', 'stations.unknown-code')
  await scan(stations.codes[5] ?? '', 'custody.shown')
}, 60_000)
