import type { RefusalText } from '../refusal.ts'

export const accessRefusals = {} as const satisfies Record<string, RefusalText>
