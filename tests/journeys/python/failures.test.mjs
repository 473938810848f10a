// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// on_failure handlers, the events of the server and cancellation with the Python SDK (protocol 3.7).

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { Redrived } from '../lib/redrived.mjs';
import { until } from '../lib/wait.mjs';
import { stage } from './pythonapp.mjs';

describe('Python: failures', { concurrency: 64 }, () => {
    const world = stage({ before, after }, Redrived, 'failures');

    /** What function `fn` was told about a run. */
    const toldOf = (fn, run, what = 'told') => world.app.journal.entries
        .filter((entry) => entry.fn === fn && entry.what === what && entry.about === run);

    /** The same, once there is something. */
    const heard = (fn, run, what) => until(`${fn} to hear of ${run}`, () => toldOf(fn, run, what)[0]);

    test('row 88: on_failure gets the error and the original event, and runs once', async () => {
        const run = await world.go('guarded', { order: 7 }, 'Failed');
        const notified = await heard('guarded-failure', run.run_id, 'notify');
        const { event } = await heard('guarded-failure', run.run_id);
        assert.equal(event.data.error.name, 'PaymentError');
        assert.equal(event.data.error.message, 'card declined');
        assert.match(event.data.error.stack, /failures\.py/);
        assert.equal(event.data.event.name, world.app.event('guarded'));
        assert.equal(event.data.event.data.order, 7);
        assert.deepEqual((await world.server.waitForRun(notified.run, 'Completed')).output, { told: 7 });
        assert.equal(world.app.journal.count(run.run_id, 'work'), 2);
        assert.equal(new Set(toldOf('guarded-failure', run.run_id).map((entry) => entry.run)).size, 1);
        assert.equal(toldOf('guarded-failure', run.run_id, 'notify').length, 1);
    });

    test('semantics 2.10: a step that failed for good starts the handler, too', async () => {
        const run = await world.go('guarded-step', {}, 'Failed');
        const { event } = await heard('guarded-step-failure', run.run_id);
        assert.equal(event.data.error.name, 'PaymentError');
        assert.equal(event.data.error.message, 'card declined');
    });

    test('rows 19, 90: a handler does not run for other functions; function.failed has run id, slug and event', async () => {
        const run = await world.go('unguarded', { order: 8 }, 'Failed');
        const { event } = await heard('on-failed', run.run_id);
        assert.equal(event.id, run.run_id);
        assert.equal(event.data.function_id, world.app.slug('unguarded'));
        assert.deepEqual(event.data.event.data, { order: 8 });
        const handlers = ['guarded-failure', 'guarded-step-failure', 'sleeper-failure'];
        assert.deepEqual(handlers.flatMap((fn) => toldOf(fn, run.run_id)), []);
    });

    test('row 91: function.finished follows success and failure, once; a success has no handler run', async () => {
        const good = await world.go('guarded', { fail: false });
        const bad = await world.go('unguarded', {}, 'Failed');
        assert.equal((await heard('on-finished', good.run_id)).event.data.result, 'paid');
        assert.equal((await heard('on-finished', bad.run_id)).event.data.error.message, 'nobody cares');
        assert.deepEqual([good, bad].map((run) => toldOf('on-finished', run.run_id).length), [1, 1]);
        assert.deepEqual(toldOf('guarded-failure', good.run_id), []);
    });

    test('row 110: a sleeping run is cancelled, told as cancelled, never as failed', async () => {
        const id = await world.server.runOf(await world.server.send(world.app.event('sleeper'), {}));
        await until('the sleep', async () =>
            (await world.server.timeline(id)).some((record) => record.type === 'step.sleeping'));
        assert.equal((await world.server.cancel(id)).status, 200);
        await world.server.waitForRun(id, 'Cancelled');
        const { event } = await heard('on-cancelled', id);
        assert.equal(event.data._inngest.status, 'Cancelled');
        assert.deepEqual([...toldOf('sleeper-failure', id), ...toldOf('on-failed', id)], []);
        assert.deepEqual(world.app.journal.steps(id), ['before']);
    });

    test('protocol 4.1: a function with two triggers runs once for each event', async () => {
        for (const name of ['fine', 'good']) {
            const runs = await world.server.runsOfEvent(await world.server.send(world.app.event(name), {}));
            assert.deepEqual((await world.server.waitForRun(runs[0].run_id, 'Completed')).output, { ok: world.app.event(name) });
            assert.equal(runs.length, 1);
        }
    });

    test('row 47: /invoke gives the function inngest/function.invoked', async () => {
        const answer = await world.server.request('POST', `/invoke/${world.app.slug('invoked')}`, { data: { x: 3 } });
        assert.equal(answer.status, 200, answer.text);
        const run = await world.server.waitForRun(await world.server.runOf(answer.json.id), 'Completed');
        assert.deepEqual(run.output, { name: 'inngest/function.invoked', doubled: 6 });
    });
});
