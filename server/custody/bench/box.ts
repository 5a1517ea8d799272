import { Refusal } from '../../refusal.ts'
import type { Bench, ProcedureInput, Step } from '../../stations/procedure.ts'
import type { AskView, WorkView } from '../../stations/protocol.ts'
import { accepted, asked } from '../../stations/say.ts'
import { isKeeperWanted, KEEPER_STEP, keeperAsk, keeperSeen, keeperSigned, type Paired, takesTwo } from './keeper.ts'
import { type BenchLook, rehearse } from './look.ts'
import { cardNotAsked, notAsked, wantedInstead } from './refuse.ts'
import { ask, stepsOf, words } from './view.ts'
import { contentsOf, moveContainer } from '../keeping/containers.ts'
import { containerOf, itemOf, locationOf } from '../scene.ts'
import type { MoveContainer } from '../keeping/schemas.ts'

/** 移箱 at a bench: a box with all that it holds, then its new shelf. */
export type MoveBoxWork = Paired & {
  readonly procedure: 'move-box'
  readonly code: string
  readonly name: string
  /** What lay in it when it was scanned. */
  readonly items: readonly string[]
}

/** @throws Refusal `custody.unknown-container`, `custody.location-elsewhere` for a box of another store */
export function beginMoveBox(code: string, look: BenchLook, { station }: Bench): Step<MoveBoxWork> {
  const { store, location, name } = containerOf(look.scene, code)
  if (store !== station.place) throw new Refusal('custody.location-elsewhere', { location, store })
  const items = contentsOf(look.scene, code)
  const pair = items.some((item) => takesTwo(itemOf(look.scene, item)))
  const work: MoveBoxWork = { procedure: 'move-box', code, name, items, pair, keeper: null }
  const from = look.scene.locations.get(location)?.name ?? location
  const next = askOf(work).words
  const say = asked(
    'custody.moving-box',
    words(
      `移箱：${name}，内有 ${items.length} 件，现在 ${from}。${next.zh}`,
      `Move ${name} with ${items.length} items, now at ${from}. ${next.en}`,
    ),
  )
  return { next: work, say }
}

/**
 * A shelf ends it, once the second custodian has signed where something in the box takes two. The move is rehearsed at the scan, so that a box
 * that may not stand there is refused before anybody carries it.
 *
 * @throws Refusal those of {@link moveContainer}, or that something else was asked
 */
export function stepMoveBox(
  work: MoveBoxWork,
  input: ProcedureInput,
  look: BenchLook,
  bench: Bench,
): Step<MoveBoxWork> {
  if (input.kind === 'scan' && input.scanned.kind === 'location' && !isKeeperWanted(work)) {
    const location = input.scanned.code
    const command: MoveContainer = { type: 'custody.move-container', container: work.code, location }
    const signers = work.keeper === null ? [] : [work.keeper.id]
    rehearse(look, bench, signers, (circumstances) => moveContainer(look.scene, command, circumstances))
    const { name } = locationOf(look.scene, location)
    const say = accepted(
      'custody.box-moved',
      words(
        `${work.name} 连同 ${work.items.length} 件物品已移到 ${name}`,
        `${work.name} with ${work.items.length} items is now at ${name}`,
      ),
    )
    return { next: null, say, acts: { commands: [command], with: signers } }
  }
  if (input.kind === 'badge' && isKeeperWanted(work)) {
    const items = work.items.map((code) => itemOf(look.scene, code))
    return keeperSeen(work, input.holder, { items }, look, bench)
  }
  if (input.kind === 'signed') {
    const next = { ...work, keeper: input.person }
    return { next, say: accepted('custody.keeper-signed', keeperSigned(input.person, askOf(next).words)) }
  }
  if (input.kind === 'command') throw cardNotAsked(input.word, askOf(work))
  if (input.kind === 'choose') throw notAsked('选择', 'choose', askOf(work))
  throw wantedInstead(askOf(work), input)
}

const BOX_STEP = ['box', words('扫描容器', 'Scan container')] as const
const SHELF_STEP = ['shelf', words('扫描新库位', 'Scan new shelf')] as const

/** Names how many items go with the box, never which. */
export function showMoveBox(work: MoveBoxWork): { work: WorkView; ask: AskView } {
  const title = words(
    `移箱：${work.name}（${work.items.length} 件）`,
    `Move container ${work.name} (${work.items.length} items)`,
  )
  return {
    work: {
      procedure: 'move-box',
      words: title,
      document: null,
      steps: stepsOf(
        [BOX_STEP, ...(work.pair ? [KEEPER_STEP] : []), SHELF_STEP],
        isKeeperWanted(work) ? 'keeper' : 'shelf',
      ),
      ...{ item: null, points: [], lines: [], second: null, keeper: work.keeper },
    },
    ask: askOf(work),
  }
}

function askOf(work: MoveBoxWork): AskView {
  return isKeeperWanted(work) ? keeperAsk() : ask('scan-shelf', words('请扫描容器的新库位', 'Scan the new shelf'))
}
