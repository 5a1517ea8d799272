import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadActor } from '../../access/actor.ts'
import type { Command } from '../../module.ts'
import { testServer, type TestServer } from '../../testing.ts'
import type { CustodyFact } from '../custody.ts'
import { blockersOf } from './closing.ts'
import { evolveLeaving } from './leaving.ts'
import { complaintWork } from './work.ts'
import type { ComplaintGround } from './words.ts'
import type { ItemCard } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { general, stored, taking } from '../testing.ts'
import { type Made, outcomeOf, proposal, returning } from './testing.ts'
import { custodyTriggers } from '../triggers.ts'

const decided = (ground: ComplaintGround, upheld: boolean, made: Made = stored(general)): Made => {
  const { office, codes: items } = made
  office.act('jian', { type: 'custody.complain', items, ground, note: '与案件无关' })
  office.act('tan', { type: 'custody.decide-complaint', items, upheld, conclusion: '见决定书' })
  return made
}
const itemOf = ({ office, codes }: Made) => office.item(codes[0] ?? '')
const starts = ({ office }: Made) =>
  office.facts
    .filter(({ type }) => custodyTriggers.types.includes(type))
    .flatMap((fact) => custodyTriggers.events(fact))
    .filter((event) => event.kind === 'start' && event.event === 'unrelatedFound')

