/** Which screen an address means. Pure; the page's side is `router.svelte.ts`. */

import type { Component } from 'svelte'
import type { PlainKey } from './words/keys.ts'

export type Params = Readonly<Record<string, string>>

/** What every screen is given. */
export interface ScreenProps {
  readonly params: Params
}

export interface Route {
  /** `/bench/:station`: a part that begins with a colon takes any one part of the address. */
  readonly path: string
  /** The title of the window. */
  readonly title: PlainKey
  /** The screen, fetched when it is first needed. */
  readonly load: () => Promise<{ readonly default: Component<ScreenProps> | Component<Record<string, never>> }>
}

export interface Match {
  readonly route: Route
  readonly params: Params
}

/** The first route that fits the path, with its parameters decoded; null when none does. */
export function match(routes: readonly Route[], path: string): Match | null {
  const parts = partsOf(path)
  for (const route of routes) {
    const params = paramsOf(partsOf(route.path), parts)
    if (params) return { route, params }
  }
  return null
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '')
}

function paramsOf(pattern: readonly string[], parts: readonly string[]): Params | null {
  if (pattern.length !== parts.length) return null
  const params: Record<string, string> = {}
  for (const [index, expected] of pattern.entries()) {
    const part = parts[index] ?? ''
    if (expected.startsWith(':')) {
      const value = decoded(part)
      if (value === null) return null
      params[expected.slice(1)] = value
    } else if (expected !== part) return null
  }
  return params
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part)
  } catch {
    return null
  }
}

/** The address of a screen: `pathTo('/desk/cases/:number', { number })`. Throws RangeError when a parameter is missing. */
export function pathTo(path: string, params: Params): string {
  return path.replaceAll(/:(\w+)/g, (_place, name: string) => {
    const value = params[name]
    if (value === undefined) throw new RangeError(`path ${path} needs ${name}`)
    return encodeURIComponent(value)
  })
}
