import type { RefusalText } from './refusal.ts'

/** Refusals of the ground itself: the one door and the edge of the program. */
export const groundRefusals = {
  'request.invalid': {
    status: 400,
    detail: { zh: '提交的内容不符合要求：{what}', en: 'The request is not valid: {what}' },
    rule: null,
    remedy: { zh: '请改正所指的内容后重新提交', en: 'Correct what is named and send it again' },
  },
  'request.not-json': {
    status: 400,
    detail: { zh: '提交的内容无法作为 JSON 读取', en: 'The body cannot be read as JSON' },
    rule: null,
    remedy: {
      zh: '请以 UTF-8 编码的完整 JSON 重新提交，不带 __proto__ 等保留字段',
      en: 'Send it again, whole, as JSON in UTF-8 without reserved fields such as __proto__',
    },
  },
  'request.malformed': {
    status: 400,
    detail: { zh: '请求的格式有误，无法读取（{what}）', en: 'The request is malformed and cannot be read ({what})' },
    rule: null,
    remedy: { zh: '请按接口说明重新提交', en: 'Send it again as the description of the interface says' },
  },
  'request.key-missing': {
    status: 400,
    detail: { zh: '写操作缺少 Idempotency-Key', en: 'A write needs an Idempotency-Key' },
    rule: null,
    remedy: {
      zh: '每次操作使用一个新的键，重试时使用同一个键',
      en: 'Use a new key for each action and the same key for its retries',
    },
  },
  'request.key-reused': {
    status: 422,
    detail: {
      zh: '同一个 Idempotency-Key 已用于另一项内容',
      en: 'This Idempotency-Key was already used for a different request',
    },
    rule: null,
    remedy: { zh: '新的操作请使用新的键', en: 'Use a new key for a new action' },
  },
  'request.in-progress': {
    status: 409,
    detail: { zh: '同一操作正在处理中', en: 'The same action is still being carried out' },
    rule: null,
    remedy: { zh: '稍候片刻，用同一个键再取结果', en: 'Wait a moment and ask again with the same key' },
  },
  'request.text-not-allowed': {
    status: 400,
    detail: {
      zh: '文字中含有不允许的控制字符或残缺字符',
      en: 'The text holds a control character or half a character',
    },
    rule: null,
    remedy: { zh: '删除该字符后重新提交', en: 'Remove the character and send it again' },
  },
  'request.not-found': {
    status: 404,
    detail: { zh: '没有找到：{what}', en: 'Not found: {what}' },
    rule: null,
    remedy: { zh: '请核对编号', en: 'Check the number' },
  },
  'request.too-large': {
    status: 413,
    detail: { zh: '提交的内容过大', en: 'The request is too large' },
    rule: null,
    remedy: { zh: '请分批提交', en: 'Send it in parts' },
  },
  'request.media-type': {
    status: 415,
    detail: { zh: '不支持的内容类型', en: 'This content type is not accepted' },
    rule: null,
    remedy: {
      zh: '请按接口说明提交：文件用 multipart/form-data，其余用 application/json',
      en: 'Send what the API description says: multipart/form-data for files, else application/json',
    },
  },
  'server.busy': {
    status: 503,
    // A connection that is lost while it commits leaves it open whether the commit happened.
    detail: {
      zh: '数据库暂时不可用，本次操作是否已写入不能确定',
      en: 'The database is not available; whether this was written is not known',
    },
    rule: null,
    remedy: {
      zh: '稍候原样重试，不会重复写入；持续出现请联系系统管理员',
      en: 'Send the same again shortly, it is never written twice; if it stays, call the system administrator',
    },
  },
} as const satisfies Record<string, RefusalText>
