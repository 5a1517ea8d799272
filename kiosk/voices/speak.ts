/** The voice of this page. */

import { speaker } from '../page.svelte.ts'
import { Voice } from './voice.ts'

export const voice = new Voice(speaker, (path) => fetch(path))
