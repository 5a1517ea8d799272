import type { HeldList, OfflineCode } from './held-list.ts'
import { lineOf, type OfflineBench } from './offline.ts'

export interface Words {
  readonly zh: string
  readonly en: string
}

/** What a person at the bench is told of the last thing done; `about` is what was scanned, an item, or a shelf's name. */
export function saidOffline(code: OfflineCode, about: string, name: string): Words {
  switch (code) {
    case 'recorded':
      return words(`${about} 已记录，待上传`, `${about} is recorded, and will be sent`)
    case 'item-in-hand':
      return words(`${about} 已取到`, `${about} is in hand`)
    case 'weighed':
      return words('重量相符', 'The weight agrees')
    case 'shelf-chosen':
      return words(`放入 ${about}`, `It goes to ${about}`)
    case 'put-back':
      return words(`${about} 没有记录，请放回待办处`, `${about} is not recorded; put it back`)
    case 'weigh-again':
      return words('请重新称重', 'Weigh it again')
    case 'locked':
      return words('工位已锁定', 'Locked')
    case 'resumed':
      return words(`${name}，请继续`, `${name}, go on`)
    case 'go-on':
      return words('请继续', 'Go on')
    case 'not-on-list':
      return words(
        '不在断网前打开的清单里，或须两人办理，断网时不能办理',
        'Not on the list that was open when the line dropped, or done by two people together; it has to wait',
      )
    case 'done-already':
      return words(`${about} 本次已办过`, `${about} has had its turn`)
    case 'finish-first':
      return words(`请先办完 ${about}，或扫描“取消”卡`, `Finish ${about} first, or scan the CANCEL card`)
    case 'item-wanted':
      return words('请先扫描物品', 'Scan an item first')
    case 'weight-wanted':
      return words(`${about} 须先称重`, `${about} must be weighed first`)
    case 'weight-differs':
      return words(
        `${about} 重量与登记不符，断网时不能办理；请扫描“取消”卡，等网络恢复`,
        `${about} has another weight than registered; scan the CANCEL card, it waits for the line`,
      )
    case 'weight-absurd':
      return words('重量无效，请重新放置', 'That is no weight; put it on again')
    case 'pan-occupied':
      return words(
        `秤上还放着上一件${about === '' ? '' : ` ${about}`}：请取下，再放这一件。确是这一件，请扫“称重”卡`,
        `${about === '' ? 'The item before' : about} is still on the scale: take it off, then put this one on. If it is this one, scan the WEIGH card`,
      )
    case 'shelf-wanted':
      return words('请先扫描库位', 'Scan the shelf first')
    case 'shelf-unfit':
      return words(`${about} 不能存放这类物品`, `${about} is not for this class of item`)
    case 'shelf-full':
      return words(`${about} 已满`, `${about} is full`)
    case 'box-sealed':
      return words(
        `${about} 已加封，断网时不能启封；请放到别处`,
        `${about} is sealed, and is not opened without the server; put it elsewhere`,
      )
    case 'not-asked':
      return words('现在不需要这一步', 'That is not asked for now')
    case 'is-locked':
      return words(`工位已锁定，请 ${name} 刷工牌`, `Locked: ${name} scans the badge`)
    case 'shift-over':
      return words(
        '本班次已超过 8 小时，须输入 PIN，断网时不能核对',
        'The shift of 8 hours is over; a PIN is needed, which cannot be checked without the server',
      )
    case 'clock-doubtful':
      return words('本机时间被改动过，断网时不能办理', 'The clock of this PC was changed; nothing can be done offline')
    case 'too-many':
      return words('待上传的记录已满，等网络恢复', 'Too many records wait; nothing more before the line is back')
    case 'device-fault':
      return words('设备没有读好，请再试一次', 'The device could not read it; try again')
    case 'not-kept':
      return words('没有记录下来（磁盘故障或已满），请停止办理', 'It could not be recorded (the disk); stop work')
    case 'passed-over':
      return words('', '')
    case 'dropped':
      return words(
        `${about} 还没有确认，没有记录；请看工位屏幕，重新扫描`,
        `${about} was not confirmed and is not recorded; look at the bench's screen and scan it again`,
      )
  }
}

/** What is wanted now. */
export function askedOffline(held: HeldList, { hand, locked }: OfflineBench): Words {
  if (locked) return words(`请 ${held.custodian.name} 刷工牌`, `${held.custodian.name} scans the badge`)
  const line = hand === null ? undefined : lineOf(held, hand.item)
  if (hand === null || line === undefined) return words('请扫描物品', 'Scan the item')
  if (line.weighed !== null && hand.weighed === null) return words('请放上电子秤', 'Put it on the scale')
  if (hand.location === null) return words('请扫描库位', 'Scan the shelf')
  return line.sealNumber === null
    ? words('放好后扫描“确认”卡', 'Put it there, then scan the CONFIRM card')
    : words(
        `核对封条编号 ${line.sealNumber}，放好后扫描“确认”卡`,
        `Compare the seal number ${line.sealNumber}, put it there, then scan the CONFIRM card`,
      )
}

function words(zh: string, en: string): Words {
  return { zh, en }
}
