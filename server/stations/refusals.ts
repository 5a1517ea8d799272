import type { RefusalText } from '../refusal.ts'
import { scanRefusals } from './refusals-scan.ts'
import { setupRefusals } from './refusals-setup.ts'
import { shiftRefusals } from './refusals-shift.ts'

/** Everything that a station refuses. */
export const stationRefusals = {
  ...setupRefusals,
  ...shiftRefusals,
  ...scanRefusals,
} as const satisfies Record<string, RefusalText>
