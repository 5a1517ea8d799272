import { Refusal, type Words } from '../../refusal.ts'
import type { Bench, ProcedureInput } from '../../stations/procedure.ts'
import type { AskView } from '../../stations/protocol.ts'
import { otherWay, wantedOf } from '../../stations/wanted.ts'
import type { BenchLook } from './look.ts'
import type { HandoverList } from '../intake/lists.ts'
import type { Label } from '../papers/labels.ts'
import { seesPaper } from '../sight/sees.ts'

/** Something that an item may be put on or in. */
export function isPlace(
  scanned: Extract<ProcedureInput, { kind: 'scan' }>['scanned'],
): scanned is typeof scanned & { readonly kind: 'location' | 'container'; readonly code: string } {
  return scanned.kind === 'location' || scanned.kind === 'container'
}

/** How a shelf or a box is called. */
export function placeName(
  { locations, containers }: Pick<BenchLook['scene'], 'locations' | 'containers'>,
  code: string,
): string {
  return (locations.get(code) ?? containers.get(code))?.name ?? code
}

/** What was scanned is not what this step wants; `asking` is null at an idle bench. */
export function wantedInstead(asking: AskView | null, input: ProcedureInput): Refusal {
  const [wanted, got] = [wantedOf(asking), gotWords(input)]
  return new Refusal('stations.wrong-kind', {
    ...{ wanted: wanted.zh, wantedEn: wanted.en },
    ...{ got: got.zh, gotEn: got.en, ...wayOut(asking) },
  })
}

/** What can be done instead of this step: where the work cannot be cancelled, it has to be settled. */
function wayOut(asking: AskView | null): { way: string; wayEn: string } {
  const { zh, en } = otherWay(asking)
  return { way: zh, wayEn: en }
}

function gotWords(input: ProcedureInput): Words {
  if (input.kind === 'badge') return { zh: ` ${input.holder.name} 的工牌`, en: `the badge of ${input.holder.name}` }
  if (input.kind !== 'scan') return { zh: '其他操作', en: 'something else' }
  switch (input.scanned.kind) {
    case 'item':
      return { zh: `物品 ${input.scanned.code}`, en: `item ${input.scanned.code}` }
    case 'location':
      return { zh: `库位 ${input.scanned.code}`, en: `shelf ${input.scanned.code}` }
    case 'document':
      return { zh: `清单 ${input.scanned.code}`, en: `list ${input.scanned.code}` }
    case 'container':
      return { zh: `容器 ${input.scanned.code}`, en: `container ${input.scanned.code}` }
    case 'text':
      return {
        zh: `“${input.scanned.text}”，不是本系统的编码`,
        en: `“${input.scanned.text}”, no code of this system`,
      }
  }
}

/** A command or choice that this step has no use for; `asking` is null at an idle bench. */
export function notAsked(word: string, wordEn: string, asking: AskView | null): Refusal {
  const wanted = wantedOf(asking)
  return new Refusal('stations.not-asked', { word, wordEn, wanted: wanted.zh, wantedEn: wanted.en, ...wayOut(asking) })
}

const COMMANDS = {
  CONFIRM: ['确认', 'confirm'],
  REFUSE: ['退回', 'send back'],
  MOVE: ['移位', 'move'],
  LOOKUP: ['查询', 'look up'],
  OPEN: ['开锁', 'open a lock'],
  CANCEL: ['取消', 'cancel'],
  UNDO: ['撤销', 'take back'],
  WEIGH: ['称重', 'weigh'],
} as const

/** A card that this step has no use for. */
export function cardNotAsked(word: keyof typeof COMMANDS, asking: AskView | null): Refusal {
  const [zh, en] = COMMANDS[word]
  return notAsked(zh, en, asking)
}

/** @throws Refusal `stations.no-scale` */
export function mustHaveScale({ hasScale }: Bench): void {
  if (!hasScale) throw new Refusal('stations.no-scale')
}

/** @throws Refusal `custody.unknown-list`, `custody.wrong-station` */
export function mustBeOnList({ list, scene }: BenchLook, { station }: Bench): HandoverList {
  if (list === null || !seesPaper(scene.sight, list))
    throw new Refusal('custody.unknown-list', { list: list?.code ?? '' })
  if (list.store !== station.place)
    throw new Refusal('custody.wrong-station', { place: station.place, store: list.store })
  return list
}

/**
 * A label that a later one has voided is known when it is scanned, and so is an issue that never was.
 * @param label the scanned issue
 * @throws Refusal `custody.label-void`
 */
export function mustBeValidLabel(label: Label | undefined, code: string, issue: number): void {
  if (label === undefined) {
    if (issue > 1) throw new Refusal('custody.label-void', { code, issue })
    return
  }
  if (label.void) throw new Refusal('custody.label-void', { code, issue })
}
