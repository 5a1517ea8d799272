import type { comparingZh } from './comparing.zh.ts'

export const comparingEn: Readonly<Record<keyof typeof comparingZh, string>> = {
  'compare.title': 'Two ranges of days',
  'compare.open': 'Compare any two ranges of days',
  'compare.first': 'First range',
  'compare.second': 'Second range',
  'compare.first-from': 'First from',
  'compare.first-to': 'First to',
  'compare.second-from': 'Second from',
  'compare.second-to': 'Second to',
  'compare.few-asked': 'Fewer than {least} were asked: no response is shown',
  'compare.batches':
    'Days are those of counting; only whole batches are added up, so no two ranges differ by less than one',
  'compare.shared':
    '{days} {days:day is|days are} in both ranges. Votes of these would be held against themselves: figures are shown, no difference. Choose days that are in one range only.',
  'compare.nothing': 'Nothing was counted in either range',
  'compare.take': 'Take away',
  'compare.change': 'Change: {by} {by:point|points}',
  'compare.no-change-shared': 'Days are in both: not compared',
  'compare.no-change-few': 'One range has too few: not compared',
}
