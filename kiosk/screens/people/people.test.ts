/** A new PIN takes two administrators: one proposes, another confirms, the person puts the halves together, changes it and works on. */

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ItemCard } from '../../../server/custody/protocol.ts'
import { type Demonstration, startDemonstration, VIEWPORT } from '../../journeys/demonstration.ts'
import { says } from '../../journeys/hands.ts'
import { launchBrowser } from '../../testing/browser.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const PATIENCE_MS = 45_000
const OFFICER = 'li-na'
const NEW_PIN = '830274'
const WRONG_TRIES = 5
const CHANGE = '给 李娜 重置工牌 PIN'

let demo: Demonstration
let browser: Browser
let system: Page
let security: Page
let first: string
let second: string

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

const proposal = (page: Page, words: string) => page.locator('[data-decides]', { hasText: words })

async function choose(page: Page, person: string): Promise<void> {
  await page.getByLabel('查找姓名、账号、工牌').fill(person)
  await page.locator(`button[data-person="${person}"]`).click()
  await says(page, '.person h2', demo.person(person).name)
}

async function halfOn(page: Page, which: 'first' | 'second'): Promise<string> {
  const shown = page.locator(`dialog [data-half="${which}"]`)
  await shown.waitFor()
  const text = await shown.innerText()
  await says(page, 'dialog', '只显示这一次')
  await page.keyboard.press('Escape')
  expect(await shown.isVisible()).toBe(true)
  await page.getByRole('button', { name: '我已交接清楚，关闭' }).click()
  await shown.waitFor({ state: 'detached' })
  expect(await page.content()).not.toContain(text)
  return text
}

test(
  'the system administrator proposes a new PIN, is shown one half, and cannot confirm it himself',
  async () => {
    system = await demo.open(browser, 'xu-system', '/manage/people')
    await choose(system, OFFICER)
    await says(system, '[data-secret="pin"]', '本人设定')
    expect(await system.getByRole('button', { name: '授予岗位' }).count()).toBe(0)
    await system.getByRole('button', { name: '重置口令或 PIN' }).click()
    await system.getByLabel('重置哪一个').selectOption('pin')
    await system.getByRole('button', { name: '提出，待确认' }).click()
    first = await halfOn(system, 'first')
    expect(first).toMatch(/^\d{6}$/)

    await says(system, '[data-decides]', CHANGE)
    await says(system, '[data-decides]', '许系（角色：系统管理员）')
    await says(system, '[data-decides]', '您提出的，须由另一类管理员确认')
    expect(await proposal(system, CHANGE).getByRole('button', { name: '确认办理' }).count()).toBe(0)
    const id = await proposal(system, CHANGE).getAttribute('data-decides')
    expect(await demo.post('xu-system', `/api/proposals/${id}/confirm`, {})).toMatchObject({
      status: 403,
      body: { code: 'org.same-role' },
    })
  },
  TEST_MS,
)

test(
  'the security administrator sees what exactly, confirms, and is shown the other half',
  async () => {
    security = await demo.open(browser, 'an-security', '/manage/people')
    await proposal(security, CHANGE).getByRole('button', { name: '确认办理' }).click()
    second = await halfOn(security, 'second')
    expect(second).toMatch(/^\d{6}$/)
    expect(second).not.toBe(first)
    await proposal(security, CHANGE).waitFor({ state: 'detached' })
    await proposal(system, CHANGE).waitFor({ state: 'detached' })
    await says(system, '[data-secret="pin"]', '一次性，待本人修改')
  },
  TEST_MS,
)

