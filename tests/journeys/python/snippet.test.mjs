// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// The Python code of the welcome page, as it stands and as somebody would paste it: nothing is configured, the server
// finds the app on Flask's port. Uses fixed ports, so nothing else may use them meanwhile.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { Redrived } from '../lib/redrived.mjs';
import { until } from '../lib/wait.mjs';
import { Child, plainEnvironment, python } from './pythonapp.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));

test('the welcome page: the Python app is found, an event runs it to its end', async () => {
    const server = await Redrived.start({ port: null, memory: true, discovery: true, pollInterval: 1 });
    const folder = await mkdtemp(path.join(os.tmpdir(), 'snippet-'));
    let child;
    try {
        const code = (await readFile(path.join(here, '../../../resources/snippets/python/app.py'), 'utf8'))
            .replaceAll('{{server}}', 'http://127.0.0.1:8288');
        const [, install] = /^# 1 +pip install (.*)$/m.exec(code);
        const [, start] = /^# 3 +(.*)$/m.exec(code);
        assert.equal(start, 'INNGEST_DEV=http://127.0.0.1:8288 flask run');
        // What it tells to install is what is installed here.
        const pinned = await readFile(path.join(here, 'requirements.txt'), 'utf8');
        for (const name of install.split(' '))
            assert.match(pinned, new RegExp(`^${name}==`, 'm'));

        await writeFile(path.join(folder, 'app.py'), code);
        const env = plainEnvironment();
        env.PATH = `${path.dirname(python())}${path.delimiter}${env.PATH}`; // an activated environment
        child = new Child('sh', ['-c', `exec env ${start}`], { cwd: folder, env });
        await child.said(/Running on/);
        await until('the server to find the app', async () =>
            (await server.request('GET', '/dev')).json.handlers.some((app) => app.name === 'shop-python' && app.synced_at));
        const run = await server.outcome('order/placed', { id: 7 }, 'Completed');
        assert.deepEqual(run.output, { of: 'r-7' });
        const done = (await server.timeline(run.run_id)).filter((record) => record.type === 'step.completed');
        assert.equal(done.length, 2, 'two steps and a sleep');
    } catch (error) {
        error.message += `\n--- app\n${child?.log}\n--- server log\n${server.log}`;
        throw error;
    } finally {
        await child?.kill();
        await server.stop();
        await rm(folder, { recursive: true, force: true });
    }
});
