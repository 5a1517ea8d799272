import { chosen, t } from '../../words/words.svelte.ts'
import { grouped, inWan, timesOf } from './figures.ts'

/** How rarely something comes by chance, in words: Chinese counts in ten thousands, English groups the figures. */
export function sayChance(chance: number): string {
  const times = timesOf(chance)
  if (chosen.language === 'en') return t('rating.chance', { times: grouped(times) })
  const { count, isWan } = inWan(times)
  return t(isWan ? 'rating.chance-wan' : 'rating.chance', { times: count })
}
