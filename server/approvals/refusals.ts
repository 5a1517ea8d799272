import type { RefusalText } from '../refusal.ts'

export const approvalRefusals = {} as const satisfies Record<string, RefusalText>
