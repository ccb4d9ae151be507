// node comparison.mjs ETL BENCHMARKS SKIA FOLDER SECONDS: see ./run.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

const rounds = 3;
const skia = 'SkiaSharp, k-means';
const tools = ['colorthief rgb', 'colorthief oklch', 'node-vibrant', skia];
const [etl, benchmarks, skiaProgram, folder, seconds] = process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), 'etl-comparison-'));
process.on('exit', () => rmSync(scratch, { recursive: true }));
for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => process.exit(1));
}

const run = (program, ...parameters) => execFileSync(program, parameters, { encoding: 'utf8', maxBuffer: 1 << 28 });
const onOneCore = (...command) => JSON.parse(run('taskset', '-c', '0', ...command));
const measure = (tool, covers, seconds) => tool === skia
    ? onOneCore('dotnet', skiaProgram, covers, seconds)
    : onOneCore(process.execPath, join(import.meta.dirname, 'tool.mjs'), tool, covers, seconds);
const median = numbers => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
const version = name => JSON.parse(readFileSync(join(import.meta.dirname, 'node_modules', name, 'package.json'))).version;
const tell = text => process.stderr.write(`${text}\n`);

/** A folder of the covers that every tool has a palette of. */
function commonCovers() {
    tell('which covers every tool can read');
    const read = tools.map(tool => measure(tool, folder, 0).palettes);
    const covers = join(scratch, 'covers');
    mkdirSync(covers);
    for (const file of Object.keys(read[0]).filter(file => read.every(palettes => palettes[file]))) {
        copyFileSync(join(folder, file), join(covers, file));
    }

    return covers;
}

/** What each tool took, round by round, and its palettes. */
function measureAll(covers) {
    const results = new Map();
    const add = (name, cpu, speed, error) => {
        const result = results.get(name) ?? results.set(name, { cpu: [], speed: [], error }).get(name);
        result.cpu.push(cpu);
        result.speed.push(speed);
    };
    let bench;
    for (let round = 1; round <= rounds; round++) {
        for (const tool of tools) {
            tell(`round ${round} of ${rounds}: ${tool}`);
            const { cpuMilliseconds, coversPerSecond, palettes } = measure(tool, covers, seconds);
            writeFileSync(join(scratch, tool), Object.entries(palettes).map(([file, palette]) => JSON.stringify({ file, palette })).join('\n'));
            add(tool, cpuMilliseconds, coversPerSecond);
        }

        tell(`round ${round} of ${rounds}: etl bench`);
        bench = onOneCore(etl, 'bench', covers, '--json', '--covers', '100000', '--seconds', seconds);
        for (const way of bench.ways) {
            add(`etl ${way.mode} (${way.decoder})`, way.oneCore.cpuSeconds * 1000, way.oneCore.coversPerSecond, way.paletteError);
        }
    }

    if (bench.leftOut > 0) {
        throw new Error(`etl bench left out ${bench.leftOut} covers that the others have a palette of.`);
    }

    const scored = JSON.parse(run('dotnet', benchmarks, 'score', covers, ...tools.map(tool => join(scratch, tool)), '--json'));
    for (const { mode, paletteError } of scored.modes) {
        results.get(mode).error = paletteError;
    }

    return { covers: bench.covers, results };
}

const { covers, results } = measureAll(commonCovers());
console.log(`${covers} covers, one of ${availableParallelism()} cores, medians of ${rounds} rounds`);
console.log(`Node.js ${process.version}, ${['colorthief', 'sharp', 'node-vibrant'].map(name => `${name} ${version(name)}`).join(', ')}`);
console.log(`\n${'palettes by'.padEnd(32)}${'ms CPU a cover'.padStart(15)}${'covers/s'.padStart(10)}${'palette error'.padStart(15)}`);
for (const [name, { cpu, speed, error }] of results) {
    console.log(name.padEnd(32) + median(cpu).toFixed(2).padStart(15) + median(speed).toFixed(1).padStart(10) + error.toFixed(2).padStart(15));
}
