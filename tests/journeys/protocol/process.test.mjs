// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// The process: signals, kills, exit codes, data files (issue 2 points 6 and 7; semantics 10.3, 10.4, 10.7).

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, open, readFile, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';

import { FakeApp, fail, hang, ok, ops, planned, sha, sleep, stepRun } from '../lib/fakeapp.mjs';
import { Redrived } from '../lib/redrived.mjs';
import { freePort, pause, until } from '../lib/wait.mjs';
import { isAlive, journey } from './journey.mjs';

/** Runs redrived until it ends by itself; {code, output}. */
function ends(args, env = {}) {
    const child = spawn(process.env.REDRIVED, ['--no-discovery', '--no-sample', ...args], { env: { ...process.env, ...env } });
    let output = '';
    child.stdout.on('data', (chunk) => { output += chunk; });
    child.stderr.on('data', (chunk) => { output += chunk; });
    return new Promise((resolve, reject) => {
        const late = setTimeout(() => { child.kill('SIGKILL'); reject(new Error(`did not end: ${output}`)); }, 10_000);
        child.once('close', (code) => { clearTimeout(late); resolve({ code, output }); });
    });
}

async function inFolder(steps) {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'redrived-data-'));
    try {
        await steps(folder, path.join(folder, 'redrive.db'));
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}

/**
 * Cuts 100 bytes off the last frame of a write-ahead log (sqlite.org/fileformat2.html, 4.1). The file may be longer than
 * what it holds, so the frames of this round of the log are counted.
 */
async function tear(wal) {
    const log = await readFile(wal);
    const frame = 24 + log.readUInt32BE(8);
    const salts = log.subarray(16, 24);
    let end = 32;
    while (end + frame <= log.length && salts.equals(log.subarray(end + 8, end + 16)))
        end += frame;
    await truncate(wal, end - 100);
}

const digest = async (file) => createHash('sha256').update(await readFile(file)).digest('hex');
const slow = (ms, answer) => ({ script: async () => { await pause(ms); return answer; } });

describe('signals', { concurrency: 8 }, () => {
    for (const signal of ['SIGTERM', 'SIGINT']) {
        journey(`issue 2 point 7: ${signal} with calls in flight ends within 2 s, exit 0; the run goes on afterwards`, {}, async (server, appOf) => {
            const app = await appOf({ f: { script: (call) => (call.number === 0 ? hang : ok(call.attempt)) } });
            const runs = await Promise.all([1, 2, 3].map(() => app.begin('f')));
            await app.called('f', 3);
            const end = await server.kill(signal);
            assert.equal(end.code, 0, `${end.signal}`);
            assert.ok(end.took <= 2000, `${end.took} ms`);
            await server.restart();
            for (const run of runs) {
                assert.equal((await server.waitForRun(run, 'Completed')).output, 0);
                assert.deepEqual(app.attemptsOf(run), [0, 0], 'the attempt was not used up');
                const attempts = await server.attempts(run);
                assert.deepEqual(attempts.map((each) => [each.attempt, each.outcome]), [[0, 'interrupted'], [0, 'ok']]);
            }
        });
    }

    journey('semantics 10.4: an answer within the grace time counts', {}, async (server, appOf) => {
        const app = await appOf({ f: slow(700, ok('in time')) });
        const run = await app.begin('f');
        await app.called('f');
        const end = await server.kill('SIGTERM');
        assert.equal(end.code, 0);
        await server.restart();
        assert.equal((await server.waitForRun(run, 'Completed')).output, 'in time');
        assert.equal(app.calls.length, 1);
    });

    journey('issue 2 point 7: a second signal ends at once', {}, async (server, appOf) => {
        const app = await appOf({ f: { script: (call) => (call.number === 0 ? hang : ok(1)) } });
        const run = await app.begin('f');
        await app.called('f');
        server.child.kill('SIGTERM');
        await pause(200);
        const end = await server.kill('SIGTERM');
        assert.equal(end.code, 0, `${end.signal}`);
        assert.ok(end.took < 300, `${end.took} ms`);
        await server.restart();
        await server.waitForRun(run, 'Completed');
        assert.deepEqual(app.attemptsOf(run), [0, 0]);
    });

    journey('an idle server with open connections ends quickly', {}, async (server) => {
        const socket = net.connect(server.port, '127.0.0.1');
        await new Promise((resolve) => { socket.once('connect', resolve); });
        await isAlive(server);
        const end = await server.kill('SIGTERM');
        assert.deepEqual([end.code, end.took < 1000], [0, true], `${end.took} ms`);
        socket.destroy();
    });
});

