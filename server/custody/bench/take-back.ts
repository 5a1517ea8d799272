import { Refusal, type Words } from '../../refusal.ts'
import type { BadgeHolder } from '../../stations/identify.ts'
import type { Bench, ProcedureInput, Step } from '../../stations/procedure.ts'
import { accepted, asked, refused, type Say } from '../../stations/say.ts'
import { keeperSeen, keeperSigned, RETURNER, takesTwo } from './keeper.ts'
import { type BenchLook, rehearse } from './look.ts'
import { cardNotAsked, isPlace, mustHaveScale, notAsked, placeName, wantedInstead } from './refuse.ts'
import { askOf, whoReturns } from './take-back-show.ts'
import { differing, pointsOf, signedBy, type Stage, stageOf, type TakeBackWork } from './take-back-work.ts'
import { differenceOf, grams, words } from './view.ts'
import { categories } from '../categories.ts'
import { giveBack } from '../loans/loans.ts'
import { caseOf, itemOf } from '../scene.ts'
import type { GiveBack, NoteDifference } from '../schemas.ts'
import { isSealed } from '../seals/seals.ts'
import { mayBringBack } from '../separation.ts'

/** What a difference at a return rests on. */
const RULE = { zh: '公安机关涉案财物管理若干规定 11', en: 'Provisions on Property in Police Cases 11' }

/** Begins with an item that is out on loan. */
export function beginTakeBack(code: string, look: BenchLook, bench: Bench): Step<TakeBackWork> {
  const item = itemOf(look.scene, code)
  const view = look.views.get(code)
  if (view === undefined || item.loan === null) throw new Error(`${code} is not out on loan`)
  rehearseReturn(code, [item.loan.borrower], look, bench)
  const { required, tolerance_mg } = categories[item.category].weighed
  if (required) mustHaveScale(bench)
  const next: TakeBackWork = {
    procedure: 'take-back',
    view,
    returner: null,
    pair: takesTwo(item),
    keeper: null,
    weigh: required,
    sealed: isSealed(item),
    tolerance_mg,
    weighedOut: item.weights.at(-1)?.at === item.loan.lentAt,
    weighed: null,
    seal: null,
    sealSeen: null,
    condition: null,
    differed: false,
    closing: false,
  }
  const { zh, en } = whoReturns(view)
  return { next, say: accepted('custody.item-to-return', words(`${item.name}：${zh}`, `${item.name}: ${en}`)) }
}

/** What the register would say now, but for what is still to be done. */
function rehearseReturn(
  code: string,
  signers: readonly string[],
  look: BenchLook,
  bench: Bench,
  isKeeperYet = false,
): void {
  const notYet = [
    'custody.weight-missing',
    'custody.seal-not-checked',
    'custody.location-needed',
    'custody.signature-missing',
    ...(isKeeperYet ? [] : (['custody.second-person-needed'] as const)),
  ] as const
  const command: GiveBack = { type: 'custody.give-back', items: [{ item: code }] }
  rehearse(look, bench, signers, (circumstances) => giveBack(look.scene, command, circumstances), notYet)
}

/** Items whose state this step needs. */
export function namedInTakeBack({ view }: TakeBackWork): string[] {
  return [view.code]
}

/**
 * Returner, second custodian, then weight, seal and condition, each against how it went out; last the shelf. A point that differs stops the
 * return: only comparing again or an incident goes on from there (rules C-27).
 *
 * @throws Refusal `custody.returner`, `custody.same-person`, what the register would refuse, or that something else was asked
 */
export function stepTakeBack(
  work: TakeBackWork,
  input: ProcedureInput,
  look: BenchLook,
  bench: Bench,
): Step<TakeBackWork> {
  const stage = stageOf(work)
  switch (input.kind) {
    case 'badge': {
      if (stage === 'keeper') return keeperAtReturn(work, input.holder, look, bench)
      if (stage !== 'badge') break
      const { id, name } = input.holder
      if (id === bench.custodian.id)
        throw new Refusal('custody.same-person', { person: name, role: '保管人员', roleEn: 'custodian' })
      rehearseReturn(work.view.code, [id], look, bench)
      const item = itemOf(look.scene, work.view.code)
      const [signer, of] = [look.scene.signers.get(id), caseOf(look.scene, item.case)]
      if (signer === undefined || !mayBringBack(signer, item.loan?.borrower ?? '', of))
        throw new Refusal('custody.returner', { person: name, case: of.number })
      const say = asked(
        'stations.pin',
        words(`${name}，请输入 PIN 作为归还人签名`, `${name}, sign the return with your PIN`),
      )
      return { next: work, say, sign: input.holder }
    }
    case 'signed': {
      const { person } = input
      if (stage === 'keeper') {
        const next = { ...work, keeper: person }
        return { next, say: accepted('custody.keeper-signed', keeperSigned(person, askOf(next).words)) }
      }
      const say = accepted(
        'custody.returner-signed',
        words(`归还人 ${person.name} 已签名`, `${person.name} returns it`),
      )
      return { next: { ...work, returner: person }, say }
    }
    case 'weight': {
      const next = { ...work, weighed: { weight_mg: input.weight_mg, reading: input.reading } }
      const isDifferent = pointsOf(next).some(({ point, verdict }) => point === 'weight' && verdict === 'different')
      if (!isDifferent) return { next, say: weightAgrees(input.weight_mg) }
      return noted(next, next.weighed, weightDiffers(work, input.weight_mg))
    }
    case 'command':
      return commanded(work, stage, input.word, look)
    case 'scan':
      if (isPlace(input.scanned) && stage === 'shelf') return putBack(work, input.scanned.code, look, bench)
      if (input.scanned.kind === 'text' && stage === 'seal') return sealScanned(work, input.scanned.text)
      break
    case 'choose':
      if (input.option === 'again' && (stage === 'differs' || stage === 'closing')) return again(work)
      throw notAsked('选择', 'choose', askOf(work))
    case 'tags':
      break
  }
  throw wantedInstead(askOf(work), input)
}

