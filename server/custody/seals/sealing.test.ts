import { describe, expect, it } from 'vitest'
import { Refusal } from '../../refusal.ts'
import { general, gold, lent, officeWith, stored } from '../testing.ts'

const both = { with: ['ou', 'wei'] }
const reason = '辨认'

function codeOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
  return 'done'
}

describe('seals', () => {
  it('are opened and closed by two officers of the case; the old number stands with its end', () => {
    const { office, codes, safe } = stored(gold)
    const [code = ''] = codes
    office.act('li', { type: 'custody.unseal', items: codes, reason }, both)
    expect(office.item(code)).toMatchObject({
      sealStatus: 'OPENED',
      seal: null,
      custodyStatus: 'IN_STORE',
      location: safe,
    })
    const openedAt = office.item(code).lastAt
    office.act('li', { type: 'custody.seal', items: codes, number: 'F-002' }, both)
    expect(office.item(code)).toMatchObject({
      sealStatus: 'RESEALED',
      seal: { number: 'F-002', signers: ['ou', 'wei'], sealedAt: office.item(code).lastAt },
      retiredSeals: [{ number: 'F-001', signers: ['ou', 'wei'], endedAt: openedAt, end: 'OPENED' }],
    })
    expect(office.facts.slice(-2)).toMatchObject([
      { type: 'custody.unsealed', register: 'store.store-1', with: ['ou', 'wei'], body: { number: 'F-001' } },
      { type: 'custody.sealed', register: 'store.store-1', body: { number: 'F-002', earlier: null } },
    ])
  })

  it('an officer opens what his department or a borrower holds with a second one, in the book where it stands', () => {
    const kept = officeWith(gold)
    kept.office.act('ou', { type: 'custody.unseal', items: kept.codes, reason }, { with: ['wei'] })
    expect(kept.office.facts.at(-1)).toMatchObject({ register: 'unit.dept-1', body: { signers: ['ou', 'wei'] } })
    const out = lent(gold)
    out.office.act('ou', { type: 'custody.unseal', items: out.codes, reason }, { with: ['wei'] })
    expect(out.office.facts.at(-1)).toMatchObject({ register: 'store.store-1', type: 'custody.unsealed' })
  })

  it('what was opened while it was out is not taken back before it is sealed again; then its new seal is compared', () => {
    const { office, codes, safe } = lent(gold)
    const [item = ''] = codes
    office.act('ou', { type: 'custody.unseal', items: codes, reason }, { with: ['wei'] })
    const line = { item, location: safe, weight_mg: 100_000, seal: 'intact', condition: 'same' } as const
    expect(codeOf(() => office.act('li', { type: 'custody.give-back', items: [line] }))).toBe('custody.seal-needed')
    office.act('li', { type: 'custody.seal', items: codes, number: 'F-002' }, both)
    office.act('li', { type: 'custody.give-back', items: [line] })
    expect(office.item(item)).toMatchObject({
      custodyStatus: 'IN_STORE',
      sealStatus: 'RESEALED',
      seal: { number: 'F-002' },
    })
  })

  it('a seal found broken freezes the item and tells the heads; once that is concluded, it is sealed anew and the broken number retired', () => {
    const { office, codes } = stored(gold)
    const [code = ''] = codes
    office.act('li', { type: 'custody.incident', items: codes, kind: 'damage', note: '封条断裂', sealBroken: true })
    expect(office.item(code)).toMatchObject({ sealStatus: 'BROKEN', incident: { kind: 'damage' } })
    expect([...office.notices.values()].length).toBeGreaterThan(0)
    expect(codeOf(() => office.act('li', { type: 'custody.seal', items: codes, number: 'F-002' }, both))).toBe(
      'custody.item-frozen',
    )
    office.act('zhao', { type: 'custody.resolve', items: codes, conclusion: '运输磨损' })
    office.act('li', { type: 'custody.seal', items: codes, number: 'F-002' }, both)
    expect(office.item(code)).toMatchObject({
      sealStatus: 'RESEALED',
      retiredSeals: [{ number: 'F-001', end: 'BROKEN' }],
    })
    expect(office.facts.at(-1)?.body).toMatchObject({ earlier: 'F-001' })
  })

  it('a bag is opened as a whole and may be closed as a whole; a number that was opened is never used again', () => {
    const { office, codes } = stored(gold, gold)
    office.act('li', { type: 'custody.unseal', items: codes, reason }, both)
    expect(codeOf(() => office.act('li', { type: 'custody.seal', items: codes, number: 'F-001' }, both))).toBe(
      'custody.seal-taken',
    )
    office.act('li', { type: 'custody.seal', items: codes, number: 'F-002' }, both)
    expect(codes.map((code) => office.item(code).seal?.number)).toEqual(['F-002', 'F-002'])
  })

  it('an item is sealed for the first time', () => {
    const { office, codes } = stored(general)
    office.act('li', { type: 'custody.seal', items: codes, number: 'F-010' }, both)
    expect(office.item(codes[0] ?? '')).toMatchObject({ sealStatus: 'SEALED', seal: { number: 'F-010' } })
    expect(codeOf(() => office.act('li', { type: 'custody.seal', items: codes, number: 'F-011' }, both))).toBe(
      'custody.wrong-order',
    )
  })
})
