import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { launchBrowser } from '../kiosk/testing/browser.ts'
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
export async function benchScan({ server, scanner, filled }: Ground, scans: number): Promise<Measured[]> {
  const browser = await launchBrowser()
  try {
    const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } })
    await context.addInitScript(IN_PAGE)
    const page = await context.newPage()
    await becomeScreen(page, server)
    await signIn(page, server.url, (text) => scanner.scan(text))
    // A bench shows what lies in its own store.
    const items = filled.inStore.filter(({ store }) => store === places[0]?.store)
    const took: { message: number; shown: number; painted: number }[] = []
    for (let scan = 0; scan < WARM_UP + scans; scan += 1) {
      const item = items[randomInt(items.length)]
      if (item === undefined) throw new Error('no item lies in store')
      await page.evaluate(`benchAwait(${JSON.stringify(`${item.name}：`)})`)
      const from = Date.now()
      await scanner.scan(item.code)
      const { message, shown, painted } = (await page.evaluate('benchSeen')) as Seen
      if (scan >= WARM_UP) took.push({ message: message - from, shown: shown - from, painted: painted - from })
      await pause(randomInt(...REST_MS))
    }
    const of = (moment: keyof Seen, share: number): number =>
      percentile(
        took.map((one) => one[moment]),
        share,
      )
    return [
      measured('scan.p50', of('shown', 0.5), 'ms', WIRE),
      measured('scan.p95', of('shown', 0.95), 'ms', WIRE),
      measured('scan.p95.goal', of('shown', 0.95), 'ms', GOAL),
      measured('scan.message.p50', of('message', 0.5), 'ms', WIRE),
      measured('scan.message.p95', of('message', 0.95), 'ms', WIRE),
      measured('scan.painted.p50', of('painted', 0.5), 'ms', WIRE),
      measured('scan.painted.p95', of('painted', 0.95), 'ms', WIRE),
    ]
  } finally {
    await browser.close()
  }
}

/** The page of the bench, opened as a browser is that was given the station's one-time code. */
async function becomeScreen(page: Page, { url, deps }: Ground['server']): Promise<void> {
  const { code } = await makeCode(deps.db, STATION, SYSTEM)
  const opened = await page.context().request.post(`${url}/api/stations/${STATION}/screen`, { data: { code } })
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
