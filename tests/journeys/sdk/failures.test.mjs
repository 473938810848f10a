// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// onFailure handlers and the events of the server (issue 2 point 4; protocol 3.7, 16 rows 19, 88, 90, 91).

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { Redrived } from '../lib/redrived.mjs';
import { until } from '../lib/wait.mjs';
import { App, label, sentName, usual } from './apps/app.mjs';
import { failures } from './apps/failures.mjs';

describe(`failures, ${label(usual)}`, { concurrency: 64 }, () => {
    let server;
    let app;

    before(async () => {
        server = await Redrived.start();
        app = await App.start({ ...usual, server, functions: failures });
        await app.sync();
    });
    after(async () => {
        await app?.stop();
        await server?.stop();
    });

    /** What function `fn` was told about a run. */
    const toldOf = (fn, run, what = 'told') => app.journal.entries
        .filter((entry) => entry.fn === fn && entry.what === what && entry.about === run);

    /** The same, once there is something; the run of the listener has ended then. */
    const heard = async (fn, run, what) => {
        const [entry] = await until(`${fn} to hear of ${run}`, async () => {
            const list = toldOf(fn, run, what);
            return list.length > 0 ? list : null;
        });
        return entry;
    };

    test('row 88: onFailure gets the error and the original event, and runs once', async () => {
        const run = await server.outcome(app.event('guarded'), { order: 7 }, 'Failed');
        const notified = await heard('guarded-failure', run.run_id, 'notify');
        const handled = await heard('guarded-failure', run.run_id, 'handled');
        assert.equal(handled.error.name, sentName('PaymentError'));
        assert.equal(handled.error.message, 'card declined');
        assert.match(handled.error.stack, /PaymentError: card declined[^]*failures\.mjs/);
        assert.equal(handled.error.cause, 'limit reached');
        assert.equal(handled.original.name, app.event('guarded'));
        assert.equal(handled.original.data.order, 7);
        assert.deepEqual((await server.waitForRun(notified.run, 'Completed')).output, { told: 7 });
        assert.equal(app.journal.count(run.run_id, 'work'), 2);
        assert.equal(new Set(toldOf('guarded-failure', run.run_id).map((entry) => entry.run)).size, 1);
        assert.equal(toldOf('guarded-failure', run.run_id, 'notify').length, 1);
    });

    test('row 19: a failure handler does not run for failures of other functions', async () => {
        const run = await server.outcome(app.event('unguarded'), {}, 'Failed');
        await heard('on-failed', run.run_id);
        const handlers = ['guarded-failure', 'guarded-step-failure', 'bad-handler-failure', 'sleeper-failure'];
        assert.deepEqual(handlers.flatMap((fn) => toldOf(fn, run.run_id)), []);
    });

    test('semantics 2.10: a run that completes has no failure handler run', async () => {
        const run = await server.outcome(app.event('guarded'), { fail: false }, 'Completed');
        await heard('on-finished', run.run_id);
        assert.deepEqual(toldOf('guarded-failure', run.run_id), []);
        assert.deepEqual(toldOf('on-failed', run.run_id), []);
    });

    test('semantics 2.10: a step that failed for good starts the handler, too', async () => {
        const run = await server.outcome(app.event('guarded-step'), {}, 'Failed');
        const { event } = await heard('guarded-step-failure', run.run_id);
        assert.equal(event.data.error.name, sentName('PaymentError'));
        assert.equal(event.data.error.message, 'step declined');
    });

    test('row 90: function.failed has the run id as id, the slug, and the original event', async () => {
        const run = await server.outcome(app.event('guarded'), { order: 8 }, 'Failed');
        const { event } = await heard('on-failed', run.run_id);
        assert.equal(event.name, 'inngest/function.failed');
        assert.equal(event.id, run.run_id);
        assert.equal(event.data.function_id, app.slug('guarded'));
        assert.equal(event.data.run_id, run.run_id);
        assert.equal(event.data.event.name, app.event('guarded'));
        assert.deepEqual(event.data.event.data, { order: 8 });
        assert.equal(event.data.events.length, 1);
        assert.equal(event.data.error.message, 'card declined');
        assert.equal(event.data._inngest.status, 'Failed');
        assert.equal(toldOf('on-failed', run.run_id).length, 1);
    });

    test('row 91: function.finished follows success and failure, once', async () => {
        const good = await server.outcome(app.event('fine'), {}, 'Completed');
        const bad = await server.outcome(app.event('unguarded'), {}, 'Failed');
        const finished = await heard('on-finished', good.run_id);
        assert.deepEqual(finished.event.data.result, { ok: true });
        assert.equal(finished.event.data._inngest.status, 'Completed');
        assert.equal(finished.event.data.error, undefined);
        const failed = await heard('on-finished', bad.run_id);
        assert.equal(failed.event.data._inngest.status, 'Failed');
        assert.equal(failed.event.data.error.message, 'nobody cares');
        assert.equal(toldOf('on-finished', good.run_id).length, 1);
        assert.equal(toldOf('on-finished', bad.run_id).length, 1);
    });

    test('rows 90, 91: runs of listeners and handlers make no further events, even when they fail', async () => {
        const run = await server.outcome(app.event('bad-handler'), {}, 'Failed');
        const handler = await heard('bad-handler-failure', run.run_id);
        await server.waitForRun(handler.run, 'Failed');
        const listener = await heard('on-finished', run.run_id);
        await server.waitForRun(listener.run, 'Completed');
        // A later run whose events did arrive shows that earlier ones would have, too.
        const later = await server.outcome(app.event('fine'), {}, 'Completed');
        await heard('on-finished', later.run_id);
        for (const own of [handler.run, listener.run])
            assert.deepEqual([...toldOf('on-finished', own), ...toldOf('on-failed', own)], []);
    });

    test('row 110, semantics 11.4: a cancelled run is told as cancelled and finished, never as failed', async () => {
        const id = await server.runOf(await server.send(app.event('sleeper'), {}));
        await server.waitForRun(id, 'Running');
        assert.equal((await server.cancel(id)).status, 200);
        await server.waitForRun(id, 'Cancelled');
        const { event } = await heard('on-cancelled', id);
        assert.equal(event.id, id);
        assert.equal(event.data._inngest.status, 'Cancelled');
        assert.equal((await heard('on-finished', id)).event.data._inngest.status, 'Cancelled');
        assert.deepEqual([...toldOf('sleeper-failure', id), ...toldOf('on-failed', id)], []);
    });
});

