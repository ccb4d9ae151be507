// node palettes.mjs TOOL FOLDER REENCODED: the palettes of all covers by one of npm's tools, a line of JSON for each cover: its file, its
// palette, and the palettes of the same cover in each folder of REENCODED. A palette is null where the tool has none. See ./quality.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { getPalette } from 'colorthief';
import { extractColors } from 'extract-colors';
import { Vibrant } from 'node-vibrant/node';
import sharp from 'sharp';
// The package's own index cannot be imported by Node.js: an import in it lacks its extension.
import { QuantizerCelebi } from './node_modules/@material/material-color-utilities/quantize/quantizer_celebi.js';
import { Score } from './node_modules/@material/material-color-utilities/score/score.js';

const count = 6;
// material-color-utilities expects a picture that has been reduced.
const materialSide = 128;

const colorthief = colorSpace => async file =>
    (await getPalette(file, { colorCount: count, quality: 10, colorSpace })).map(color => color.array());

// node-vibrant reads neither WebP nor AVIF.
const vibrant = async file => {
    const png = await sharp(file).toColourspace('srgb').png({ compressionLevel: 1 }).toBuffer();
    return Object.values(await Vibrant.from(png).getPalette()).filter(Boolean).map(swatch => swatch.rgb.map(Math.round));
};

const rawOf = picture => picture.toColourspace('srgb').ensureAlpha().raw().toBuffer({ resolveWithObject: true });

const extracted = async file => {
    const { data, info } = await rawOf(sharp(file));
    const colors = await extractColors({ data, width: info.width, height: info.height });
    return colors.slice(0, count).map(({ red, green, blue }) => [red, green, blue]);
};

const material = async file => {
    const { data } = await rawOf(sharp(file).resize(materialSide, materialSide, { fit: 'inside' }));
    const pixels = Array.from({ length: data.length / 4 }, (_, i) => data.subarray(4 * i, 4 * i + 4)).filter(pixel => pixel[3] === 255)
        .map(([red, green, blue]) => (0xFF000000 | red << 16 | green << 8 | blue) >>> 0);
    return Score.score(QuantizerCelebi.quantize(pixels, 128), { desired: count }).map(argb => [argb >> 16 & 0xFF, argb >> 8 & 0xFF, argb & 0xFF]);
};

const tools = {
    'colorthief rgb': colorthief('rgb'), 'colorthief oklch': colorthief('oklch'), 'node-vibrant': vibrant,
    'extract-colors': extracted, 'material-color-utilities': material,
};

const [tool, folder, reencoded] = process.argv.slice(2);
const ways = readdirSync(reencoded);
const paletteOf = async path => {
    const palette = await tools[tool](path).catch(() => []);
    return palette.length > 0 ? palette : null;
};
for (const file of readdirSync(folder).filter(file => /\.(jpg|png|webp|avif)$/.test(file)).sort()) {
    const again = ways.map(way => [way, join(reencoded, way, file)]).filter(([, path]) => existsSync(path));
    const palettes = await Promise.all(again.map(async ([way, path]) => [way, await paletteOf(path)]));
    console.log(JSON.stringify({ file, palette: await paletteOf(join(folder, file)), reencoded: Object.fromEntries(palettes) }));
}
