import type { accountZh } from './account.zh.ts'

export const accountEn: Readonly<Record<keyof typeof accountZh, string>> = {
  'account.title': 'My account',
  'account.password': 'Password',
  'account.pin': 'Badge PIN',
  'account.old-password': 'Present password',
  'account.old-pin': 'Present PIN',
  'account.old-pin-hint': 'If you have no PIN yet, give your password here',
  'account.new-password': 'New password',
  'account.new-pin': 'New PIN',
  'account.rule-password':
    'At least 8 characters, the longer the better; not your sign-in name, a common word or a birthday',
  'account.rule-pin': '6 to 8 digits; no run, no repetition, no birthday',
  'account.again': 'Once more',
  'account.differs': 'The two are not the same',
  'account.change-password': 'Change the password',
  'account.change-pin': 'Change the PIN',
  'account.changed-password': 'The password is changed',
  'account.changed-pin': 'The badge PIN is changed',
  'account.changed-detail': 'You are signed out everywhere else',
  'account.must-password': 'Change the password you were dealt to one that only you know',
  'account.must-pin': 'Change the PIN you were dealt to one that only you know',
  'account.must-detail':
    'What you were dealt opens this one session. Nothing else is possible before it is changed; after 15 minutes a new one has to be dealt.',
  'account.signed-out': 'Please sign in first',
  'account.signed-out-detail': 'Password and PIN are changed after signing in',
}
