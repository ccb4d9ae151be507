// node accents.mjs ETL FOLDER: see ./accents.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Vibrant } from 'node-vibrant/node';
import sharp from 'sharp';
// The package's own index cannot be imported by Node.js: an import in it lacks its extension.
import { QuantizerCelebi } from './node_modules/@material/material-color-utilities/quantize/quantizer_celebi.js';
import { Score } from './node_modules/@material/material-color-utilities/score/score.js';

// A vivid hue: pixels of at least this chroma within this reach of a hue, of which a connected patch has at least this share of the cover.
const longerSide = 160, vividChroma = 0.1, reach = 20, leastShare = 0.005, centres = 36;
const colouredChroma = 0.06;

const [etl, folder] = process.argv.slice(2);
const files = readdirSync(folder).filter(file => /\.(jpg|png|webp|avif)$/.test(file)).sort();

function oklch([red, green, blue]) {
    const [r, g, b] = [red, green, blue].map(value => value / 255).map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    const [A, B] = [1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s, 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s];
    return { chroma: Math.hypot(A, B), hue: (Math.atan2(B, A) * 180 / Math.PI + 360) % 360 };
}

const apart = (one, other) => Math.abs((one - other + 540) % 360 - 180);

/** The opaque pixels of a cover, null for others. */
async function pixelsOf(file) {
    const { data, info } = await sharp(join(folder, file)).toColourspace('srgb').ensureAlpha()
        .resize(longerSide, longerSide, { fit: 'inside' }).raw().toBuffer({ resolveWithObject: true });
    const pixels = Array.from({ length: info.width * info.height }, (_, i) => data[4 * i + 3] < 125 ? null : [...data.subarray(4 * i, 4 * i + 3)]);
    return { pixels, width: info.width };
}

/** The pixels of the largest connected patch. */
function largestPatch(inside, width) {
    let largest = [];
    const open = inside.slice();
    for (let start = 0; start < open.length; start++) {
        if (!open[start]) {
            continue;
        }

        const patch = [start];
        open[start] = false;
        for (let i = 0; i < patch.length; i++) {
            const at = patch[i], x = at % width;
            for (const next of [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width]) {
                if (open[next]) {
                    open[next] = false;
                    patch.push(next);
                }
            }
        }

        largest = patch.length > largest.length ? patch : largest;
    }

    return largest;
}

/** The mean hues of a cover's vivid patches. */
function vividHues({ pixels, width }) {
    const colors = pixels.map(pixel => pixel && oklch(pixel));
    const opaque = pixels.filter(Boolean).length;
    return Array.from({ length: centres }, (_, i) => 360 / centres * i).flatMap(centre => {
        const patch = largestPatch(colors.map(color => color !== null && color.chroma >= vividChroma && apart(color.hue, centre) <= reach), width);
        const offsets = patch.map(i => (colors[i].hue - centre + 540) % 360 - 180);
        return patch.length < leastShare * opaque || patch.length === 0 ? []
            : [(centre + offsets.reduce((sum, offset) => sum + offset, 0) / offsets.length + 360) % 360];
    });
}

function misses(color, hues) {
    const { chroma, hue } = color ? oklch(color) : { chroma: 0 };
    return chroma < colouredChroma || !hues.some(vivid => apart(hue, vivid) <= reach);
}

const rgbOf = hex => [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16));

/** The first colour and the accent of every cover. */
function byEtl(algorithm) {
    const lines = execFileSync(etl, ['palette', '--jsonl', '--algorithm', algorithm, ...files.map(file => join(folder, file))],
        { encoding: 'utf8', maxBuffer: 1 << 28 }).trim().split('\n').map(line => JSON.parse(line));
    return { first: lines.map(line => line.palette[0]), accent: lines.map(line => rgbOf(line.columns.accent)) };
}

const vibrantOf = async file =>
    (await Vibrant.from(await sharp(join(folder, file)).toColourspace('srgb').png({ compressionLevel: 1 }).toBuffer()).getPalette()).Vibrant?.rgb;

function materialOf({ pixels }) {
    const argb = pixels.filter(Boolean).map(([red, green, blue]) => (0xFF000000 | red << 16 | green << 8 | blue) >>> 0);
    const [best] = Score.score(QuantizerCelebi.quantize(argb, 128));
    return [best >> 16 & 0xFF, best >> 8 & 0xFF, best & 0xFF];
}

const colorThief = byEtl('ColorThief'), oklab = byEtl('Oklab');
const missed = {
    'first colour, ColorThief': 0, 'first colour, Oklab': 0, 'accent, ColorThief': 0, 'accent, Oklab': 0,
    'node-vibrant, Vibrant': 0, 'material-color-utilities, best': 0,
};
let covers = 0;
for (const [i, file] of files.entries()) {
    const picture = await pixelsOf(file);
    const hues = vividHues(picture);
    if (hues.length === 0) {
        continue;
    }

    covers++;
    const colors = [colorThief.first[i], oklab.first[i], colorThief.accent[i], oklab.accent[i], await vibrantOf(file), materialOf(picture)];
    Object.keys(missed).forEach((way, place) => missed[way] += misses(colors[place], hues));
}

console.log(`${covers} of ${files.length} covers have a vivid hue. It is missed by`);
for (const [way, count] of Object.entries(missed)) {
    console.log(`${way.padEnd(32)}${(100 * count / covers).toFixed(1).padStart(6)} %`);
}
