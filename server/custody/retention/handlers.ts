import type { Handler } from '../../module.ts'
import { overItems } from '../items/over-items.ts'
import { answerRetention, askRetention } from './retention.ts'
import { type AnswerRetention, type AskRetention, retentionSchemas } from './schemas.ts'

/** Whether what is kept is still needed. */
export const retentionHandlers: Readonly<Record<string, Handler>> = {
  'custody.ask-retention': overItems<AskRetention>(
    retentionSchemas['custody.ask-retention'],
    ['custodian'],
    {},
    askRetention,
  ),
  'custody.answer-retention': overItems<AnswerRetention>(
    retentionSchemas['custody.answer-retention'],
    ['officer'],
    {},
    answerRetention,
  ),
}
