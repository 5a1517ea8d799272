import { describe, expect, it } from 'vitest'
import { Refusal } from '../../refusal.ts'
import { balancesOf, countedOf, entriesOf, imbalances } from '../account/accounting.ts'
import { isStale } from './corrections.ts'
import { general, gold, officeWith, stored } from '../testing.ts'
import type { Office } from '../testing-office.ts'

const second = { with: ['wei'] }

function codeOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
  return 'done'
}

const correct = (office: Office, items: readonly { readonly item: string }[], options: object = second) =>
  office.act('ou', { type: 'custody.correct', items, reason: '笔误' }, options)

describe('corrections', () => {
  it('a field is put right by a new fact that names the wrong one; both are kept', () => {
    const { office, codes } = officeWith(gold)
    const [item = ''] = codes
    const registered = office.facts.find(({ type }) => type === 'custody.registered')
    correct(office, [{ item, name: '金块', quantity: '2' } as { item: string }])
    const [name, quantity] = office.facts.slice(-2)
    for (const fact of [name, quantity])
      expect(fact).toMatchObject({
        type: 'custody.corrected',
        register: 'unit.dept-1',
        with: ['wei'],
        body: {
          wrong: { register: registered?.register, seq: registered?.seq, hash: registered?.hash },
          signers: ['ou', 'wei'],
        },
      })
    expect([name?.body, quantity?.body]).toMatchObject([
      { field: 'name', was: '金条', is: '金块' },
      { field: 'quantity', was: '1', is: '2' },
    ])
    expect(office.item(item)).toMatchObject({ name: '金块', quantity: '2' })
    correct(office, [{ item, name: '金砖' } as { item: string }])
    expect(office.facts.at(-1)?.body).toMatchObject({
      was: '金块',
      is: '金砖',
      wrong: { register: name?.register, seq: name?.seq, hash: name?.hash },
    })
    expect(office.item(item).corrections).toMatchObject([{ field: 'name' }, { field: 'quantity' }, { field: 'name' }])
    expect(office.facts).toContain(registered)
  })

  it('features stand beside the register; the four axes, holders, category and times stay', () => {
    const { office, codes } = officeWith(gold)
    const [item = ''] = codes
    const before = office.item(item)
    correct(office, [{ item, features: '足金，无编号', noticeNumber: '扣字〔2026〕11号' } as { item: string }])
    const { corrections, features, lastAt: _, measure, ...after } = office.item(item)
    const { features: were, lastAt: __, measure: measured, ...was } = before
    expect(after).toEqual(was)
    expect(measure).toEqual({ ...measured, noticeNumber: '扣字〔2026〕11号' })
    expect(corrections).toMatchObject([{ was: null, is: null, wasSaid: were, isSaid: features }, { wasSaid: null }])
    expect(JSON.stringify(office.facts.slice(-2).map(({ body }) => body))).not.toContain('无编号')
  })

  it('once a store keeps it its custodian signs too, and it stands in the book of the store', () => {
    const { office, codes } = stored(gold)
    const items = [{ item: codes[0] ?? '', sealNumber: 'F-011' }]
    expect(codeOf(() => correct(office, items))).toBe('custody.keeper-signature')
    correct(office, items, { with: ['wei', 'li'] })
    expect(office.facts.at(-1)).toMatchObject({
      register: 'store.store-1',
      with: ['wei', 'li'],
      body: { field: 'sealNumber', was: 'F-001', is: 'F-011', signers: ['ou', 'wei'] },
    })
    const { seal, retiredSeals, sealStatus } = office.item(codes[0] ?? '')
    expect([seal?.number, sealStatus]).toEqual(['F-011', 'SEALED'])
    expect(retiredSeals).toMatchObject([{ number: 'F-001', end: 'WRITTEN_WRONGLY' }])
  })

  it('a seal number that was never there is no more used than one that was', () => {
    const { office, codes } = officeWith(gold, general)
    const [one = '', two = ''] = codes
    correct(office, [{ item: one, sealNumber: 'F-011' } as { item: string }])
    const seal = (number: string) =>
      codeOf(() => office.act('ou', { type: 'custody.seal', items: [two], number }, { with: ['wei'] }))
    expect([seal('F-001'), seal('F-012')]).toEqual(['custody.seal-taken', 'done'])
  })

  it('two seals that were mistaken for each other change in one act; a bag goes together', () => {
    const other = { ...gold, seal: { number: 'F-002', signers: ['ou', 'wei'] } }
    const { office, codes } = officeWith(gold, other)
    const [one = '', two = ''] = codes
    correct(office, [
      { item: one, sealNumber: 'F-002' } as { item: string },
      { item: two, sealNumber: 'F-001' } as { item: string },
    ])
    expect(codes.map((code) => office.item(code).seal?.number)).toEqual(['F-002', 'F-001'])
    expect(codes.map((code) => office.item(code).retiredSeals)).toEqual([undefined, undefined])
    const bag = officeWith(gold, gold)
    correct(
      bag.office,
      bag.codes.map((item) => ({ item, sealNumber: 'F-009' })),
    )
    expect(bag.codes.map((code) => bag.office.item(code).seal?.number)).toEqual(['F-009', 'F-009'])
  })

  it('the account of the case takes the weight that was right, and balances', () => {
    const { office, codes } = officeWith(gold, general)
    const [item = ''] = codes
    correct(office, [{ item, weight_mg: 110_000 } as { item: string }])
    const postings = codes.flatMap((code) =>
      entriesOf(office.facts.filter(({ body }) => body.subject === `item/${code}`)),
    )
    const balances = balancesOf(postings)
    const counted = countedOf([...office.items.values()])
    expect(imbalances(balances, counted)).toEqual([])
    expect(balances.get('adjusted')).toEqual({ pieces: 0, fen: 0, mg: 10_000 })
    expect(balances.get('with-department')).toEqual({ pieces: 2, fen: 0, mg: 110_000 })
  })

  it('a card that was printed before is stale until it is wanted anew; what does not stand on it leaves it good', () => {
    const { office, codes } = officeWith(gold)
    const [item = ''] = codes
    const card = () => [...office.labels.values()].findLast(({ code }) => code === item)
    office.act('ou', { type: 'custody.want-label', codes, template: 'item-card', station: 'bench' })
    expect(isStale(office.item(item), card(), null)).toBe(false)
    correct(office, [{ item, noticeNumber: '扣字〔2026〕11号' } as { item: string }])
    expect(isStale(office.item(item), card(), null)).toBe(false)
    correct(office, [{ item, name: '金块' } as { item: string }])
    expect(isStale(office.item(item), card(), null)).toBe(true)
    office.act('ou', { type: 'custody.reprint', codes, template: 'item-card', station: 'bench', reason: '更正' })
    expect(isStale(office.item(item), card(), null)).toBe(false)
    office.act('ou', { type: 'custody.unseal', items: codes, reason: '辨认' }, second)
    office.act('ou', { type: 'custody.seal', items: codes, number: 'F-002' }, second)
    expect(isStale(office.item(item), card(), null)).toBe(true)
  })
})
