import { describe, expect, it } from 'vitest'
import { Refusal, type RefusalNotice } from '../refusal.ts'
import type { NewItem } from './schemas.ts'
import { general, gold, officeWith, taking } from './testing.ts'

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
    ['custody.category-closed', { ...general, category: 'cash' }, 'category'],
    ['custody.field-missing', featureless, 'features'],
    ['custody.quantity', { ...general, quantity: 0 }, 'quantity'],
    ['custody.weight-absurd', { ...gold, weight_mg: 0 }, 'weight_mg'],
    ['custody.seal-missing', unsealed, 'seal'],
    ['custody.seal-signers', { ...gold, seal: { number: 'F-1', signers: ['ou'] } }, 'signers'],
    ['custody.measure-officers', { ...general, measure }, 'measure'],
    ['custody.presence-reason', { ...general, witness: { attendance: 'ABSENT' } }, 'witness'],
  ] as const)('%s', (code, line, field) => {
    expect(refusalOf(line)).toMatchObject({ code, values: { line: 2, field } })
  })

  it('in words the missing field is named, not its key', () => {
    expect(refusalOf(featureless).detail).toEqual({
      zh: '“贵重物品”必须填写：特征',
      en: 'Class “Valuables” needs: features',
    })
  })

  it('what stands once for all lines is no line’s fault', () => {
    expect(refusalOf(general, { measure }).values).toEqual({ needed: 2 })
  })
})
