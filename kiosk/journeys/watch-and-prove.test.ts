/** Journey 6: a supervisor scans a label, sees the life of the item, and proves on his own that nothing was altered. */

import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Browser, Download, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ItemCode } from '../../server/demo/protocol.ts'
import { launchBrowser } from '../testing/browser.ts'
import { ENTER, keysOf, strike } from '../testing/keyboard.ts'
import { type Demonstration, startDemonstration } from './demonstration.ts'
import { row, says } from './hands.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const CASE = '云监立〔2026〕2号'
const ITEM = '百达翡丽手表'
const REGISTER = 'unit.dept-1'
const WEDGE_GAP_MS = 8
const ROOT = join(import.meta.dirname, '..', '..')

interface Chain {
  readonly entries: readonly {
    readonly register: string
    readonly seq: number
    readonly type: string
    readonly at: string
    readonly recordedAt: string
  }[]
}

let demo: Demonstration
let browser: Browser
let page: Page
let item: ItemCode
let folder = ''
let exported = ''
let checkpoint = ''
/** How many entries it covers. */
let signed = 0
let publicKey = ''

beforeAll(async () => {
  ;[demo, browser, folder] = await Promise.all([
    startDemonstration(),
    launchBrowser(),
    mkdtemp(join(tmpdir(), 'clearhold-proof-')),
  ])
  const found = (await demo.itemsOf(CASE)).find(({ name }) => name === ITEM)
  if (found === undefined) throw new Error(`${CASE} has no ${ITEM}`)
  item = found
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
  await rm(folder, { recursive: true, force: true })
}, START_MS)

test(
  'a label scanned by a keyboard-wedge scanner, wherever the focus is, opens the life of its item',
  async () => {
    page = await demo.open(browser, 'zhou-ping', '/supervise')
    const finding = page.getByLabel('查找物品、案件、清单、库位')
    await finding.fill('金条')
    await strike(page, [...keysOf(item.payload), ENTER], WEDGE_GAP_MS)
    await page.waitForURL(`${demo.url}/supervise/items/${item.code}`)
    await says(page, 'article h2', ITEM)
    await says(page, 'article .axes', '调用')
  },
  TEST_MS,
)

test(
  'the life shows what happened, with photos, people, places and both times',
  async () => {
    const chain = await demo.get<Chain>('zhou-ping', `/api/items/${item.code}/chain`)
    const life = page.getByRole('list', { name: '流转经过' })
    await life.waitFor()
    const titles = await life.locator('h3').allInnerTexts()
    expect(titles).toEqual(['登记', '登记录音录像', '拍照 4 张', '提交移交', '移交入库', '批准调用', '调用出库'])
    const text = await life.innerText()
    for (const word of ['张伟', '李娜', '陈静', '孙博', '涉案财物一号库', '贵重柜', item.sealNumber ?? ''])
      expect(text).toContain(word)
    // Where it was taken may be somebody's home: the card says it, no register does.
    expect(text).not.toContain('云州市城东区')
    await page.getByText('登记内容', { exact: true }).click()
    await page
      .locator('main')
      .getByText(/云州市城东区/)
      .waitFor()
    const shown = await life.locator('time').evaluateAll((all) => all.map((one) => one.getAttribute('datetime')))
    // Photos of one round are one event, at the time of one of them.
    const round = chain.entries.filter(({ type }) => type === 'custody.photo-added').map(({ at }) => at)
    expect(shown.some((at) => round.includes(at ?? ''))).toBe(true)
    for (const { register, seq, at, recordedAt } of chain.entries) {
      expect(await life.innerText()).toContain(`${register}`)
      if (!round.includes(at)) expect(shown, `${register}/${seq} happened at ${at}`).toContain(at)
      expect(Date.parse(recordedAt)).toBeGreaterThanOrEqual(Date.parse(at))
    }
    const photo = life.locator('img').first()
    await photo.waitFor()
    await expect
      .poll(() => photo.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth), {
        timeout: TEST_MS / 4,
      })
      .toBeGreaterThan(100)
    const holders = page.locator('.legend li')
    expect(await holders.locator('strong').allInnerTexts()).toEqual(['第一审查调查室', '涉案财物一号库', '张伟'])
  },
  TEST_MS,
)

test(
  'the chain is recomputed and whole',
  async () => {
    await says(page, '.proof[data-state="ok"] h2', '流转记录完整')
    await page.getByRole('button', { name: '重新核对' }).click()
    await says(page, '.proof[data-state="ok"] .again', '核对于')
    await says(page, 'section', '首尾相接，没有间断')
  },
  TEST_MS,
)

