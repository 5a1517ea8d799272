import type { Handler } from '../../module.ts'
import { overItems } from '../items/over-items.ts'
import { openAccountNumber } from './account-number.ts'
import { accountNumberSchemas, type OpenAccountNumber } from './schemas.ts'

/** Reading the whole number of an account. */
export const accountNumberHandlers: Readonly<Record<string, Handler>> = {
  'custody.open-account-number': overItems<OpenAccountNumber>(
    accountNumberSchemas['custody.open-account-number'],
    ['officer', 'custodian', 'supervisor'],
    {},
    openAccountNumber,
  ),
}
