/** What is seen of thirteen weeks of votes: dashboards, the wall, a ranking and its correction; a hall that is closed; an answer that is appealed. */

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../testing/browser.ts'
import { fitsEverySize, inEnglish, saysNoChinese } from '../testing/every-size.ts'
import { axeFinds, smallTargets } from '../testing/usable.ts'
import { type Demonstration, startDemonstration } from './demonstration.ts'
import { says } from './hands.ts'

const START_MS = 660_000
const TEST_MS = 480_000
const PATIENCE_MS = 45_000
const DAY_MS = 86_400_000
/** The zone of the house is eight hours ahead. */
const ZONE_MS = 8 * 3_600_000
const [HEAD, SUPERVISOR, CLERK, OTHER_CLERK] = ['feng-yan', 'zhou-ping', 'wu-xia', 'zheng-kai'] as const
/** Of a page in English, what is no name of a person, a unit or a counter. */
const PLAIN = 'label, thead th, dt'

let demo: Demonstration
let browser: Browser

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration({}, ['--votes']), launchBrowser()])
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

function day(daysAgo: number): string {
  return new Date(Date.now() + ZONE_MS - daysAgo * DAY_MS).toISOString().slice(0, 10)
}

/** Whoever cannot see or read Chinese can use it too, on every screen. */
async function isForEverybody(page: Page): Promise<void> {
  expect(await axeFinds(page)).toEqual([])
  await fitsEverySize(page)
  await inEnglish(page)
  if ((await page.locator('dl dt').count()) > 0) await saysNoChinese(page, PLAIN, 1)
  expect(await axeFinds(page)).toEqual([])
  await fitsEverySize(page)
  await page.getByRole('button', { name: '中文' }).click()
  await page.setViewportSize({ width: 1280, height: 800 })
}

/** Somebody is served at a counter by the queue's call; the one vote. */
async function served(counter: string, number: string): Promise<string> {
  const opened = await demo.post(HEAD, '/api/rating/services', { counter, number })
  const service = String(opened.body['service'])
  return String((await demo.post(HEAD, `/api/rating/services/${service}/invite`, {})).body['token'])
}

test(
  'a dashboard says how it stands, how it moved and who is watched; a supervisor sees it from above, a clerk not at all',
  async () => {
    const head = await demo.open(browser, HEAD, '/rating/dashboard')
    // One counter went from 2 % to 14 % bad five weeks ago.
    await says(head, 'main', '红色：核实')
    await says(head, 'main', /规则第 \d+ 版.*黄、橙、红界限/)
    for (const limit of ['黄', '橙', '红']) await says(head, 'svg text', limit)
    await says(head, 'main', /95% 区间 \d/)
    await says(head, 'main', /请评价 \d+ 次，已评 \d+ 次，未评价 \d+ 次/)
    await says(head, 'main', /横线为全厅差评率 \d/)
    expect(await head.getByRole('img').count()).toBeGreaterThan(2)

    // Any two periods, each with its n, and the interval of what changed.
    await head
      .getByLabel('时段', { exact: true })
      .or(head.getByLabel('时段'))
      .first()
      .selectOption({ label: '自选起止' })
    await head.getByLabel('对比', { exact: false }).first().selectOption({ label: '自选时段' })
    await head.getByLabel('起日', { exact: false }).first().fill(day(34))
    await head.getByLabel('止日', { exact: false }).first().fill(day(0))
    await head.getByLabel('对比起日').fill(day(91))
    await head.getByLabel('对比止日').fill(day(36))
    await says(head, 'main', /满意率变化（百分点）的 95% 区间：.+ 至 .+/)
    await says(head, 'main', '有下降：整个区间在 0 以下')
    await isForEverybody(head)

    const above = await demo.open(browser, SUPERVISOR, '/rating/tree')
    await above.getByRole('row', { name: /云州市办税服务厅/ }).waitFor({ timeout: PATIENCE_MS })
    expect(await above.getByRole('row', { name: /合计/ }).innerText()).toMatch(/\d+\.\d% \d+\/\d+/)
    await isForEverybody(above)

    const clerk = await demo.open(browser, CLERK, '/rating/dashboard')
    await clerk.waitForLoadState('networkidle')
    expect(await clerk.locator('main svg[role="img"]').count()).toBe(0)
    await expect(demo.get(CLERK, '/api/rating/dashboard?hall=hall-1')).rejects.toThrow('403')
    for (const page of [head, above, clerk]) await page.context().close()
  },
  TEST_MS,
)

