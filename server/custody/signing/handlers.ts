import { type Handler } from '../../module.ts'
import { overItems } from '../items/over-items.ts'
import { signingSchemas, type Sign } from './schemas.ts'
import { signList } from './signing.ts'

/** Signatures by hand. */
export const signingHandlers: Readonly<Record<string, Handler>> = {
  'custody.sign': overItems<Sign>(signingSchemas['custody.sign'], ['officer'], {}, signList),
}
