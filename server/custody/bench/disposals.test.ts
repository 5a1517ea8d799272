import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeCommandCode } from '../../../labels/item-code.ts'
import type { ShownApproval } from '../../approvals/protocol.ts'
import { OFFICER, type Screen, TestStations } from '../../stations/testing.ts'
import { disposalRoutes } from '../disposal/routes.ts'
import type { BenchDisposal } from '../protocol.ts'
import { withLeave } from '../testing-leave.ts'

/** An approved disposal as whoever works at the bench hears of it. */

const [REVIEWER, APPROVER] = ['he-fang', 'sun-bo'] as const
let stations: TestStations
let screen: Screen
let item = ''

beforeAll(async () => {
  stations = await TestStations.open({ routes: disposalRoutes })
  item = stations.codes[4] ?? ''
  await withLeave(stations.server.deps, [item])
  await stations.startDesk()
  screen = await stations.openScreen()
  await screen.ready('scanner-1')
  await stations.signIn(screen)
}, 120_000)
afterAll(async () => {
  screen?.close()
  await stations?.close()
})

async function waiting(): Promise<BenchDisposal[]> {
  stations.server.setNow(stations.now())
  return (await screen.get('disposals')).json<{ disposals: BenchDisposal[] }>().disposals
}

async function grantsAll(person: string): Promise<void> {
  stations.server.setNow(stations.now())
  const asked = await stations.server.as(person, { method: 'GET', url: '/api/approvals?state=asked' })
  const { approvals } = asked.json<{ approvals: ShownApproval[] }>()
  expect(approvals.filter(({ yours }) => yours)).toHaveLength(1)
  for (const { id, yours } of approvals) if (yours) await stations.post(person, `/api/approvals/${id}/grant`, {})
}

it('is said of the thing that is scanned, and listed at the idle bench, until it is carried out', async () => {
  expect(await waiting()).toEqual([])
  const { disposal } = await stations.post<{ disposal: string }>(OFFICER.id, '/api/custody/propose-disposal', {
    ...{ items: [item], way: 'CONFISCATE', destination: 'treasury', suspectedCrime: false },
    ...{ reviewUnit: 'dept-2', opinion: '建议没收' },
  })
  await grantsAll(REVIEWER)
  // Not before all have agreed.
  expect(await waiting()).toEqual([])
  await grantsAll(APPROVER)
  expect(await waiting()).toMatchObject([{ code: disposal, way: { zh: '没收' }, items: 1, yours: true }])

  stations.pass(3_000)
  const said = await stations.scan(screen, item)
  expect(said).toMatchObject({ code: 'custody.shown', outcome: 'ask' })
  expect(said.words.zh).toContain(`处置已批准，待执行：没收（${disposal}）`)
  const shown = screen.session?.work?.item?.disposal
  expect(shown?.code).toBe(disposal)
  expect(shown?.next.zh).toContain(disposal)
  stations.pass(3_000)
  expect((await stations.scan(screen, stations.codes[5] ?? '')).outcome).toBe('accepted')
  expect(screen.session?.work?.item?.disposal).toBeNull()

  // By a paper from before the rule, of a thing whose measure nobody approved: not who does it is in the way, but the leave that is wanting.
  const { db } = stations.server.database
  const [{ confirmed } = { confirmed: null }] = (
    await sql<{ confirmed: object }>`select state -> 'confirmed' as confirmed from items where id = ${item}`.execute(db)
  ).rows
  await sql`update items set state = state - 'confirmed' where id = ${item}`.execute(db)
  stations.pass(3_000)
  await stations.scan(screen, item)
  expect(screen.session?.work?.item?.disposal?.next.zh).toContain('措施未经批准')
  expect(screen.session?.work?.item?.disposal?.next.zh).not.toContain('不由您办理')
  await sql`
    update items set state = jsonb_set(state, '{confirmed}', ${JSON.stringify(confirmed)}::jsonb) where id = ${item}
  `.execute(db)

  // Of a locked bench nobody reads what is to be done.
  stations.pass(3_000)
  await stations.scan(screen, makeCommandCode('LOCK'))
  expect(await waiting()).toEqual([])
})
