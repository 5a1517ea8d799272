import sharp from 'sharp'

/** Of the drawing, and of the picture that is taken of it. */
const [WIDTH, HEIGHT] = [960, 720]
const [PICTURE_WIDTH, PICTURE_HEIGHT] = [640, 480]

const gold = (inner: string): string => `<g fill="none" stroke="#c9971f">${inner}</g>`
const watch = (dial: string, strap: string): string =>
  `<rect x="430" y="130" width="100" height="440" rx="26" fill="${strap}"/><circle cx="480" cy="350" r="120" fill="#b9bec5"/><circle cx="480" cy="350" r="98" fill="${dial}"/><path d="M480 350 V280 M480 350 L530 376" stroke="#fff" stroke-width="8"/>`
const sheets = (cover: string): string =>
  `<rect x="322" y="158" width="330" height="410" fill="#d8d2c4"/><rect x="310" y="146" width="330" height="410" fill="${cover}"/><path d="M350 230 H600 M350 280 H600 M350 330 H560" stroke="#8a8371" stroke-width="6"/>`
const drive = (body: string): string =>
  `<rect x="330" y="240" width="300" height="210" rx="18" fill="${body}"/><circle cx="596" cy="270" r="8" fill="#7ed957"/>`

/** Pictures of things that do not exist, in the order of the demonstration's goods. */
const THINGS: readonly string[] = [
  '<rect x="340" y="150" width="280" height="400" rx="34" fill="#23272d"/><rect x="358" y="182" width="244" height="330" rx="6" fill="#3d4a5a"/>',
  gold('<circle cx="480" cy="350" r="160" stroke-width="46"/>'),
  '<rect x="230" y="190" width="500" height="310" rx="12" fill="#7b8189"/><rect x="256" y="212" width="448" height="262" fill="#39424d"/><rect x="200" y="500" width="560" height="34" rx="8" fill="#5d636b"/>',
  '<rect x="270" y="210" width="420" height="320" fill="#b5533c"/><rect x="270" y="330" width="420" height="60" fill="#e9d9b6"/>',
  '<path d="M480 180 Q600 330 480 540 Q360 330 480 180 Z" fill="#8db79a"/><path d="M480 180 C470 130 500 110 480 80" fill="none" stroke="#a33" stroke-width="6"/>',
  '<rect x="310" y="170" width="340" height="400" rx="6" fill="#1f2023"/><rect x="620" y="170" width="16" height="400" fill="#3a3b40"/>',
  watch('#f2efe6', '#5a3d2b'),
  drive('#2e3238'),
  '<rect x="300" y="270" width="360" height="170" rx="8" fill="#c9971f"/><rect x="330" y="300" width="300" height="110" rx="4" fill="none" stroke="#8f6915" stroke-width="6"/>',
  sheets('#f6f3ea'),
  '<ellipse cx="480" cy="350" rx="120" ry="88" fill="#4f9a6f"/><ellipse cx="450" cy="320" rx="46" ry="26" fill="#8fd0aa"/>',
  '<rect x="290" y="230" width="380" height="250" fill="#b3212b"/><rect x="290" y="330" width="380" height="34" fill="#e8c96a"/>',
  '<rect x="360" y="120" width="240" height="460" fill="#efe6d2"/><path d="M390 420 Q440 250 480 360 Q520 230 570 420 Z" fill="#6e7d74"/><rect x="344" y="110" width="272" height="22" rx="11" fill="#5a3d2b"/><rect x="344" y="570" width="272" height="22" rx="11" fill="#5a3d2b"/>',
  '<rect x="370" y="300" width="170" height="90" rx="12" fill="#2b5fa8"/><rect x="540" y="318" width="70" height="54" fill="#b9bec5"/>',
  '<path d="M300 260 Q480 560 660 260" fill="none" stroke="#b9bec5" stroke-width="14" stroke-dasharray="18 8"/>',
  sheets('#ffffff'),
  watch('#16181c', '#8a8f96'),
  '<rect x="250" y="260" width="460" height="290" rx="20" fill="#4b3324"/><path d="M410 260 V210 H550 V260" fill="none" stroke="#4b3324" stroke-width="22"/><rect x="450" y="390" width="60" height="36" fill="#c9971f"/>',
  '<circle cx="480" cy="350" r="150" fill="#c4c8cd"/><circle cx="480" cy="350" r="124" fill="none" stroke="#8d939a" stroke-width="6"/>',
  '<ellipse cx="480" cy="390" rx="150" ry="120" fill="#7a4630"/><path d="M330 380 Q250 360 240 300" fill="none" stroke="#7a4630" stroke-width="28"/><path d="M620 330 Q720 380 620 450" fill="none" stroke="#7a4630" stroke-width="22"/><ellipse cx="480" cy="278" rx="70" ry="22" fill="#66392a"/><circle cx="480" cy="250" r="16" fill="#66392a"/>',
]

