// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Errors and retries with the Python SDK, with a fixed interval of 1 s.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { Redrived } from '../lib/redrived.mjs';
import { stage } from './pythonapp.mjs';

const range = (count) => Array.from({ length: count }, (_, index) => index);

describe('Python: retries', { concurrency: 64 }, () => {
    const world = stage({ before, after }, Redrived, 'retries');

    for (const [name, attempts] of [['body-default', 5], ['body-1', 2], ['body-0', 1]]) {
        test(`rows 17, 18, 44: ${name} fails after ${attempts} attempt(s)`, async () => {
            const run = await world.go(name, {}, 'Failed');
            assert.deepEqual(world.app.journal.attempts(run.run_id, 'body'), range(attempts));
            assert.equal(run.output.message, `declined ${attempts - 1}`);
            assert.equal(run.output.name, 'CardError');
            assert.match(run.output.stack, /retries\.py/);
            for (const gap of world.app.journal.gaps(run.run_id, 'body'))
                assert.ok(gap >= 1000 && gap < 4000, `interval of ${gap} ms`);
        });
    }

    for (const [name, attempts] of [['step-default', 5], ['step-1', 2], ['step-0', 1]]) {
        test(`row 84: ${name} executes the step ${attempts} time(s), then the body fails once`, async () => {
            const run = await world.go(name, {}, 'Failed');
            assert.deepEqual(world.app.journal.attempts(run.run_id, 'charge'), range(attempts));
            assert.deepEqual(world.app.journal.attempts(run.run_id, 'body'), [...range(attempts), 0]);
            assert.equal(run.output.message, `declined ${attempts - 1}`);
            assert.equal(run.output.name, 'CardError');
            assert.match(run.output.stack, /retries\.py/);
        });
    }

    for (const name of ['body-default', 'step-default']) {
        test(`row 18: ${name} completes when attempt 4 succeeds`, async () => {
            assert.deepEqual((await world.go(name, { times: 4 })).output, { attempt: 4 });
        });
    }

    test('row 82: step error retried at step level, earlier steps not repeated', async () => {
        const run = await world.go('two-steps');
        assert.deepEqual(run.output, { first: { id: 7 }, second: { attempt: 2 } });
        assert.deepEqual(world.app.journal.attempts(run.run_id, 'first'), [0]);
        assert.deepEqual(world.app.journal.attempts(run.run_id, 'second'), [0, 1, 2]);
    });

    test('row 86: each sequential step has its own attempts', async () => {
        const run = await world.go('both-flaky');
        assert.deepEqual(world.app.journal.attempts(run.run_id, 'first'), [0, 1, 2]);
        assert.deepEqual(world.app.journal.attempts(run.run_id, 'second'), [0, 1, 2]);
    });

    test('semantics 2.3: attempt starts again at 0 when a step completes', async () => {
        const run = await world.go('step-then-body');
        assert.deepEqual(world.app.journal.attempts(run.run_id, 'body'), [0, 1, 2, 0, 1]);
    });

    test('row 77: NonRetriableError in the body fails the run after one attempt', async () => {
        const run = await world.go('final-body', {}, 'Failed');
        assert.deepEqual(world.app.journal.steps(run.run_id), ['look', 'after']);
        assert.equal(run.output.message, 'no such customer');
        assert.equal(run.output.name, 'NonRetriableError');
        const letter = await world.server.waitForLetter(run.run_id, 'open');
        assert.equal(letter.reason, 'non_retriable');
    });

    test('protocol 8.6: NonRetriableError in a step fails the run after one attempt', async () => {
        // The SDK lets it pass to the function, so that there is no failed step.
        const run = await world.go('final-step', {}, 'Failed');
        assert.deepEqual(world.app.journal.steps(run.run_id), ['look', 'order']);
        assert.equal(run.output.message, 'no such customer');
        assert.equal((await world.server.waitForLetter(run.run_id, 'open')).reason, 'non_retriable');
    });

    test('protocol 8.6: NonRetriableError in a parallel step fails the run after one attempt', async () => {
        const run = await world.go('final-branch', {}, 'Failed');
        assert.equal(world.app.journal.count(run.run_id, 'order'), 1);
        assert.equal(run.output.message, 'no such customer');
        assert.equal((await world.server.waitForLetter(run.run_id, 'open')).reason, 'non_retriable');
    });

    test('row 92: RetryAfterError in a parallel step delays that step alone', async () => {
        const run = await world.go('after-branch', { after: 'delta' });
        assert.deepEqual(run.output, ['good', { attempt: 1 }]);
        assert.deepEqual(world.app.journal.attempts(run.run_id, 'call'), [0, 1]);
        assert.equal(world.app.journal.count(run.run_id, 'good'), 1);
        const [gap] = world.app.journal.gaps(run.run_id, 'call');
        assert.ok(gap >= 2990 && gap < 5500, `waited ${gap} ms instead of 3000`);
    });

    for (const form of ['number', 'delta', 'date', 'zone']) {
        for (const [name, what] of [['after-step', 'call'], ['after-body', 'body']]) {
            test(`rows 79, 80, 92: ${name} waits as told by a ${form}`, async () => {
                const run = await world.go(name, { after: form });
                assert.deepEqual(run.output, { attempt: 1 });
                const [gap] = world.app.journal.gaps(run.run_id, what);
                assert.ok(gap >= 2990 && gap < 5500, `waited ${gap} ms instead of 3000`);
                if (name === 'after-step')
                    assert.deepEqual(world.app.journal.steps(run.run_id), ['before', 'call', 'call']);
            });
        }
    }

    test('semantics 2.5: retry-after does not grant attempts', async () => {
        const run = await world.go('after-exhausted', {}, 'Failed');
        assert.deepEqual(world.app.journal.attempts(run.run_id, 'body'), [0, 1]);
        assert.equal(run.output.name, 'RetryAfterError');
    });

    test('row 83: a failed step is caught and a fallback step runs', async () => {
        const run = await world.go('fallback');
        assert.deepEqual(world.app.journal.steps(run.run_id), ['primary', 'primary', 'secondary']);
        assert.deepEqual(run.output, { because: 'provider down', name: 'ConnectionError' });
    });

    test('row 83: a rollback step runs after a failed step, with attempts of its own', async () => {
        const run = await world.go('rollback');
        assert.deepEqual(world.app.journal.steps(run.run_id), ['reserve', 'charge', 'charge', 'release', 'release']);
        assert.deepEqual(world.app.journal.attempts(run.run_id, 'release'), [0, 1]);
        assert.deepEqual(run.output, { rolledBack: true });
    });
});
