import { Refusal } from '../refusal.ts'
import type { BadgeHolder } from '../stations/identify.ts'
import type { Bench, ProcedureInput, Step } from '../stations/procedure.ts'
import type { AskView, ItemView, PersonView, WorkView } from '../stations/protocol.ts'
import { accepted, asked } from '../stations/say.ts'
import {
  APPROVER,
  askKeeper,
  BORROWER,
  isKeeperWanted,
  KEEPER_STEP,
  keeperAsk,
  keeperSeen,
  keeperSigned,
  type Paired,
  takesTwo,
} from './bench-keeper.ts'
import { type BenchLook, rehearse } from './bench-look.ts'
import { cardNotAsked, notAsked, wantedInstead } from './bench-refuse.ts'
import { ask, option, stepsOf, words } from './bench-view.ts'
import { borrow } from './loans.ts'
import { itemOf } from './scene.ts'
import type { Borrow } from './schemas.ts'

/** 调用出库 at a bench: items of one granted loan, and the officer who fetches them. */
export type HandOutWork = Paired & {
  readonly procedure: 'hand-out'
  readonly approval: string
  readonly requester: string
  readonly items: readonly ItemView[]
  readonly borrower: PersonView | null
}

/** Begins with an item whose loan was granted. */
export function beginHandOut(code: string, look: BenchLook, bench: Bench): Step<HandOutWork> {
  const { reservation } = itemOf(look.scene, code)
  if (reservation === null) throw new Refusal('custody.not-approved', { item: code })
  const { approval, requester } = reservation
  const work: HandOutWork = {
    ...{ procedure: 'hand-out', approval, requester },
    ...{ items: [], borrower: null, pair: false, keeper: null },
  }
  return addItem(work, code, look, bench)
}

/** Items whose state this step needs. */
export function namedInHandOut({ items }: HandOutWork): string[] {
  return items.map(({ code }) => code)
}

export function stepHandOut(
  work: HandOutWork,
  input: ProcedureInput,
  look: BenchLook,
  bench: Bench,
): Step<HandOutWork> {
  if (input.kind === 'scan' && input.scanned.kind === 'item' && work.borrower === null)
    return addItem(work, input.scanned.code, look, bench)
  if (input.kind === 'badge' && work.borrower === null) {
    const { holder } = input
    rehearseLoan(work, holder.id, holder.name, look, bench, ['custody.second-person-needed'])
    const say = asked(
      'stations.pin',
      words(`${holder.name}，请输入 PIN 签收`, `${holder.name}, sign for it with your PIN`),
    )
    return { next: work, say, sign: holder }
  }
  if (input.kind === 'badge' && work.borrower !== null && isKeeperWanted(work))
    return keeperAtHandOut(work, work.borrower, input.holder, look, bench)
  if (input.kind === 'signed' && work.borrower !== null) {
    const { person } = input
    const next = { ...work, keeper: person }
    return { next, say: asked('custody.keeper-signed', keeperSigned(person, askOf(next).words)) }
  }
  if (input.kind === 'signed') {
    const { person } = input
    const next = work.pair ? askKeeper() : words('请确认出库', 'confirm')
    const say = asked(
      'custody.borrower-signed',
      words(`${person.name} 已签收，${next.zh}`, `${person.name} has signed; ${next.en}`),
    )
    return { next: { ...work, borrower: person }, say }
  }
  if (input.kind === 'command' && input.word === 'CONFIRM' && work.borrower !== null && !isKeeperWanted(work))
    return commit(work, work.borrower)
  if (input.kind === 'command') throw cardNotAsked(input.word, askOf(work))
  if (input.kind === 'choose') throw notAsked('选择', 'choose', askOf(work))
  throw wantedInstead(askOf(work), input)
}

function keeperAtHandOut(
  work: HandOutWork,
  borrower: PersonView,
  holder: BadgeHolder,
  look: BenchLook,
  bench: Bench,
): Step<HandOutWork> {
  const items = work.items.map(({ code }) => itemOf(look.scene, code))
  const approvers = items.map(({ reservation }) => ({ id: reservation?.approver ?? null, role: APPROVER }))
  const others = [{ id: borrower.id, role: BORROWER }, ...approvers]
  const step = keeperSeen(work, holder, { items, others }, look, bench)
  rehearseLoan({ ...work, keeper: holder }, borrower.id, borrower.name, look, bench)
  return step
}

