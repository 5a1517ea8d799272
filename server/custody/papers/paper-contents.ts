import type { DisposalForm, DisposalFormKind } from '../../../labels/documents/disposal-form.ts'
import { disposalSheet } from '../../../labels/documents/disposal-form.ts'
import { entryForm } from '../../../labels/documents/entry-slip.ts'
import type { Form } from '../../../labels/documents/form.ts'
import { handOverForm } from '../../../labels/documents/hand-over-list.ts'
import { stocktakeSheet } from '../../../labels/documents/stocktake-form.ts'
import type { Reader } from '../../module.ts'
import type { PaperThing } from '../../paper-source.ts'
import { Refusal } from '../../refusal.ts'
import { issuedWhole } from '../account-number/on-papers.ts'
import { disposalPaperOf } from '../disposal/paper.ts'
import { readDisposal } from '../disposal/reads.ts'
import { isAhead, numbered, releaseNoticesOf } from '../disposal/release-notices.ts'
import { stocktakePaper } from '../stocktake/paper.ts'
import { sheetsOfStocktake } from '../stocktake/store.ts'
import { entrySlipOf, handOverListOf } from './list-paper.ts'
import { extensionPaper, noticePaper, nothingToFillIn, seizurePaper } from './paper-measures.ts'
import { appraisalTermPaper } from './paper-appraisals.ts'
import { booksPaper } from './paper-books.ts'
import { cashAnnex, incidentPaper, mediaAnnex, sealingPaper } from './paper-items.ts'
import { loanPaper, returnPaper } from './paper-loans.ts'
import { inboundPaper } from './paper-inbound.ts'
import { movePaper } from './paper-moves.ts'
import { moneyLedger } from './paper-money.ts'
import { transferNotice } from './paper-transfer.ts'
import { settlementPaper } from './paper-settlement.ts'
import { writtenPaper } from './paper-written.ts'
import { annualPaper } from './paper-annual.ts'
import type { PaperKind } from './papers.ts'
import { isWritten, type Said } from './written.ts'
import { readItems, readList } from '../reads.ts'

/** Which paper is wanted: a kind, what it is about, and which part of that. */
export interface WantedPaper {
  readonly paper: PaperKind
  readonly of: string
  readonly part?: string
  /** What somebody writes on it, where no other act tells it. */
  readonly said?: Said
}

/** What a paper says; it is drawn once for each copy. */
export interface PaperContent {
  readonly items: readonly string[]
  readonly form: (copy: Form['copy']) => Form
}

const DISPOSALS = {
  'transfer-list': 'transfer-list',
  'release-notice': 'notice',
  'return-list': 'return-list',
  'disposal-approval': 'approval',
  'early-sale': 'approval',
  destruction: 'destruction',
} as const satisfies Partial<Record<PaperKind, DisposalFormKind>>

/**
 * What a paper says of what there is now; null where there is nothing by that name. Who may know of it is asked by the caller.
 * @param thing of another module, where the paper is about one
 * @throws Refusal `custody.nothing-for-paper` when the act that it tells of did not happen, `custody.paper-field` as `writtenPaper`
 */
