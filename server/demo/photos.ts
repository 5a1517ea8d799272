import sharp from 'sharp'

const WIDTH = 960
const HEIGHT = 720

/** Shapes for pictures of things that do not exist, as fractions of the picture. */
const SHAPES = [
  '<rect x="340" y="150" width="280" height="400" rx="34" fill="#23272d"/><rect x="358" y="182" width="244" height="330" rx="6" fill="#3d4a5a"/>',
  '<circle cx="480" cy="350" r="160" fill="none" stroke="#c9971f" stroke-width="46"/><circle cx="480" cy="350" r="182" fill="none" stroke="#e7c566" stroke-width="5"/>',
  '<rect x="230" y="190" width="500" height="310" rx="12" fill="#7b8189"/><rect x="200" y="500" width="560" height="34" rx="8" fill="#5d636b"/>',
  '<rect x="300" y="250" width="360" height="180" rx="8" fill="#b98b2a"/><rect x="330" y="280" width="300" height="120" rx="4" fill="none" stroke="#8f6915" stroke-width="6"/>',
  '<path d="M480 160 L620 330 L480 560 L340 330 Z" fill="#5d8f72"/><path d="M480 160 L540 330 L480 560 L420 330 Z" fill="#7bb392"/>',
  '<rect x="310" y="170" width="340" height="400" rx="6" fill="#5a3d2b"/><rect x="345" y="200" width="290" height="340" fill="#efe8d8"/>',
]

/** A picture as a camera at the bench would take it: a thing on a pale ground beside a scale in centimetres. No two are alike. */
export async function drawPhoto(index: number): Promise<Buffer> {
  const tint = 228 + (index % 5) * 3
  const turn = ((index * 7) % 23) - 11
  const ticks = Array.from(
    { length: 31 },
    (_, tick) => `<rect x="${120 + tick * 24}" y="640" width="2" height="${tick % 5 === 0 ? 34 : 20}" fill="#333"/>`,
  )
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
    <rect width="${WIDTH}" height="${HEIGHT}" fill="rgb(${tint},${tint},${tint - 6})"/>
    <ellipse cx="490" cy="${560 + (index % 4) * 4}" rx="300" ry="34" fill="#00000018"/>
    <g transform="rotate(${turn} 480 360)">${SHAPES[index % SHAPES.length] ?? ''}</g>
    <rect x="110" y="632" width="742" height="50" fill="#ffffff"/>${ticks.join('')}
  </svg>`
  return sharp(Buffer.from(svg)).jpeg({ quality: 82 }).toBuffer()
}
