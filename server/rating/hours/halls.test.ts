import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jpeg } from '../../files/testing-pictures.ts'
import { readScreen } from '../counter-reads.ts'
import type { CounterConsole } from '../protocol.ts'
import type { Dashboard } from '../seeing/protocol.ts'
import { CLERK, HALL, MANAGER, OTHER_CLERK, TestHall } from '../testing.ts'
import type { HallSettings, OpenSpan } from './protocol.ts'

const EVERY_DAY = 7
const week = (...spans: readonly OpenSpan[]) => Array.from({ length: EVERY_DAY }, () => spans)
const DAY_MS = 86_400_000

let hall: TestHall
const put = async (person: string, path: string, payload: object) => {
  const answer = await hall.server.as(person, { method: 'PUT', url: `/api/rating/halls/${HALL}/${path}`, payload })
  return { status: answer.statusCode, code: answer.json<{ code?: string }>().code }
}
const screen = () => readScreen(hall.server.deps.db, hall.server.keys.pepper, 'counter-1', hall.now())
const settings = async (person = MANAGER) => hall.get<HallSettings>(person, `/api/rating/halls/${HALL}`)

beforeAll(async () => {
  hall = await TestHall.open()
  await hall.tally()
  await hall.signOn(CLERK, 'counter-1')
})
afterAll(() => hall.close())

describe('the hours of a hall', () => {
  it(
    'are the head’s to set; outside of them no vote is offered, and supervisors are told',
    { timeout: 60_000 },
    async () => {
      expect((await screen()).hours).toBeNull()
      const never = week({ from: '09:00', to: '09:00' })
      expect(await put(MANAGER, 'hours', { week: never })).toMatchObject({ status: 422, code: 'rating.wrong-hours' })
      const crossing = week({ from: '09:00', to: '12:00' }, { from: '11:00', to: '13:00' })
      expect(await put(MANAGER, 'hours', { week: crossing })).toMatchObject({ code: 'rating.wrong-hours' })
      expect(await put(MANAGER, 'hours', { week: week() })).toMatchObject({ code: 'rating.wrong-hours' })
      expect(await put(CLERK, 'hours', { week: never })).toMatchObject({ code: 'access.no-post' })
      expect((await settings(CLERK)).code).toBe('rating.not-your-hall')
      // Noon where the hall is: a lunch break first, then a day that is open.
      hall.pass(DAY_MS - ((Date.parse(hall.now()) - Date.parse('2026-03-02T04:30:00.000Z')) % DAY_MS))
      const lunch = week({ from: '09:00', to: '12:00' }, { from: '13:30', to: '17:00' })
      expect(await put(MANAGER, 'hours', { week: lunch })).toMatchObject({ status: 200 })
      expect((await settings()).body.week).toEqual(lunch)
      expect((await screen()).hours).toMatchObject({ open: false, today: lunch[0], next: { from: '13:30' } })

      const opened = await hall.post<{ service: string }>(CLERK, '/api/rating/services', { counter: 'counter-1' })
      expect(opened.status).toBe(201)
      const invite = await hall.post(CLERK, `/api/rating/services/${opened.body.service}/invite`)
      expect(invite).toMatchObject({ status: 409, code: 'rating.hall-closed' })
      const seen = await hall.get<Dashboard>(
        MANAGER,
        `/api/rating/dashboard?hall=${HALL}&to=${hall.now().slice(0, 10)}`,
      )
      expect(seen.body.signals).toMatchObject([{ kind: 'outside', id: CLERK, count: 1, of: 1 }])

      expect(await put(MANAGER, 'hours', { week: week({ from: '09:00', to: '12:31' }) })).toMatchObject({ status: 200 })
      expect((await screen()).hours).toMatchObject({ open: true })
      const served = await hall.post<{ service: string }>(CLERK, '/api/rating/services', { counter: 'counter-1' })
      // Who came in time is asked, also when the hall has closed meanwhile.
      hall.pass(10 * 60_000)
      expect((await screen()).hours).toMatchObject({ open: false })
      expect((await hall.post(CLERK, `/api/rating/services/${served.body.service}/invite`)).status).toBe(200)
    },
  )
})

describe('the photo of a clerk', () => {
  const upload = async (person: string, seed: number) => {
    const form = new FormData()
    form.append('photo', new Blob([new Uint8Array(await jpeg(320, 320, seed))], { type: 'image/jpeg' }), 'portrait.jpg')
    const sent = new Response(form)
    const answer = await hall.server.as(person, {
      ...{ method: 'POST', url: '/api/files', payload: Buffer.from(await sent.arrayBuffer()) },
      headers: { 'content-type': sent.headers.get('content-type') ?? '' },
    })
    return answer.json<{ files?: { sha256: string }[] }>().files?.[0]?.sha256 ?? ''
  }
  const set = (clerk: string, photo: string | null, person = MANAGER) =>
    put(person, `clerks/${clerk}/portrait`, { photo })
  const agrees = (person: string, photo: string, agree: boolean) =>
    hall.post(person, '/api/rating/portrait', { hall: HALL, photo, agree })
  const shown = async () => (await screen()).clerk?.portrait ?? null

  it(
    'is set by the head of the hall, shown as long as the clerk agrees, and no other',
    { timeout: 60_000 },
    async () => {
      const [photo, later, foreign] = [await upload(MANAGER, 1), await upload(MANAGER, 2), await upload('zhang-wei', 3)]
      expect(await set(CLERK, foreign)).toMatchObject({ status: 404, code: 'file.not-found' })
      expect(await set('zhang-wei', photo)).toMatchObject({ code: 'rating.no-such-clerk' })
      expect(await set(CLERK, photo, CLERK)).toMatchObject({ code: 'access.no-post' })
      expect(await set(CLERK, null)).toMatchObject({ code: 'rating.no-portrait' })
      expect(await set(CLERK, photo)).toMatchObject({ status: 200 })
      expect(await shown()).toBeNull()
      expect((await hall.get<CounterConsole>(CLERK, '/api/rating/counters/counter-1')).body.portrait).toEqual({
        ...{ photo, agreed: false },
      })
      expect(await agrees(OTHER_CLERK, photo, true)).toMatchObject({ code: 'rating.no-portrait' })
      expect(await agrees(CLERK, later, true)).toMatchObject({ code: 'rating.portrait-changed' })
      expect((await agrees(CLERK, photo, true)).status).toBe(200)
      expect(await shown()).toBe(photo)
      const readBy = async (person: string) => (await hall.server.as(person, { url: `/api/files/${photo}` })).statusCode
      expect([await readBy(CLERK), await readBy(MANAGER), await readBy(OTHER_CLERK)]).toEqual([200, 200, 404])

      // Another photo is agreed to anew.
      expect(await set(CLERK, later)).toMatchObject({ status: 200 })
      expect(await shown()).toBeNull()
      expect((await agrees(CLERK, later, true)).status).toBe(200)
      expect((await agrees(CLERK, later, false)).status).toBe(200)
      expect(await shown()).toBeNull()
      expect((await settings()).body.clerks).toContainEqual(expect.objectContaining({ id: CLERK, portrait: null }))
    },
  )
})
