import type { rollUpZh } from './roll-up.zh.ts'

export const rollUpEn: Readonly<Record<keyof typeof rollUpZh, string>> = {
  'tree.title': 'Level by level',
  'tree.above': 'Units above',
  'tree.unit': 'Unit',
  'tree.halls': 'Halls',
  'tree.response': 'Rated',
  'tree.share': 'Satisfied, with its 95 % interval ({low} to 100 %)',
  'tree.moved': 'Moved in these days: counted where it stood on each day',
  'tree.served-until': 'who rated: up to {day}',
  'tree.nothing': 'No hall lies below it',
  'tree.counted-none': 'None counted',
}
