import { describe, expect, it } from 'vitest'
import { Refusal, type RefusalNotice } from '../../refusal.ts'
import type { NewItem } from '../schemas.ts'
import { general, officeWith, stored, taking } from '../testing.ts'
import { type Made, receiver, toReturn } from '../disposal/testing.ts'
import { Office } from '../testing-office.ts'

const CASE = '云监立〔2026〕9号'
const feng = { attendance: 'SIGNED', name: '冯大山' } as const
const witness = { attendance: 'SIGNED', name: '沈 小·河' } as const

function caseOfFeng(): Office {
  const office = new Office()
  office.act('ou', {
    type: 'custody.open-case',
    ...{ number: CASE, title: '冯某某、蒋某某等三人涉嫌受贿案', track: 'SUPERVISION', unit: 'dept-1' },
    officers: ['ou', 'wei'],
  })
  return office
}

function registered(office: Office, line: Partial<NewItem>, head: object = { holder: feng, witness }): string {
  const command = { type: 'custody.register', case: CASE, items: [{ ...general, ...line }] } as const
  office.act('ou', { ...command, measure: taking.measure, relevance: taking.relevance, ...head })
  return [...office.items.keys()].at(-1) ?? ''
}

function refusalOf(run: () => unknown): RefusalNotice {
  try {
    run()
  } catch (error) {
    if (error instanceof Refusal) return error.notice()
    throw error
  }
  throw new Error('not refused')
}

describe('what stands in clear names nobody', () => {
  const at = (field: string, whose: string) => ({
    code: 'custody.names-person',
    values: { line: 1, field, whose },
  })

  it.each([
    ['the holder', { name: '冯大山的手机' }, 'name', '持有人的姓名'],
    ['in other widths and spaces', { name: '冯 大山手机' }, 'name', '持有人的姓名'],
    ['the witness', { name: '沈小河签字的本子' }, 'name', '见证人的姓名'],
    ['an officer of the case', { name: 'wei 的收条' }, 'name', '承办人员的姓名'],
    ['in the unit', { unit: '冯大山部' }, 'unit', '持有人的姓名'],
    ['in the number of a seal', { seal: { number: '冯大山-1', signers: ['ou', 'wei'] } }, 'seal', '持有人的姓名'],
    ['the title', { name: '冯某某、蒋某某等三人涉嫌受贿案笔记' }, 'name', '案件名称'],
    ['of whom the title speaks', { name: '蒋某某的手机' }, 'name', '案件名称'],
  ] as const)('%s', (_, line, field, whose) => {
    expect(refusalOf(() => registered(caseOfFeng(), line))).toMatchObject(at(field, whose))
  })

  it('the refusal does not say the name again', () => {
    expect(JSON.stringify(refusalOf(() => registered(caseOfFeng(), { name: '冯大山的手机' })))).not.toContain('冯大山')
  })

  it('nor whom an earlier registration named, another line, or the keeper', () => {
    const office = caseOfFeng()
    registered(office, {})
    const other = { attendance: 'SIGNED', name: '他人甲' } as const
    const head = { holder: other, witness: { ...other, name: '他人乙' } }
    expect(refusalOf(() => registered(office, { name: '冯大山的手机' }, head))).toMatchObject(
      at('name', '持有人的姓名'),
    )
    const house = { name: '郭守仁保管的货车', category: 'vehicle', features: '白色' } as const
    const details = {
      ...{ keeping: 'THIRD_PARTY', keeper: '郭守仁', undertaking: '保1', plate: '云A', vin: 'V1' },
      registryNotice: '协1',
    }
    expect(refusalOf(() => registered(office, { ...house, details }, head))).toMatchObject(at('name', '保管人的姓名'))
  })

  it('a name of one character is a word like any other; what the thing is may be said', () => {
    const office = caseOfFeng()
    registered(office, { name: '金条' }, { holder: { attendance: 'SIGNED', name: '金' }, witness })
    registered(office, { name: '受贿款登记本' })
    expect([...office.items.values()].map(({ name }) => name)).toEqual(['金条', '受贿款登记本'])
  })

  it('neither does a correction', () => {
    const { office, codes } = officeWith(general)
    const items = [{ item: codes[0] ?? '', name: '持有人甲的手机' }]
    expect(
      refusalOf(() => office.act('ou', { type: 'custody.correct', items, reason: '笔误' }, { with: ['wei'] })),
    ).toMatchObject({ code: 'custody.names-person', values: { item: codes[0], what: '名称' } })
  })

  it('nor the number of a case', () => {
    const open = { type: 'custody.open-case', number: '冯某某1号', title: '冯某某涉嫌受贿案' } as const
    expect(
      refusalOf(() =>
        new Office().act('ou', { ...open, track: 'SUPERVISION', unit: 'dept-1', officers: ['ou', 'wei'] }),
      ),
    ).toMatchObject({ code: 'custody.names-person', values: { what: '案号' } })
  })
})

describe('what acts of appraisal and disposal leave in clear names nobody either', () => {
  const dueAt = '2026-03-20T00:00:00.000Z'
  const named = expect.objectContaining({ code: 'custody.names-person' }) as Error

  it('neither the appraiser, the commission nor the report names a person of the case', () => {
    const sending = (more: object) => {
      const { office, codes } = stored(general)
      const command = {
        type: 'custody.appraise',
        items: codes,
        institution: '鉴定中心',
        commission: '委1',
        dueAt,
      } as const
      return office.act('li', { ...command, ...more }, { with: ['ou'] })
    }
    expect(() => sending({ institution: '持有人甲鉴定所' })).toThrow(named)
    expect(() => sending({ commission: '见证人乙〔2026〕1号' })).toThrow(named)
    expect(() => sending({})).not.toThrow()
    const { office, codes, shelf } = stored(general)
    const sent = { type: 'custody.appraise', items: codes, institution: '鉴定中心', commission: '委1', dueAt } as const
    office.act('li', sent, { with: ['ou'] })
    const back = { type: 'custody.appraised', items: codes, location: shelf, report: '持有人甲' } as const
    expect(() => office.act('li', back, { with: ['ou'] })).toThrow(named)
  })

  it('no document names who receives a thing, in the same act or a later one', () => {
    const release = (made: Made, noticeNumber: string, name: string) => {
      const agent = { ...receiver, relation: 'agent', name, authorisation: '授权委托书' } as const
      return made.office.act(
        'li',
        { type: 'custody.release', items: made.codes.slice(0, 1), noticeNumber, receiver: agent },
        { with: ['wei'] },
      )
    }
    expect(() => release(toReturn(), '解〔2026〕申屠接收1号', '申屠接收')).toThrow(named)
    const made = toReturn([general, general])
    expect(() => release(made, '解〔2026〕1号', '申屠接收')).not.toThrow()
    const second = { ...made, codes: made.codes.slice(1) }
    expect(() => release(second, '申屠接收2', '领取人丙')).toThrow(named)
  })
})
