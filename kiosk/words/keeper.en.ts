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
  'keeper.done': 'The post has passed to {name}',
}
