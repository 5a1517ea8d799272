import { type Deed, deed, type DeedData } from '../../approvals/approvals.ts'
import type { Trx } from '../../database/connect.ts'
import { type Circumstances, type Decision, type Handler, handler, type Post, SYSTEM } from '../../module.ts'
import { checkAccount, type CheckState, loadCheck } from '../account/account-check.ts'
import { dispose, notCollect, release, writeOff } from './carrying-out.ts'
import { askKeepingOpen, askReopening, closeCase, type CloseState, keepOpen, reopen } from './closing.ts'
import { acceptComplaint, COMPLAINT_POSTS, decideComplaint, serveComplaintDecision } from './complaints.ts'
import { storeRegister, unitRegister } from '../custody.ts'
import { deliver } from './delivering.ts'
import { loadCaseScene, loadCloseState, loadDisposalScene } from './store.ts'
import type { Numbering } from '../intake/handover.ts'
import { codesOf } from '../items/lines.ts'
import {
  type AgreeDeed,
  agreeToDisposal,
  askAgreement,
  type DisposalScene,
  dropDisposal,
  proposeDisposal,
} from './proposing.ts'
import type { Scene } from '../scene.ts'
import {
  agreeDeed,
  type CheckAccount,
  type CloseCase,
  type Complain,
  type DecideComplaint,
  type ServeComplaintDecision,
  type Deliver,
  disposalSchemas,
  type Dispose,
  keepOpenDeed,
  type KeepOpenDeed,
  type NotCollect,
  type ProposeDisposal,
  type Release,
  reopenDeed,
  type ReopenDeed,
  type WriteOff,
} from './schemas.ts'
import { loadListNumber } from '../numbers.ts'
import { registersOfItems } from '../store.ts'
import { decisionsNotFor } from '../tax-roles/store.ts'
import { stepsBefore } from './reads.ts'

type OverItems =
  | Release
  | NotCollect
  | Dispose
  | Deliver
  | WriteOff
  | Complain
  | DecideComplaint
  | ServeComplaintDecision

function overItems<C extends OverItems>(
  type: C['type'],
  posts: readonly Post[],
  decide: (scene: DisposalScene, command: C, circumstances: Circumstances) => Decision,
): Handler {
  return handler<C, DisposalScene>({
    schema: disposalSchemas[type],
    posts,
    registers: (trx, command) => {
      const became = command.type === 'custody.release' ? [command.becomes ?? []].flat() : []
      return registersOfItems(trx, [...codesOf(command.items), ...became])
    },
    load: (trx, command, circumstances) => {
      const readings = command.items.flatMap((line) =>
        typeof line === 'string' || !('reading' in line) || line.reading === undefined ? [] : [line.reading],
      )
      const { station } = circumstances
      const weighings = station === null ? {} : { weighings: { station: station.id, readings } }
      const numbers = command.type === 'custody.dispose' && command.sale !== undefined
      const became = command.type === 'custody.release' ? [command.becomes ?? []].flat() : []
      return loadDisposalScene(trx, [...codesOf(command.items), ...became], circumstances, {
        ...{ ...weighings, numbers, becomes: became[0] },
        notice: command.type === 'custody.release' ? command.noticeNumber : undefined,
      })
    },
    decide,
  })
}

/** The books that tell the account of a case: while they are locked it is tried, and nothing moves meanwhile. */
export async function booksOfCase(trx: Trx, number: string): Promise<string[]> {
  const stores = await trx
    .selectFrom('items')
    .select('store')
    .where('case_number', '=', number)
    .where('store', 'is not', null)
    .distinct()
    .execute()
  return [...(await registerOfCase(trx, number)), ...stores.flatMap(({ store }) => store ?? []).map(storeRegister)]
}

async function registerOfCase(trx: Trx, number: string): Promise<string[]> {
  const found = await trx.selectFrom('cases').select('unit').where('id', '=', number).execute()
  return found.map(({ unit }) => unitRegister(unit))
}

