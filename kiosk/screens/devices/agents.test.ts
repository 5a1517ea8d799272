/** A PC is let in by its code, lends its ports to a device, is away and back with what waits, and is put out. */

import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EmulatedKeypadBus, startKeypadBus } from '../../../devices/emulators/keypad.ts'
import { type EmulatedScanner, startScanner } from '../../../devices/emulators/scanner.ts'
import { AgentProcess } from '../../../server/agents/testing-process.ts'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { says } from '../../journeys/hands.ts'
import { launchBrowser } from '../../testing/browser.ts'
import { fitsEverySize, inEnglish, saysNoChinese } from '../../testing/every-size.ts'
import { agentIn, commandOf, isClockOff } from './agents.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const PC = 'hall-pc'

let demo: Demonstration
let browser: Browser
let scanner: EmulatedScanner
let pads: EmulatedKeypadBus
let folder: string
let page: Page
let agent: AgentProcess

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clearhold-agents-page-'))
  await mkdir(join(folder, 'dev/serial/by-id'), { recursive: true })
  ;[demo, browser, scanner, pads] = await Promise.all([
    startDemonstration(),
    launchBrowser(),
    startScanner({ listen: `pty:${join(folder, 'dev/ttyUSB0')}` }),
    startKeypadBus({ listen: 'tcp:0' }),
  ])
  await symlink(join(folder, 'dev/ttyUSB0'), join(folder, 'dev/serial/by-id/usb-hall-scanner'))
  page = await demo.open(browser, 'xu-system', '/manage/agents')
}, START_MS)

afterAll(async () => {
  if (agent?.child.exitCode === null && agent.child.signalCode === null) await agent.kill()
  await browser?.close()
  await demo?.stop()
  await scanner?.close()
  await pads?.close()
  await rm(folder, { recursive: true })
}, START_MS)

const listed = (state: string): string => `[data-agent="${PC}"][data-agent-state="${state}"]`
const start = (...more: string[]): AgentProcess =>
  new AgentProcess(join(folder, 'data'), ['--server', demo.url, '--devices', join(folder, 'dev'), ...more])

test(
  'a PC is given a name, comes with its code, and is seen to come',
  async () => {
    await says(page, 'h2', '还没有外接电脑')
    await page.getByRole('button', { name: '登记电脑' }).click()
    const name = page.getByTestId('invite-agent').locator('input[name="agent"]')
    await name.fill('大厅')
    expect(await page.getByRole('button', { name: '生成登记码' }).isDisabled()).toBe(true)
    await name.fill(PC)
    await page.getByRole('button', { name: '生成登记码' }).click()
    const code = await page.getByTestId('agent-code').innerText()
    expect(code).toMatch(/^hall-pc:[0-9A-Z-]{14}$/)
    expect(await page.getByTestId('agent-command').innerText()).toBe(commandOf(demo.url, code))
    await says(page, '[data-testid="agent-came"]', '等待这台电脑登记')
    await page.locator(listed('invited')).waitFor()
    agent = start('--enrol', code)
    await says(page, '[data-testid="agent-came"]', '这台电脑已登记并连接')
    await page.getByRole('button', { name: '关闭' }).click()
    await page.locator(listed('joined')).waitFor()
    await says(page, '.one', '不到 1 秒')
  },
  TEST_MS,
)

test(
  'a device is added to a port of that PC from the list, works, and stands with the PC',
  async () => {
    await page.getByRole('button', { name: '全部设备' }).click()
    await page.locator('[data-add="desk-1"]').click()
    const form = page.getByTestId('device-form')
    await form.locator('select[name="kind"]').selectOption('scanner')
    await form.locator('input[name="id"]').fill('far-scanner')
    await form.locator('select[name="machine"]').selectOption(PC)
    const port = form.locator('[data-testid="plugged"] [data-port$="usb-hall-scanner"]')
    await port.getByRole('button', { name: '使用此端口' }).click()
    const address = `agent:${PC}/serial:${join(folder, 'dev/serial/by-id/usb-hall-scanner')}`
    expect(await form.locator('input[name="port"]').inputValue()).toBe(address)
    await page.getByRole('button', { name: '保存' }).click()
    await page.locator('[data-station="desk-1"] [data-device="far-scanner"][data-device-state="ready"]').waitFor()
    // Set up again, the form knows where it hangs, and that the port is taken.
    await page.getByRole('button', { name: '修改设置' }).click()
    expect(await form.locator('select[name="machine"]').inputValue()).toBe(PC)
    await says(page, '[data-testid="device-form"] [data-testid="plugged"]', 'desk-1 far-scanner')
    await page.getByRole('button', { name: '取消' }).click()
    await page.getByRole('button', { name: '外接电脑' }).click()
    await page.locator(`[data-agent="${PC}"]`).click()
    await says(page, '[data-testid="agent-devices"]', 'desk-1 far-scanner')
  },
  TEST_MS,
)

