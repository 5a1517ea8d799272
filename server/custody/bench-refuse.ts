import { Refusal, type Words } from '../refusal.ts'
import type { Bench, ProcedureInput } from '../stations/procedure.ts'
import type { BenchLook } from './bench-look.ts'
import type { HandoverList } from './lists.ts'
import type { Label } from './labels.ts'
import { seesPaper } from './sees.ts'

/** What was scanned is not what this step wants. */
export function wantedInstead(wanted: Words, input: ProcedureInput): Refusal {
  const got = gotWords(input)
  return new Refusal('stations.wrong-kind', {
    wanted: wanted.zh.replace(/^请/, ''),
    wantedEn: wanted.en,
    got: got.zh,
    gotEn: got.en,
  })
}

function gotWords(input: ProcedureInput): Words {
  if (input.kind === 'badge' || input.kind === 'signed') return { zh: '工牌', en: 'a badge' }
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
      return { zh: `“${input.scanned.text}”`, en: `“${input.scanned.text}”` }
  }
}

export function notAsked(word: string, wordEn: string): Refusal {
  return new Refusal('stations.not-asked', { word, wordEn })
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