test(
  'the export and a signed checkpoint of a register are downloaded through the page',
  async () => {
    await page.getByRole('button', { name: '监督', exact: true }).click()
    await row(page, REGISTER).click()
    await says(page, '.detail', '最后一条')
    const size = Number(/\d+$/.exec((await row(page, REGISTER).locator('td').nth(2).innerText()).trim())?.[0])
    await page.getByRole('button', { name: '签署检查点' }).click()
    const link = page.getByRole('link', { name: `${REGISTER}.checkpoint` })
    await link.waitFor()
    // Others work on: what is saved is what was signed, and the export that follows holds all of it.
    const opened = await demo.post('zhang-wei', '/api/cases', {
      ...{ number: '云监立〔2026〕87号', title: '某案', track: 'SUPERVISION', unit: 'dept-1' },
      officers: ['zhang-wei', 'li-na'],
    })
    expect(opened.status).toBe(201)
    checkpoint = await saved(() => link.click())
    signed = Number((await readFile(checkpoint, 'utf8')).split('\n')[1])
    await says(page, '.detail', String(signed))
    exported = await saved(() => page.getByRole('link', { name: `${REGISTER}.jsonl` }).click())
    publicKey = /--key "([^"]+)"/.exec(await page.locator('.detail pre').innerText())?.[1] ?? ''
    expect(signed).toBeGreaterThanOrEqual(size)
    expect((await readFile(exported, 'utf8')).trimEnd().split('\n').length).toBeGreaterThan(signed)
  },
  TEST_MS,
)

test(
  'the verifier, a program of its own, finds the export intact under the key and the checkpoint',
  async () => {
    const { code, said } = await verify([exported, '--key', publicKey, '--checkpoint', checkpoint])
    expect(said).toContain(`前 ${signed} 条正是`)
    expect(said).toContain('检查点之后的')
    expect(said).toContain('✓ 所查各项相符')
    expect(code).toBe(0)
  },
  TEST_MS,
)

test(
  'one changed byte is found, and the entry is named',
  async () => {
    const lines = (await readFile(exported, 'utf8')).split('\n')
    const at = lines.findIndex((line) => line.includes('custody.photo-added'))
    const line = lines[at] ?? ''
    const { seq } = JSON.parse((JSON.parse(line) as { entry: string }).entry) as { seq: number }
    const altered = line.replace(/(?<=\\"at\\":\\"20)\d/, (digit) => String((Number(digit) + 1) % 10))
    expect(altered).not.toBe(line)
    expect(altered).toHaveLength(line.length)
    const file = join(folder, 'altered.jsonl')
    await writeFile(file, lines.with(at, altered).join('\n'))
    const { code, said } = await verify([file, '--key', publicKey, '--checkpoint', checkpoint])
    expect(code).toBe(1)
    expect(said).toContain(`✗ ${REGISTER} seq ${seq}`)
  },
  TEST_MS,
)

test(
  'a truncated export does not fit the checkpoint',
  async () => {
    const lines = (await readFile(exported, 'utf8')).trimEnd().split('\n')
    const file = join(folder, 'short.jsonl')
    await writeFile(file, `${lines.slice(0, signed).join('\n')}\n`)
    const { code, said } = await verify([file, '--key', publicKey, '--checkpoint', checkpoint])
    expect(said).toContain(`✗ ${REGISTER} seq ${signed}`)
    expect(said).toContain('导出早于检查点的，请重新导出再校验')
    expect(code).toBe(1)
  },
  TEST_MS,
)

test(
  'the store itself verifies while the server runs',
  async () => {
    const { code, said } = await verify([])
    expect(said).toContain('✓ 完整无误 / intact')
    for (const register of ['org', 'store.store-1', REGISTER]) expect(said).toContain(`${register}\t`)
    expect(code).toBe(0)
  },
  TEST_MS,
)

/** Where a download that `press` begins has been put. */
async function saved(press: () => Promise<void>): Promise<string> {
  const [download]: [Download, void] = await Promise.all([page.waitForEvent('download'), press()])
  const path = join(folder, download.suggestedFilename())
  await download.saveAs(path)
  return path
}

/** Runs the verifier as a person would; both streams in one text. */
async function verify(given: readonly string[]): Promise<{ code: number; said: string }> {
  const env = { ...process.env, DATA_DIR: join(demo.dataDir, 'demo') }
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ['server/cli/verify.ts', ...given], {
      cwd: ROOT,
      env,
    })
    return { code: 0, said: stdout + stderr }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, said: stdout + stderr }
  }
}
