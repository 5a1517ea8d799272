import { type Deed, deed, type DeedData } from '../approvals/approvals.ts'
import type { Trx } from '../database/connect.ts'
import { readPersonal } from '../ledger/personal.ts'
import { type Circumstances, type Decision, type Handler, handler, type Module, projection, SYSTEM } from '../module.ts'
import { disposalDeeds, disposalHandlers } from './disposal/handlers.ts'
import { type CashScene, countCash } from './cash/cash.ts'
import { openCase, type OpenCaseState } from './cases/cases.ts'
import { loadConflict } from './conflicts/conflict-reads.ts'
import { type ConflictState, noteConflict, settleConflict } from './conflicts/conflicts.ts'
import { storeRegister, unitRegister } from './custody.ts'
import { noteDifference, settleDifference } from './incidents/differences.ts'
import { doorHandlers } from './door/handlers.ts'
import { checkIn, handOver, type Numbering, refuseItems } from './intake/handover.ts'
import { loadIssuing, subjectOf } from './papers/issuing.ts'
import { openIncident, resolveIncident } from './incidents/incidents.ts'
import { loadHandOverPost } from './keepers/reads.ts'
import { keepingHandlers } from './keeping.ts'
import { lineageHandlers } from './lineage/lineage-handlers.ts'
import {
  type LabelScene,
  reprintLabels,
  scanBackLabel,
  type ScanBackState,
  settleLabel,
  type SettleState,
  wantLabels,
} from './papers/labels.ts'
import { codesOf } from './lines.ts'
import { extendLoan } from './loans/loan-extension.ts'
import { askLoan, borrow, giveBack, grantLoan, loanLevels } from './loans/loans.ts'
import { addLocation, type AddLocationState, moveItems } from './keeping/locations.ts'
import { type DrawnPaper, issuePaper } from './papers/papers.ts'
import { overItems, SHELVES } from './over-items.ts'
import {
  alarms,
  cases,
  conflicts,
  containers,
  disposals,
  items,
  keepings,
  labels,
  lists,
  loans,
  locations,
  notices,
  searches,
  sheets,
  stocktakes,
  papers,
} from './projections.ts'
import type { PaperSources } from '../paper-source.ts'
import { seesLabelled } from './reads.ts'
import { addPhoto, register, type RegisterState } from './intake/registering.ts'
import type { Scene } from './scene.ts'
import {
  type AddLocation,
  type AddPhoto,
  type Borrow,
  type BorrowDeed,
  borrowDeed,
  type CheckIn,
  type CountCash,
  type GiveBack,
  type HandOver,
  type IssuePaper,
  type LabelOutcome,
  type LabelScannedBack,
  type MoveItems,
  type OpenCase,
  type NoteConflict,
  type NoteDifference,
  type OpenIncident,
  type RefuseItem,
  type Register,
  type ReprintLabel,
  type ResolveIncident,
  schemas,
  type SettleConflict,
  type SettleDifference,
  type TagOutcome,
  type WantLabel,
  type WantTag,
} from './schemas.ts'
import { rules } from './rules.ts'
import type { HandOverPost } from './keepers/schemas.ts'
import { handOverPost, type HandOverState } from './keepers/store.ts'
import { sightOf } from './sight/sight.ts'
import {
  lastLabels,
  loadAddLocation,
  issueAmong,
  loadIssue,
  loadLabel,
  loadLabelScene,
  loadListNumber,
  loadOpenCase,
  loadRegister,
  loadScene,
  registersOfItems,
} from './store.ts'
import { stocktakeHandlers } from './stocktake/handlers.ts'
import { settleTag, type TagScene, wantTag } from './papers/tags.ts'

function overLabels<C extends WantLabel | ReprintLabel>(
  type: C['type'],
  decide: typeof wantLabels | typeof reprintLabels,
) {
  return handler<C, LabelScene>({
    schema: schemas[type],
    posts: ['officer', 'custodian'],
    registers: async (trx, { codes }) => [
      ...(await registersOfItems(trx, codes)),
      ...(await registersOfStores(trx, 'locations', codes)),
      ...(await registersOfStores(trx, 'containers', codes)),
      ...(await registersOfStores(trx, 'lists', codes)),
    ],
    load: (trx, { codes }, circumstances) => loadLabelScene(trx, codes, circumstances),
    decide: decide as (state: LabelScene, command: C, of: Circumstances) => Decision,
  })
}

async function registersOfStores(
  trx: Trx,
  table: 'locations' | 'containers' | 'lists',
  codes: readonly string[],
): Promise<string[]> {
  const found = await trx.selectFrom(table).select('store').where('id', 'in', codes).distinct().execute()
  return found.map(({ store }) => storeRegister(store))
}

