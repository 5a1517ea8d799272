import { sheet } from '../../../labels/documents/sheets.ts'
import { onPaper } from '../../../labels/documents/form.ts'
import '../../clock/tables.ts'
import type { Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { readCase } from '../reads.ts'
import { rules } from '../rules.ts'
import { saleSettlement } from '../worth/settlement.ts'
import { isSaleMoney } from '../worth/surplus.ts'
import { claimWords } from '../worth/waterfall.ts'
import { GROUNDS } from './grounds.ts'
import { sharesOf } from './holders.ts'
import type { PaperContent } from './paper-contents.ts'
import { BY_HAND, lastLocalDay, organOf, signatureOf, staffNames } from './paper-words.ts'
import '../tables.ts'

/** The deadline rule by which the rest goes back. */
const GOES_BACK = 'DL-12'

/** What the money of a case's sales paid, in which order, and what of it goes back until when (rules X-17). */
export async function settlementPaper(db: Reader, number: string): Promise<PaperContent | null> {
  const of = await readCase(db, number)
  if (of === null) return null
  const settlement = await saleSettlement(db, of)
  const rows = await db
    .selectFrom('items')
    .select('state')
    .where('case_number', '=', number)
    .where('category', '=', 'cash')
    .orderBy('ordinal')
    .execute()
  const money = rows.map(({ state }) => state).filter((one) => isSaleMoney(one) && one.succeeded === undefined)
  const [first] = money
  if (settlement === null || first === undefined) throw new Refusal('custody.nothing-for-paper')
  const codes = money.map(({ code }) => code)
  // What came of the things of several: whoever owes is written in by hand, for none of them may learn what belonged to another.
  const isOfOne = (await sharesOf(db, '', money)).length === 1
  const party = isOfOne ? await signatureOf(db, first.holder) : { name: null }
  const officers = await staffNames(db, of.officers)
  const organisation = await organOf(db, of.unit)
  const due = settlement.surplus_fen > settlement.returned_fen ? await dueOf(db, codes) : null
  const { instrument, article } = rules.proceeds_order
  const outOf = settlement.sold_fen - settlement.elsewhere_fen
  return {
    items: codes,
    form: (copy) =>
      sheet({
        ...{ kind: 'settlement', organisation, code: null, copy },
        facts: [
          { name: '案号', value: number },
          { name: '当事人', value: isOfOne ? (party.name ?? '') : BY_HAND },
          { name: '应缴依据', value: onPaper(of.target?.document ?? '') },
          { name: '抵缴依据', value: `${instrument} ${article}` },
          { name: '变价所得', value: `${yuan(settlement.sold_fen)} 元` },
          { name: '另行处置', value: settlement.elsewhere_fen === 0 ? '' : `${yuan(settlement.elsewhere_fen)} 元` },
          { name: '抵缴合计', value: `${yuan(settlement.covered_fen)} 元` },
          { name: '尚欠', value: settlement.short_fen === 0 ? '' : `${yuan(settlement.short_fen)} 元` },
          { name: '应退余款', value: `${yuan(settlement.surplus_fen)} 元` },
          { name: '已退', value: settlement.returned_fen === 0 ? '' : `${yuan(settlement.returned_fen)} 元` },
          { name: '退还期限', value: due === null ? '' : `至 ${lastLocalDay(due)}` },
        ],
        rows: [
          ['', '变价所得（除另行处置）', '', '', yuan(outOf)],
          ...settlement.steps.map((step, index) => [
            ...[String(index + 1), claimWords[step.claim].zh],
            ...[yuan(step.due_fen), yuan(step.covered_fen), yuan(step.left_fen)],
          ]),
          ['', '余款退还被执行人', '', '', yuan(settlement.surplus_fen)],
        ],
        statement: `变价所得按上列次序抵缴，余款退还被执行人，请凭本通知书和有效身份证件领取。${GROUNDS[of.track].remedy}`,
        signatures: [
          { role: '当事人', name: party.name, absence: null },
          ...officers.map((name) => ({ role: '承办人', name, absence: null })),
          { role: '财务', name: null, absence: null },
        ],
      }),
  }
}

const yuan = (fen: number): string => (fen / 100).toFixed(2)

/** When the first of these clocks that run is due; null where none does. */
async function dueOf(db: Reader, codes: readonly string[]): Promise<string | null> {
  const found = await db
    .selectFrom('clocks')
    .innerJoin('clock_subjects', 'clock_subjects.clock', 'clocks.id')
    .select('clocks.state')
    .where('clocks.rule', '=', GOES_BACK)
    .where('clock_subjects.open', '=', true)
    .where(
      'clock_subjects.subject',
      'in',
      codes.map((code) => `item/${code}`),
    )
    .execute()
  return found.map(({ state }) => state.dueAt).toSorted()[0] ?? null
}