describe('SIGKILL', { concurrency: 8 }, () => {
    journey('semantics 10.3: memoised steps are kept, the call in flight is repeated with its attempt', {}, async (server, appOf) => {
        const app = await appOf({ f: { retries: 1, script: (call, self) => {
            if (!call.has('a'))
                return ops([stepRun('a', 1)]);
            if (call.attempt === 0)
                return fail('first');
            return self.calm ? ok(call.attempt) : hang;
        } } });
        const run = await app.begin('f');
        await until('the second attempt', () => app.callsOf(run).some((call) => call.attempt === 1));
        await server.kill();
        app.calm = true;
        await server.restart();
        assert.equal((await server.waitForRun(run, 'Completed')).output, 1);
        assert.deepEqual(app.callsOf(run).map((call) => [call.has('a'), call.attempt]), [[false, 0], [true, 0], [true, 1], [true, 1]]);
        const last = (await server.attempts(run)).slice(-2);
        assert.deepEqual(last.map((each) => [each.attempt, each.outcome, each.delivery]), [[1, 'interrupted', 0], [1, 'ok', 1]]);
        const requests = app.callsOf(run).map((call) => call.body.ctx.request_id);
        assert.equal(new Set(requests).size, requests.length);
        const generations = app.callsOf(run).map((call) => call.body.ctx.generation_id);
        assert.ok(generations.at(-1) > generations.at(-2), `${generations}`);
    });

    journey('row 63: a sleep survives a restart and wakes at its time; one that passed wakes at once', {}, async (server, appOf) => {
        const app = await appOf({ f: { script: (call) => (call.has('nap') ? ok(1) : ops([sleep('nap', call.event.data.nap)])) } });
        const [short, long] = await Promise.all(['300ms', '2500ms'].map((nap) => app.begin('f', { nap })));
        await until('both to sleep', async () => (await Promise.all([short, long].map((run) => server.timeline(run))))
            .every((records) => records.some((record) => record.type === 'step.sleeping')));
        const due = new Date((await server.timeline(long)).find((record) => record.type === 'step.sleeping').payload.until).getTime();
        await server.kill();
        await pause(600);
        await server.restart();
        const up = Date.now();
        await server.waitForRun(short, 'Completed');
        assert.ok(Date.now() - up < 1000);
        await server.waitForRun(long, 'Completed');
        const woken = app.callsOf(long)[1].at;
        assert.ok(woken >= due && woken < due + 500, `${woken - due} ms`);
    });

    journey('semantics 10.3: backoff and a future start keep their times, parallel steps their results', {}, async (server, appOf) => {
        const app = await appOf({
            back: { script: (call) => (call.attempt === 0 ? fail('later', { 'retry-after': '3' }) : ok(1)) },
            future: { script: () => ok(1) },
            fork: { script: (call, self) => {
                if (call.step === sha('quick'))
                    return ops([stepRun('quick', 1)]);
                if (call.step === sha('stuck'))
                    return self.calm ? ops([stepRun('stuck', 2)]) : hang;
                return call.has('stuck') ? ok(1) : ops([planned('quick'), planned('stuck')]);
            } } });
        const ts = Date.now() + 2500;
        const [back, future, fork] = await Promise.all([app.begin('back'), app.begin('future', {}, { ts }), app.begin('fork')]);
        const failed = await until('the failure', async () => (await server.attempts(back)).find((each) => each.next_attempt_at));
        await until('the fork', async () => app.callsOf(fork).length === 3
            && (await server.timeline(fork)).some((record) => record.type === 'step.completed'));
        await server.kill();
        app.calm = true;
        await server.restart();
        await Promise.all([back, future, fork].map((run) => server.waitForRun(run, 'Completed')));
        const due = new Date(failed.next_attempt_at).getTime();
        assert.ok(app.callsOf(back)[1].at >= due && app.callsOf(back)[1].at < due + 500, `${app.callsOf(back)[1].at - due}`);
        assert.deepEqual(app.attemptsOf(back), [0, 1]);
        assert.ok(app.callsOf(future)[0].at >= ts && app.callsOf(future)[0].at < ts + 500, `${app.callsOf(future)[0].at - ts}`);
        assert.equal(app.callsOf(fork).filter((call) => call.step === sha('quick')).length, 1);
        assert.equal(app.callsOf(fork).filter((call) => call.step === sha('stuck')).length, 2);
        assert.equal(app.callsOf(fork).filter((call) => call.step === 'step').length, 2);
    });

    journey('semantics 13.1: forty live runs, three kills: all end, none is done twice', {}, async (server, appOf) => {
        const app = await appOf({ f: { script: (call) => {
            const next = ['a', 'b', 'c'].find((name) => !call.has(name));
            return next ? ops([next === 'b' ? sleep('b', '400ms') : stepRun(next, 1)]) : ok('end');
        } } });
        const ids = await server.sendAll(Array.from({ length: 40 }, () => ({ name: `${app.id}/f` })));
        for (let i = 0; i < 3; ++i) {
            await pause(150);
            await server.kill();
            await server.restart();
        }
        for (const id of ids) {
            const runs = await server.runs(id);
            assert.equal(runs.length, 1);
            await server.waitForRun(runs[0].run_id, 'Completed');
            const finished = (await server.timeline(runs[0].run_id)).filter((record) => record.type === 'run.completed');
            assert.equal(finished.length, 1);
        }
    });
});

