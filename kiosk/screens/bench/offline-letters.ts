import { zh } from '../../words/zh-CN.ts'

const SAID_OFFLINE = /^(link|bench\.offline|problem\.offline)/
const FONTS = ['400 16px "Noto Sans SC"', '700 16px "Noto Sans SC"'] as const

/** Every letter that a bench says while its line is down. */
export function offlineLetters(): string {
  const said = Object.entries(zh).flatMap(([key, words]) => (SAID_OFFLINE.test(key) ? [...words] : []))
  return [...new Set(said)].join('')
}

/**
 * Fetches these letters now. The fonts come in slices, each when its first letter is shown, and while the line is down none can come.
 * One that cannot be fetched is missing then, and nothing else.
 */
export async function fetchOfflineLetters(fonts: Pick<FontFaceSet, 'load'>): Promise<void> {
  await Promise.allSettled(FONTS.map((font) => fonts.load(font, offlineLetters())))
}
