import type { RfidFaults } from './rfid-faults.ts'
import type { FieldTag } from './rfid-field.ts'
import { startLlrpReader } from './rfid-llrp.ts'
import { startSerialRfid } from './rfid-serial.ts'

export const RFID_PROTOCOLS = ['llrp', 'a0', 'bb', 'uhfreader18'] as const
export type RfidProtocol = (typeof RFID_PROTOCOLS)[number]

type Order = Readonly<Record<string, unknown>>

/** A reader that takes its orders as objects: `tag` puts one before it, `take` removes one, `faults` sets what goes wrong, `flood` sends many reads. */
export async function startOrderedRfid(protocol: RfidProtocol, listen: string) {
  const device = protocol === 'llrp' ? await startLlrpReader({ listen }) : await startSerialRfid({ protocol, listen })
  const { field, faults } = device
  const deeds: Record<string, (order: Order) => unknown> = {
    tag: ({ tag, ...more }) => field.put({ ...more, epc: String(tag) } as FieldTag),
    take: ({ take }) => field.take(String(take)),
    clear: () => field.clear(),
    contents: () => field.contents(),
    reads: () => device.reads(),
    faults: ({ faults: wanted }) => setFaults(faults, wanted),
  }
  if (device.speaks === 'llrp') {
    deeds['flood'] = ({ flood, tags }) => device.flood(Number(flood), Number(tags ?? 300))
    deeds['antenna'] = ({ antenna, connected }) => device.antenna(Number(antenna), connected === true)
    deeds['bundle'] = ({ bundle }) => device.bundle(bundle === true)
  }
  return { address: device.address, device, deeds }
}

function setFaults(faults: RfidFaults, wanted: unknown): void {
  if (typeof wanted !== 'object' || wanted === null) throw new TypeError('an object of faults is wanted')
  for (const name of Object.keys(wanted))
    if (!(name in faults)) throw new RangeError(`no such fault; known: ${Object.keys(faults).join(' ')}`)
  Object.assign(faults, wanted)
}
