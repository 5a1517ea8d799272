import { join } from 'node:path'
import { expect, vi } from 'vitest'
import { type EmulatedKeypadBus, startKeypadBus } from '../../devices/emulators/keypad.ts'
import type { BallotContent, Level } from '../../devices/ballot/ballot.ts'
import { sealBallot, sealing } from '../../devices/ballot/seal.ts'
import { connect, type Db, inTransaction } from '../database/connect.ts'
import { quietLog } from '../database/testing.ts'
import { checkpointFolderOf } from '../ledger/places.ts'
import { verifyStore } from '../ledger/verify.ts'
import { type Command, SYSTEM } from '../module.ts'
import { seedStations } from '../stations/registry.ts'
import { TEST_START, type TestServer } from '../testing.ts'
import { wholeServer } from '../testing-whole.ts'
import type { ShownKey } from './protocol.ts'
import { HALL_SERVICE, nameOf } from './questionnaire.ts'
import { runTally, type Tallied } from './tally.ts'

export const HALL = 'hall-1'
export const CLERK = 'wu-xia'
export const OTHER_CLERK = 'zheng-kai'
export const MANAGER = 'feng-yan'

/** What a screen sends, by the overall level. */
export function ballotOf(level: Level | null, more: Partial<BallotContent> = {}): BallotContent {
  return {
    ...{ v: 1, questionnaire: nameOf(HALL_SERVICE), level, answers: {}, reasons: [], words: null, key: null },
    ...more,
  }
}

export interface Answered<T = Record<string, never>> {
  readonly status: number
  readonly code: string | undefined
  readonly body: T
}

/** A hall with two counters on a real server; the pads of both hang on one emulated line. */
export class TestHall {
  readonly server: TestServer
  readonly pads: EmulatedKeypadBus
  readonly tallyDb: Db
  readonly folder: string
  #closeTally: () => Promise<void>
  #now_ms = Date.parse(TEST_START)
  #day = '2026-03-02'

  private constructor(server: TestServer, pads: EmulatedKeypadBus) {
    this.server = server
    this.pads = pads
    const tally = connect(server.database.tallyConfig, { log: quietLog, unlimited: true })
    this.tallyDb = tally.db
    this.#closeTally = tally.close
    this.folder = join(server.dataDir, 'tally')
  }

  static async open(): Promise<TestHall> {
    const [server, pads] = await Promise.all([wholeServer(), startKeypadBus({ listen: 'tcp:0' }), sealing])
    const keypad = (address: number) =>
      ({ id: `keypad-${address}`, kind: 'keypad', protocol: 'ff68', port: pads.address, address }) as const
    await seedStations(server.deps.db, server.deps.act, [
      { id: 'counter-1', name: '1号窗口', kind: 'counter', place: HALL, devices: [keypad(1)] },
      { id: 'counter-2', name: '2号窗口', kind: 'counter', place: HALL, devices: [keypad(2)] },
    ])
    const hall = new TestHall(server, pads)
    await hall.padsReady()
    return hall
  }

  /** Resolves when the server drives the pads of both counters. */
  private async padsReady(): Promise<void> {
    await vi.waitFor(
      async () => {
        const answer = await this.server.as('xu-system', { url: '/api/devices' })
        const states = answer.json<{ devices: { state: string }[] }>().devices.map(({ state }) => state)
        expect(states).toEqual(['ready', 'ready'])
      },
      { timeout: 60_000, interval: 50 },
    )
  }

  /** Moves the server's clock. */
  pass(ms: number): void {
    this.#now_ms += ms
    this.server.setNow(new Date(this.#now_ms).toISOString())
  }

  now(): string {
    return new Date(this.#now_ms).toISOString()
  }

  setDay(day: string): void {
    this.#day = day
  }

  async tally(least?: number): Promise<Tallied> {
    return runTally({
      ...{ db: this.tallyDb, folder: this.folder, now: () => this.now(), today: () => this.#day },
      ...(least === undefined ? {} : { least }),
    })
  }

  async post<T>(person: string, url: string, payload: object = {}, key?: string): Promise<Answered<T>> {
    const answer = await this.server.as(person, {
      ...{ method: 'POST', url, payload },
      ...(key === undefined ? {} : { key }),
    })
    const body = answer.json<T & { code?: string }>()
    return { status: answer.statusCode, code: body.code, body }
  }

  async get<T>(person: string, url: string): Promise<Answered<T>> {
    const answer = await this.server.as(person, { url })
    const body = answer.json<T & { code?: string }>()
    return { status: answer.statusCode, code: body.code, body }
  }

  async signOn(clerk: string, counter: string): Promise<void> {
    const { status } = await this.post(clerk, `/api/rating/counters/${counter}/sign-on`)
    expect(status).toBe(200)
  }

  /** The queue system serves somebody, and is given the right to one vote. */
  async served(counter: string, more: object = {}): Promise<{ readonly service: string; readonly token: string }> {
    const opened = await this.post<{ service: string }>(MANAGER, '/api/rating/services', { counter, ...more })
    const { service } = opened.body
    const { body } = await this.post<{ token: string }>(MANAGER, `/api/rating/services/${service}/invite`)
    return { service, token: body.token }
  }

  /** Many are served one after the other, and each is offered the vote; their services, in order. */
  async servedMany(counter: string, count: number): Promise<string[]> {
    const { db, actWithin } = this.server.deps
    return inTransaction(db, async (trx) => {
      const services: string[] = []
      const does = async (command: Command) =>
        (await actWithin(trx, { person: SYSTEM }, command, { cause: crypto.randomUUID() })).result
      for (let nth = 0; nth < count; nth += 1) {
        const { service } = await does({ type: 'rating.open-service', counter, by: 'program' } as Command)
        await does({ type: 'rating.offer-vote', service, by: 'program' } as Command)
        services.push(String(service))
      }
      return services
    })
  }

  async key(): Promise<ShownKey> {
    return (await this.server.app.inject({ url: '/api/rating/key' })).json<ShownKey>()
  }

  /** Casts a vote as a rater's browser does: sealed there, sent by token alone. */
  async vote(token: string, content: BallotContent, key?: ShownKey): Promise<Answered> {
    const { id, publicKey } = key ?? (await this.key())
    const ballot = Buffer.from(sealBallot(content, Buffer.from(publicKey, 'base64'))).toString('base64')
    return this.send({ token, key: id, ballot })
  }

  async send(payload: object): Promise<Answered> {
    const answer = await this.server.app.inject({
      ...{ method: 'POST', url: '/api/rating/votes', payload },
      headers: { 'idempotency-key': crypto.randomUUID() },
    })
    const body = answer.json<{ code?: string } & Record<string, never>>()
    return { status: answer.statusCode, code: body.code, body }
  }

  /** What the proof of the whole store finds wrong. */
  async faults(): Promise<readonly unknown[]> {
    const { keys, database, modules } = this.server
    const { key, installation } = keys
    const folder = checkpointFolderOf(keys)
    return (await verifyStore({ db: database.ownerDb, modules, folder, key, installation })).faults
  }

  async waiting(): Promise<number> {
    const found = await this.server.database.ownerDb.selectFrom('rating_ballots').select('id').execute()
    return found.length
  }

  async used(): Promise<number> {
    const found = await this.server.database.ownerDb.selectFrom('rating_used').select('service').execute()
    return found.length
  }

  async close(): Promise<void> {
    await this.#closeTally()
    await this.server.close()
    await this.pads.close()
  }
}
