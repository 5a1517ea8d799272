import type { RefusalText } from '../../refusal.ts'

const OWN = { zh: '检修时不请评价，试按不算评价', en: 'During maintenance no vote is offered: a test press is none' }

/** What is refused of the maintenance of a counter's devices. */
export const maintenanceRefusals = {
  'rating.not-a-technician': {
    status: 403,
    detail: { zh: '检修由系统管理员进入', en: 'Maintenance is for system administrators' },
    rule: { zh: '三员分立，设备由系统管理员管理', en: 'Of the three administrators, the system’s looks after devices' },
    remedy: { zh: '请联系系统管理员', en: 'Call the system administrator' },
  },
  'rating.vote-is-open': {
    status: 409,
    detail: { zh: '本窗口正在评价，此时不能检修', en: 'Somebody may be rating at this counter now' },
    rule: OWN,
    remedy: { zh: '请等这次评价结束后再试', en: 'Try again when this vote is over' },
  },
  'rating.in-maintenance': {
    status: 409,
    detail: {
      zh: '本窗口的评价设备正在检修，暂不请评价',
      en: 'The devices of this counter are looked after: no vote is offered',
    },
    rule: OWN,
    remedy: {
      zh: '请等检修结束，或改用纸质评价；系统管理员可以随时结束检修',
      en: 'Wait until it is over, or rate on paper; the system administrator can end it',
    },
  },
  'rating.not-maintained': {
    status: 409,
    detail: { zh: '本屏没有在检修，或检修时间已到', en: 'This screen is not in maintenance, or its time is over' },
    rule: null,
    remedy: { zh: '请重新输入工牌号和 PIN', en: 'Enter badge number and PIN again' },
  },
} as const satisfies Record<string, RefusalText>
