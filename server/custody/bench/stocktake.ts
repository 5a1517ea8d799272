import { Refusal } from '../../refusal.ts'
import type { Bench, ProcedureInput, Step } from '../../stations/procedure.ts'
import type { AskView, LineView, WorkView } from '../../stations/protocol.ts'
import { accepted, asked } from '../../stations/say.ts'
import type { BenchLook } from './look.ts'
import { cardNotAsked, notAsked, wantedInstead } from './refuse.ts'
import { ask, option, stepsOf, words } from './view.ts'
import { rules } from '../rules.ts'
import { locationOf } from '../scene.ts'
import type { ConcludeStocktake, CountShelf } from '../stocktake/schemas.ts'
import { seesItem } from '../sight/sees.ts'

type Sighted = CountShelf['sights'][number]
type Scan = Extract<ProcedureInput, { kind: 'scan' }>['scanned']
/** Whatever may lie on a shelf. */
type Thing =
  | Extract<Scan, { kind: 'item' | 'text' }>
  | { readonly kind: 'container' | 'document'; readonly code: string; readonly issue: number }

/** One thing that a hand has put on the sheet of the shelf in work. */
type Noted = { readonly key: string; readonly name: string; readonly voided: boolean; readonly sight: Sighted }

/** The shelf that is walked now. What the reader hears goes into the register at once, what the hand scans with the confirmation. */
type Shelf = {
  readonly code: string
  readonly name: string
  readonly from: string
  readonly noted: readonly Noted[]
  /** Tags heard here so far. */
  readonly heard: number
}

/**
 * 盘点 at a bench or in the aisle: a shelf, then all that lies on it, until it is confirmed. Nothing of what is expected is in here: whoever walks
 * writes down what is there.
 */
export type StocktakeWork = {
  readonly procedure: 'stocktake'
  readonly code: string
  readonly round: 1 | 2
  /** Shelves of this round that are this person's to walk; null where any shelf of the store is. */
  readonly route: readonly string[] | null
  /** What somebody looks for, where that is told: the drawn items, or those that are looked for again. */
  readonly lookFor: readonly { readonly item: string; readonly name: string }[]
  /** Shelves of this round that nobody has walked to the end, as they were when this was last looked at. */
  readonly left: {
    /** Those that this person may walk, by code. */
    readonly own: readonly string[]
    /** Those that others have to walk, by name. */
    readonly barred: readonly string[]
  }
  /** Shelves that were confirmed in this work. */
  readonly walked: number
  readonly shelf: Shelf | null
}

/** What a bench reads of a stock-take whose paper was scanned: never what is expected. */
export interface BenchStocktake extends Pick<StocktakeWork, 'code' | 'round' | 'route' | 'lookFor' | 'left'> {
  readonly store: string
  /** Why this person may not walk now; null when he may. */
  readonly refusal: Refusal | null
}

/** Lines that the screen shows of a shelf: the last ones. */
const LINES_MAX = 60

/** @throws Refusal `custody.wrong-station`, and who may not count now */
export function beginStocktake(found: BenchStocktake, { station }: Bench): Step<StocktakeWork> {
  const { store, refusal, code, round, route, lookFor, left } = found
  if (store !== station.place) throw new Refusal('custody.wrong-station', { place: station.place, store })
  if (refusal !== null) throw refusal
  const work: StocktakeWork = { procedure: 'stocktake', code, round, route, lookFor, left, walked: 0, shelf: null }
  const say = asked(
    'custody.stocktaking',
    round === 1
      ? words('盘点开始：请扫描要盘的库位', 'The count begins: scan the shelf')
      : words('复盘开始：请扫描要复盘的库位', 'The recount begins: scan the shelf'),
  )
  return { next: work, say }
}

/**
 * Between two shelves only a shelf or the end of the round is taken; on a shelf everything is noted, also what nobody knows, until it is
 * confirmed. What was scanned is written down with the confirmation, what a reader hears at once.
 *
 * @throws Refusal `custody.stocktake-shelf-open`, `custody.stocktake-place`, or that something else was asked
 */
export function stepStocktake(
  work: StocktakeWork,
  input: ProcedureInput,
  look: BenchLook,
  bench: Bench,
): Step<StocktakeWork> {
  const { shelf } = work
  if (shelf === null) return stepRoute(work, input, look, bench)
  if (input.kind === 'tags') return hear(work, shelf, input, look, bench)
  if (input.kind === 'scan') {
    const { scanned } = input
    if (scanned.kind === 'item' || scanned.kind === 'text') return note(work, shelf, scanned, look, bench)
    const { kind, code, issue } = scanned
    if (kind === 'location') throw new Refusal('custody.stocktake-shelf-open', { location: shelf.name })
    return note(work, shelf, { kind, code, issue }, look, bench)
  }
  if (input.kind === 'command' && input.word === 'CONFIRM') return confirmShelf(work, shelf, look)
  if (input.kind === 'command') throw cardNotAsked(input.word, askOf(work))
  if (input.kind === 'choose') throw notAsked('选择', 'choose', askOf(work))
  throw wantedInstead(askOf(work), input)
}

