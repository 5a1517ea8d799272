import { glob } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { zh } from './zh-CN.ts'

test('no part of the screens takes the key of another, which the spread would hide', async () => {
  const owners = new Map<string, string[]>()
  for await (const name of glob('*.zh.ts', { cwd: import.meta.dirname })) {
    const texts: unknown = Object.values((await import(`./${name}`)) as object)[0]
    for (const key of Object.keys(texts as object)) owners.set(key, [...(owners.get(key) ?? []), name])
  }
  expect(owners.size).toBeGreaterThan(0)
  expect([...owners].filter(([, names]) => names.length > 1)).toEqual([])
  expect([...owners.keys()].filter((key) => !Object.hasOwn(zh, key))).toEqual([])
})
