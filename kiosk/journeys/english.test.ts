/** Every button, heading and label of desk and bench has English words; names of people, places, goods and cases stay as they are. */

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ItemCode } from '../../server/demo/protocol.ts'
import { launchBrowser } from '../testing/browser.ts'
import { type Demonstration, startDemonstration, VIEWPORT } from './demonstration.ts'
import { type Hands, handsAt, row, says } from './hands.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const [REGISTERED, IN_STORE, HANDED_OVER] = ['云监立〔2026〕5号', '云纪立〔2026〕1号', '云纪立〔2026〕4号'] as const
const UPRIGHT = { width: 800, height: 1280 }
const HAN = /\p{Script=Han}/u
/** What a page says by itself, whatever it holds. */
const SPOKEN =
  'button, h1, h2, h3, th, dt, legend, label, summary, caption, .caption strong, [role="status"], .eyebrow, kbd'

interface Named {
  readonly name: string
}

/** The last line of a refusal; the one before cites a law by its own name. */
const REMEDY = 'section.verdict dl > :last-child dd'

let demo: Demonstration
let browser: Browser
/** Names that are data, the longest first. */
let names: readonly string[]

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
  const read = <T>(path: string): Promise<T> => demo.get<T>('zhou-ping', path)
  const [codes, people, units, stores, stations, cases] = await Promise.all([
    demo.codes(),
    read<{ people: readonly Named[] }>('/api/people'),
    read<{ units: readonly Named[] }>('/api/units'),
    read<{ stores: readonly Named[] }>('/api/stores'),
    read<{ stations: readonly Named[] }>('/api/stations'),
    read<{ cases: readonly { number: string; title: string | null }[] }>('/api/cases'),
  ])
  names = [
    ...codes.items.map(({ name }) => name),
    ...codes.locations.map(({ name }) => name),
    ...[...people.people, ...units.units, ...stores.stores, ...stations.stations].map(({ name }) => name),
    ...cases.cases.flatMap(({ number, title }) => [number, title ?? '']),
  ]
    .filter((name) => name !== '')
    .toSorted((one, other) => other.length - one.length)
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

test(
  'the desk: its day, a case, registering, cards, requests, decisions, supervision',
  async () => {
    const officer = await demo.open(browser, 'zhang-wei', '/desk')
    await toEnglish(officer)
    await officer.getByRole('heading', { name: 'My requests' }).waitFor()
    await row(officer, REGISTERED).waitFor()
    await speaksEnglish(officer, 'the desk of an officer')
    await officer.getByRole('button', { name: 'F2' }).click()
    await speaksEnglish(officer, 'the form of a new case')
    for (const [path, shown] of [
      ['', 'tbody tr'],
      ['/register', '.line'],
      ['/cards', 'tbody tr'],
    ] as const) {
      await officer.goto(`${demo.url}/desk/cases/${encodeURIComponent(REGISTERED)}${path}`)
      await officer.locator(shown).first().waitFor()
      await speaksEnglish(officer, `the page of a case ${path}`)
      await officer.setViewportSize(UPRIGHT)
      const beyond = () =>
        officer.locator('.scroll').evaluateAll((all) => all.map((one) => one.scrollWidth - one.clientWidth))
      await expect
        .poll(beyond, { message: `tables of a case ${path}, upright` })
        .toSatisfy((all: number[]) => all.every((by) => by <= 0))
      await officer.setViewportSize(VIEWPORT)
    }
    await officer.goto(`${demo.url}/desk/cases/${encodeURIComponent(IN_STORE)}`)
    await officer.locator('tbody').getByRole('checkbox').first().check()
    await officer.getByRole('button', { name: 'F9' }).click()
    await officer.getByRole('dialog').waitFor()
    await speaksEnglish(officer, 'the request of a loan')

    const approver = await demo.open(browser, 'sun-bo', '/desk')
    await toEnglish(approver)
    await approver.getByRole('radio').first().waitFor()
    await speaksEnglish(approver, 'the desk of an approver')

    const supervisor = await demo.open(browser, 'zhou-ping', '/supervise')
    await toEnglish(supervisor)
    // What stands above the registers has come, and moves them no more.
    await supervisor.waitForLoadState('networkidle')
    await row(supervisor, 'unit.dept-1').click()
    await says(supervisor, '.detail dt', 'Hash')
    await speaksEnglish(supervisor, 'supervision')
    const [item] = await demo.itemsOf(IN_STORE)
    await supervisor.goto(`${demo.url}/supervise/items/${item?.code}`)
    await supervisor.locator('.legend li').first().waitFor()
    await speaksEnglish(supervisor, 'the life of an item')

    const custodian = await demo.open(browser, 'chen-jing', '/road')
    await custodian.locator('tbody tr').first().waitFor()
    await toEnglish(custodian)
    await speaksEnglish(custodian, 'what is on the road, whose language was changed while it stood there')
  },
  TEST_MS,
)