describe('a complaint that is decided', () => {
  it('leaves nothing behind when it was wrong', () => {
    const made = stored(general)
    const { lastAt: _, ...before } = itemOf(made)
    const { lastAt: __, reviewable: ___, decisionToServe, ...after } = itemOf(decided('unrelated', false, made))
    expect(decisionToServe).toMatchObject({ by: 'tan' })
    expect(after).toEqual(before)
    expect(starts(made)).toEqual([])
  })

  it('that the item is unrelated is a finding of it: three days run for the officers of the case', () => {
    const made = decided('unrelated', true)
    const { lastAt, upheld, foundUnrelatedAt } = itemOf(made)
    expect([upheld?.ground, upheld?.by, foundUnrelatedAt]).toEqual(['unrelated', 'tan', lastAt])
    expect(starts(made)).toMatchObject([
      { from: lastAt, matter: 'case/一案', unit: 'dept-1', subjects: [`item/${made.codes[0]}`] },
    ])
    expect(starts(made)[0]).toMatchObject({ responsible: ['ou', 'wei', 'chief', 'everything', 'prober'] })
    made.office.act('ou', proposal(made.codes, returning(made)))
    expect(starts(made)).toHaveLength(1)
  })

  it('starts no second clock where it was found before', () => {
    const made = stored(general)
    made.office.act('ou', proposal(made.codes, returning(made)))
    expect(starts(decided('unrelated', true, made))).toHaveLength(1)
  })

  it('of another ground starts none, and the gate tells that it is to be put right', () => {
    const made = decided('not-released', true)
    expect(starts(made)).toEqual([])
    expect(blockersOf(itemOf(made), {})[0]?.what.zh).toBe('申诉成立，须解除返还或纠正')
  })

  it('is reviewed, and the review entered, by another than who decided it; whoever accepted the review may enter it', () => {
    const made = decided('unrelated', false)
    const { office, codes: items } = made
    const review = { type: 'custody.complain', items, ground: 'unrelated', note: '申请复查', review: true } as const
    const superior = { organ: '云州市监察委员会', number: '云监复〔2026〕3号' }
    const decides = { type: 'custody.decide-complaint', items, upheld: false, conclusion: '维持', superior } as const
    expect(outcomeOf(() => office.act('tan', review))).toBe('custody.same-person')
    office.act('jian', review)
    expect(outcomeOf(() => office.act('tan', decides))).toBe('custody.same-person')
    expect(outcomeOf(() => office.act('jian', decides))).toBe('done')
  })

  it('is decided by approval; a supervisor only writes down what was decided above', () => {
    const made = stored(general)
    const { office, codes: items } = made
    const complaint = { type: 'custody.complain', items, ground: 'misused', note: '被挪用' } as const
    const decides = { type: 'custody.decide-complaint', items, upheld: false, conclusion: '不属实' } as const
    office.act('qin', complaint)
    expect(outcomeOf(() => office.act('jian', decides))).toBe('custody.supervisor-decides')
    office.act('tan', decides)
    office.act('qin', { ...complaint, review: true })
    const superior = { organ: '云州市监察委员会', number: '云监复〔2026〕3号' }
    expect(outcomeOf(() => office.act('jian', { ...decides, superior }))).toBe('done')
  })

  it('is reviewed by the superior organ, whose document is written down; a first one is not', () => {
    const made = decided('unrelated', false)
    const { office, codes: items } = made
    const decides = { type: 'custody.decide-complaint', items, upheld: true, conclusion: '应予返还' } as const
    const superior = { organ: '云州市监察委员会', number: '云监复〔2026〕3号' }
    office.act('jian', { type: 'custody.complain', items, ground: 'unrelated', note: '申请复查', review: true })
    expect(outcomeOf(() => office.act('zhao', decides))).toBe('custody.superior-missing')
    // What stands in the register as it was typed names nobody of the case.
    for (const named of [{ organ: '持有人甲的上级机关' }, { number: '云监复〔2026〕3号（持有人甲）' }])
      expect(outcomeOf(() => office.act('zhao', { ...decides, superior: { ...superior, ...named } }))).toBe(
        'custody.names-person',
      )
    office.act('zhao', { ...decides, superior })
    const { reviewedAbove, reviewable, lastAt } = itemOf(made)
    expect(reviewedAbove).toEqual({ ...superior, upheld: true, by: 'zhao', at: lastAt })
    expect(reviewable).toBeUndefined()
    office.act('jian', { type: 'custody.complain', items, ground: 'misused', note: '被挪用' })
    expect(outcomeOf(() => office.act('tan', { ...decides, superior }))).toBe('custody.not-a-review')
  })

  it('was reviewed without a document of the superior in entries of before, which still replay', () => {
    const made = decided('unrelated', false)
    const { office, codes: items } = made
    office.act('jian', { type: 'custody.complain', items, ground: 'unrelated', note: '申请复查', review: true })
    const before = itemOf(made)
    const superior = { organ: '云州市监察委员会', number: '云监复〔2026〕3号' }
    office.act('zhao', { type: 'custody.decide-complaint', items, upheld: true, conclusion: '应予返还', superior })
    const last = office.facts.at(-1)
    if (last?.type !== 'custody.complaint-decided') throw new Error('nothing was decided')
    const { superior: _, ...body } = last.body
    const { reviewedAbove: __, ...now } = itemOf(made)
    expect(evolveLeaving(before, { ...last, body } as CustodyFact)).toEqual(now)
  })

  it('is served on who complained within seven days, once, by those who deal with complaints (DL-20b)', () => {
    const made = decided('unrelated', false)
    const { office, codes: items } = made
    const servedAt = itemOf(made).decisionToServe?.at ?? ''
    const by = { way: 'DIRECT', receiver: '钱某', relation: '本人' } as const
    const served = {
      type: 'custody.serve-complaint-decision',
      items,
      number: '云监申〔2026〕3号',
      servedAt,
      ...by,
    } as const
    const clocks = () =>
      office.facts
        .filter(({ type }) => custodyTriggers.types.includes(type))
        .flatMap((fact) => custodyTriggers.events(fact))
        .flatMap((event) => {
          if (event.kind === 'start') return event.event === 'complaintDecided' ? [event.from] : []
          return event.kind === 'end' && event.events.includes('complaintDecided') ? ['ended'] : []
        })
    expect(clocks()).toEqual([servedAt])
    expect(outcomeOf(() => office.act('ou', served))).not.toBe('done')
    // What stands in the register as it was typed names nobody of the case.
    expect(outcomeOf(() => office.act('tan', { ...served, number: '云监申〔2026〕3号（持有人甲）' }))).toBe(
      'custody.names-person',
    )
    const { relation: _, ...without } = served
    expect(outcomeOf(() => office.act('jian', without))).toBe('custody.service-field')
    const early = { ...served, servedAt: '2020-01-01T00:00:00.000Z' }
    expect(outcomeOf(() => office.act('jian', early))).toBe('custody.service-time')
    office.act('jian', served)
    expect(itemOf(made).decisionToServe).toBeUndefined()
    expect(clocks()).toEqual([servedAt, 'ended'])
    expect(JSON.stringify(office.facts)).not.toContain('钱某')
    expect(outcomeOf(() => office.act('jian', served))).toBe('custody.nothing-to-serve')
  })

  it('of a review is not ours to serve', () => {
    const made = decided('unrelated', false)
    const { office, codes: items } = made
    const servedAt = itemOf(made).decisionToServe?.at ?? ''
    const left = { way: 'LEFT', reason: '拒绝签名', witness: '见证人', place: '住所' } as const
    office.act('jian', {
      type: 'custody.serve-complaint-decision',
      items,
      number: '云监申〔2026〕3号',
      servedAt,
      ...left,
    })
    office.act('jian', { type: 'custody.complain', items, ground: 'unrelated', note: '申请复查', review: true })
    const superior = { organ: '云州市监察委员会', number: '云监复〔2026〕3号' }
    office.act('zhao', { type: 'custody.decide-complaint', items, upheld: false, conclusion: '维持', superior })
    expect(itemOf(made).decisionToServe).toBeUndefined()
  })

  it('keeps its words beside the register', () => {
    expect(JSON.stringify(decided('misused', true).office.facts)).not.toMatch(/与案件无关|见决定书/)
  })
})

