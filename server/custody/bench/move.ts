import { Refusal } from '../../refusal.ts'
import type { Bench, ProcedureInput, Step } from '../../stations/procedure.ts'
import type { AskView, ItemView, WorkView } from '../../stations/protocol.ts'
import { accepted, asked } from '../../stations/say.ts'
import {
  askKeeper,
  isKeeperWanted,
  KEEPER_STEP,
  keeperAsk,
  keeperSeen,
  keeperSigned,
  type Paired,
  takesTwo,
} from './keeper.ts'
import { type BenchLook, rehearse } from './look.ts'
import { cardNotAsked, isPlace, notAsked, placeName, wantedInstead } from './refuse.ts'
import { ask, stepsOf, words } from './view.ts'
import { moveItems } from '../keeping/locations.ts'
import { itemOf, locationOf } from '../scene.ts'
import type { MoveItems } from '../schemas.ts'

/** 移位 at a bench: an item, then its new shelf. */
export type MoveWork = Paired & {
  readonly procedure: 'move'
  /** The shelf that was scanned first: what is moved must lie there. */
  readonly from: string | null
  readonly view: ItemView | null
}

/**
 * By a shelf, or, with null, by the card: then any item of the store may follow.
 *
 * @throws Refusal `custody.location-elsewhere` for a shelf of another store
 */
export function beginMove(from: string | null, look: BenchLook, { station }: Bench): Step<MoveWork> {
  if (from !== null) {
    const { store } = locationOf(look.scene, from)
    if (store !== station.place) throw new Refusal('custody.location-elsewhere', { location: from, store })
  }
  return { next: newMove(from), say: asked('custody.moving', words('移位：请扫描物品', 'Move: scan the item')) }
}

/** A move that nothing was scanned for yet but, perhaps, the shelf it begins at. */
export function newMove(from: string | null): MoveWork {
  return { procedure: 'move', from, view: null, pair: false, keeper: null }
}

/** Items whose state this step needs. */
export function namedInMove({ view }: MoveWork): string[] {
  return view === null ? [] : [view.code]
}

/**
 * An item, the second custodian where its class takes two, then its new place, which ends it. The move is rehearsed at the scan.
 *
 * @throws Refusal what the register would refuse, or that something else was asked
 */
export function stepMove(work: MoveWork, input: ProcedureInput, look: BenchLook, bench: Bench): Step<MoveWork> {
  if (input.kind === 'scan' && input.scanned.kind === 'item' && work.view === null)
    return takeToMove(work, input.scanned.code, look, bench)
  if (input.kind === 'scan' && isPlace(input.scanned) && work.view !== null && !isKeeperWanted(work)) {
    const location = input.scanned.code
    const command: MoveItems = { type: 'custody.move', items: [{ item: work.view.code, location }] }
    const signers = work.keeper === null ? [] : [work.keeper.id]
    rehearse(look, bench, signers, (circumstances) => moveItems(look.scene, command, circumstances))
    const name = placeName(look.scene, location)
    const say = accepted(
      'custody.moved',
      words(`${work.view.name} 已移到 ${name}`, `${work.view.name} is now at ${name}`),
    )
    return { next: null, say, acts: { commands: [command], with: signers } }
  }
  if (input.kind === 'badge' && work.view !== null && isKeeperWanted(work))
    return keeperSeen(work, input.holder, { items: [itemOf(look.scene, work.view.code)] }, look, bench)
  if (input.kind === 'signed') {
    const next = { ...work, keeper: input.person }
    return { next, say: accepted('custody.keeper-signed', keeperSigned(input.person, askOf(next).words)) }
  }
  if (input.kind === 'command') throw cardNotAsked(input.word, askOf(work))
  if (input.kind === 'choose') throw notAsked('选择', 'choose', askOf(work))
  throw wantedInstead(askOf(work), input)
}

/** Takes an item that lies in this store to another shelf of it. */
export function takeToMove(work: MoveWork, code: string, look: BenchLook, bench: Bench): Step<MoveWork> {
  const item = itemOf(look.scene, code)
  const command: MoveItems = { type: 'custody.move', items: [code] }
  rehearse(look, bench, [], (circumstances) => moveItems(look.scene, command, circumstances), [
    'custody.location-needed',
    'custody.second-person-needed',
  ])
  const view = look.views.get(code)
  if (view === undefined) throw new Error(`${code} was read without its view`)
  if (work.from !== null && item.location !== work.from)
    throw new Refusal('stations.not-there', { item: code, location: view.location?.name ?? '' })
  const pair = takesTwo(item)
  const { zh, en } = pair ? askKeeper() : words('请扫描新库位', 'scan the new shelf')
  const say = accepted('custody.item-to-move', words(`${item.name}：${zh}`, `${item.name}: ${en}`))
  return { next: { ...work, view, pair }, say }
}

const ITEM_STEP = ['item', words('扫描物品', 'Scan item')] as const
const SHELF_STEP = ['shelf', words('扫描新库位', 'Scan new shelf')] as const

/** The second custodian stands among the steps only once an item is known that takes two. */
export function showMove(work: MoveWork): { work: WorkView; ask: AskView } {
  return {
    work: {
      procedure: 'move',
      words: words('移位', 'Move'),
      document: null,
      steps: stepsOf(
        [ITEM_STEP, ...(work.pair ? [KEEPER_STEP] : []), SHELF_STEP],
        work.view === null ? 'item' : isKeeperWanted(work) ? 'keeper' : 'shelf',
      ),
      item: work.view,
      points: [],
      lines: [],
      second: null,
      keeper: work.keeper,
    },
    ask: askOf(work),
  }
}

function askOf(work: MoveWork): AskView {
  if (isKeeperWanted(work)) return keeperAsk()
  return work.view === null
    ? ask('scan-item', words('请扫描要移动的物品', 'Scan the item to move'))
    : ask('scan-shelf', words('请扫描新库位', 'Scan the new shelf'))
}
