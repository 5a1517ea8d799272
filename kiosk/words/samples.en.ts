import type { samplesZh } from './samples.zh.ts'

export const samplesEn: Readonly<Record<keyof typeof samplesZh, string>> = {
  'sample.title': 'Call-back samples',
  'sample.note':
    'Drawn by lot from closed services that have a number, and called by supervisors; whether anybody has rated is not looked at, and the hall does not see who was drawn.',
  'sample.order': 'Order a sample',
  'sample.none': 'There is no sample yet',
  'sample.size': 'How many are drawn',
  'sample.size-hint': '{least} to {most}',
  'sample.quota': 'Answers wanted',
  'sample.of': '{hall}, {from} to {to}',
  'sample.draw': 'Draw',
  'sample.size-of': '{size} of {population} services',
  'sample.progress': '{answered} of {quota} {quota:answer|answers} wanted',
  'sample.others': '{declined} declined, {unreached} not reached, {open} to be called',
  'sample.ordered-by': 'ordered by {name} {at}',
  'sample.proof-how':
    'The lot of each is the SHA-256 of "clearhold draw v1", the seed, the hash of the order’s entry and the id of the service, a line each; the lowest are drawn. Anybody can draw again.',
  'sample.look-up': 'Look up how to reach them in the business system, by the number; it is not kept here.',
  'sample.tries': 'called {count} {count:time|times}',
  'sample.call': 'Write down a call',
  'sample.call-about': 'Call about {number}',
  'sample.script':
    '"Good day. This is the supervising body, not the counter. You were served some days ago; may I ask you three questions? It takes a minute or two, you need not answer, and your answers are only added up."',
  'sample.outcome': 'Outcome',
  'sample.answered': 'Answered',
  'sample.unreached': 'Not reached',
  'sample.declined': 'Declined',
  'sample.ask-level': 'How satisfied are you with it on the whole?',
  'sample.ask-told': 'Were you told all that was needed at once?',
  'sample.ask-clean': 'Did anybody ask for money or favours beside what is prescribed?',
  'sample.yes': 'Yes',
  'sample.no': 'No',
  'sample.clean-yes': 'Nobody did',
  'sample.clean-no': 'Somebody did',
  'sample.report':
    '"What you say is a report, and I do not write it down here. Please call 12388, or send it by \'Report\' on the screen of the hall or your phone: only the supervising body sees it."',
  'sample.save': 'Save',
  'sample.told-at-once': 'Told at once',
  'sample.was-clean': 'Nothing asked beside',
}
