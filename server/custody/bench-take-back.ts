import { Refusal } from '../refusal.ts'
import type { Bench, ProcedureInput, Step } from '../stations/procedure.ts'
import type { AskView, ItemView, PersonView, PointView, WorkView } from '../stations/protocol.ts'
import { accepted, asked, type Say } from '../stations/say.ts'
import { type BenchLook, rehearse } from './bench-look.ts'
import { mustHaveScale, notAsked, wantedInstead } from './bench-refuse.ts'
import { ask, type BenchWeight, grams, option, stepsOf, words } from './bench-view.ts'
import { categories } from './categories.ts'
import { giveBack } from './loans.ts'
import { caseOf, itemOf } from './scene.ts'
import type { GiveBack } from './schemas.ts'

/** 归还入库 at a bench: one item, compared point by point with how it went out. */
export type TakeBackWork = {
  readonly procedure: 'take-back'
  readonly view: ItemView
  /** Who may bring it: the borrower, or another officer of the case. */
  readonly returners: readonly string[]
  readonly returner: PersonView | null
  readonly weigh: boolean
  readonly sealed: boolean
  readonly tolerance_mg: number
  readonly weighed: BenchWeight | null
  readonly seal: 'intact' | 'broken' | null
  readonly condition: 'same' | 'different' | null
}

type Stage = 'badge' | 'weigh' | 'seal' | 'condition' | 'shelf' | 'differs'

function stageOf(work: TakeBackWork): Stage {
  if (work.returner === null) return 'badge'
  if (work.weigh && work.weighed === null) return 'weigh'
  if (work.sealed && work.seal === null) return 'seal'
  if (work.condition === null) return 'condition'
  return differing(work).length > 0 ? 'differs' : 'shelf'
}

/** Begins with an item that is out on loan. */
export function beginTakeBack(code: string, look: BenchLook, bench: Bench): Step<TakeBackWork> {
  const item = itemOf(look.scene, code)
  const view = look.views.get(code)
  if (view === undefined || item.loan === null) throw new Error(`${code} is not out on loan`)
  const notYet = [
    'custody.weight-missing',
    'custody.seal-not-checked',
    'custody.location-needed',
    'custody.signature-missing',
  ] as const
  const command: GiveBack = { type: 'custody.give-back', items: [{ item: code }] }
  rehearse(look, bench, [item.loan.borrower], (circumstances) => giveBack(look.scene, command, circumstances), notYet)
  const { required, tolerance_mg } = categories[item.category].weighed
  if (required) mustHaveScale(bench)
  const next: TakeBackWork = {
    procedure: 'take-back',
    view,
    returners: [item.loan.borrower, ...caseOf(look.scene, item.case).officers],
    returner: null,
    weigh: required,
    sealed: item.sealStatus === 'SEALED' || item.sealStatus === 'RESEALED',
    tolerance_mg,
    weighed: null,
    seal: null,
    condition: null,
  }
  const name = view.borrower?.name ?? ''
  return {
    next,
    say: accepted(
      'custody.item-to-return',
      words(`${item.name}：请归还人（${name}）刷工牌`, `${item.name}: who returns it (${name}) scans the badge`),
    ),
  }
}

/** Items whose state this step needs. */
export function namedInTakeBack({ view }: TakeBackWork): string[] {
  return [view.code]
}

