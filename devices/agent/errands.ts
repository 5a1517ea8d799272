import { listPlugged, realPath } from '../plugged.ts'
import type { Bitmap, Fault } from '../reading.ts'
import { type Stations, UnknownDevice } from '../station.ts'
import type { Ballots } from './ballots.ts'
import type { Order, OrderAnswer } from './protocol.ts'

export type Errands = Pick<
  Stations,
  'weigh' | 'zero' | 'tare' | 'feedback' | 'order' | 'unlock' | 'lockState' | 'writeTag' | 'print'
>

/** What carries errands out on this PC. */
export interface Hands {
  readonly stations: Errands
  readonly ballots: Pick<Ballots, 'ask'>
  /** Where device files stand. */
  readonly folder: string
}

const TOO_LATE: Fault = { code: 'no-answer', detail: 'the order came too late and was dropped' }
const NOT_HERE: Fault = { code: 'port-gone', detail: 'there is no such device here' }

/**
 * Carries out what the server asks of a device, or of this PC, once; an order whose time is over by the latest that the server's clock may say is
 * dropped: nothing is unlocked or printed late. Never rejects for a device that is not there.
 */
export async function runErrand(
  { stations, ballots, folder }: Hands,
  { station, device, deadline_ms, what }: Order,
  serverNow_ms: number,
): Promise<OrderAnswer> {
  const within_ms = deadline_ms - serverNow_ms
  if (!(within_ms > 0)) return { did: 'nothing', fault: TOO_LATE }
  try {
    switch (what.do) {
      case 'weigh': {
        const { id, at, raw, value } = await stations.weigh(station, device, within_ms)
        if (value.kind !== 'weight' && value.kind !== 'fault') throw new Error(`a scale gave a ${value.kind}`)
        return { did: 'weigh', id, at_ms: Date.parse(at), raw: Buffer.from(raw).toString('base64'), value }
      }
      case 'zero':
      case 'tare':
        return { did: what.do, fault: await stations[what.do](station, device, within_ms) }
      case 'feedback':
        return { did: 'feedback', told: await stations.feedback(station, device, what.verdict) }
      case 'order':
        return { did: 'order', told: await stations.order(station, device, what.order) }
      case 'lock-state':
        return { did: 'lock-state', ...(await stations.lockState(station, device, what.lock, within_ms)) }
      case 'write-tag':
        return { did: 'write-tag', outcome: await stations.writeTag(station, device, what, within_ms) }
      case 'unlock':
        return { did: 'unlock', outcome: await stations.unlock(station, device, what.lock, within_ms) }
      case 'ask':
        return { did: 'ask', asked: await ballots.ask(station, what.vote) }
      case 'ports': {
        const leads = await Promise.all(what.paths.map(realPath))
        return { did: 'ports', plugged: await listPlugged(folder), leads }
      }
      case 'print': {
        const page: Bitmap = { ...what.page, bits: Buffer.from(what.page.bits, 'base64') }
        return { did: 'print', outcome: await stations.print(station, device, page, within_ms) }
      }
    }
  } catch (error) {
    if (error instanceof UnknownDevice) return { did: 'nothing', fault: NOT_HERE }
    if (error instanceof RangeError) return { did: 'nothing', fault: { code: 'protocol', detail: error.message } }
    throw error
  }
}
