import type { RefusalText } from '../refusal.ts'

export const fileRefusals = {} as const satisfies Record<string, RefusalText>