describe(`events and invoke, ${label(usual)}`, { concurrency: 64 }, () => {
    let server;
    let app;

    before(async () => {
        server = await Redrived.start({ memory: true });
        app = await App.start({ ...usual, server, functions: failures });
        await app.sync();
    });
    after(async () => {
        await app?.stop();
        await server?.stop();
    });

    const echo = async (event) => {
        const [id] = await server.sendAll([{ name: app.event('echo'), ...event }]);
        const run = await server.waitForRun(await server.runOf(id), 'Completed');
        return run.output.event;
    };

    test('issue 2 point 3: client.send of the SDK starts a run', async () => {
        const { ids } = await app.client.send({ name: app.event('fine'), data: {} });
        assert.match(ids[0], /^[0-9A-HJKMNP-TV-Z]{26}$/);
        await server.waitForRun(await server.runOf(ids[0]), 'Completed');
        const many = await app.client.send([1, 2, 3].map((n) => ({ name: app.event('echo'), data: { n } })));
        assert.equal(many.ids.length, 3);
        const runs = await Promise.all(many.ids.map(async (id) => server.waitForRun(await server.runOf(id), 'Completed')));
        assert.deepEqual(runs.map((run) => run.output.event.data.n), [1, 2, 3]);
    });

    test('row 28: absent data becomes {}', async () => {
        assert.deepEqual((await echo({})).data, {});
        assert.deepEqual((await echo({ data: null })).data, {});
    });

    test('row 29: ts is now by default, a given ts is kept', async () => {
        const from = Date.now();
        const { ts } = await echo({});
        assert.ok(ts >= from && ts <= Date.now(), `${ts}`);
        assert.equal((await echo({ ts: 1_600_000_000_000 })).ts, 1_600_000_000_000);
    });

    test('row 40: _inngest in the data of a sender is removed', async () => {
        assert.deepEqual((await echo({ data: { a: 1, _inngest: { fn_id: 'x' } } })).data, { a: 1 });
    });

    test('protocol 3.2: id, name and payload arrive unchanged', async () => {
        const data = { text: 'zażółć "q" \u2028 😀', big: 9007199254740991, float: 0.1, deep: [[{ a: null }]] };
        const event = await echo({ data, id: `own-${usual.sdk}`, v: '2' });
        assert.deepEqual(event.data, data);
        assert.equal(event.id, `own-${usual.sdk}`);
        assert.equal(event.name, app.event('echo'));
    });

    test('row 31: a future ts delays the start', async () => {
        const ts = Date.now() + 3000;
        const id = await server.runOf(await server.send(app.event('fine'), {}, { ts }));
        assert.equal((await server.run(id)).status, 'Scheduled');
        await server.waitForRun(id, 'Completed');
        const [call] = app.callsOf(id);
        assert.ok(call.at >= ts && call.at < ts + 2000, `called ${call.at - ts} ms after ts`);
    });

    test('row 32: the same id within 24 h starts one run, both events are stored', async () => {
        const ids = [];
        for (let index = 0; index < 2; ++index)
            ids.push(await server.send(app.event('fine'), { index }, { id: 'order-32' }));
        assert.notEqual(ids[0], ids[1]);
        await server.waitForRun(await server.runOf(ids[0]), 'Completed');
        assert.deepEqual(await server.runs(ids[1]), []);
        for (const id of ids)
            assert.equal((await server.data('GET', `/v1/events/${id}`)).internal_id, id);
    });

    test('row 33: two functions on one event get a run each, also with an id', async () => {
        const first = await server.runsOfEvent(await server.send(app.event('shared'), {}, { id: 'order-33' }), 2);
        const outputs = await Promise.all(first.map(async (run) => (await server.waitForRun(run.run_id, 'Completed')).output));
        assert.deepEqual(outputs.sort(), ['first', 'second']);
        assert.equal(new Set(first.map((run) => run.function_id)).size, 2);
    });

    test('protocol 4.1: a function with two triggers runs once for each event', async () => {
        for (const way of ['one-way', 'other-way']) {
            const runs = await server.runsOfEvent(await server.send(app.event(way), {}));
            assert.equal((await server.waitForRun(runs[0].run_id, 'Completed')).output, app.event(way));
            assert.equal(runs.length, 1);
        }
    });

    for (const [name, expected] of [['invoked-only', { x: 3 }], ['invoked-too', { doubled: 6 }]]) {
        test(`row 47: /invoke of ${name} gives it inngest/function.invoked`, async () => {
            const answer = await server.request('POST', `/invoke/${app.slug(name)}`, { data: { x: 3 } });
            assert.equal(answer.status, 200, answer.text);
            assert.equal(answer.json.status, 200);
            const run = await server.waitForRun(await server.runOf(answer.json.id), 'Completed');
            assert.deepEqual(run.output, { name: 'inngest/function.invoked', ...expected });
        });
    }
});
