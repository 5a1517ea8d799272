import type { RefusalText } from '../refusal.ts'

export const ledgerRefusals = {
  'ledger.stands-aside': {
    status: 403,
    detail: {
      zh: '台账 {register} 记有您回避的案件的事项，整本台账您都不能查看或导出',
      en: 'Register {register} tells of a case that you are recused from: you neither read nor export any of its entries',
    },
    rule: { zh: '监察法(2024) 67（回避）', en: 'Supervision Law (2024) 67 (recusal)' },
    remedy: {
      zh: '请另一名监督人员或审计管理员查看、导出；检查点和证明仍可取得；您不回避的案件，可在其案件页取得本案证明文件',
      en: 'Another supervisor or an audit administrator does it; checkpoints and proofs are there for you as well; of a case that you are not recused from, its page gives the proof file of that case alone',
    },
  },
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
