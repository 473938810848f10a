// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Server or app gone in the middle of a run (issue 2 point 6; semantics 10.3, 10.6, 10.7).
// Each journey has a server and an app of its own, because it kills them.

import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { pause, until } from '../lib/wait.mjs';
import { label, usual } from './apps/app.mjs';
import { begin, gate, journey, marked, recorded } from './apps/journey.mjs';
import { recovery } from './apps/recovery.mjs';

const world = { functions: recovery };

const isOffline = async (server, run) =>
    (await server.run(run)).activity.some((activity) => activity.kind === 'app_offline');

describe(`SIGKILL of the server, ${label(usual)}`, { concurrency: 4 }, () => {
    journey('row 63: a sleep survives and ends at its time', world, async (server, app) => {
        const run = await begin(server, app, 'sleeper', { nap: '4s' });
        await recorded(server, run, 'step.sleeping');
        await server.kill();
        await server.restart();
        assert.equal((await server.run(run)).status, 'Running');
        await server.waitForRun(run, 'Completed');
        const [before] = app.journal.of(run, 'before');
        const [after] = app.journal.of(run, 'after');
        const slept = after.at - before.at;
        assert.ok(slept >= 4000 && slept < 6500, `slept ${slept} ms`);
        assert.deepEqual(app.journal.steps(run), ['before', 'after']);
    });

    journey('semantics 10.3: a sleep that ended while the server was down wakes at once', world, async (server, app) => {
        const run = await begin(server, app, 'sleeper', { nap: '1s' });
        await recorded(server, run, 'step.sleeping');
        await server.kill();
        await pause(1500);
        const from = Date.now();
        await server.restart();
        await server.waitForRun(run, 'Completed');
        const late = app.journal.of(run, 'after')[0].at - from;
        assert.ok(late < 2500, `woke ${late} ms after the restart`);
        assert.deepEqual(app.journal.steps(run), ['before', 'after']);
    });

    journey('semantics 10.2: a step in flight is executed again with the same attempt, finished ones are not', world, async (server, app) => {
        const held = gate();
        app.gate = held.promise;
        const run = await begin(server, app, 'in-flight');
        await marked(app, run, 'b');
        await server.kill();
        held.open();
        await server.restart();
        assert.equal((await server.waitForRun(run, 'Completed')).output, 'ab');
        assert.deepEqual(app.journal.steps(run), ['a', 'b', 'b']);
        assert.deepEqual(app.journal.attempts(run, 'b'), [0, 0]);
    });

    journey('semantics 10.3: a finished parallel branch is not executed again', world, async (server, app) => {
        const held = gate();
        app.gate = held.promise;
        const run = await begin(server, app, 'branches');
        await marked(app, run, 'held');
        await recorded(server, run, 'step.completed');
        await server.kill();
        held.open();
        await server.restart();
        assert.deepEqual((await server.waitForRun(run, 'Completed')).output, ['quick', 'held']);
        assert.equal(app.journal.count(run, 'quick'), 1);
        assert.equal(app.journal.count(run, 'held'), 2);
    });

    journey('semantics 10.3: a back-off keeps its time and its attempt', world, async (server, app) => {
        const run = await begin(server, app, 'backing-off');
        await recorded(server, run, 'step.errored');
        await server.kill();
        await server.restart();
        assert.deepEqual((await server.waitForRun(run, 'Completed')).output, { attempt: 1 });
        const [gap] = app.journal.gaps(run, 'call');
        assert.ok(gap >= 4000 && gap < 6500, `retried after ${gap} ms`);
        assert.equal(app.journal.count(run, 'before'), 1);
    });

    journey('semantics 10.1: every acknowledged event has its run after the kill', world, async (server, app) => {
        const ids = [];
        const sending = (async () => {
            for (let n = 0; n < 40; ++n)
                ids.push(...await server.sendAll([{ name: app.event('plain'), data: { n } }]));
        })().catch(() => {});
        await until('some events to be acknowledged', () => ids.length >= 15, { every: 1 });
        await server.kill();
        await sending;
        await server.restart();
        for (const id of ids) {
            const runs = await server.runsOfEvent(id);
            assert.equal(runs.length, 1);
            await server.waitForRun(runs[0].run_id, 'Completed');
        }
    });

    journey('semantics 10.3: three kills in one run, each step recorded once', world, async (server, app) => {
        const run = await begin(server, app, 'order', { order: 1 });
        for (const what of ['charge', 'ship', 'mail']) {
            await marked(app, run, what);
            await server.kill();
            await server.restart();
        }
        const { output } = await server.waitForRun(run, 'Completed');
        assert.deepEqual(output, { paid: { receipt: 'r-1' }, shipped: 'shipped' });
        const done = (await server.timeline(run)).filter((record) => record.type === 'step.completed');
        assert.equal(new Set(done.map((record) => record.step_id)).size, done.length, JSON.stringify(done));
        assert.ok(done.length >= 3);
    });

    journey('issue 2 point 6: kills in a row leave nothing running for ever', world, async (server, app) => {
        const runs = [];
        for (const [name, data] of [['sleeper', { nap: '2s' }], ['backing-off', {}], ['plain', { n: 1 }], ['order', {}]])
            runs.push(await begin(server, app, name, data));
        for (let round = 0; round < 3; ++round) {
            await pause(300);
            await server.kill();
            await server.restart();
        }
        for (const run of runs)
            await server.waitForRun(run, 'Completed');
    });
});

