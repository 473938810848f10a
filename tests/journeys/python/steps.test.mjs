// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Registration, events, steps, their values, sleeps and parallel steps with the Python SDK (protocol 16 A to D).

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { Redrived } from '../lib/redrived.mjs';
import { stage } from './pythonapp.mjs';

const sorted = (list) => [...list].sort();
const range = (count) => Array.from({ length: count }, (_, index) => index);
const statuses = async (world, run) => (await world.server.attempts(run)).map((entry) => entry.http_status);

describe('Python: registration and values', { concurrency: 64 }, () => {
    const world = stage({ before, after }, Redrived, 'steps');

    test('rows 1, 5, 7: the app registers with its name, SDK and framework', async () => {
        const answer = await world.app.sync();
        assert.equal(answer.ok, true);
        const { handlers, functions } = (await world.server.request('GET', '/dev')).json;
        const [{ name, sdk, framework, error }] = handlers;
        assert.deepEqual({ name, sdk, framework, error }, { name: 'app-py', sdk: 'py:v0.5.19', framework: 'fast_api', error: null });
        assert.ok(functions.some((one) => one.slug === world.app.slug('two') && one.retries === 4));
        assert.ok(functions.every((one) => one.version === 1), 'a second registration that says the same changes nothing');
    });

    test('protocol 8.9: two steps take three calls, each step is executed once', async () => {
        const run = await world.go('two');
        assert.deepEqual(run.output, { a: { v: 1 }, b: 42 });
        assert.deepEqual(world.app.journal.steps(run.run_id), ['a', 'b']);
        assert.deepEqual(await statuses(world, run.run_id), [206, 206, 200]);
        const attempts = await world.server.attempts(run.run_id);
        assert.deepEqual(attempts.map((entry) => entry.request.body.version), [-1, 2, 2]);
    });

    for (const result of [{ a: [1, { b: null }] }, 'text', '', 0, 12.5, -1, false, null, [], {}, 'zażółć 😀 \u2028 "q"',
        9007199254740991]) {
        test(`row 54: result ${JSON.stringify(result)} is the output of the run`, async () => {
            assert.deepEqual((await world.go('result', { result })).output, result);
        });
    }

    test('row 54: a function that returns nothing completes with null', async () => {
        assert.equal((await world.go('nothing')).output ?? null, null);
    });

    test('rows 58, 59: None resumes as null, 0, "", False, [] and {} are kept', async () => {
        const run = await world.go('falsy');
        assert.deepEqual(run.output, { none: null, zero: 0, empty: '', false: false, list: [], dict: {} });
        assert.equal(world.app.journal.steps(run.run_id).length, 6);
    });

    test('row 60: repeated step ids each run once and keep their value', async () => {
        const run = await world.go('repeated');
        assert.deepEqual(run.output, [0, 1, 2, 3]);
        assert.equal(world.app.journal.count(run.run_id, 'same'), 4);
    });

    test('row 49: state over 4 MiB is fetched by the SDK, every step once', async () => {
        const run = await world.go('large');
        assert.deepEqual(run.output, { total: 6 * 1024 * 1024 });
        assert.deepEqual(world.app.journal.steps(run.run_id), range(6).map((index) => `block ${index}`));
    });

    test('step.send_event starts a run for each event', async () => {
        const run = await world.go('fan-out');
        assert.equal(run.output.length, 2);
        const told = await Promise.all(run.output.map(async (id) =>
            (await world.server.waitForRun(await world.server.runOf(id), 'Completed')).output));
        assert.deepEqual(told, ['one', 'two']);
    });

    test('rows 28, 29: id, name, time and payload arrive unchanged; absent data is {}', async () => {
        const data = { text: 'zażółć "q" \u2028 😀', big: 9007199254740991, float: 0.1, deep: [[{ a: null }]] };
        const echo = async (event) => {
            const [id] = await world.server.sendAll([{ name: world.app.event('echo'), ...event }]);
            return (await world.server.waitForRun(await world.server.runOf(id), 'Completed')).output;
        };
        assert.deepEqual(await echo({ data, id: 'own', ts: 1_600_000_000_000 }),
            { name: world.app.event('echo'), id: 'own', ts: 1_600_000_000_000, data, batch: 1 });
        assert.deepEqual((await echo({ data: null })).data, {});
    });

    test('a function that is not async has steps, a sleep and parallel steps as well', async () => {
        const run = await world.go('thread');
        assert.deepEqual(run.output, [1, 2, 3]);
        assert.deepEqual(sorted(world.app.journal.steps(run.run_id)), ['first', 'p1', 'p2']);
    });
});

