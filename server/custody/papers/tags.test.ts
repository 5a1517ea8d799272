import { describe, expect, it } from 'vitest'
import { Refusal } from '../../refusal.ts'
import { general, officeWith, stored } from '../testing.ts'

const CHIP = 'E2801160600002000000000A'
const STATION = 'bench-1'

function refusal(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
  return 'done'
}

describe('a tag', () => {
  it('is wanted with the item’s own EPC, and bound with the chip that read back', () => {
    const { office, codes } = officeWith(general)
    const [item = ''] = codes
    const { epc } = office.item(item)
    expect(office.item(item).tag).toBeUndefined()
    expect(office.act('ou', { type: 'custody.want-tag', item, station: STATION })).toMatchObject({
      facts: [{ type: 'custody.tag-wanted', register: 'unit.dept-1', body: { epc, station: STATION } }],
      result: { epc },
    })
    expect(office.item(item).tag).toMatchObject({ state: 'wanted', tid: null })
    const wanted = office.item(item).tag?.at ?? ''
    const { facts } = office.act('ou', { type: 'custody.tag-bound', item, wanted, tid: CHIP })
    expect(facts).toMatchObject([{ type: 'custody.tag-bound', body: { epc, tid: CHIP } }])
    expect(office.item(item).tag).toMatchObject({ state: 'bound', tid: CHIP })
  })

  it('that was not written is said once, and may be wanted again', () => {
    const { office, codes } = officeWith(general)
    const [item = ''] = codes
    const wanted = () => office.item(item).tag?.at ?? ''
    const settle = () =>
      office.act('ou', {
        ...{ type: 'custody.tag-not-written', item, wanted: wanted() },
        ...{ outcome: 'unknown', why: 'not-said' },
      })
    expect(refusal(settle)).toBe('custody.tag-not-wanted')
    office.act('ou', { type: 'custody.want-tag', item, station: STATION })
    settle()
    expect(office.item(item).tag).toMatchObject({ state: 'unknown' })
    expect(refusal(settle)).toBe('custody.tag-not-wanted')
    expect(refusal(() => office.act('ou', { type: 'custody.tag-bound', item, wanted: wanted(), tid: null }))).toBe(
      'custody.tag-not-wanted',
    )
    expect(refusal(() => office.act('ou', { type: 'custody.want-tag', item, station: STATION }))).toBe('done')
  })

  it('whose wanting was never settled is unknown as soon as another is wanted, and only that one is settled then', () => {
    const { office, codes } = officeWith(general)
    const [item = ''] = codes
    const want = () => office.act('ou', { type: 'custody.want-tag', item, station: STATION })
    const bind = (wanted: unknown) => () =>
      office.act('ou', { type: 'custody.tag-bound', item, wanted: String(wanted), tid: CHIP })
    const first = want().result?.['wanted']
    const { facts, result } = want()
    expect(facts).toMatchObject([
      { type: 'custody.tag-not-written', body: { outcome: 'unknown', why: 'not-said' } },
      { type: 'custody.tag-wanted', body: { station: STATION } },
    ])
    expect(refusal(bind(first))).toBe('custody.tag-not-wanted')
    expect(refusal(bind(result?.['wanted']))).toBe('done')
    expect(office.item(item).tag).toMatchObject({ state: 'bound', tid: CHIP })
  })

  it('is written by who has the item in hands, into the book where the item is', () => {
    const { office, codes } = stored(general)
    const [item = ''] = codes
    const by = (person: string) => () => office.act(person, { type: 'custody.want-tag', item, station: STATION })
    expect(refusal(by('han'))).toBe('custody.not-case-officer')
    expect(refusal(by('far'))).toBe('custody.not-case-officer')
    expect(office.act('li', { type: 'custody.want-tag', item, station: STATION }).facts).toMatchObject([
      { register: 'store.store-1' },
    ])
  })
})