function addItem(work: HandOutWork, code: string, look: BenchLook, bench: Bench): Step<HandOutWork> {
  const item = itemOf(look.scene, code)
  if (work.items.some((one) => one.code === code)) throw new Refusal('stations.done-already', { item: code })
  if (work.items.length > 0 && item.reservation?.approval !== work.approval)
    throw new Refusal('stations.not-in-work', { what: code, work: work.approval })
  const view = look.views.get(code)
  if (view === undefined) throw new Error(`${code} was read without its view`)
  const next = { ...work, items: [...work.items, view], pair: work.pair || takesTwo(item) }
  // Who asked may have left the case since; another officer of it may fetch all the same, and is looked at with his badge.
  rehearseLoan(next, work.requester, work.requester, look, bench, [
    'custody.signature-missing',
    'custody.borrower',
    'custody.second-person-needed',
  ])
  const say = accepted(
    'custody.item-to-lend',
    words(
      `${item.name}：已批准调用，请调用人（本案承办人员）刷工牌`,
      `${item.name}: granted; the officer of the case who fetches it scans the badge`,
    ),
  )
  return { next, say }
}

function commandOf({ approval, items }: HandOutWork, borrower: string): Borrow {
  return { type: 'custody.borrow', approval, borrower, items: items.map(({ code }) => code) }
}

function rehearseLoan(
  work: HandOutWork,
  borrower: string,
  name: string,
  look: BenchLook,
  bench: Bench,
  notYet: readonly ('custody.signature-missing' | 'custody.borrower' | 'custody.second-person-needed')[] = [],
): void {
  if (borrower === bench.custodian.id)
    throw new Refusal('custody.same-person', { person: name, role: '保管人员', roleEn: 'custodian' })
  const command = commandOf(work, borrower)
  rehearse(look, bench, signedBy(work, borrower), (circumstances) => borrow(look.scene, command, circumstances), notYet)
}

function commit(work: HandOutWork, borrower: PersonView): Step<HandOutWork> {
  const count = work.items.length
  const say = accepted(
    'custody.lent',
    words(`出库 ${count} 件，由 ${borrower.name} 领走`, `${count} out, with ${borrower.name}`),
  )
  return { next: null, say, acts: { commands: [commandOf(work, borrower.id)], with: signedBy(work, borrower.id) } }
}

function signedBy({ keeper }: HandOutWork, borrower: string): string[] {
  return keeper === null ? [borrower] : [borrower, keeper.id]
}

const FIRST_STEPS = [
  ['item', words('扫描物品', 'Scan item')],
  ['badge', words('调用人签收', 'Borrower signs')],
] as const
const CONFIRM_STEP = ['confirm', words('确认出库', 'Confirm')] as const

export function showHandOut(work: HandOutWork): { work: WorkView; ask: AskView } {
  return {
    work: {
      procedure: 'hand-out',
      words: words('调用出库', 'Hand out'),
      document: null,
      steps: stepsOf(
        [...FIRST_STEPS, ...(work.pair ? [KEEPER_STEP] : []), CONFIRM_STEP],
        work.borrower === null ? 'badge' : isKeeperWanted(work) ? 'keeper' : 'confirm',
      ),
      item: work.items.at(-1) ?? null,
      points: [],
      lines: work.items.map(({ code, name, weight_mg, location }) => ({
        ...{ item: code, name, weight_mg },
        state: 'accepted' as const,
        words: null,
        location: location?.name ?? null,
      })),
      second: work.borrower,
      keeper: work.keeper,
    },
    ask: askOf(work),
  }
}

function askOf(work: HandOutWork): AskView {
  if (work.borrower === null)
    return ask(
      'scan-badge',
      words(
        '请调用人（本案承办人员）刷工牌，或继续扫描同一批准的物品',
        'The officer of the case who fetches it scans the badge; or scan more of the same grant',
      ),
    )
  if (isKeeperWanted(work)) return keeperAsk()
  const { name } = work.borrower
  return ask('confirm', words(`确认由 ${name} 领走`, `Confirm: ${name} takes it`), [
    option('confirm', words('确认出库', 'Confirm'), 'CONFIRM', 'primary'),
  ])
}
