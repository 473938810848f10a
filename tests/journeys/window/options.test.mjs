// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What the window's program says on the terminal about its options (issue 2, point 7).

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';

import { until } from '../lib/wait.mjs';

test('options of the reference are accepted and named in one line', async () => {
    const home = await mkdtemp(path.join(os.tmpdir(), 'redrive-'));
    const child = spawn(process.env.REDRIVE, ['--memory', '-p', '0', '--no-discovery', '--tick', '150', '--persist'],
        { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home } });
    const ended = new Promise((resolve) => { child.once('close', resolve); });
    let said = '';
    child.stderr.on('data', (chunk) => { said += chunk; });
    try {
        await until('the line', () => /^redrive: .*without effect.*$/m.test(said));
        const [line, ...others] = said.split('\n').filter((each) => each.includes('without effect'));
        assert.deepEqual(others, []);
        for (const option of ['--tick', '--persist'])
            assert.ok(line.includes(option), line);
    } finally {
        child.kill('SIGTERM');
        const late = setTimeout(() => child.kill('SIGKILL'), 5000);
        await ended;
        clearTimeout(late);
        await rm(home, { recursive: true, force: true });
    }
});