export function stepTakeBack(
  work: TakeBackWork,
  input: ProcedureInput,
  look: BenchLook,
  bench: Bench,
): Step<TakeBackWork> {
  const stage = stageOf(work)
  switch (input.kind) {
    case 'badge': {
      if (stage !== 'badge') break
      const { id, name } = input.holder
      if (id === bench.custodian.id)
        throw new Refusal('custody.same-person', { person: name, role: '保管人员', roleEn: 'custodian' })
      if (!work.returners.includes(id)) throw new Refusal('custody.borrower', { person: name, case: work.view.case })
      const say = asked(
        'stations.pin',
        words(`${name}，请输入 PIN 作为归还人签名`, `${name}, sign the return with your PIN`),
      )
      return { next: work, say, sign: input.holder }
    }
    case 'signed': {
      const { person } = input
      const say = accepted(
        'custody.returner-signed',
        words(`归还人 ${person.name} 已签名`, `${person.name} returns it`),
      )
      return { next: { ...work, returner: person }, say }
    }
    case 'weight': {
      const next = { ...work, weighed: { weight_mg: input.weight_mg, reading: input.reading } }
      const differs = pointsOf(next).some(({ point, verdict }) => point === 'weight' && verdict === 'different')
      const found = grams(input.weight_mg)
      return {
        next,
        say: differs
          ? asked(
              'custody.weight-found-different',
              words(`重量 ${found.zh}，与借出时不符`, `${found.en}: not as it went out`),
            )
          : accepted('custody.weighed', words(`重量 ${found.zh}，相符`, `${found.en}, as it went out`)),
      }
    }
    case 'command':
      return commanded(work, stage, input.word)
    case 'scan':
      if (input.scanned.kind === 'location' && stage === 'shelf') return putBack(work, input.scanned.code, look, bench)
      break
    case 'choose':
      throw notAsked('选择', 'choose')
  }
  throw wantedInstead(askOf(work).words, input)
}

function commanded(
  work: TakeBackWork,
  stage: Stage,
  word: 'CONFIRM' | 'REFUSE' | 'MOVE' | 'LOOKUP',
): Step<TakeBackWork> {
  const same = word === 'CONFIRM'
  if (word !== 'CONFIRM' && word !== 'REFUSE') throw notAsked('移位或查询', 'move or look up')
  if (stage === 'seal') {
    const say = verdictSay('seal', same, words('封条', 'Seal'))
    return { next: { ...work, seal: same ? 'intact' : 'broken' }, say }
  }
  if (stage === 'condition') {
    const say = verdictSay('condition', same, words('外观', 'Condition'))
    return { next: { ...work, condition: same ? 'same' : 'different' }, say }
  }
  if (stage === 'differs' && same) return stopReturn(work)
  throw notAsked(same ? '确认' : '拒绝', same ? 'confirm' : 'refuse')
}

function verdictSay(point: string, same: boolean, of: { zh: string; en: string }): Say {
  return same
    ? accepted(`custody.${point}-same`, words(`${of.zh}相符`, `${of.en}: as it went out`))
    : asked(`custody.${point}-different`, words(`${of.zh}不符`, `${of.en}: not as it went out`))
}

function lineOf(work: TakeBackWork): Exclude<GiveBack['items'][number], string> {
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
  const signers = work.returner === null ? [] : [work.returner.id]
  // Which frame stands behind the weight, the act looks up.
  rehearse(look, bench, signers, (circumstances) =>
    giveBack(look.scene, { ...command, items: [rehearsed] }, circumstances),
  )
  const name = look.scene.locations.get(location)?.name ?? location
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
  const signers = work.returner === null ? [] : [work.returner.id]
  return { next: null, say: stopped(work), acts: { commands: [command], with: signers } }
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
    rule: { zh: '公安机关涉案财物管理若干规定 11', en: 'Provisions on Property in Police Cases 11' },
    remedy: words('由审批人作出处理结论', 'An approver concludes the incident'),
  }
}