describe('Python: sleeps and parallel steps', { concurrency: 64 }, () => {
    const world = stage({ before, after }, Redrived, 'steps');

    test('protocol 7.4: sleep is never early and wakes in time', async () => {
        const run = await world.go('sleep', { seconds: 2 });
        const [first] = world.app.journal.of(run.run_id, 'before');
        const [last] = world.app.journal.of(run.run_id, 'after');
        // Its end is a time that the SDK takes after the step before.
        assert.ok(last.at - first.at >= 2000 && last.at - first.at < 4000, `slept ${last.at - first.at} ms`);
        assert.deepEqual(world.app.journal.steps(run.run_id), ['before', 'after']);
    });

    test('row 62: sleep_until in the past continues at once', async () => {
        const run = await world.go('sleep-past');
        const [first, second] = world.app.journal.of(run.run_id, 'body');
        assert.ok(second.at - first.at < 1000, `took ${second.at - first.at} ms`);
    });

    test('protocol 7.4: sleep_until wakes at the given time', async () => {
        const due = Date.now() + 2500;
        const run = await world.go('sleep-until', { until: due });
        const late = world.app.journal.of(run.run_id, 'awake')[0].at - due;
        assert.ok(late >= 0 && late < 2000, `late by ${late} ms`);
    });

    test('row 94: a sleep of more than 366 days fails the run at once', async () => {
        const run = await world.go('sleep', { seconds: 367 * 86_400 }, 'Failed');
        assert.match(JSON.stringify(run.output), /InngestErrTimeoutTooLong/);
        assert.deepEqual(world.app.journal.steps(run.run_id), ['before']);
    });

    test('row 64: parallel steps are executed once each, then the code after them', async () => {
        const run = await world.go('all');
        assert.deepEqual(run.output, { p1: 1, p2: 2, last: 3 });
        assert.deepEqual(sorted(world.app.journal.steps(run.run_id)), ['after', 'p1', 'p2']);
        assert.equal(world.app.journal.steps(run.run_id).at(-1), 'after');
    });

    test('rows 64, 69: 20 parallel steps complete, each executed once, with one discovery after the last', async () => {
        const run = await world.go('twenty');
        assert.deepEqual(run.output, range(20));
        assert.deepEqual(sorted(world.app.journal.steps(run.run_id)), sorted(range(20).map((index) => `p${index}`)));
        assert.equal((await statuses(world, run.run_id)).length, 22);
    });

    test('semantics 2.13: only the failing branch is retried; its error can be caught', async () => {
        const run = await world.go('one-branch-fails');
        assert.deepEqual(run.output, { caught: 'bad branch', name: 'RuntimeError' });
        const count = (what) => world.app.journal.count(run.run_id, what);
        assert.deepEqual(world.app.journal.attempts(run.run_id, 'bad'), [0, 1]);
        assert.deepEqual([count('good'), count('fine'), count('after')], [1, 1, 1]);
    });

    test('row 66: mode race is discovered after each; what is planned again is not executed again', async () => {
        // The SDK itself goes on only when all of the group are there (observed, 0.5.19).
        const run = await world.go('race');
        assert.equal(run.output, 'quick');
        assert.deepEqual(world.app.journal.steps(run.run_id), ['quick', 'after']);
    });
});

describe('Python: streaming', { concurrency: 64 }, () => {
    const world = stage({ before, after }, Redrived, 'steps', { env: { INNGEST_STREAMING: 'force' } });

    test('row 70: an app that streams its answers (201) completes', async () => {
        const run = await world.go('two');
        assert.deepEqual(run.output, { a: { v: 1 }, b: 42 });
        assert.deepEqual(await statuses(world, run.run_id), [206, 206, 200], 'what the streams say');
        const answers = world.app.child.log.match(/fnId=app-py-two\S* HTTP\/1\.1" \d+/g).map((line) => line.slice(-3));
        assert.deepEqual(answers, ['201', '201', '201'], world.app.child.log);
    });

    test('row 70: a failed branch of a streaming app is retried alone', async () => {
        const run = await world.go('one-branch-fails');
        assert.deepEqual(world.app.journal.attempts(run.run_id, 'bad'), [0, 1]);
        assert.equal(world.app.journal.count(run.run_id, 'good'), 1);
    });
});
