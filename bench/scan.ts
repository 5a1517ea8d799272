import { randomInt } from 'node:crypto'
import { loadavg } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { launchBrowser } from '../kiosk/testing/browser.ts'
import type { Db } from '../server/database/connect.ts'
import { SYSTEM } from '../server/module.ts'
import type { SessionAnswer } from '../server/stations/protocol.ts'
import { makeCode } from '../server/stations/screens.ts'
import { type Ground, STATION } from './ground.ts'
import { places } from './organisation.ts'
import { type Measured, measured, percentile } from './report.ts'

const WARM_UP = 20
const BITS_A_BYTE = 10
const BAUD = 9600
/** A code of ours and the CR behind it. */
const BYTES_A_SCAN = 15
const WIRE = {
  name: `${BYTES_A_SCAN} bytes at ${BAUD} 8N1`,
  value: (BYTES_A_SCAN * BITS_A_BYTE * 1_000) / BAUD,
}
const GOAL = { name: 'goal', value: 50 }
/** Between two scans, at random: nobody scans in step with a screen's frames. */
const REST_MS = [60, 160] as const
/** A verdict that is not there by then was not shown at all. */
const GIVE_UP_MS = 10_000

/**
 * Runs in the page. Node and the browser read one clock of one machine, so that `Date.now()` in both can be compared; times are whole
 * milliseconds. `message`: the socket's message reached the page; `shown`: the verdict stands in it; `painted`: the frame after that is done.
 */
const IN_PAGE = `
  const Socket = window.WebSocket
  window.WebSocket = class extends Socket {
    constructor(...given) {
      super(...given)
      this.addEventListener('message', () => { window.benchMessage = Date.now() })
    }
  }
  window.benchAwait = (text) => {
    window.benchSeen = new Promise((resolve, reject) => {
      const look = () => {
        if (!document.querySelector('section.verdict')?.textContent.includes(text)) return
        const times = { message: window.benchMessage, shown: Date.now() }
        observer.disconnect()
        clearTimeout(late)
        requestAnimationFrame(() => {
          const channel = new MessageChannel()
          channel.port1.onmessage = () => resolve({ ...times, painted: Date.now() })
          channel.port2.postMessage(null)
        })
      }
      const observer = new MutationObserver(look)
      observer.observe(document.body, { subtree: true, childList: true, characterData: true })
      const late = setTimeout(() => {
        const instead = document.querySelector('section.verdict')?.textContent
        reject(new Error('no verdict with ' + text + ', but ' + instead))
      }, ${GIVE_UP_MS})
    })
    window.benchSeen.catch(() => undefined)
  }
`

interface Seen {
  readonly message: number
  readonly shown: number
  readonly painted: number
}

/**
 * Look-ups of random items: from the bytes that enter a pseudo terminal until a real browser shows the verdict. Nothing waits on a wire
 * here, so all of it is time beyond the wire.
 */
export async function benchScan(
  { server, scanner, statements, owner, filled }: Ground,
  scans: number,
): Promise<Measured[]> {
  const browser = await launchBrowser()
  try {
    const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } })
    await context.addInitScript(IN_PAGE)
    const page = await context.newPage()
    await becomeScreen(page, server)
    await signIn(page, server.url, (text) => scanner.scan(text))
    // A bench shows what lies in its own store; a code that comes again within a second is taken for one scan.
    const items = shuffled(filled.inStore.filter(({ store }) => store === places[0]?.store))
    const took: { message: number; shown: number; painted: number; roundTrips: number; bare: number }[] = []
    for (let scan = 0; scan < WARM_UP + scans; scan += 1) {
      const item = items[scan % items.length]
      if (item === undefined) throw new Error('no item lies in store')
      await page.evaluate(`benchAwait(${JSON.stringify(`${item.name}：`)})`)
      let roundTrips = 0
      statements.onRun = (run) => (roundTrips += run.length)
      const from = Date.now()
      await scanner.scan(item.code)
      const { message, shown, painted } = (await page.evaluate('benchSeen')) as Seen
      statements.onRun = null
      await pause(randomInt(...REST_MS))
      const bare = await bareRoundTrips(owner.db, roundTrips)
      if (scan < WARM_UP) continue
      took.push({ message: message - from, shown: shown - from, painted: painted - from, roundTrips, bare })
    }
    const [load = 0] = loadavg()
    const of = (moment: keyof (typeof took)[number], share: number): number =>
      percentile(
        took.map((one) => one[moment]),
        share,
      )
    return [
      measured('scan.p50', of('shown', 0.5), 'ms', WIRE),
      measured('scan.p95', of('shown', 0.95), 'ms', WIRE),
      measured('scan.p95.goal', of('shown', 0.95), 'ms', GOAL),
      measured('scan.p95.bare', of('shown', 0.95), 'ms', {
        name: `as many bare round trips to PostgreSQL between the scans, p95, load ${load.toFixed(1)}`,
        value: of('bare', 0.95),
      }),
      {
        bench: 'scan.round-trips',
        value: of('roundTrips', 0.5),
        unit: 'statements',
        against: 'sent from the bytes to the verdict, begin and commit included',
        ratio: null,
      },
      measured('scan.message.p50', of('message', 0.5), 'ms', WIRE),
      measured('scan.message.p95', of('message', 0.95), 'ms', WIRE),
      measured('scan.painted.p50', of('painted', 0.5), 'ms', WIRE),
      measured('scan.painted.p95', of('painted', 0.95), 'ms', WIRE),
    ]
  } finally {
    await browser.close()
  }
}

/**
 * What a busy machine alone costs: each round trip hands over to another process and waits for its turn twice, whatever it asks for.
 * @returns milliseconds for all of them, one after the other
 */
async function bareRoundTrips(db: Db, count: number): Promise<number> {
  const began = performance.now()
  for (let trip = 0; trip < count; trip += 1) await sql`select 1`.execute(db)
  return performance.now() - began
}

function shuffled<T>(all: readonly T[]): T[] {
  return all
    .map((one) => ({ one, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ one }) => one)
}

/** The page of the bench, opened as a browser is that was given the station's one-time code. */
async function becomeScreen(page: Page, { url, deps, keys }: Ground['server']): Promise<void> {
  const { code } = await makeCode({ db: deps.db, pepper: keys.pepper }, STATION, SYSTEM)
  const opened = await page.context().request.post(`${url}/api/stations/${STATION}/screen`, {
    data: { code },
    headers: { 'idempotency-key': crypto.randomUUID() },
  })
  if (!opened.ok()) throw new Error(`the page cannot be the bench's screen: ${await opened.text()}`)
  await page.goto(`${url}/bench/${STATION}`)
  await page.locator('section.verdict').waitFor()
}

/** The custodian's badge by the scanner, the PIN by the screen. */
async function signIn(page: Page, url: string, scan: (text: string) => Promise<void>): Promise<void> {
  const custodian = places[0]?.custodian
  if (custodian === undefined) throw new Error('nobody keeps the first store')
  const { request } = page.context()
  const at = `${url}/api/stations/${STATION}`
  await scan(custodian.badge)
  await page.locator('[data-ask="pin"]').waitFor()
  const { session } = (await (await request.get(`${at}/session`)).json()) as SessionAnswer
  const headers = { 'idempotency-key': 'bench-pin' }
  const data = { type: 'pin', step: session.step, pin: custodian.pin }
  const answered = await request.post(`${at}/input`, { headers, data })
  if (!answered.ok()) throw new Error(`the custodian cannot sign in: ${await answered.text()}`)
  await page.locator('[data-session="idle"]').waitFor()
}
