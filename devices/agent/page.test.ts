import { request } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { HeldList } from './held-list.ts'
import { benchWith } from './offline.ts'
import type { ShownBench } from './offline-benches.ts'
import { openPage, type Page } from './page.ts'
import { lastSaid, type PageLook, pageView } from './page-view.ts'

const held: HeldList = {
  ...{ station: 'bench-1', list: 'D1', pass: 'PASS', shiftLeft_ms: 1_000 },
  custodian: { name: '李', salt: 'ab', badge: '00' },
  lines: [
    { item: 'W1', label: 'W1', name: '<b>金条</b>', weighed: null, sealNumber: 'S-1', storage: ['safe'] },
    { item: 'W2', label: 'W2', name: '手机', weighed: null, sealNumber: null, storage: ['safe'] },
  ],
  shelves: [],
  cards: { confirm: 'C', cancel: 'X', weigh: 'G', lock: 'K' },
}
const bench = benchWith(held, { waiting: ['W2'], locked: false, load: null }, [])
const shown = (over: Partial<ShownBench> = {}): ShownBench => ({ held, bench, said: null, ...over })
const away: PageLook = { away: true, refused: null, backlog: 3, benches: [shown()] }

let look: PageLook
let page: Page

beforeEach(async () => {
  look = away
  page = await openPage({ port: 0, look: () => look })
})

afterEach(() => page.close())

test('says that the line is down, what is wanted and what waits; names of things are text', () => {
  const html = pageView(away)
  expect(html).toContain('网络中断')
  expect(html).toContain('3 条记录待上传')
  expect(html).toContain('请扫描物品')
  expect(html).toContain('&#60;b&#62;金条')
  expect(html).not.toContain('<b>')
  expect(html).toMatch(/data-state="done"><td>W1/)
})

test('says so when no list is open', () => {
  expect(pageView({ ...away, backlog: 0, benches: [] })).toContain('没有可继续办理的清单')
  expect(pageView({ ...away, backlog: 1 })).toContain('1 record waits')
})

test('brings the font of its words, and nothing else of this PC', async () => {
  const css = await (await fetch(`${page.url}400.css`)).text()
  const file = /url\(\.\/(files\/[^)]+\.woff2)\)/.exec(css)?.[1] ?? ''
  const font = await fetch(`${page.url}${file}`)
  expect([font.status, font.headers.get('content-type')]).toEqual([200, 'font/woff2'])
  expect((await font.arrayBuffer()).byteLength).toBeGreaterThan(100)
  for (const path of ['files/none.woff2', 'files/..%2f..%2fpackage.json', 'package.json', '100.css'])
    expect((await fetch(`${page.url}${path}`)).status).toBe(404)
})

test('what is recorded is never said to be in the register', () => {
  const html = pageView({
    ...away,
    benches: [shown({ said: { n: 1, code: 'recorded', outcome: 'recorded', about: 'W2' } })],
  })
  expect(html).toContain('W2 已记录，待上传')
  expect(html).not.toContain('已入库')
})

test('a locked bench shows no item', () => {
  const html = pageView({
    ...away,
    benches: [
      shown({ bench: { ...bench, locked: true }, said: { n: 1, code: 'recorded', outcome: 'recorded', about: 'W2' } }),
    ],
  })
  expect(html).toContain('请 李 刷工牌')
  expect(html).not.toContain('W2')
})

test('of two benches the last word is heard', () => {
  const word = (n: number) => ({ n, code: 'recorded', outcome: 'recorded', about: `W${n}` }) as const
  expect(lastSaid([shown({ said: word(2) }), shown({ said: word(1) })])?.n).toBe(2)
  expect(lastSaid([shown()])).toBe(null)
})

test('tells each change as it comes', async () => {
  const answer = await fetch(`${page.url}live`)
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader?.read())?.value).toContain('网络中断')
  look = { ...away, away: false }
  page.changed()
  expect((await reader?.read())?.value).toContain('已连接服务器')
  await reader?.cancel()
})

test('answers to its own name alone, shows and takes nothing, and runs no script but its own', async () => {
  const front = await fetch(page.url)
  expect(front.status).toBe(200)
  expect(front.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'")
  expect((await fetch(page.url, { method: 'POST' })).status).toBe(403)
  expect((await fetch(`${page.url}held/bench-1.json`)).status).toBe(404)
  const status = await new Promise<number | undefined>((resolve, reject) => {
    request(page.url, { headers: { host: 'evil.example' } }, (answer) => resolve(answer.resume().statusCode))
      .on('error', reject)
      .end()
  })
  expect(status).toBe(403)
})
