import type { RefusalText } from '../refusal.ts'

export const custodyRefusals = {} as const satisfies Record<string, RefusalText>
