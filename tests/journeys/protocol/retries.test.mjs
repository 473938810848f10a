// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Errors, attempts and their times (protocol 8.5 to 8.7, 16 A and E; semantics 2, 10.6, 13.5).

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { drop, fail, html, ok, ops, planned, sha, stepError, stepFailed, stepRun } from '../lib/fakeapp.mjs';
import { pause, until } from '../lib/wait.mjs';
import { journey, suiteServer } from './journey.mjs';

const suite = suiteServer();

/** Times between the end of each answer and the next request. */
const gaps = (calls) => calls.slice(1).map((call, i) => call.at - calls[i].answeredAt);

/** The first answer is an error with `headers`, the second is fine; returns the time between the two. */
async function gapAfter(headers, answer = fail('later', headers)) {
    const app = await suite.app({ f: { retries: 1, script: (call) => (call.number === 0 ? answer : ok(1)) } });
    const run = await app.outcome('f', 'Completed', {}, { deadline: 30_000 });
    assert.deepEqual(app.attemptsOf(run.run_id), [0, 1]);
    const [attempt] = await suite.server.attempts(run.run_id);
    return { gap: gaps(app.calls)[0], attempt, run };
}

const between = (value, low, high) => assert.ok(value >= low && value <= high, `${value} is not in ${low}..${high}`);

describe('attempts', { concurrency: 64 }, () => {
    test('row 17: retries 0 is exactly one attempt', async () => {
        const app = await suite.app({ f: { retries: 0, script: () => fail('only one') } });
        const run = await app.outcome('f', 'Failed');
        await pause(1500);
        assert.deepEqual(app.attemptsOf(run.run_id), [0]);
        assert.equal(run.output.message, 'only one');
        assert.equal((await suite.server.deadLetter(run.run_id)).reason, 'attempts_exhausted');
    });

    test('row 18: absent retries are five attempts, 0 to 4', async () => {
        const app = await suite.app({ f: { script: (call) => fail(`no ${call.attempt}`) } });
        const run = await app.outcome('f', 'Failed', {}, { deadline: 30_000 });
        assert.deepEqual(app.attemptsOf(run.run_id), [0, 1, 2, 3, 4]);
        assert.equal(run.output.message, 'no 4');
        const attempts = await suite.server.attempts(run.run_id);
        assert.deepEqual(attempts.map((each) => each.outcome), [...Array(4).fill('retryable_error'), 'final_error']);
    });

    test('row 76: a 500 is retried after the interval; the run says that it backs off', async () => {
        const app = await suite.app({ f: { script: (call) => (call.attempt < 2 ? fail() : ok(1)) } });
        const run = await app.begin('f');
        const backing = await until('backing_off', async () => {
            const now = await suite.server.run(run);
            return now.activity?.[0]?.kind === 'backing_off' ? now : null;
        });
        assert.equal(backing.status, 'Running');
        await suite.server.waitForRun(run, 'Completed');
        for (const gap of gaps(app.calls))
            between(gap, 1000, 1400);
        const requests = app.calls.map((call) => call.body.ctx.request_id);
        assert.equal(new Set(requests).size, 3);
    });

    journey('row 76: without --retry-interval the first retry is due after 15 to 45 s', { retryInterval: null }, async (server, appOf) => {
        const app = await appOf({ f: { script: () => fail() } });
        const run = await app.begin('f');
        const attempt = await until('the first failure', async () => (await server.attempts(run)).find((each) => each.next_attempt_at));
        between(new Date(attempt.next_attempt_at) - new Date(attempt.finished_at), 15_000, 45_000);
    });

    test('row 77: no-retry true is one attempt, on 400 and on 500', async () => {
        for (const status of [400, 500]) {
            const app = await suite.app({ f: { script: () => fail('stop', { 'x-inngest-no-retry': 'true' }, status) } });
            const run = await app.outcome('f', 'Failed');
            await pause(1300);
            assert.deepEqual(app.attemptsOf(run.run_id), [0]);
            assert.equal((await suite.server.deadLetter(run.run_id)).reason, 'non_retriable');
        }
    });

    test('row 78: 4xx without the header is retried, as with the header false', async () => {
        for (const headers of [{}, { 'x-inngest-no-retry': 'false' }]) {
            for (const status of [400, 404, 429]) {
                const { attempt } = await gapAfter({}, fail('odd', headers, status));
                assert.equal(attempt.http_status, status);
            }
        }
    });

    test('row 79: Retry-After: 3 on 500 and on a StepError of a 206', async () => {
        const step = ops([stepError('a')], { 'retry-after': '3' });
        for (const { gap } of await Promise.all([gapAfter({ 'retry-after': '3' }), gapAfter({}, step)]))
            between(gap, 3000, 3500);
    });

    const dates = {
        'HTTP date': (at) => new Date(at).toUTCString(), 'ISO date': (at) => new Date(at).toISOString(),
        'ISO date with offset': (at) => new Date(at + 7_200_000).toISOString().replace('Z', '+02:00'),
    };
    for (const [name, format] of Object.entries(dates)) {
        test(`row 80: Retry-After as ${name}`, async () => {
            const at = Math.ceil(Date.now() / 1000) * 1000 + 3000;
            const app = await suite.app({ f: { retries: 1, script: (call) =>
                (call.number === 0 ? fail('later', { 'retry-after': format(at) }) : ok(1)) } });
            await app.outcome('f', 'Completed', {}, { deadline: 30_000 });
            between(app.calls[1].at, at, at + 500);
        });
    }

    test('semantics 2.10: Retry-After 0 and a past date wait for 1 s', async () => {
        for (const value of ['0', 'Mon, 01 Jan 2001 00:00:00 GMT'])
            between((await gapAfter({ 'retry-after': value })).gap, 1000, 1500);
    });

    test('semantics 2.11: Retry-After 172800 waits for 24 h', async () => {
        const app = await suite.app({ f: { script: () => fail('later', { 'retry-after': '172800' }) } });
        const run = await app.begin('f');
        const attempt = await until('the failure', async () => (await suite.server.attempts(run)).find((each) => each.next_attempt_at));
        between(new Date(attempt.next_attempt_at) - new Date(attempt.finished_at), 86_400_000 - 1000, 86_400_000 + 1000);
    });

    test('semantics 2.5: a Retry-After that cannot be read is ignored, with a warning', async () => {
        const { gap, run } = await gapAfter({ 'retry-after': 'soonish' });
        between(gap, 1000, 1400);
        const warnings = (await suite.server.timeline(run.run_id)).filter((record) => record.type === 'warning');
        assert.match(JSON.stringify(warnings), /retry-after/i);
    });

    test('protocol 8.5: Retry-After grants no attempts', async () => {
        const app = await suite.app({ f: { retries: 0, script: () => fail('later', { 'retry-after': '1' }) } });
        const run = await app.outcome('f', 'Failed');
        assert.deepEqual(app.attemptsOf(run.run_id), [0]);
    });

    test('semantics 2.18: fewer retries count for a run that backs off', async () => {
        const failing = { script: () => fail() };
        const app = await suite.app({ f: { ...failing, retries: 4 } });
        const run = await app.begin('f');
        await app.called('f');
        await app.register({ f: { ...failing, retries: 0 } });
        await suite.server.waitForRun(run, 'Failed');
        assert.deepEqual(app.attemptsOf(run), [0, 1]);
    });
});

