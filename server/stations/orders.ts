import { sql } from 'kysely'
import type { DeviceConfig, Fault, PrintOutcome, Reading, TagWriteOutcome, Told } from '../../devices/reading.ts'
import { type Stations, UnknownDevice } from '../../devices/station.ts'
import { EPC_HEADER } from '../../labels/epc.ts'
import { makeCommandCode } from '../../labels/item-code.ts'
import { toBitmap, type Dpi } from '../../labels/render.ts'
import { benchCard } from '../../labels/templates/bench-card.ts'
import type { Stock } from '../../labels/templates/parts.ts'
import type { Db } from '../database/connect.ts'
import type { ActivityLog } from '../ledger/activity.ts'
import { canonicalText } from '../ledger/entry.ts'
import { Refusal, type Words } from '../refusal.ts'
import { faultWords } from './fault-words.ts'
import type { Place } from './place.ts'
import type { DeviceOrder, OrderAnswer } from './protocol.ts'
import { shownReading } from './shown-reading.ts'

/** An administrator stands before the device and waits: what has not begun by then is not done at all. */
const WITHIN_MS = 8_000
/** A page takes longer: over a slow serial line its dots alone need seconds. Less than a screen waits for an answer. */
const PAGE_WITHIN_MS = 13_000
/** An order without an answer after this long was cut short by the end of its process. */
const CUT_SHORT_MS = 60_000

export interface Ordered {
  readonly person: string
  /** Of the request: the same one is carried out once, however often it comes. */
  readonly key: string
  readonly device: string
  readonly order: DeviceOrder | TagOrder
}

/** Writes an EPC to the one tag before a reader; asked for by a module, for the item that is to wear it. */
export interface TagOrder {
  readonly do: 'write-tag'
  readonly epc: string
}

export interface OrdersDependencies {
  readonly db: Db
  readonly activity: ActivityLog
  /** RFC 3339 UTC with milliseconds. */
  readonly now: () => string
  readonly stations: Pick<Stations, 'feedback' | 'weigh' | 'zero' | 'tare' | 'print' | 'lockState' | 'writeTag'>
  readonly isDriven: (station: string) => boolean
  /** A scale that was asked has answered. */
  readonly onWeighed: (reading: Reading) => void
}

/**
 * Has a device do something for an administrator who stands before it, once for each request; written down as wanted before anything is sent,
 * and as what became of it after.
 * @throws Refusal `stations.unknown-device`, `stations.driven-elsewhere`, `stations.at-work`, `request.key-reused`, `request.in-progress`
 */
export async function orderDevice(
  deps: OrdersDependencies,
  { config, kept }: Place,
  { person, key, device: id, order }: Ordered,
): Promise<OrderAnswer> {
  const { db, activity, now } = deps
  const station = config.id
  const device = mustDrive(deps, config, id)
  // What a weight is taken against must not change under the hands of who weighs.
  if ((order.do === 'zero' || order.do === 'tare') && kept.session.work !== null)
    throw new Refusal('stations.at-work', { station })
  const earlier = await claim(db, { person, key, station, device: id, wanted: canonicalText({ ...order }) })
  if (earlier !== null) return earlier
  const record = (outcome: string): Promise<void> =>
    activity.record({ at: now(), kind: 'device', person, station, about: `${id} ${order.do}`, outcome })
  await record('wanted')
  const answer = await carryOut(deps, station, device, order)
  await sql`
    update device_orders set answer = ${JSON.stringify(answer)}::jsonb, settled_at = clock_timestamp()
    where person = ${person} and key = ${key}
  `.execute(db)
  await record(answer.outcome)
  return answer
}

/**
 * A device that this process drives.
 * @throws Refusal `stations.unknown-device`, `stations.driven-elsewhere`
 */
export function mustDrive(
  { isDriven }: Pick<OrdersDependencies, 'isDriven'>,
  { id: station, devices }: Place['config'],
  id: string,
): DeviceConfig {
  const device = devices.find((one) => one.id === id)
  if (device === undefined) throw new Refusal('stations.unknown-device', { station, device: id })
  if (!isDriven(station)) throw new Refusal('stations.driven-elsewhere', { station })
  return device
}