test(
  'the officer signs in at the desk with both halves, must change the PIN before anything is drawn, and works on',
  async () => {
    const context = await browser.newContext({ viewport: VIEWPORT, locale: 'zh-CN' })
    context.setDefaultTimeout(PATIENCE_MS)
    const officer = await context.newPage()
    const refused: number[] = []
    officer.on('response', (response) => {
      if (response.status() === 403) refused.push(response.status())
    })
    await officer.goto(`${demo.url}/desk`)
    await officer.getByLabel('工牌', { exact: true }).fill(demo.person(OFFICER).badge)
    await officer.getByLabel('PIN', { exact: true }).fill(`${first}${second}`)
    await officer.getByRole('button', { name: '登录', exact: true }).click()
    await says(officer, 'form h2', '请把一次性 PIN 改成只有您知道的 PIN')
    expect(await officer.locator('input[name="old"]').count()).toBe(0)
    await officer.locator('input[name="secret"]').fill(NEW_PIN)
    await officer.locator('input[name="again"]').fill(NEW_PIN)
    await officer.getByRole('button', { name: '修改 PIN' }).click()
    await officer.locator('tbody tr').first().waitFor()
    expect(refused).toEqual([])
    await context.close()
  },
  TEST_MS,
)

test(
  'all of it stands in the register of the organisation, and none of the secrets',
  async () => {
    const { registers } = await demo.get<{ registers: { id: string; size: number }[] }>('ji-audit', '/api/registers')
    const size = registers.find(({ id }) => id === 'org')?.size ?? 0
    const { entries } = await demo.get<{ entries: { entry: string }[] }>(
      'ji-audit',
      `/api/registers/org/entries?after=${size - 4}&limit=4`,
    )
    const told = entries.map(({ entry }) => JSON.parse(entry) as { type: string; actor: string })
    expect(told.map(({ type, actor }) => [type, actor])).toEqual([
      ['org.change-proposed', 'xu-system'],
      ['org.change-confirmed', 'an-security'],
      ['org.secret-dealt', 'an-security'],
      ['org.secret-changed', OFFICER],
    ])
    for (const secret of [first, second, NEW_PIN]) expect(JSON.stringify(entries)).not.toContain(`"${secret}`)
  },
  TEST_MS,
)

test(
  'what the server refuses is said where it was asked for',
  async () => {
    await choose(security, OFFICER)
    await security.getByRole('button', { name: '发放工牌' }).click()
    await security.locator('dialog input[name="badge"]').fill(demo.person('wang-qiang').badge)
    await security.getByRole('button', { name: '提出，待确认' }).click()
    await says(security, 'dialog [role="alert"]', 'org.badge-taken')
    await says(security, 'dialog [role="alert"]', '请先收回原工牌，或换一张')
    await security.getByRole('button', { name: '取消' }).click()

    const officer = await demo.open(browser, 'zhang-wei', '/manage/people')
    await says(officer, 'main', '您目前的岗位不能办理此事')
    expect(await officer.locator('.manage').count()).toBe(0)
    await officer.context().close()
  },
  TEST_MS,
)

