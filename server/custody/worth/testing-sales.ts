import type { ClockEvent } from '../../clock/triggers.ts'
import { proposal, sale, sellingEarly, waiting } from '../disposal/testing.ts'
import { general, stored } from '../testing.ts'
import type { ActOptions, Office } from '../testing-office.ts'
import { custodyTriggers } from '../triggers.ts'

/** What one thing brings, in fen. */
export const PRICE = sale.price_fen

export interface Tax {
  readonly office: Office
  readonly codes: readonly string[]
}

/** Things of a tax case in the store. */
export function taxed(count: number): Tax {
  const made = stored(...Array.from({ length: count }, () => general))
  const { office } = made
  for (const [number, of] of office.cases) office.cases.set(number, { ...of, track: 'TAX' })
  for (const [code, item] of office.items) office.items.set(code, { ...item, track: 'TAX' })
  return made
}

const grants = (office: Office, person: string) =>
  office.act(person, { type: 'approvals.grant', approval: waiting(office) })

/** Sells one thing; answers with the code of its money. */
export function sells(office: Office, code: string, price_fen: number = PRICE): string {
  const { reviewUnit: _, ...early } = proposal([code], sellingEarly)
  office.act('ou', early)
  for (const person of ['zhao', 'tan']) grants(office, person)
  const voucher = `进账单 ${code}`
  office.act('li', { type: 'custody.dispose', items: [code], sale: { ...sale, price_fen, voucher } }, { with: ['cai'] })
  return office.item(code).disposed?.proceeds ?? ''
}

/** What is owed, as an officer of the case says it. */
export const states = (office: Office, amount_fen: number, number = '一案') =>
  office.act('ou', {
    ...({ type: 'custody.state-target', case: number, lateFee_fen: 0, costs_fen: 0 } as const),
    ...{ amount_fen, document: '税处〔2026〕1号' },
  })

/** Goes back, or pays what is owed; what happens once its return was approved is `meanwhile`. */
export function goes(
  office: Office,
  code: string,
  way: 'RETURN' | 'RECOVER',
  meanwhile: () => unknown = () => undefined,
): void {
  const foundAt = office.now
  if (way === 'RETURN') {
    const { reviewUnit: _, ...back } = proposal([code], { way, destination: 'holder', ground: 'decided' })
    office.act('ou', back)
    grants(office, 'zhao')
    meanwhile()
    const receiver = { relation: 'holder', name: '持有人甲', identity: '居民身份证 110101', signed: true } as const
    office.act('wei', { type: 'custody.release', items: [code], noticeNumber: '退1', receiver }, { with: ['chief'] })
    return
  }
  office.act('ou', proposal([code], { way, destination: 'treasury', opinion: `抵缴税款 ${foundAt}` }))
  for (const person of ['qin', 'tan']) grants(office, person)
  // To pay what is owed executes a decision: on a tax case no officer of it does (rules T-17).
  office.act('zhi', { type: 'custody.dispose', items: [code], payment: { voucher: '缴款书 1' } }, { with: ['cai'] })
}

/** Sets so much of an item aside to go back; finance signs. */
export const divides = (office: Office, item: string, surplus_fen: number, options: ActOptions = {}, person = 'ou') =>
  office.act(
    person,
    { type: 'custody.divide-money', items: [{ item, surplus_fen }], reason: '退还余款' },
    { with: ['cai'], ...options },
  )

/** The parts that an item became: what pays, and what goes back. */
export function partsOf(office: Office, item: string): readonly [covered: string, surplus: string] {
  const [covered = '', surplus = ''] = office.item(item).succeeded?.into ?? []
  return [covered, surplus]
}

/** The items over which the three days run. */
export function running({ facts }: Office): string[] {
  const open = new Set<string>()
  const of = (fact: Office['facts'][number]): readonly ClockEvent[] =>
    custodyTriggers.types.includes(fact.type) ? custodyTriggers.events(fact) : []
  for (const event of facts.flatMap(of)) {
    if (event.kind === 'pass' && event.subjects.some((one) => open.delete(one)))
      for (const one of event.to) open.add(one)
    if (event.kind === 'start' && event.event === 'saleSettled') for (const one of event.subjects) open.add(one)
    if (event.kind === 'end' && event.events.includes('saleSettled')) for (const one of event.subjects) open.delete(one)
  }
  return [...open].map((one) => one.slice('item/'.length)).sort()
}
