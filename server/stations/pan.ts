import type { PanState, PanView, Words } from './protocol.ts'
import { asked, type Say } from './say.ts'

/** What is said when a weight is waited for and the pan still holds what was weighed before. */
export function stillOn(weight_mg: number): Say {
  const grams = gramsOf(weight_mg)
  return asked('stations.pan-occupied', {
    zh: `秤上还放着上一件（${grams} 克）：请取下，再放这一件。确是这一件，请扫“称重”卡`,
    en: `The item before is still on the scale (${grams} g): take it off, then put this one on. If it is this one, scan the WEIGH card`,
  })
}

/** What the pan looks like while a weight is waited for, with the figure that the scale shows at this moment where it shows one. */
export function panView({ state, weight_mg }: PanSeen): PanView {
  const { zh, en } = panWords[state]
  const words =
    weight_mg === null ? { zh, en } : { zh: `${gramsOf(weight_mg)} 克，${zh}`, en: `${gramsOf(weight_mg)} g. ${en}` }
  return { state, words }
}

/** How the scale is, and what it shows while it moves. */
export interface PanSeen {
  readonly state: PanState
  readonly weight_mg: number | null
}

function gramsOf(weight_mg: number): string {
  return (weight_mg / 1_000).toFixed(3)
}

const panWords: Readonly<Record<PanState, Words>> = {
  empty: { zh: '秤上是空的，等您放上', en: 'The scale is empty and waits' },
  moving: { zh: '秤还在晃动，等它停稳', en: 'The scale still moves; waiting for it to rest' },
  occupied: { zh: '秤上还是上一件，等您取下', en: 'The item before is still on the scale' },
  unread: { zh: '没有读到重量', en: 'No weight was read' },
}
