import type { RefusalText } from '../../refusal.ts'

/** Saying what the measures of a case are for, in money. */
export const worthRefusals = {
  'custody.target-track': {
    status: 422,
    detail: {
      zh: '本案程序中没有须与金额相当的措施，不登记应保全金额',
      en: 'No measure of this procedure has to match a sum, so none is stated',
    },
    rule: {
      zh: '税收征管法实施细则 64、65；行政强制法 29(2)',
      en: 'Tax Collection Rules 64, 65; Administrative Compulsion Law 29(2)',
    },
    remedy: { zh: '税务、行政案件才登记', en: 'It is stated in tax and administrative cases' },
  },
} as const satisfies Record<string, RefusalText>
