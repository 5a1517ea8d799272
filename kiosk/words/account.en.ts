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
  'account.second-factor': 'One-time codes',
  'account.second-factor-about':
    'Signing in by name and password then asks for a code of the authenticator app on your phone, which needs no network. Badge and PIN stay as they are.',
  'account.factor-off': 'None is set up',
  'account.factor-on': 'In use since {since}, {left} recovery codes left',
  'account.factor-begin': 'Set up an app',
  'account.factor-change': 'Set up another app',
  'account.factor-scan':
    'Scan this with the authenticator app, then type the code that it shows. Until then you sign in as before.',
  'account.factor-qr': 'QR code for the authenticator app',
  'account.factor-by-hand': 'Where it cannot be scanned, type this:',
  'account.factor-first': 'Code that the app shows',
  'account.factor-confirm': 'Use codes from now on',
  'account.factor-set': 'Codes are asked for from now on',
  'account.recovery': 'Recovery codes',
  'account.recovery-about':
    'Write these ten down and keep them safe: they are not shown again. Without the phone, each of them stands for a code once.',
  'account.recovery-kept': 'Written down, go on',
  'account.must-second-factor': 'Your post asks for one-time codes: set an app up first',
  'account.must-password': 'Change the password you were dealt to one that only you know',
  'account.must-pin': 'Change the PIN you were dealt to one that only you know',
  'account.must-detail':
    'What you were dealt opens this one session. Nothing else is possible before it is changed; after 15 minutes a new one has to be dealt.',
  'account.signed-out': 'Please sign in first',
  'account.signed-out-detail': 'Password and PIN are changed after signing in',
}
