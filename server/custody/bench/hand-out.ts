import { Refusal } from '../../refusal.ts'
import type { BadgeHolder } from '../../stations/identify.ts'
import type { Bench, ProcedureInput, Step } from '../../stations/procedure.ts'
import type { PersonView } from '../../stations/protocol.ts'
import { accepted, asked, type Say } from '../../stations/say.ts'
import { askOf } from './hand-out-show.ts'
import { type HandOutLine, type HandOutWork, onScale, stageOf } from './hand-out-work.ts'
import { APPROVER, BORROWER, isKeeperWanted, keeperSeen, keeperSigned, takesTwo } from './keeper.ts'
import { type BenchLook, rehearse } from './look.ts'
import { cardNotAsked, mustHaveScale, notAsked, wantedInstead } from './refuse.ts'
import { type BenchWeight, differenceOf, grams, words } from './view.ts'
import { categories } from '../categories.ts'
import { borrow, weightDiffers } from '../loans/loans.ts'
import { contentsOf } from '../keeping/containers.ts'
import { containerOf, itemOf } from '../scene.ts'
import type { Borrow } from '../schemas.ts'

/** What a difference at a hand-out rests on. */
const RULE = { zh: '公安机关涉案财物管理若干规定 11', en: 'Provisions on Property in Police Cases 11' }

/** What has not been done when the first thing is scanned. */
const NOT_YET = ['custody.signature-missing', 'custody.borrower', 'custody.second-person-needed'] as const

/** Begins with an item whose loan was granted. */
export function beginHandOut(code: string, look: BenchLook, bench: Bench): Step<HandOutWork> {
  const { reservation } = itemOf(look.scene, code)
  if (reservation === null) throw new Refusal('custody.not-approved', { item: code })
  const { approval, requester } = reservation
  const work: HandOutWork = {
    ...{ procedure: 'hand-out', approval, requester },
    ...{ lines: [], borrower: null, pair: false, keeper: null },
    ...{ unlike: null, differed: false, closing: false },
  }
  return addItem(work, code, look, bench)
}

/**
 * 整箱出库: begins with a box of which everything in it was granted to go out with it.
 * @throws Refusal those of a loan
 */
export function beginHandOutBox(code: string, look: BenchLook, bench: Bench): Step<HandOutWork> {
  const box = containerOf(look.scene, code)
  const items = contentsOf(look.scene, code).map((one) => itemOf(look.scene, one))
  const [first] = items
  const { approval = '', requester = '' } = first?.reservation ?? {}
  const lines = items.map((item): HandOutLine => {
    const view = look.views.get(item.code)
    if (view === undefined) throw new Error(`${item.code} was read without its view`)
    return { view, weigh: categories[item.category].weighed.required, weighed: null }
  })
  if (lines.some(({ weigh }) => weigh)) mustHaveScale(bench)
  const work: HandOutWork = {
    ...{ procedure: 'hand-out', approval, requester, box: { code, name: box.name } },
    ...{ lines, borrower: null, pair: items.some(takesTwo), keeper: null },
    ...{ unlike: null, differed: false, closing: false },
  }
  rehearseLoan(work, requester, requester, look, bench, NOT_YET)
  const seal =
    box.seal === null ? words('未加封', 'unsealed') : words(`封条 ${box.seal.number}`, `seal ${box.seal.number}`)
  const say = accepted(
    'custody.box-to-lend',
    words(
      `整箱调用：${box.name}（${seal.zh}），内有 ${items.length} 件，已批准，请调用人（本案承办人员）刷工牌`,
      `${box.name} (${seal.en}) goes out whole, with ${items.length} items, as granted; the officer of the case who fetches it scans the badge`,
    ),
  )
  return { next: work, say }
}

/** Items whose state this step needs. */
export function namedInHandOut({ lines }: HandOutWork): string[] {
  return lines.map(({ view }) => view.code)
}

/**
 * Items are added until the borrower has shown his badge; then his PIN, the second custodian, the weights, the confirmation. Once a weight has
 * differed the work can be left only by a weighing that fits or by an incident.
 *
 * @throws Refusal what the register would refuse, at the input that brings it about; or that something else was asked
 */
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
    const next = { ...work, borrower: person }
    const wanted = stageOf(next) === 'confirm' ? words('请确认出库', 'confirm') : askOf(next).words
    const say = asked(
      'custody.borrower-signed',
      words(`${person.name} 已签收，${wanted.zh}`, `${person.name} has signed; ${wanted.en}`),
    )
    return { next, say }
  }
  if (input.kind === 'weight') return weighed(work, input, look)
  if (input.kind === 'command') return commanded(work, input.word, look)
  if (input.kind === 'choose') throw notAsked('选择', 'choose', askOf(work))
  throw wantedInstead(askOf(work), input)
}