test(
  'a ranking is made by one and published by another, hangs on the wall, and is corrected by a new one alone',
  async () => {
    const makes = await demo.open(browser, SUPERVISOR, '/rating/rankings')
    const wall = await demo.open(browser, HEAD, '/counter/counter-1/wall')
    await says(wall, '.published', '还没有发布')
    await makes.getByLabel('起日').fill(day(91))
    await makes.getByLabel('止日').fill(day(0))
    await makes.getByRole('button', { name: '制作排名' }).click()
    await says(makes, '.tag', '待审批')
    expect(await makes.getByRole('button', { name: '同意发布' }).count()).toBe(0)

    const decides = await demo.open(browser, HEAD, '/rating/rankings')
    await decides.getByRole('button', { name: '同意发布' }).click()
    await says(decides, '.tag', '已发布')
    const fetched = async (name: string) => {
      const answer = await decides.context().request.get(`${demo.url}${await addressOf(decides, name)}`)
      expect(answer.status(), name).toBe(200)
      return answer.body()
    }
    expect((await fetched('PDF')).subarray(0, 5).toString('latin1')).toBe('%PDF-')
    expect((await fetched('网页')).toString('utf8')).toContain('吴霞')
    expect((await fetched('CSV')).toString('utf8')).toContain('吴霞')
    expect((await fetched('Excel')).subarray(0, 2).toString('latin1')).toBe('PK')

    // What was published, and only that: a vote that is cast now moves nothing on the wall but who was served.
    await says(wall, '.published', '吴霞')
    await says(wall, '.published', /\d+\.\d%/)
    const published = await wall.locator('.published').innerText()
    await served('counter-1', 'A101')
    await says(wall, '.ticket', 'A101')
    await says(wall, '.figures', '近 30 天回应率')
    expect(await wall.locator('.published').innerText()).toBe(published)
    for (const part of ['.counters', '.figures']) expect(await wall.locator(part).innerText()).not.toMatch(/满意|差评/)
    await isForEverybody(wall)

    await makes.reload()
    await makes.getByLabel('起日').fill(day(60))
    await makes.getByLabel('止日').fill(day(0))
    await makes.getByLabel('更正哪一份').selectOption({ index: 1 })
    await makes.getByLabel('更正原因').selectOption({ label: '时段有误' })
    await makes.getByRole('button', { name: '制作排名' }).click()
    await decides.getByRole('button', { name: '同意发布' }).click()
    await says(decides, '.tag', '已更正')
    await says(decides, 'main', `更正 ${day(91)} – ${day(0)}：时段有误`)
    await says(wall, '.published', day(60))
    await isForEverybody(decides)
    for (const page of [makes, decides, wall]) await page.context().close()
  },
  TEST_MS,
)

test(
  'who was rated appeals with what speaks for him; somebody of another unit decides, and the record stays',
  async () => {
    const token = await served('counter-1', 'A102')
    const asked = { token, contact: '李先生 13800000000', words: '等了两个小时' }
    expect((await demo.post(HEAD, '/api/rating/answers', asked)).status).toBe(201)
    const heads = await demo.open(browser, HEAD, '/rating/follow-ups')
    await step(heads, '派单', { choose: demo.person(OTHER_CLERK).name })

    const rated = await demo.open(browser, CLERK, '/rating/follow-ups')
    expect(await rated.locator('main').innerText()).not.toContain('13800000000')
    await rated.getByRole('button', { name: '提出申诉', exact: true }).click()
    await rated.getByLabel('证据').fill('停机公告 3 号，叫号记录')
    await step(rated, null, { choose: '系统、设备等客观原因', note: '当日系统停用一个半小时' })
    await says(rated, '.tag', '申诉复核中')
    // Neither who heads the hall nor who handles it decides on it.
    const handles = await demo.open(browser, OTHER_CLERK, '/rating/follow-ups')
    for (const page of [heads, handles]) {
      await page.reload()
      await says(page, '.tag', '申诉复核中')
      expect(await page.getByRole('button', { name: '复核申诉' }).count()).toBe(0)
    }
    const reviews = await demo.open(browser, SUPERVISOR, '/rating/follow-ups')
    await says(reviews, 'main', '停机公告 3 号，叫号记录')
    await says(reviews, 'main', '系统、设备等客观原因')
    await step(reviews, '复核申诉', { choose: '申诉成立', note: '公告属实' })
    await says(reviews, 'main', '申诉成立，不予采纳')
    await says(reviews, 'main', '等了两个小时')
    await isForEverybody(reviews)
    for (const page of [heads, rated, handles, reviews]) await page.context().close()
  },
  TEST_MS,
)

