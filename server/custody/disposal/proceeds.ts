import { makeCode } from '../../../labels/item-code.ts'
import type { Circumstances, FactDraft } from '../../module.ts'
import { type CustodyFact, draft, unitRegister } from '../custody.ts'
import type { Item } from '../items/item.ts'
import { type RegisterState, yearOf } from '../intake/registering.ts'
import { type Sales, surplusOf } from '../worth/surplus.ts'
import type { Case } from '../cases/cases.ts'

/** The next numbers that items of a department get. */
export type ItemNumbers = Pick<RegisterState, 'unitNumber' | 'nextSerial' | 'nextOrdinal'>

/** 变价款: what a sale brought, in the special account (rules C-16). */
export type Proceeds = {
  readonly disposal: string
  readonly amount_fen: number
  /** Of the bank, for the deposit. */
  readonly voucher: string
  readonly account: string
}

/** What money of a sale is called on its card. */
const NAME = '变价款'
const UNIT = '笔'

/**
 * The money of a sale as an item of the case in the place of what was sold: one act, one item, whatever was sold together. The measure, the
 * holder and the witness are those of the first thing sold.
 */
export function depositing(
  { unitNumber: unit, nextSerial: serial, nextOrdinal: ordinal }: ItemNumbers,
  sold: readonly Item[],
  proceeds: Proceeds & { readonly finance: string; readonly keeper: string },
  { of, sales }: { readonly of: Case; readonly sales: Sales },
  { mint, at }: Circumstances,
): { readonly code: string; readonly fact: FactDraft } {
  const [first] = sold
  if (first === undefined) throw new Error('a sale names at least one item')
  const year = yearOf(at)
  const code = makeCode({ kind: 'item', unit, year, serial })
  const fact = draft(unitRegister(first.unit), 'custody.proceeds-deposited', `item/${code}`, {
    ...{ from: sold.map((item) => item.code), case: first.case, unit: first.unit, year, serial, ordinal },
    ...{ epc: mint.epc({ unit, year, serial }), track: first.track, name: NAME, quantityUnit: UNIT },
    ...{ measure: first.measure, holder: first.holder, witness: first.witness },
    ...(first.confirmed === undefined ? {} : { confirmed: first.confirmed }),
    // What the law has said of what was sold holds for its money.
    suspectedCrime: sold.some((item) => item.suspectedCrime === true),
    ...{ ...proceeds, ...surplusOf(of, sales.get(of.number) ?? [], { code, amount_fen: proceeds.amount_fen }) },
  })
  return { code, fact }
}

/** The money as an item: it lies in the special account, and the department of whoever signed for finance answers for it. */
export function deposited({ body, at }: Extract<CustodyFact, { type: 'custody.proceeds-deposited' }>): Item {
  const { disposal, amount_fen, voucher, account } = body
  return {
    measureStatus: body.measure.kind,
    ...{ custodyStatus: 'DEPOSITED', sealStatus: 'UNSEALED', dispositionStatus: 'NONE' },
    code: body.subject.slice('item/'.length),
    ...{ epc: body.epc, case: body.case, unit: body.unit, year: body.year, serial: body.serial },
    ...{ ordinal: body.ordinal, track: body.track, category: 'cash', name: body.name },
    ...{ quantity: '1', quantityUnit: body.quantityUnit, features: null, marks: { currency: 'CNY' } },
    ...{ valueStatus: 'KNOWN', measure: body.measure, holder: body.holder, witness: body.witness },
    ...{ weights: [], seal: null, cannotSeal: null, photos: [], list: null, submittedBy: null },
    ...{ store: null, location: null },
    holdings: [{ who: `unit/${body.keeper}`, from: at, to: null }],
    ...{ reservation: null, loan: null, incident: null, concluded: [], deadlines: [] },
    ...(body.confirmed === undefined ? {} : { confirmed: body.confirmed }),
    ...(body.suspectedCrime ? { suspectedCrime: true as const } : {}),
    proceeds: { disposal, amount_fen, voucher, account },
    origin: { how: 'sale', from: body.from, at },
    lastAt: at,
  }
}
