/** 发还: what was typed for the first receiver, and who signed beside it, does not stand ready for the next; and a seal is looked at on the way out. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { says } from '../../journeys/hands.ts'
import type { ItemCard } from '../../../server/custody/protocol.ts'
import { launchBrowser } from '../../testing/browser.ts'
import { fitsEverySize } from '../../testing/every-size.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const CASE = '云纪立〔2026〕1号'
const [OFFICER, SIGNER, HEAD, CUSTODIAN] = ['zhang-wei', 'li-na', 'qian-lei', 'chen-jing'] as const

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
  'after one return is carried out the form asks anew by which paper, to whom and who signs',
  async () => {
    const [first = '', second = ''] = (await demo.itemsOf(CASE))
      .filter(({ custody, frozen, weight_mg, fetchedBy }) => {
        return custody.value === 'IN_STORE' && !frozen && weight_mg === null && fetchedBy === null
      })
      .map(({ code }) => code)
    const proposal = { items: [first, second], way: 'RETURN', destination: 'holder', ground: 'unrelated' }
    const asked = await demo.post(OFFICER, '/api/custody/propose-disposal', {
      ...{ ...proposal, suspectedCrime: false, opinion: '建议返还', foundAt: new Date().toISOString() },
    })
    expect(asked.status, JSON.stringify(asked.body)).toBeLessThan(300)
    const granted = await demo.post(HEAD, `/api/approvals/${String(asked.body['approval'])}/grant`, {})
    expect(granted.status, JSON.stringify(granted.body)).toBe(200)

    const page = await demo.open(browser, CUSTODIAN, `/desk/disposals/${String(asked.body['disposal'])}`)
    await says(page, 'label', `${first}`)
    await says(page, 'label', '（持有人）')
    await page.getByLabel(second).uncheck()
    const typed = {
      解除通知书文号: '解〔2026〕1号',
      接收人姓名: '持有人',
      证件及号码: '身份证 1',
      工牌: demo.person(SIGNER).badge,
      PIN: demo.person(SIGNER).pin,
    }
    await page.getByLabel('接收人身份').selectOption({ label: '原持有人本人' })
    // He bears the name of the holder: it stands ready, and goes again with another relation.
    expect(await page.getByLabel('接收人姓名').inputValue()).toBe('持有人')
    await page.getByLabel('接收人身份').selectOption({ label: '受委托人' })
    expect(await page.getByLabel('接收人姓名').inputValue()).toBe('')
    await page.getByLabel('接收人身份').selectOption({ label: '原持有人本人' })
    for (const [label, text] of Object.entries(typed)) await page.getByLabel(label).fill(text)
    await page.getByLabel('接收人已核对并在清单上签字').check()
    await page.getByRole('button', { name: '执行 1 件' }).click()
    await says(page, '.region', '已执行')
    await says(page, 'main', '执行记录')

    for (const label of Object.keys(typed)) expect(await page.getByLabel(label).inputValue(), label).toBe('')
    expect(await page.getByLabel('接收人已核对并在清单上签字').isChecked()).toBe(false)
    // What is left is chosen, and nobody can carry it out by what was said of the other.
    expect(await page.getByLabel(second).isChecked()).toBe(true)
    expect(await page.getByRole('button', { name: '执行 1 件' }).isDisabled()).toBe(true)
    await page.context().close()
  },
  TEST_MS,
)

test(
  'what is sealed goes by the notice that names it, only with its seal seen intact, and its life says so',
  async () => {
    const { code: sealed = '', weight_mg = null } =
      (await demo.itemsOf(CASE)).find(
        ({ custody, sealNumber, frozen, fetchedBy }) =>
          custody.value === 'IN_STORE' && sealNumber !== null && !frozen && fetchedBy === null,
      ) ?? {}
    expect(sealed, 'a sealed thing in the store').not.toBe('')
    const asked = await demo.post(OFFICER, '/api/custody/propose-disposal', {
      ...{ items: [sealed], way: 'RETURN', destination: 'holder', ground: 'unrelated', suspectedCrime: false },
      ...{ opinion: '建议返还', foundAt: new Date().toISOString() },
    })
    expect(asked.status, JSON.stringify(asked.body)).toBeLessThan(300)
    const granted = await demo.post(HEAD, `/api/approvals/${String(asked.body['approval'])}/grant`, {})
    expect(granted.status, JSON.stringify(granted.body)).toBe(200)

    const ahead = { paper: 'release-notice', of: String(asked.body['disposal']), part: `ahead/${sealed}` }
    const issued = await demo.post(OFFICER, '/api/papers', ahead)
    expect(issued.status, JSON.stringify(issued.body)).toBe(201)

    const page = await demo.open(browser, CUSTODIAN, `/desk/disposals/${String(asked.body['disposal'])}`)
    // Its holder was told by a notice already: its number stands ready.
    expect(await page.getByLabel('解除通知书文号').inputValue()).toBe(issued.body['number'])
    await says(page, 'main', '已出具的 F-11')
    await page.getByLabel('接收人身份').selectOption({ label: '原持有人本人' })
    await page.getByLabel('证件及号码').fill('身份证 1')
    await page.getByLabel('接收人已核对并在清单上签字').check()
    await page.getByLabel('工牌').fill(demo.person(SIGNER).badge)
    await page.getByLabel('PIN').fill(demo.person(SIGNER).pin)
    if (weight_mg !== null) {
      const grams = page.getByLabel(`${sealed} 重量（克）`)
      await grams.fill('82,4')
      await says(page, 'main', '须为大于零的克数')
      await grams.fill(String(weight_mg / 1_000))
    }
    const carryOut = page.getByRole('button', { name: '执行 1 件' })
    expect(await carryOut.isDisabled()).toBe(true)
    const seal = page.getByLabel(`${sealed} 封条`)
    await seal.selectOption('broken')
    await carryOut.click()
    await says(page, 'main', '与登记的封条状态不符')
    expect((await demo.get<ItemCard>(OFFICER, `/api/items/${sealed}`)).custodyStatus.value).toBe('IN_STORE')
    await fitsEverySize(page)

    expect(await page.getByLabel('PIN').inputValue()).toBe('')
    await page.getByLabel('PIN').fill(demo.person(SIGNER).pin)
    await seal.selectOption('intact')
    await carryOut.click()
    await says(page, '.region', '已执行')
    await page.goto(`${demo.url}/supervise/items/${sealed}`)
    await says(page, 'main', '封条完好')
    await says(page, 'main', '出自')
    await page.context().close()
  },
  TEST_MS,
)
