import { llrpReader } from './llrp/llrp-reader.ts'
import type { RfidProtocol } from './options.ts'
import type { RfidOutlet, RfidReader, RfidSettings } from './reader.ts'
import { a0Family } from './serial/a0-reader.ts'
import { bbFamily } from './serial/bb-reader.ts'
import { serialReader } from './serial/serial-reader.ts'
import { uhfreader18Family } from './serial/uhfreader18-reader.ts'

/** The driver of a reader over one opening of its port. */
export function rfidReader(protocol: RfidProtocol, outlet: RfidOutlet, settings: RfidSettings): RfidReader {
  switch (protocol) {
    case 'llrp':
      return llrpReader(outlet, settings)
    case 'a0':
      return serialReader(outlet, a0Family(settings), settings)
    case 'bb':
      return serialReader(outlet, bbFamily(settings), settings)
    case 'uhfreader18':
      return serialReader(outlet, uhfreader18Family(settings), settings)
  }
}