/** Between two shelves. */
function stepRoute(work: StocktakeWork, input: ProcedureInput, look: BenchLook, { at }: Bench): Step<StocktakeWork> {
  if (input.kind === 'scan' && input.scanned.kind === 'location') {
    const { code } = input.scanned
    if (work.route !== null && !work.route.includes(code))
      throw new Refusal('custody.stocktake-place', { location: code })
    const { name } = locationOf(look.scene, code)
    const next = { ...work, shelf: { code, name, from: at, noted: [], heard: 0 } }
    const say = asked('custody.stocktake-shelf', words(`${name}：请逐件扫描`, `${name}: scan one after the other`))
    return { next, say }
  }
  if (input.kind === 'command' && input.word === 'CONFIRM') {
    const command: ConcludeStocktake = { type: 'custody.conclude-stocktake', stocktake: work.code }
    const said =
      work.round === 1 ? words('首盘结束', 'The first count is over') : words('复盘结束', 'The recount is over')
    return { next: null, say: accepted('custody.stocktake-round', said), acts: { commands: [command], with: [] } }
  }
  if (input.kind === 'command') throw cardNotAsked(input.word, askOf(work))
  if (input.kind === 'choose') throw notAsked('选择', 'choose', askOf(work))
  throw wantedInstead(askOf(work), input)
}

function note(work: StocktakeWork, shelf: Shelf, scanned: Thing, look: BenchLook, { at }: Bench): Step<StocktakeWork> {
  const one = notedOf(scanned, look, at)
  if (shelf.noted.some(({ key }) => key === one.key))
    return {
      next: work,
      say: asked('custody.counted-before', words(`${one.name} 已记过`, `${one.name} is noted already`)),
    }
  const next = { ...work, shelf: { ...shelf, noted: [...shelf.noted, one] } }
  const count = next.shelf.noted.length
  if (one.voided) {
    const said = words(
      `${one.name}：这是作废的标签，已记入盘点差异，请把物品放在一边`,
      `${one.name}: this label was voided. It is noted as a difference; put the item aside`,
    )
    return { next, say: asked('custody.counted-void', said) }
  }
  return { next, say: saidOf(scanned, one, count, look) }
}

function saidOf(scanned: Thing, { name }: Noted, count: number, { scene }: BenchLook) {
  if (scanned.kind === 'text' || scanned.kind === 'document')
    return asked(
      'custody.counted-unknown',
      words(`“${name}”不是物品编码，已作为账外物记下`, `“${name}” is no item's code; noted as unknown`),
    )
  if (scanned.kind === 'container' && scene.containers.get(scanned.code)?.seal === null)
    return asked(
      'custody.counted-open-box',
      words(`${name} 没有加封：请逐件扫描箱内物品`, `${name} is not sealed: scan what is in it, one by one`),
    )
  return accepted('custody.counted', words(`${name} 已记，本库位第 ${count} 项`, `${name} noted, number ${count} here`))
}

function notedOf(scanned: Thing, { scene, labels }: BenchLook, at: string): Noted {
  switch (scanned.kind) {
    case 'item': {
      const { code, issue } = scanned
      const item = scene.items.get(code)
      const name = item !== undefined && seesItem(scene.sight, item) ? item.name : code
      // What was put before the reader by hand was no scan of its label.
      const how = issue === null ? 'strong' : 'scanned'
      const voided = issue !== null && labels.get(code)?.void === true
      return { key: code, name, voided, sight: { item: code, how, at, ...(issue === null ? {} : { issue }) } }
    }
    case 'container':
      return {
        ...{ key: scanned.code, name: scene.containers.get(scanned.code)?.name ?? scanned.code, voided: false },
        sight: { container: scanned.code, at },
      }
    case 'document':
      return { key: scanned.code, name: scanned.code, voided: false, sight: { text: scanned.code, at } }
    case 'text':
      return { key: scanned.text, name: scanned.text, voided: false, sight: { text: scanned.text, at } }
  }
}

/** What a reader has heard on this shelf since it last told: written down at once, as much as it is worth. */
function hear(
  work: StocktakeWork,
  shelf: Shelf,
  { seen }: Extract<ProcedureInput, { kind: 'tags' }>,
  { tagged }: BenchLook,
  { at: now }: Bench,
): Step<StocktakeWork> {
  const sights = seen.map(({ epc, how, at }): Sighted => {
    // The clock of another PC may run beside ours; it was heard on this shelf all the same.
    const when = at < shelf.from ? shelf.from : at > now ? now : at
    const item = tagged.get(epc)
    return item === undefined ? { epc, how, at: when } : { item, how, at: when }
  })
  const heard = shelf.heard + seen.filter(({ first }) => first).length
  const command = sheetOf(work, shelf, sights, false)
  const say = accepted('custody.heard', words(`读到 ${heard} 个标签`, `${heard} tags heard`))
  return { next: { ...work, shelf: { ...shelf, heard } }, say, acts: { commands: [command], with: [] } }
}

