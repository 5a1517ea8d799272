/** A rating from the screen before the rater and from a phone to the manager's page, counted by the tally as a process. */

import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Level } from '../../devices/ballot/ballot.ts'
import { sealBallot, sealing } from '../../devices/ballot/seal.ts'
import type { ShownKey } from '../../server/rating/protocol.ts'
import { launchBrowser } from '../testing/browser.ts'
import { fitsEverySize, inEnglish, saysNoChinese } from '../testing/every-size.ts'
import { axeFinds, smallTargets } from '../testing/usable.ts'
import { type Demonstration, startDemonstration } from './demonstration.ts'

const START_MS = 300_000
const TEST_MS = 480_000
const PATIENCE_MS = 45_000

let demo: Demonstration
let browser: Browser

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

/** The queue system's calls: somebody is served, and offered the vote. */
async function served(counter: string): Promise<string> {
  const opened = await demo.post('feng-yan', '/api/rating/services', { counter })
  const invited = await demo.post('feng-yan', `/api/rating/services/${String(opened.body['service'])}/invite`, {})
  expect(invited.status).toBe(200)
  return String(invited.body['token'])
}

/** Sealed here as a phone seals it, without the eight seconds for which a screen says thanks. */
async function vote(token: string, chosen: Level): Promise<void> {
  const { id: key, publicKey } = await demo.get<ShownKey>('feng-yan', '/api/rating/key')
  const said = {
    v: 1,
    level: chosen,
    questionnaire: 'hall-service@1',
    answers: {},
    reasons: [],
    words: null,
    key: null,
  } as const
  const ballot = Buffer.from(sealBallot(said, Buffer.from(publicKey, 'base64'))).toString('base64')
  expect((await demo.post('feng-yan', '/api/rating/votes', { token, key, ballot })).status).toBe(201)
}

const level = (page: Page) => page.locator('[data-step="level"]')

async function rate(page: Page, nth: number): Promise<void> {
  await level(page).getByRole('button').nth(nth).click({ timeout: PATIENCE_MS })
  await page.getByRole('button', { name: '提交评价' }).click({ timeout: PATIENCE_MS })
  await page.getByText('谢谢您的评价').waitFor({ timeout: PATIENCE_MS })
}

async function tally(): Promise<string> {
  const root = join(import.meta.dirname, '..', '..')
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'server/cli/tally.ts')], {
    env: { PATH: process.env['PATH'] ?? '', DATA_DIR: join(demo.dataDir, 'demo') },
  })
  return stdout
}

test(
  'ten raters at the screen of a counter and on a phone; the manager sees figures once they are counted',
  async () => {
    const rater = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
    await rater.goto(`${demo.url}/counter/counter-1/rate`)
    await rater.getByText('吴霞').waitFor({ timeout: PATIENCE_MS })
    expect(await axeFinds(rater)).toEqual([])
    expect(await smallTargets(rater)).toEqual([])
    await fitsEverySize(rater)

    await served('counter-1')
    await level(rater).waitFor({ timeout: PATIENCE_MS })
    expect(await smallTargets(rater)).toEqual([])
    expect(await axeFinds(rater)).toEqual([])
    await fitsEverySize(rater)
    await rater.setViewportSize({ width: 1280, height: 800 })
    await level(rater).getByRole('button').nth(4).click()
    await rater.getByRole('group', { name: '服务态度' }).getByRole('button').nth(4).click()
    expect(await smallTargets(rater)).toEqual([])
    expect(await axeFinds(rater)).toEqual([])
    await rater.getByRole('button', { name: '再说几句' }).click()
    await rater.getByRole('button', { name: '办理太慢' }).click()
    await rater.locator('textarea').fill('等了两个小时')
    expect(await smallTargets(rater)).toEqual([])
    expect(await axeFinds(rater)).toEqual([])
    // Larger, what sends it is still on the screen, in either language.
    await rater.getByRole('button', { name: '慢一点' }).click()
    const seen = async (name: string) =>
      rater.getByRole('button', { name }).evaluate((button) => button.getBoundingClientRect().bottom <= innerHeight)
    expect(await seen('提交评价')).toBe(true)
    await inEnglish(rater)
    expect(await seen('Send rating')).toBe(true)
    expect(await axeFinds(rater)).toEqual([])
    await rater.getByRole('button', { name: '中文' }).click()
    await rater.getByRole('button', { name: '提交评价' }).click()
    await rater.getByText('谢谢您的评价').waitFor({ timeout: PATIENCE_MS })
    expect(await smallTargets(rater)).toEqual([])
    expect(await axeFinds(rater)).toEqual([])

    const phone = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage()
    await phone.goto(`${demo.url}/vote#${await served('counter-1')}`)
    await rate(phone, 0)
    expect(phone.url()).toBe(`${demo.url}/vote`)
    await sealing
    for (let nth = 0; nth < 8; nth += 1) await vote(await served('counter-1'), nth % 2 === 0 ? 5 : 4)

    const results = await demo.open(browser, 'feng-yan', '/rating')
    await results.getByText('人数不足').first().waitFor({ timeout: PATIENCE_MS })
    expect(await tally()).toContain('账目相符')
    await results.reload()
    const line = results.getByRole('row', { name: /^吴霞/ })
    await line.waitFor({ timeout: PATIENCE_MS })
    expect(await line.innerText()).toContain('90.0%')
    expect(await line.innerText()).toContain('9/10')
    expect(await axeFinds(results)).toEqual([])

    const clerk = await demo.open(browser, 'wu-xia', '/counter/counter-1')
    await clerk.getByText('本页不显示任何一次评价').waitFor({ timeout: PATIENCE_MS })
    expect(await axeFinds(clerk)).toEqual([])
    for (const page of [rater, phone, results, clerk]) await page.context().close()
  },
  TEST_MS,
)

