import { localMinute } from '../../local-time.ts'
import { Refusal } from '../../refusal.ts'
import { dispositionWords } from '../axes.ts'
import type { Item } from '../items/item.ts'

const FIRST = {
  ...{ why: '现在不能这样办理', whyEn: 'not now' },
  ...{
    next: '请先完成前面的审理、审批或执行',
    nextEn: 'What comes before is done first: review, approval, carrying out',
  },
} as const

/** Why an item is not at the point of its way out that an act asks for: something comes before, or it has gone that way already. */
export function outOfOrder({ code, dispositionStatus, disposed }: Item): Refusal {
  const { zh, en } = dispositionWords[dispositionStatus]
  return new Refusal('custody.disposal-order', {
    ...{ item: code, is: zh, isEn: en },
    ...(disposed === undefined ? FIRST : alreadyGone(disposed)),
  })
}

function alreadyGone({ disposal, at }: NonNullable<Item['disposed']>): Record<keyof typeof FIRST, string> {
  const when = localMinute(at)
  return {
    why: `已于 ${when} 按处置审批单 ${disposal} 执行`,
    whyEn: `it was carried out under the paper ${disposal} on ${when}`,
    next: `无须再办；执行情况见处置审批单 ${disposal}`,
    nextEn: `Nothing is left to do: the paper ${disposal} tells how it was carried out`,
  }
}
