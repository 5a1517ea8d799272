import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

const css = await readFile(new URL('tokens.css', import.meta.url), 'utf8')
const tokens = new Map([...css.matchAll(/--([\w-]+): ([^;]+);/g)].map((found) => [found[1] ?? '', found[2] ?? '']))

function colour(name: string): string {
  const value = tokens.get(name) ?? ''
  const other = /^var\(--([\w-]+)\)$/.exec(value)?.[1]
  return other === undefined ? value : colour(other)
}

/** Relative luminance, WCAG 2.2. */
function luminance(name: string): number {
  const channels = /^#(..)(..)(..)$/.exec(colour(name))
  if (!channels) throw new Error(`${name} is no colour`)
  const [red = 0, green = 0, blue = 0] = channels.slice(1).map((hex) => {
    const share = Number.parseInt(hex, 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const states = ['ok', 'refused', 'fault', 'attention', 'unknown', 'quiet']
const grounds = ['surface', 'surface-sunk', 'ground', 'accent-tint']

test.each([
  ...states.flatMap((state) => ['surface', 'ground', `${state}-tint`].map((ground) => [state, ground])),
  ...['ink', 'ink-soft', 'accent'].flatMap((ink) => grounds.map((ground) => [ink, ground])),
  ...states.map((state) => ['ink-soft', `${state}-tint`]),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
] as [string, string][])('%s can be read on %s', (ink, ground) => {
  expect(contrast(ink, ground)).toBeGreaterThanOrEqual(4.5)
})

test.each(['surface', 'ground'])('the edge of a field is seen on %s', (ground) => {
  expect(contrast('edge', ground)).toBeGreaterThanOrEqual(3)
})
