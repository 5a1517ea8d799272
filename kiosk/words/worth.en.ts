import type { worthZh } from './worth.zh.ts'

export const worthEn: Readonly<Record<keyof typeof worthZh, string>> = {
  'worth.title': 'Sum to be secured, and what is held',
  'worth.none-stated': 'Nobody has said yet what sum is to be secured, so nothing can be compared.',
  'worth.state': 'State the sum',
  'worth.again': 'Change the sum',
  'worth.detail':
    'What is seized, sealed up or frozen is to match the tax due or the sum concerned, with late fees and what selling it costs.',
  'worth.amount': 'Tax due, or sum concerned',
  'worth.late-fee': 'Late fees',
  'worth.costs': 'Cost of selling',
  'worth.document': 'By document',
  'worth.stated': 'Sum registered',
  'worth.target': 'To secure: {yuan} yuan',
  'worth.held': 'Held: {yuan} yuan',
  'worth.over': '{yuan} yuan too much',
  'worth.within': 'Not too much',
  'worth.unvalued': 'Not estimated yet',
  'worth.indivisible': 'Indivisible, held whole',
  'worth.spared': 'Things of daily life, spared by law',
  'worth.by': 'By {document}',
  'worth.would-hold':
    'With this list {held} yuan are held, {over} more than is to be secured. Where a thing is indivisible and there is nothing else, say so in its line.',
  'worth.would-spare':
    'Line {lines} is a thing of daily life: what is needed to live, or costs no more than {yuan} yuan, is not seized or sealed up.',
  'worth.would-not-know': 'Line {lines} has no estimate, so it cannot be compared.',
  'worth.warning': 'Please check',
}
