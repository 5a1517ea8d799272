import type { asOfZh } from './as-of.zh.ts'

export const asOfEn: Readonly<Record<keyof typeof asOfZh, string>> = {
  'as-of.title': 'As it was',
  'as-of.at': 'Moment',
  'as-of.by': 'Told by',
  'as-of.by-hint': 'What was written down later happened before it was written down',
  'as-of.event': 'what had happened',
  'as-of.recorded': 'what had been written down',
  'as-of.look': 'Show',
  'as-of.now': 'As it is now',
  'as-of.late':
    '{count} {count:entry tells|entries tell} of what had happened by then and {count:was|were} written down later',
  'as-of.items': 'Items',
  'as-of.holder': 'Held by',
  'as-of.frozen': 'incident',
  'as-of.nothing': 'There was nothing then',
  'as-of.keeper': 'Who answered for it then: {name}',
  'as-of.keeper-none': 'Nobody was named to answer for it then',
}
