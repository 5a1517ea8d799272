import type { RefusalText } from '../refusal.ts'

const NEW_CODE = {
  zh: '由系统管理员重新生成登记码',
  en: 'The system administrator makes a new code',
}
const ENROL_AGAIN = {
  zh: '由系统管理员生成新的登记码，在该电脑上重新登记',
  en: 'The system administrator makes a new code, and the PC is enrolled again with it',
}
const IDENTITY = { zh: 'GB/T 22239-2019 8.1.4.1', en: 'GB/T 22239-2019 8.1.4.1' }

/** Refusals of agents: other PCs whose devices are on this server. */
export const agentRefusals = {
  'agents.wrong-code': {
    status: 401,
    detail: { zh: '登记码不正确', en: 'The enrolment code is wrong' },
    rule: IDENTITY,
    remedy: NEW_CODE,
  },
  'agents.code-used': {
    status: 401,
    detail: { zh: '登记码已经用过', en: 'The enrolment code was used already' },
    rule: IDENTITY,
    remedy: NEW_CODE,
  },
  'agents.code-expired': {
    status: 401,
    detail: {
      zh: '登记码已过期（{minutes} 分钟内有效）',
      en: 'The enrolment code is out of date (good for {minutes} minutes)',
    },
    rule: IDENTITY,
    remedy: NEW_CODE,
  },
  'agents.key-known': {
    status: 409,
    detail: { zh: '这把密钥已登记过，不得再用', en: 'This key was enrolled before and is not taken again' },
    rule: IDENTITY,
    remedy: {
      zh: '删除该电脑上的代理数据目录后重新登记',
      en: 'Remove the data folder of the agent on that PC and enrol again',
    },
  },
  'agents.unknown': {
    status: 404,
    detail: { zh: '没有登记过的代理：{agent}', en: 'No such agent is enrolled: {agent}' },
    rule: null,
    remedy: { zh: '请核对名称', en: 'Check the name' },
  },
  'agents.away': {
    status: 409,
    detail: {
      zh: '电脑 {agent} 的代理程序没有连上，看不到它的端口',
      en: 'The agent of {agent} is away: its ports are not known',
    },
    rule: null,
    remedy: {
      zh: '开机并启动代理程序，检查网络；也可以直接填写端口',
      en: 'Start that PC and its agent and look at the network; or type the port',
    },
  },
  'agents.wrong-key': {
    status: 401,
    detail: { zh: '代理出示的密钥或签名不对', en: 'The agent showed a wrong key or signature' },
    rule: IDENTITY,
    remedy: ENROL_AGAIN,
  },
  'agents.revoked': {
    status: 403,
    detail: { zh: '此代理的密钥已被吊销', en: 'The key of this agent was revoked' },
    rule: IDENTITY,
    remedy: ENROL_AGAIN,
  },
  'agents.number-reused': {
    status: 409,
    detail: {
      zh: '代理的第 {n} 号记录与服务器已有的内容不同',
      en: 'Record {n} of the agent is not what the server already has under this number',
    },
    rule: null,
    remedy: {
      zh: '该电脑的数据目录可能被旧备份覆盖：请查看本机日志目录，核对后重新登记',
      en: 'Its data folder may have been put back from an old copy: look at its journal, then enrol it again',
    },
  },
  'agents.wrong-record': {
    status: 422,
    detail: { zh: '代理送来的记录不能采信：{what}', en: 'A record of the agent cannot be believed: {what}' },
    rule: null,
    remedy: {
      zh: '请查看该电脑上的日志目录，核对后重新登记',
      en: 'Look at the journal on that PC, then enrol it again',
    },
  },
} as const satisfies Record<string, RefusalText>
