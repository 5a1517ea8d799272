import type { RefusalText } from '../refusal.ts'

export const stationRefusals = {} as const satisfies Record<string, RefusalText>
