import { describe, expect, it } from 'vitest'
import { parseCode } from '../../labels/item-code.ts'
import { Refusal } from '../refusal.ts'
import { categories } from './categories.ts'
import { storageFor } from './keeping/locations.ts'
import { isOverdue } from './items/item.ts'
import { countOf } from './intake/lists.ts'
import { outstanding } from './loans/loan.ts'
import { quantityOf } from './intake/registering.ts'
import type { OpenCase, WantLabel } from './schemas.ts'
import { asked, codeFrom, general, gold, lent, officeWith, PHOTO, stored, submitted, taking } from './testing.ts'
import { Office } from './testing-office.ts'

function refusal(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
  return 'done'
}

const openCase: OpenCase = {
  type: 'custody.open-case',
  number: '二案',
  title: '另案',
  track: 'DISCIPLINE',
  unit: 'dept-1',
  officers: ['ou'],
}

describe('a case', () => {
  it('has one account, opened by an officer of its department, with officers of it', () => {
    const { office } = officeWith()
    expect(refusal(() => office.act('ou', openCase))).toBe('done')
    expect(refusal(() => office.act('ou', openCase))).toBe('custody.case-exists')
    expect(refusal(() => office.act('han', { ...openCase, number: '三案' }))).toBe('custody.not-your-unit')
    expect(refusal(() => office.act('ou', { ...openCase, number: '三案', unit: 'dept-9' }))).toBe(
      'custody.unknown-unit',
    )
    expect(refusal(() => office.act('ou', { ...openCase, number: '三案', officers: ['ou', 'li'] }))).toBe(
      'custody.officer-unknown',
    )
  })

  it('keeps its title out of the fact', () => {
    const { office } = officeWith()
    const { facts } = office.act('ou', openCase)
    expect(JSON.stringify(facts)).not.toContain('另案')
  })
})

