// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// The code that the welcome page and the README show is run as it stands, with another port only: an
// example that does not work is worse than none.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { Redrived } from '../lib/redrived.mjs';
import { until } from '../lib/wait.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../../..');
const shell = promisify(execFile);

const freePort = () => new Promise((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
        const { port } = probe.address();
        probe.close(() => resolve(port));
    });
});

const replaced = (text, from, to) => {
    assert.ok(text.includes(from), `${from} is not in the snippet:\n${text}`);
    return text.replaceAll(from, to);
};

/** The first fenced block of the README in `language` with `words` in it. */
const readmeBlock = (readme, language, words) => {
    const blocks = [...readme.matchAll(/```(\w+)\n([\s\S]*?)```/g)];
    const found = blocks.find(([, name, text]) => name === language && text.includes(words));
    assert.ok(found, `the README has no ${language} block with ${words}`);
    return found[2];
};

/** What runs a snippet: a folder with the SDK, as after `npm install`, and the server. */
class Desk {
    static async open() {
        const desk = new Desk();
        desk.folder = await mkdtemp(path.join(os.tmpdir(), 'snippet-'));
        await symlink(path.join(here, 'node_modules'), path.join(desk.folder, 'node_modules'));
        desk.port = await freePort();
        desk.server = await Redrived.start({ urls: [`http://127.0.0.1:${desk.port}/api/inngest`], pollInterval: 1 });
        return desk;
    }

    /** `command` starts app.mjs, which is written with `text`. */
    async start(text, command) {
        await writeFile(path.join(this.folder, 'app.mjs'), replaced(text, 'listen(3000)', `listen(${this.port})`));
        this.log = '';
        this.child = spawn('sh', ['-c', `exec env ${command}`], { cwd: this.folder, stdio: ['ignore', 'pipe', 'pipe'] });
        for (const stream of [this.child.stdout, this.child.stderr])
            stream.on('data', (chunk) => { this.log += chunk; });
        await until(`a function of the snippet; it said: ${this.log}`, async () => {
            const answer = await this.server.request('GET', '/dev');
            return answer.json?.functions?.length > 0;
        });
    }

    async run(command) {
        const { stdout } = await shell('sh', ['-c', command], { cwd: this.folder });
        return JSON.parse(stdout);
    }

    async close() {
        this.child?.kill('SIGKILL');
        await this.server?.stop();
        await rm(this.folder, { recursive: true, force: true });
    }
}

describe('snippets', () => {
    let readme;
    before(async () => { readme = await readFile(path.join(root, 'README.md'), 'utf8'); });

    test('the welcome page: the app registers, curl sends, the run completes', async (t) => {
        const desk = await Desk.open();
        t.after(() => desk.close());
        const of = async (file) => replaced(
            await readFile(path.join(root, 'resources/snippets', file), 'utf8'), '{{server}}', desk.server.url);
        const app = await of('typescript/app.mjs');
        const [, start] = /^\/\/ 3 +(.*)$/m.exec(app);
        await desk.start(app, start);
        // One command per block, as somebody would paste them.
        const [send, runs] = (await of('curl/send.sh')).split(/\n\s*\n/).map((block) => block.replace(/^#.*\n/gm, ''));
        const { ids: [event] } = await desk.run(`${send.replace('curl ', 'curl -s ')}`);
        const { run_id: id } = await until('the run', async () => {
            const { data } = await desk.run(replaced(runs, 'EVENT_ID', event).replace('curl ', 'curl -s '));
            return data[0];
        });
        const run = await desk.server.waitForRun(id, 'Completed');
        assert.deepEqual(run.output, { of: 'r-7' });
    });

    test('the README: the app registers, curl sends, the run completes', async (t) => {
        const desk = await Desk.open();
        t.after(() => desk.close());
        await desk.start(readmeBlock(readme, 'ts', 'createFunction'), `INNGEST_DEV=${desk.server.url} node app.mjs`);
        const line = readmeBlock(readme, 'sh', '/e/test').split('\n').find((each) => each.includes('/e/test'));
        const { ids: [event] } = await desk.run(
            replaced(line, 'http://localhost:8288', desk.server.url).replace('curl ', 'curl -s '));
        const run = await desk.server.waitForRun(await desk.server.runOf(event), 'Completed');
        assert.deepEqual(run.output, { receipt: 'r-7' });
    });

    test('snippets are shown whole: at most 25 lines of 70 letters', async () => {
        for (const file of ['typescript/app.mjs', 'python/app.py', 'curl/send.sh']) {
            const lines = (await readFile(path.join(root, 'resources/snippets', file), 'utf8')).trimEnd().split('\n');
            assert.ok(lines.length <= 25, `${file} has ${lines.length} lines`);
            for (const line of lines)
                assert.ok(line.length <= 70, `${file}: ${line}`);
        }
    });
});