function keeperAtReturn(work: TakeBackWork, holder: BadgeHolder, look: BenchLook, bench: Bench): Step<TakeBackWork> {
  const { code, borrower } = work.view
  const others = [work.returner, borrower].map((one) => ({ id: one?.id ?? null, role: RETURNER }))
  const step = keeperSeen(work, holder, { items: [itemOf(look.scene, code)], others }, look, bench)
  rehearseReturn(code, [...signedBy(work), holder.id], look, bench, true)
  return step
}

function commanded(
  work: TakeBackWork,
  stage: Stage,
  word: Extract<ProcedureInput, { kind: 'command' }>['word'],
  look: BenchLook,
): Step<TakeBackWork> {
  if (word === 'CANCEL' || word === 'UNDO') return leave(work, look)
  if (word === 'WEIGH' && stage === 'differs' && work.weigh) return again(work)
  if (word === 'CONFIRM' || word === 'REFUSE') {
    const same = word === 'CONFIRM'
    if (stage === 'seal') {
      const say = verdictSay('seal', same, words('封条', 'Seal'))
      if (same && isUnlike(work)) throw new Refusal('custody.returned-seal-unlike', sealsOf(work))
      if (same) return { next: { ...work, seal: 'intact' }, say }
      return noted({ ...work, seal: 'broken' }, { seal: 'broken' }, say)
    }
    if (stage === 'condition') {
      const say = verdictSay('condition', same, words('外观', 'Condition'))
      if (same) return { next: { ...work, condition: 'same' }, say }
      return noted({ ...work, condition: 'different' }, { condition: 'different' }, say)
    }
    if (stage === 'differs' && !same) {
      const next = { ...work, closing: true }
      return { next, say: asked('custody.incident-asked', words('请再确认一次', 'Please confirm once more')) }
    }
    if (stage === 'closing' && same) return stopReturn(work)
  }
  throw cardNotAsked(word, askOf(work))
}

/** Every text that is scanned now is taken for the number on the seal; whether the seal is whole, the custodian says. */
function sealScanned(work: TakeBackWork, text: string): Step<TakeBackWork> {
  const next = { ...work, sealSeen: text }
  if (isUnlike(next)) return { next, say: refused('custody.returned-seal-unlike', sealsOf(next)) }
  const say = asked(
    'custody.seal-same',
    words('封条编号相符，请查看封条是否完好后确认', 'The seal number agrees; see that the seal is whole and confirm'),
  )
  return { next, say }
}

function isUnlike({ view, sealSeen }: TakeBackWork): boolean {
  return sealSeen !== null && sealSeen !== view.sealNumber
}

function sealsOf({ view, sealSeen }: TakeBackWork): { item: string; expected: string; found: string } {
  return { item: view.code, expected: view.sealNumber ?? '', found: sealSeen ?? '' }
}

/** What differs is in the register before anybody is told of it. */
function noted(next: TakeBackWork, found: Pick<Line, 'weight_mg' | 'reading' | 'seal' | 'condition'>, say: Say) {
  const command: NoteDifference = { type: 'custody.note-difference', items: [{ item: next.view.code, ...found }] }
  return { next: { ...next, differed: true }, say, acts: { commands: [command], with: signedBy(next) } }
}

/**
 * Where a difference was found the work is not left until it is settled, at this bench or at another.
 * @throws Refusal `custody.difference-open`
 */
