import type { Words } from '../refusal.ts'

/** How it stands with a follow-up or a proposed action, where a refusal says so. */
export const STATUS_WORDS: Readonly<Record<string, Words>> = {
  new: { zh: '待核实', en: 'not assigned yet' },
  assigned: { zh: '已派单', en: 'assigned' },
  called: { zh: '已回访', en: 'called back' },
  verified: { zh: '已核实', en: 'verified' },
  settled: { zh: '已整改或说明', en: 'put right or explained' },
  appealed: { zh: '申诉复核中', en: 'appealed' },
  'fed-back': { zh: '已反馈，待办结', en: 'fed back' },
  closed: { zh: '已办结', en: 'closed' },
  decided: { zh: '待第二人确认', en: 'decided, waiting for a second person' },
  returned: { zh: '已退回', en: 'returned' },
  adopted: { zh: '已采纳，待落实', en: 'adopted, to be carried out' },
  declined: { zh: '不采纳', en: 'not adopted' },
  done: { zh: '已落实', en: 'carried out' },
}