describe(`clean end of the server, ${label(usual)}`, { concurrency: 4 }, () => {
    for (const signal of ['SIGINT', 'SIGTERM']) {
        journey(`issue 2 point 7: ${signal} ends within 2 s with a call in flight, and the run goes on later`, world, async (server, app) => {
            const held = gate();
            app.gate = held.promise;
            const run = await begin(server, app, 'in-flight');
            await marked(app, run, 'b');
            const { code, took } = await server.kill(signal);
            assert.equal(code, 0);
            assert.ok(took < 3000, `took ${took} ms`);
            held.open();
            await server.restart();
            assert.equal((await server.waitForRun(run, 'Completed')).output, 'ab');
            assert.equal(app.journal.count(run, 'a'), 1);
            assert.deepEqual(app.journal.attempts(run, 'b'), [0, 0]);
        });
    }
});

describe(`app goes away, ${label(usual)}`, { concurrency: 4 }, () => {
    journey('rows 22, 81: app offline: the run waits as app_offline, no attempt is used', world, async (server, app) => {
        await app.stop();
        // retries: 0, so that a single used attempt would be the end.
        const run = await begin(server, app, 'plain', { n: 5 });
        await until('activity app_offline', () => isOffline(server, run));
        // Longer than two intervals, in which used attempts would have ended the run.
        await pause(2500);
        assert.ok(await isOffline(server, run));
        await app.listen();
        assert.equal((await server.waitForRun(run, 'Completed')).output, 5);
        assert.deepEqual(app.journal.attempts(run, 'work'), [0]);
    });

    journey('semantics 10.6: app offline in the middle of a run, with the server killed meanwhile', world, async (server, app) => {
        const run = await begin(server, app, 'sleeper', { nap: '1s' });
        await recorded(server, run, 'step.sleeping');
        await app.stop();
        await until('activity app_offline', () => isOffline(server, run));
        await server.kill();
        await server.restart();
        await until('activity app_offline after the restart', () => isOffline(server, run));
        await app.listen();
        await server.waitForRun(run, 'Completed');
        assert.deepEqual(app.journal.steps(run), ['before', 'after']);
        assert.deepEqual(app.journal.attempts(run, 'after'), [0]);
    });

    journey('semantics 10.10: an app that breaks off after the request was sent uses an attempt', world, async (server, app) => {
        const run = await begin(server, app, 'breaks');
        await marked(app, run, 'call');
        await until('the app to be gone', () => app.http === null);
        await app.listen();
        assert.deepEqual((await server.waitForRun(run, 'Completed')).output, { attempt: 1 });
        assert.deepEqual(app.journal.attempts(run, 'call'), [0, 1]);
        assert.equal(app.journal.count(run, 'before'), 1);
    });

    journey('issue 2 point 2: the app restarts while a run backs off', world, async (server, app) => {
        const run = await begin(server, app, 'backing-off');
        await recorded(server, run, 'step.errored');
        await app.stop();
        await app.listen();
        assert.deepEqual((await server.waitForRun(run, 'Completed')).output, { attempt: 1 });
        assert.equal(app.journal.count(run, 'before'), 1);
        assert.deepEqual(app.journal.attempts(run, 'call'), [0, 1]);
    });

    journey('issue 2 point 2: the app restarts while a run sleeps', world, async (server, app) => {
        const run = await begin(server, app, 'sleeper', { nap: '2s' });
        await recorded(server, run, 'step.sleeping');
        await app.stop();
        await app.listen();
        assert.equal((await server.waitForRun(run, 'Completed')).output, 'rested');
        assert.deepEqual(app.journal.steps(run), ['before', 'after']);
    });

    journey('semantics 10.3: events taken while the app is down survive a kill', world, async (server, app) => {
        await app.stop();
        const ids = await server.sendAll([0, 1, 2].map((n) => ({ name: app.event('plain'), data: { n } })));
        await server.kill();
        await server.restart();
        await app.listen();
        for (const [n, id] of ids.entries()) {
            const [run, ...more] = await server.runsOfEvent(id);
            assert.deepEqual(more, []);
            assert.equal((await server.waitForRun(run.run_id, 'Completed')).output, n);
            assert.deepEqual(app.journal.attempts(run.run_id, 'work'), [0]);
        }
    });
});
