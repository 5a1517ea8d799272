import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ClockOffice, clockOffice } from '../../clock/testing.ts'
import { checkpointFolderOf } from '../../ledger/places.ts'
import { verifyStore } from '../../ledger/verify.ts'
import { signatureOf } from '../../testing.ts'
import { PHOTO } from '../testing.ts'
import type { ItemCard, ItemChain } from '../protocol.ts'

let office: ClockOffice
let item = ''
let shelf = ''

const at = (time: string): string => `2026-03-02T${time}:00.000Z`

beforeAll(async () => {
  office = await clockOffice(at('02:00'))
  item = (await office.take('断电案', 1, at('01:00')))[0] ?? ''
  await office.act('zhang-wei', { type: 'custody.add-photo', items: [{ item, photos: [PHOTO] }] })
  const { result } = await office.act('chen-jing', {
    ...{ type: 'custody.add-location', store: 'store-1', name: '架', storageClass: 'ordinary', capacity: 50 },
  })
  shelf = String(result['code'])
})
afterAll(() => office.server.close())

const chain = (): Promise<ItemChain> => office.get<ItemChain>('zhou-ping', `/api/items/${item}/chain`)
const card = (): Promise<ItemCard> => office.get<ItemCard>('zhou-ping', `/api/items/${item}`)

/** Enters something from paper, four hours after the power came back. */
async function enter(
  person: string,
  body: Readonly<Record<string, unknown>>,
  comparer: string | null = 'liu-yang',
): Promise<string> {
  const sheet = { sheet: 'D-0001', reason: '停电', items: [item] }
  const signatures = comparer === null ? [] : [signatureOf(comparer)]
  const answer = await office.post(person, '/api/custody/enter-from-paper', { ...sheet, ...body, signatures })
  return answer.statusCode === 200 ? 'done' : answer.json<{ code: string }>().code
}

describe('what was done on paper without power', () => {
  it('is entered by who did it, in its order, compared by somebody else, and stands at its own time', async () => {
    office.now = at('08:00')
    const handOver = { act: 'hand-over', store: 'store-1', happenedAt: at('03:00'), signedBy: ['chen-jing'] }
    const checkIn = { act: 'check-in', location: shelf, happenedAt: at('03:05'), signedBy: ['zhang-wei'] }
    expect(await enter('chen-jing', checkIn)).toBe('custody.unknown-item')
    expect(await enter('zhang-wei', handOver)).toBe('done')
    expect(await enter('chen-jing', { ...checkIn, happenedAt: at('02:59') })).toBe('custody.before-last-event')
    expect(await enter('chen-jing', { ...checkIn, signedBy: [] })).toBe('custody.giver-signature')
    expect(await enter('chen-jing', checkIn)).toBe('done')
    expect((await card()).custodyStatus.value).toBe('IN_STORE')
    const { entries, intact, holders } = await chain()
    expect(intact).toBe(true)
    expect(holders.at(-1)).toMatchObject({ who: 'store/store-1', from: at('03:05') })
    const [taken, entered] = entries.slice(-2)
    expect(taken).toMatchObject({ type: 'custody.checked-in', at: at('03:05'), actor: 'chen-jing', with: ['liu-yang'] })
    expect(entered).toMatchObject({
      ...{ type: 'custody.entered-from-paper', at: at('03:05'), said: { reason: '停电' } },
      body: { act: 'check-in', sheet: 'D-0001', signedBy: ['zhang-wei'], comparedBy: 'liu-yang' },
    })
    for (const one of [taken, entered]) expect(one?.recordedAt.slice(0, 13)).toBe('2026-03-02T08')
  })

  it('goes out and comes back on paper; the loan runs from when it was fetched', async () => {
    const asked = await office.act('zhang-wei', {
      type: 'approvals.ask',
      deed: { command: 'borrow', items: [item], dueAt: '2026-03-05T01:00:00.000Z', purpose: 'APPRAISAL' },
      reason: '送鉴定',
    })
    const approval = String(asked.result['id'])
    await office.act('qian-lei', { type: 'approvals.grant', approval })
    const granted = office.now
    office.now = at('12:00')
    const borrow = { act: 'borrow', approval, happenedAt: at('09:00'), signedBy: ['zhang-wei'] }
    expect(await enter('chen-jing', { ...borrow, happenedAt: at('08:00') })).toBe('custody.before-last-event')
    expect(granted < at('09:00')).toBe(true)
    expect(await enter('chen-jing', { ...borrow, signedBy: [] })).toBe('custody.signature-missing')
    expect(await enter('chen-jing', borrow)).toBe('done')
    expect((await chain()).holders.at(-1)).toMatchObject({ who: 'person/zhang-wei', from: at('09:00') })
    const back = { act: 'give-back', location: shelf, happenedAt: at('10:00'), signedBy: ['zhang-wei'] }
    const lines = { items: [{ item, condition: 'same' }] }
    expect(await enter('chen-jing', { ...back, ...lines })).toBe('done')
    expect((await card()).custodyStatus.value).toBe('IN_STORE')
  })

  it('is refused for a time to come or long past, and without another who has not signed that paper', async () => {
    const borrow = { act: 'borrow', approval: '0198f0a0-0000-7000-8000-000000000001', signedBy: ['zhang-wei'] }
    const then = { ...borrow, happenedAt: at('10:30') }
    expect(await enter('chen-jing', { ...borrow, happenedAt: at('13:00') })).toBe('custody.paper-in-future')
    office.now = '2026-03-05T10:31:00.000Z'
    expect(await enter('chen-jing', then)).toBe('custody.paper-too-old')
    office.now = at('12:30')
    expect(await enter('chen-jing', then)).toBe('custody.not-approved')
    const submit = { act: 'give-back', location: shelf, happenedAt: at('10:30') }
    expect(await enter('chen-jing', { ...submit, approval: borrow.approval, signedBy: [] })).toBe('request.invalid')
    const more = (await office.takeMore('断电案', 1, at('01:00')))[0] ?? ''
    await office.act('zhang-wei', { type: 'custody.add-photo', items: [{ item: more, photos: [PHOTO] }] })
    const handOver = {
      ...{ act: 'hand-over', store: 'store-1', items: [more] },
      ...{ happenedAt: at('12:31'), signedBy: ['chen-jing'] },
    }
    office.now = at('12:40')
    for (const comparer of [null, 'chen-jing', 'li-na', 'zhou-ping'])
      expect(await enter('zhang-wei', handOver, comparer)).toBe('custody.paper-not-compared')
    expect(await enter('zhang-wei', handOver, 'zhang-wei')).toBe('access.signature-same')
    expect(await enter('zhang-wei', handOver)).toBe('done')
  })

  it('leaves registers and tables that verification finds whole', async () => {
    const { database, modules, keys } = office.server
    const { key, installation } = keys
    const proof = { db: database.ownerDb, modules, folder: checkpointFolderOf(keys), key, installation }
    expect((await verifyStore(proof)).faults).toEqual([])
  })
})
