import { Refusal } from '../../refusal.ts'
import type { Bench, ProcedureInput } from '../../stations/procedure.ts'
import { accepted, type Say } from '../../stations/say.ts'
import { containerOf, locationOf } from '../scene.ts'
import { seesPaper } from '../sight/sees.ts'
import type { BenchLook } from './look.ts'
import { words } from './view.ts'

type Scanned = Extract<ProcedureInput, { kind: 'scan' }>['scanned']

/**
 * What a registration desk has read of a list, a shelf or a box of a store: there nothing is begun with it, and the page that listens
 * shows what it is. Null for anything else, and at a desk that stands in that store.
 * @throws Refusal `custody.unknown-list`, `custody.unknown-location`, `custody.unknown-container`
 */
export function readAtDesk(scanned: Scanned, { scene, list, stocktake }: BenchLook, { station }: Bench): Say | null {
  if (station.kind !== 'desk') return null
  const read = (store: string, code: string, zh: string, en: string): Say | null =>
    store === station.place
      ? null
      : { ...accepted('custody.code-read', words(`${zh} ${code}`, `${en} ${code}`)), read: code }
  switch (scanned.kind) {
    case 'document':
      if (stocktake !== null) return null
      if (list === null || !seesPaper(scene.sight, list))
        throw new Refusal('custody.unknown-list', { list: scanned.code })
      return read(list.store, list.code, '移交清单', 'hand-over list')
    case 'location':
      return read(locationOf(scene, scanned.code).store, scanned.code, '库位', 'shelf')
    case 'container':
      return read(containerOf(scene, scanned.code).store, scanned.code, '容器', 'box')
    case 'item':
    case 'text':
      return null
  }
}
