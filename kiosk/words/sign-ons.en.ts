import type { signOnsZh } from './sign-ons.zh.ts'

export const signOnsEn: Readonly<Record<keyof typeof signOnsZh, string>> = {
  'sign-on.title': 'Sign-ons and corrections',
  'sign-on.day': 'Day',
  'sign-on.recorded': 'Signed on',
  'sign-on.from': 'From',
  'sign-on.until': 'To',
  'sign-on.still': 'still there',
  'sign-on.services': 'Services of the day',
  'sign-on.none': 'Nobody was signed on that day',
  'sign-on.correct': 'Correct who sat there',
  'sign-on.recorded-was': 'signed on was {name}',
  'sign-on.really': 'Who it was',
  'sign-on.choose': 'Choose',
  'sign-on.reason': 'Why',
  'sign-on.corrections': 'Corrected sign-ons',
  'sign-on.none-corrected': 'None was corrected',
  'sign-on.corrected':
    '{counter}, {from} to {until}: signed on was {recorded}, it was {clerk}. The {services} {services:service|services} of this time and their votes stay under {recorded}.',
  'sign-on.corrected-by': 'Corrected by {name}, {at}. Why: {reason}',
  'sign-on.erased': '(erased)',
  'sign-on.no-vote-moves':
    'A correction is recorded and moves no vote: each belongs to whoever was signed on when it was offered, and no figure changes. It stands beside the results for whoever reads them.',
  'sign-on.beside': 'These corrections concern the figures above, which they have not changed.',
}
