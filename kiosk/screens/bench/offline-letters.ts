import { zh } from '../../words/zh-CN.ts'

const SAID_OFFLINE = /^(link|bench\.offline|problem\.offline)/

/** All that a bench says while its line is down: its letters are fetched before, since none can come then. */
export function saidOffline(): string[] {
  return Object.entries(zh).flatMap(([key, words]) => (SAID_OFFLINE.test(key) ? [words] : []))
}
