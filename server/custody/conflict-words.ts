import type { Words } from '../refusal.ts'
import type { ShownConflict } from './protocol.ts'

/** A conflict in one sentence: what the bench recorded, and why it was not taken. */
export function conflictWords({ item, location, why }: Pick<ShownConflict, 'item' | 'location' | 'why'>): Words {
  return {
    zh: `断网时记录的 ${item}（库位 ${location}）未入库：${why.zh}`,
    en: `${item}, recorded at ${location} while the line was down, was not taken in: ${why.en}`,
  }
}
