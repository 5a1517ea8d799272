import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadActor } from '../../access/actor.ts'
import { checkpointFolderOf } from '../../ledger/places.ts'
import { verifyStore } from '../../ledger/verify.ts'
import type { Command } from '../../module.ts'
import { signatureOf, testServer, type TestServer } from '../../testing.ts'
import { accountOf } from '../account/accounting.ts'
import { blockersOf } from './closing.ts'
import { storageFor } from '../keeping/locations.ts'
import type { ItemCard } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { general, gold, PHOTO, stored, taking } from '../testing.ts'
import { type Made, outcomeOf, proposal } from './testing.ts'
import { appraisalWork } from '../work.ts'
import { onFilm } from '../testing-film.ts'

const send = ({ office, codes: items }: Made) => {
  const dueAt = new Date(Date.parse(office.now) + 20 * 86_400_000).toISOString()
  const letter = { institution: '省鉴定中心', commission: '委〔2026〕1号' }
  return office.act('li', { type: 'custody.appraise', items, ...letter, dueAt }, { with: ['ou'] })
}
const back = ({ office, codes, safe }: Made, line: object, more: object = {}) =>
  office.act(
    'li',
    {
      type: 'custody.appraised',
      items: codes.map((item) => ({ item, location: safe, ...line })),
      report: '鉴1',
      ...more,
    },
    { with: ['ou'] },
  )
const itemOf = ({ office, codes }: Made) => office.item(codes[0] ?? '')
const agrees = { weight_mg: 100_000, seal: 'intact', condition: 'same' } as const

describe('送鉴定', () => {
  it('takes the item off its shelf, out of the store, and into its own account; the store still answers for it', () => {
    const made = stored(gold)
    send(made)
    const item = itemOf(made)
    expect(item).toMatchObject({
      ...{ custodyStatus: 'AT_APPRAISAL', location: null, store: 'store-1', sealStatus: 'SEALED' },
      appraisal: { institution: '省鉴定中心', commission: '委〔2026〕1号', custodian: 'li', officers: ['ou'] },
    })
    expect(item.holdings.slice(-2)).toMatchObject([
      { to: item.lastAt },
      { who: 'outside/appraisal', from: item.lastAt, to: null },
    ])
    expect(accountOf(item)).toBe('at-appraisal')
    expect(blockersOf(item, {})[0]?.what.zh).toBe('送鉴定未返回')
    const sent = made.office.facts.at(-1)
    expect(sent).toMatchObject({
      register: 'store.store-1',
      with: ['ou'],
      body: { weight_mg: 100_000, sealStatus: 'SEALED' },
    })
  })

  it('is not done to what is disposed of, lent, or away already', () => {
    const made = stored(general)
    send(made)
    expect(outcomeOf(() => send(made))).toBe('custody.wrong-order')
    made.office.act('ou', proposal(made.codes))
    expect(itemOf(made).dispositionStatus).toBe('PROPOSED')
  })
})

describe('鉴定返回', () => {
  it('puts what agrees on a shelf, with the report, and the value that it found', () => {
    const made = stored({ ...gold, valueStatus: 'UNKNOWN' })
    expect(itemOf(made).valueStatus).toBe('UNKNOWN')
    send(made)
    back(made, agrees, { value_fen: 8_000_000 })
    const item = itemOf(made)
    expect(item).toMatchObject({
      ...{ custodyStatus: 'IN_STORE', location: made.safe, valueStatus: 'KNOWN' },
      appraised: [{ report: '鉴1', value_fen: 8_000_000, at: item.lastAt }],
    })
    expect(item.appraisal).toBeUndefined()
    expect(item.holdings.at(-1)).toMatchObject({ who: 'store/store-1', to: null })
    expect([accountOf(item), storageFor(item).length > 0]).toEqual(['in-store', true])
    send(made)
    back(made, agrees)
    expect(itemOf(made).appraised).toHaveLength(2)
  })

  it('leaves what differs outside, frozen under an incident that both heads are told of', () => {
    const made = stored(gold)
    send(made)
    const { result } = back(made, { ...agrees, weight_mg: 90_000 })
    expect(result).toMatchObject({ verdicts: [{ returned: false }] })
    expect(itemOf(made)).toMatchObject({ custodyStatus: 'AT_APPRAISAL', incident: { kind: 'shortage', opener: 'li' } })
    expect(made.office.facts.filter(({ type }) => type === 'custody.head-told')).toHaveLength(2)
    expect(outcomeOf(() => back(made, agrees))).toBe('custody.item-frozen')
    // What the appraiser used up is looked into, and taken as it was found.
    made.office.act('zhao', { type: 'custody.resolve', items: made.codes, conclusion: '取样', takeAsFound: true })
    back(made, { ...agrees, weight_mg: 90_000 })
    expect(itemOf(made)).toMatchObject({ custodyStatus: 'IN_STORE', incident: null })
  })

  it('comes after the seal that was opened there is closed again by two officers', () => {
    const made = stored(gold)
    send(made)
    const two = { with: ['wei'] }
    made.office.act('ou', { type: 'custody.unseal', items: made.codes, reason: '鉴定' }, two)
    expect(outcomeOf(() => back(made, { weight_mg: 100_000 }))).toBe('custody.seal-needed')
    made.office.act('ou', { type: 'custody.seal', items: made.codes, number: 'F-090' }, two)
    expect(outcomeOf(() => back(made, agrees))).toBe('done')
    expect(itemOf(made)).toMatchObject({ sealStatus: 'RESEALED', seal: { number: 'F-090' } })
  })
})

