import type { RefusalText } from '../refusal.ts'

export const accessRefusals = {
  'access.not-signed-in': {
    status: 401,
    detail: { zh: '尚未登录，或登录已失效', en: 'Not signed in, or the session has ended' },
    rule: 'GB/T 22239-2019 8.1.4.1',
    remedy: { zh: '请重新登录', en: 'Sign in again' },
  },
  'access.wrong-secret': {
    status: 401,
    detail: { zh: '账号（工牌）或口令不正确', en: 'The login (or badge) or the secret is not right' },
    rule: 'GB/T 22239-2019 8.1.4.1',
    remedy: {
      zh: '请核对后重试；忘记口令请找系统管理员',
      en: 'Check and try again; the system administrator resets a forgotten secret',
    },
  },
  'access.locked-out': {
    status: 429,
    detail: {
      zh: '连续输错 {tries} 次，已暂停登录 {minutes} 分钟',
      en: '{tries} wrong tries in a row: sign-in pauses for {minutes} minutes',
    },
    rule: 'GB/T 22239-2019 8.1.4.1',
    remedy: { zh: '到时再试，或由安全管理员解除', en: 'Wait, or have the security administrator lift it' },
  },
  'access.too-many': {
    status: 429,
    detail: { zh: '同一账号（工牌）的登录请求过多', en: 'Too many sign-ins on one login (or badge) at once' },
    rule: 'GB/T 22239-2019 8.1.4.1',
    remedy: { zh: '稍候再试', en: 'Try again shortly' },
  },
  'access.no-post': {
    status: 403,
    detail: { zh: '您目前的岗位不能办理此事', en: 'None of your posts may do this' },
    rule: 'GB/T 22239-2019 8.1.4.2（最小权限）',
    remedy: { zh: '由具备岗位的人员办理：{posts}', en: 'Somebody with one of these posts does it: {posts}' },
  },
  'access.not-yours': {
    status: 403,
    detail: { zh: '您无权查看 {what}', en: 'You may not see {what}' },
    rule: '监察法 18(2)',
    remedy: { zh: '由承办部门、保管人员或监督人员办理', en: 'The case department, its keeper or a supervisor may' },
  },
  'access.foreign-origin': {
    status: 403,
    detail: { zh: '请求来自其他网站，已拒绝', en: 'The request comes from another site' },
    rule: 'ASVS 3.5.1',
    remedy: { zh: '请从本系统页面操作', en: 'Use the pages of this system' },
  },
  'access.weak-secret': {
    status: 422,
    detail: { zh: '口令过于简单：{what}', en: 'The secret is too weak: {what}' },
    rule: 'GB/T 22239-2019 8.1.4.1',
    remedy: {
      zh: '口令至少 8 个字符；PIN 为 6 至 8 位数字且不得连号或重复',
      en: 'At least 8 characters; a PIN has 6 to 8 digits, no run and no repetition',
    },
  },
  'access.signature-same': {
    status: 409,
    detail: { zh: '第二人签名不能是本人', en: 'The second signature must be somebody else’s' },
    rule: '监察法 44(1)',
    remedy: { zh: '请另一人刷工牌并输入 PIN', en: 'Another person scans a badge and gives the PIN' },
  },
} as const satisfies Record<string, RefusalText>