/** The same comparison as the register's, to show it before it is written. */
function pointsOf(work: TakeBackWork): PointView[] {
  const { view, weighed, weigh, sealed, seal, condition, tolerance_mg } = work
  const weight_mg = weighed?.weight_mg ?? null
  const stage = work.returner === null ? 'badge' : null
  const now = (point: Stage): boolean => stage === null && stageOfOpen(work) === point
  const close = weight_mg !== null && view.weight_mg !== null && Math.abs(weight_mg - view.weight_mg) <= tolerance_mg
  return [
    {
      point: 'weight',
      words: words('重量', 'Weight'),
      expected: view.weight_mg === null ? null : grams(view.weight_mg),
      found: weight_mg === null ? null : grams(weight_mg),
      verdict:
        !weigh || (weight_mg !== null && view.weight_mg === null)
          ? 'not-compared'
          : verdict(weight_mg, close, now('weigh')),
    },
    {
      point: 'seal',
      words: words('封条', 'Seal'),
      expected: view.sealNumber === null ? null : words(view.sealNumber, view.sealNumber),
      found:
        seal === null
          ? null
          : seal === 'intact'
            ? words('完好', 'Intact')
            : words('破损或编号不符', 'Broken or another'),
      verdict: !sealed ? 'not-compared' : verdict(seal, seal === 'intact', now('seal')),
    },
    {
      point: 'condition',
      words: words('外观', 'Condition'),
      expected: words('与照片一致', 'As on the photo'),
      found:
        condition === null ? null : condition === 'same' ? words('一致', 'The same') : words('不一致', 'Different'),
      verdict: verdict(condition, condition === 'same', now('condition')),
    },
  ]
}

function verdict(found: unknown, same: boolean, now: boolean): PointView['verdict'] {
  if (found === null) return now ? 'now' : 'waiting'
  return same ? 'same' : 'different'
}

/** The first point that is still open. */
function stageOfOpen({ weigh, weighed, sealed, seal, condition }: TakeBackWork): Stage {
  if (weigh && weighed === null) return 'weigh'
  if (sealed && seal === null) return 'seal'
  return condition === null ? 'condition' : 'shelf'
}

function differing(work: TakeBackWork): PointView[] {
  return pointsOf(work).filter(({ verdict: found }) => found === 'different')
}

const STEPS = [
  ['badge', words('归还人刷工牌', 'Returner')],
  ['weigh', words('称重', 'Weigh')],
  ['seal', words('核对封条', 'Seal')],
  ['condition', words('核对外观', 'Condition')],
  ['shelf', words('扫描库位', 'Scan shelf')],
] as const

export function showTakeBack(work: TakeBackWork): { work: WorkView; ask: AskView } {
  const stage = stageOf(work)
  return {
    work: {
      procedure: 'take-back',
      words: words('归还入库', 'Take back'),
      document: null,
      steps: stepsOf(STEPS, stage === 'differs' ? 'shelf' : stage),
      item: work.view,
      points: pointsOf(work),
      lines: [],
      second: work.returner,
    },
    ask: askOf(work),
  }
}

function askOf(work: TakeBackWork): AskView {
  const yes = (of: { zh: string; en: string }) => option('confirm', of, 'CONFIRM', 'primary')
  const no = (of: { zh: string; en: string }) => option('refuse', of, 'REFUSE', 'danger')
  switch (stageOf(work)) {
    case 'badge':
      return ask('scan-badge', words('请归还人刷工牌', 'Who returns it scans the badge'))
    case 'weigh':
      return ask('weigh', words('请放上电子秤', 'Put it on the scale'), [
        option('weigh', words('重新称重', 'Weigh again'), 'WEIGH'),
      ])
    case 'seal':
      return ask(
        'confirm',
        words(`封条完好，编号 ${work.view.sealNumber ?? ''}？`, `Seal intact, number ${work.view.sealNumber ?? ''}?`),
        [yes(words('完好', 'Intact')), no(words('破损或编号不符', 'Broken or another'))],
      )
    case 'condition':
      return ask('confirm', words('外观与照片一致？', 'As on the photo?'), [
        yes(words('一致', 'The same')),
        no(words('不一致', 'Different')),
      ])
    case 'differs':
      return ask(
        'confirm',
        words(
          '与借出时不符：确认后登记异常，物品不入库',
          'It differs: confirming opens an incident; it is not taken back',
        ),
        [option('confirm', words('登记异常', 'Open the incident'), 'CONFIRM', 'danger')],
      )
    case 'shelf':
      return ask('scan-shelf', words('请扫描库位', 'Scan the shelf'))
  }
}