test(
  'the bench: signing in, idle, a list, an item in hand, refusals, locked',
  async () => {
    const page = await demo.openBench(browser, 'bench-1')
    const hands = await handsAt(demo, page, { scanner: 'scanner-1', badge: 'badge-1' })
    await toEnglish(page)
    await speaksEnglish(page, 'a bench with nobody')
    await hands.badge('chen-jing')
    await page.locator('.pad').waitFor()
    await speaksEnglish(page, 'a bench that wants a PIN')
    await hands.pin('chen-jing')
    await page.locator('.bench[data-session="idle"]').waitFor()
    await speaksEnglish(page, 'an idle bench')
    await checkInSpeaksEnglish(hands, await demo.itemsOf(HANDED_OVER))
    await hands.card('LOCK')
    await page.locator('.bench[data-session="locked"]').waitFor()
    await speaksEnglish(page, 'a locked bench')
  },
  TEST_MS,
)

async function checkInSpeaksEnglish(hands: Hands, items: readonly ItemCode[]): Promise<void> {
  const { page } = hands
  const heavy = items.find(({ weight_mg }) => weight_mg !== null)
  await demo.emulate('scale-1', { weigh_mg: 1_000 })
  await hands.scan(items[0]?.list ?? '')
  await hands.asked('The officer who hands over scans the badge')
  await hands.scan(demo.person('chen-jing').badge)
  await hands.refused('custody.same-person', 'custodian')
  await speaksEnglish(page, 'a second person who is the first')
  await hands.badge('zhang-wei')
  await hands.pin('zhang-wei')
  await hands.asked('Scan the next item')
  await speaksEnglish(page, 'a list at the bench')
  await hands.scan(heavy?.payload ?? '')
  await hands.asked('Choose why it is sent back')
  await hands.refused('custody.weight-differs', 'beyond the tolerance')
  await speaksEnglish(page, 'an item that weighs too little')
}

async function toEnglish(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'English' }).click()
  await page.locator('html[lang="en"]').waitFor()
}

/** Nothing that the page says by itself, its question and its verdict included, is Chinese. */
async function speaksEnglish(page: Page, where: string): Promise<void> {
  await fitsTheScreen(page, where)
  const said = await page
    .locator(`:is(${SPOKEN}, [data-testid="ask"], section.verdict .title, ${REMEDY}):visible:not([lang="zh-CN"])`)
    .allInnerTexts()
  expect(said.length, where).toBeGreaterThan(5)
  const chinese = said
    .map((text) => names.reduce((left, name) => left.replaceAll(name, ''), text))
    .filter((text) => HAN.test(text))
  expect([...new Set(chinese)], where).toEqual([])
}

interface Drawn {
  readonly tagName: string
  readonly textContent: string
  readonly scrollWidth: number
  readonly clientWidth: number
}

/** English words are the longer ones: the head shows all of them, and no page is wider than its screen. */
async function fitsTheScreen(page: Page, where: string): Promise<void> {
  const cut = (): Promise<string[]> =>
    page.locator('html, header :is(h1, dd, button)').evaluateAll((all) =>
      all.flatMap((one) => {
        const { scrollWidth, clientWidth, tagName, textContent } = one as unknown as Drawn
        return scrollWidth > clientWidth ? [`${tagName} ${textContent}`.slice(0, 60)] : []
      }),
    )
  for (const viewport of [UPRIGHT, VIEWPORT]) {
    await page.setViewportSize(viewport)
    await expect.poll(cut, { message: `${where}, ${viewport.width} wide` }).toEqual([])
  }
}
