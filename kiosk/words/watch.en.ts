import type { watchZh } from './watch.zh.ts'

export const watchEn: Readonly<Record<keyof typeof watchZh, string>> = {
  'watch.house':
    'These heights are the house’s own and follow from nothing that is monitored. A supervisor can set how many false reds a year the hall puts up with; the heights then follow.',
  'watch.chosen':
    'From {from}, set by {name}: {charts} {charts:chart|charts} in the hall (one for each clerk and question) with about {votes} {votes:vote|votes} a month each. With all in order no more than {reds} reds a year come up by chance on average in the whole hall, for one chart about one in {between} {between:vote|votes}. By chance orange comes about 10 times as often as red, yellow about 50 times.',
  'watch.next': 'From {from}, rule version {version}: yellow, orange, red at {heights}.',
  'watch.set': 'Set the false reds a year',
  'watch.reds': 'False reds a year put up with, in the whole hall',
  'watch.reds-hint': 'A whole number from 1 to {most}; the fewer, the higher the limits and the later a rise is found',
  'watch.set-why':
    'The heights follow from the charts and votes of the last year, are written in the register with what they follow from, and hold from tomorrow. Warnings of days before stay as they were.',
}
