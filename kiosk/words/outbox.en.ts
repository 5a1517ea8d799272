import type { outboxZh } from './outbox.zh.ts'

export const outboxEn: Readonly<Record<keyof typeof outboxZh, string>> = {
  'outbox.title': 'Outgoing messages',
  'outbox.about':
    'Whoever has something to do is told so at the addresses he gave. A message says how much waits and where to look; never what, whose or about whom.',
  'outbox.mail': 'E-mail',
  'outbox.webhook': 'SMS gateway',
  'outbox.on': 'On',
  'outbox.off': 'Off',
  'outbox.through': 'through {host}',
  'outbox.off-mail': 'The operator turns it on by SMTP_URL and SMTP_FROM',
  'outbox.off-webhook': 'The operator turns it on by WEBHOOK_URL and WEBHOOK_SECRET',
  'outbox.unheard':
    '{count} people have something to do and gave no address that is on: nothing was sent to them. Each gives his own under "My account".',
  'outbox.try': 'Try it on myself',
  'outbox.tried': 'On its way; what came of it stands in the table',

  'outbox.messages': 'Messages',
  'outbox.none': 'No messages',
  'outbox.which': 'State',
  'outbox.all': 'All',
  'outbox.waiting': 'Waiting',
  'outbox.failed': 'Failed, is tried again',
  'outbox.delivered': 'Delivered',
  'outbox.given-up': 'Given up',
  'outbox.to': 'To',
  'outbox.channel': 'Channel',
  'outbox.count': 'To do',
  'outbox.trial': 'trial',
  'outbox.made': 'Made',
  'outbox.tries': 'Tries',
  'outbox.words': 'Answer',
  'outbox.next': 'again at {at}',
  'outbox.resend': 'Send again',
  'outbox.resent': 'It waits to be sent again',

  'addresses.title': 'Where you are told',
  'addresses.about':
    'You are told here when something waits for you: how much, and nothing of any case. Leave it empty not to be told.',
  'addresses.mail': 'E-mail',
  'addresses.webhook': 'Number for SMS',
  'addresses.off': 'This channel is off here: nothing will come yet',
  'addresses.save': 'Save the addresses',
  'addresses.saved': 'The addresses are saved',
}