test(
  'whoever ran out of tries is seen to be shut out, and the security administrator lets him try again',
  async () => {
    const { badge } = demo.person('wang-qiang')
    for (let tries = 0; tries < WRONG_TRIES; tries += 1)
      await fetch(`${demo.url}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ badge, pin: '999999' }),
      })
    for (const page of [system, security]) {
      await page.getByRole('button', { name: '刷新' }).click()
      await choose(page, 'wang-qiang')
      await says(page, '[data-lock="pin"]', '登录已暂停')
    }
    expect(await system.getByRole('button', { name: '解除暂停' }).count()).toBe(0)
    await security.getByRole('button', { name: '解除暂停' }).click()
    await security.locator('dialog').getByRole('button', { name: '解除暂停' }).click()
    await security.locator('[data-lock="pin"]').waitFor({ state: 'detached' })
    await system.locator('[data-lock="pin"]').waitFor({ state: 'detached' })
  },
  TEST_MS,
)

test(
  'a post given by two and ended by one leaves both dates on the screen',
  async () => {
    await choose(security, 'wu-xia')
    await security.getByRole('button', { name: '授予岗位' }).click()
    await security.locator('dialog').getByLabel('岗位').selectOption('manager')
    await security.getByLabel('所属单位或库房').selectOption('hall-1')
    await security.getByRole('button', { name: '提出，待确认' }).click()
    const words = '任命 吴霞 为云州市办税服务厅的部门负责人'
    await proposal(system, words).getByRole('button', { name: '确认办理' }).click()
    await proposal(security, words).waitFor({ state: 'detached' })
    const posts = security.locator('.person section[aria-label="岗位"] li')
    const held = posts.filter({ hasText: '部门负责人' }).filter({ hasText: '起' })
    await held.getByRole('button', { name: '终止岗位' }).click()
    await security.locator('dialog').getByRole('button', { name: '终止岗位' }).click()
    await posts.filter({ hasText: '部门负责人' }).filter({ hasText: '至' }).waitFor()
    expect(await held.count()).toBe(0)
  },
  TEST_MS,
)

test(
  'the name of who was stopped is erased by two on a ground, and stands as erased from then on',
  async () => {
    const { name } = demo.person('zheng-kai')
    await choose(system, 'zheng-kai')
    await system.getByRole('button', { name: '停用', exact: true }).click()
    await system.locator('dialog').getByRole('button', { name: '停用', exact: true }).click()
    await choose(security, 'zheng-kai')
    await security.getByRole('button', { name: '依法删除姓名' }).click()
    await security.getByLabel('依据（个人信息保护法第四十七条）').selectOption('period-over')
    const number = security.locator('dialog input[name="document"]')
    await number.fill('经同意')
    await says(security, 'dialog', '4 至 40 个字，须含数字，不含空格')
    expect(await security.getByRole('button', { name: '提出，待确认' }).isDisabled()).toBe(true)
    await number.fill('云纪办〔2026〕12号')
    await security.getByRole('button', { name: '提出，待确认' }).click()
    const words = `依法删除 ${name} 的姓名（保存期限已届满，云纪办〔2026〕12号）`
    await proposal(system, words).getByRole('button', { name: '确认办理' }).click()
    for (const page of [system, security]) {
      await says(page, '.person h2', '姓名已依法删除')
      await says(page, '.person', '保存期限已届满 · 云纪办〔2026〕12号')
      await says(page, 'button[data-person="zheng-kai"]', '已依法删除')
      expect(await page.getByRole('button', { name: '启用', exact: true }).count()).toBe(0)
      await page.locator('main').filter({ hasNotText: name }).waitFor()
    }
  },
  TEST_MS,
)

test(
  'what was said of a holder is erased by two administrators, for the items of the decision',
  async () => {
    const [item] = await demo.itemsOf('云监立〔2026〕5号')
    const code = item?.code ?? ''
    const card = () => demo.get<ItemCard>('zhang-wei', `/api/items/${code}`)
    expect((await card()).heldBefore.name).toBe('持有人')
    await security.getByRole('button', { name: '依法删除登记、签名、文书内容' }).click()
    const dialog = security.locator('dialog[open]')
    await dialog.getByLabel('物品编码').fill(`${code.slice(0, 6)}`)
    await says(security, 'dialog', '物品编码为 W 开头的 14 位字母和数字')
    await dialog.getByLabel('物品编码').fill(code.toLowerCase())
    await dialog.getByLabel('删除谁的内容').selectOption('holder')
    await dialog.getByLabel('依据（个人信息保护法第四十七条）').selectOption('ordered')
    await dialog.locator('input[name="document"]').fill('云纪办〔2026〕13号')
    await dialog.getByRole('button', { name: '提出，待确认' }).click()
    const words = `依法删除 ${code} 的持有人内容（主管部门责令删除，云纪办〔2026〕13号）`
    await proposal(system, words).getByRole('button', { name: '确认办理' }).click()
    await expect.poll(async () => (await card()).heldBefore.name).toBe('已依法删除 (erased)')
  },
  TEST_MS,
)
