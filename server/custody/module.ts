import { deed, type Deed, type DeedData } from '../approvals/approvals.ts'
import { handler, type Module, projection } from '../module.ts'
import { storeRegister, unitRegister } from './custody.ts'
import { checklistHandlers } from './checklist/handlers.ts'
import { caseLineageDeeds } from './case-lineage/handlers.ts'
import { depositHandlers } from './deposit/handlers.ts'
import { measureDeeds } from './measures/handlers.ts'
import { disposalDeeds, disposalHandlers } from './disposal/handlers.ts'
import { doorHandlers } from './door/handlers.ts'
import { filingHandlers } from './filing/handlers.ts'
import { inboundHandlers } from './inbound/handlers.ts'
import { incidentHandlers } from './incidents/handlers.ts'
import { intakeHandlers } from './intake/handlers.ts'
import { loadHandOverPost } from './keepers/reads.ts'
import type { HandOverPost } from './keepers/schemas.ts'
import { handOverPost, type HandOverState } from './keepers/store.ts'
import { addLocation, type AddLocationState, moveItems } from './keeping/locations.ts'
import { loadAddLocation } from './keeping/store.ts'
import { keepingHandlers } from './keeping/keeping.ts'
import { scaleHandlers } from './scales/handlers.ts'
import { lockHandlers } from './locks/handlers.ts'
import { lineageHandlers } from './lineage/lineage-handlers.ts'
import { codesOf } from './items/lines.ts'
import { extendLoan } from './loans/loan-extension.ts'
import { askLoan, grantLoan, loanLevels } from './loans/granting.ts'
import { borrow, giveBack } from './loans/loans.ts'
import { overItems, SHELVES } from './items/over-items.ts'
import type { PaperSources } from '../paper-source.ts'
import { issuing, paperHandlers } from './papers/handlers.ts'
import { printing } from './papers/print-handlers.ts'
import {
  alarms,
  cases,
  conflicts,
  containers,
  disposals,
  inbounds,
  items,
  keepings,
  labels,
  lists,
  loans,
  locations,
  notices,
  openings,
  papers,
  reconciliations,
  scaleChecks,
  searches,
  sheets,
  stocktakes,
} from './projections.ts'
import { requestsApart, requestsOfCasesApart } from './recusal/apart.ts'
import { casesOfRequest, subjectsOfCase } from './sight/request-cases.ts'
import { officerHandlers } from './officers/handlers.ts'
import { recusalHandlers } from './recusal/handlers.ts'
import { relevanceHandlers } from './relevance/handlers.ts'
import { renumberingHandlers } from './renumbering/handlers.ts'
import { rules } from './rules.ts'
import type { Scene } from './scene.ts'
import {
  type AddLocation,
  type Borrow,
  borrowDeed,
  type BorrowDeed,
  type GiveBack,
  type MoveItems,
  schemas,
} from './schemas.ts'
import { caseImportHandlers } from './case-import/handlers.ts'
import { scanHandlers } from './scans/handlers.ts'
import { serviceHandlers } from './service/handlers.ts'
import { signingHandlers } from './signing/handlers.ts'
import { stocktakeHandlers } from './stocktake/handlers.ts'
import { loadScene, registersOfItems } from './store.ts'
import { onPaperHandlers } from './on-paper/handlers.ts'
import { reconcilingHandlers } from './reconciling/handlers.ts'
import { recourseDeeds, recourseHandlers } from './recourse/handlers.ts'
import { retentionHandlers } from './retention/handlers.ts'
import { videoDeeds, videoHandlers } from './videos/handlers.ts'
import { accountNumberHandlers } from './account-number/handlers.ts'
import { identityHandlers } from './identity/handlers.ts'
import { worthHandlers } from './worth/handlers.ts'

/** Everything that custody knows how to do and to show; what other modules have papers about, they hand in. */
export function custodyModule(sources: PaperSources): Module {
  const papered = { 'custody.issue-paper': issuing(sources), ...printing(sources) }
  return { ...custody, handlers: { ...custody.handlers, ...papered } }
}

const boxOf = ({ container }: { readonly container?: string }): readonly string[] =>
  container === undefined ? [] : [container]
