import { setTimeout as pause } from 'node:timers/promises'
import { agentOf } from '../../devices/agent-address.ts'
import type { OfflineDeed, OfflineMark } from '../../devices/agent/held-list.ts'
import { hashOf, isSealed } from '../../devices/journal-record.ts'
import type { SealedPress } from '../../devices/ballot/sealed-press.ts'
import type { Reading } from '../../devices/reading.ts'
import { type Db, inTransaction, type Trx } from '../database/connect.ts'
import type { Log } from '../database/log.ts'
import { Refusal, type Words } from '../refusal.ts'
import { isDatabaseAway } from '../stations/database-away.ts'
import { readStations } from '../stations/registry.ts'
import { shownReading, shownSealed } from '../stations/shown-reading.ts'
import type { AgentConnection, RecordMessage } from './connection.ts'
import type { Seen } from './link-devices.ts'
import { type Pass, readPass } from './pass.ts'
import {
  type AgentFaultCode,
  type ArrivedRecord,
  type Endpoint,
  type Fate,
  OutOfTurn,
  readRecord,
  type SentRecord,
  takeDown,
  TakenBefore,
  WITHHELD,
} from './records.ts'
import type { RemoteDesk } from './remote.ts'

/** A station whose queue is full, or an act that still runs, is tried again after this. */
const BUSY_MS = 100

export interface TakingDependencies {
  readonly db: Db
  readonly log: Log
  /** Signs what agents may hold. */
  readonly pepper: Uint8Array
  /** RFC 3339 UTC with milliseconds. */
  readonly now: () => string
  /** Null until the stations are open. */
  readonly desk: () => RemoteDesk | null
  /** Notes what a person has to look at. */
  readonly fault: (endpoint: Endpoint, code: AgentFaultCode, n: number, detail: Words) => Promise<void>
  /** Hears of each reading of a device that is behind its agent. */
  readonly saw: (endpoint: Endpoint, seen: Seen) => void
}

type SentReading = Omit<SentRecord['reading'], 'value'> & {
  readonly value: Exclude<SentRecord['reading']['value'], SealedPress>
}

/**
 * Takes the records of agents to their stations, each once and in order, with its effect in the transaction of its row, and acknowledges it. Throws
 * what ends the connection: a record that is not believed, or comes before its turn, and a database that is away.
 */
