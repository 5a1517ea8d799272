import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ShownApproval } from '../approvals/protocol.ts'
import type { ItemCard } from '../custody/protocol.ts'
import { checkpointFolderOf } from '../ledger/places.ts'
import { verifyStore } from '../ledger/verify.ts'
import { SYSTEM } from '../module.ts'
import { namesOf } from '../names.ts'
import { addDays, dayOf, endOfDay } from './calendar.ts'
import type { ShownClock, ShownDeadline } from './protocol.ts'
import { ruleOf } from './rule-changes.ts'
import { type ClockOffice, clockOffice } from './testing.ts'

const START = '2026-03-02T01:00:00.000Z'
const TAKEN = '2026-03-02'

let office: ClockOffice

beforeAll(async () => {
  office = await clockOffice(START)
})
afterAll(() => office.server.close())

const clockOf = async (rule: string, matter: string): Promise<ShownClock> => {
  const { deadlines } = await office.get<{ deadlines: ShownClock[] }>('zhou-ping', '/api/deadlines')
  const found = deadlines.find((one) => one.rule === rule && one.matter.id === matter)
  if (found === undefined) throw new Error(`no ${rule} over ${matter}`)
  return found
}
const shown = (person: string, id: string) => office.get<ShownDeadline>(person, `/api/deadlines/${id}`)

/** Asks as zhang-wei; answers with the request, or the refusal's code. */
const ask = async (deed: object, person = 'zhang-wei'): Promise<string> => {
  const answer = await office.post(person, '/api/approvals', { deed, reason: '案情复杂' })
  const body = answer.json<{ id?: string; code?: string }>()
  return body.id ?? body.code ?? answer.body
}
const grant = async (approval: string, person = 'qian-lei'): Promise<string> => {
  const answer = await office.post(person, `/api/approvals/${approval}/grant`, {})
  return answer.statusCode === 200 ? 'granted' : answer.json<{ code: string }>().code
}

async function nameOf(person: string): Promise<string> {
  return (await namesOf(office.server.deps.db, [`person/${person}`]))(`person/${person}`).name
}