function commanded(
  work: HandOutWork,
  word: Extract<ProcedureInput, { kind: 'command' }>['word'],
  look: BenchLook,
): Step<HandOutWork> {
  const stage = stageOf(work)
  if (word === 'CANCEL' || word === 'UNDO') return leave(work, look)
  if (stage === 'confirm' && word === 'CONFIRM' && work.borrower !== null) return commit(work, work.borrower)
  if (stage === 'differs' && word === 'REFUSE')
    return {
      next: { ...work, closing: true },
      say: asked('custody.incident-asked', words('请再确认一次', 'Please confirm once more')),
    }
  if ((stage === 'differs' || stage === 'closing') && word === 'WEIGH') {
    const next = { ...work, unlike: null, closing: false }
    return { next, say: asked('custody.weigh-again', askOf(next).words) }
  }
  if (stage === 'closing' && word === 'CONFIRM' && work.borrower !== null) return stop(work, work.borrower)
  throw cardNotAsked(word, askOf(work))
}

/** The item whose turn it is, against its last weight; the register compares again on what is locked. */
function weighed(work: HandOutWork, { weight_mg, reading }: BenchWeight, { scene }: BenchLook): Step<HandOutWork> {
  const line = onScale(work)
  if (line === null || stageOf(work) !== 'weigh') throw notAsked('称重', 'weigh', askOf(work))
  const { code, weight_mg: last_mg } = line.view
  const found = grams(weight_mg)
  if (!weightDiffers(itemOf(scene, code), weight_mg)) {
    const lines = work.lines.map((one) => (one === line ? { ...one, weighed: { weight_mg, reading } } : one))
    const next = { ...work, lines, unlike: null, differed: false, closing: false }
    const wanted = askOf(next).words
    return {
      next,
      say: accepted(
        'custody.weighed',
        words(`重量 ${found.zh}，相符；${wanted.zh}`, `${found.en}, as last weighed; ${wanted.en}`),
      ),
    }
  }
  const expected = grams(last_mg ?? weight_mg)
  const gap = differenceOf(weight_mg, last_mg ?? weight_mg)
  return {
    next: { ...work, unlike: { weight_mg, reading }, differed: true },
    say: {
      outcome: 'refused',
      code: 'custody.weight-found-different',
      words: words(
        `${work.differed ? '再次称重，' : ''}重量不符：上次称重 ${expected.zh}，现为 ${found.zh}，${gap.zh}，不能出库`,
        `${work.differed ? 'Weighed again: the' : 'The'} weight differs: ${expected.en} when last weighed, ${found.en} now, ${gap.en}: it cannot go out`,
      ),
      rule: RULE,
      remedy: words('请重新称重；仍不符的，登记异常', 'Weigh again; if it still differs, open an incident'),
    },
  }
}

/**
 * Where a weight differed the work is not left until that is settled, here or at another bench.
 * @throws Refusal `custody.hand-out-differs`
 */
function leave(work: HandOutWork, { scene }: BenchLook): Step<HandOutWork> {
  const { code = '', name = '' } = onScale(work)?.view ?? {}
  const { custodyStatus, incident } = itemOf(scene, code)
  if (custodyStatus === 'IN_STORE' && incident === null) throw new Refusal('custody.hand-out-differs', { item: code })
  const say = accepted(
    'custody.settled-elsewhere',
    words(`${name} 已在别处办理，本次结束`, `${name} was dealt with elsewhere; this ends here`),
  )
  return { next: null, say }
}

function differingIn(result: unknown): readonly string[] {
  return (result as { differing?: readonly string[] } | undefined)?.differing ?? []
}

function stopped(lines: readonly HandOutLine[]): Say {
  const names = lines.map(({ view }) => view.name)
  return {
    outcome: 'refused',
    code: 'custody.hand-out-stopped',
    words: words(
      `${names.join('、')} 重量不符：未出库，已登记异常并冻结，已通知双方负责人`,
      `${names.join(', ')}: not the last weight; it stays, an incident is open and both heads are told`,
    ),
    rule: RULE,
    remedy: words('由审批人作出处理结论', 'An approver concludes the incident'),
  }
}

