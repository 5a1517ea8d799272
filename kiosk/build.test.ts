import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { zh } from './words/zh-CN.ts'

let folder: string
let names: string[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kiosk-build-'))
  const configFile = fileURLToPath(new URL('vite.config.ts', import.meta.url))
  // Under a test runner Vite would build for development.
  const before = process.env['NODE_ENV']
  process.env['NODE_ENV'] = 'production'
  await build({ configFile, mode: 'production', logLevel: 'silent', build: { outDir: folder } })
  process.env['NODE_ENV'] = before
  names = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
})

afterAll(() => rm(folder, { recursive: true }))

async function textsOf(extension: string): Promise<string> {
  const texts = names.filter((name) => extname(name) === extension).map((name) => readFile(name, 'utf8'))
  expect(texts).not.toEqual([])
  return (await Promise.all(texts)).join('\n')
}

test('the page has no script or style of its own, as default-src ’self’ demands', async () => {
  const page = await textsOf('.html')
  expect(page).not.toMatch(/<style|\sstyle=|\son\w+=/)
  expect([...page.matchAll(/<script\b[^>]*>/g)].every(([tag]) => / src="\//.test(tag))).toBe(true)
  expect(await textsOf('.js')).not.toMatch(/<[a-z]+[^<>`]*\sstyle="/)
})

test('nothing comes from elsewhere or is inlined', async () => {
  const urls = [...(await textsOf('.css')).matchAll(/url\(([^)]*)\)/g)].map((found) => found[1] ?? '')
  expect(urls.length).toBeGreaterThan(100)
  expect(urls.filter((url) => !/^\/assets\/[\w.-]+\.woff2$/.test(url))).toEqual([])
  expect([...new Set(names.map((name) => extname(name)))].toSorted()).toEqual([
    '.css',
    '.html',
    '.js',
    '.svg',
    '.woff2',
  ])
})

test('the gallery of parts stays at home', async () => {
  expect(await textsOf('.js')).not.toMatch(/gallery/i)
})

test('the font has every character of every Chinese text', async () => {
  const ranges = [...(await textsOf('.css')).matchAll(/unicode-range:([^;}]+)/gi)].flatMap((found) =>
    (found[1] ?? '').split(',').map((range) => {
      const [from = '', to = from] = range.trim().slice(2).split('-')
      // `U+4??` is the minifier's short form of U+400-4FF.
      return [Number.parseInt(from.replaceAll('?', '0'), 16), Number.parseInt(to.replaceAll('?', 'F'), 16)] as const
    }),
  )
  const characters = [...new Set(Object.values(zh).join(''))]
  const covered = (point: number): boolean => ranges.some(([from, to]) => from <= point && point <= to)
  expect(characters.filter((character) => !covered(character.codePointAt(0) ?? 0))).toEqual([])
})