describe('the term of a seizure', () => {
  let id: string

  it('begins with the measure of an administrative case, beside the intake', async () => {
    await office.take('行一案', 1, START, 'ADMIN')
    await office.turn()
    const clock = await clockOf('DL-06', '行一案')
    ;({ id } = clock)
    expect(clock).toMatchObject({ basis: '行政强制法 25', grade: 'V1', dueAt: endOfDay(addDays(TAKEN, 30)) })
    expect((await clockOf('DL-04', '行一案')).dueAt).toBe(clock.dueAt)
  })

  it('is asked about by who answers for it or heads the department, and decided by another', async () => {
    for (const person of ['zhang-wei', 'qian-lei'])
      expect((await shown(person, id)).may, person).toEqual(['extend-deadline', 'pause-deadline', 'end-deadline'])
    expect((await shown('zhou-ping', id)).may).toEqual([])
    expect(await ask({ command: 'extend-deadline', clock: id }, 'tang-yue')).toBe('clock.unknown')
    expect(await ask({ command: 'resume-deadline', clock: id, document: '鉴1号' })).toBe('clock.not-paused')
    expect(await ask({ command: 'extend-deadline', clock: id }, 'he-fang')).toBe('clock.unknown')
    const asked = await ask({ command: 'end-deadline', clock: id, document: '解除1号' }, 'qian-lei')
    expect(await grant(asked, 'qian-lei')).toBe('approvals.same-person')
  })

  it('stands still while an appraisal lasts, and is due later by its days', async () => {
    office.now = '2026-03-10T02:00:00.000Z'
    const pause = { command: 'pause-deadline', clock: id, document: '鉴定委托〔2026〕1号' }
    expect(await ask(pause)).toBe('clock.appraisal-missing')
    for (const [begins, ends] of [
      ['2026-03-01', '2026-03-20'],
      ['2026-03-11', '2026-03-20'],
      ['2026-03-09', '2026-03-08'],
      ['2026-02-30', '2026-03-20'],
    ])
      expect(await ask({ ...pause, begins, ends }), begins).toBe('clock.appraisal-days')
    const days = { begins: '2026-03-09', ends: '2026-03-20' }
    const asked = await ask({ ...pause, ...days })
    // Once at a time, whoever asks: the second hears of the first at once, and not at its grant.
    const again = await office.post('qian-lei', '/api/approvals', { deed: { ...pause, ...days }, reason: '鉴定' })
    expect(again.json()).toMatchObject({
      code: 'clock.asked-already',
      detail: expect.stringContaining('2026') as string,
    })
    expect(await ask({ ...pause, ...days, document: '鉴定委托〔2026〕2号' })).toBe('clock.asked-already')
    // It began the day before: that day counts, whenever it is granted.
    expect(await grant(asked)).toBe('granted')
    expect(await shown('zhang-wei', id)).toMatchObject({
      ...{ standing: 'paused', may: ['resume-deadline', 'end-deadline'] },
      appraisal: { begins: '2026-03-09', ends: '2026-03-20', endedOn: null },
    })
    // Of what stands still nobody says that it is late, however long the appraisal lasts.
    office.now = '2026-06-01T09:00:00.000Z'
    const { items } = await shown('zhang-wei', id)
    const card = await office.get<ItemCard>('zhang-wei', `/api/items/${items[0]}`)
    expect(card.deadlines.find(({ rule }) => rule === 'DL-06')?.state).toBe('paused')
    office.now = '2026-03-15T09:00:00.000Z'
    await office.turn()
    const resume = { command: 'resume-deadline', clock: id, document: '鉴定意见〔2026〕1号' }
    expect(await ask(resume)).toBe('clock.appraisal-missing')
    for (const endedOn of ['2026-03-08', '2026-03-16'])
      expect(await ask({ ...resume, endedOn }), endedOn).toBe('clock.appraisal-days')
    expect(await grant(await ask({ ...resume, endedOn: '2026-03-14' }))).toBe('granted')
    expect(await shown('zhang-wei', id)).toMatchObject({ standing: 'running', dueAt: endOfDay(addDays(TAKEN, 35)) })
  })

  it('is extended once by the thirty days of the rule, and warns anew', async () => {
    office.now = '2026-04-05T16:00:00.000Z'
    await office.turn()
    expect((await shown('zhang-wei', id)).warnings).toMatchObject([{ offset_days: -1, colour: 'orange' }])
    // The head of the organ agrees to it, and nobody below (T-04).
    const asked = await ask({ command: 'extend-deadline', clock: id })
    expect(await ask({ command: 'extend-deadline', clock: id }, 'qian-lei')).toBe('clock.asked-already')
    expect((await shown('qian-lei', id)).may).not.toContain('extend-deadline')
    expect((await shown('qian-lei', id)).asked).toMatchObject([{ deed: 'extend-deadline' }])
    expect(await grant(asked, 'qian-lei')).toBe('approvals.not-approver')
    const due = endOfDay(addDays(TAKEN, 65))
    // Whoever signs reads which term of what it is, until when, and until when it will be.
    const { items } = await shown('zhang-wei', id)
    const { term } = await office.get<ShownApproval>('sun-bo', `/api/approvals/${asked}`)
    expect(term).toMatchObject({
      ...{ rule: 'DL-06', basis: '行政强制法 25', matter: { kind: 'case', id: '行一案' }, items },
      ...{ dueAt: endOfDay(addDays(TAKEN, 35)), wouldBeDueAt: due },
    })
    expect(await grant(asked, 'sun-bo')).toBe('granted')
    expect((await office.get<ShownApproval>('sun-bo', `/api/approvals/${asked}`)).term).toMatchObject({
      ...{ rule: 'DL-06', wouldBeDueAt: null },
    })
    expect(await shown('zhang-wei', id)).toMatchObject({ standing: 'running', colour: null, dueAt: due })
    expect(await ask({ command: 'extend-deadline', clock: id })).toBe('clock.not-extendable')
    office.now = new Date(Date.parse(due) - 86_400_000).toISOString()
    await office.turn()
    expect((await shown('zhang-wei', id)).warnings).toHaveLength(2)
  })

  it('is neither extended nor paused once it is over, and ends by the document that is accepted', async () => {
    office.now = '2026-05-08T01:00:00.000Z'
    await office.turn()
    expect(await ask({ command: 'pause-deadline', clock: id, document: '鉴2号' })).toBe('clock.period-over')
    const asked = await ask({ command: 'end-deadline', clock: id, document: '解除扣押〔2026〕1号' })
    expect(await grant(asked)).toBe('granted')
    expect(await shown('zhang-wei', id)).toMatchObject({
      ...{ standing: 'late', document: '解除扣押〔2026〕1号', evidence: null, open: 0, may: [] },
    })
  })

  it('says of each change who granted it, when, and by which document', async () => {
    const head = [{ name: await nameOf('qian-lei'), standsFor: null }]
    const { changes } = await shown('zhang-wei', id)
    expect(changes).toMatchObject([
      { what: 'paused', by: head, document: '鉴定委托〔2026〕1号', dueAt: null },
      { what: 'resumed', by: head, document: '鉴定意见〔2026〕1号', dueAt: endOfDay(addDays(TAKEN, 35)) },
      { what: 'extended', by: [{ name: await nameOf('sun-bo') }], document: null, dueAt: endOfDay(addDays(TAKEN, 65)) },
      { what: 'concluded', by: head, document: '解除扣押〔2026〕1号', dueAt: null },
    ])
    expect(changes.map(({ at }) => at.slice(0, 10))).toEqual(['2026-03-10', '2026-03-15', '2026-04-05', '2026-05-08'])
  })

  it('leaves the intake to the store: no document stands for goods that are not there', async () => {
    const { id: intake } = await clockOf('DL-04', '行一案')
    expect(await ask({ command: 'end-deadline', clock: intake, document: '说明' })).toBe('clock.ends-by-fact')
    expect(await ask({ command: 'extend-deadline', clock: intake })).toBe('clock.period-over')
  })
})

