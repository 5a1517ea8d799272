import type { RefusalText } from '../../refusal.ts'

/** What the measures of a case are for, in money, and what money of its sales may go back. */
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
  'custody.return-beyond-surplus': {
    status: 409,
    detail: {
      zh: '{item} 等变价款要退 {asked} 元，抵缴应缴款项后的余款只有 {left} 元，超出部分不得退还',
      en: '{asked} yuan of {item} and what goes with it are to go back, but only {left} yuan are over once what is owed is paid; the rest does not go back',
    },
    rule: { zh: '税收征管法实施细则 69', en: 'Tax Collection Rules 69' },
    remedy: {
      zh: '由本案承办人员会同财务先办理变价款拆分，只返还余款部分；已批准返还的，先另提处置并撤回，再拆分',
      en: 'An officer of the case and finance divide the money first, and what is over alone goes back; where its return was approved already, another disposal is proposed and taken back before that',
    },
  },
} as const satisfies Record<string, RefusalText>