const lending = overItems<Borrow>(
  schemas['custody.borrow'],
  ['custodian'],
  (command) => ({ heads: true, containers: boxOf(command) }),
  borrow,
)
const takingBack = overItems<GiveBack>(
  schemas['custody.give-back'],
  ['custodian'],
  { ...SHELVES, heads: true },
  giveBack,
)

/** The same without what other modules have to say. */
export const custody: Module = {
  name: 'custody',
  handlers: {
    ...intakeHandlers,
    'custody.move': overItems<MoveItems>(schemas['custody.move'], ['custodian'], SHELVES, moveItems),
    'custody.borrow': lending,
    'custody.give-back': takingBack,
    ...onPaperHandlers({
      'hand-over': intakeHandlers['custody.hand-over'],
      'check-in': intakeHandlers['custody.check-in'],
      borrow: lending,
      'give-back': takingBack,
    }),
    ...inboundHandlers,
    ...incidentHandlers,
    ...keepingHandlers,
    ...lineageHandlers,
    ...lockHandlers,
    ...scaleHandlers,
    'custody.hand-over-post': handler<HandOverPost, HandOverState>({
      schema: schemas['custody.hand-over-post'],
      posts: ['custodian', ...rules.head_posts.value],
      registers: async (_trx, { store }) => [storeRegister(store)],
      load: loadHandOverPost,
      decide: handOverPost,
    }),
    'custody.add-location': handler<AddLocation, AddLocationState>({
      schema: schemas['custody.add-location'],
      posts: ['custodian'],
      registers: async (_trx, { store }) => [storeRegister(store)],
      load: (trx, { store }, { at }) => loadAddLocation(trx, store, at),
      decide: addLocation,
    }),
    ...checklistHandlers,
    ...filingHandlers,
    ...depositHandlers,
    ...disposalHandlers,
    ...doorHandlers,
    ...officerHandlers,
    ...recusalHandlers,
    ...relevanceHandlers,
    ...caseImportHandlers,
    ...scanHandlers,
    ...serviceHandlers,
    ...renumberingHandlers,
    ...signingHandlers,
    ...reconcilingHandlers,
    ...recourseHandlers,
    ...retentionHandlers,
    ...videoHandlers,
    ...worthHandlers,
    ...identityHandlers,
    ...accountNumberHandlers,
    ...stocktakeHandlers,
    ...paperHandlers,
  },
  projections: [
    projection(cases),
    projection(disposals),
    projection(items),
    projection(lists),
    projection(locations),
    projection(containers),
    projection(loans),
    projection(labels),
    projection(papers),
    projection(reconciliations),
    projection(keepings),
    projection(notices),
    projection(conflicts),
    projection(alarms),
    projection(openings),
    projection(scaleChecks),
    projection(inbounds),
    projection(stocktakes),
    projection(sheets),
    projection(searches),
  ],
}

/** What custody lets an approver grant. */
const everyDeed: readonly Deed[] = [
  deed<BorrowDeed & DeedData, Scene>({
    command: 'borrow',
    title: { zh: '调用申请待您审批', en: 'A loan waits for your decision' },
    about: ({ items }) => codesOf(items),
    schema: borrowDeed,
    registers: (trx, asked) => registersOfItems(trx, codesOf(asked.items)),
    load: (trx, asked, circumstances) =>
      loadScene(trx, codesOf(asked.items), circumstances, { containers: boxOf(asked) }),
    ask: (scene, asked, circumstances) => {
      const { unit } = askLoan(scene, asked, circumstances)
      return { unit, register: unitRegister(unit) }
    },
    levels: loanLevels,
    grant: grantLoan,
  }),
  extendLoan,
  ...measureDeeds,
  ...videoDeeds,
  ...recourseDeeds,
  ...disposalDeeds,
  ...caseLineageDeeds,
]

/** The same, none of it for whoever is recused from its case. */
export const custodyDeeds = everyDeed.map((one) => ({
  ...one,
  ...{ barred: requestsApart, apart: requestsOfCasesApart, cases: casesOfRequest, subjectsOf: subjectsOfCase },
}))
