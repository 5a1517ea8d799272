import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { en } from './en.ts'
import { fill, placesIn, withPlainQuotes } from './fill.ts'
import type { WordKey } from './keys.ts'
import { zh } from './zh-CN.ts'

const keys = Object.keys(zh) as WordKey[]

test('English has exactly the keys of Chinese', () => {
  expect(Object.keys(en).toSorted()).toEqual(keys.toSorted())
})

test.each(keys)('%s says something in both languages, with the same places', (key) => {
  expect(zh[key].trim()).not.toBe('')
  expect(en[key].trim()).not.toBe('')
  expect(placesIn(en[key])).toEqual(placesIn(zh[key]))
})

test('Chinese texts are Chinese, English ones are not', () => {
  const latin = new Set<WordKey>(['language.en', 'sign-in.pin', 'text.comma', 'text.aside', 'text.of'])
  expect(keys.filter((key) => !latin.has(key) && !/\p{Script=Han}/u.test(zh[key]))).toEqual([])
  expect(keys.filter((key) => key !== 'language.zh' && /\p{Script=Han}/u.test(en[key]))).toEqual([])
})

test('no screen sets Chinese marks between words that may be English', async () => {
  const cwd = join(import.meta.dirname, '..')
  const said: string[] = []
  for await (const file of glob('{custody,parts,camera,screens}/**/*.svelte', { cwd })) {
    if (file.startsWith(join('screens', 'gallery'))) continue
    const source = (await readFile(join(cwd, file), 'utf8')).replaceAll(/<!--.*?-->|\/\*.*?\*\//gs, '')
    for (const line of source.split('\n'))
      if (/[：；，、。（）]/.test(line.replace(/\/\/ .*/, ''))) said.push(`${file}: ${line.trim()}`)
  }
  expect(said).toEqual([])
})

test('English is set with plain quotation marks', () => {
  expect(withPlainQuotes('the station’s “phone”')).toBe(`the station's "phone"`)
})

test('values stand in their places, and a missing one is seen', () => {
  expect(fill('{count} of {most}', { count: 3, most: 8 })).toBe('3 of 8')
  expect(fill('{count} of {most}', { count: 3 })).toBe('3 of {most}')
  expect(fill('{constructor}', {})).toBe('{constructor}')
})

test('the word of a number goes with it, in English', () => {
  const text = '{count} {count:item was|items were} entered'
  expect([0, 1, 2, '1', '21'].map((count) => fill(text, { count }))).toEqual([
    '0 items were entered',
    '1 item was entered',
    '2 items were entered',
    '1 item was entered',
    '21 items were entered',
  ])
  expect(fill(text, {})).toBe(text)
  // A place that stands for a word alone must have its number too, and no text of the other language has one.
  for (const key of keys) {
    const named = [...en[key].matchAll(/\{([\w-]+):/g)].map(([, name = '']) => name)
    expect(
      named.filter((name) => !en[key].includes(`{${name}}`)),
      key,
    ).toEqual([])
    expect(zh[key]).not.toMatch(/\{[\w-]+:/)
  }
})

test('no number of things stands before a word that is always in the plural', () => {
  const counted =
    /\{(?:count|days|entries|sheets|votes|items)\} (?:items|days|entries|sheets|votes|people|photos|rows|faults)\b/
  expect(keys.filter((key) => counted.test(en[key]))).toEqual([])
  expect(keys.filter((key) => en[key].includes('(s)'))).toEqual([])
})
