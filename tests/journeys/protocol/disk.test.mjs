// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// A full disk, on a small file system of its own (semantics 10.2, 10.7 scenario 10.13; issue 2, Store).

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, unlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { FakeApp, ok, ops, sleep, stepRun } from '../lib/fakeapp.mjs';
import { Redrived } from '../lib/redrived.mjs';
import { until } from '../lib/wait.mjs';
import { refused } from './journey.mjs';

const inNamespace = process.env.REDRIVE_TEST_NAMESPACE === '1';
const folder = mkdtempSync(path.join(os.tmpdir(), 'redrived-disk-'));
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', folder]).status === 0;
after(() => {
    if (mounted)
        spawnSync('umount', [folder]);
    rmSync(folder, { recursive: true, force: true });
});

const file = path.join(folder, 'redrive.db');
const filler = path.join(folder, 'filler');

/** Leaves no block free. */
function fill() {
    const { bavail, bsize } = statfsSync(folder);
    writeFileSync(filler, Buffer.alloc(bavail * bsize));
}

const event = (n) => ({ name: 'disk/event', data: { n, x: 'x'.repeat(20_000) } });

/** Sends events until one is refused; the ids of those that were answered 200, and the refusal. */
async function sendUntilFull(server) {
    const ids = [];
    for (let n = 0; n < 1000; ++n) {
        const answer = await server.request('POST', '/e/test', event(n));
        if (answer.status !== 200)
            return { ids, answer };
        ids.push(...answer.json.ids);
    }
    throw new Error('a disk of 6 MiB took 20 MB');
}

async function storedIds(server) {
    const ids = [];
    for (let cursor = ''; ;) {
        const page = await server.events(`?name=disk/event&limit=50${cursor && `&cursor=${cursor}`}`);
        ids.push(...page.map((each) => each.internal_id));
        if (page.length < 50)
            return ids.reverse();
        cursor = ids.at(-1);
    }
}

if (!mounted && !inNamespace) {
    // Without root: the same in a user namespace, where mounting is allowed.
    test('semantics 10.13, in a namespace of its own', () => {
        const self = fileURLToPath(import.meta.url);
        const run = spawnSync('unshare', ['-rm', process.execPath, '--test-reporter=spec', self],
            { env: { ...process.env, NODE_TEST_CONTEXT: undefined, REDRIVE_TEST_NAMESPACE: '1' }, encoding: 'utf8' });
        assert.equal(run.status, 0, `needs root or user namespaces: ${run.error ?? ''}${run.stdout}${run.stderr}`);
    });
} else {
    test('semantics 10.13: a full disk: 503, not 200; work pauses; with space again all goes on and nothing is lost', async () => {
        assert.ok(mounted, 'cannot mount a tmpfs');
        const server = await Redrived.start({ data: file });
        const app = await FakeApp.start({ server, id: 'disk', functions: {
            nap: { script: (call) => (call.has('nap') ? ok('woken') : ops([sleep('nap', '2s')])) },
            work: { retries: 0, script: (call) => (call.has('a') ? ok('done') : ops([stepRun('a', 1)])) } } });
        try {
            const before = await server.waitForRun(await server.runOf(await server.send('disk/work', {})), 'Completed');
            const sleeping = await app.begin('nap');
            await until('the sleep', async () => (await server.run(sleeping)).activity[0]?.kind === 'sleeping');
            const { ids: first } = await (async () => ({ ids: await server.sendAll([event(0), event(1)]) }))();
            fill();
            const { ids, answer } = await sendUntilFull(server);
            refused(answer, 503, /full|space/i);
            assert.equal(answer.json.status, 503);
            for (let i = 0; i < 5; ++i)
                refused(await server.request('POST', '/e/test', event(i)), 503);
            refused(await server.request('POST', '/fn/register', { ...app.registration(), appVersion: 'other' }), 503);
            refused(await server.request('POST', `/v1/runs/${before.run_id}/rerun`, {}), 503);
            assert.match(server.log, /full/i);

            // What can be read is read; nothing that was refused is seen.
            assert.equal((await server.request('GET', '/health')).status, 200);
            assert.deepEqual(await storedIds(server), [...first, ...ids]);
            assert.equal((await server.run(before.run_id)).status, 'Completed');
            assert.equal(server.child.exitCode, null);

            unlinkSync(filler);
            const [again] = await until('the server to take events again', async () => {
                const later = await server.request('POST', '/e/test', event(9));
                return later.status === 200 ? later.json.ids : null;
            });
            assert.equal((await server.waitForRun(sleeping, 'Completed')).output, 'woken');
            const worked = await server.outcome('disk/work', {}, 'Completed');
            assert.equal(worked.output, 'done');

            await server.kill();
            await server.restart();
            assert.deepEqual(await storedIds(server), [...first, ...ids, again]);
            assert.equal((await server.run(worked.run_id)).status, 'Completed');
            for (const run of new Set(app.calls.map((call) => call.run)))
                assert.equal(app.callsOf(run).length, 2, 'a step ran twice');
        } finally {
            await app.close();
            await server.stop();
        }
    });

    test('a disk that is full when the server comes back: apps that were named are asked once there is room', async () => {
        const data = path.join(folder, 'named.db');
        const app = await FakeApp.start({ id: 'named', functions: { f: { script: () => ok('done') } }, register: false });
        const server = await Redrived.start({ data });
        try {
            app.server = server;
            const run = await server.send('disk/first', {});
            await server.kill();
            fill();
            await server.restart({ urls: [app.url], pollInterval: 1 }); // its first commit finds no room
            await until('the pause', () => /disk full/.test(server.log));
            unlinkSync(filler);
            await until('the app to register', async () =>
                (await server.request('GET', '/v1/apps/named/functions')).status === 200);
            assert.equal((await server.data('GET', `/v1/events/${run}`)).name, 'disk/first');
        } finally {
            rmSync(filler, { force: true });
            await app.close();
            await server.stop();
        }
    });

    test('semantics 10.13: a full disk at the start is a clear error', async () => {
        const small = path.join(folder, 'other.db');
        rmSync(file, { force: true });
        fill();
        try {
            await assert.rejects(Redrived.start({ data: small }), /"code":1.*(full|space)/s);
        } finally {
            unlinkSync(filler);
        }
    });
}