/** The item that differs stays, frozen under an incident; what else was to go out goes on, but for a box, which stays as a whole. */
function stop(work: HandOutWork, borrower: PersonView): Step<HandOutWork> {
  const line = onScale(work)
  if (line === null || work.unlike === null) throw new Error('an incident was asked for and nothing differed')
  const lines = work.lines.filter((one) => one !== line)
  const next =
    lines.length === 0 || work.box !== undefined
      ? null
      : { ...work, lines, unlike: null, differed: false, closing: false }
  return {
    next,
    say: stopped([line]),
    acts: {
      commands: [commandOf({ ...work, lines: [{ ...line, weighed: work.unlike }] }, borrower.id)],
      with: signedBy(work, borrower.id),
    },
  }
}

function keeperAtHandOut(
  work: HandOutWork,
  borrower: PersonView,
  holder: BadgeHolder,
  look: BenchLook,
  bench: Bench,
): Step<HandOutWork> {
  const items = work.lines.map(({ view }) => itemOf(look.scene, view.code))
  const approvers = items.map(({ reservation }) => ({ id: reservation?.approver ?? null, role: APPROVER }))
  const others = [{ id: borrower.id, role: BORROWER }, ...approvers]
  const step = keeperSeen(work, holder, { items, others }, look, bench)
  rehearseLoan({ ...work, keeper: holder }, borrower.id, borrower.name, look, bench)
  return step
}

function addItem(work: HandOutWork, code: string, look: BenchLook, bench: Bench): Step<HandOutWork> {
  const item = itemOf(look.scene, code)
  if (work.lines.some(({ view }) => view.code === code)) throw new Refusal('stations.done-already', { item: code })
  if (work.lines.length > 0 && item.reservation?.approval !== work.approval)
    throw new Refusal('stations.not-in-work', { what: code, work: work.approval })
  const view = look.views.get(code)
  if (view === undefined) throw new Error(`${code} was read without its view`)
  const weigh = categories[item.category].weighed.required
  if (weigh) mustHaveScale(bench)
  const next = { ...work, lines: [...work.lines, { view, weigh, weighed: null }], pair: work.pair || takesTwo(item) }
  // Who asked may have left the case since; another officer of it may fetch all the same, and is looked at with his badge.
  rehearseLoan(next, work.requester, work.requester, look, bench, NOT_YET)
  const say = accepted(
    'custody.item-to-lend',
    words(
      `${item.name}：已批准调用，请调用人（本案承办人员）刷工牌`,
      `${item.name}: granted; the officer of the case who fetches it scans the badge`,
    ),
  )
  return { next, say }
}

function commandOf({ approval, lines, box }: HandOutWork, borrower: string): Borrow {
  const lineOf = ({ view, weighed: found }: HandOutLine): Borrow['items'][number] => ({
    item: view.code,
    ...(found ?? {}),
  })
  const whole = box === undefined ? {} : { container: box.code }
  return { type: 'custody.borrow', approval, borrower, items: lines.map(lineOf), ...whole }
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
  rehearse(look, bench, signedBy(work, borrower), (circumstances) => borrow(look.scene, command, circumstances), [
    ...notYet,
    'custody.weight-missing',
  ])
}

function commit(work: HandOutWork, borrower: PersonView): Step<HandOutWork> {
  const count = work.lines.length
  const { box } = work
  const say =
    box === undefined
      ? accepted(
          'custody.lent',
          words(`出库 ${count} 件，由 ${borrower.name} 领走`, `${count} out, with ${borrower.name}`),
        )
      : accepted(
          'custody.box-lent',
          words(
            `${box.name} 连同 ${count} 件物品出库，由 ${borrower.name} 领走`,
            `${box.name} is out with ${count} items, with ${borrower.name}`,
          ),
        )
  return {
    next: null,
    say,
    acts: {
      commands: [commandOf(work, borrower.id)],
      with: signedBy(work, borrower.id),
      // The register compares again on what is locked; if it finds a difference, that is what is said.
      then: ([answer]) => {
        const differing = work.lines.filter(({ view }) => differingIn(answer?.result).includes(view.code))
        return { next: null, say: differing.length === 0 ? say : stopped(differing) }
      },
    },
  }
}

function signedBy({ keeper }: HandOutWork, borrower: string): string[] {
  return keeper === null ? [borrower] : [borrower, keeper.id]
}