describe('at the page of the item and on work lists', () => {
  let server: TestServer
  let clock = Date.parse('2026-03-02T02:00:00.000Z')
  let item = ''
  const at = (): string => {
    const moment = new Date((clock += 1_000)).toISOString()
    server.setNow(moment)
    return moment
  }
  const does = (person: string, command: Command & Record<string, unknown>) => {
    const moment = at()
    return server.deps.act({ person }, command, { cause: moment, at: moment })
  }
  const card = async (person: string): Promise<ItemCard> => {
    at()
    const got = await server.as(person, { method: 'GET', url: `/api/items/${item}` })
    expect(got.statusCode, got.body).toBe(200)
    return got.json<ItemCard>()
  }
  const post = async (person: string, act: string, payload: object) => {
    at()
    const got = await server.as(person, {
      method: 'POST',
      url: `/api/custody/${act}`,
      payload: { items: [item], ...payload },
    })
    return got.statusCode
  }
  const work = async (person: string) => {
    const now = at()
    const actor = await loadActor(server.database.db, person, now)
    return (await complaintWork(server.database.db, { actor, now, after: null, limit: 10 })).map(({ id }) => id)
  }

  beforeAll(async () => {
    server = await testServer({ extend: async (app, deps) => void (await app.register(custodyRoutes, deps)) })
    const of = {
      number: '监立〔2026〕6号',
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
  })
  afterAll(() => server.close())

  it('is accepted by one and decided by another, and waits with the officers until the item is on its way back', async () => {
    expect((await card('zhang-wei')).complaintAct).toBeNull()
    expect((await card('zhou-ping')).complaintAct).toBe('complain')
    expect(await post('zhou-ping', 'complain', { ground: 'not-released', note: '早已查清' })).toBe(200)
    expect(await card('zhou-ping')).toMatchObject({
      ...{ complaintAct: null, upheld: null },
      complaint: {
        ground: { value: 'not-released' },
        note: '早已查清',
        by: { who: 'person/zhou-ping' },
        review: false,
      },
    })
    expect((await card('qian-lei')).complaintAct).toBe('decide-complaint')
    expect(await work('zhang-wei')).toEqual([])
    expect(await post('qian-lei', 'decide-complaint', { upheld: true, conclusion: '应予解除' })).toBe(200)
    expect(await card('zhang-wei')).toMatchObject({
      ...{ complaint: null, complaintAct: null },
      upheld: { ground: { value: 'not-released' }, conclusion: '应予解除', by: { who: 'person/qian-lei' } },
    })
    expect([await work('zhang-wei'), await work('wang-qiang'), await work('he-fang')]).toEqual([[item], [], []])
    expect([(await card('zhang-wei')).mayServeDecision, (await card('zhou-ping')).mayServeDecision]).toEqual([
      false,
      true,
    ])
    const served = { number: '云监申〔2026〕3号', way: 'DIRECT', servedAt: at(), receiver: '钱某', relation: '本人' }
    expect(await post('zhang-wei', 'serve-complaint-decision', served)).toBe(403)
    expect(await post('zhou-ping', 'serve-complaint-decision', served)).toBe(200)
    expect(await card('zhou-ping')).toMatchObject({ decisionToServe: null, mayServeDecision: false })
    const terms = { destination: 'holder', ground: 'not-needed', suspectedCrime: false, opinion: '返还' }
    await does('zhang-wei', { type: 'custody.propose-disposal', items: [item], way: 'RETURN', ...terms })
    expect(await work('zhang-wei')).toEqual([])
  })
})
