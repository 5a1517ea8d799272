import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { makeCommandCode } from '../../labels/item-code.ts'
import { CUSTODIAN, OFFICER, OTHER, type Screen, TestStations } from './testing.ts'

const SEAL = 'F-900'

let stations: TestStations
let code = ''

beforeAll(async () => {
  stations = await TestStations.open()
  const [made = ''] = await stations.register([
    {
      ...{ name: '存折', category: 'cards-securities', quantity: 1, unit: '本', features: '红色封皮' },
      details: { issuer: '某银行', account: '6222 0000' },
      seal: { number: SEAL, signers: [OFFICER.id, 'li-na'] },
    },
  ])
  code = made
  await stations.handOver([code])
})
afterAll(() => stations.close())
beforeEach(() => stations.forget())
afterEach(() => stations.stopDesks())

async function scan(screen: Screen, text: string, expected: string): Promise<void> {
  expect((await stations.scan(screen, text)).code).toBe(expected)
}

async function sign(screen: Screen, { badge, pin }: typeof OTHER, expected: string): Promise<void> {
  await scan(screen, badge, 'stations.pin')
  await screen.pin(pin)
  await screen.verdict(expected)
}

/** Who has signed the last fact of this kind beside its actor. */
async function signersOf(type: string): Promise<unknown> {
  const { rows } = await sql<{ signers: unknown }>`
    select text::jsonb->'with' as signers from entries
    where register = 'store.store-1' and type = ${type} and subject = ${`item/${code}`} order by seq desc limit 1
  `.execute(stations.db)
  return rows[0]?.signers
}

it('a passbook is taken in and moved by two custodians with badge and PIN, across a restart of the server', async () => {
  await stations.startDesk()
  let screen = await stations.openScreen()
  await screen.ready('scanner-1')
  await stations.signIn(screen)
  await scan(screen, code, 'custody.list-opened')
  await sign(screen, OFFICER, 'custody.item-in-hand')
  expect(screen.session).toMatchObject({ ask: { kind: 'scan-badge' }, work: { keeper: null } })
  await scan(screen, CUSTODIAN.badge, 'custody.same-person')
  await scan(screen, OFFICER.badge, 'custody.same-person')
  await scan(screen, stations.safe, 'stations.wrong-kind')
  await scan(screen, OTHER.badge, 'stations.pin')
  await screen.pin('000000')
  await screen.verdict('stations.wrong-pin')
  await screen.pin(OTHER.pin)
  await screen.verdict('custody.keeper-signed')

  await stations.stopDesk()
  screen.close()
  await stations.startDesk()
  screen = await stations.openScreen()
  await screen.ready('scanner-1')
  await scan(screen, CUSTODIAN.badge, 'stations.resumed')
  expect(screen.session?.work).toMatchObject({ second: { id: OFFICER.id }, keeper: { id: OTHER.id } })
  await scan(screen, SEAL, 'custody.seal-same')
  await scan(screen, makeCommandCode('CONFIRM'), 'custody.compared')
  await scan(screen, stations.safe, 'custody.line-accepted')
  await scan(screen, makeCommandCode('CONFIRM'), 'custody.officer-confirms')
  await sign(screen, OFFICER, 'custody.checked-in')
  expect(await signersOf('custody.checked-in')).toEqual([OFFICER.id, OTHER.id])

  const other = await stations.addLocation('二号保险柜', 2)
  await scan(screen, makeCommandCode('MOVE'), 'custody.moving')
  await scan(screen, code, 'custody.item-to-move')
  await scan(screen, other, 'stations.wrong-kind')
  await sign(screen, OTHER, 'custody.keeper-signed')
  await scan(screen, other, 'custody.moved')
  expect(await signersOf('custody.moved')).toEqual([OTHER.id])
  screen.close()
  expect(await stations.faults()).toEqual([])
})
