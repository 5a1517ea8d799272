import type { RefusalText } from '../refusal.ts'

export const organisationRefusals = {
  'org.already-there': {
    status: 409,
    detail: { zh: '{what} 已存在', en: '{what} is there already' },
    rule: null,
    remedy: { zh: '请使用其他编号', en: 'Choose another id' },
  },
  'org.unknown': {
    status: 404,
    detail: { zh: '没有这个单位、库房或人员：{what}', en: 'There is no such unit, store or person: {what}' },
    rule: null,
    remedy: {
      zh: '请核对编号，或由系统管理员先行建立',
      en: 'Check the id, or have the system administrator add it first',
    },
  },
  'org.inactive': {
    status: 409,
    detail: { zh: '{person} 已停用', en: '{person} is no longer active' },
    rule: 'GB/T 22239-2019 8.1.4.2',
    remedy: { zh: '由系统管理员启用后再办理', en: 'The system administrator reactivates the person first' },
  },
  'org.administrators-exclude': {
    status: 409,
    detail: {
      zh: '系统、安全、审计管理员不得由同一人担任，也不得兼任业务岗位',
      en: 'System, security and audit administrator are three people, and none holds a post in the work itself',
    },
    rule: 'GB/T 22239-2019 8.1.5（三员分立）',
    remedy: { zh: '请另选人员，或先终止原岗位', en: 'Choose another person, or end the other post first' },
  },
  'org.own-appointment': {
    status: 403,
    detail: { zh: '不得为本人授予岗位', en: 'Nobody appoints himself' },
    rule: 'GB/T 22239-2019 8.1.5',
    remedy: { zh: '由另一名安全管理员办理', en: 'Another security administrator does it' },
  },
  'org.appointment-unknown': {
    status: 404,
    detail: { zh: '{person} 目前没有这个岗位', en: '{person} does not hold this post now' },
    rule: null,
    remedy: { zh: '请核对岗位和所属单位', en: 'Check the post and its place' },
  },
  'org.badge-taken': {
    status: 409,
    detail: { zh: '该工牌已发给他人', en: 'This badge belongs to somebody else' },
    rule: 'GB/T 22239-2019 8.1.4.2',
    remedy: { zh: '请先收回原工牌，或换一张', en: 'Take the badge back first, or use another' },
  },
} as const satisfies Record<string, RefusalText>