test(
  'one touch is enough: who goes away after it has voted when the next one is served',
  async () => {
    const rater = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
    await rater.goto(`${demo.url}/counter/counter-2/rate`)
    const before = await demo.get<{ total: { waiting: number } }>('feng-yan', '/api/rating/summary?hall=hall-1')
    await served('counter-2')
    await level(rater).getByRole('button').nth(2).click({ timeout: PATIENCE_MS })
    await rater.getByText('您觉得下面几项怎么样').waitFor({ timeout: PATIENCE_MS })
    await served('counter-2')
    await expect
      .poll(
        async () =>
          (await demo.get<{ total: { waiting: number } }>('feng-yan', '/api/rating/summary?hall=hall-1')).total.waiting,
        { timeout: PATIENCE_MS },
      )
      .toBe(before.total.waiting + 1)
    await rater.context().close()
  },
  TEST_MS,
)

test(
  'what is asked is written by one, tried in its preview, opened by another, and asked of the next; what surrounds it can be used by everybody',
  async () => {
    const writes = await demo.open(browser, 'feng-yan', '/rating/questionnaires')
    await writes.getByRole('button', { name: '拟新一版' }).click({ timeout: PATIENCE_MS })
    await writes.getByRole('button', { name: '增加问题' }).click()
    await writes.getByLabel('问题 5', { exact: false }).first().fill('等候时间')
    await writes.getByLabel('问题 5 的英文').fill('Waiting time')
    await writes.locator('.glass [data-step="level"]').getByRole('button').first().click()
    await writes.locator('.glass').getByText('等候时间').waitFor({ timeout: PATIENCE_MS })
    expect(await axeFinds(writes)).toEqual([])
    await fitsEverySize(writes)
    await writes.getByRole('button', { name: '保存草稿' }).click()
    await writes.getByText('须由没有参与拟稿').waitFor({ timeout: PATIENCE_MS })
    const opens = await demo.open(browser, 'zhou-ping', '/rating/questionnaires')
    await opens.getByRole('button', { name: '启用' }).click({ timeout: PATIENCE_MS })
    await opens.locator('.tag', { hasText: '使用中' }).waitFor({ timeout: PATIENCE_MS })
    expect(await axeFinds(opens)).toEqual([])

    const rater = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
    await rater.goto(`${demo.url}/counter/counter-2/rate`)
    await served('counter-2')
    await level(rater).getByRole('button').first().click({ timeout: PATIENCE_MS })
    await rater.getByRole('group', { name: '等候时间' }).getByRole('button').first().click()
    expect(await smallTargets(rater)).toEqual([])
    await rater.getByRole('button', { name: '提交评价' }).click()
    await rater.getByText('谢谢您的评价').waitFor({ timeout: PATIENCE_MS })

    const settings = await demo.open(browser, 'feng-yan', '/rating/hall')
    await settings
      .getByText('等待本人同意')
      .or(settings.getByText('没有照片').first())
      .first()
      .waitFor({ timeout: PATIENCE_MS })
    expect(await axeFinds(settings)).toEqual([])
    await fitsEverySize(settings)
    await rater.goto(`${demo.url}/report`)
    await rater.locator('textarea').waitFor({ timeout: PATIENCE_MS })
    expect(await axeFinds(rater)).toEqual([])
    expect(await smallTargets(rater)).toEqual([])
    for (const page of [writes, opens, rater, settings]) await page.context().close()
  },
  TEST_MS,
)

