import type { keeperZh } from './keeper.zh.ts'

export const keeperEn: Readonly<Record<keyof typeof keeperZh, string>> = {
  'keeper.title': 'Who answers for the store',
  'keeper.hand-over': 'Hand over the post',
  'keeper.since': 'answers for it since {at}',
  'keeper.nobody': 'The post was never handed over: all custodians of the store answer for it together',
  'keeper.passed': '{from} to {to}, {at}',
  'keeper.kept':
    '{inStore} in store, {lent} lent, {atAppraisal} at appraisal; {missing} not found, which stay with who handed over',
  'keeper.watched': 'witness {name}; count {count}; from {register} entry {seq} on',
  'keeper.detail':
    'Both count the whole store together (or a sample drawn from all of it) and close the count first. From this entry on whoever takes over answers for all that is in the store.',
  'keeper.from': 'Handed over by',
  'keeper.to': 'Taken over by',
  'keeper.count': 'Joint count',
  'keeper.count-hint': 'a closed count of the whole store',
  'keeper.statement': 'Statement',
  'keeper.statement-hint': 'Whether all is there; keys, stamps, what is unfinished',
  'keeper.sign':
    'Who takes over, and a witness (a supervisor or the head of the keeping department), sign with badge and PIN',
  'keeper.confirm': 'Hand over',
  'vouch.begin': 'Vouch for a missing badge',
  'vouch.title': 'Vouch for a colleague without a badge',
  'vouch.detail':
    'For today only: at the bench he chooses “No badge” and types his log-in and his own PIN. It stands in the register, and supervisors see and count it.',
  'vouch.person': 'Custodian without a badge',
  'vouch.lost': 'The badge is lost (it is blocked at once)',
  'vouch.confirm': 'I know this person',
  'vouch.done': 'Today the log-in {login} and the PIN open a shift',
  'vouch.watched': 'Shifts without a badge',
  'vouch.of': '{name}: vouched for by {by}',
  'vouch.lost-one': 'lost, and blocked',
  'vouch.times': 'time {count} within 30 days',
  'bench.no-badge': 'No badge',
  'bench.no-badge-hint': 'Whoever a custodian of the store vouched for today types the log-in, then the PIN',
  'bench.login': 'Log-in',
  'keeper.done': 'The post has passed to {name}',
}
