import type { RefusalText } from '../refusal.ts'

export const accessRefusals = {
  'access.not-signed-in': {
    status: 401,
    detail: { zh: '尚未登录，或登录已失效', en: 'Not signed in, or the session has ended' },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1', en: 'GB/T 22239-2019 8.1.4.1' },
    remedy: { zh: '请重新登录', en: 'Sign in again' },
  },
  'access.wrong-secret': {
    status: 401,
    detail: { zh: '账号（工牌）或口令不正确', en: 'The login (or badge) or the secret is not right' },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1', en: 'GB/T 22239-2019 8.1.4.1' },
    remedy: {
      zh: '请核对后重试；忘记口令请找系统管理员和安全管理员',
      en: 'Check and try again; the system and the security administrator together deal a new secret',
    },
  },
  'access.code-needed': {
    status: 401,
    detail: { zh: '还需输入身份验证器上的动态码', en: 'A one-time code of the authenticator app is needed, too' },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1 d', en: 'GB/T 22239-2019 8.1.4.1 d' },
    remedy: {
      zh: '打开手机上的身份验证器，输入 6 位动态码；手机不在身边时输入一个恢复码',
      en: 'Type the six digits that the app shows; without the app, one of the recovery codes',
    },
  },
  'access.wrong-code': {
    status: 401,
    detail: { zh: '动态码不正确或已过时', en: 'The one-time code is not right, or no longer' },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1 d', en: 'GB/T 22239-2019 8.1.4.1 d' },
    remedy: {
      zh: '等下一个动态码再试，并核对手机时间；遗失手机请找安全管理员重置',
      en: 'Wait for the next one and look at the clock of the phone; the security administrator resets a lost app',
    },
  },
  'access.code-used': {
    status: 401,
    detail: { zh: '此动态码或恢复码已用过', en: 'This code was used already' },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1 d', en: 'GB/T 22239-2019 8.1.4.1 d' },
    remedy: { zh: '等下一个动态码（不超过 30 秒）', en: 'Wait for the next one, 30 seconds at most' },
  },
  'access.no-set-up': {
    status: 409,
    detail: { zh: '没有正在设置的身份验证器', en: 'No authenticator app is being set up' },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1 d', en: 'GB/T 22239-2019 8.1.4.1 d' },
    remedy: { zh: '请重新开始设置', en: 'Begin to set one up' },
  },
  'access.must-set-up': {
    status: 403,
    detail: {
      zh: '您的岗位用口令登录须有动态码，设置之前不能办理其他事项',
      en: 'Your post signs in by password with a one-time code alone: nothing else is possible before an app is set up',
    },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1 d', en: 'GB/T 22239-2019 8.1.4.1 d' },
    remedy: {
      zh: '请在清管首页设置身份验证器，或改用工牌和 PIN 登录',
      en: 'Set an authenticator app up on the first page, or sign in by badge and PIN',
    },
  },
  'access.provider-off': {
    status: 404,
    detail: { zh: '本系统未接入统一身份认证', en: 'No identity provider is set up here' },
    rule: null,
    remedy: { zh: '请用工牌或账号登录', en: 'Sign in by badge or by login' },
  },
  'access.provider-away': {
    status: 503,
    detail: { zh: '{provider}没有应答', en: '{provider} does not answer' },
    rule: null,
    remedy: { zh: '请稍后再试，或用工牌、账号登录', en: 'Try again later, or sign in by badge or by login' },
  },
  'access.provider-refused': {
    status: 401,
    detail: { zh: '{provider}没有确认您的身份', en: '{provider} has not confirmed who you are' },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1', en: 'GB/T 22239-2019 8.1.4.1' },
    remedy: { zh: '请重新登录，或用工牌、账号登录', en: 'Begin again, or sign in by badge or by login' },
  },
  'access.attempt-over': {
    status: 409,
    detail: { zh: '此次登录已超时，或不是从本页开始的', en: 'This attempt is over, or did not begin on this page' },
    rule: { zh: 'ASVS 5.0 10.1.2', en: 'ASVS 5.0 10.1.2' },
    remedy: { zh: '请从登录页重新开始', en: 'Begin again on the sign-in page' },
  },
  'access.provider-unknown': {
    status: 403,
    detail: {
      zh: '本系统没有账号 {login}，或已停用',
      en: 'Nobody here has the login {login}, or he is no longer active',
    },
    rule: { zh: 'GB/T 22239-2019 8.1.4.2（最小权限）', en: 'GB/T 22239-2019 8.1.4.2 (least privilege)' },
    remedy: { zh: '由系统管理员开通账号', en: 'The system administrator adds you' },
  },
  'access.provider-other': {
    status: 403,
    detail: {
      zh: '此账号已与另一个统一身份账号绑定',
      en: 'This account is linked with another account of the identity provider',
    },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1', en: 'GB/T 22239-2019 8.1.4.1' },
    remedy: { zh: '由安全管理员核实后解除原绑定', en: 'The security administrator looks into it and undoes the link' },
  },
  'access.provider-single-factor': {
    status: 403,
    detail: {
      zh: '须用两种以上方式核验身份，{provider}只用了一种',
      en: 'You need more than one factor, and {provider} asked for one',
    },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1 d', en: 'GB/T 22239-2019 8.1.4.1 d' },
    remedy: { zh: '请用工牌和 PIN，或账号、口令和动态码登录', en: 'Sign in by badge and PIN, or by password and code' },
  },
  'access.provider-administrator': {
    status: 403,
    detail: {
      zh: '系统、安全、审计管理员不经统一身份认证登录',
      en: 'No administrator signs in through the identity provider',
    },
    rule: { zh: 'GB/T 22239-2019 8.1.5（三员分立）', en: 'GB/T 22239-2019 8.1.5 (three administrators apart)' },
    remedy: { zh: '请用工牌或账号登录', en: 'Sign in by badge or by login' },
  },
  'access.locked-out': {
    status: 429,
    detail: {
      zh: '连续输错 {tries} 次，已暂停登录 {minutes} 分钟',
      en: '{tries} wrong tries in a row: sign-in pauses for {minutes} minutes',
    },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1', en: 'GB/T 22239-2019 8.1.4.1' },
    remedy: { zh: '到时再试，或由安全管理员解除', en: 'Wait, or have the security administrator lift it' },
  },
  'access.locked-for-today': {
    status: 429,
    detail: {
      zh: '24 小时内已输错 {tries} 次，不再接受',
      en: '{tries} wrong tries within 24 hours: no more are taken',
    },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1', en: 'GB/T 22239-2019 8.1.4.1' },
    remedy: {
      zh: '在自己常用的其他位置登录，或由安全管理员解除',
      en: 'Sign in at another place that you use, or have the security administrator lift it',
    },
  },
  'access.slow-down': {
    status: 429,
    detail: { zh: '此处输错过多，请等 {seconds} 秒', en: 'Too many wrong tries here: wait {seconds} seconds' },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1', en: 'GB/T 22239-2019 8.1.4.1' },
    remedy: { zh: '稍候再试', en: 'Try again then' },
  },
  'access.must-change': {
    status: 403,
    detail: {
      zh: '这是一次性口令，修改之前不能办理其他事项',
      en: 'This secret was dealt for one sign-in: nothing else is possible before it is changed',
    },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1', en: 'GB/T 22239-2019 8.1.4.1' },
    remedy: {
      zh: '请在电脑上打开清管首页，用它登录并改成只有您知道的',
      en: 'Open the first page on a desk, sign in with it and change it to one that only you know',
    },
  },
  'access.dealt-over': {
    status: 403,
    detail: { zh: '此一次性口令已用过或已过期', en: 'This dealt secret was used already or has lapsed' },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1', en: 'GB/T 22239-2019 8.1.4.1' },
    remedy: {
      zh: '由系统管理员和安全管理员重新发放',
      en: 'The system and the security administrator deal a new one',
    },
  },
  'access.changed-meanwhile': {
    status: 409,
    detail: { zh: '核对口令时该账号刚有变动', en: 'Something about this account changed while the secret was checked' },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1', en: 'GB/T 22239-2019 8.1.4.1' },
    remedy: { zh: '请重新登录', en: 'Sign in again' },
  },
  'access.wrong-old': {
    status: 403,
    detail: { zh: '原口令不正确', en: 'The present secret is not right' },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1', en: 'GB/T 22239-2019 8.1.4.1' },
    remedy: { zh: '请核对后重试', en: 'Check and try again' },
  },
  'access.same-secret': {
    status: 422,
    detail: { zh: '新口令与原口令相同', en: 'The new secret is the present one' },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1', en: 'GB/T 22239-2019 8.1.4.1' },
    remedy: { zh: '请另选一个', en: 'Choose another' },
  },
  'access.this-machine': {
    status: 403,
    detail: { zh: '此处只对本机开放', en: 'This is answered on this machine only' },
    rule: { zh: 'GB/T 22239-2019 8.1.4.4', en: 'GB/T 22239-2019 8.1.4.4' },
    remedy: {
      zh: '在服务器本机采集，或以系统、审计管理员身份登录',
      en: 'Collect it on the server itself, or sign in as system or audit administrator',
    },
  },
  'access.too-many': {
    status: 429,
    detail: { zh: '同时的登录请求过多', en: 'Too many sign-ins at once' },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1', en: 'GB/T 22239-2019 8.1.4.1' },
    remedy: { zh: '稍候再试', en: 'Try again shortly' },
  },
  'access.no-post': {
    status: 403,
    detail: { zh: '您目前的岗位不能办理此事', en: 'None of your posts may do this' },
    rule: { zh: 'GB/T 22239-2019 8.1.4.2（最小权限）', en: 'GB/T 22239-2019 8.1.4.2 (least privilege)' },
    remedy: { zh: '由具备岗位的人员办理：{posts}', en: 'Somebody with one of these posts does it: {posts}' },
  },
  'access.not-yours': {
    status: 403,
    detail: { zh: '您无权查看 {what}', en: 'You may not see {what}' },
    rule: { zh: '监察法 18(2)', en: 'Supervision Law 18(2)' },
    remedy: { zh: '由承办部门、保管人员或监督人员办理', en: 'The case department, its keeper or a supervisor may' },
  },
  'access.foreign-origin': {
    status: 403,
    detail: { zh: '请求来自其他网站，已拒绝', en: 'The request comes from another site' },
    rule: { zh: 'ASVS 3.5.1', en: 'ASVS 3.5.1' },
    remedy: { zh: '请从本系统页面操作', en: 'Use the pages of this system' },
  },
  'access.weak-secret': {
    status: 422,
    detail: { zh: '口令不符合要求或过于简单：{what}', en: 'The secret is not allowed or too weak: {what}' },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1', en: 'GB/T 22239-2019 8.1.4.1' },
    remedy: {
      zh: '口令至少 8 个字符，不得含账号或常见词；PIN 为 6 至 8 位数字，不得连号、重复或是日期',
      en: 'At least 8 characters without the login or a common word; a PIN has 6 to 8 digits, no run, no repetition, no date',
    },
  },
  'access.signature-same': {
    status: 409,
    detail: { zh: '第二人签名不能是本人', en: 'The second signature must be somebody else’s' },
    rule: { zh: '监察法 44(1)', en: 'Supervision Law 44(1)' },
    remedy: { zh: '请另一人刷工牌并输入 PIN', en: 'Another person scans a badge and gives the PIN' },
  },
} as const satisfies Record<string, RefusalText>
