// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// A failed run as a dead letter: seen, understood, retried, discarded, restored, run again
// (issue 2 point 5; semantics 9.4 to 9.6 and 9.8).

import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { until } from '../lib/wait.mjs';
import { label, usual } from './apps/app.mjs';
import { journey } from './apps/journey.mjs';
import { recovery } from './apps/recovery.mjs';

const world = { functions: recovery, broken: true };

/** Id of a run of the function that has failed, and its letter. */
async function failed(server, app, name, data = {}) {
    const { run_id: run } = await server.outcome(app.event(name), data, 'Failed');
    return { run, letter: await server.waitForLetter(run, 'open') };
}

const answerOf = (answer) => answer.json?.data ?? answer.json;

describe(`dead letters, ${label(usual)}`, { concurrency: 4 }, () => {
    journey('semantics 9.8/9.2: fixed and retried, completed steps are not executed again', world, async (server, app) => {
        const { run, letter } = await failed(server, app, 'order', { order: 3 });
        assert.equal(letter.run_id, run);
        assert.equal(letter.reason, 'attempts_exhausted');
        assert.equal(letter.cycle, 0);
        assert.match(JSON.stringify(letter.error), /warehouse 17 offline, order 3/);
        assert.match(JSON.stringify(letter.failed_step), /ship/);
        assert.match(JSON.stringify(letter.completed_steps), /charge/);
        assert.match(JSON.stringify(letter.completed_steps), /settle/);
        assert.doesNotMatch(JSON.stringify(letter.completed_steps), /ship/);

        app.broken = false;
        const answer = await server.letterAction(letter.id, 'retry');
        assert.equal(answer.status, 200, answer.text);
        assert.deepEqual(answerOf(answer), { run_id: run, cycle: 1 });
        const done = await server.waitForRun(run, 'Completed');
        assert.deepEqual(done.output, { paid: { receipt: 'r-3' }, shipped: 'shipped' });
        assert.deepEqual(app.journal.steps(run), ['charge', 'ship', 'ship', 'ship', 'mail']);
        assert.deepEqual(app.journal.attempts(run, 'ship'), [0, 1, 0]);
        await server.waitForLetter(run, 'resolved');

        const again = await server.letterAction(letter.id, 'retry');
        assert.equal(again.status, 409, again.text);
        assert.match(again.text, /resolved/);
        const types = (await server.timeline(run)).map((record) => record.type);
        assert.ok(types.indexOf('run.failed') < types.indexOf('run.resumed'), `${types}`);
        assert.ok(types.indexOf('run.resumed') < types.indexOf('run.completed'), `${types}`);
    });

    journey('semantics 9.8/9.3: a retry that fails again is open in cycle 1, then 2', world, async (server, app) => {
        const { run, letter } = await failed(server, app, 'order');
        for (const cycle of [1, 2]) {
            const answer = await server.letterAction(letter.id, 'retry');
            assert.deepEqual(answerOf(answer), { run_id: run, cycle }, answer.text);
            await until(`cycle ${cycle} to fail`, async () => {
                const now = await server.deadLetter(letter.id);
                return now.state === 'open' && now.cycle === cycle;
            });
            assert.equal((await server.run(run)).status, 'Failed');
        }
        assert.deepEqual(app.journal.attempts(run, 'ship'), [0, 1, 0, 1, 0, 1]);
        assert.equal(app.journal.count(run, 'charge'), 1);
        app.broken = false;
        await server.letterAction(letter.id, 'retry');
        await server.waitForRun(run, 'Completed');
    });

    journey('semantics 9.5: retry is refused with the state while a retry is under way', world, async (server, app) => {
        const { letter } = await failed(server, app, 'order');
        const [first, second] = await Promise.all([
            server.letterAction(letter.id, 'retry'), server.letterAction(letter.id, 'retry')]);
        assert.deepEqual([first.status, second.status].sort(), [200, 409], `${first.text} ${second.text}`);
        assert.match(first.status === 409 ? first.text : second.text, /retrying/);
    });

    journey('semantics 9.8/9.4: a non-retriable error of the body is a letter after one attempt', world, async (server, app) => {
        const { run, letter } = await failed(server, app, 'body-broken');
        assert.equal(letter.reason, 'non_retriable');
        assert.equal(letter.failed_step ?? null, null);
        app.broken = false;
        assert.equal((await server.letterAction(letter.id, 'retry')).status, 200);
        assert.equal((await server.waitForRun(run, 'Completed')).output, 'fine');
        assert.deepEqual(app.journal.steps(run), ['first', 'after', 'after']);
    });

    journey('semantics 9.6: a retry keeps caught failures and what was done about them', world, async (server, app) => {
        const { run, letter } = await failed(server, app, 'caught-then-broken');
        app.broken = false;
        assert.equal((await server.letterAction(letter.id, 'retry')).status, 200);
        assert.equal((await server.waitForRun(run, 'Completed')).output, 'done');
        assert.deepEqual(app.journal.steps(run), ['primary', 'undo', 'last', 'last']);
    });

    journey('semantics 9.8/9.6: discarded with a reason, restored, retried', world, async (server, app) => {
        const { run, letter } = await failed(server, app, 'order');
        assert.equal((await server.letterAction(letter.id, 'discard')).status, 400);
        assert.equal((await server.letterAction(letter.id, 'discard', { reason: 'test order' })).status, 200);
        const discarded = await server.deadLetter(letter.id);
        assert.equal(discarded.state, 'discarded');
        assert.match(JSON.stringify(discarded.resolution), /test order/);
        assert.equal((await server.run(run)).status, 'Failed');
        const refused = await server.letterAction(letter.id, 'retry');
        assert.equal(refused.status, 409);
        assert.match(refused.text, /discarded/);
        assert.equal((await server.letterAction(letter.id, 'restore')).status, 200);
        await server.waitForLetter(run, 'open');
        app.broken = false;
        assert.equal((await server.letterAction(letter.id, 'retry')).status, 200);
        await server.waitForRun(run, 'Completed');
        assert.equal(app.journal.count(run, 'charge'), 1);
    });

    journey('issue 2 point 5: rerun is a new run that starts from nothing', world, async (server, app) => {
        const { run } = await failed(server, app, 'order', { order: 9 });
        app.broken = false;
        const answer = await server.rerun(run);
        assert.equal(answer.original_run_id, run);
        assert.notEqual(answer.run_id, run);
        const done = await server.waitForRun(answer.run_id, 'Completed');
        assert.deepEqual(done.output, { paid: { receipt: 'r-9' }, shipped: 'shipped' });
        assert.equal(done.original_run_id, run);
        assert.deepEqual(app.journal.steps(answer.run_id), ['charge', 'ship', 'mail']);
        assert.equal((await server.run(run)).status, 'Failed');
        const second = await server.rerun(answer.run_id);
        assert.equal(second.original_run_id, run, 'the link names the very first run');
        await server.waitForRun(second.run_id, 'Completed');
    });

    journey('issue 2 point 5: list, filters, paging and groups', world, async (server, app) => {
        const orders = [];
        for (const order of [1, 2, 3])
            orders.push(server.outcome(app.event('order'), { order }, 'Failed'));
        const runs = (await Promise.all(orders)).map((run) => run.run_id);
        const other = await failed(server, app, 'body-broken');
        const ids = (list) => list.map((letter) => letter.run_id).sort();
        assert.deepEqual(ids(await server.deadLetters()), [...runs, other.run].sort());
        assert.deepEqual(ids(await server.deadLetters('?state=open')), [...runs, other.run].sort());
        assert.deepEqual(ids(await server.deadLetters('?state=discarded')), []);
        assert.deepEqual(ids(await server.deadLetters(`?function=${app.slug('body-broken')}`)), [other.run]);

        // The order number differs in the message, which is masked in the fingerprint.
        const groups = await server.deadLetterGroups();
        assert.deepEqual(groups.map((group) => group.count).sort(), [1, 3]);
        const { fingerprint } = groups.find((group) => group.count === 3);
        assert.deepEqual(ids(await server.deadLetters(`?fingerprint=${fingerprint}`)), [...runs].sort());

        const first = (await server.request('GET', '/v1/dead-letters?limit=3')).json;
        assert.equal(first.data.length, 3);
        const rest = await server.deadLetters(`?limit=3&cursor=${encodeURIComponent(first.metadata.next_cursor)}`);
        assert.deepEqual(ids([...first.data, ...rest]), [...runs, other.run].sort());
        assert.deepEqual(ids(await server.deadLetters(`?before=${new Date(0).toISOString()}`)), []);
        assert.equal((await server.deadLetters(`?after=${new Date(0).toISOString()}`)).length, 4);
        assert.equal((await server.request('GET', '/v1/dead-letters?limit=101')).status, 400);
        assert.equal((await server.request('GET', '/v1/dead-letters/01J00000000000000000000000')).status, 404);
    });

    journey('issue 2 point 5: each attempt shows error, stack, times, request and response', world, async (server, app) => {
        const { run, letter } = await failed(server, app, 'order', { order: 4 });
        const tried = (await server.attempts(run)).filter((entry) => entry.step === 'ship');
        assert.deepEqual(tried.map((entry) => entry.attempt), [0, 1]);
        for (const entry of tried) {
            assert.equal(entry.error.message, 'warehouse 17 offline, order 4');
            assert.match(entry.error.stack, /recovery\.mjs/);
            assert.ok(Date.parse(entry.sent_at) <= Date.parse(entry.finished_at));
            assert.deepEqual(entry.request.body.event.data, { order: 4 });
            assert.equal(entry.request.body.ctx.attempt, entry.attempt);
            // The two steps before, as the request had them: charge and the sleep.
            assert.equal(Object.keys(entry.request.body.steps).length, 2);
            assert.ok(entry.request.headers.some(([name]) => name.toLowerCase() === 'x-run-id'));
            assert.equal(entry.response.status, 206);
            assert.match(JSON.stringify(entry.response.headers), /x-inngest-sdk/i);
            assert.match(entry.response.body, /warehouse 17 offline/);
        }
        const wait = Date.parse(tried[1].sent_at) - Date.parse(tried[0].finished_at);
        assert.ok(wait >= 990, `second attempt after ${wait} ms`);
        const inside = letter.attempts.filter((entry) => entry.step === 'ship');
        assert.deepEqual(inside.map((entry) => entry.index), [0, 1]);
        assert.deepEqual(letter.completed_steps, { count: 2, names: ['charge', 'settle'] });
        assert.equal(letter.failed_step.name, 'ship');
        assert.equal(letter.failed_step.attempts, 2);
    });

    journey('issue 2 points 5 and 6: letters survive SIGKILL, a retry under way goes on', world, async (server, app) => {
        const { run, letter } = await failed(server, app, 'order');
        await server.kill();
        await server.restart();
        assert.deepEqual((await server.deadLetter(letter.id)).state, 'open');
        app.broken = false;
        assert.equal((await server.letterAction(letter.id, 'retry')).status, 200);
        await server.kill();
        await server.restart();
        await server.waitForRun(run, 'Completed');
        await server.waitForLetter(run, 'resolved');
        assert.equal(app.journal.count(run, 'charge'), 1);
    });
});
