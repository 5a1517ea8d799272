import type { RefusalText } from '../refusal.ts'

/** Refusals of the outbox. */
export const outboxRefusals = {
  'outbox.off': {
    status: 409,
    detail: { zh: '此通知渠道没有启用', en: 'This channel is off' },
    rule: {
      zh: '保密法(2024) 30、31：默认不向外发送任何内容',
      en: 'Law on Guarding State Secrets (2024) 30, 31: by default nothing leaves the house',
    },
    remedy: {
      zh: '由运行维护人员设置 SMTP_URL、SMTP_FROM 或 WEBHOOK_URL、WEBHOOK_SECRET 后重新启动',
      en: 'The operator sets SMTP_URL and SMTP_FROM, or WEBHOOK_URL and WEBHOOK_SECRET, and starts the program again',
    },
  },
  'outbox.no-address': {
    status: 409,
    detail: { zh: '您还没有登记此渠道的地址', en: 'You gave no address for this channel yet' },
    rule: null,
    remedy: { zh: '请先在“我的账号”中登记', en: 'Give one under "My account" first' },
  },
  'outbox.not-settled': {
    status: 409,
    detail: { zh: '没有此通知，或它正等待发送', en: 'There is no such message, or it waits to be sent' },
    rule: null,
    remedy: {
      zh: '请刷新列表；已送达、已放弃和发送失败的可以重发',
      en: 'Look at the list again; what was delivered, given up or failed can be sent again',
    },
  },
} as const satisfies Record<string, RefusalText>