/** The shelf is walked to its end, also when nothing lies there. */
function confirmShelf(work: StocktakeWork, shelf: Shelf, { stocktake }: BenchLook): Step<StocktakeWork> {
  const most = rules.items_per_act.value
  const pages = Math.max(1, Math.ceil(shelf.noted.length / most))
  const commands = Array.from({ length: pages }, (_, page) => {
    const sights = shelf.noted.slice(page * most, (page + 1) * most).map(({ sight }) => sight)
    return sheetOf(work, shelf, sights, page === pages - 1)
  })
  const { own, barred } = stocktake?.left ?? work.left
  const left = { own: own.filter((one) => one !== shelf.code), barred }
  const next = { ...work, shelf: null, left, walked: work.walked + 1 }
  const count = shelf.noted.length
  const heard = shelf.heard === 0 ? words('', '') : words(`，读到标签 ${shelf.heard} 个`, `, ${shelf.heard} tags heard`)
  const say = accepted(
    'custody.shelf-counted',
    words(`${shelf.name} 盘完，扫描 ${count} 项${heard.zh}`, `${shelf.name} is done: ${count} scanned${heard.en}`),
  )
  return { next, say, acts: { commands, with: [] } }
}

function sheetOf(
  { code: stocktake, round }: StocktakeWork,
  { code: location, from }: Shelf,
  sights: readonly Sighted[],
  done: boolean,
): CountShelf {
  return { type: 'custody.count-shelf', stocktake, round, location, from, done, sights }
}

const SHELF_STEP = ['shelf', words('扫描库位', 'Scan shelf')] as const
const ITEMS_STEP = ['items', words('扫描物品', 'Scan items')] as const
const CONFIRM_STEP = ['confirm', words('确认盘完', 'Confirm')] as const

/** Only what was found on the shelf in work; blind, as the work itself is. */
export function showStocktake(work: StocktakeWork): { work: WorkView; ask: AskView } {
  const { code, round, shelf } = work
  const title = round === 1 ? words('盘点', 'Count') : words('复盘', 'Recount')
  return {
    work: {
      ...{ procedure: 'stocktake', words: title, document: code },
      steps: stepsOf([SHELF_STEP, ITEMS_STEP, CONFIRM_STEP], shelf === null ? 'shelf' : 'items'),
      ...{ item: null, points: [], lines: shelf === null ? [] : linesOf(work, shelf), second: null, keeper: null },
    },
    ask: askOf(work),
  }
}

function linesOf({ lookFor }: StocktakeWork, { noted }: Shelf): LineView[] {
  const line = (item: string, name: string, state: LineView['state'], said: LineView['words']): LineView => ({
    ...{ item, name, state, words: said, weight_mg: null, location: null },
  })
  const keys = new Set(noted.map(({ key }) => key))
  const wanted = lookFor.filter(({ item }) => !keys.has(item))
  return [
    ...noted
      .slice(-LINES_MAX)
      .map(({ key, name, voided }) =>
        line(key, name, voided ? 'refused' : 'accepted', voided ? words('作废标签', 'Voided label') : null),
      ),
    ...wanted.slice(0, LINES_MAX).map(({ item, name }) => line(item, name, 'waiting', null)),
  ]
}

function askOf({ shelf, round, walked, left }: StocktakeWork): AskView {
  if (shelf === null) {
    const over = round === 1 ? words('首盘结束', 'End the first count') : words('复盘结束', 'End the recount')
    const { own, barred } = left
    // What somebody else has still to walk keeps the round open: it is not offered to be ended, and it is said who does it.
    if (own.length === 0 && barred.length > 0) return ask('scan-shelf', forOthers(barred))
    const options = walked === 0 || own.length > 0 ? [] : [option('conclude', over, 'CONFIRM')]
    return ask('scan-shelf', words('请扫描要盘的库位', 'Scan the shelf to count'), options)
  }
  const said = words(`${shelf.name}：逐件扫描物品，盘完扫“确认”`, `${shelf.name}: scan each item, then confirm`)
  return ask('scan-item', said, [option('confirm', words('本库位盘完', 'This shelf is done'), 'CONFIRM', 'primary')])
}

function forOthers(barred: readonly string[]) {
  return words(
    `${barred.join('、')}上的差异物品由您经手放置，须由本库其他保管人员、保管部门负责人或监督人员复盘，由其结束这一轮。您可扫“取消”卡离开`,
    `What differs on ${barred.join(', ')} was put there by you: another custodian, the head of the store or a supervisor counts it again and ends the round. Scan CANCEL to leave`,
  )
}

/** What a hand-held reader's sweep goes to: the first count of one shelf. Between two, and in a recount, nobody listens to it. */
export function sweepingIn({ code, round, shelf }: StocktakeWork): string {
  return shelf === null || round === 2 ? '' : `${code} ${shelf.code} ${shelf.from}`
}
