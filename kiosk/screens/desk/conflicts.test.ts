/** What benches recorded without their server: all of it is shown, and a form only to who may settle it. */

import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDoor } from '../../../server/act.ts'
import { readConfig } from '../../../server/config.ts'
import { inTransaction } from '../../../server/database/connect.ts'
import { visitDatabase } from '../../../server/database/open.ts'
import { quietLog } from '../../../server/database/testing.ts'
import { SYSTEM } from '../../../server/module.ts'
import { loadKeys } from '../../../server/keys.ts'
import { modules } from '../../../server/modules.ts'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { says } from '../../journeys/hands.ts'
import { launchBrowser } from '../../testing/browser.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const ROWS = 3
const CUSTODIAN = 'chen-jing'
/** Heads the department that keeps the store. */
const HEAD = 'guo-tao'
const SUPERVISOR = 'zhou-ping'

let demo: Demonstration
let browser: Browser
let page: Page

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
  await noteConflicts()
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

/** As a server beside the demonstration's own notes them, when what a bench recorded can no longer be. */
async function noteConflicts(): Promise<void> {
  const { items, locations, lists } = await demo.codes()
  const dataDir = join(demo.dataDir, 'demo')
  const { pepper } = await loadKeys(dataDir, { hasRegisters: true })
  const { db, close } = await visitDatabase(readConfig({ DATA_DIR: dataDir }), { log: quietLog })
  const door = openDoor({ db, modules, causeKey: pepper, hash: 'sha256', now: () => new Date().toISOString() })
  const commands = Array.from({ length: ROWS }, (_, nth) => ({
    ...{ type: 'custody.offline-conflict', conflict: `bench-pc.1.${nth + 1}`, store: 'store-1' },
    ...{ list: lists[0]?.payload, item: items[nth]?.code, location: locations[0]?.payload, weight_mg: null },
    ...{ custodian: CUSTODIAN, code: 'custody.wrong-order', why: { zh: '已被入库', en: 'taken in already' } },
  }))
  try {
    const who = { person: SYSTEM, station: { id: 'bench-1', place: 'store-1' } }
    await inTransaction(db, async (trx) => {
      for (const command of commands) await door.actWithin(trx, who, command, { cause: `agent:${command.conflict}` })
    })
  } finally {
    await close()
  }
}

/** The page of conflicts as somebody, with its first rows. */
async function open(person: string): Promise<Page> {
  const opened = await demo.open(browser, person, '/desk/conflicts')
  await opened.locator('main li[data-state="refused"]').first().waitFor()
  return opened
}

const rows = () => page.locator('main li[data-state="refused"]')
const forms = () => page.locator('main form')

test(
  'the head of the keeping department sees all, and says what came of what the only other custodian had recorded',
  async () => {
    page = await open(HEAD)
    expect(await rows().count()).toBe(ROWS)
    expect(await forms().count()).toBe(ROWS)
    const [first] = await rows().allInnerTexts()
    expect(first).toContain('已被入库')
    await forms().first().getByRole('textbox').fill('实物在保险柜，账实相符')
    await forms().first().getByRole('button', { name: '已核对' }).click()
    await says(page, '[role="status"]', '已写入台账')
    await rows()
      .nth(ROWS - 1)
      .waitFor({ state: 'detached' })
    expect(await forms().count()).toBe(ROWS - 1)
    await page.context().close()
  },
  TEST_MS,
)

test(
  'who had signed on at the bench, and who only watches, gets no form',
  async () => {
    page = await open(CUSTODIAN)
    await says(page, 'main li', '须由本库另一名保管人员或保管部门负责人核对')
    expect(await forms().count()).toBe(0)
    await page.context().close()
    page = await open(SUPERVISOR)
    await says(page, 'main li', '由本库保管人员或保管部门负责人核对')
    expect(await forms().count()).toBe(0)
    await page.context().close()
  },
  TEST_MS,
)
