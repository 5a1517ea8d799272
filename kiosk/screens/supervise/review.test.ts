/** 复查 at the page of an item: asked for against a decision, decided by the superior organ's document, shown with its number. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseAccount } from '../../../server/custody/protocol.ts'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { says } from '../../journeys/hands.ts'
import { launchBrowser } from '../../testing/browser.ts'
import { fitsEverySize, inEnglish } from '../../testing/every-size.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const CASE = '云监立〔2026〕2号'

let demo: Demonstration
let browser: Browser

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

test(
  'the decision of a review is entered with the organ above and the number of its document, and stands on the page',
  async () => {
    const account = await demo.get<CaseAccount>('zhang-wei', `/api/cases/${encodeURIComponent(CASE)}`)
    const of = account.items.find(({ custody, disputed }) => custody.value === 'IN_STORE' && !disputed)
    if (of === undefined) throw new Error('nothing of the case is in store')
    const items = [of.code]
    const complaint = { items, ground: 'misused', note: '被违规使用' }
    const does = async (person: string, act: string, body: object): Promise<void> => {
      const done = await demo.post(person, `/api/custody/${act}`, body)
      expect(done.status, JSON.stringify(done)).toBe(200)
    }
    await does('zhou-ping', 'complain', complaint)
    await does('qian-lei', 'decide-complaint', { items, upheld: false, conclusion: '不属实' })
    await does('zhou-ping', 'complain', { ...complaint, review: true })
    const page = await demo.open(browser, 'zhou-ping', `/supervise/items/${of.code}`)
    await says(page, 'main', '申诉复查中')
    await page.getByRole('button', { name: '处理申诉' }).click()
    await page.getByLabel('处理决定').selectOption('upheld')
    await page.getByLabel('理由和处理意见').fill('复查认定属实')
    const enter = page.getByRole('dialog').getByRole('button', { name: '处理申诉' })
    expect(await enter.isDisabled()).toBe(true)
    await page.getByLabel('作出复查决定的上级机关').fill('云州市监察委员会')
    await page.getByLabel('复查决定书文号').fill('云监复〔2026〕3号')
    await fitsEverySize(page)
    await enter.click()
    await says(page, 'main', '复查决定：申诉成立')
    await says(page, 'main', '云监复〔2026〕3号')
    await fitsEverySize(page)
    await inEnglish(page)
    await says(page, 'main', 'Reviewed: upheld')
    await fitsEverySize(page)
    await page.context().close()
  },
  TEST_MS,
)
