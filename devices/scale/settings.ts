import type { DeviceConfig } from '../reading.ts'
import { andProtocol } from './and.ts'
import { MT_SICS } from './mt-sics.ts'
import { ohausProtocol } from './ohaus.ts'
import type { ScaleProtocol } from './protocol.ts'

/** What a configured scale speaks; null for a protocol that no scale of ours speaks. */
export function scaleProtocol({ protocol, streams = false }: DeviceConfig): ScaleProtocol | null {
  switch (protocol) {
    case 'mt-sics':
      return streams ? null : MT_SICS
    case 'and':
      return andProtocol({ streams })
    case 'ohaus':
      return ohausProtocol({ streams })
    default:
      return null
  }
}
