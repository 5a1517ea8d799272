import type { rankingZh } from './ranking.zh.ts'

export const rankingEn: Readonly<Record<keyof typeof rankingZh, string>> = {
  'ranking.title': 'Rankings',
  'ranking.freeze': 'Freeze a ranking',
  'ranking.note':
    'It keeps what is counted now; what is counted later does not move it. Somebody else publishes it, and only another one corrects it.',
  'ranking.none': 'There is no ranking yet',
  'ranking.corrects': 'Corrects (may be left out)',
  'ranking.why': 'Why it is corrected',
  'ranking.why-wrong-days': 'Wrong period',
  'ranking.why-votes-excluded': 'Appeal upheld, votes excluded',
  'ranking.why-other-error': 'Another error',
  'ranking.is-correction': 'Correction: {why}',
  'ranking.status-frozen': 'To be decided',
  'ranking.status-published': 'Published',
  'ranking.status-refused': 'Refused',
  'ranking.status-replaced': 'Corrected',
  'ranking.frozen-by': 'frozen by {name} {at}',
  'ranking.decided-by': 'decided by {name} {at}',
  'ranking.page': 'Page',
  'ranking.place': 'Place',
  'ranking.few': 'Too few',
  'ranking.few-detail': 'fewer than {least} votes counted: no place',
  'ranking.rule': 'By the lower end of the 95 % interval, from {least} votes on; rule version {version}',
  'ranking.another': 'Another head of the hall or a supervisor decides.',
  'ranking.publish': 'Publish',
  'ranking.refuse': 'Refuse',
}
