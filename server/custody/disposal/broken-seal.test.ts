import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ClockOffice, clockOffice } from '../../clock/testing.ts'
import { readPdf } from '../../../labels/testing/read-pdf.ts'
import { disposalRoutes } from './routes.ts'

/** What the receiver's list says of a thing whose seal was found broken before it was handed out, and was not sealed anew. */

const START = '2026-03-02T02:00:00.000Z'
const receiver = { relation: 'holder', name: '持有人甲', identity: '居民身份证 110101', signed: true }
let office: ClockOffice
let items: string[]

beforeAll(async () => {
  office = await clockOffice(START, { extend: async (app, deps) => void (await app.register(disposalRoutes, deps)) })
  items = await office.take('封条案', 1, START)
  await office.checkIn(items)
  await office.act('chen-jing', { type: 'custody.seal', items, number: 'F-001' }, ['zhang-wei', 'li-na'])
  const found = { kind: 'damage', note: '封条断裂', sealBroken: true }
  await office.act('chen-jing', { type: 'custody.incident', items, ...found })
  await office.act('qian-lei', { type: 'custody.resolve', items, conclusion: '运输磨损' })
}, 120_000)
afterAll(() => office.server.close())

it('says that it is broken, on the draft that is signed and on the list of the act, also where nobody was asked', async () => {
  const { result } = await office.act('zhang-wei', {
    ...{ type: 'custody.propose-disposal', items, way: 'RETURN', destination: 'holder', ground: 'unrelated' },
    ...{ foundAt: office.now, suspectedCrime: false, opinion: '查明无关' },
  })
  await office.act('qian-lei', { type: 'approvals.grant', approval: String(result['approval']) })
  const list = async (query: string): Promise<string> => {
    const url = `/api/disposals/${String(result['disposal'])}/return-list.pdf${query}`
    const got = await office.server.as('chen-jing', { method: 'GET', url })
    expect(got.statusCode, got.body).toBe(200)
    return readPdf(got.rawPayload)
      .pages.map(({ text }) => text)
      .join('')
  }
  // The statement below the list speaks of all; the remark speaks of this one.
  const remarks = (text: string): number => text.split('与清单相符').length - 1
  const draft = await list('')
  expect([draft.includes('封条破损'), remarks(draft)]).toEqual([true, 1])
  await office.act('chen-jing', { type: 'custody.release', items, noticeNumber: '解1', receiver }, ['li-na'])
  const done = await list('?act=1')
  expect([done.includes('封条破损'), remarks(done)]).toEqual([true, 1])
})
