/** Which labels go out together. */

import type { LabelledPlace } from '../../../server/custody/protocol.ts'

export type LabelTemplate = 'item-card' | LabelledPlace['template']

/** The server takes no more at once. */
const LABELS_AN_ACT = 500

/** Labels as they are sent, in their order: those of one template together, so many at a time. */
export function labelActs(
  codes: readonly string[],
): { readonly template: LabelTemplate; readonly codes: readonly string[] }[] {
  return [...Map.groupBy(codes, templateOf)].flatMap(([template, its]) =>
    Array.from({ length: Math.ceil(its.length / LABELS_AN_ACT) }, (_, nth) => ({
      ...{ template, codes: its.slice(nth * LABELS_AN_ACT, (nth + 1) * LABELS_AN_ACT) },
    })),
  )
}

/** The letter that a code begins with says what it is on. */
function templateOf(code: string): LabelTemplate {
  if (code.startsWith('L')) return 'location-label'
  return code.startsWith('C') ? 'container-label' : 'item-card'
}
