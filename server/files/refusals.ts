import type { RefusalText } from '../refusal.ts'

const INPUT_IS_CHECKED = { zh: 'GB/T 22239-2019 8.1.4.4 d)', en: 'GB/T 22239-2019 8.1.4.4 d)' }
const STORED_DATA_IS_WHOLE = { zh: 'GB/T 22239-2019 8.1.4.7', en: 'GB/T 22239-2019 8.1.4.7' }

export const fileRefusals = {
  'file.none': {
    status: 400,
    detail: { zh: '请求中没有照片', en: 'The request holds no photo' },
    rule: null,
    remedy: {
      zh: '请选择照片后重新提交（multipart/form-data）',
      en: 'Choose a photo and send it again (multipart/form-data)',
    },
  },
  'file.too-many': {
    status: 413,
    detail: { zh: '一次最多提交 {limit} 张照片', en: 'At most {limit} photos can be sent at once' },
    rule: INPUT_IS_CHECKED,
    remedy: { zh: '请分批提交', en: 'Send them in parts' },
  },
  'file.enough': {
    status: 429,
    detail: {
      zh: '您一天内已有 {limit} 张照片没有登记到物品，未保存',
      en: '{limit} photos of yours within a day stand in no item’s account; no more were kept',
    },
    rule: null,
    remedy: {
      zh: '请先把已提交的照片登记到物品，或明日再提交',
      en: 'Register the items of the photos you have sent, or go on tomorrow',
    },
  },
  'file.cut-off': {
    status: 400,
    detail: { zh: '照片没有传完，未保存', en: 'The upload broke off; this photo was not kept' },
    rule: null,
    remedy: { zh: '请检查网络后重新提交', en: 'Check the network and send it again' },
  },
  'file.too-large': {
    status: 413,
    detail: {
      zh: '第 {position} 张照片超过 {limit_mb} MB，未保存',
      en: 'Photo {position} is larger than {limit_mb} MB and was not kept',
    },
    rule: INPUT_IS_CHECKED,
    remedy: {
      zh: '请在相机中调低分辨率或画质后重拍',
      en: 'Take it again with a lower resolution or quality set on the camera',
    },
  },
  'file.not-a-picture': {
    status: 415,
    detail: {
      zh: '第 {position} 个文件不是 JPEG 或 PNG 图片，未保存',
      en: 'File {position} is not a JPEG or PNG picture and was not kept',
    },
    rule: INPUT_IS_CHECKED,
    remedy: {
      zh: '请提交 JPEG 或 PNG；手机拍摄的 HEIC 请在相机设置中改为“兼容性最佳”',
      en: 'Send JPEG or PNG; on a phone that takes HEIC, set the camera to "Most Compatible"',
    },
  },
  'file.animated': {
    status: 415,
    detail: {
      zh: '第 {position} 个文件含有多幅画面，未保存',
      en: 'File {position} holds several pictures and was not kept',
    },
    rule: INPUT_IS_CHECKED,
    remedy: {
      zh: '请提交单幅照片；动态影像按录像登记',
      en: 'Send a single picture; register moving pictures as video',
    },
  },
  'file.too-many-pixels': {
    status: 413,
    detail: {
      zh: '第 {position} 张照片为 {width}×{height}，超过 {limit_megapixels} 百万像素或单边 {limit_side} 像素，未保存',
      en: 'Photo {position} is {width}×{height}: more than {limit_megapixels} megapixels or {limit_side} pixels a side; it was not kept',
    },
    rule: INPUT_IS_CHECKED,
    remedy: { zh: '请在相机中调低分辨率后重拍', en: 'Take it again with a lower resolution set on the camera' },
  },
  'file.too-costly': {
    status: 413,
    detail: {
      zh: '第 {position} 张照片的编码方式（渐进或隔行）在此尺寸下占用过多内存或时间，未保存',
      en: 'Photo {position} is coded in a way (progressive or interlaced) that takes too much memory or time at its size; it was not kept',
    },
    rule: INPUT_IS_CHECKED,
    remedy: {
      zh: '请提交相机直接产生的照片，或另存为非渐进的 JPEG',
      en: 'Send the photo as the camera made it, or save it as a baseline JPEG',
    },
  },
  'file.broken': {
    status: 422,
    detail: {
      zh: '第 {position} 张照片已损坏或不完整，无法完整解码，未保存',
      en: 'Photo {position} is damaged or incomplete, does not decode to its end and was not kept',
    },
    rule: INPUT_IS_CHECKED,
    remedy: { zh: '请从相机重新导出，或重新拍摄', en: 'Copy it from the camera again, or take it again' },
  },
  'file.busy': {
    status: 503,
    detail: { zh: '同时处理的照片过多，本张未保存', en: 'Too many photos are being worked on; this one was not kept' },
    rule: null,
    remedy: { zh: '稍候片刻重试', en: 'Try again in a moment' },
  },
  'file.disk-full': {
    status: 503,
    detail: { zh: '照片存储空间已满，未保存', en: 'The disk for photos is full; nothing was kept' },
    rule: null,
    remedy: {
      zh: '请系统管理员扩充 DATA_DIR 所在磁盘后重试',
      en: 'The system administrator has to make room on the disk of DATA_DIR; then try again',
    },
  },
  'file.disk-failed': {
    status: 503,
    detail: {
      zh: '照片存储不可用（{reason}），未保存',
      en: 'The storage for photos does not work ({reason}); nothing was kept',
    },
    rule: null,
    remedy: {
      zh: '请系统管理员检查 DATA_DIR 所在磁盘及其权限',
      en: 'The system administrator has to check the disk of DATA_DIR and its permissions',
    },
  },
  'file.original-damaged': {
    status: 409,
    detail: {
      zh: '照片 {sha256} 的封存原件缺失或与其摘要不符',
      en: 'The sealed original of photo {sha256} is missing or is not what its hash says',
    },
    rule: STORED_DATA_IS_WHOLE,
    remedy: {
      zh: '请系统管理员运行 npm run verify，从备份恢复原件并报告监督人员',
      en: 'The system administrator has to run npm run verify, restore the original from a backup and report to the supervisor',
    },
  },
  'file.not-found': {
    status: 404,
    detail: { zh: '没有这张照片，或您无权查看', en: 'There is no such photo, or you may not see it' },
    rule: null,
    remedy: {
      zh: '请核对编号；需要查看请联系案件承办人',
      en: 'Check the number; to see it, ask the officer in charge of the case',
    },
  },
} as const satisfies Record<string, RefusalText>
