// node tool.mjs TOOL FOLDER SECONDS: palettes of all covers by one tool, pass after pass for so many seconds, and what they took.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { getPalette } from 'colorthief';
import { Vibrant } from 'node-vibrant/node';

const colorthief = colorSpace => async path =>
    (await getPalette(path, { colorCount: 6, quality: 10, colorSpace })).map(color => color.array());

// Its palette is six named swatches, some of which it makes up where the cover has no such colour.
const vibrant = async path =>
    Object.values(await Vibrant.from(path).getPalette()).filter(Boolean).map(swatch => swatch.rgb.map(Math.round));

const tools = { 'colorthief rgb': colorthief('rgb'), 'colorthief oklch': colorthief('oklch'), 'node-vibrant': vibrant };
const warmUp = 20;

const [tool, folder, seconds] = process.argv.slice(2);
const files = readdirSync(folder).sort();
const palettes = {};

async function pass(files) {
    for (const file of files) {
        palettes[file] = await tools[tool](join(folder, file)).catch(() => null);
    }
}

await pass(files.slice(0, warmUp));
const started = performance.now();
const before = process.cpuUsage();
let covers = 0;
do {
    await pass(files);
    covers += files.length;
} while (performance.now() - started < seconds * 1000);

const cpu = process.cpuUsage(before);
console.log(JSON.stringify({
    cpuMilliseconds: (cpu.user + cpu.system) / 1000 / covers,
    coversPerSecond: covers / (performance.now() - started) * 1000,
    palettes,
}));
