/** A system administrator takes a scale in, sees it weigh, moves it, mistypes its port; a scanner is unplugged; a printer and a beep are tried. */

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EmulatedScale, startScale } from '../../../devices/emulators/scale.ts'
import { type EmulatedSsiScanner, startSsiScanner } from '../../../devices/emulators/scanner-ssi.ts'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { says } from '../../journeys/hands.ts'
import { launchBrowser } from '../../testing/browser.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const HAN = /\p{Script=Han}/u

let demo: Demonstration
let browser: Browser
let scale: EmulatedScale
let gun: EmulatedSsiScanner
let page: Page

beforeAll(async () => {
  ;[demo, browser, scale, gun] = await Promise.all([
    startDemonstration(),
    launchBrowser(),
    startScale({ listen: 'tcp:0' }),
    startSsiScanner({ listen: 'tcp:0' }),
  ])
  page = await demo.open(browser, 'xu-system', '/manage/devices')
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
  await Promise.all([scale?.close(), gun?.close()])
}, START_MS)

const listed = (station: string, device: string, state: string): string =>
  `[data-station="${station}"] [data-device="${device}"][data-device-state="${state}"]`

async function add(station: string, kind: string, protocol: string, id: string, port: string): Promise<void> {
  await page.locator(`[data-add="${station}"]`).click()
  const form = page.getByTestId('device-form')
  await form.locator('select[name="kind"]').selectOption(kind)
  await form.locator('select[name="protocol"]').selectOption(protocol)
  await form.locator('input[name="id"]').fill(id)
  await form.locator('input[name="port"]').fill(port)
  await page.getByRole('button', { name: '保存' }).click()
  await form.waitFor({ state: 'detached' })
}

test(
  'a scale is added, is ready without a restart, weighs, and is moved to another station',
  async () => {
    await page.locator(listed('bench-1', 'scanner-1', 'ready')).waitFor()
    await add('desk-1', 'scale', 'mt-sics', 'scale-9', scale.address)
    await page.locator(listed('desk-1', 'scale-9', 'ready')).waitFor()
    scale.load(38_627)
    await page.getByRole('button', { name: '称重' }).click()
    await says(page, '[data-testid="order-answer"]', '38.627 克')
    await says(page, '[data-testid="last-reading"]', /S S +38\.627 g<CR>/)
    await says(page, '[data-testid="bytes"]', '38.627 克')

    await page.getByRole('button', { name: '移到其他工位' }).click()
    await page.locator('select[name="to"]').selectOption('bench-1')
    await page.locator('dialog').getByRole('button', { name: '移到其他工位' }).click()
    await page.locator(listed('bench-1', 'scale-9', 'ready')).waitFor()
    expect(await page.locator('[data-station="desk-1"] [data-device="scale-9"]').count()).toBe(0)
    await says(page, 'dt:text-is("所在工位") + dd, .one', '一号入库台')
  },
  TEST_MS,
)

test(
  'a mistyped port and a setting out of bounds are said at their own lines, and nothing is changed',
  async () => {
    await page.getByRole('button', { name: '修改设置' }).click()
    const form = page.getByTestId('device-form')
    const port = form.locator('input[name="port"]')
    await port.fill('tcp:/oops')
    await page.getByRole('button', { name: '保存' }).click()
    await says(page, '[data-testid="device-form"]', '设备 scale-9 的端口地址不对：tcp:/oops')
    await says(page, '[data-testid="device-form"]', '写法：serial:路径')
    expect(await port.getAttribute('aria-invalid')).toBe('true')
    const taken = (
      await demo.get<{ stations: { devices: { id: string; port: string }[] }[] }>('xu-system', '/api/stations')
    ).stations
      .flatMap(({ devices }) => devices)
      .find(({ id }) => id === 'scale-1')
    await port.fill(taken?.port ?? '')
    await page.getByRole('button', { name: '保存' }).click()
    await says(page, '[data-testid="device-form"]', '已用于 bench-1 的设备 scale-1')
    await page.getByRole('button', { name: '取消' }).click()
    await page.locator(listed('bench-1', 'scale-9', 'ready')).waitFor()
  },
  TEST_MS,
)

test(
  'the second of two administrators is told, and goes on from how it is now',
  async () => {
    await page.getByRole('button', { name: '修改设置' }).click()
    const { stations } = await demo.get<{ stations: { id: string; name: string; version: number }[] }>(
      'xu-system',
      '/api/stations',
    )
    const { id: _id, ...bench } = stations.find(({ id }) => id === 'bench-1') ?? { id: '', name: '', version: 0 }
    const status = await page.evaluate(
      async (settings) => {
        const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
        const body = JSON.stringify(settings)
        return (await fetch('/api/stations/bench-1', { method: 'PUT', headers, body })).status
      },
      { ...bench, name: '改名的台' },
    )
    expect(status).toBe(200)
    await page.getByRole('button', { name: '保存' }).click()
    await says(page, '[data-testid="device-form"]', '在您打开之后已被他人修改')
    const again = page.getByRole('button', { name: '查看现在的设置' })
    await again.click()
    await again.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByTestId('device-form').waitFor({ state: 'detached' })
    await says(page, 'h2', '改名的台')
  },
  TEST_MS,
)

