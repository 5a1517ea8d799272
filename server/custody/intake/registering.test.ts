import { describe, expect, it } from 'vitest'
import { deadlineRules } from '../../clock/deadline-rules.ts'
import { Refusal, type RefusalNotice } from '../../refusal.ts'
import type { NewItem } from '../schemas.ts'
import { general, gold, officeWith, taking } from '../testing.ts'
import { custodyTriggers } from '../triggers.ts'

/** Registers a good line, then the line in question. */
function refusalOf(line: NewItem, head: object = {}): RefusalNotice {
  const { office } = officeWith()
  const command = { type: 'custody.register', case: '一案', items: [general, line], ...taking, ...head } as const
  try {
    office.act('ou', command)
  } catch (error) {
    if (error instanceof Refusal) return error.notice()
    throw error
  }
  throw new Error('registered')
}

describe('a refusal says which line and field is at fault', () => {
  const { features: _, ...featureless } = gold
  const { seal: __, ...unsealed } = gold
  const measure = { ...taking.measure, officers: ['ou'] }
  it.each([
    ['custody.field-missing', featureless, 'features'],
    ['custody.effects-apart', { ...general, category: 'personal-effects' }, 'category'],
    ['custody.field-not-asked', { ...general, details: { pages: '3' } }, 'details.pages'],
    ['custody.quantity', { ...general, quantity: 0 }, 'quantity'],
    ['custody.quantity-whole', { ...general, quantity: '2.5', unit: '件' }, 'quantity'],
    ['custody.witness-is-holder', { ...general, witness: { attendance: 'SIGNED', name: '持有人 甲' } }, 'witness'],
    ['custody.witness-is-officer', { ...general, witness: { attendance: 'SIGNED', name: 'Wei' } }, 'witness'],
    [
      'custody.measure-too-early',
      { ...general, measure: { ...taking.measure, takenAt: '2025-03-01T01:00:00.000Z' } },
      'measure',
    ],
    ['custody.weight-absurd', { ...gold, weight_mg: 0 }, 'weight_mg'],
    ['custody.seal-missing', unsealed, 'seal'],
    ['custody.seal-signers', { ...gold, seal: { number: 'F-1', signers: ['ou'] } }, 'signers'],
    ['custody.measure-officers', { ...general, measure }, 'measure'],
    ['custody.presence-reason', { ...general, witness: { attendance: 'ABSENT' } }, 'witness'],
  ] as const)('%s', (code, line, field) => {
    expect(refusalOf(line)).toMatchObject({ code, values: { line: 2, field } })
  })

  it.each([
    ['2.5', '克', '2.5'],
    ['0.750', '平方米', '0.75'],
    ['3.5', 'KG', '3.5'],
    ['3.0', '部', '3'],
  ])('a part may be measured, not counted: %s %s', (quantity, unit, kept) => {
    const { office, codes } = officeWith({ ...general, quantity, unit })
    expect(office.item(codes[0] ?? '').quantity).toBe(kept)
  })

  it('a measure of up to a year before the account is registered; one of the supervision law never before that law', () => {
    const measure = { ...taking.measure, takenAt: '2025-03-03T01:00:00.000Z' }
    officeWith({ ...general, measure })
    const { office } = officeWith()
    for (const [number, of] of office.cases) office.cases.set(number, { ...of, openedAt: '2018-04-01T00:00:00.000Z' })
    const early = { ...general, measure: { ...measure, takenAt: '2018-03-19T15:59:59.999Z' } }
    expect(() => office.act('ou', { type: 'custody.register', case: '一案', items: [early], ...taking })).toThrow(
      expect.objectContaining({
        code: 'custody.measure-too-early',
        values: expect.objectContaining({ earliest: '2018-03-19T16:00:00.000Z' }),
      }),
    )
    office.act('ou', {
      type: 'custody.register',
      ...{ case: '一案', ...taking },
      items: [{ ...general, measure: { ...measure, takenAt: '2018-03-19T16:00:00.000Z' } }],
    })
  })

  it('in words the line is named', () => {
    expect(refusalOf({ ...general, quantity: 0 }).detail).toEqual({
      zh: '第 2 件：数量“0”无效',
      en: 'Line 2: The quantity “0” is not possible',
    })
  })

  it('in words the missing field is named, not its key', () => {
    expect(refusalOf(featureless).detail).toEqual({
      zh: '第 2 件：“贵重物品”必须填写：特征',
      en: 'Line 2: Class “Valuables” needs: features',
    })
  })

  it('a field that the category asks for is named as a person knows it', () => {
    const card = {
      ...general,
      category: 'cards-securities',
      features: '蓝色',
      details: { issuer: '云州农商行' },
    } as const
    expect(refusalOf(card)).toMatchObject({
      code: 'custody.field-missing',
      values: { line: 2, field: 'details.account', what: '卡号、账号、券号' },
    })
  })

  it('what stands once for all lines is no line’s fault', () => {
    expect(refusalOf(general, { measure }).values).toEqual({ needed: 2 })
  })
})

describe('what stays where it is has a card and no shelf', () => {
  const house: NewItem = {
    ...{ name: '商铺', category: 'immovable', quantity: 1, unit: '处', features: '临街，一层' },
    details: {
      address: '云州市城东区一号',
      keeping: 'HOLDER_KEEPS',
      keeper: '周某',
      undertaking: '保1',
      registryNotice: '协1',
    },
  }

  it('is kept from its registration on, answered for by the case department, and goes on no list', () => {
    const { office, codes } = officeWith(house)
    const item = office.item(codes[0] ?? '')
    expect(item).toMatchObject({ custodyStatus: 'HOLDER_KEEPS', location: null, store: null })
    expect(item.marks).toEqual({ keeping: 'HOLDER_KEEPS' })
    expect(item.holdings).toMatchObject([{ who: 'unit/dept-1', to: null }])
    expect(() => office.act('ou', { type: 'custody.hand-over', items: codes, store: 'store-1' })).toThrow(
      expect.objectContaining({ code: 'custody.wrong-order' }),
    )
  })

  it('has no day by which it has to be in a store, and a perishable has the day of its review', () => {
    const fish: NewItem = {
      ...{ name: '冷冻海鲜', category: 'perishable', quantity: 20, unit: '箱', features: '原箱' },
      details: { expiresOn: '2026-04-30', reviewOn: '2026-03-31' },
    }
    const { office } = officeWith(house, fish)
    const runs = (event: string): boolean =>
      deadlineRules.some(({ event: its, terms }) => its === event && terms.enabled)
    const started = office.facts
      .filter(({ type }) => type === 'custody.registered')
      .map((fact) =>
        custodyTriggers
          .events(fact)
          .flatMap((event) => (event.kind === 'start' && runs(event.event) ? [[event.event, event.dueAt]] : [])),
      )
    expect(started).toEqual([
      [['filmOwed', null]],
      [
        ['goodsTaken', null],
        ['earlyDisposalReview', '2026-03-31T16:00:00.000Z'],
        ['filmOwed', null],
      ],
    ])
  })
})