describe('step errors', { concurrency: 64 }, () => {
    test('rows 82, 86: the step alone is retried; each step has its own attempts', async () => {
        const app = await suite.app({ f: { retries: 2, script: (call) => {
            const next = ['a', 'b'].find((name) => !call.has(name));
            if (!next)
                return ok('both');
            return ops([call.attempt < 2 ? stepError(next) : stepRun(next, next)]);
        } } });
        const run = await app.outcome('f', 'Completed', {}, { deadline: 30_000 });
        assert.deepEqual(app.attemptsOf(run.run_id), [0, 1, 2, 0, 1, 2, 0]);
        const steps = (await suite.server.attempts(run.run_id)).map((each) => [each.step, each.outcome]);
        assert.deepEqual(steps.slice(0, 3), [['a', 'retryable_error'], ['a', 'retryable_error'], ['a', 'ok']]);
    });

    test('row 83: the memo of the last error goes to the function, which can catch it', async () => {
        const app = await suite.app({ f: { retries: 1, script: (call) => (call.has('a') ? ok(call.memo('a')) : ops([stepError('a', { message: 'caught' })])) } });
        const run = await app.outcome('f', 'Completed');
        assert.deepEqual(app.attemptsOf(run.run_id), [0, 1, 0]);
        assert.equal(run.output.error.message, 'caught');
        assert.equal(app.calls[2].body.ctx.stack.stack[0], sha('a'));
    });

    test('row 84: not caught, the run fails with the error of the step', async () => {
        const app = await suite.app({ f: { retries: 0, script: (call) => (call.has('a')
            ? fail(call.memo('a').error.message, { 'x-inngest-no-retry': 'true' }, 400) : ops([stepError('a', { message: 'uncaught' })])) } });
        const run = await app.outcome('f', 'Failed');
        assert.equal(run.output.message, 'uncaught');
        const letter = await suite.server.deadLetter(run.run_id);
        assert.deepEqual(letter.failed_step, { id: sha('a'), name: 'a', attempts: 1 });
    });

    test('row 85: StepFailed, and StepError with no-retry, are stored at once', async () => {
        const answers = { failed: ops([stepFailed('a')]), header: ops([stepError('a')], { 'x-inngest-no-retry': 'true' }),
            member: ops([stepError('a', { noRetry: true })]) };
        for (const [name, answer] of Object.entries(answers)) {
            const app = await suite.app({ f: { script: (call) => (call.has('a') ? ok('rescued') : answer) } });
            const run = await app.outcome('f', 'Completed');
            assert.deepEqual(app.attemptsOf(run.run_id), [0, 0], name);
        }
    });

    test('row 89: error.data and cause are in the memo of the next request, unchanged', async () => {
        const error = { name: 'GoError', message: 'both', stack: 'at x', data: { value: [1, { deep: null }], n: 1.5 },
            cause: { name: 'Inner', message: 'why', cause: { message: 'root' } } };
        for (const op of [stepFailed('a', error), stepError('a', error)]) {
            const app = await suite.app({ f: { retries: 0, script: (call) => (call.has('a') ? ok(1) : ops([op])) } });
            const run = await app.outcome('f', 'Completed');
            const memo = app.callsOf(run.run_id).at(-1).memo('a');
            for (const [key, value] of Object.entries(error))
                assert.deepEqual(memo.error[key], value, key);
            assert.deepEqual(Object.keys(memo), ['error']);
        }
    });

    test('protocol 5.3: name and message are always there', async () => {
        const app = await suite.app({ f: { retries: 0, script: (call) => (call.has('a') ? ok(call.memo('a').error)
            : ops([{ op: 'StepFailed', id: sha('a'), error: { data: 1 } }])) } });
        const { output } = await app.outcome('f', 'Completed');
        assert.deepEqual([typeof output.name, typeof output.message, output.data], ['string', 'string', 1]);
    });

    test('semantics 2.13: of parallel steps only the failing one is retried, the body comes after all', async () => {
        const app = await suite.app({ f: { retries: 1, script: (call) => {
            if (call.step === sha('good'))
                return ops([stepRun('good', 1)]);
            if (call.step === sha('bad'))
                return ops([stepError('bad')]);
            return call.has('bad') ? fail('bad', { 'x-inngest-no-retry': 'true' }, 400) : ops([planned('good'), planned('bad')]);
        } } });
        const run = await app.outcome('f', 'Failed');
        assert.deepEqual(app.callsOf(run.run_id).map((call) => call.step).sort(),
            ['step', 'step', sha('good'), sha('bad'), sha('bad')].sort());
        const failed = await suite.server.events('?name=inngest/function.failed&limit=50');
        assert.equal(failed.filter((event) => event.data.run_id === run.run_id).length, 1);
    });
});

