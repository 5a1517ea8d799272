import type { RefusalText } from '../../refusal.ts'

const LIST_SIGNED = {
  zh: '监察法(2024) 28(1)：当面逐一清点、签名',
  en: 'Supervision Law (2024) 28(1): counted face to face and signed',
}

/** Why a signature is not taken down. */
export const signingRefusals = {
  'custody.signature-empty': {
    status: 422,
    detail: { zh: '签名为空或只有一点、一划', en: 'The signature is empty, or only a dot or a dash' },
    rule: LIST_SIGNED,
    remedy: {
      zh: '请本人在框内写全姓名；不愿或不能签名的，登记时注明原因',
      en: 'The person writes the whole name in the box; who will not or cannot is registered with the reason',
    },
  },
  'custody.signature-too-big': {
    status: 422,
    detail: {
      zh: '签名超出签名框，或笔画超过 {points} 点',
      en: 'The signature leaves the box or has more than {points} points',
    },
    rule: { zh: '签名只收框内笔画', en: 'A signature is what was drawn in the box' },
    remedy: {
      zh: '请清除后在框内重签；扫描件请裁到签名处',
      en: 'Clear it and sign in the box; crop a scan to the signature',
    },
  },
  'custody.already-signed': {
    status: 409,
    detail: { zh: '{item} 的这一签名已于 {at} 留存', en: 'This signature on {item} was taken down at {at}' },
    rule: { zh: '签名不覆盖、不替换', en: 'No signature is written over another' },
    remedy: { zh: '请刷新查看已留存的签名', en: 'Read the page again: the signature is there' },
  },
  'custody.did-not-sign': {
    status: 409,
    detail: { zh: '{item} 登记为{what}未签名', en: 'For {item} it is on record that the {whatEn} did not sign' },
    rule: { zh: '行政强制法 18(八)(九)', en: 'Administrative Compulsion Law 18(8)(9)' },
    remedy: {
      zh: '拒签、不在场已注明原因，无须签名；事后签名的请签在纸质清单上并附卷',
      en: 'The reason stands on the list and nothing is signed; a later signature goes on the paper list in the file',
    },
  },
  'custody.not-of-measure': {
    status: 403,
    detail: { zh: '您不是采取此项措施的人员', en: 'You did not take part in this measure' },
    rule: { zh: '监察法(2024) 44(1)：由采取措施的人员签名', en: 'Supervision Law (2024) 44(1): who took part signs' },
    remedy: { zh: '请采取措施的调查人员本人登录后签名', en: 'Who took part signs in and signs' },
  },
  'custody.not-of-hand-over': {
    status: 403,
    detail: { zh: '这次交接您没有经手', en: 'You had no part in this hand-over' },
    rule: { zh: '交接双方当面核对、各自签名', en: 'Both sides of a hand-over check and sign face to face' },
    remedy: { zh: '请经手的移交人或接收人本人登录后签名', en: 'Who handed over or took over signs in and signs' },
  },
  'custody.not-on-paper': {
    status: 422,
    detail: { zh: '{item} 在这份文书上没有这一签名处', en: 'For {item} this paper has no such place to sign' },
    rule: {
      zh: '谁经手谁签名；他人签名须本人刷卡、输密码确认',
      en: 'Who took part signs; another confirms with his own badge and PIN',
    },
    remedy: {
      zh: '请刷新页面，按所列签名处签名；退回补正的不签',
      en: 'Read the page again and sign in the places that it lists; what was sent back is not signed for',
    },
  },
  'custody.not-at-bench': {
    status: 409,
    detail: {
      zh: '本台刚才办理的事项中没有这一处待补，或本台正在办理其他事项',
      en: 'Nothing of this kind is open from what was just done at this bench, or something else is in work here',
    },
    rule: {
      zh: '当场办理、当场签名拍照；过后在办公端由本人刷卡、输密码确认',
      en: 'Signed and photographed where and when it was done; later at a desk, with badge and PIN again',
    },
    remedy: { zh: '请到该物品或清单的页面签名、拍照', en: 'Sign or photograph on the page of the item or list' },
  },
  'custody.one-list': {
    status: 422,
    detail: { zh: '{item} 不在同一份清单上', en: '{item} is not on the same list' },
    rule: { zh: '一份签名只签一份清单', en: 'One signature is for one list' },
    remedy: {
      zh: '请按通知书文号和持有人分别签名',
      en: 'Sign list by list, each with its notice number and its holder',
    },
  },
} as const satisfies Record<string, RefusalText>
