import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkpointFolderOf } from '../ledger/places.ts'
import { verifyStore } from '../ledger/verify.ts'
import { addDays, endOfDay } from './calendar.ts'
import type { ShownClock, ShownDeadline } from './protocol.ts'
import { type ClockOffice, clockOffice } from './testing.ts'

/** Terms that go by more than their span: interim keeping (rules C-25), perishables (T-10), registered preservation (T-19). */

/** Before the day from which the program counts and puts off anew. */
const BEFORE = '2026-11-20T01:00:00.000Z'
const START = '2026-12-01T01:00:00.000Z'
const TAKEN = '2026-12-01'

let office: ClockOffice

beforeAll(async () => {
  office = await clockOffice(BEFORE)
})
afterAll(() => office.server.close())

const clockOf = async (rule: string, matter: string): Promise<ShownClock> => {
  const { deadlines } = await office.get<{ deadlines: ShownClock[] }>('zhou-ping', '/api/deadlines')
  const found = deadlines.find((one) => one.rule === rule && one.matter.id === matter)
  if (found === undefined) throw new Error(`no ${rule} over ${matter}`)
  return found
}
const shown = (person: string, id: string) => office.get<ShownDeadline>(person, `/api/deadlines/${id}`)
const ask = async (deed: object, person = 'zhang-wei'): Promise<string> => {
  const answer = await office.post(person, '/api/approvals', { deed, reason: '暂存原因未消除' })
  const body = answer.json<{ id?: string; code?: string }>()
  return body.id ?? body.code ?? answer.body
}
const grant = async (approval: string, person = 'qian-lei'): Promise<string> => {
  const answer = await office.post(person, `/api/approvals/${approval}/grant`, {})
  return answer.statusCode === 200 ? 'granted' : answer.json<{ code: string }>().code
}
const endCause = async (id: string, person = 'zhang-wei'): Promise<string> => {
  const answer = await office.post(person, `/api/deadlines/${id}/cause-ended`, {})
  return answer.statusCode === 200 ? 'done' : answer.json<{ code: string }>().code
}

const takes = async (number: string, kind: string, goods: object, trader = {}): Promise<void> => {
  await office.act('zhang-wei', {
    ...{ type: 'custody.open-case', number, title: '某某案', track: 'TAX', unit: 'dept-1' },
    officers: ['zhang-wei', 'li-na'],
  })
  await office.act('zhang-wei', {
    ...{ type: 'custody.register', case: number, items: [goods] },
    measure: {
      ...{ noticeNumber: '扣〔2026〕1号', place: '市场', takenAt: office.now, officers: ['zhang-wei', 'li-na'], kind },
      ...trader,
    },
    holder: { attendance: 'SIGNED', name: '持有人甲' },
    witness: { attendance: 'SIGNED', name: '见证人乙' },
    relevance: '未办登记经营的货物',
  })
  await office.turn()
}

describe('goods that cannot be handed over yet', () => {
  const extend = (id: string, more: object) => ({ command: 'extend-deadline', clock: id, ...more })
  let id: string

  it('run by the terms of the day they were taken: those of before are put off once, by thirty days', async () => {
    await office.take('旧案', 1, BEFORE)
    await office.turn()
    office.now = START
    const { id: old, version } = await clockOf('DL-04', '旧案')
    expect(version).toBe(0)
    expect(await ask(extend(old, { cause: 'needed', reviewOn: '2026-12-30' }))).toBe('clock.own-span')
    expect(await grant(await ask(extend(old, {})))).toBe('granted')
    expect(await ask(extend(old, {}))).toBe('clock.not-extendable')
    // The article is that of the term itself.
    const refused = await office.server.as('zhang-wei', {
      ...{ method: 'POST', url: '/api/approvals' },
      payload: { deed: extend(old, {}), reason: '再延' },
    })
    expect(refused.json()).toMatchObject({ code: 'clock.not-extendable', rule: '监察法实施条例(2021) 130' })
    expect(await shown('zhang-wei', old)).toMatchObject({ may: [], further: { from: null }, extendedDue: null })
  })

  it('name their cause and the day on which it is reviewed', async () => {
    await office.take('新案', 1, START)
    await office.turn()
    const clock = await clockOf('DL-04', '新案')
    ;({ id } = clock)
    expect(clock).toMatchObject({ version: 1, dueAt: endOfDay(addDays(TAKEN, 30)) })
    expect(await shown('zhang-wei', id)).toMatchObject({
      ...{ may: ['extend-deadline'], reviewUntil: addDays(TAKEN, 60), extensions: 0, cause: null },
    })
    for (const more of [{}, { cause: 'needed' }, { reviewOn: '2027-01-10' }])
      expect(await ask(extend(id, more))).toBe('clock.no-cause')
    for (const reviewOn of ['2026-12-31', '2026-12-20', '2027-01-31', '2027-02-30'])
      expect(await ask(extend(id, { cause: 'needed', reviewOn })), reviewOn).toBe('clock.review-day')
  })

  it('are put off again and again, each time by approval, and are due on the day that was approved last', async () => {
    const days = ['2027-01-15', '2027-02-10', '2027-03-12']
    let begins = addDays(TAKEN, 31)
    for (const [index, reviewOn] of days.entries()) {
      const asked = await ask(extend(id, { cause: index === 0 ? 'needed' : 'no-place', reviewOn }))
      expect(await grant(asked, 'zhang-wei')).not.toBe('granted')
      expect(await grant(asked)).toBe('granted')
      const { dueAt, extensions, further, may } = await shown('zhang-wei', id)
      expect({ dueAt, extensions }).toEqual({ dueAt: endOfDay(reviewOn), extensions: index + 1 })
      // Whether the cause lasts is reviewed once the time has begun that was granted, and not months ahead.
      expect({ further, may }).toEqual({ further: { from: begins }, may: ['end-cause'] })
      expect(await ask(extend(id, { cause: 'no-place', reviewOn: addDays(reviewOn, 5) }))).toBe('clock.review-first')
      begins = addDays(reviewOn, 1)
      office.now = new Date(Date.parse(endOfDay(reviewOn)) - 86_400_000).toISOString()
      await office.turn()
      expect(await shown('zhang-wei', id)).toMatchObject({ standing: 'warned', colour: 'orange' })
    }
    expect((await shown('zhang-wei', id)).cause?.zh).toBe('保管部门暂无保管条件')
  })

  it('are due at once when the cause ends, which who answers for them says', async () => {
    const asked = await ask(extend(id, { cause: 'no-place', reviewOn: '2027-04-09' }))
    expect(await grant(asked)).toBe('granted')
    expect((await shown('zhang-wei', id)).may).toEqual(['end-cause'])
    for (const person of ['tang-yue', 'he-fang', 'zhou-ping'])
      expect(await endCause(id, person), person).not.toBe('done')
    expect(await endCause('00000000-0000-4000-8000-000000000000')).toBe(await endCause(id, 'tang-yue'))
    expect(await endCause(id)).toBe('done')
    const { dueAt, cause, extensions, may } = await shown('zhang-wei', id)
    expect({ dueAt, cause, extensions }).toEqual({ dueAt: endOfDay('2027-03-12'), cause: null, extensions: 4 })
    expect(may).toEqual(['extend-deadline'])
    expect(await endCause(id)).toBe('clock.cause-over')
  })
})