/** Null when it is ours to carry out; else what became of it. */
async function claim(
  db: Db,
  { person, key, station, device, wanted }: Record<'person' | 'key' | 'station' | 'device' | 'wanted', string>,
): Promise<OrderAnswer | null> {
  const claimed = await sql`
    insert into device_orders (person, key, station, device, wanted)
    values (${person}, ${key}, ${station}, ${device}, ${wanted}::jsonb) on conflict do nothing
  `.execute(db)
  if (claimed.numAffectedRows === 1n) return null
  const found = await sql<{ same: boolean; old: boolean; answer: OrderAnswer | null }>`
    select station = ${station} and device = ${device} and wanted = ${wanted}::jsonb as same, answer,
      wanted_at < clock_timestamp() - make_interval(secs => ${CUT_SHORT_MS / 1_000}) as old
    from device_orders where person = ${person} and key = ${key}
  `.execute(db)
  const [row] = found.rows
  if (row === undefined || !row.same) throw new Refusal('request.key-reused')
  if (row.answer !== null) return row.answer
  if (!row.old) throw new Refusal('request.in-progress')
  return said('unknown', { zh: '执行中程序中断，请看设备', en: 'The program stopped meanwhile: look at the device' })
}

async function carryOut(
  deps: OrdersDependencies,
  station: string,
  device: DeviceConfig,
  order: DeviceOrder | TagOrder,
): Promise<OrderAnswer> {
  const { stations } = deps
  try {
    switch (order.do) {
      case 'feedback':
        return told(device, await stations.feedback(station, device.id, order.verdict))
      case 'zero':
        return told(device, await stations.zero(station, device.id, WITHIN_MS))
      case 'tare':
        return told(device, await stations.tare(station, device.id, WITHIN_MS))
      case 'weigh': {
        const reading = await stations.weigh(station, device.id, WITHIN_MS)
        deps.onWeighed(reading)
        const shown = shownReading(reading)
        return { outcome: shown.fault === null ? 'done' : 'failed', words: shown.words, reading: shown }
      }
      case 'print':
        return await print(stations, station, device)
      case 'lock-state': {
        const { state, fault } = await stations.lockState(station, device.id, order.lock, WITHIN_MS)
        return fault === null ? said('done', LOCK_WORDS[state]) : failed(device, fault)
      }
      case 'write-tag':
        return written(await stations.writeTag(station, device.id, { epc: order.epc, kept: EPC_HEADER }, WITHIN_MS))
    }
  } catch (error) {
    // Of another kind than it would take, or set up anew since.
    if (error instanceof UnknownDevice) return said('unable', UNABLE)
    throw error
  }
}

const UNABLE: Words = { zh: '此设备没有这项功能', en: 'This device has no such thing' }
const DONE: Words = { zh: '已完成', en: 'Done' }
const LOCK_WORDS = {
  unlocked: { zh: '锁已打开', en: 'The lock is open' },
  locked: { zh: '锁已锁上', en: 'The lock is locked' },
  unknown: { zh: '锁状态不明', en: 'How the lock is, is not known' },
} as const

/** A command card that no bench obeys: symbol and words are printed as on a real one, and scanning it does nothing. */
const TEST_CARD = { code: makeCommandCode('TEST'), words: { zh: '测试打印', en: 'Test print' } }

async function print(stations: Pick<Stations, 'print'>, station: string, device: DeviceConfig): Promise<OrderAnswer> {
  const stock = (device.stock ?? (device.kind === 'label-printer' ? '100x60' : '60x40')) as Stock
  const page = await toBitmap(benchCard(TEST_CARD, stock), (device.dpi ?? 203) as Dpi)
  return printed(device, await stations.print(station, device.id, page, PAGE_WITHIN_MS))
}

function printed(device: DeviceConfig, outcome: PrintOutcome): OrderAnswer {
  switch (outcome.outcome) {
    case 'printed':
      return said('done', { zh: '已打印测试页', en: 'The test page is printed' })
    case 'refused':
      return failed(device, outcome.fault)
    case 'unknown':
      return said('unknown', { zh: '已发送，是否印出请看打印机', en: 'Sent; look at the printer for what came out' })
  }
}

function written(outcome: TagWriteOutcome): OrderAnswer {
  switch (outcome.outcome) {
    case 'written': {
      const { epc, tid } = outcome
      return { ...said('done', { zh: '标签已写入并读回', en: 'Written, and read back' }), tag: { epc, tid } }
    }
    case 'failed':
      return { ...said('failed', outcome.words), why: outcome.why }
    case 'unknown':
      return said('unknown', outcome.words)
  }
}

function told(device: DeviceConfig, outcome: Told): OrderAnswer {
  if (outcome === 'unable') return said('unable', UNABLE)
  return outcome === null ? said('done', DONE) : failed(device, outcome)
}

function failed({ kind }: DeviceConfig, fault: Fault): OrderAnswer {
  const { words } = faultWords(kind, fault.code)
  const own = fault.words
  return said('failed', own === undefined ? words : { zh: `${words.zh}（${own.zh}）`, en: `${words.en} (${own.en})` })
}

function said(outcome: OrderAnswer['outcome'], words: Words): OrderAnswer {
  return { outcome, words, reading: null }
}