/** How items leave custody, and how cases are closed. */
export const disposalHandlers: Readonly<Record<string, Handler>> = {
  'custody.propose-disposal': handler<ProposeDisposal, DisposalScene & { readonly numbering: Numbering }>({
    schema: disposalSchemas['custody.propose-disposal'],
    posts: ['officer'],
    registers: (trx, command) => registersOfItems(trx, codesOf(command.items)),
    load: async (trx, command, circumstances) => {
      const { reviewUnit } = command
      const scene = await loadDisposalScene(trx, codesOf(command.items), circumstances, { reviewUnit })
      const [first] = scene.items.values()
      return { ...scene, numbering: await loadListNumber(trx, first?.unit, circumstances.at) }
    },
    decide: proposeDisposal,
  }),
  'custody.release': overItems<Release>('custody.release', ['custodian', 'officer'], release),
  'custody.not-collect': overItems<NotCollect>('custody.not-collect', ['custodian', 'officer'], notCollect),
  'custody.dispose': overItems<Dispose>('custody.dispose', ['custodian', 'officer'], dispose),
  'custody.deliver': overItems<Deliver>('custody.deliver', ['custodian', 'officer'], deliver),
  'custody.write-off': overItems<WriteOff>('custody.write-off', ['custodian', 'officer'], writeOff),
  'custody.complain': overItems<Complain>('custody.complain', COMPLAINT_POSTS, acceptComplaint),
  'custody.decide-complaint': overItems<DecideComplaint>('custody.decide-complaint', COMPLAINT_POSTS, decideComplaint),
  'custody.serve-complaint-decision': overItems<ServeComplaintDecision>(
    'custody.serve-complaint-decision',
    COMPLAINT_POSTS,
    serveComplaintDecision,
  ),
  'custody.close-case': handler<CloseCase, CloseState>({
    schema: disposalSchemas['custody.close-case'],
    posts: ['officer'],
    registers: (trx, command) => booksOfCase(trx, command.case),
    load: (trx, command, circumstances) => loadCloseState(trx, command.case, circumstances),
    decide: closeCase,
  }),
  'custody.check-account': handler<CheckAccount, CheckState>({
    schema: disposalSchemas['custody.check-account'],
    posts: [SYSTEM],
    registers: (trx, command) => booksOfCase(trx, command.case),
    load: (trx, command) => loadCheck(trx, command.case),
    decide: checkAccount,
  }),
}

/** What approvers grant of it. */
export const disposalDeeds: readonly Deed[] = [
  deed<AgreeDeed & DeedData, DisposalScene>({
    command: 'review-disposal',
    title: { zh: '处置待您审理', en: 'A disposal waits for your review' },
    about: ({ disposal }) => [disposal],
    ...agreement(),
  }),
  deed<AgreeDeed & DeedData, DisposalScene>({
    command: 'approve-disposal',
    title: { zh: '处置待您批准', en: 'A disposal waits for your approval' },
    about: ({ disposal }) => [disposal],
    ...agreement(),
  }),
  deed<KeepOpenDeed & DeedData, Scene>({
    command: 'keep-open',
    title: { zh: '结案时依法保留待您审批', en: 'Keeping items open waits for your decision' },
    about: ({ items }) => items,
    schema: keepOpenDeed,
    registers: (trx, asked) => registersOfItems(trx, asked.items),
    load: (trx, asked, circumstances) => loadDisposalScene(trx, asked.items, circumstances),
    ask: askKeepingOpen,
    grant: keepOpen,
  }),
  deed<ReopenDeed & DeedData, Pick<Scene, 'cases' | 'lineage' | 'sight'>>({
    command: 'reopen-case',
    title: { zh: '重新开启案件待您审批', en: 'Opening a case again waits for your decision' },
    about: (asked) => [asked.case],
    schema: reopenDeed,
    registers: (trx, asked) => registerOfCase(trx, asked.case),
    load: (trx, asked, circumstances) => loadCaseScene(trx, asked.case, circumstances),
    ask: askReopening,
    grant: reopen,
  }),
]

/** Reviewing and approving differ in who decides alone. */
function agreement(): Omit<
  Parameters<typeof deed<AgreeDeed & DeedData, DisposalScene>>[0],
  'command' | 'title' | 'about'
> {
  return {
    schema: agreeDeed,
    registers: (trx, asked) => registersOfItems(trx, asked.items),
    load: (trx, asked, circumstances) =>
      loadDisposalScene(trx, asked.items, circumstances, { disposal: asked.disposal }),
    ask: askAgreement,
    grant: agreeToDisposal,
    notFor: decisionsNotFor,
    steps: stepsBefore,
    drop: dropDisposal,
    // What comes after the first step is asked by whoever took the step before; the proposal is its proposer's.
    askedFor: ({ disposals }, { disposal }) => disposals.get(disposal)?.proposer ?? null,
  }
}
