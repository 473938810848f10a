// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// A failed run of a Python app as a dead letter, mended and retried in place; server or app gone in the middle.
// Each journey has a server and an app of its own, because it ends them. The app is mended by starting it again.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { Redrived } from '../lib/redrived.mjs';
import { freePort, until } from '../lib/wait.mjs';
import { PythonApp } from './pythonapp.mjs';

/** Runs `steps(server, app)`. */
function journey(name, env, steps) {
    test(name, async () => {
        const server = await Redrived.start({ port: await freePort(), pollInterval: 1 });
        let app;
        try {
            app = await PythonApp.start({ server, functions: 'recovery', env });
            await app.sync();
            await steps(server, app);
        } catch (error) {
            error.message += `\n--- server log\n${server.logs.slice(-30).join('\n')}\n--- app\n${app?.child.log}`;
            throw error;
        } finally {
            await app?.stop();
            await server.stop();
        }
    });
}

const broken = { BROKEN: '1' };

async function mend(app) {
    await app.kill();
    await app.listen({ env: {} });
}

/** Id of a run of the function that has failed, and its letter. */
async function failed(server, app, name, data = {}) {
    const { run_id: run } = await server.outcome(app.event(name), data, 'Failed');
    return { run, letter: await server.waitForLetter(run, 'open') };
}

async function retried(server, letter) {
    const answer = await server.letterAction(letter.id, 'retry');
    assert.equal(answer.status, 200, answer.text);
    return server.waitForRun(letter.run_id, 'Completed');
}

const sorted = (list) => [...list].sort();

describe('Python: dead letters, server or app gone', { concurrency: 6 }, () => {
    journey('semantics 9.8/9.2: fixed and retried, completed steps are not executed again', broken, async (server, app) => {
        const { run, letter } = await failed(server, app, 'order', { order: 3 });
        assert.equal(letter.run_id, run);
        assert.equal(letter.reason, 'attempts_exhausted');
        assert.equal(letter.error.name, 'ConnectionError');
        assert.equal(letter.error.message, 'warehouse 17 offline, order 3');
        assert.match(letter.error.stack, /recovery\.py/);
        assert.equal(letter.failed_step.name, 'ship');
        assert.equal(letter.failed_step.attempts, 2);
        assert.deepEqual(sorted(letter.completed_steps.names), ['box', 'charge', 'label', 'settle']);

        await mend(app);
        const done = await retried(server, letter);
        assert.equal(done.run_id, run);
        assert.deepEqual(done.output, { paid: { receipt: 'r-3' }, packed: ['boxed', 'labelled'], shipped: 'shipped' });
        const { journal } = app;
        for (const once of ['charge', 'box', 'label', 'mail'])
            assert.equal(journal.count(run, once), 1, once);
        assert.deepEqual(journal.attempts(run, 'ship'), [0, 1, 0]);
        assert.equal((await server.waitForLetter(run, 'resolved')).run_id, run);
        const types = (await server.timeline(run)).map((record) => record.type);
        assert.ok(types.indexOf('run.failed') < types.indexOf('run.resumed'), `${types}`);
        assert.ok(types.indexOf('run.resumed') < types.indexOf('run.completed'), `${types}`);
    });

    journey('semantics 9.6, 9.8/9.4: what was caught or done before a failure is kept by a retry, too', broken, async (server, app) => {
        const [body, step] = await Promise.all(
            ['body-broken', 'caught-then-broken'].map((name) => failed(server, app, name)));
        assert.equal(body.letter.reason, 'non_retriable');
        assert.equal(body.letter.failed_step ?? null, null);
        assert.equal(step.letter.failed_step.name, 'last');
        await mend(app);
        assert.equal((await retried(server, body.letter)).output, 'fine');
        assert.equal((await retried(server, step.letter)).output, 'done');
        assert.deepEqual(app.journal.steps(body.run), ['first', 'after', 'after']);
        assert.deepEqual(app.journal.steps(step.run), ['primary', 'undo', 'last', 'last']);
    });

    journey('issue 2 points 5 and 6: a letter survives SIGKILL of the server', broken, async (server, app) => {
        const { run, letter } = await failed(server, app, 'order', { order: 4 });
        await server.kill();
        await server.restart();
        await mend(app);
        assert.equal((await retried(server, letter)).run_id, run);
        assert.equal(app.journal.count(run, 'charge'), 1);
    });

    journey('row 63: a sleep survives SIGKILL of the server', {}, async (server, app) => {
        const run = await server.runOf(await server.send(app.event('sleeper'), { seconds: 3 }));
        await until('the sleep', async () => (await server.timeline(run)).some((record) => record.type === 'step.sleeping'));
        await server.kill();
        await server.restart();
        assert.equal((await server.waitForRun(run, 'Completed')).output, 'rested');
        const [first] = app.journal.of(run, 'before');
        const [last] = app.journal.of(run, 'after');
        assert.ok(last.at - first.at >= 3000 && last.at - first.at < 5500, `slept ${last.at - first.at} ms`);
        assert.deepEqual(app.journal.steps(run), ['before', 'after']);
    });

    journey('rows 22, 81: app offline: the run waits as app_offline, no attempt is used', {}, async (server, app) => {
        const run = await server.runOf(await server.send(app.event('sleeper'), { seconds: 1 }));
        await until('the sleep', async () => (await server.timeline(run)).some((record) => record.type === 'step.sleeping'));
        await app.kill();
        await until('activity app_offline', async () =>
            (await server.run(run)).activity.some((activity) => activity.kind === 'app_offline'));
        await app.listen();
        assert.equal((await server.waitForRun(run, 'Completed')).output, 'rested');
        assert.deepEqual(app.journal.steps(run), ['before', 'after']);
        assert.deepEqual(app.journal.attempts(run, 'after'), [0]);
    });
});
