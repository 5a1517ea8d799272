import { localMinute } from '../../local-time.ts'
import type { Item } from '../items/item.ts'
import type { Filmed } from './facts.ts'
import type { ItemVideo } from './videos.ts'

/**
 * Recordings as a form names them, each once: number, device, from when to when, where it is kept.
 * @param moment only those on which it is to be seen; all where it is absent
 */
export function videosOnPaper(items: readonly Pick<Item, 'videos'>[], of: Filmed, moment?: string): string[] {
  const isShown = ({ startedAt, endedAt }: ItemVideo): boolean =>
    moment === undefined || (startedAt <= moment && moment <= endedAt)
  const all = items.flatMap(({ videos = [] }) => videos.filter((one) => one.of === of && isShown(one)))
  return [
    ...new Set(
      all.map(
        ({ number, device, startedAt, endedAt, keptIn }) =>
          `${number}（${device}，${localMinute(startedAt)} 至 ${localMinute(endedAt)}，存${keptIn}）`,
      ),
    ),
  ]
}