describe('who decides about a deadline', () => {
  let id: string
  beforeAll(async () => {
    await office.act('zhang-wei', {
      ...{ type: 'custody.open-case', number: '行二案', title: '某某案', track: 'ADMIN', unit: 'dept-1' },
      officers: ['zhang-wei', 'li-na', 'tang-yue'],
    })
    await office.takeMore('行二案', 1, office.now)
    await office.turn()
    ;({ id } = await clockOf('DL-06', '行二案'))
  })

  it('sees it above the department while he has to decide, and no longer', async () => {
    const seen = async (person: string) =>
      (await office.server.as(person, { method: 'GET', url: `/api/deadlines/${id}` })).statusCode
    expect(await seen('sun-bo')).toBe(404)
    const asked = await ask({
      ...{ command: 'pause-deadline', clock: id, document: '鉴1号' },
      ...{ begins: dayOf(office.now), ends: addDays(dayOf(office.now), 10) },
    })
    expect(await seen('sun-bo')).toBe(200)
    expect(await seen('he-fang')).toBe(404)
    expect(await grant(asked, 'sun-bo')).toBe('granted')
    expect(await seen('sun-bo')).toBe(404)
  })

  it('puts off what cannot be handed over in time, once and with its reason: the store waits so much longer (C-25)', async () => {
    const { id: intake, dueAt } = await clockOf('DL-04', '行二案')
    const asked = await ask({ command: 'extend-deadline', clock: intake })
    expect(await grant(asked)).toBe('granted')
    const later = await clockOf('DL-04', '行二案')
    expect(Date.parse(later.dueAt) - Date.parse(dueAt)).toBe(30 * 86_400_000)
    expect(await ask({ command: 'extend-deadline', clock: intake })).toBe('clock.not-extendable')
  })

  it('is no officer of the case, even where he took no part in the measure', async () => {
    await office.act(SYSTEM, { type: 'org.appoint', person: 'tang-yue', post: 'approver', place: 'dept-1' })
    const asked = await ask({ command: 'resume-deadline', clock: id, document: '鉴2号', endedOn: dayOf(office.now) })
    expect(await grant(asked, 'tang-yue')).toBe('clock.officer-decides')
    expect(await grant(asked)).toBe('granted')
  })
})

describe('the term of a tax preservation', () => {
  it('is put off by the document of the State Administration and by no other leave (T-13)', async () => {
    await office.take('税一案', 1, office.now, 'TAX')
    await office.turn()
    const { id, dueAt } = await clockOf('DL-10', '税一案')
    expect((await shown('zhang-wei', id)).authority?.zh).toBe('国家税务总局')
    expect((await shown('zhang-wei', (await clockOf('DL-04', '税一案')).id)).authority).toBeNull()
    expect(await ask({ command: 'extend-deadline', clock: id })).toBe('clock.no-authority')
    const asked = await ask({ command: 'extend-deadline', clock: id, document: '税总函〔2026〕1号' })
    expect(await grant(asked, 'qian-lei')).toBe('approvals.not-approver')
    expect(await grant(asked, 'sun-bo')).toBe('granted')
    const { dueAt: later, changes } = await shown('zhang-wei', id)
    expect(later > dueAt).toBe(true)
    expect(changes).toMatchObject([{ what: 'extended', document: '税总函〔2026〕1号', dueAt: later }])
  })
})

