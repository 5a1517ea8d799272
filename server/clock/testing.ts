import { randomUUID } from 'node:crypto'
import { approvalRoutes } from '../approvals/routes.ts'
import { PHOTO } from '../custody/testing.ts'
import { custodyAside } from '../custody/recusal/aside.ts'
import { itemNamesInSight } from '../custody/sight/sight.ts'
import { quietLog } from '../database/testing.ts'
import { custodyRoutes } from '../custody/routes.ts'
import { inboxRoutes } from '../inbox/routes.ts'
import { checkpointFolderOf } from '../ledger/places.ts'
import { verifyStore } from '../ledger/verify.ts'
import { deeds, triggers, workSources } from '../modules.ts'
import { testServer, type TestServer, type TestServerOptions } from '../testing.ts'
import { turnClocks } from './keeper.ts'
import { clockRoutes } from './routes.ts'
import { onFilm } from '../custody/testing-film.ts'

/** A server whose time a test moves, with people who take, hand over and lend things. */
export class ClockOffice {
  readonly server: TestServer
  #now: number

  constructor(server: TestServer, start: string) {
    this.server = server
    this.#now = Date.parse(start)
  }

  get now(): string {
    return new Date(this.#now).toISOString()
  }

  set now(at: string) {
    this.#now = Date.parse(at)
    this.server.setNow(at)
  }

  /** Lets the clocks take in what the registers hold, and raise what is due. */
  turn(): Promise<void> {
    return turnClocks({ ...this.server.deps, triggers, log: quietLog })
  }

  /** What verification finds wrong with the registers and the tables that follow from them. */
  async faults() {
    const { keys, database, modules } = this.server
    const { key, installation } = keys
    const folder = checkpointFolderOf(keys)
    return (await verifyStore({ db: database.ownerDb, modules, folder, key, installation })).faults
  }

  /** One act; a second passes before it. */
  async act(person: string, command: { type: string } & Record<string, unknown>, signers: string[] = []) {
    this.now = new Date(this.#now + 1_000).toISOString()
    return this.server.deps.act({ person, with: signers }, command, { cause: randomUUID() })
  }

  /** Opens a case of the first department and registers so many things that were taken at `takenAt`. */
  async take(number: string, count: number, takenAt: string, track = 'DISCIPLINE'): Promise<string[]> {
    const officers = ['zhang-wei', 'li-na']
    await this.act('zhang-wei', {
      ...{ type: 'custody.open-case', number, title: '某某案', track, unit: 'dept-1', officers },
    })
    return this.takeMore(number, count, takenAt)
  }

  async takeMore(number: string, count: number, takenAt: string, officers = ['zhang-wei', 'li-na']): Promise<string[]> {
    const { result } = await this.act('zhang-wei', {
      type: 'custody.register',
      case: number,
      items: Array.from({ length: count }, (_one, index) => ({
        ...{ name: `手机${index + 1}`, category: 'general', quantity: 1, unit: '部' },
      })),
      measure: { noticeNumber: '扣〔2026〕1号', place: '办公室', takenAt, officers },
      holder: { attendance: 'SIGNED', name: '持有人甲' },
      witness: { attendance: 'SIGNED', name: '见证人乙' },
      relevance: '往来的联系方式',
    })
    return (result as unknown as { items: { code: string }[] }).items.map(({ code }) => code)
  }

  /** Photographs, hands over and takes into store. */
  async checkIn(items: readonly string[]): Promise<void> {
    await this.act('zhang-wei', { type: 'custody.add-photo', items: items.map((item) => ({ item, photos: [PHOTO] })) })
    await onFilm(this.server.deps, items)
    await this.act('zhang-wei', { type: 'custody.hand-over', items, store: 'store-1' })
    const { result } = await this.act('chen-jing', {
      ...{ type: 'custody.add-location', store: 'store-1', name: '架', storageClass: 'ordinary', capacity: 50 },
    })
    const location = String(result['code'])
    const lines = items.map((item) => ({ item, location }))
    await this.act('chen-jing', { type: 'custody.check-in', items: lines }, ['zhang-wei'])
  }

  /** Lends to the officer who asks; answers with the loan. */
  async lend(items: readonly string[], dueAt: string): Promise<string> {
    const asked = await this.act('zhang-wei', {
      type: 'approvals.ask',
      deed: { command: 'borrow', items, dueAt, purpose: 'APPRAISAL' },
      reason: '送鉴定',
    })
    const approval = String(asked.result['id'])
    await this.act('qian-lei', { type: 'approvals.grant', approval })
    const { result } = await this.act('chen-jing', { type: 'custody.borrow', items, approval }, ['zhang-wei'])
    return String(result['loan'])
  }

  async giveBack(items: readonly string[], location: string): Promise<void> {
    const lines = items.map((item) => ({ item, location, condition: 'same' }))
    await this.act('chen-jing', { type: 'custody.give-back', items: lines }, ['zhang-wei'])
  }

  async get<T>(person: string, url: string): Promise<T> {
    const answer = await this.server.as(person, { method: 'GET', url })
    if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode} ${answer.body}`)
    return answer.json<T>()
  }

  async post(person: string, url: string, payload: object, key?: string) {
    return this.server.as(person, { method: 'POST', url, payload, ...(key === undefined ? {} : { key }) })
  }
}

/**
 * For a `beforeAll`.
 * @param kept whether clocks are kept from the beginning
 * @param extend further routes
 */
export async function clockOffice(
  start: string,
  { kept = true, extend }: { readonly kept?: boolean; readonly extend?: TestServerOptions['extend'] } = {},
): Promise<ClockOffice> {
  const server = await testServer({
    at: start,
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
      await app.register(approvalRoutes, { ...deps, deeds })
      await app.register(clockRoutes, { ...deps, triggers, names: itemNamesInSight, aside: custodyAside })
      await app.register(inboxRoutes, { ...deps, sources: workSources })
      await extend?.(app, deps)
    },
  })
  const office = new ClockOffice(server, start)
  if (kept) await office.turn()
  return office
}
