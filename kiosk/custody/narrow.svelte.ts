/** Whether the screen stands upright or is small: tables then show fewer columns instead of hiding some beyond the edge. */

import { MediaQuery } from 'svelte/reactivity'

export const narrow = new MediaQuery('max-width: 1000px')