describe('over HTTP', () => {
  let server: TestServer
  let clock = Date.parse('2026-03-02T02:00:00.000Z')
  let item = ''
  let shelf = ''
  const at = (): string => {
    const moment = new Date((clock += 1_000)).toISOString()
    server.setNow(moment)
    return moment
  }
  const does = (person: string, command: Command & Record<string, unknown>, signers: readonly string[] = []) => {
    const moment = at()
    return server.deps.act({ person, with: signers }, command, { cause: moment, at: moment })
  }
  const card = async (person: string): Promise<ItemCard> => {
    at()
    const got = await server.as(person, { method: 'GET', url: `/api/items/${item}` })
    expect(got.statusCode, got.body).toBe(200)
    return got.json<ItemCard>()
  }
  const post = async (person: string, act: string, payload: object) => {
    at()
    return server.as(person, { method: 'POST', url: `/api/custody/${act}`, payload })
  }
  const work = async () => {
    const now = at()
    const actor = await loadActor(server.database.db, 'chen-jing', now)
    return (await appraisalWork(server.database.db, { actor, now, after: null, limit: 10 })).map(({ id }) => id)
  }

  beforeAll(async () => {
    server = await testServer({ extend: async (app, deps) => void (await app.register(custodyRoutes, deps)) })
    const officers = ['zhang-wei', 'li-na']
    const of = { number: '监立〔2026〕9号', title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers }
    await does('zhang-wei', { type: 'custody.open-case', ...of })
    const { result } = await does('zhang-wei', {
      type: 'custody.register',
      case: of.number,
      items: [general],
      ...taking,
    })
    item = (result['items'] as unknown as { code: string }[])[0]?.code ?? ''
    await does('zhang-wei', { type: 'custody.add-photo', items: [{ item, photos: [PHOTO] }] })
    const terms = { store: 'store-1', name: '架', storageClass: 'ordinary', capacity: 9 }
    shelf = String((await does('chen-jing', { type: 'custody.add-location', ...terms })).result['code'])
    await onFilm(server.deps, [item])
    await does('zhang-wei', { type: 'custody.hand-over', items: [item], store: 'store-1' })
    await does('chen-jing', { type: 'custody.check-in', items: [item], location: shelf }, ['zhang-wei'])
  })
  afterAll(() => server.close())

  it('goes, is late, and comes back, each signed by an officer of the case with badge and PIN', async () => {
    expect((await card('zhang-wei')).appraisalAct).toBeNull()
    expect((await card('chen-jing')).appraisalAct).toBe('appraise')
    const dueAt = new Date(clock + 5 * 86_400_000).toISOString()
    const letter = { items: [item], institution: '省鉴定中心', commission: '委1', dueAt }
    const unsigned = await post('chen-jing', 'appraise', letter)
    expect([unsigned.statusCode, unsigned.json<{ code: string }>().code]).toEqual([403, 'custody.appraisal-officer'])
    expect((await post('chen-jing', 'appraise', { ...letter, signatures: [signatureOf('li-na')] })).statusCode).toBe(
      200,
    )
    expect(await card('chen-jing')).toMatchObject({
      ...{ appraisalAct: 'appraised', location: null, holder: { who: 'outside/appraisal' } },
      appraisal: { institution: '省鉴定中心', dueAt, overdue: false, officers: [{ who: 'person/li-na' }] },
    })
    expect(await work()).toEqual([])
    clock = Date.parse(dueAt)
    expect([await work(), (await card('chen-jing')).appraisal?.overdue]).toEqual([[item], true])
    const back = { items: [{ item, location: shelf, condition: 'same' }], report: '鉴1', value_fen: 12_345 }
    const got = await post('chen-jing', 'appraised', { ...back, signatures: [signatureOf('li-na')] })
    expect([got.statusCode, got.json()]).toMatchObject([200, { verdicts: [{ item, returned: true }] }])
    expect(await card('chen-jing')).toMatchObject({
      ...{ appraisalAct: 'appraise', appraisal: null, location: { code: shelf } },
      appraised: [{ report: '鉴1', value_fen: 12_345 }],
    })
    expect(await work()).toEqual([])
    const verified = await verifyStore({
      db: server.database.ownerDb,
      modules: server.modules,
      folder: checkpointFolderOf(server.keys),
      key: server.keys.key,
      installation: server.keys.installation,
    })
    expect(verified.faults).toEqual([])
  })
})