describe('system events', { concurrency: 64 }, () => {
    test('rows 88, 90: function.failed: id, slug, original event, error with stack and cause', async () => {
        const cause = { name: 'Inner', message: 'why' };
        const app = await suite.app({ f: { retries: 0, script: () => fail('with cause', {}, 500, { cause, name: 'Outer' }) } });
        const run = await app.outcome('f', 'Failed', { order: 9 });
        const failed = (await suite.server.events('?name=inngest/function.failed&limit=50')).find((event) => event.id === run.run_id);
        assert.equal(failed.data.function_id, app.slug('f'));
        assert.equal(failed.data.run_id, run.run_id);
        assert.deepEqual([failed.data.event.name, failed.data.event.data], [`${app.id}/f`, { order: 9 }]);
        assert.deepEqual(failed.data.events, [failed.data.event]);
        assert.equal(failed.data._inngest.status, 'Failed');
        const { error } = failed.data;
        assert.deepEqual([error.name, error.message, error.cause], ['Outer', 'with cause', cause]);
        assert.match(error.stack, /at fake/);
    });

    test('row 19: a failure handler runs once, for its own function only', async () => {
        const app = await suite.app({
            good: { retries: 0, script: () => fail() }, bad: { retries: 0, script: () => fail() }, handler: { script: () => ok(1) } });
        app.functions.handler.on = { event: 'inngest/function.failed', expression: `event.data.function_id == '${app.slug('bad')}'` };
        await app.register();
        await app.outcome('good', 'Failed');
        const bad = await app.outcome('bad', 'Failed');
        await app.called('handler');
        await pause(300);
        const handled = app.calls.filter((call) => call.fn === 'handler');
        assert.deepEqual(handled.map((call) => call.event.data.run_id), [bad.run_id]);
    });

    test('row 91: function.finished for success and failure, not for its own consumers', async () => {
        const app = await suite.app({ good: { script: () => ok({ r: 1 }) }, bad: { retries: 0, script: () => fail('bad') },
            watcher: { on: 'inngest/function.finished', script: () => ok('seen') } });
        const runs = [await app.outcome('good', 'Completed'), await app.outcome('bad', 'Failed')];
        const seen = () => app.calls.filter((call) => call.fn === 'watcher' && runs.some((run) => run.run_id === call.event.data.run_id));
        await until('both to be seen', () => seen().length === 2);
        await pause(300);
        assert.deepEqual(seen().map((call) => call.event.data._inngest.status).sort(), ['Completed', 'Failed']);
        assert.deepEqual(seen().find((call) => call.event.data.result)?.event.data.result, { r: 1 });
        const own = app.calls.filter((call) => call.fn === 'watcher' && call.event.data.function_id === app.slug('watcher'));
        assert.deepEqual(own, []);
    });
});

