/** What a supervisor must not overlook stands first on his screen: faults of registers, and what was done at the machine alone. */

import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { says } from '../../journeys/hands.ts'
import { launchBrowser } from '../../testing/browser.ts'
import type { ListedRegisters } from './registers.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const LOOK_AGAIN_MS = 500
const ADMIN = join(import.meta.dirname, '..', '..', '..', 'server', 'cli', 'admin.ts')
const REASON = '系统管理员和安全管理员同时住院'
const FAULT = { register: 'unit.dept-1', seq: 17, what: { zh: '哈希与内容不符', en: 'the hash is not of the text' } }

let demo: Demonstration
let browser: Browser
let watch: Page

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

test(
  'the check of everything is told with its end and what it held',
  async () => {
    for (let state = ''; state !== 'done'; await pause(LOOK_AGAIN_MS))
      ({
        check: { state },
      } = await demo.get<ListedRegisters>('zhou-ping', '/api/registers'))
    watch = await demo.open(browser, 'zhou-ping', '/supervise')
    await says(watch, '[data-check="done"]', '全部相符')
    expect(await watch.locator('.alert').count()).toBe(0)
  },
  TEST_MS,
)

test(
  'what the operator did at the machine alone is on the screen at once, with his reason',
  async () => {
    const env = { ...process.env, DATA_DIR: join(demo.dataDir, 'demo') }
    const run = (...args: string[]) =>
      promisify(execFile)(process.execPath, [ADMIN, ...args], { env, timeout: TEST_MS })
    await expect(run('reset', 'li-na')).rejects.toMatchObject({
      stderr: expect.stringContaining('--break-glass') as string,
    })
    await run('reset', 'li-na', '--break-glass', REASON)
    await says(watch, '.alert[data-state=attention]', '未经两类管理员而在服务器上办理')
    await says(watch, '.alert[data-state=attention]', '重置了 李娜 的口令和 PIN')
    await says(watch, '.alert[data-state=attention]', REASON)
  },
  TEST_MS,
)

test(
  'a fault that the check found stands first, in the colour of faults, with register, entry and words',
  async () => {
    await watch.route('**/api/registers?*', async (route) => {
      const answer = await route.fetch()
      const listed = (await answer.json()) as ListedRegisters
      await route.fulfill({ response: answer, json: { ...listed, check: { ...listed.check, faults: [FAULT] } } })
    })
    await watch.getByRole('button', { name: '刷新' }).click()
    for (const place of ['.alert[data-state=fault]', '[data-check]']) {
      await says(watch, `${place}[data-state="fault"]`, '第一审查调查室 第 17 条')
      await says(watch, `${place}[data-state="fault"]`, FAULT.what.zh)
    }
    await says(watch, '.alert[data-state=fault] h2', '台账校验发现 1 处不符')
    expect(await watch.locator('.content > *').first().getAttribute('data-state')).toBe('fault')
  },
  TEST_MS,
)