test(
  'what surrounds it can be used by everybody, in both languages, and by fingers',
  async () => {
    for (const path of ['/rating/hall', '/rating/questionnaires', '/rating/boxes', '/rating']) {
      const page = await demo.open(browser, HEAD, path)
      await page.locator('main :is(table, form, .panel, section)').first().waitFor({ timeout: PATIENCE_MS })
      if (path === '/rating/questionnaires') await page.getByRole('button', { name: '拟新一版' }).click()
      if (path === '/rating/hall') {
        await page.getByRole('button', { name: '选择照片' }).first().click()
        await page.getByRole('dialog').waitFor()
        expect(await axeFinds(page)).toEqual([])
        await page.getByRole('dialog').getByRole('button', { name: '取消' }).click()
      }
      await isForEverybody(page)
      await page.context().close()
    }
    for (const path of ['/rating/campaigns', '/rating/samples']) {
      const page = await demo.open(browser, SUPERVISOR, path)
      await page.locator('main h2').first().waitFor({ timeout: PATIENCE_MS })
      await isForEverybody(page)
      await page.context().close()
    }
    for (const path of ['/ballot', '/report', '/counter/counter-2/rate']) {
      const page = await demo.open(browser, HEAD, path)
      await page.locator('main :is(h2, input, textarea)').first().waitFor({ timeout: PATIENCE_MS })
      expect(await smallTargets(page), path).toEqual([])
      expect(await axeFinds(page), path).toEqual([])
      await inEnglish(page)
      expect(await smallTargets(page), path).toEqual([])
      expect(await axeFinds(page), path).toEqual([])
      await fitsEverySize(page)
      await page.context().close()
    }
  },
  TEST_MS,
)

test(
  'outside the hours of the hall the screen before the rater says when it opens, and nobody is asked',
  async () => {
    const rater = await demo.open(browser, HEAD, '/counter/counter-2/rate')
    await rater.getByText(demo.person(OTHER_CLERK).name).waitFor({ timeout: PATIENCE_MS })
    const settings = await demo.open(browser, HEAD, '/rating/hall')
    const weekday = (new Date(Date.now() + ZONE_MS).getUTCDay() + 6) % 7
    // Open on one day, which is not today.
    const open = settings.locator('tbody tr').nth((weekday + 3) % 7)
    await open.locator('input').nth(0).fill('09:00')
    await open.locator('input').nth(1).fill('17:00')
    await settings.getByRole('button', { name: '保存办公时间' }).click()
    await settings.getByText('办公时间已保存').first().waitFor({ timeout: PATIENCE_MS })
    await says(rater, 'h2', '大厅现在不办公')
    await says(rater, 'main', '今日不办公')
    await says(rater, 'main', /下次办公：.+ 09:00/)
    expect(await smallTargets(rater)).toEqual([])
    await isForEverybody(rater)
    const opened = await demo.post(HEAD, '/api/rating/services', { counter: 'counter-2' })
    const invite = `/api/rating/services/${String(opened.body['service'])}/invite`
    expect(await demo.post(HEAD, invite, {})).toMatchObject({ status: 409, body: { code: 'rating.hall-closed' } })
    await says(rater, 'h2', '大厅现在不办公')
    for (const page of [rater, settings]) await page.context().close()
  },
  TEST_MS,
)

async function addressOf(page: Page, name: string): Promise<string> {
  return (await page.getByRole('link', { name, exact: true }).first().getAttribute('href')) ?? ''
}

/** One step of the first answer in the list, or of the dialog that is open: what is chosen and said, and confirmed. */
async function step(page: Page, name: string | null, said: { choose?: string; note?: string }): Promise<void> {
  if (name !== null) await page.getByRole('button', { name, exact: true }).first().click()
  const dialog = page.getByRole('dialog')
  if (said.choose !== undefined) await dialog.locator('select').selectOption({ label: said.choose })
  if (said.note !== undefined) await dialog.locator('textarea').first().fill(said.note)
  await dialog.getByRole('button', { name: '确认', exact: true }).click()
  await dialog.getByRole('button', { name: '确认', exact: true }).waitFor({ state: 'hidden' })
}
