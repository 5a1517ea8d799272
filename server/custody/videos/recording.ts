import { Refusal } from '../../refusal.ts'
import type { InClear } from '../in-clear/in-clear.ts'
import { mustFitPaper } from '../papers/drawable.ts'
import { rules } from '../rules.ts'
import type { Recording } from './schemas.ts'

const MS_PER_HOUR = 3_600_000

/**
 * A recording can have been made: it runs forwards, up to now, no longer than one does, and its words fit on paper.
 * @throws Refusal `custody.video-times`, and as `mustFitPaper`
 */
export function mustBeMade({ number, device, keptIn, startedAt, endedAt }: Recording, now: string): void {
  const hours = rules.video_hours_max.value
  const length_ms = Date.parse(endedAt) - Date.parse(startedAt)
  if (length_ms <= 0 || length_ms > hours * MS_PER_HOUR || endedAt > now)
    throw new Refusal('custody.video-times', { from: startedAt, to: endedAt, hours })
  mustFitPaper({
    录像编号: { en: 'Recording number', text: number },
    录制设备: { en: 'Device', text: device },
    保存位置: { en: 'Kept in', text: keptIn },
  })
}

/** What of a recording stands in the register as it was typed. */
export function recordingInClear({ number, device, keptIn }: Recording): InClear[] {
  return [
    { field: 'number', name: { zh: '录像编号', en: 'recording number' }, text: number },
    { field: 'device', name: { zh: '录制设备', en: 'device' }, text: device },
    { field: 'keptIn', name: { zh: '保存位置', en: 'place' }, text: keptIn },
  ]
}

/** Why a recording is not entered yet, as it stands in the register. */
export function laterInClear(text: string | undefined): InClear {
  return {
    field: 'recordingLater',
    name: { zh: '暂未登记录像的理由', en: 'reason why no recording is noted yet' },
    text,
  }
}