describe('exit codes', { concurrency: 8 }, () => {
    test('10.12: a second server on the same file: exit 4, the first goes on', async () => {
        const server = await Redrived.start({});
        try {
            const second = await ends(['-p', '0', '--data', server.dataFile]);
            assert.equal(second.code, 4, second.output);
            assert.match(second.output, /another server is using it/);
            assert.ok(second.output.includes(server.dataFile), second.output);
            await server.send('still/here', {});
            await isAlive(server);
            await server.kill('SIGKILL');
            await server.restart(); // the lock of a killed server is no lock
        } finally {
            await server.stop();
        }
    });

    test('port in use: exit 3 and the port in the message', () => inFolder(async (folder, file) => {
        const busy = net.createServer();
        await new Promise((resolve) => { busy.listen(0, '127.0.0.1', resolve); });
        const { port } = busy.address();
        const second = await ends(['-p', String(port), '--data', file]);
        busy.close();
        assert.equal(second.code, 3, second.output);
        assert.match(second.output, new RegExp(`port ${port} is in use`));
    }));

    test('a data file of garbage: exit 1, a clear message, the file as it was', () => inFolder(async (folder, file) => {
        for (const garbage of ['this is no database, but it is long enough to be one'.repeat(100), Buffer.alloc(8192, 0xa5), 'short']) {
            await writeFile(file, garbage);
            const before = await digest(file);
            const end = await ends(['-p', '0', '--data', file]);
            assert.equal(end.code, 1, end.output);
            assert.ok(end.output.includes(file), end.output);
            assert.match(end.output, /damaged|not a database|too short for a database|not a Redrive/i);
            assert.equal(await digest(file), before);
        }
    }));

    test('a damaged data file: exit 1 or a clear error, never as if nothing were', () => inFolder(async (folder, file) => {
        const server = await Redrived.start({ data: file });
        await server.sendAll(Array.from({ length: 200 }, () => ({ name: 'some/event', data: { x: 'x'.repeat(500) } })));
        await server.kill('SIGTERM');
        const { size } = await stat(file);
        assert.ok(size > 8192, `${size}`);
        const handle = await open(file, 'r+');
        for (let at = 4096; at < size; at += 4096)
            await handle.write(Buffer.alloc(Math.min(4096, size - at), 0x5a), 0, undefined, at);
        await handle.close();
        const end = await ends(['-p', '0', '--data', file]);
        assert.equal(end.code, 1, end.output);
        assert.match(end.output, /damaged|malformed/i);
        assert.ok(end.output.includes(file), end.output);
    }));

    test('a data file of a newer version: exit 1, the file as it was', () => inFolder(async (folder, file) => {
        const server = await Redrived.start({ data: file });
        await server.kill('SIGTERM');
        const handle = await open(file, 'r+');
        await handle.write(Buffer.from([0, 0, 0x7f, 0xff]), 0, 4, 60); // PRAGMA user_version
        await handle.close();
        const before = await digest(file);
        const end = await ends(['-p', '0', '--data', file]);
        assert.equal(end.code, 1, end.output);
        assert.match(end.output, /newer/i);
        assert.equal(await digest(file), before);
    }));

    test('10.14: a torn end of the write-ahead log is cut off at the last commit', () => inFolder(async (folder, file) => {
        const server = await Redrived.start({ data: file });
        const kept = await server.send('kept/a', {});
        await server.send('torn/a', { x: 'x'.repeat(5000) });
        await server.kill();
        await tear(`${file}-wal`);
        await server.restart();
        const reports = server.logs.filter((line) => line.includes('torn write-ahead log'));
        assert.equal(reports.length, 1, server.log);
        assert.ok(reports[0].includes(file), reports[0]);
        assert.equal((await server.data('GET', `/v1/events/${kept}`)).name, 'kept/a');
        assert.equal((await server.events('?name=torn/a')).length, 0);
        await server.send('torn/a', {});
        await server.stop();
    }));

    test('a data file that cannot be: exit 1 and the path', () => inFolder(async (folder) => {
        await writeFile(path.join(folder, 'plain'), 'x');
        await mkdir(path.join(folder, 'dir'));
        for (const file of [path.join(folder, 'dir'), path.join(folder, 'plain', 'redrive.db')]) {
            const end = await ends(['-p', '0', '--data', file]);
            assert.equal(end.code, 1, end.output);
            assert.ok(end.output.includes(file), end.output);
        }
    }));

    test('a folder that is missing is made', () => inFolder(async (folder) => {
        const file = path.join(folder, 'a', 'b', 'redrive.db');
        const server = await Redrived.start({ data: file });
        await server.send('a/b', {});
        await server.stop();
        assert.ok((await readdir(path.dirname(file))).includes('redrive.db'));
    }));

    test('options: exit 2 for what is not understood, 0 for help and version', async () => {
        for (const args of [['--no-such'], ['--port'], ['--port', 'x'], ['--port', '70000'], ['--retry-interval', '-1'], ['--poll-interval', 'soon'],
            ['--log-level', 'loud'], ['extra', 'words'], ['--data'], ['-u', 'ftp://x']]) {
            const end = await ends(args);
            assert.equal(end.code, 2, `${args}: ${end.output}`);
            assert.ok(end.output.includes(args[0]) || end.output.includes(args[1] ?? ' '), `${args}: ${end.output}`);
            assert.match(end.output, /^redrived: [^\n]+\n$/, 'one whole line');
        }
        for (const [args, text] of [[['--help'], /--retry-interval/], [['-h'], /exit codes/i], [['--version'], /\d+\.\d+/], [['-v'], /\d+\.\d+/]]) {
            const end = await ends(args);
            assert.equal(end.code, 0);
            assert.match(end.output, text);
        }
    });

    test('options of the reference are accepted and named in one line; environment variables', async () => {
        const server = await Redrived.start({ memory: true, port: null, env: { REDRIVE_PORT: '0', REDRIVE_EVENT_KEY: 'k1,k2' },
            args: ['--config', 'x.json', '--persist', '--tick', '150', '--queue-workers', '100', '--connect-gateway-port', '8289'] });
        try {
            const lines = server.logs.filter((line) => line.includes('--tick'));
            assert.equal(lines.length, 1);
            for (const option of ['--config', '--persist', '--queue-workers', '--connect-gateway-port'])
                assert.ok(lines[0].includes(option), lines[0]);
            assert.equal((await server.request('POST', '/e/k2', { name: 'a/b' })).status, 200);
            assert.equal((await server.request('POST', '/e/test', { name: 'a/b' })).status, 401);
        } finally {
            await server.stop();
        }
    });

    journey('--memory keeps nothing', { memory: true }, async (server, appOf) => {
        const app = await appOf({ f: { script: () => ok(1) } });
        await app.outcome('f', 'Completed');
        await server.kill('SIGTERM');
        await server.restart();
        assert.deepEqual(await server.events(), []);
        assert.equal((await server.request('GET', `/v1/apps/${app.id}/functions`)).status, 404);
    });

    journey('13.9: an idle server with one app is quiet', { pollInterval: 1 }, async (server, appOf) => {
        const app = await appOf({ f: { script: () => ok(1) } });
        await until('the first poll', () => app.puts > 0);
        const [puts, lines] = [app.puts, server.logs.length];
        await pause(3000);
        assert.ok(app.puts - puts <= 4, `${app.puts - puts} polls in 3 s`);
        assert.equal(server.logs.length, lines, server.logs.slice(lines).join('\n'));
    });
});

