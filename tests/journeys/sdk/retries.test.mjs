// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Issue 2 point 4: what the retry guides promise, with a fixed interval of 1 s.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { Redrived } from '../lib/redrived.mjs';
import { App, label, sentName, usual } from './apps/app.mjs';
import { retries } from './apps/retries.mjs';

describe(`retries, ${label(usual)}`, { concurrency: 64 }, () => {
    let server;
    let app;

    before(async () => {
        server = await Redrived.start();
        app = await App.start({ ...usual, server, functions: retries });
        await app.sync();
    });
    after(async () => {
        await app?.stop();
        await server?.stop();
    });

    const outcome = (name, status, data = {}) =>
        server.outcome(app.event(name), data, status, { deadline: 60_000 });
    const range = (count) => Array.from({ length: count }, (_, index) => index);

    for (const [name, attempts] of [['body-default', 5], ['body-10', 11], ['body-0', 1]]) {
        test(`rows 17, 18, 44, 87: ${name} fails after ${attempts} attempt(s)`, async () => {
            const run = await outcome(name, 'Failed');
            assert.deepEqual(app.journal.attempts(run.run_id, 'body'), range(attempts));
            assert.equal(run.output.message, `declined ${attempts - 1}`);
            assert.equal(run.output.name, sentName('CardError'));
            assert.match(run.output.stack, /retries\.mjs/);
            for (const gap of app.journal.gaps(run.run_id, 'body'))
                assert.ok(gap >= 1000 && gap < 4000, `interval of ${gap} ms`);
        });
    }

    for (const [name, attempts] of [['step-default', 5], ['step-10', 11], ['step-0', 1], ['step-1', 2]]) {
        test(`row 84: ${name} executes the step ${attempts} time(s), then the body fails once`, async () => {
            const run = await outcome(name, 'Failed');
            assert.deepEqual(app.journal.attempts(run.run_id, 'charge'), range(attempts));
            assert.deepEqual(app.journal.attempts(run.run_id, 'body'), [...range(attempts), 0]);
            assert.equal(run.output.message, `declined ${attempts - 1}`);
            assert.equal(run.output.name, sentName('CardError'));
        });
    }

    for (const [name, times] of [['body-default', 4], ['step-default', 4], ['body-10', 6], ['step-10', 6]]) {
        test(`row 18: ${name} completes when attempt ${times} succeeds`, async () => {
            const run = await outcome(name, 'Completed', { times });
            assert.deepEqual(run.output, { attempt: times });
        });
    }

    test('row 82: step error retried at step level, earlier steps not repeated', async () => {
        const run = await outcome('two-steps', 'Completed');
        assert.deepEqual(run.output, { first: { id: 7 }, second: 8 });
        assert.deepEqual(app.journal.attempts(run.run_id, 'first'), [0]);
        assert.deepEqual(app.journal.attempts(run.run_id, 'second'), [0, 1, 2]);
    });

    test('row 86: each sequential step has its own attempts', async () => {
        const run = await outcome('both-flaky', 'Completed');
        assert.deepEqual(app.journal.attempts(run.run_id, 'first'), [0, 1, 2]);
        assert.deepEqual(app.journal.attempts(run.run_id, 'second'), [0, 1, 2]);
    });

    test('semantics 2.3: attempt starts again at 0 when a step completes', async () => {
        const run = await outcome('step-then-body', 'Completed');
        assert.deepEqual(app.journal.attempts(run.run_id, 'work'), [0, 1, 2]);
        assert.deepEqual(app.journal.attempts(run.run_id, 'after'), [0, 1]);
        assert.deepEqual(app.journal.attempts(run.run_id, 'body'), [0, 1, 2, 0, 1]);
    });

    test('semantics 2.12: errors of the body and of an inline step share one counter', async () => {
        const run = await outcome('body-then-step', 'Completed');
        assert.deepEqual(app.journal.attempts(run.run_id, 'work'), [1, 2]);
        assert.deepEqual(run.output, { attempt: 2 });
    });

    test('row 85: NonRetriableError in a step stops the step at once and can be caught', async () => {
        const run = await outcome('final-step-caught', 'Completed');
        assert.deepEqual(app.journal.steps(run.run_id), ['order', 'caught']);
        assert.equal(run.output.caught, 'no such customer');
    });

    test('row 84: NonRetriableError in a step, not caught, fails the run after one attempt', async () => {
        const run = await outcome('final-step', 'Failed');
        assert.deepEqual(app.journal.attempts(run.run_id, 'order'), [0]);
        assert.equal(run.output.message, 'no such customer');
    });

    test('row 77: NonRetriableError in the body fails the run after one attempt', async () => {
        const run = await outcome('final-body', 'Failed');
        assert.deepEqual(app.journal.steps(run.run_id), ['look', 'after']);
        assert.equal(run.output.message, 'no such order');
        assert.equal(run.output.name, sentName('NonRetriableError'));
    });

    for (const [form, least, most] of [['number', 3000, 5500], ['string', 3000, 5500], ['date', 2990, 5500],
        ['past', 990, 3500]]) {
        for (const [name, what] of [['after-step', 'call'], ['after-body', 'body']]) {
            test(`rows 79, 80: ${name} waits as told by a ${form}`, async () => {
                const run = await outcome(name, 'Completed', { after: form });
                assert.deepEqual(run.output, { attempt: 1 });
                const [gap] = app.journal.gaps(run.run_id, what);
                assert.ok(gap >= least && gap < most, `waited ${gap} ms instead of ${least}`);
            });
        }
    }

    test('semantics 2.5: retry-after does not grant attempts', async () => {
        const run = await outcome('after-exhausted', 'Failed');
        assert.deepEqual(app.journal.attempts(run.run_id, 'body'), [0, 1]);
    });

    for (const name of ['fallback', 'fallback-then']) {
        test(`row 83: ${name}: a failed step is caught and a fallback step runs`, async () => {
            const run = await outcome(name, 'Completed');
            assert.deepEqual(app.journal.steps(run.run_id), ['primary', 'primary', 'secondary']);
            assert.match(JSON.stringify(run.output), /provider down/);
        });
    }

    test('row 83: a rollback step runs after a failed step, with attempts of its own', async () => {
        const run = await outcome('rollback', 'Completed');
        assert.deepEqual(app.journal.steps(run.run_id), ['reserve', 'charge', 'charge', 'release', 'release']);
        assert.deepEqual(app.journal.attempts(run.run_id, 'release'), [0, 1]);
        assert.deepEqual(run.output, { rolledBack: true });
    });

    test('semantics 1.4, 1.6: attempts and timeline tell the whole story', async () => {
        const run = await outcome('step-1', 'Failed');
        const attempts = await server.attempts(run.run_id);
        const failed = attempts.filter((entry) => JSON.stringify(entry.error ?? null).includes('declined'));
        assert.deepEqual(failed.slice(0, 2).map((entry) => entry.attempt), [0, 1]);
        const types = (await server.timeline(run.run_id)).map((record) => record.type);
        for (const type of ['run.scheduled', 'run.started', 'attempt.started', 'attempt.finished', 'step.errored',
            'step.failed', 'run.failed'])
            assert.ok(types.includes(type), `no ${type} in ${types}`);
        assert.equal(types.filter((type) => type === 'run.failed').length, 1);
    });
});
