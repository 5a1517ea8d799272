/** What the forms may offer and have to ask for, as the server's rules have it. Read once for who is signed in. */

import type { CustodyOptions } from '../../server/custody/protocol.ts'
import { api } from '../page.svelte.ts'
import { Reading } from './reading.svelte.ts'

export const options = new Reading(() => api.get<CustodyOptions>('/api/custody/options'))