describe('an app that is away', { concurrency: 64 }, () => {
    test('rows 81, 10.9: connection refused: the run waits as app_offline, attempts unused', async () => {
        const app = await suite.app({ f: { retries: 0, script: () => ok('late') } });
        await app.close();
        const run = await app.begin('f');
        const waiting = await until('app_offline', async () => {
            const now = await suite.server.run(run);
            return now.activity.some((each) => each.kind === 'app_offline') ? now : null;
        });
        assert.ok(['Running', 'Scheduled'].includes(waiting.status), waiting.status);
        await pause(1500);
        const from = Date.now();
        await app.open();
        await suite.server.waitForRun(run, 'Completed');
        between(Date.now() - from, 0, 6000);
        assert.deepEqual(app.attemptsOf(run), [0]);
        const outcomes = (await suite.server.attempts(run)).map((each) => [each.attempt, each.outcome]);
        assert.deepEqual(outcomes.at(-1), [0, 'ok']);
        assert.ok(outcomes.slice(0, -1).every(([index, outcome]) => index === 0 && outcome === 'app_offline'), `${outcomes}`);
        // The log comes by another pipe than the answers.
        await until('the log to tell it', () => suite.server.logs.some((line) => line.includes(`app ${app.id}`) && /back/.test(line)));
    });

    test('semantics 13.2: an app comes back to many waiting runs', async () => {
        const app = await suite.app({ f: { retries: 0, script: () => ok(1) } });
        await app.close();
        const events = await suite.server.sendAll(Array.from({ length: 100 }, () => ({ name: `${app.id}/f` })));
        await pause(300);
        await app.open();
        await Promise.all(events.map(async (event) => suite.server.waitForRun(await suite.server.runOf(event), 'Completed')));
        assert.deepEqual(app.calls.map((call) => call.attempt), Array(100).fill(0));
    });

    test('semantics 13.5: a hot reload that shows HTML 500 for 3 s fails no run', async () => {
        let reloading = false;
        const script = (call) => (reloading ? html(500) : ok(call.event.data));
        const app = await suite.app({ f: { retries: 0, script } });
        await app.outcome('f', 'Completed');
        await app.register({ f: { retries: 0, script }, g: { script } }); // the code has changed
        reloading = true;
        const runs = await Promise.all([1, 2, 3].map((n) => app.begin('f', { n })));
        await pause(3000);
        reloading = false;
        for (const run of runs) {
            await suite.server.waitForRun(run, 'Completed');
            assert.deepEqual(new Set(app.attemptsOf(run)), new Set([0]));
            const attempts = await suite.server.attempts(run);
            assert.ok(attempts.length >= 2 && attempts[0].outcome === 'app_offline', JSON.stringify(attempts.map((each) => each.outcome)));
        }
    });

    test('semantics 10.6: a connection that breaks after the request was sent uses up the attempt', async () => {
        const app = await suite.app({ f: { retries: 0, script: () => drop } });
        const run = await app.outcome('f', 'Failed');
        assert.deepEqual(app.attemptsOf(run.run_id), [0]);
    });
});