function labelOutcome<C extends LabelOutcome>(type: C['type']): Handler {
  return handler<C, SettleState>({
    schema: schemas[type],
    posts: ['officer', 'custodian', SYSTEM],
    registers: async (trx, { label }) => registerOf(await loadLabel(trx, label)),
    load: async (trx, { label: id }, circumstances) => {
      const named = await loadLabel(trx, id)
      const scene = await loadLabelScene(trx, named === undefined ? [] : [named.code], circumstances)
      return { ...scene, ...issueAmong(scene.labels.get(named?.code ?? '') ?? [], named?.issue) }
    },
    decide: settleLabel,
  })
}

function overTag<C extends WantTag | TagOutcome>(
  type: C['type'],
  decide: (scene: TagScene, command: C, circumstances: Circumstances) => Decision,
): Handler {
  return handler<C, TagScene>({
    schema: schemas[type],
    posts: ['officer', 'custodian'],
    registers: (trx, { item }) => registersOfItems(trx, [item]),
    load: (trx, { item }, circumstances) => loadScene(trx, [item], circumstances, {}),
    decide,
  })
}

function registerOf(label: { readonly register: string } | undefined): string[] {
  return label === undefined ? [] : [label.register]
}

/** Numbers and archives a paper, also about a thing that another module knows. */
function issuing(sources: PaperSources): Handler {
  return handler<IssuePaper, DrawnPaper>({
    schema: schemas['custody.issue-paper'],
    posts: ['officer', 'custodian', 'supervisor', 'manager', 'clerk'],
    registers: async (trx, command) => {
      const subject = await subjectOf(trx, command, sources)
      return subject === null ? [] : [unitRegister(subject.unit)]
    },
    load: (trx, command, { actor, at }) => loadIssuing(trx, command, { actor, at, sources }),
    decide: issuePaper,
  })
}

/** Everything that custody knows how to do and to show; what other modules have papers about, they hand in. */
export function custodyModule(sources: PaperSources): Module {
  return { ...custody, handlers: { ...custody.handlers, 'custody.issue-paper': issuing(sources) } }
}