export function openTaking({ db, log, pepper, now, desk, fault, saw }: TakingDependencies) {
  /** Takes a record down by itself: nothing else comes of it. */
  const takeDownAlone = (endpoint: Endpoint, arrived: ArrivedRecord, fate: Fate): Promise<void> =>
    inTransaction(db, (trx) => takeDown(trx, endpoint, arrived, fate))

  const onRecord = async (
    connection: AgentConnection,
    { text, seal, seen_ms, oldest }: RecordMessage,
  ): Promise<void> => {
    const { endpoint } = connection
    const signature = Buffer.from(seal, 'base64')
    if (!isSealed(text, signature, connection.publicKey)) throw new Refusal('agents.wrong-record', { what: 'seal' })
    const { n, prev, reading, offline } = readRecord(text)
    const seenAt = new Date(Math.min(seen_ms, Date.parse(now()))).toISOString()
    const arrived: ArrivedRecord = {
      ...{ n, prev, text, seal: signature, seenAt, oldest },
      hash: hashOf(text),
      clockOffset_ms: connection.clockOffset_ms,
    }
    const { value } = reading
    try {
      if (value.kind === 'ballot') await castBallot(endpoint, { ...arrived, text: WITHHELD }, reading, value)
      else await effect(endpoint, arrived, { ...reading, value }, offline ?? null)
    } catch (error) {
      if (error instanceof Refusal && (error.code === 'agents.number-reused' || error.code === 'agents.wrong-record'))
        await fault(
          endpoint,
          error.code === 'agents.number-reused' ? 'number-reused' : 'wrong-record',
          n,
          error.notice().detail,
        )
      if (!(error instanceof TakenBefore)) throw error
    }
    connection.send({ t: 'ack', n })
  }

  /** What a deed was done under; null where it was given to somebody else, for another list, or by nobody. */
  const passFor = (deed: OfflineDeed, { agent, enrolment }: Endpoint, station: string): Pass | null => {
    const pass = readPass(pepper, deed.pass)
    const isIts = pass?.agent === agent && pass.enrolment === enrolment && pass.station === station
    return isIts && pass.document === deed.list ? pass : null
  }

  /**
   * Takes down a record that its station cannot take. What a bench called recorded is noted as a conflict; what has no pass of ours has no store
   * to be noted in, and under a revoked key the fault of the PC says enough.
   */
  const giveUp = async (
    endpoint: Endpoint,
    arrived: ArrivedRecord,
    { deed, pass }: { readonly deed: OfflineDeed | null; readonly pass: Pass | null },
    fate: Fate,
    why: Refusal,
  ): Promise<void> => {
    if (deed === null || pass === null || endpoint.revoked) return takeDownAlone(endpoint, arrived, fate)
    const to = desk()
    if (to === null) throw new Error('the desk is not open yet')
    const id = `${endpoint.agent}.${endpoint.enrolment}.${arrived.n}`
    const take = (trx: Trx): Promise<void> => takeDown(trx, endpoint, arrived, fate)
    for (;;) {
      try {
        return await to.noteLost({ id, deed, pass, at: arrived.seenAt, why, takeDown: take })
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== 'request.in-progress') throw error
        await pause(BUSY_MS)
      }
    }
  }

  /**
   * A ballot goes into the box, whatever has become of its pad since: that it was asked for there, its pass proves. What it says nobody knows, and of
   * the record nothing is kept that tells which ballot it was.
   */
  const castBallot = async (
    endpoint: Endpoint,
    arrived: ArrivedRecord,
    { station, device, deviceKind, raw }: Omit<SentReading, 'value'>,
    ballot: SealedPress,
  ): Promise<void> => {
    const { agent, revoked } = endpoint
    const to = desk()
    if (to === null) throw new Error('the desk is not open yet')
    if (revoked) {
      await fault(endpoint, 'revoked', arrived.n, {
        zh: `${station}：吊销之后才送来的选票，不计票`,
        en: `${station}: a ballot came after the key was revoked, and is not counted`,
      })
      return takeDownAlone(endpoint, arrived, 'revoked')
    }
    if (deviceKind !== 'keypad' || raw !== '') throw new Refusal('agents.wrong-record', { what: 'ballot' })
    saw(endpoint, { station, device, shown: shownSealed(arrived.seenAt) })
    const pressedAt = ballot.pressedAt < arrived.seenAt ? ballot.pressedAt : arrived.seenAt
    let why: Refusal | null
    try {
      why = await to.cast({ agent, station }, { ...ballot, pressedAt }, (trx) =>
        takeDown(trx, endpoint, arrived, 'station'),
      )
    } catch (error) {
      const passes = error instanceof TakenBefore || error instanceof OutOfTurn || error instanceof Refusal
      if (passes || isDatabaseAway(error)) throw error
      // It would stop everything after it for ever.
      log.error({ err: error, station }, 'a ballot of an agent could not be cast')
      why = new Refusal('stations.offline-failed')
    }
    if (why === null) return
    // Somebody was first: that is how it should be, and nobody's fault.
    if (why.code === 'rating.vote-used') return takeDownAlone(endpoint, arrived, 'station')
    const said = why.notice().detail
    const detail = {
      zh: `${station}：选票没有计入：${said.zh}`,
      en: `${station}: a ballot is not counted: ${said.en}`,
    }
    await fault(endpoint, why.code === 'rating.wrong-token' ? 'wrong-record' : 'failed', arrived.n, detail)
    return takeDownAlone(endpoint, arrived, 'failed')
  }

  /** What a record does at its station, in one transaction with its own row. */
  const effect = async (
    endpoint: Endpoint,
    arrived: ArrivedRecord,
    { id, station, device, raw, value }: SentReading,
    mark: OfflineMark | null,
  ): Promise<void> => {
    const configured = (await readStations(db))
      .find((one) => one.id === station)
      ?.devices.find((one) => one.id === device)
    const isIts = configured !== undefined && agentOf(configured.port)?.agent === endpoint.agent
    const to = desk()
    const deed = mark?.deed ?? null
    const pass = deed === null ? null : passFor(deed, endpoint, station)
    if (endpoint.revoked) {
      if (deed !== null)
        await fault(endpoint, 'revoked', arrived.n, {
          zh: `${station}：${deed.item} 是吊销之后才送来的，没有办理`,
          en: `${station}: ${deed.item} came after the key was revoked, and is not done`,
        })
      if (pass === null || !isIts) return takeDownAlone(endpoint, arrived, 'revoked')
    } else if (deed !== null && pass === null) {
      // Nobody was given this to do: it is kept and done by nobody, and the PC is to be looked at, not the store.
      await fault(endpoint, 'wrong-record', arrived.n, new Refusal('stations.offline-unknown').notice().detail)
    }
    // Of a keypad nothing comes in clear but that it is in trouble.
    const isPress = configured?.kind === 'keypad' && value.kind !== 'fault'
    if (!isIts || isPress || to === null) {
      const why = new Refusal('stations.offline-device', { device: `${station} ${device}` })
      await giveUp(endpoint, arrived, { deed, pass }, 'not-its-device', why)
      return fault(endpoint, 'not-its-device', arrived.n, {
        zh: `${station} 的 ${device} 现在不接在这台电脑上`,
        en: `${station} ${device} is not behind this agent now`,
      })
    }
    const read: Reading = {
      ...{ id, station, device, deviceKind: configured.kind, at: arrived.seenAt },
      raw: Buffer.from(raw, 'base64'),
      value: value as Reading['value'],
    }
    saw(endpoint, { station, device, shown: shownReading(read) })
    for (;;) {
      try {
        if (mark !== null) {
          const take = (trx: Trx): Promise<void> =>
            takeDown(trx, endpoint, arrived, endpoint.revoked ? 'revoked' : 'offline')
          await to.merge(station, {
            ...{ id: `${endpoint.agent}.${endpoint.enrolment}.${arrived.n}`, reading: read, mark, takeDown: take },
            revoked: endpoint.revoked,
            pass,
          })
          return
        }
        const taken = await to.take(read, (trx) => takeDown(trx, endpoint, arrived, 'station'))
        if (!taken) await takeDownAlone(endpoint, arrived, 'held')
        return
      } catch (error) {
        if (error instanceof TakenBefore || error instanceof OutOfTurn || isDatabaseAway(error)) throw error
        if (error instanceof Refusal && (error.code === 'stations.queue-full' || error.code === 'request.in-progress'))
          await pause(BUSY_MS)
        else if (error instanceof Refusal) throw error
        else {
          // It would stop everything after it for ever; it is kept, and a person is told.
          log.error({ err: error, station }, 'a reading of an agent could not be handled')
          const why = new Refusal('stations.offline-failed')
          await giveUp(endpoint, arrived, { deed, pass }, 'failed', why)
          return fault(endpoint, 'failed', arrived.n, {
            zh: `${station} 的 ${device}：程序未能处理`,
            en: `${station} ${device}: the program could not handle it`,
          })
        }
      }
    }
  }

  return { onRecord }
}
