import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { zh } from '../../words/zh-CN.ts'
import { saidWhileAsking } from './said-while-asking.ts'

const SCREENS = ['AskRating', 'RaterFrame', 'Thanks'] as const

test('every text of the screens that ask is among what is fetched before they are shown', async () => {
  const asked = {
    id: 'hall@1',
    about: 'service',
    levels: [{ level: 5, words: { zh: '非常满意', en: 'Very satisfied' } }],
    questions: [{ id: 'speed', words: { zh: '处理效率', en: 'Speed' } }],
    reasons: [{ id: 'slow', levels: [1], words: { zh: '办理太慢', en: 'Too slow' } }],
    ...{ wordsMax: 500, asksWords: true, asksContact: true },
  } as const
  const said = saidWhileAsking(asked)
  for (const words of ['非常满意', 'Speed', '办理太慢']) expect(said).toContain(words)
  const sources = await Promise.all(
    SCREENS.map((screen) => readFile(join(import.meta.dirname, `${screen}.svelte`), 'utf8')),
  )
  const keys = sources.flatMap((source) => [...source.matchAll(/'(rating\.[a-z-]+)'/g)].map(([, key]) => key ?? ''))
  expect(keys.length).toBeGreaterThan(15)
  for (const key of keys) expect(said, key).toContain(zh[key as keyof typeof zh])
})