/** The same without what other modules have to say. */
export const custody: Module = {
  name: 'custody',
  handlers: {
    'custody.open-case': handler<OpenCase, OpenCaseState>({
      schema: schemas['custody.open-case'],
      posts: ['officer'],
      registers: async (_trx, { unit }) => [unitRegister(unit)],
      load: loadOpenCase,
      decide: openCase,
    }),
    'custody.register': handler<Register, RegisterState>({
      schema: schemas['custody.register'],
      posts: ['officer'],
      registers: async (trx, command) => {
        const found = await trx.selectFrom('cases').select('unit').where('id', '=', command.case).execute()
        return found.map(({ unit }) => unitRegister(unit))
      },
      load: (trx, command, circumstances) => loadRegister(trx, command, circumstances),
      decide: register,
    }),
    'custody.add-photo': handler<AddPhoto, Scene>({
      schema: schemas['custody.add-photo'],
      posts: ['officer', 'custodian'],
      registers: (trx, { item }) => registersOfItems(trx, [item]),
      load: (trx, { item }, circumstances) => loadScene(trx, [item], circumstances, {}),
      decide: addPhoto,
    }),
    'custody.count-cash': handler<CountCash, CashScene>({
      schema: schemas['custody.count-cash'],
      posts: ['officer', 'custodian'],
      registers: (trx, { item }) => registersOfItems(trx, [item]),
      load: async (trx, { item }, circumstances) => {
        const scene = await loadScene(trx, [item], circumstances, { heads: true })
        const counts = scene.items.get(item)?.cash?.rounds.at(-1)?.counts ?? []
        const contents = await readPersonal(
          trx,
          counts.map(({ figures }) => figures.ref),
        )
        return { ...scene, contents }
      },
      decide: countCash,
    }),
    'custody.hand-over': handler<HandOver, Scene & { readonly numbering: Numbering }>({
      schema: schemas['custody.hand-over'],
      posts: ['officer'],
      registers: (trx, command) => registersOfItems(trx, codesOf(command.items)),
      load: async (trx, command, circumstances) => {
        const scene = await loadScene(trx, codesOf(command.items), circumstances, { store: command.store })
        const [first] = scene.items.values()
        return { ...scene, numbering: await loadListNumber(trx, first?.unit, circumstances.at) }
      },
      decide: handOver,
    }),
    'custody.check-in': overItems<CheckIn>(schemas['custody.check-in'], ['custodian'], SHELVES, checkIn),
    'custody.refuse-item': overItems<RefuseItem>(schemas['custody.refuse-item'], ['custodian'], {}, refuseItems),
    'custody.move': overItems<MoveItems>(schemas['custody.move'], ['custodian'], SHELVES, moveItems),
    'custody.borrow': overItems<Borrow>(schemas['custody.borrow'], ['custodian'], { heads: true }, borrow),
    'custody.give-back': overItems<GiveBack>(
      schemas['custody.give-back'],
      ['custodian'],
      { ...SHELVES, heads: true },
      giveBack,
    ),
    'custody.note-difference': overItems<NoteDifference>(
      schemas['custody.note-difference'],
      ['custodian'],
      {},
      noteDifference,
    ),
    'custody.settle-difference': handler<SettleDifference, Scene>({
      schema: schemas['custody.settle-difference'],
      posts: [SYSTEM],
      registers: (trx, { item }) => registersOfItems(trx, [item]),
      load: (trx, { item }, circumstances) => loadScene(trx, [item], circumstances, { heads: true }),
      decide: settleDifference,
    }),
    'custody.incident': overItems<OpenIncident>(
      schemas['custody.incident'],
      ['custodian', 'officer'],
      { heads: true },
      openIncident,
    ),
    'custody.resolve': overItems<ResolveIncident>(
      schemas['custody.resolve'],
      ['approver'],
      { lineage: true },
      resolveIncident,
    ),
    ...keepingHandlers,
    ...lineageHandlers,
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
    'custody.offline-conflict': handler<NoteConflict, null>({
      schema: schemas['custody.offline-conflict'],
      posts: [SYSTEM],
      registers: async (_trx, { store }) => [storeRegister(store)],
      load: async () => null,
      decide: noteConflict,
    }),
    'custody.settle-conflict': handler<SettleConflict, ConflictState | null>({
      schema: schemas['custody.settle-conflict'],
      posts: ['custodian', ...rules.head_posts.value],
      registers: async (trx, { conflict }) => {
        const found = await trx.selectFrom('conflicts').select('store').where('id', '=', conflict).execute()
        return found.map(({ store }) => storeRegister(store))
      },
      load: (trx, { conflict }) => loadConflict(trx, conflict),
      decide: settleConflict,
    }),
    ...disposalHandlers,
    ...doorHandlers,
    ...stocktakeHandlers,
    'custody.want-label': overLabels<WantLabel>('custody.want-label', wantLabels),
    'custody.reprint': overLabels<ReprintLabel>('custody.reprint', reprintLabels),
    'custody.label-printed': labelOutcome('custody.label-printed'),
    'custody.label-failed': labelOutcome('custody.label-failed'),
    'custody.label-unknown': labelOutcome('custody.label-unknown'),
    'custody.want-tag': overTag<WantTag>('custody.want-tag', wantTag),
    'custody.tag-bound': overTag<TagOutcome>('custody.tag-bound', settleTag),
    'custody.tag-not-written': overTag<TagOutcome>('custody.tag-not-written', settleTag),
    'custody.label-scanned-back': handler<LabelScannedBack, ScanBackState>({
      schema: schemas['custody.label-scanned-back'],
      posts: ['officer', 'custodian', SYSTEM],
      registers: async (trx, { code }) => registerOf((await lastLabels(trx, [code])).get(code)),
      load: async (trx, { code, issue }, { actor, at }) => ({
        ...(await loadIssue(trx, code, issue)),
        known: await seesLabelled(trx, await sightOf(trx, actor, at), code),
      }),
      decide: scanBackLabel,
    }),
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
    projection(keepings),
    projection(notices),
    projection(conflicts),
    projection(alarms),
    projection(stocktakes),
    projection(sheets),
    projection(searches),
  ],
}

/** What custody lets an approver grant. */
export const custodyDeeds: readonly Deed[] = [
  deed<BorrowDeed & DeedData, Scene>({
    command: 'borrow',
    title: { zh: '调用申请待您审批', en: 'A loan waits for your decision' },
    about: ({ items }) => codesOf(items),
    schema: borrowDeed,
    registers: (trx, asked) => registersOfItems(trx, codesOf(asked.items)),
    load: (trx, asked, circumstances) => loadScene(trx, codesOf(asked.items), circumstances, {}),
    ask: (scene, asked, circumstances) => {
      const { unit } = askLoan(scene, asked, circumstances)
      return { unit, register: unitRegister(unit) }
    },
    levels: loanLevels,
    grant: grantLoan,
  }),
  extendLoan,
  ...disposalDeeds,
]