test(
  'a keypad is added behind that PC like any other device',
  async () => {
    await page.getByRole('button', { name: '全部设备' }).click()
    await page.locator('[data-add="counter-1"]').click()
    const form = page.getByTestId('device-form')
    await form.locator('select[name="kind"]').selectOption('keypad')
    await form.locator('input[name="id"]').fill('far-pad')
    await form.locator('select[name="machine"]').selectOption(PC)
    await form.locator('input[name="port"]').fill(`agent:${PC}/${pads.address}`)
    await page.getByRole('button', { name: '保存' }).click()
    await page.locator('[data-station="counter-1"] [data-device="far-pad"][data-device-state="ready"]').waitFor()
    await page.getByRole('button', { name: '外接电脑' }).click()
    await page.locator(`[data-agent="${PC}"]`).click()
    await says(page, '[data-testid="agent-devices"]', 'counter-1 far-pad')
  },
  TEST_MS,
)

test(
  'away it is said to be away; what it read meanwhile waits, is told when it is back, and arrives',
  async () => {
    await agent.kill()
    await page.locator(listed('away')).waitFor()
    await says(page, '[data-testid="agent-devices"]', '已断开')
    await says(page, '.one', '未连接，不知道')
    agent = start()
    await page.locator(listed('joined')).waitFor()
    await agent.deviceReady('far-scanner')
    await scanner.scan('FAR-1')
    await says(page, '.one', '1 条')
  },
  TEST_MS,
)

test(
  'every size holds it, in both languages, with nothing beyond the edge',
  async () => {
    await fitsEverySize(page)
    await inEnglish(page)
    await page.locator(`[data-agent="${PC}"]`).click()
    const spoken = 'main button, main h2, main h3, main dt, main dd, main .soft, main .state'
    await saysNoChinese(page, spoken, 10)
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.getByRole('button', { name: '中文' }).click()
  },
  TEST_MS,
)

test(
  'only administrators change anything; a security administrator puts it out, and it is out',
  async () => {
    const officer = await demo.open(browser, 'zhang-wei', '/manage/agents')
    await officer.locator(`[data-agent="${PC}"]`).click()
    for (const name of ['登记电脑', '重新登记', '吊销'])
      expect(await officer.getByRole('button', { name }).count()).toBe(0)
    await officer.context().close()
    const { people } = await demo.get<{ people: { id: string; posts: string[] }[] }>('xu-system', '/api/demo')
    const security = people.find(({ posts }) => posts.includes('security-admin'))?.id ?? ''
    const guard = await demo.open(browser, security, '/manage/agents')
    await guard.locator(`[data-agent="${PC}"]`).click()
    expect(await guard.getByRole('button', { name: '重新登记' }).count()).toBe(0)
    await guard.getByRole('button', { name: '吊销' }).click()
    await guard.locator('dialog').getByRole('button', { name: '吊销' }).click()
    await page.locator(listed('revoked')).waitFor()
    await agent.saw('refused')
    expect(agent.of('refused').at(-1)?.code).toBe('agents.revoked')
  },
  TEST_MS,
)

test('a clock is off by more than a minute, either way; a port says whose it is', () => {
  expect([null, 0, 60_000, 60_001, -60_001].map(isClockOff)).toEqual([false, false, false, true, true])
  expect(['serial:/dev/ttyS0', 'agent:hall-pc/serial:/dev/ttyS0', 'agent:Hall/tcp://h:1'].map(agentIn)).toEqual([
    null,
    'hall-pc',
    null,
  ])
})
