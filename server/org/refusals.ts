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
  'org.unit-root': {
    status: 409,
    detail: { zh: '{unit} 是最上级单位，不能改隶', en: '{unit} is the unit above all others and moves nowhere' },
    rule: null,
    remedy: { zh: '请选择其下的单位', en: 'Choose a unit below it' },
  },
  'org.level-of-organ': {
    status: 422,
    detail: { zh: '{unit} 不是机关，只有机关分省、市、县级', en: '{unit} is no organ; only organs have a level' },
    rule: null,
    remedy: { zh: '请为其所属的机关登记级别', en: 'Set the level of the organ that it belongs to' },
  },
  'org.account-of-organ': {
    status: 422,
    detail: { zh: '{unit} 不是机关，专用账户由机关登记', en: '{unit} is no organ; a special account is an organ’s' },
    rule: { zh: '监察法(2024) 28(2)', en: 'Supervision Law (2024) 28(2)' },
    remedy: { zh: '请为其所属的机关登记', en: 'Name it for the organ that it belongs to' },
  },
  'org.accounts-most': {
    status: 409,
    detail: { zh: '一个机关最多登记 {most} 个专用账户', en: 'An organ has {most} special accounts at most' },
    rule: null,
    remedy: { zh: '请先停用不再使用的账户', en: 'End one that is not used any more' },
  },
  'org.last-account': {
    status: 409,
    detail: {
      zh: '“{account}”是本机关最后一个专用账户：停用后任何账户都能收款，不能停用',
      en: '“{account}” is the last special account of this organ: without it money would go into any account',
    },
    rule: { zh: '监察法(2024) 28(2)', en: 'Supervision Law (2024) 28(2)' },
    remedy: { zh: '请先由两类管理员登记新账户，再停用', en: 'Two administrators name another first; then it is ended' },
  },
  'org.unit-below': {
    status: 409,
    detail: { zh: '{unit} 是它自己的下级，不能作为上级', en: '{unit} lies below it and cannot be above it' },
    rule: null,
    remedy: { zh: '请另选上级单位', en: 'Choose another unit to put it under' },
  },
  'org.vouch-self': {
    status: 409,
    detail: { zh: '不能为自己担保', en: 'Nobody vouches for himself' },
    rule: { zh: '忘带工牌由同岗位人员担保', en: 'Who has no badge is vouched for by a colleague of the same post' },
    remedy: { zh: '请同库房另一名保管人员办理', en: 'Ask another custodian of the store' },
  },
  'org.vouch-post': {
    status: 403,
    detail: { zh: '担保人与被担保人须同为 {place} 的保管人员', en: 'Both must be custodians of {place}' },
    rule: { zh: '忘带工牌由同岗位人员担保', en: 'Who has no badge is vouched for by a colleague of the same post' },
    remedy: { zh: '请同库房的保管人员办理', en: 'A custodian of the same store does it' },
  },
  'org.vouched-today': {
    status: 409,
    detail: { zh: '{person} 今天已有人担保', en: '{person} was vouched for today already' },
    rule: { zh: '担保当日有效，一日一次', en: 'Vouching holds for the day, once a day' },
    remedy: { zh: '请直接在工位输入登录名和 PIN', en: 'Go on at the bench with log-in and PIN' },
  },
  'org.inactive': {
    status: 409,
    detail: { zh: '{person} 已停用', en: '{person} is no longer active' },
    rule: { zh: 'GB/T 22239-2019 8.1.4.2', en: 'GB/T 22239-2019 8.1.4.2' },
    remedy: { zh: '由系统管理员启用后再办理', en: 'The system administrator reactivates the person first' },
  },
  'org.active-already': {
    status: 409,
    detail: { zh: '{person} 没有停用', en: '{person} is active' },
    rule: null,
    remedy: { zh: '无须办理', en: 'Nothing to do' },
  },
  'org.still-active': {
    status: 409,
    detail: { zh: '{person} 仍在用，姓名不能删除', en: '{person} is active: the name is not erased' },
    rule: { zh: '个人信息保护法 第四十七条', en: 'Personal Information Protection Law, article 47' },
    remedy: { zh: '先由系统管理员停用', en: 'The system administrator makes the person inactive first' },
  },
  'org.erased': {
    status: 409,
    detail: {
      zh: '此人的姓名已依法删除，不能恢复',
      en: 'The name of this person was lawfully erased and does not come back',
    },
    rule: { zh: '个人信息保护法 第四十七条', en: 'Personal Information Protection Law, article 47' },
    remedy: { zh: '确需再用时另建人员', en: 'Add a new person where one is needed' },
  },
  'org.nothing-to-erase': {
    status: 404,
    detail: {
      zh: '{item}：没有可以删除的内容；或无此物品、文书，或已删除',
      en: '{item}: nothing is there to be erased; there is no such item or paper, or it was erased before',
    },
    rule: { zh: '个人信息保护法 第四十七条', en: 'Personal Information Protection Law, article 47' },
    remedy: {
      zh: '请按批准文书核对物品编码、文号和对象',
      en: 'Check the item code or the number of the paper, and whose content it is, with the decision',
    },
  },
  'org.case-open': {
    status: 409,
    detail: {
      zh: '{item} 所属案件尚未结案，不能以此依据删除',
      en: 'The case of {item} is still open: nothing is erased on this ground',
    },
    rule: {
      zh: '个人信息保护法 第四十七条：处理目的尚未实现、保存期限尚未届满',
      en: 'Personal Information Protection Law, article 47: the purpose is not fulfilled, the period is not over',
    },
    remedy: {
      zh: '结案后再办；主管部门责令删除的，按责令办理',
      en: 'Do it when the case is closed, or as the authority orders',
    },
  },
  'org.two-roles-stay': {
    status: 409,
    detail: {
      zh: '办理后，能够登录的管理员将不足两类，再无人可以互相确认',
      en: 'After this, fewer than two administrator roles would be left with somebody who can sign in, and nobody could confirm anything',
    },
    rule: { zh: 'GB/T 22239-2019 8.1.5（三员分立）', en: 'GB/T 22239-2019 8.1.5 (three separate administrators)' },
    remedy: {
      zh: '先由两类管理员为该角色任命他人并发放口令，再办理',
      en: 'First have two administrators appoint somebody else in that role and deal him a secret',
    },
  },
  'org.administrators-exclude': {
    status: 409,
    detail: {
      zh: '系统、安全、审计管理员不得由同一人担任，也不得兼任业务岗位',
      en: 'System, security and audit administrator are three people, and none holds a post in the work itself',
    },
    rule: { zh: 'GB/T 22239-2019 8.1.5（三员分立）', en: 'GB/T 22239-2019 8.1.5 (three administrators apart)' },
    remedy: { zh: '请另选人员，或先终止原岗位', en: 'Choose another person, or end the other post first' },
  },
  'org.own-provider': {
    status: 403,
    detail: { zh: '不得解除本人的统一身份绑定', en: 'Nobody undoes the link of his own account' },
    rule: { zh: 'GB/T 22239-2019 8.1.5', en: 'GB/T 22239-2019 8.1.5' },
    remedy: { zh: '由另一名安全管理员解除', en: 'Another security administrator undoes it' },
  },
  'org.no-provider': {
    status: 409,
    detail: { zh: '{person} 没有绑定统一身份账号', en: '{person} is linked with no account of the identity provider' },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1', en: 'GB/T 22239-2019 8.1.4.1' },
    remedy: { zh: '无须解除', en: 'There is nothing to undo' },
  },
  'org.own-second-factor': {
    status: 403,
    detail: { zh: '不得重置本人的动态码', en: 'Nobody resets his own second factor' },
    rule: { zh: 'GB/T 22239-2019 8.1.5', en: 'GB/T 22239-2019 8.1.5' },
    remedy: {
      zh: '在我的账号里换一个身份验证器，或由另一名安全管理员重置',
      en: 'Set up another app on your own account, or another security administrator resets it',
    },
  },
  'org.no-second-factor': {
    status: 409,
    detail: { zh: '{person} 没有设置动态码', en: '{person} has set up no second factor' },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1 d', en: 'GB/T 22239-2019 8.1.4.1 d' },
    remedy: { zh: '无须重置', en: 'There is nothing to reset' },
  },
  'org.own-appointment': {
    status: 403,
    detail: { zh: '不得为本人授予岗位', en: 'Nobody appoints himself' },
    rule: { zh: 'GB/T 22239-2019 8.1.5', en: 'GB/T 22239-2019 8.1.5' },
    remedy: { zh: '由另一名安全管理员提出，另一类管理员确认', en: 'Another security administrator proposes it' },
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
    rule: { zh: 'GB/T 22239-2019 8.1.4.2', en: 'GB/T 22239-2019 8.1.4.2' },
    remedy: { zh: '请先收回原工牌，或换一张', en: 'Take the badge back first, or use another' },
  },
  'org.own-change': {
    status: 403,
    detail: {
      zh: '不得办理本人的口令重置或工牌',
      en: 'Nobody proposes or confirms a dealt secret or a badge for himself',
    },
    rule: { zh: 'GB/T 22239-2019 8.1.5（三员分立）', en: 'GB/T 22239-2019 8.1.5 (three administrators apart)' },
    remedy: {
      zh: '本人口令在“我的账号”修改；忘记口令由另两类管理员共同办理',
      en: 'Change your own secret under “My account”; a forgotten one takes the other two administrators',
    },
  },
  'org.no-post-yet': {
    status: 409,
    detail: { zh: '{person} 目前没有岗位，不能发放口令', en: '{person} holds no post, so no secret is dealt' },
    rule: { zh: 'GB/T 22239-2019 8.1.4.2（最小权限）', en: 'GB/T 22239-2019 8.1.4.2 (least privilege)' },
    remedy: { zh: '先由安全管理员授予岗位', en: 'The security administrator appoints the person first' },
  },
  'org.unlocked-often': {
    status: 429,
    detail: {
      zh: '{person} 一天内已解除 {times} 次',
      en: '{person} was unlocked {times} times within a day',
    },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1', en: 'GB/T 22239-2019 8.1.4.1' },
    remedy: {
      zh: '查明是谁在试口令；必要时由两类管理员重置口令',
      en: 'Find out who is guessing; if need be, two administrators deal a new secret',
    },
  },
  'org.proposal-unknown': {
    status: 404,
    detail: { zh: '没有此项变更：{proposal}', en: 'There is no such proposal: {proposal}' },
    rule: null,
    remedy: { zh: '请核对编号', en: 'Check the number' },
  },
  'org.proposal-decided': {
    status: 409,
    detail: { zh: '此项变更已经处理：{state}', en: 'This proposal was dealt with already: {stateEn}' },
    rule: null,
    remedy: { zh: '如仍需要，请重新提出', en: 'Propose it anew if it is still wanted' },
  },
  'org.proposal-lapsed': {
    status: 409,
    detail: { zh: '此项变更已于 {expiresAt} 失效', en: 'This proposal lapsed at {expiresAt}' },
    rule: null,
    remedy: { zh: '请重新提出，另一类管理员及时确认', en: 'Propose it anew, and have it confirmed in time' },
  },
  'org.two-needed': {
    status: 403,
    detail: {
      zh: '此事须由两类管理员共同办理，不能在服务器上单独办理',
      en: 'This takes two administrators and is not done at the machine alone',
    },
    rule: { zh: 'GB/T 22239-2019 8.1.5（三员分立）', en: 'GB/T 22239-2019 8.1.5 (three administrators apart)' },
    remedy: {
      zh: '由两类管理员在“人员与岗位”办理；紧急情况加 --break-glass "原因"，原因记入台账并告知监督人员',
      en: 'Two administrators do it under “People and posts”; in an emergency add --break-glass "reason", which is recorded and shown to the supervisors',
    },
  },
  'org.upload-address': {
    status: 422,
    detail: {
      zh: '上报地址须为 https 地址，不带账号和口令（本机可用 http）',
      en: 'Counts are uploaded to an https address without a name or password (on this machine http will do)',
    },
    rule: {
      zh: '保密法(2024) 30、31：默认不向外发送任何内容',
      en: 'Law on Guarding State Secrets (2024) 30, 31: by default nothing leaves the house',
    },
    remedy: { zh: '请向上级系统的管理单位核对地址', en: 'Ask whoever runs the other system for its address' },
  },
  'org.upload-same': {
    status: 409,
    detail: { zh: '上报已是这个状态', en: 'The upload is so already' },
    rule: null,
    remedy: { zh: '无须再办', en: 'Nothing is left to do' },
  },
  'org.same-role': {
    status: 403,
    detail: {
      zh: '须由另一类管理员确认，提出人及同类管理员不得确认',
      en: 'An administrator of another role confirms, never the proposer or one of the same role',
    },
    rule: { zh: 'GB/T 22239-2019 8.1.5（三员分立）', en: 'GB/T 22239-2019 8.1.5 (three administrators apart)' },
    remedy: {
      zh: '请另一类管理员（系统、安全或审计）确认',
      en: 'Have it confirmed by an administrator of another role',
    },
  },
} as const satisfies Record<string, RefusalText>
