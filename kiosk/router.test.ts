import { expect, test } from 'vitest'
import { match, pathTo, type Route } from './router.ts'

const route = (path: string): Route => ({
  path,
  title: 'app.name',
  load: () => Promise.reject(new Error('not asked for')),
})
const routes = ['/', '/bench/:station', '/desk', '/desk/cases/:number'].map(route)

test.each([
  ['/', '/', {}],
  ['/desk', '/desk', {}],
  ['/desk/', '/desk', {}],
  ['/bench/bench-1', '/bench/:station', { station: 'bench-1' }],
  ['/desk/cases/%E6%B8%85%E3%80%942026%E3%80%957%E5%8F%B7', '/desk/cases/:number', { number: '清〔2026〕7号' }],
  ['/desk/cases/a%2Fb', '/desk/cases/:number', { number: 'a/b' }],
])('%s opens %s', (path, expected, params) => {
  const found = match(routes, path)
  expect(found?.route.path).toBe(expected)
  expect(found?.params).toEqual(params)
})

test.each(['/desk/cases', '/bench', '/bench/a/b', '/nowhere', '/bench/%E6%B8'])('%s opens nothing', (path) => {
  expect(match(routes, path)).toBeNull()
})

test('an address made from a path leads back to it', () => {
  const path = pathTo('/desk/cases/:number', { number: '清〔2026〕7/8号' })
  expect(match(routes, path)?.params).toEqual({ number: '清〔2026〕7/8号' })
  expect(() => pathTo('/bench/:station', {})).toThrow(RangeError)
})
