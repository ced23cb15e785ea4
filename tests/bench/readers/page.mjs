// The page's decoder as shipped: zxing-wasm from the page's own node_modules, with the options in camera.ts.
//
//   node page.mjs            names of PGM files on standard input; for each a line {"texts": […], "ms": …}
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const ui = new URL('../../../verifier/ui/', import.meta.url)
const require = createRequire(new URL('package.json', ui))
const { prepareZXingModule, readBarcodes } = await import(pathToFileURL(require.resolve('zxing-wasm/reader')))
const wasmBinary = readFileSync(require.resolve('zxing-wasm/reader/zxing_reader.wasm'))
await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })

const source = readFileSync(new URL('src/camera.ts', ui), 'utf8')
const literal = /OPTIONS: ReaderOptions = (\{[^}]*\})/.exec(source)?.[1]
if (!literal) throw new Error('no OPTIONS in camera.ts')
const options = JSON.parse(literal.replace(/(\w+):/g, '"$1":'))
// A photograph may hold more codes than a camera is shown at a time: all of them are counted.
if (process.argv[2]) options.maxNumberOfSymbols = Number(process.argv[2])

function pgm(name) {
  const file = readFileSync(name)
  const end = file.indexOf(10)
  const [, width, height] = file.subarray(0, end).toString().split(' ').map(Number)
  const data = new Uint8ClampedArray(width * height * 4).fill(255)
  for (let at = 0; at < width * height; at += 1) {
    const gray = file[end + 1 + at]
    data[at * 4] = data[at * 4 + 1] = data[at * 4 + 2] = gray
  }
  return { data, width, height, colorSpace: 'srgb' }
}

const names = readFileSync(0, 'utf8').split('\n').filter(Boolean)
for (const name of names) {
  const picture = pgm(name)
  const started = performance.now()
  const found = await readBarcodes(picture, options)
  const ms = performance.now() - started
  const texts = found.filter((one) => one.isValid && one.text !== '').map((one) => one.text)
  process.stdout.write(`${JSON.stringify({ texts, ms })}\n`)
}