describe('a ladder that is proposed', () => {
  it.each([
    [-1, -1],
    [3, 0],
  ])('rises: %i, then %i is refused', async (...days) => {
    const { terms } = ruleOf('DL-04')
    const ladder = days.map((offset_days) => ({ offset_days, colour: 'red', tell: ['leader'] }))
    const payload = { rule: 'DL-04', terms: { ...terms, ladder } }
    const answer = await office.post('an-security', '/api/deadline-rules/proposals', payload)
    expect(answer.json()).toMatchObject({ code: 'clock.rule-ladder' })
  })
})

describe('the time of an appraisal', () => {
  it('is given to no other term by the house than the law gives it to', async () => {
    const { terms } = ruleOf('DL-61')
    const propose = (rule: string, pausable: boolean) =>
      office.post('an-security', '/api/deadline-rules/proposals', {
        ...{ rule, terms: { ...ruleOf(rule).terms, pausable } },
      })
    expect(terms.pausable).toBe(false)
    expect((await propose('DL-61', true)).json()).toMatchObject({ code: 'clock.rule-pausable' })
    expect((await propose('DL-06', false)).statusCode).toBeLessThan(300)
  })
})

describe('the extension of a loan', () => {
  it('moves its clock and the due time of every item that is out, and warns anew', async () => {
    const items = await office.take('二案', 2, office.now)
    await office.checkIn(items)
    const dueAt = new Date(Date.parse(office.now) + 3 * 86_400_000).toISOString()
    const loan = await office.lend(items, dueAt)
    await office.turn()
    const { id } = await clockOf('DL-18', loan)
    expect((await shown('zhang-wei', id)).may).toEqual(['extend-loan'])
    expect((await shown('zhang-wei', id)).items).toEqual(items)
    office.now = new Date(Date.parse(dueAt) + 1_000).toISOString()
    await office.turn()
    expect(await shown('zhang-wei', id)).toMatchObject({ standing: 'overdue', colour: 'red' })

    const later = new Date(Date.parse(dueAt) + 10 * 86_400_000).toISOString()
    expect(await ask({ command: 'extend-loan', loan, items, dueAt })).toBe('custody.due-in-past')
    expect(await ask({ command: 'extend-loan', loan, items, dueAt: later }, 'wang-qiang')).toMatch(/^custody\./)
    const one = { command: 'extend-loan', loan, items: items.slice(1), dueAt: later }
    expect(await ask(one)).toBe('custody.loan-not-out')
    expect(await ask({ command: 'extend-loan', loan, items, dueAt: later }, 'he-fang')).toMatch(/^custody\./)
    const asked = await ask({ command: 'extend-loan', loan, items, dueAt: later }, 'qian-lei')
    // Once at a time, whoever asks; nobody is offered what waits already.
    for (const person of ['zhang-wei', 'qian-lei'])
      expect(await ask({ command: 'extend-loan', loan, items, dueAt: later }, person)).toBe('custody.extension-asked')
    expect(await shown('zhang-wei', id)).toMatchObject({ may: [], asked: [{ deed: 'extend-loan', by: '钱磊' }] })
    expect(await grant(asked, 'qian-lei')).toBe('approvals.same-person')
    expect(await grant(asked, 'sun-bo')).toBe('granted')
    expect(await shown('zhang-wei', id)).toMatchObject({ may: ['extend-loan'], asked: [] })
    await office.turn()
    expect(await shown('zhang-wei', id)).toMatchObject({ standing: 'running', colour: null, dueAt: later })
    expect((await shown('zhang-wei', id)).changes).toMatchObject([
      { what: 'moved', by: [{ name: await nameOf('sun-bo') }], dueAt: later },
    ])
    for (const item of items)
      expect(await office.get('zhang-wei', `/api/items/${item}`)).toMatchObject({
        overdue: false,
        loan: { dueAt: later },
      })
    expect(
      await ask({ command: 'extend-loan', loan, items, dueAt: new Date(Date.parse(later) - 1).toISOString() }),
    ).toBe('custody.due-not-later')
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
