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
  'identity.protect': 'Somebody to be protected',
  'identity.alias': 'Alias',
  'identity.alias-hint':
    'Cards, lists and screens say the alias alone; the real name is sealed, and two people open it',
  'identity.is-alias': 'alias',
  'identity.open': 'Look up the real name',
  'identity.of-holder': 'Look up who the holder is',
  'identity.of-witness': 'Look up who the witness is',
  'identity.detail':
    'It takes an officer of the case and a head of the department or above it. Who looked, when and why stands in the register.',
  'identity.reason': 'Why',
  'identity.is': 'Real name: {name}',
  'identity.erased': 'The real name was lawfully erased',
  'identity.close': 'Seen, close',
  'fact.identity-opened': 'Real identity looked up',
  'pictures.title': 'Pictures to take',
  'pictures.missing': 'Pictures that are missing',
  'pictures.now': 'Take: {view}',
  'pictures.skip': 'Skip this one',
  'pictures.take': 'Take them one by one',
}
