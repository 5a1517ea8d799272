import type { RefusalText } from '../refusal.ts'

export const ledgerRefusals = {
  'ledger.forked': {
    status: 409,
    detail: {
      zh: '台账 {register} 与先前签署的检查点不符，不再签署：{reason}',
      en: 'Register {register} is not what was signed before, so it is not signed again: {reasonEn}',
    },
    rule: null,
    remedy: {
      zh: '请系统管理员运行 npm run verify 查明，保留 DATA_DIR/checkpoints 作为证据，从备份恢复',
      en: 'The system administrator runs npm run verify to see what happened, keeps DATA_DIR/checkpoints as evidence and restores from a backup',
    },
  },
} as const satisfies Record<string, RefusalText>
