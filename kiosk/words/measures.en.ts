import type { measuresZh } from './measures.zh.ts'

/** 呈批、主动上交、冻结、存入专户, in English. */
export const measuresEn: Readonly<Record<keyof typeof measuresZh, string>> = {
  'measure.ask': 'Ask for a measure',
  'measure.ask-detail':
    'Asked before it is taken. Seizing, withholding, sealing up and freezing take the department and then the organ; it is taken within 30 days, and the registration names the approval.',
  'measure.reason': 'Why',
  'measure.approved': 'Approved measures',
  'measure.holds': 'holds until {until}',
  'measure.over': 'over since {until}',
  'measure.convert-detail':
    'With approval, what was handed in is seized, withheld, sealed up or extracted; otherwise it is given back as a release and return.',
  'measure.confirm-detail':
    'What was taken on the spot is approved within 24 hours; when it is not, it is released and returned at once.',
  'measure.unapproved': 'Measures not approved yet',
  'measure.unapproved-notice': 'on its notice alone, not approved before',
  'measure.unapproved-spot': 'on the spot, approved within 24 hours',
  'measure.unapproved-asked': 'approval is asked for',
  'measure.confirm-late-detail':
    'A measure that was not approved before it was taken is approved afterwards, by the same approvers; when it is not, it is released and returned.',
  'ask.take-measure': 'Take a measure',
  'ask.confirm-measure': 'Approve afterwards',
  'ask.convert-surrender': 'Hold under a measure',
  'register.approval': 'Approval',
  'register.approval-none': 'None is named',
  'register.approval-of': '{at} by {name}, holds until {until}',
  'register.emergency': 'Taken on the spot',
  'register.unregistered-trader': 'Trader without tax registration',
  'life.on-the-spot': 'to be approved within 24 hours',
  'deposit.pay': 'Pay into the special account',
  'deposit.title': 'Special account',
  'deposit.detail':
    'Money on a hand-over list goes into the special account instead of a store, by an officer together with finance; the receipt says what two people counted.',
  'deposit.counted': 'Counted by two: {yuan} yuan',
  'deposit.amount': 'Sum on the receipt (yuan)',
  'deposit.voucher': 'Number of the receipt',
  'deposit.account': 'Special account',
  'deposit.signed': 'Finance signs with badge and PIN',
  'deposit.done': 'It is in the special account',
  'deposit.paid-at': '{yuan} yuan, {account}, receipt {voucher}, {name} {at}',
  'list.deposited': 'Paid in',
  'wrong.sum': 'A sum with two decimals at most',
  'fact.deposited': 'Paid into the special account',
  'fact.measure-confirmed': 'Approved afterwards',
  'fact.surrender-converted': 'Held under a measure',
  'fact.finance': 'finance {name}',
  'disposal.paid': 'Tax paid at',
  'disposal.paid-hint': 'Released within a day',
  'complaint.review': 'A review of how the complaint was decided',
}
