// node hashes.mjs FOLDER > ../Etl.Tests/Columns/hashes.jsonl: small pictures, most of them from the covers of a folder, and their hashes
// by npm's thumbhash, blurhash and sharp-phash. A line is a picture: [width, height, RGBA, ThumbHash, BlurHash, perceptual hash], bytes in Base64.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'blurhash';
import sharp from 'sharp';
import phash from 'sharp-phash';
import { rgbaToThumbHash } from 'thumbhash';

const pictures = 50, greySide = 32;
const sides = [32, 24, 29, 17, 21, 31, 12, 9];
const base64 = bytes => Buffer.from(bytes).toString('base64');

/** A picture whose pixels have a colour by their place. */
const draw = (width, height, pixel) =>
    ({ width, height, rgba: Uint8Array.from(Array.from({ length: width * height }, (_, i) => pixel(i % width, Math.floor(i / width))).flat()) });

/** A cover whose longer side has so many pixels; every fifth is more and more transparent towards one side, every tenth also squeezed. */
async function shrink(file, i) {
    const side = sides[i % sides.length];
    const [width, height] = i % 10 === 3 ? [side, Math.ceil(side / (1 + i % 4))] : [side, side];
    const { data, info } = await sharp(file).toColourspace('srgb').ensureAlpha()
        .resize(width, height, { fit: i % 10 === 3 ? 'fill' : 'inside' }).raw().toBuffer({ resolveWithObject: true });
    for (let pixel = 0; i % 5 === 4 && pixel < data.length / 4; pixel++) {
        data[4 * pixel + 3] = Math.min(255, Math.round(400 * (pixel % info.width) / info.width));
    }

    return { width: info.width, height: info.height, rgba: new Uint8Array(data) };
}

/** 32 x 32 pixels of the nearest places, the green of each. */
const greyOf = ({ width, height, rgba }) => Buffer.from(Array.from({ length: greySide * greySide }, (_, i) => {
    const [x, y] = [Math.floor(i % greySide * width / greySide), Math.floor(Math.floor(i / greySide) * height / greySide)];
    return rgba[4 * (y * width + x) + 1];
}));

/** sharp-phash resizes with sharp, which leaves a grey picture of this size as it is. */
async function perceptualHashOf(picture) {
    const raw = { raw: { width: greySide, height: greySide, channels: 1 } };
    const grey = greyOf(picture);
    const seen = await sharp(grey, raw).greyscale().resize(greySide, greySide, { fit: 'fill' }).rotate().raw().toBuffer();
    if (!seen.equals(grey)) {
        throw new Error('sharp has changed the grey picture.');
    }

    return BigInt(`0b${await phash(grey, raw)}`).toString(16).padStart(16, '0');
}

const folder = process.argv[2];
const drawn = [
    draw(1, 1, () => [200, 60, 30, 255]),
    draw(1, 1, () => [90, 60, 30, 0]),
    draw(20, 30, () => [123, 45, 67, 255]),
    draw(32, 32, () => [0, 0, 0, 255]),
    draw(13, 32, () => [255, 255, 255, 0]),
    draw(32, 1, x => [8 * x, 255 - 8 * x, 100, 255]),
    draw(1, 32, (_, y) => [10, 8 * y, 255, 255]),
    draw(16, 16, (x, y) => (x + y) % 2 ? [255, 255, 255, 255] : [0, 0, 0, 255]),
];
const files = readdirSync(folder).filter(file => /\.(jpg|png|webp)$/.test(file)).sort();
const chosen = Array.from({ length: pictures - drawn.length }, (_, i) => files[Math.floor(i * files.length / (pictures - drawn.length))]);
for (const picture of [...drawn, ...await Promise.all(chosen.map((file, i) => shrink(join(folder, file), i)))]) {
    const { width, height, rgba } = picture;
    const [x, y] = height > width ? [3, 4] : [4, 3];
    console.log(JSON.stringify([width, height, base64(rgba), base64(rgbaToThumbHash(width, height, rgba)),
        encode(rgba, width, height, x, y), await perceptualHashOf(picture)]));
}
