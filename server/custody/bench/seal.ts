import { Refusal, type Words } from '../../refusal.ts'
import type { Bench, ProcedureInput, Step } from '../../stations/procedure.ts'
import type { AskView, ItemView, PersonView, WorkView } from '../../stations/protocol.ts'
import { accepted, asked } from '../../stations/say.ts'
import { type BenchLook, rehearse } from './look.ts'
import { cardNotAsked, notAsked, wantedInstead } from './refuse.ts'
import { ask, option, stepsOf, words } from './view.ts'
import { rules } from '../rules.ts'
import { caseOf, itemOf } from '../scene.ts'
import type { SealItems, Unseal } from '../keeping/schemas.ts'
import { sealItems, unsealItems } from '../seals/sealing.ts'

/** 启封、密封、重封 at a bench: a reason or a new number, then two officers of the case with badge and PIN. */
export type SealWork = {
  readonly procedure: 'seal'
  readonly act: 'unseal' | 'seal'
  readonly view: ItemView
  /** Everything under the same seal when it is opened; the item alone when it is closed. */
  readonly items: readonly string[]
  readonly officers: readonly string[]
  /** Why it is opened, or the number it is closed with. */
  readonly said: string | null
  readonly signers: readonly PersonView[]
}

const NEEDED = rules.seal_signers.value
const TEXT_MOST = { unseal: 200, seal: 40 } as const
const REASONS = [
  ['identification', words('辨认', 'Identification')],
  ['testing', words('检验、鉴定', 'Testing or appraisal')],
  ['evidence', words('取证、核对', 'Evidence is taken or compared')],
] as const

/** Begins with an item in sight; `act` as its seal stands now. */
export function beginSeal(act: SealWork['act'], code: string, look: BenchLook, bench: Bench): Step<SealWork> {
  const item = itemOf(look.scene, code)
  const view = look.views.get(code)
  if (view === undefined) throw new Error(`${code} was read without its view`)
  const items = act === 'seal' ? [code] : (look.scene.bags.get(item.seal?.number ?? '') ?? [code])
  const { officers } = caseOf(look.scene, item.case)
  const work: SealWork = { procedure: 'seal', act, view, items, officers, said: null, signers: [] }
  rehearseSeal(work, look, bench)
  const together =
    items.length === 1 ? words('', '') : words(`（同封 ${items.length} 件）`, ` (${items.length} in one bag)`)
  const say =
    act === 'unseal'
      ? asked(
          'custody.to-unseal',
          words(`${item.name}${together.zh}：请选择启封原因`, `${item.name}${together.en}: why is the seal opened?`),
        )
      : asked('custody.to-seal', words(`${item.name}：请扫描新封条`, `${item.name}: scan the new seal`))
  return { next: work, say }
}

/** Items whose state this step needs. */
export function namedInSeal({ items }: SealWork): readonly string[] {
  return items
}

/** A number that this step may give, for looking up whether it was used before. */
export function sealGivenBy(work: SealWork, input: ProcedureInput): string[] {
  if (work.act !== 'seal') return []
  const text = work.said ?? textIn(input)
  return text === null ? [] : [text]
}

/**
 * What is said first (the new seal's number, or why the old one is opened), then badge and PIN of two officers of the case; neither is the
 * custodian of the bench (rules C-30).
 *
 * @throws Refusal `access.signature-same`, `custody.not-case-officer`, what the register would refuse, or that something else was asked
 */
export function stepSeal(work: SealWork, input: ProcedureInput, look: BenchLook, bench: Bench): Step<SealWork> {
  switch (input.kind) {
    case 'scan':
    case 'choose': {
      if (work.said !== null) break
      const said = work.act === 'seal' ? textIn(input) : reasonIn(input)
      if (said === null) break
      if (said.length > TEXT_MOST[work.act]) throw notAsked('过长的文字', 'so long a text', askOf(work))
      const next = { ...work, said }
      rehearseSeal(next, look, bench)
      return { next, say: asked('custody.first-sealer', firstBadge()) }
    }
    case 'badge': {
      if (work.said === null) break
      const { holder } = input
      if (work.signers.some(({ id }) => id === holder.id) || holder.id === bench.custodian.id)
        throw new Refusal('access.signature-same')
      if (!work.officers.includes(holder.id)) throw new Refusal('custody.not-case-officer', { case: work.view.case })
      const say = asked('stations.pin', words(`${holder.name}，请输入 PIN 签名`, `${holder.name}, sign with your PIN`))
      return { next: work, say, sign: holder }
    }
    case 'signed':
      return signed({ ...work, signers: [...work.signers, input.person] }, look, bench)
    case 'command':
      throw cardNotAsked(input.word, askOf(work))
    case 'weight':
    case 'tags':
      break
  }
  throw input.kind === 'choose' ? notAsked('选择', 'choose', askOf(work)) : wantedInstead(askOf(work), input)
}

