/** Shows what the agent says, and lets it be heard. The agent decides and words everything. */
const TONES = {
  recorded: [[1760, 0, 0.09]],
  taken: [[1760, 0, 0.09]],
  refused: [
    [330, 0, 0.26],
    [247, 0.32, 0.42],
  ],
}
const main = document.querySelector('main')
const gone = main.innerHTML
let heard = null
let sound = null

function play(tone) {
  sound ??= new AudioContext()
  if (sound.state === 'suspended') void sound.resume()
  for (const [pitch_hz, from_s, length_s] of TONES[tone]) {
    const beep = new OscillatorNode(sound, { type: 'triangle', frequency: pitch_hz })
    beep.connect(sound.destination)
    beep.start(sound.currentTime + from_s)
    beep.stop(sound.currentTime + from_s + length_s)
  }
}

const source = new EventSource('/live')
source.onmessage = ({ data }) => {
  const { html, tone, said } = JSON.parse(data)
  main.innerHTML = html
  if (tone !== null && said !== heard) play(tone)
  heard = said
}
source.onerror = () => {
  main.innerHTML = gone
}
