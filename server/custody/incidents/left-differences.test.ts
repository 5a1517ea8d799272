import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Command } from '../../module.ts'
import { testServer, type TestServer } from '../../testing.ts'
import { settleDifferences } from './left-differences.ts'
import { rules } from '../rules.ts'
import { general, gold, lent, officeWith, PHOTO, taking } from '../testing.ts'
import { outcomeOf } from '../disposal/testing.ts'
import type { CustodyCommand } from '../testing-commands.ts'
import { onFilm } from '../testing-film.ts'

const MINUTES = rules.difference_minutes.value

describe('a difference found on return', () => {
  const found = () => {
    const made = lent(general)
    const [item = ''] = made.codes
    const note = (line: object) =>
      made.office.act('li', { type: 'custody.note-difference', items: [{ item, ...line }] }, { with: ['ou'] })
    const settle = () => made.office.act('system', { type: 'custody.settle-difference', item }).facts
    const pass = () => made.office.wait(MINUTES / 60)
    const returned = () =>
      made.office.act('li', { type: 'custody.give-back', items: [{ item, location: made.shelf, condition: 'same' }] })
    return { ...made, item, note, settle, pass, returned }
  }

  it('becomes an incident of who found it when nobody settles it in time, and both heads are told, once', () => {
    const { office, item, note, settle, pass } = found()
    note({ condition: 'different' })
    expect(settle()).toEqual([])
    pass()
    expect(settle().map(({ type }) => type)).toEqual([
      'custody.incident-opened',
      'custody.loan-checked',
      'custody.head-told',
      'custody.head-told',
    ])
    const { incident, difference, custodyStatus } = office.item(item)
    expect(incident).toMatchObject({
      kind: 'damage',
      opener: 'li',
      points: [{ point: 'condition', verdict: 'different' }],
    })
    expect([difference, custodyStatus]).toEqual([undefined, 'BORROWED'])
    pass()
    expect(settle()).toEqual([])
  })

  it('holds every point that was found, and a later look starts the time anew', () => {
    const { office, item, note, settle, pass } = found()
    note({ condition: 'different' })
    pass()
    note({ seal: 'intact' })
    expect(settle()).toEqual([])
    expect(office.item(item).difference?.points.map(({ point }) => point)).toEqual(['condition', 'seal'])
    pass()
    settle()
    expect(office.item(item).incident?.points).toHaveLength(2)
  })

  it('is settled by a return that fits, and by an incident that somebody opens', () => {
    for (const end of ['return', 'incident'] as const) {
      const { office, item, note, settle, pass, returned } = found()
      note({ condition: 'different' })
      if (end === 'return') returned()
      else office.act('li', { type: 'custody.incident', items: [item], kind: 'damage', note: '裂' })
      expect(office.item(item).difference).toBeUndefined()
      pass()
      expect(settle()).toEqual([])
    }
  })
})

it('what stays where it was found has its seal opened and closed by its officers, who report what is wrong with it', () => {
  for (const custodyStatus of ['IN_PLACE', 'HOLDER_KEEPS', 'THIRD_PARTY'] as const) {
    const { office, codes } = officeWith(gold)
    const [code = ''] = codes
    office.items.set(code, { ...office.item(code), custodyStatus })
    const act = (person: string, command: CustodyCommand, signers: readonly string[] = ['wei']) =>
      outcomeOf(() => office.act(person, command, { with: signers }))
    const open = { type: 'custody.unseal', items: codes, reason: '核对' } as const
    expect(act('li', open)).toBe('custody.not-case-officer')
    expect(act('ou', open, ['sun'])).toBe('custody.seal-signers')
    expect(act('ou', open)).toBe('done')
    expect(act('ou', { type: 'custody.seal', items: codes, number: 'F-077' })).toBe('done')
    expect(office.item(code)).toMatchObject({ custodyStatus, sealStatus: 'RESEALED', seal: { number: 'F-077' } })
    const incident = {
      type: 'custody.incident',
      items: codes,
      kind: 'damage',
      note: '门窗被撬',
      sealBroken: true,
    } as const
    expect([act('li', incident), act('ou', incident)]).toEqual(['custody.not-case-officer', 'done'])
    expect(office.facts.findLast(({ type }) => type === 'custody.incident-opened')?.register).toBe('unit.dept-1')
    expect(office.item(code)).toMatchObject({ custodyStatus, sealStatus: 'BROKEN' })
    expect(act('ou', open)).toBe('custody.item-frozen')
  }
})

describe('left lying at a bench', () => {
  let server: TestServer
  let clock = Date.parse('2026-03-02T02:00:00.000Z')
  let item = ''
  const now = (): string => {
    const moment = new Date((clock += 1_000)).toISOString()
    server.setNow(moment)
    return moment
  }
  const does = (person: string, command: Command & Record<string, unknown>, signers: readonly string[] = []) => {
    const at = now()
    return server.deps.act({ person, with: signers }, command, { cause: at, at })
  }

  beforeAll(async () => {
    server = await testServer()
    const of = {
      number: '监立〔2026〕7号',
      title: '某案',
      track: 'SUPERVISION',
      unit: 'dept-1',
      officers: ['zhang-wei', 'li-na'],
    }
    await does('zhang-wei', { type: 'custody.open-case', ...of })
    const { result } = await does('zhang-wei', {
      type: 'custody.register',
      case: of.number,
      items: [general],
      ...taking,
    })
    item = (result['items'] as unknown as { code: string }[])[0]?.code ?? ''
    await does('zhang-wei', { type: 'custody.add-photo', items: [{ item, photos: [PHOTO] }] })
    const shelf = { store: 'store-1', name: '架', storageClass: 'ordinary', capacity: 9 }
    const { result: at } = await does('chen-jing', { type: 'custody.add-location', ...shelf })
    await onFilm(server.deps, [item])
    await does('zhang-wei', { type: 'custody.hand-over', items: [item], store: 'store-1' })
    await does('chen-jing', { type: 'custody.check-in', items: [item], location: String(at['code']) }, ['zhang-wei'])
    const dueAt = new Date(clock + 86_400_000).toISOString()
    const deed = { command: 'borrow', items: [item], dueAt, purpose: 'COURT' }
    const { result: asked } = await does('zhang-wei', { type: 'approvals.ask', deed, reason: '出庭' })
    const approval = String(asked['id'])
    await does('qian-lei', { type: 'approvals.grant', approval })
    await does('chen-jing', { type: 'custody.borrow', items: [item], approval }, ['zhang-wei'])
    await does('chen-jing', { type: 'custody.note-difference', items: [{ item, condition: 'different' }] }, [
      'zhang-wei',
    ])
  })
  afterAll(() => server.close())

  it('is found after its time by whoever looks after it, and by nobody before or twice', async () => {
    const settle = () => settleDifferences({ db: server.database.db, act: server.deps.act, now })
    expect(await settle()).toEqual([])
    clock += MINUTES * 60_000
    expect(await settle()).toEqual([item])
    expect(await settle()).toEqual([])
    const { db } = server.database
    const { state } = await db.selectFrom('items').select('state').where('id', '=', item).executeTakeFirstOrThrow()
    expect(state.incident).toMatchObject({ opener: 'chen-jing', kind: 'damage' })
    const told = await db.selectFrom('notices').select('unit').execute()
    expect(told.map(({ unit }) => unit).sort()).toEqual(['dept-1', 'keeping'])
  })
})