/** What a strip or a hand gives as the number of a new seal. */
function textIn(input: ProcedureInput): string | null {
  if (input.kind === 'scan' && input.scanned.kind === 'text') return input.scanned.text
  return input.kind === 'choose' && input.option === 'other' && input.text !== null ? input.text.trim() : null
}

function reasonIn(input: ProcedureInput): string | null {
  if (input.kind !== 'choose') return null
  const known = REASONS.find(([id]) => id === input.option)
  if (known !== undefined) return known[1].zh
  return input.option === 'other' && input.text !== null && input.text.trim() !== '' ? input.text.trim() : null
}

function signed(work: SealWork, look: BenchLook, bench: Bench): Step<SealWork> {
  const [first] = work.signers
  if (work.signers.length < NEEDED && first !== undefined)
    return {
      next: work,
      say: asked(
        'custody.next-sealer',
        words(
          `${first.name} 已签名，请另一名承办人员刷工牌`,
          `${first.name} has signed; the other officer scans the badge`,
        ),
      ),
    }
  const command = commandOf(work)
  rehearseSeal(work, look, bench)
  return {
    next: null,
    say: accepted(work.act === 'unseal' ? 'custody.unsealed' : 'custody.sealed', doneWords(work)),
    acts: { commands: [command], with: work.signers.map(({ id }) => id) },
  }
}

function doneWords({ act, view, items, said }: SealWork): Words {
  const count = items.length
  return act === 'unseal'
    ? words(`${view.name} 已启封（${count} 件），原封条作废`, `${view.name} is open (${count}); its seal is void`)
    : words(
        `${view.name} 已加封，封条 ${said ?? ''}；归还的请再扫描物品`,
        `${view.name} is sealed, number ${said ?? ''}; to return it, scan it again`,
      )
}

function commandOf({ act, items, said }: SealWork): Unseal | SealItems {
  return act === 'unseal'
    ? { type: 'custody.unseal', items: [...items], reason: said ?? '' }
    : { type: 'custody.seal', items: [...items], ...(said === null ? {} : { number: said }) }
}

/** Refuses at the scan what the act would refuse at the end; who has not signed yet and what was not said yet are no news. */
function rehearseSeal(work: SealWork, look: BenchLook, bench: Bench): void {
  const command = commandOf(work)
  rehearse(
    look,
    bench,
    work.signers.map(({ id }) => id),
    (circumstances) =>
      command.type === 'custody.unseal'
        ? unsealItems(look.scene, command, circumstances)
        : sealItems(look.scene, command, circumstances),
    work.signers.length < NEEDED ? ['custody.seal-signers', 'custody.seal-number-missing'] : [],
  )
}

const STEPS = {
  unseal: [
    ['said', words('启封原因', 'Reason')],
    ['first', words('第一人签名', 'First signs')],
    ['second', words('第二人签名', 'Second signs')],
  ],
  seal: [
    ['said', words('扫描新封条', 'Scan new seal')],
    ['first', words('第一人签名', 'First signs')],
    ['second', words('第二人签名', 'Second signs')],
  ],
} as const

/** Shows the item that was scanned, also where the seal closes several. */
export function showSeal(work: SealWork): { work: WorkView; ask: AskView } {
  return {
    work: {
      procedure: 'seal',
      words: work.act === 'unseal' ? words('启封', 'Open the seal') : words('加封', 'Seal'),
      document: null,
      steps: stepsOf(STEPS[work.act], work.said === null ? 'said' : work.signers.length === 0 ? 'first' : 'second'),
      item: work.view,
      points: [],
      lines: [],
      second: work.signers.at(-1) ?? null,
      keeper: null,
    },
    ask: askOf(work),
  }
}

function firstBadge(): Words {
  return words('请承办人员刷工牌（须二人）', 'An officer of the case scans the badge (two are needed)')
}

function askOf(work: SealWork): AskView {
  if (work.said !== null)
    return ask(
      'scan-badge',
      work.signers.length === 0 ? firstBadge() : words('请另一名承办人员刷工牌', 'The other officer scans the badge'),
    )
  const other = option(
    'other',
    work.act === 'seal' ? words('输入编号', 'Type the number') : words('其他原因', 'Another reason'),
    null,
  )
  if (work.act === 'seal')
    return { ...ask('choose', words('请扫描新封条的编号', 'Scan the number of the new seal'), [other]), text: true }
  const reasons = REASONS.map(([id, of]) => option(id, of, null))
  return { ...ask('choose', words('请选择启封原因', 'Why is the seal opened?'), [...reasons, other]), text: true }
}