describe('what is taken from who is not registered for tax', () => {
  const fish = {
    ...{ name: '冷冻海鲜', category: 'perishable', quantity: 20, unit: '箱', features: '原箱' },
    details: { expiresOn: '2027-06-30', reviewOn: '2027-06-01' },
  }
  const shorten = (id: string, until: string) => ask({ command: 'shorten-deadline', clock: id, until })

  it('is paid for within fifteen days; of perishables an approver sets an earlier day, and none that is later', async () => {
    office.now = '2027-03-13T01:00:00.000Z'
    await takes('税鲜案', 'SEIZED', fish, { unregisteredTrader: true })
    const { id, dueAt } = await clockOf('DL-14a', '税鲜案')
    expect(dueAt >= endOfDay('2027-03-28')).toBe(true)
    expect((await shown('zhang-wei', id)).may).toEqual(['shorten-deadline', 'end-deadline'])
    for (const until of ['2027-03-12', '2027-02-30', '2027-04-30', addDays(dueAt.slice(0, 10), 0)])
      expect(await shorten(id, until), until).toBe('clock.shorter-day')
    expect(await ask({ command: 'extend-deadline', clock: id })).toBe('clock.not-extendable')
    const asked = await shorten(id, '2027-03-17')
    expect(await grant(asked, 'zhang-wei')).not.toBe('granted')
    expect(await grant(asked)).toBe('granted')
    expect(await shown('zhang-wei', id)).toMatchObject({
      ...{ dueAt: endOfDay('2027-03-17'), shortened: true, extensions: 0, standing: 'running' },
    })
    // Warnings go by the shorter day.
    office.now = '2027-03-16T17:00:00.000Z'
    await office.turn()
    expect(await shown('zhang-wei', id)).toMatchObject({ standing: 'warned', colour: 'orange' })
  })

  it('is not shortened where it does not perish', async () => {
    const goods = { name: '布料', category: 'general', quantity: 2, unit: '匹' }
    await takes('税布案', 'SEIZED', goods, { unregisteredTrader: true })
    const { id } = await clockOf('DL-14', '税布案')
    expect((await shown('zhang-wei', id)).may).not.toContain('shorten-deadline')
    expect(await shorten(id, '2027-03-20')).toBe('clock.not-shortened')
  })
})

describe('what is registered and preserved', () => {
  it('is decided over within seven working days (行政处罚法 56, 85)', async () => {
    office.now = '2027-05-11T01:00:00.000Z'
    await takes('登记案', 'REGISTERED_PRESERVED', { name: '账本', category: 'general', quantity: 1, unit: '册' })
    expect(await clockOf('DL-19', '登记案')).toMatchObject({
      ...{ version: 1, counting: 'working', basis: '行政处罚法 56、85', dueAt: endOfDay('2027-05-20') },
    })
  })

  it('is in the registers, and the read tables follow from them', async () => {
    const { database, keys, modules } = office.server
    const { key, installation } = keys
    const report = await verifyStore({
      ...{ db: database.ownerDb, modules, folder: checkpointFolderOf(keys), key, installation },
    })
    expect(report.faults).toEqual([])
  })
})
