import type { RefusalText } from '../refusal.ts'

export const demoRefusals = {
  'demo.cannot': {
    status: 422,
    detail: { zh: '{device} 不会做这件事', en: '{device} cannot do that' },
    rule: null,
    remedy: {
      zh: '扫码器 scan，秤 weigh_mg，评价器 press，打印机 paperOut、headOpen；都可 unplug、replug',
      en: 'scan for scanners, weigh_mg for scales, press for keypads, paperOut and headOpen for printers; unplug and replug for all',
    },
  },
  'demo.unplugged': {
    status: 409,
    detail: { zh: '{device} 的插头已拔下', en: '{device} is unplugged' },
    rule: null,
    remedy: { zh: '先插回（replug）', en: 'Plug it in again (replug)' },
  },
} as const satisfies Record<string, RefusalText>