test(
  'a bad vote that was counted with nine others makes a follow-up for its counter, which goes its way without a rater',
  async () => {
    const heads = await demo.open(browser, 'feng-yan', '/rating/follow-ups')
    await heads.getByText('计票 10 份，其中差评 1 份').waitFor({ timeout: PATIENCE_MS })
    expect(await heads.locator('main li').innerText()).not.toContain('吴霞')
    await step(heads, '派单', { choose: demo.person('zheng-kai').name })
    const handles = await demo.open(browser, 'zheng-kai', '/rating/follow-ups')
    expect(await handles.getByRole('button', { name: '登记回访' }).count()).toBe(0)
    await step(handles, '登记核实', { note: '当日只开一个窗口' })
    await step(handles, '登记处理', { choose: '立行立改', note: '增开窗口' })
    await step(heads, '办结')
    await heads.getByText('已办结').first().waitFor({ timeout: PATIENCE_MS })
    await fitsEverySize(heads)
    expect(await axeFinds(heads)).toEqual([])
    for (const page of [heads, handles]) await page.context().close()
  },
  TEST_MS,
)

test(
  'who wants an answer is answered step by step, rates the answer on the phone, and a second person closes it',
  async () => {
    const phone = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage()
    await phone.goto(`${demo.url}/vote#${await served('counter-1')}`)
    await rate(phone, 4)
    await phone.getByRole('button', { name: '希望得到答复' }).click()
    // What is written is all there is then, and it is no thanks.
    await phone.getByText('谢谢您的评价').waitFor({ state: 'hidden', timeout: PATIENCE_MS })
    expect(await axeFinds(phone)).toEqual([])
    expect(await smallTargets(phone)).toEqual([])
    await phone.getByLabel('怎么联系您').fill('李先生 13800000000')
    await phone.getByLabel('需要答复的事').fill('材料交了三次')
    await phone.getByRole('button', { name: '提交', exact: true }).click()
    await phone.getByText('已收到，会有专人联系您').waitFor({ timeout: PATIENCE_MS })

    const heads = await demo.open(browser, 'feng-yan', '/rating/follow-ups')
    await step(heads, '派单', { choose: demo.person('zheng-kai').name })
    const handles = await demo.open(browser, 'zheng-kai', '/rating/follow-ups')
    await handles.getByRole('button', { name: '登记回访', exact: true }).click({ timeout: PATIENCE_MS })
    await handles.getByText('您评了什么我们看不到').waitFor({ timeout: PATIENCE_MS })
    await handles.getByRole('dialog').getByRole('button', { name: '取消' }).click()
    await step(handles, '登记回访', { choose: '已联系上', note: '已当面说明' })
    await handles.getByText('回访：已当面说明').waitFor({ timeout: PATIENCE_MS })
    await step(handles, '登记处理', { choose: '立行立改', note: '当场补办' })
    await step(handles, '反馈评价人', { note: '已告知结果' })

    await step(heads, '邀请评价答复')
    const passedOn = heads.locator('.address')
    await passedOn.waitFor({ timeout: PATIENCE_MS })
    expect(await axeFinds(heads)).toEqual([])
    const address = /http\S+/.exec(await passedOn.innerText())?.[0] ?? ''
    await heads.getByRole('dialog').getByRole('button', { name: '关闭' }).click()
    await phone.goto('about:blank')
    await phone.goto(address)
    await phone.getByText('请您评价这次答复').waitFor({ timeout: PATIENCE_MS })
    await rate(phone, 0)
    await phone.goto('about:blank')
    await phone.goto(address)
    await level(phone).getByRole('button').first().click({ timeout: PATIENCE_MS })
    await phone.getByRole('button', { name: '提交评价' }).click()
    await phone.getByText('谢谢您的评价').waitFor({ timeout: PATIENCE_MS })

    await step(heads, '办结')
    await heads.getByText('已办结').first().waitFor({ timeout: PATIENCE_MS })
    await fitsEverySize(heads)
    await inEnglish(heads)
    await saysNoChinese(heads, 'h1, h2, dt, button:not(:has-text("中文"))', 5)
    expect(await axeFinds(heads)).toEqual([])
    for (const page of [phone, heads, handles]) await page.context().close()
  },
  TEST_MS,
)

/** One step of the first answer in the list: what is chosen and said, and confirmed. */
async function step(page: Page, name: string, said: { choose?: string; note?: string } = {}): Promise<void> {
  await page.getByRole('button', { name, exact: true }).first().click({ timeout: PATIENCE_MS })
  const dialog = page.getByRole('dialog')
  if (said.choose !== undefined)
    await dialog.locator('select').selectOption({ label: said.choose }, { timeout: PATIENCE_MS })
  if (said.note !== undefined) await dialog.locator('textarea').fill(said.note)
  await dialog.getByRole('button', { name: '确认', exact: true }).click({ timeout: PATIENCE_MS })
  await dialog.getByRole('button', { name: '确认', exact: true }).waitFor({ state: 'hidden', timeout: PATIENCE_MS })
}