test(
  'what a scanner reads is seen live, a badge never whole; its plug is pulled and put back',
  async () => {
    await page.locator('[data-device="scanner-1"]').click()
    await says(page, '.log', '正在接收')
    const [item] = (await demo.codes()).items
    await demo.emulate('scanner-1', { scan: item?.payload ?? '' })
    await says(page, '[data-testid="bytes"]', `${item?.payload ?? ''}<CR>`)
    const { badge } = demo.person('chen-jing')
    await demo.emulate('scanner-1', { scan: badge })
    await says(page, '[data-testid="bytes"]', `${badge.slice(-2)}<CR>`)
    await says(page, '[data-testid="last-reading"]', badge.slice(-2))
    expect(await page.content()).not.toContain(badge)

    await demo.emulate('scanner-1', { unplug: true })
    await page.locator(listed('bench-1', 'scanner-1', 'gone')).waitFor()
    await says(page, '.one', '请重新插好连接线，自动恢复')
    await demo.emulate('scanner-1', { replug: true })
    await page.locator(listed('bench-1', 'scanner-1', 'ready')).waitFor()
  },
  TEST_MS,
)

test(
  'a press that nobody asked for is said not to count; the pads of two counters hang on one plugged port in peace',
  async () => {
    await page.locator(listed('counter-2', 'keypad-2', 'ready')).click()
    await page.locator('[data-device="keypad-2"][aria-pressed="true"]').waitFor()
    await says(page, '.log', '正在接收')
    await demo.emulate('keypad-2', { press: 2 })
    await says(page, '[data-testid="bytes"]', '没有正在进行的评价，这次按键不计，也不保存')
    expect(await page.getByTestId('bytes').innerText()).not.toContain('68 82 11 02')
    const line = page.locator('[data-testid="plugged"] [data-port$="usb-keypads"]')
    await says(page, '[data-testid="plugged"]', 'counter-1 keypad-1 · counter-2 keypad-2')
    expect(await line.getAttribute('data-fought')).toBe('false')
  },
  TEST_MS,
)

test(
  'what is plugged in is listed as it comes and goes, and a second device on a taken port is said to fight for it',
  async () => {
    const plugged = page.locator('[data-testid="plugged"] [data-port$="usb-badge-1"]')
    await plugged.waitFor()
    await demo.emulate('badge-1', { unplug: true })
    await plugged.waitFor({ state: 'detached' })
    await demo.emulate('badge-1', { replug: true })
    await plugged.waitFor()
    const { ports } = await demo.get<{ ports: { port: string; leadsTo: string }[] }>('xu-system', '/api/devices/ports')
    const tty = ports.find(({ port }) => port.endsWith('usb-badge-1'))?.leadsTo ?? ''
    await add('desk-1', 'badge', 'line', 'badge-9', `serial:${tty}`)
    await says(page, '[data-testid="plugged"]', '争用：只有一台能打开')
    expect(await plugged.getAttribute('data-fought')).toBe('true')
    await page.getByRole('button', { name: '移除设备' }).click()
    await page.locator('dialog').getByRole('button', { name: '移除设备' }).click()
    await page.locator('[data-station="desk-1"] [data-device="badge-9"]').waitFor({ state: 'detached' })
    await says(page, '.one', '请在左侧选择一台设备')
  },
  TEST_MS,
)

test(
  'a test page comes out of the printer, and a scanner that can beep does',
  async () => {
    const before = (await demo.printed('printer-1')).length
    await page.locator('[data-device="printer-1"]').click()
    await page.getByRole('button', { name: '测试打印' }).click()
    await says(page, '[data-testid="order-answer"]', '已打印测试页')
    expect((await demo.printed('printer-1')).length).toBe(before + 1)

    await add('desk-1', 'scanner', 'ssi', 'gun', gun.address)
    await page.locator(listed('desk-1', 'gun', 'ready')).waitFor()
    await page.getByRole('button', { name: '提示音：不通过' }).click()
    await says(page, '[data-testid="order-answer"]', '已完成')
    expect(gun.state().beeps).toEqual(['1 long low'])

    await page.getByRole('button', { name: '移除设备' }).click()
    await page.locator('dialog').getByRole('button', { name: '移除设备' }).click()
    await page.locator('[data-station="desk-1"] [data-device="gun"]').waitFor({ state: 'detached' })
  },
  TEST_MS,
)

test(
  'a custodian sees the devices of his place and changes nothing; an officer is told that none are his; all in English too',
  async () => {
    const custodian = await demo.open(browser, 'chen-jing', '/manage/devices')
    await custodian.locator('[data-device="scanner-1"]').click()
    await says(custodian, '[data-testid="last-reading"]', /./)
    for (const name of ['添加设备', '修改设置', '移除设备', '测试打印'])
      expect(await custodian.getByRole('button', { name }).count()).toBe(0)
    expect(await custodian.getByTestId('bytes').count()).toBe(0)
    const officer = await demo.open(browser, 'zhang-wei', '/manage/devices')
    await says(officer, 'h2', '没有您可查看的工位')

    await page.getByRole('button', { name: 'English' }).click()
    await page.locator('html[lang="en"]').waitFor()
    await page.locator('[data-device="scanner-1"]').click()
    await page.locator('[data-add="bench-1"]').click()
    await page.locator('select[name="kind"]').selectOption('scanner')
    const spoken = 'button:not([data-device]), h3, dt, legend, label, option, [data-device] .state, .log > p'
    const said = await page.locator(`:is(${spoken}):visible:not([lang="zh-CN"])`).allInnerTexts()
    expect(said.length).toBeGreaterThan(20)
    expect(said.filter((text) => HAN.test(text) && text !== '中文')).toEqual([])
  },
  TEST_MS,
)