export async function contentOf(
  db: Reader,
  { paper, of, part, said }: WantedPaper,
  thing: PaperThing | undefined,
): Promise<PaperContent | null> {
  if (said !== undefined && !isWritten(paper)) throw new Refusal('custody.paper-field', { field: '', fieldEn: '' })
  switch (paper) {
    case 'measure-approval':
    case 'approach':
      return writtenPaper(db, paper, of, said)
    case 'urging':
    case 'follow-up': {
      if (thing === undefined) return null
      if (thing.form === null) throw new Refusal('custody.nothing-for-paper')
      return { items: [], form: thing.form }
    }
    case 'annual':
      return annualPaper(db, of)
    case 'stocktake':
      return countedPaper(db, of)
    case 'books':
      return booksPaper(db, of, part ?? '')
    case 'notice':
      return noticePaper(db, of, part ?? '')
    case 'seizure-list':
    case 'surrender-list':
      return seizurePaper(db, of, part ?? '', 'evidence', paper)
    case 'effects-list':
      return seizurePaper(db, of, part ?? '', 'effects', paper)
    case 'cash-annex':
      return cashAnnex(db, of)
    case 'media-annex':
      return mediaAnnex(db, of)
    case 'hand-over':
    case 'entry':
      return listPaper(db, of, paper)
    case 'loan':
      return loanPaper(db, of)
    case 'return':
      return returnPaper(db, of)
    case 'transfer-list':
    case 'release-notice':
    case 'return-list':
    case 'disposal-approval':
    case 'early-sale':
    case 'destruction':
      return disposalPaper(db, of, paper, part)
    case 'money-ledger':
      return moneyLedger(db, of)
    case 'inbound-check':
      return inboundPaper(db, of)
    case 'transfer-notice':
      return transferNotice(db, of, part ?? '')
    case 'settlement':
      return settlementPaper(db, of)
    case 'incident':
      return incidentPaper(db, of, part ?? '')
    case 'sealing':
      return sealingPaper(db, of, part ?? '')
    case 'move':
      return movePaper(db, of, part ?? '')
    case 'extension':
      return extensionPaper(db, of, part ?? '')
    case 'appraisal-term':
      return appraisalTermPaper(db, of, part ?? '')
  }
}

/** F-18 of a count that is closed; before that it is the paper that is carried along. */
async function countedPaper(db: Reader, code: string): Promise<PaperContent | null> {
  const row = await db.selectFrom('stocktakes').select('state').where('id', '=', code).executeTakeFirst()
  if (row === undefined) return null
  if (row.state.closed === null) throw new Refusal('custody.nothing-for-paper')
  const sheets = await sheetsOfStocktake(db, code)
  const blank = { number: 1, of: 1, recipient: '附卷' }
  const form = await stocktakePaper(db, row.state, { blind: false, copy: blank, sheets })
  return { items: [], form: (copy) => stocktakeSheet({ ...form, copy }) }
}

async function listPaper(db: Reader, code: string, paper: 'hand-over' | 'entry'): Promise<PaperContent | null> {
  const list = await readList(db, code)
  if (list === null) return null
  const blank = { number: 1, of: 1, recipient: '附卷' }
  if (paper === 'hand-over') {
    const handed = await handOverListOf(db, list, blank)
    const items = handed.items.map((item) => item.code)
    return { items, form: (copy) => handOverForm({ ...handed, copy }) }
  }
  const slip = await entrySlipOf(db, list, blank).catch(nothingToFillIn)
  return { items: slip.items.map((item) => item.code), form: (copy) => entryForm({ ...slip, copy }) }
}

async function disposalPaper(
  db: Reader,
  code: string,
  paper: keyof typeof DISPOSALS,
  part: string | undefined,
): Promise<PaperContent | null> {
  const disposal = await readDisposal(db, code)
  if (disposal === null) return null
  const kind: DisposalFormKind = DISPOSALS[paper]
  // A sale is approved on a form of its own.
  if (kind === 'approval' && (disposal.way === 'SELL') !== (paper === 'early-sale'))
    throw new Refusal('custody.nothing-for-paper')
  const seen = await readItems(db, disposal.items)
  // One for each holder: the first of an act by its number alone, any other with the first of his things.
  const ahead = kind === 'notice' && isAhead(part)
  const nth = kind === 'approval' || ahead ? null : Number((kind === 'notice' ? part?.split('/')[0] : part) ?? '1')
  if (kind === 'approval' && disposal.agreed.length === 0) throw new Refusal('custody.nothing-for-paper')
  const copy = { number: 1, of: 1, recipient: '附卷' }
  const of = { nth, items: null, copy, seen, isWhole: issuedWhole }
  const found: DisposalForm | undefined =
    kind === 'notice'
      ? (await releaseNoticesOf(db, disposal, of).catch(nothingToFillIn)).find((one) => one.part === (part ?? '1'))
          ?.form
      : await disposalPaperOf(db, disposal, kind, of).catch(nothingToFillIn)
  if (found === undefined) throw new Refusal('custody.nothing-for-paper')
  const drawn = ahead ? numbered(found) : found
  return {
    items: drawn.items.map((item) => item.code),
    form: (given) => disposalSheet({ ...drawn, copy: given }),
  }
}
