import type { RefusalText } from '../refusal.ts'

export const organisationRefusals = {} as const satisfies Record<string, RefusalText>