describe('a registration', () => {
  it('gives each item its own code, tag and place in the case', () => {
    const { office, codes } = officeWith(general, general)
    expect(codes.map((code) => parseCode(code))).toMatchObject([
      { ok: true, kind: 'item', unit: '01', year: 2026, serial: 1 },
      { ok: true, kind: 'item', unit: '01', year: 2026, serial: 2 },
    ])
    expect(codes.map((code) => office.item(code).ordinal)).toEqual([1, 2])
    expect(new Set(codes.map((code) => office.item(code).epc)).size).toBe(2)
  })

  it('takes the usual measure of the track; the day it is due is for the clocks', () => {
    const { office, codes } = officeWith(general)
    const item = office.item(codes[0] ?? '')
    expect(item.measureStatus).toBe('SEIZED')
    expect(item.custodyStatus).toBe('WITH_CASE_DEPT')
    expect(item.deadlines).toEqual([])
  })

  it('is all or nothing', () => {
    const { office } = officeWith()
    const items = [general, { ...general, quantity: 0 }]
    expect(refusal(() => office.act('ou', { type: 'custody.register', case: '一案', items, ...taking }))).toBe(
      'custody.quantity',
    )
    expect(office.items.size).toBe(0)
  })

  it('a second officer alone cannot be two', () => {
    const { office } = officeWith()
    const seal = { number: 'F-9', signers: ['ou', 'han'] }
    const act = (line: object, more: object) => () =>
      office.act('ou', { type: 'custody.register', case: '一案', items: [{ ...gold, ...line }], ...taking, ...more })
    expect(refusal(act({ seal }, {}))).toBe('custody.seal-signers')
    for (const officers of [['ou'], ['ou', 'wei', 'ou'], ['ou', 'li']])
      expect(refusal(act({}, { measure: { ...taking.measure, officers } }))).toBe('custody.measure-officers')
  })

  it('one seal may close several things of one act, and nothing else ever again', () => {
    const { office } = officeWith()
    const seal = { number: 'F-9', signers: ['ou', 'wei'] }
    const act = (...lines: object[]) => {
      const items = lines.map((line) => ({ ...gold, seal, ...line }))
      return refusal(() => office.act('ou', { type: 'custody.register', case: '一案', items, ...taking }))
    }
    expect(act({}, { seal: { ...seal, signers: ['ou', 'chief'] } })).toBe('custody.seal-taken')
    expect(act({}, { seal: { ...seal, sealedAt: '2026-03-02T00:30:00.000Z' } })).toBe('custody.seal-taken')
    expect(act({}, { seal: { ...seal, signers: ['wei', 'ou'] } })).toBe('done')
    expect(act({})).toBe('custody.seal-taken')
    office.act('ou', { ...openCase, officers: ['ou', 'wei'] })
    const other = () =>
      office.act('ou', { type: 'custody.register', case: '二案', items: [{ ...gold, seal }], ...taking })
    expect(refusal(other)).toBe('custody.seal-taken')
  })

  it('goods that cannot be sealed say why', () => {
    const { office } = officeWith()
    const { seal: _, ...unsealed } = gold
    const line = { ...unsealed, cannotSealReason: '体积过大' }
    office.act('ou', { type: 'custody.register', case: '一案', items: [line], ...taking })
    expect([...office.items.values()][0]).toMatchObject({
      sealStatus: 'UNSEALED',
      cannotSeal: { commitment: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
    })
    expect(JSON.stringify(office.facts)).not.toMatch(/体积过大|办公室|足金/)
  })

  for (const [attendance, given] of [
    ['SIGNED', {}],
    ['REFUSED', { name: '甲' }],
    ['REFUSED', { reason: '不认可' }],
    ['ABSENT', { name: '甲' }],
  ] as const) {
    it(`a holder who is ${attendance} with ${Object.keys(given).join() || 'nothing'} is not enough`, () => {
      const { office } = officeWith()
      const holder = { attendance, ...given }
      const act = () =>
        office.act('ou', { type: 'custody.register', case: '一案', items: [general], ...taking, holder })
      expect(refusal(act)).toBe('custody.presence-reason')
    })
  }

  it('an absent witness with a reason is enough, and the reason stands beside the register', () => {
    const { office } = officeWith()
    const witness = { attendance: 'ABSENT', reason: '无人到场' } as const
    const { facts } = office.act('ou', { type: 'custody.register', case: '一案', items: [general], ...taking, witness })
    expect(JSON.stringify(facts)).not.toContain('无人到场')
    expect([...office.items.values()][0]?.witness).toMatchObject({ attendance: 'ABSENT', person: null })
  })

  for (const [given, kept] of [
    [3, '3'],
    ['2.50', '2.5'],
    ['10', '10'],
    ['0.000001', '0.000001'],
    ['100.0', '100'],
  ] as const) {
    it(`quantity ${given} is kept as ${kept}`, () => expect(quantityOf(given, '克')).toBe(kept))
  }
  for (const given of [
    0,
    -1,
    '-2',
    '0',
    '0.0',
    '1e3',
    '',
    'NaN',
    'Infinity',
    ' 1',
    '01',
    '1.',
    '.5',
    '1,5',
    '１',
    1_000_000_001,
    '0.0000001',
  ]) {
    it(`quantity ${JSON.stringify(given)} is refused`, () =>
      expect(refusal(() => quantityOf(given, '克'))).toBe('custody.quantity'))
  }

  it('the same photo twice is one photo', () => {
    const { office, codes } = officeWith(general)
    const again = () =>
      office.act('wei', { type: 'custody.add-photo', items: [{ item: codes[0] ?? '', photos: [PHOTO] }] })
    expect(refusal(again)).toBe('custody.photo-known')
  })

  it('photos of one upload are taken down by one act, all or none', () => {
    const { office, codes } = officeWith(general)
    const [item = ''] = codes
    const add = (photos: string[]) =>
      refusal(() => office.act('wei', { type: 'custody.add-photo', items: [{ item, photos }] }))
    const [one, other] = ['cd'.repeat(32), 'ef'.repeat(32)] as const
    expect([add([one, PHOTO]), add([one, one])]).toEqual(['custody.photo-known', 'custody.photo-known'])
    expect(add([one, other])).toBe('done')
    expect(office.item(item).photos.map(({ photo }) => photo)).toEqual([PHOTO, one, other])
  })

  it('photos of several items are taken down by one act, all or none, each item once', () => {
    const { office, codes } = officeWith(general, general)
    const [first = '', second = ''] = codes
    const add = (...items: { item: string; photos: string[] }[]) =>
      refusal(() => office.act('wei', { type: 'custody.add-photo', items }))
    const fresh = { item: first, photos: ['cd'.repeat(32)] }
    expect(add(fresh, { item: second, photos: [PHOTO] })).toBe('custody.photo-known')
    expect(add(fresh, fresh)).toBe('custody.twice')
    expect(office.item(first).photos).toHaveLength(1)
    expect(add(fresh, { item: second, photos: ['ef'.repeat(32)] })).toBe('done')
    expect(codes.map((code) => office.item(code).photos.length)).toEqual([2, 2])
  })

  it('a photo is added by who has the item in hands', () => {
    const { office, codes } = stored(general)
    const add = (person: string) => () =>
      office.act(person, { type: 'custody.add-photo', items: [{ item: codes[0] ?? '', photos: ['cd'.repeat(32)] }] })
    expect(refusal(add('han'))).toBe('custody.not-case-officer')
    expect(refusal(add('far'))).toBe('custody.not-case-officer')
    expect(refusal(add('li'))).toBe('done')
    expect(office.facts.at(-1)?.register).toBe('store.store-1')
  })
})

describe('a hand-over', () => {
  it('shows on the list what was taken in, what was sent back and what still waits', () => {
    const { office, codes, shelf } = submitted(general, general, general)
    const [list] = [...office.lists.values()]
    const [first = '', second = ''] = codes
    office.act('li', { type: 'custody.check-in', items: [{ item: first, location: shelf }] })
    office.act('li', { type: 'custody.refuse-item', items: [{ item: second, reason: '袋口未封' }] })
    const now = office.lists.get(list?.code ?? '')
    expect(now?.lines.map(({ outcome }) => outcome)).toEqual(['checked-in', 'refused', 'pending'])
    expect(now === undefined ? -1 : countOf(now, 'pending')).toBe(1)
    office.act('ou', { type: 'custody.hand-over', items: [second], store: 'store-2' })
    expect(office.lists.size).toBe(2)
    expect(office.item(second)).toMatchObject({ custodyStatus: 'PENDING_HANDOVER', store: 'store-2' })
  })

  it('keeps what was weighed and read of the seal of a thing that is sent back, beside the weight it was registered with', () => {
    const { office, codes } = submitted(gold)
    const [item = ''] = codes
    const found = { weight_mg: 97_000, sealNumber: 'F-999' }
    const { facts } = office.act('li', {
      type: 'custody.refuse-item',
      items: [{ item, reason: '重量与登记不符', ...found }],
    })
    const [sentBack] = facts.filter(({ type }) => type === 'custody.handover-refused')
    expect(sentBack?.body).toMatchObject({ ...found, weighing: { by: 'hand' } })
    expect(office.item(item).weights.map(({ weight_mg }) => weight_mg)).toEqual([100_000])
    expect(office.item(item).seal?.number).toBe('F-001')
  })

  it('names the giver before the receiver, each in his own book', () => {
    const { office, codes, shelf } = submitted(general)
    const { facts } = office.act('li', { type: 'custody.check-in', items: codes, location: shelf })
    expect(facts.map(({ register, type, pairedWith }) => [register, type, pairedWith])).toEqual([
      ['unit.dept-1', 'custody.released-to-store', undefined],
      ['store.store-1', 'custody.checked-in', 0],
      ['unit.dept-1', 'custody.list-checked', undefined],
    ])
  })

  it('takes in what carries one number from before numbers were unique, each item by its own seal', () => {
    const other = { ...gold, seal: { number: 'F-002', signers: ['ou', 'chief'] } }
    const made = submitted(gold, other)
    const [first = '', second = ''] = made.codes
    const { seal } = made.office.item(first)
    const before = made.office.item(second)
    if (seal === null || before.seal === null) throw new Error('sealed')
    made.office.items.set(second, { ...before, seal: { ...before.seal, number: seal.number } })
    const take = (sealNumber: string) => () => {
      const items = made.codes.map((item) => ({ item, location: made.safe, weight_mg: 100_000, sealNumber }))
      return made.office.act('li', { type: 'custody.check-in', items })
    }
    expect(refusal(take('F-002'))).toBe('custody.seal-differs')
    expect(refusal(take('F-001'))).toBe('done')
  })

  it('takes small differences of the scale, and compares the next weighing with the last', () => {
    const made = submitted(gold)
    const [item = ''] = made.codes
    const { tolerance_mg } = categories.valuables.weighed
    const take = (weight_mg: number) => () =>
      made.office.act('li', {
        type: 'custody.check-in',
        items: [{ item, location: made.safe, weight_mg, sealNumber: 'F-001' }],
      })
    expect(refusal(take(100_000 + tolerance_mg + 1))).toBe('custody.weight-differs')
    expect(refusal(take(100_000 + tolerance_mg))).toBe('done')
    expect(made.office.item(item).weights.at(-1)?.weight_mg).toBe(100_000 + tolerance_mg)
  })

  it('goods of unclear value lie apart', () => {
    const sealed = { number: 'F-001', signers: ['ou', 'wei'] }
    const unclear = { ...general, valueStatus: 'UNKNOWN', seal: sealed } as const
    const { office, codes, shelf, safe } = submitted(unclear)
    const take = (location: string) => () =>
      office.act('li', {
        type: 'custody.check-in',
        items: codes.map((item) => ({ item, sealNumber: 'F-001' })),
        location,
      })
    expect(refusal(take(shelf))).toBe('custody.class-not-allowed')
    expect(refusal(take(safe))).toBe('done')
    const { seal: _, ...open } = unclear
    expect(refusal(() => officeWith(open))).toBe('custody.seal-missing')
    expect(refusal(() => officeWith({ ...open, cannotSealReason: '体积过大' }))).toBe('done')
  })

  it('goods of unclear value that have a room of their own lie in it', () => {
    expect(storageFor({ category: 'vehicle', valueStatus: 'UNKNOWN' })).toEqual(['vehicle'])
    expect(storageFor({ category: 'general', valueStatus: 'UNKNOWN' })).toEqual(['precious'])
  })

  it('refuses what is not said or not there', () => {
    const { office, codes, shelf } = submitted(general)
    const [item = ''] = codes
    const says: [() => unknown, string][] = [
      [() => office.act('li', { type: 'custody.check-in', items: codes }), 'custody.location-needed'],
      [
        () => office.act('li', { type: 'custody.check-in', items: codes, location: 'L0126000000100' }),
        'custody.unknown-location',
      ],
      [() => office.act('li', { type: 'custody.check-in', items: [item, item], location: shelf }), 'custody.twice'],
      [
        () => office.act('li', { type: 'custody.check-in', items: ['W0126000999900'], location: shelf }),
        'custody.unknown-item',
      ],
      [() => office.act('li', { type: 'custody.refuse-item', items: codes }), 'custody.reason-needed'],
      [() => office.act('ou', { type: 'custody.hand-over', items: codes, store: 'store-9' }), 'custody.unknown-store'],
      [
        () =>
          office.act('li', {
            type: 'custody.add-location',
            store: 'store-9',
            name: '架',
            storageClass: 'bulk',
            capacity: 1,
          }),
        'custody.unknown-store',
      ],
      [
        () => office.act('ou', { type: 'custody.register', case: '九案', items: [general], ...taking }),
        'custody.unknown-case',
      ],
    ]
    const count = office.facts.length
    for (const [run, code] of says) expect(refusal(run)).toBe(code)
    expect(office.facts.length).toBe(count)
  })

  it('one list, one department', () => {
    const { office, codes } = officeWith(general)
    office.act('everything', { ...openCase, number: '二室案', unit: 'dept-2', officers: ['everything', 'han'] })
    const { result } = office.act('everything', {
      type: 'custody.register',
      case: '二室案',
      items: [general],
      ...taking,
    })
    const other = (result as { items: { code: string }[] }).items[0]?.code ?? ''
    office.act('everything', { type: 'custody.add-photo', items: [{ item: other, photos: [PHOTO] }] })
    const both = () =>
      office.act('everything', { type: 'custody.hand-over', items: [...codes, other], store: 'store-1' })
    expect(refusal(both)).toBe('custody.mixed')
  })
})

describe('a loan', () => {
  it('leaves the shelf, is held by the borrower, and is late after its time', () => {
    const { office, codes } = lent(general)
    const item = office.item(codes[0] ?? '')
    expect(item).toMatchObject({ custodyStatus: 'BORROWED', location: null, reservation: null })
    expect(item.holdings.at(-1)).toMatchObject({ who: 'person/ou', to: null })
    expect(isOverdue(item, office.now)).toBe(false)
    office.wait(49)
    expect(isOverdue(item, office.now)).toBe(true)
  })

  it('may be fetched by another officer of the case, but not by the approver', () => {
    const { office, codes } = stored(general)
    const approval = asked(office, codes)
    office.act('tan', { type: 'approvals.grant', approval })
    expect(refusal(() => office.act('li', { type: 'custody.borrow', items: codes, approval, borrower: 'tan' }))).toBe(
      'custody.same-person',
    )
    office.act('li', { type: 'custody.borrow', items: codes, approval, borrower: 'wei' })
    expect(office.item(codes[0] ?? '').loan?.borrower).toBe('wei')
  })

  it('a grant that was not fetched in time frees the item for the next', () => {
    const { office, codes } = stored(general)
    office.act('zhao', { type: 'approvals.grant', approval: asked(office, codes, 24 * 20) })
    expect(refusal(() => asked(office, codes))).toBe('custody.reserved')
    office.wait(24 * 4)
    expect(refusal(() => asked(office, codes))).toBe('done')
  })

  it('what agrees goes back while what differs stays out, frozen', () => {
    const { office, codes, safe } = lent(gold, gold)
    const [good = '', short = ''] = codes
    const { result, facts } = office.act('li', {
      type: 'custody.give-back',
      items: [
        { item: good, location: safe, weight_mg: 100_000, seal: 'intact', condition: 'same' },
        { item: short, location: safe, weight_mg: 98_000, seal: 'intact', condition: 'same', note: '少两克' },
      ],
    })
    expect(result?.['verdicts']).toMatchObject([
      { item: good, returned: true },
      { item: short, returned: false, points: [{ point: 'weight', verdict: 'different' }, {}, {}] },
    ])
    expect(JSON.stringify(facts)).not.toContain('少两克')
    expect(office.item(good)).toMatchObject({ custodyStatus: 'IN_STORE', loan: null })
    expect(office.item(short)).toMatchObject({
      custodyStatus: 'BORROWED',
      incident: { kind: 'shortage', opener: 'li' },
    })
    const [loan] = [...office.loans.values()]
    expect(loan === undefined ? -1 : outstanding(loan)).toBe(1)
    expect([...office.notices.values()].map(({ unit, person }) => [unit, person])).toEqual([
      ['dept-1', 'zhao'],
      ['keeping', null],
    ])
  })

  it('a broken seal is damage and stays broken; once that is concluded, it comes home under a new seal', () => {
    const { office, codes, safe } = lent(gold)
    const [item = ''] = codes
    const bring = (seal: 'intact' | 'broken') => () =>
      office.act('li', { type: 'custody.give-back', items: [{ item, location: safe, weight_mg: 100_000, seal }] })
    bring('broken')()
    expect(office.item(item)).toMatchObject({ sealStatus: 'BROKEN', incident: { kind: 'damage' } })
    expect(refusal(bring('broken'))).toBe('custody.item-frozen')
    office.act('zhao', { type: 'custody.resolve', items: codes, conclusion: '鉴定时拆封' })
    expect(refusal(bring('broken'))).toBe('custody.seal-needed')
    office.act('ou', { type: 'custody.seal', items: codes, number: 'F-002' }, { with: ['wei'] })
    bring('intact')()
    expect(office.item(item)).toMatchObject({ custodyStatus: 'IN_STORE', sealStatus: 'RESEALED' })
  })

  it('without a word about the seal a sealed item is not taken back', () => {
    const { office, codes, safe } = lent(gold)
    const items = [{ item: codes[0] ?? '', location: safe, weight_mg: 100_000 }]
    expect(refusal(() => office.act('li', { type: 'custody.give-back', items }))).toBe('custody.seal-not-checked')
  })

  it('the found weight holds only when the approver takes it as found', () => {
    for (const [takeAsFound, returned] of [
      [true, true],
      [false, false],
    ] as const) {
      const { office, codes, safe } = lent(gold)
      const items = [{ item: codes[0] ?? '', location: safe, weight_mg: 98_000, seal: 'intact' as const }]
      office.act('li', { type: 'custody.give-back', items })
      office.act('zhao', { type: 'custody.resolve', items: codes, conclusion: '取样', takeAsFound })
      const { result } = office.act('li', { type: 'custody.give-back', items })
      expect(result?.['verdicts']).toMatchObject([{ returned }])
    }
  })
})

describe('an incident', () => {
  it('while the department holds the item is concluded by another than who opened it', () => {
    const { office, codes } = officeWith(general)
    office.act('everything', { type: 'custody.incident', items: codes, kind: 'damage', note: '外壳裂' })
    expect(office.facts.find(({ type }) => type === 'custody.incident-opened')?.register).toBe('unit.dept-1')
    const resolve = (person: string) => () =>
      office.act(person, { type: 'custody.resolve', items: codes, conclusion: '扣押前已有' })
    expect(refusal(resolve('everything'))).toBe('custody.same-person')
    expect(refusal(resolve('tan'))).toBe('done')
  })

  it('of a lent item is not concluded by who borrowed it or once lent it', () => {
    const { office, codes } = stored(general)
    const [code = ''] = codes
    const approval = asked(office, codes)
    office.act('zhao', { type: 'approvals.grant', approval })
    office.act('li', { type: 'custody.borrow', items: codes, approval, borrower: 'chief' })
    office.act('sun', { type: 'custody.incident', items: codes, kind: 'loss', note: '逾期未见实物' })
    const resolve = (person: string) => () =>
      office.act(person, { type: 'custody.resolve', items: codes, conclusion: '已追回' })
    expect(refusal(resolve('chief'))).toBe('custody.same-person')
    // He lent it as a custodian and has since become an approver.
    const item = office.item(code)
    office.items.set(code, { ...item, loan: item.loan === null ? null : { ...item.loan, custodian: 'zhao' } })
    expect(refusal(resolve('zhao'))).toBe('custody.same-person')
    expect(refusal(resolve('tan'))).toBe('done')
  })

  it('is concluded by an approver who does not handle the case, and kept with its conclusion', () => {
    const { office, codes } = stored(general)
    office.act('li', { type: 'custody.incident', items: codes, kind: 'damage', note: '屏幕裂' })
    const resolve = (person: string) => () =>
      office.act(person, { type: 'custody.resolve', items: codes, conclusion: '入库前已有' })
    expect(refusal(resolve('chief'))).toBe('custody.officer-decides')
    expect(refusal(resolve('zhao'))).toBe('done')
    expect(office.item(codes[0] ?? '')).toMatchObject({
      incident: null,
      concluded: [{ kind: 'damage', opener: 'li', concludedBy: 'zhao', takenAsFound: false }],
    })
  })
})

it('a loan is not granted by an approver who handles the case', () => {
  const { office, codes } = stored(general)
  const approval = asked(office, codes)
  const grant = (person: string) => () => office.act(person, { type: 'approvals.grant', approval })
  expect(refusal(grant('chief'))).toBe('custody.officer-decides')
  expect(refusal(grant('zhao'))).toBe('done')
})

describe('a label', () => {
  const NO_PAPER = { code: 'device-error', conditions: ['paper-out'] } as const
  const GONE = { code: 'port-gone', conditions: [] } as const
  const want = { template: 'item-card', station: 'bench-1' } as const
  const wanted = (person = 'ou') => {
    const { office, codes } = officeWith(general)
    const { result } = office.act(person, { type: 'custody.want-label', codes, ...want })
    return { office, codes, job: (result as { jobs: { job: string }[] }).jobs[0]?.job ?? '' }
  }

  it('is wanted, printed and read back, once', () => {
    const { office, codes, job } = wanted()
    office.act('ou', { type: 'custody.label-printed', labels: [job] })
    expect(office.labels.get(job)).toMatchObject({ state: 'printed', scannedBack: false, issue: 1, payload: codes[0] })
    office.act('ou', { type: 'custody.label-scanned-back', labels: [{ code: codes[0] ?? '', issue: 1 }] })
    expect(office.labels.get(job)?.scannedBack).toBe(true)
    expect(
      office.act('ou', { type: 'custody.label-scanned-back', labels: [{ code: codes[0] ?? '', issue: 1 }] }).facts,
    ).toEqual([])
    expect(refusal(() => office.act('ou', { type: 'custody.label-failed', labels: [job], fault: NO_PAPER }))).toBe(
      'custody.label-order',
    )
    expect(refusal(() => office.act('ou', { type: 'custody.want-label', codes, ...want }))).toBe('custody.label-exists')
  })

  it('is drawn as what its code is of', () => {
    const { office, codes, shelf } = officeWith(general)
    const ask = (person: string, code: string, template: WantLabel['template']) =>
      refusal(() => office.act(person, { type: 'custody.want-label', codes: [code], template, station: 'bench-1' }))
    expect(ask('ou', codes[0] ?? '', 'location-label')).toBe('custody.template-kind')
    expect(ask('li', shelf, 'item-card')).toBe('custody.template-kind')
    expect(ask('li', shelf, 'location-label')).toBe('done')
    expect(ask('ou', codes[0] ?? '', 'item-card')).toBe('done')
  })

  it('of a list is its entry slip: for the custodians of the store, once something is in, each in the place of the one before', () => {
    const { office, codes, shelf } = submitted(general)
    const [list = ''] = [...office.lists.keys()]
    const ask = (person: string, template: WantLabel['template'] = 'entry-slip') =>
      refusal(() => office.act(person, { type: 'custody.want-label', codes: [list], template, station: 'bench-1' }))
    expect(ask('li')).toBe('custody.nothing-entered')
    office.act('li', { type: 'custody.check-in', items: codes, location: shelf })
    expect([ask('ou'), ask('far')]).toEqual(['custody.not-your-store', 'custody.not-your-store'])
    expect(ask('li', 'location-label')).toBe('custody.template-kind')
    expect([ask('li'), ask('sun')]).toEqual(['done', 'done'])
    expect([...office.labels.values()].map((label) => [label.issue, label.void])).toEqual([
      [1, true],
      [2, false],
    ])
  })

  it('that failed is wanted again under the next issue', () => {
    const { office, codes, job } = wanted()
    office.act('ou', { type: 'custody.label-failed', labels: [job], fault: NO_PAPER })
    office.act('ou', { type: 'custody.want-label', codes, ...want })
    expect([...office.labels.values()].at(-1)).toMatchObject({ issue: 2, state: 'wanted' })
  })

  describe('that is printed again', () => {
    const states = (office: Office) => [...office.labels.values()].map((label) => [label.state, label.void])
    const again = () => {
      const made = wanted()
      made.office.act('ou', { type: 'custody.label-printed', labels: [made.job] })
      const reprint = (): string => {
        const { result } = made.office.act('ou', {
          ...{ type: 'custody.reprint', codes: made.codes, reason: '破损' },
          ...want,
        })
        return (result as { jobs: { job: string }[] }).jobs[0]?.job ?? ''
      }
      return { ...made, reprint }
    }

    it('stays good while nothing else may be on paper, and needs a reason still', () => {
      const { office, codes, reprint } = again()
      const second = reprint()
      expect(states(office)).toEqual([
        ['printed', false],
        ['wanted', false],
      ])
      office.act('ou', { type: 'custody.label-failed', labels: [second], fault: NO_PAPER })
      expect(states(office)).toEqual([
        ['printed', false],
        ['failed', false],
      ])
      expect(refusal(() => office.act('ou', { type: 'custody.want-label', codes, ...want }))).toBe(
        'custody.label-exists',
      )
      office.act('ou', { type: 'custody.label-printed', labels: [reprint()] })
      expect(states(office)).toEqual([
        ['printed', true],
        ['failed', true],
        ['printed', false],
      ])
    })

    for (const [name, settle] of [
      ['printed', { type: 'custody.label-printed' }],
      ['unknown', { type: 'custody.label-unknown', fault: GONE }],
    ] as const) {
      it(`is void once the later one is ${name}`, () => {
        const { office, reprint } = again()
        office.act('ou', { ...settle, labels: [reprint()] })
        expect(states(office)).toEqual([
          ['printed', true],
          [name, false],
        ])
      })
    }

    it('is void once the later one is read back, whatever the printer said', () => {
      const { office, codes, reprint } = again()
      office.act('ou', { type: 'custody.label-failed', labels: [reprint()], fault: NO_PAPER })
      office.act('ou', { type: 'custody.label-scanned-back', labels: [{ code: codes[0] ?? '', issue: 2 }] })
      expect(states(office)).toEqual([
        ['printed', true],
        ['printed', false],
      ])
    })

    it('and one that was wanted before it are not settled or read back by one act, which could not say which came last', () => {
      const { office, codes, reprint } = again()
      const [code = ''] = codes
      const [one, other] = [reprint(), reprint()]
      const both = { type: 'custody.label-unknown', labels: [one, other], fault: GONE } as const
      expect(refusal(() => office.act('ou', both))).toBe('custody.twice')
      const labels = [2, 3].map((issue) => ({ code, issue }))
      expect(refusal(() => office.act('ou', { type: 'custody.label-scanned-back', labels }))).toBe('custody.twice')
    })

    it('twice comes out once: what still waits for the printer is void', () => {
      const { office, reprint } = again()
      reprint()
      reprint()
      expect(states(office)).toEqual([
        ['printed', false],
        ['wanted', true],
        ['wanted', false],
      ])
    })
  })

  it('of unknown outcome waits for somebody to look, and nothing is printed by itself', () => {
    const { office, codes, job } = wanted()
    office.act('ou', { type: 'custody.label-unknown', labels: [job], fault: GONE })
    expect(refusal(() => office.act('ou', { type: 'custody.want-label', codes, ...want }))).toBe('custody.label-exists')
    expect(refusal(() => office.act('ou', { type: 'custody.label-unknown', labels: [job], fault: GONE }))).toBe(
      'custody.label-order',
    )
    office.act('ou', { type: 'custody.label-printed', labels: [job] })
    expect(office.labels.get(job)?.state).toBe('printed')
  })

  it('is settled by nobody who could not have asked for it', () => {
    const { office, job } = wanted()
    for (const person of ['han', 'far', 'li'])
      expect(refusal(() => office.act(person, { type: 'custody.label-printed', labels: [job] }))).toBe(
        'custody.not-case-officer',
      )
  })

  it('that is void is told when it is seen', () => {
    const { office, codes } = wanted()
    const [code = ''] = codes
    office.act('ou', { type: 'custody.reprint', codes, ...want, reason: '破损' })
    expect(refusal(() => office.act('li', { type: 'custody.label-scanned-back', labels: [{ code, issue: 1 }] }))).toBe(
      'custody.label-void',
    )
    expect(refusal(() => office.act('li', { type: 'custody.label-scanned-back', labels: [{ code, issue: 3 }] }))).toBe(
      'custody.label-missing',
    )
    expect(refusal(() => office.act('li', { type: 'custody.label-scanned-back', labels: [{ code, issue: 2 }] }))).toBe(
      'done',
    )
  })

  it('is asked for by who has the thing in hands', () => {
    const { office, codes, shelf } = officeWith(general)
    const by =
      (person: string, wantedCodes: string[], template: WantLabel['template'] = 'item-card') =>
      () =>
        office.act(person, { type: 'custody.want-label', ...want, codes: wantedCodes, template })
    expect(refusal(by('han', codes))).toBe('custody.not-case-officer')
    expect(refusal(by('far', [shelf], 'location-label'))).toBe('custody.not-your-store')
    expect(refusal(by('li', [shelf], 'location-label'))).toBe('done')
    expect(refusal(by('ou', [...codes, ...codes]))).toBe('custody.twice')
    expect(refusal(by('ou', ['W0126000999900']))).toBe('custody.unknown-item')
    expect(refusal(() => office.act('ou', { type: 'custody.reprint', codes, ...want, reason: '破损' }))).toBe(
      'custody.label-missing',
    )
    const nobody = '00000000-0000-7000-8000-00000000ffff'
    expect(refusal(() => office.act('li', { type: 'custody.label-printed', labels: [nobody] }))).toBe(
      'custody.unknown-label',
    )
  })
})

describe('locations', () => {
  it('are numbered within their store', () => {
    const office = new Office()
    const add = (person: string, store: string) =>
      codeFrom(
        office.act(person, { type: 'custody.add-location', store, name: '架', storageClass: 'bulk', capacity: 1 }),
      )
    expect(
      [add('li', 'store-1'), add('li', 'store-1'), add('far', 'store-2')].map((code) => parseCode(code)),
    ).toMatchObject([
      { kind: 'location', unit: '01', serial: 1 },
      { kind: 'location', unit: '01', serial: 2 },
      { kind: 'location', unit: '02', serial: 1 },
    ])
    expect(refusal(() => add('far', 'store-1'))).toBe('custody.not-your-store')
  })
})