function leave(work: TakeBackWork, { scene }: BenchLook): Step<TakeBackWork> {
  const { code, name } = work.view
  const { custodyStatus, incident } = itemOf(scene, code)
  if (custodyStatus === 'BORROWED' && incident === null) throw new Refusal('custody.difference-open', { item: code })
  const say = accepted(
    'custody.settled-elsewhere',
    words(`${name} 已在别处办理，本次结束`, `${name} was dealt with elsewhere; this ends here`),
  )
  return { next: null, say }
}

/** What was found different stays in the register; everything is compared anew. */
function again(work: TakeBackWork): Step<TakeBackWork> {
  const next = { ...work, weighed: null, seal: null, sealSeen: null, condition: null, closing: false }
  return { next, say: asked('custody.compare-again', words('请重新核对', 'Compare again')) }
}

function weightAgrees(found_mg: number): Say {
  const found = grams(found_mg)
  return accepted('custody.weighed', words(`重量 ${found.zh}，相符`, `${found.en}, as it went out`))
}

/** Of the work without this weight: who weighs once more is told that it was weighed once more. */
function weightDiffers({ view, differed, weighedOut }: TakeBackWork, found_mg: number): Say {
  const expected_mg = view.weight_mg ?? found_mg
  const [found, expected, gap] = [grams(found_mg), grams(expected_mg), differenceOf(found_mg, expected_mg)]
  return differs(
    'weight-found',
    words(
      `${differed ? '再次称重，' : ''}重量不符：${weighedOut ? '借出时' : '上次称重'} ${expected.zh}，现为 ${found.zh}，${gap.zh}`,
      `${differed ? 'Weighed again: the' : 'The'} weight differs: ${expected.en} when it ${weighedOut ? 'went out' : 'was last weighed'}, ${found.en} now, ${gap.en}`,
    ),
  )
}

/** A difference is said as one, and the comparison goes on: what else differs is found out before anything is recorded. */
function differs(point: 'weight-found' | 'seal' | 'condition', of: Words): Say {
  return {
    outcome: 'refused',
    code: `custody.${point}-different`,
    words: of,
    rule: RULE,
    remedy: words('请把其余各项核对完，再登记异常', 'Compare the other points, then open an incident'),
  }
}

function verdictSay(point: 'seal' | 'condition', same: boolean, of: Words): Say {
  return same
    ? accepted(`custody.${point}-same`, words(`${of.zh}相符`, `${of.en}: as it went out`))
    : differs(point, words(`${of.zh}与借出时不符`, `${of.en}: not as it went out`))
}

type Line = Exclude<GiveBack['items'][number], string>

function lineOf(work: TakeBackWork): Line {
  const { view, weighed, seal, condition } = work
  return {
    item: view.code,
    ...(weighed ?? {}),
    ...(seal === null ? {} : { seal }),
    ...(condition === null ? {} : { condition }),
  }
}

function putBack(work: TakeBackWork, location: string, look: BenchLook, bench: Bench): Step<TakeBackWork> {
  const line = { ...lineOf(work), location }
  const { reading: _, ...rehearsed } = line
  const command: GiveBack = { type: 'custody.give-back', items: [line] }
  const signers = signedBy(work)
  // Which frame stands behind the weight, the act looks up.
  rehearse(look, bench, signers, (circumstances) =>
    giveBack(look.scene, { ...command, items: [rehearsed] }, circumstances),
  )
  const name = placeName(look.scene, location)
  const say = accepted(
    'custody.returned',
    words(`${work.view.name} 已归还，存 ${name}`, `${work.view.name} is back, at ${name}`),
  )
  return {
    next: null,
    say,
    acts: {
      commands: [command],
      with: signers,
      // The register compares again on what is locked; if it finds another difference, that is what is said.
      then: ([answer]) => ({ next: null, say: wasReturned(answer?.result) ? say : stopped(work) }),
    },
  }
}

function wasReturned(result: unknown): boolean {
  const verdicts = (result as { verdicts?: readonly { returned: boolean }[] } | undefined)?.verdicts ?? []
  return verdicts.every(({ returned }) => returned)
}

function stopReturn(work: TakeBackWork): Step<TakeBackWork> {
  const command: GiveBack = { type: 'custody.give-back', items: [lineOf(work)] }
  return { next: null, say: stopped(work), acts: { commands: [command], with: signedBy(work) } }
}

function stopped(work: TakeBackWork): Say {
  const points = differing(work)
  const zh = points.map(({ words: of }) => of.zh).join('、')
  const en = points.map(({ words: of }) => of.en.toLowerCase()).join(', ')
  return {
    outcome: 'refused',
    code: 'custody.return-stopped',
    words: words(
      `${work.view.name} 归还不符（${zh}）：未入库，已登记异常并冻结，已通知双方负责人`,
      `${work.view.name} differs (${en}): not taken back; an incident is open and both heads are told`,
    ),
    rule: RULE,
    remedy: words('由审批人作出处理结论', 'An approver concludes the incident'),
  }
}