test('the fake app itself: closed and opened on the same port', async () => {
    const app = await FakeApp.start({ register: false });
    const { port } = app;
    await app.close();
    await assert.rejects(fetch(`http://127.0.0.1:${port}/`));
    await app.open();
    assert.equal((await fetch(`http://127.0.0.1:${port}/`)).headers.get('x-inngest-sdk'), 'fake:v1.0.0');
    await app.close();
});

test('a terminal that nobody reads does not stop the server', async () => {
    const port = await freePort();
    // Nobody listens to its output: the pipe is full after 64 KiB, some 800 lines.
    const child = spawn(process.env.REDRIVED, ['--memory', '--no-discovery', '--port', `${port}`], { stdio: ['ignore', 'pipe', 'pipe'] });
    const base = `http://127.0.0.1:${port}`;
    try {
        await until('the server', async () => (await fetch(`${base}/health`).catch(() => null))?.ok);
        const events = Array.from({ length: 16 }, () => ({ name: 'sample/steps', data: { count: 100 } }));
        const { ids } = await (await fetch(`${base}/e/x`, { method: 'POST', body: JSON.stringify(events) })).json();
        for (const id of ids) {
            await until(`the run of ${id}`, async () => {
                const { data } = await (await fetch(`${base}/v1/events/${id}/runs`)).json();
                return data[0]?.status === 'Completed';
            });
        }
    } finally {
        child.kill('SIGKILL');
    }
});

test('--no-sample retires the sample functions that the data file knows', async () => {
    await inFolder(async (folder, data) => {
        let server = await Redrived.start({ data, sample: true });
        await server.outcome('sample/steps', { count: 1 }, 'Completed');
        await server.stop();

        server = await Redrived.start({ data });
        try {
            const id = await server.send('sample/steps', { count: 1 });
            assert.deepEqual(await server.data('GET', `/v1/events/${id}/runs`), []);
        } finally {
            await server.stop();
        }
    });
});
