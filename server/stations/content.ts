import type { Reading } from '../../devices/reading.ts'
import type { Content } from './arriving.ts'
import type { Sight } from './sights.ts'

/** What a reading says to the station. */
export function contentOf({ deviceKind, raw, value }: Reading, sight: Sight): Content {
  switch (value.kind) {
    case 'scan':
      return { kind: 'scan', text: value.text, sight }
    case 'badge':
      return { kind: 'badge', badge: value.badge, sight }
    case 'weight':
      return value.stable
        ? { kind: 'weight', weight_mg: value.weight_mg, raw }
        : { kind: 'fault', deviceKind, fault: { code: 'unstable' } }
    case 'fault':
      return { kind: 'fault', deviceKind, fault: value.fault }
  }
}