/** What a camera at the bench looks at: the whole of a thing, or near by. */
const FRAMES = { OVERALL: `0 0 ${WIDTH} ${HEIGHT}`, DETAIL: '200 342 480 360' } as const

/** A picture as a camera at the bench would take it: a thing on a pale ground beside a scale in centimetres. */
export async function drawPhoto(index: number, view: keyof typeof FRAMES = 'OVERALL'): Promise<Buffer> {
  const tint = 228 + (index % 5) * 3
  const turn = ((index * 7) % 23) - 11
  const ticks = Array.from(
    { length: 31 },
    (_, tick) => `<rect x="${120 + tick * 24}" y="640" width="2" height="${tick % 5 === 0 ? 34 : 20}" fill="#333"/>`,
  )
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${PICTURE_WIDTH}" height="${PICTURE_HEIGHT}" viewBox="${FRAMES[view]}">
    <rect width="${WIDTH}" height="${HEIGHT}" fill="rgb(${tint},${tint},${tint - 6})"/>
    <ellipse cx="490" cy="${560 + (index % 4) * 4}" rx="300" ry="34" fill="#00000018"/>
    <g transform="rotate(${turn} 480 360)">${THINGS[index % THINGS.length] ?? ''}</g>
    <rect x="110" y="632" width="742" height="50" fill="#ffffff"/>${ticks.join('')}
  </svg>`
  return sharp(Buffer.from(svg)).jpeg({ quality: 82 }).toBuffer()
}

const framed = (inner: string): Promise<Buffer> =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${PICTURE_WIDTH}" height="${PICTURE_HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}"><rect width="${WIDTH}" height="${HEIGHT}" fill="#e4e4de"/>${inner}</svg>`,
    ),
  )
    .jpeg({ quality: 82 })
    .toBuffer()

/** The pan and the lit display of a scale. */
const SCALE =
  '<rect x="230" y="420" width="500" height="190" rx="24" fill="#c4c8cd"/><rect x="280" y="360" width="400" height="60" rx="30" fill="#8d939a"/><rect x="350" y="470" width="260" height="96" rx="8" fill="#16181c"/><path d="M380 540 H420 M440 490 V540 M470 490 H510 V540 H470 Z M530 490 H570 V515 H530 V540 H570" fill="none" stroke="#7ed957" stroke-width="9"/><circle cx="480" cy="330" r="42" fill="none" stroke="#c9971f" stroke-width="16"/>'
/** A bag with a strip across its mouth, and two signatures on it. */
const SEALED =
  '<rect x="270" y="190" width="420" height="420" rx="18" fill="#cfd8dc" stroke="#8d939a" stroke-width="5"/><rect x="250" y="250" width="460" height="96" fill="#f3e3a4" stroke="#b3212b" stroke-width="5"/><path d="M290 310 q30 -50 60 0 t60 -10 M540 310 q20 -46 50 -6 t70 0" fill="none" stroke="#23272d" stroke-width="6"/><circle cx="480" cy="470" r="70" fill="none" stroke="#c9971f" stroke-width="22"/>'

/** Pictures of goods: by their order the whole of each and its detail, and what shows every sealed and weighed one alike. */
export interface DrawnGoods {
  readonly goods: readonly { readonly OVERALL: Buffer; readonly DETAIL: Buffer }[]
  readonly SCALE: Buffer
  readonly SEAL: Buffer
}

/** Every picture that the goods are registered with. */
export async function drawGoods(): Promise<DrawnGoods> {
  const goods = THINGS.map(async (_, index) => ({
    ...{ OVERALL: await drawPhoto(index), DETAIL: await drawPhoto(index, 'DETAIL') },
  }))
  return { goods: await Promise.all(goods), SCALE: await framed(SCALE), SEAL: await framed(SEALED) }
}
