// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Runs over HTTP: what they are, what happened, and how they are cancelled (protocol 12.2, 12.4, 16 H; semantics 1, 7.5).

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { fail, hang, ok, ops, planned, sha, sleep, stepError, stepRun } from '../lib/fakeapp.mjs';
import { pause, until } from '../lib/wait.mjs';
import { anyUlid, refusedV1, suiteServer, unknownUlid } from './journey.mjs';

const suite = suiteServer();

const ms = (text) => new Date(text).getTime();

/** A run that is in the middle of a call which is never answered. */
async function hangingRun() {
    const app = await suite.app({ f: { script: () => hang } });
    const run = await app.begin('f');
    await app.called('f');
    return { app, run };
}

describe('runs', { concurrency: 64 }, () => {
    test('row 140: fields and status names of a run', async () => {
        const app = await suite.app({ done: { script: () => ok({ r: 1 }) }, failed: { retries: 0, script: () => fail('bad') },
            live: { script: () => hang }, later: { script: () => ok(1) } });
        const done = await app.outcome('done', 'Completed');
        for (const key of ['run_id', 'run_started_at', 'function_id', 'function_version', 'environment_id', 'event_id', 'status', 'ended_at', 'output'])
            assert.ok(key in done, key);
        assert.match(done.run_id, anyUlid);
        assert.match(done.function_id, /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
        assert.equal(done.environment_id, '00000000-0000-4000-b000-000000000000');
        assert.deepEqual([done.function_version, done.output], [1, { r: 1 }]);
        for (const key of ['run_started_at', 'queued_at', 'scheduled_at', 'ended_at'])
            assert.match(done[key], /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/, key);
        assert.ok(ms(done.queued_at) <= ms(done.scheduled_at) && ms(done.scheduled_at) <= ms(done.run_started_at)
            && ms(done.run_started_at) <= ms(done.ended_at));
        const failed = await app.outcome('failed', 'Failed');
        assert.deepEqual([failed.output.name, failed.output.message], ['Error', 'bad']);
        const live = await app.begin('live');
        await app.called('live');
        const running = await suite.server.run(live);
        assert.deepEqual([running.status, running.ended_at, 'output' in running], ['Running', null, false]);
        const later = await app.begin('later', {}, { ts: Date.now() + 3_600_000 });
        assert.equal((await suite.server.run(later)).status, 'Scheduled');
    });

    test('protocol 12.2: the envelope of /v1', async () => {
        const app = await suite.app({ f: { script: () => ok(1) } });
        const run = await app.outcome('f', 'Completed');
        const { json } = await suite.server.request('GET', `/v1/runs/${run.run_id}`);
        assert.deepEqual(Object.keys(json).sort(), ['data', 'metadata']);
        assert.ok(ms(json.metadata.cached_until) >= ms(json.metadata.fetched_at));
    });

    test('semantics 1.1: a function without steps: one attempt, the timeline says it all', async () => {
        const app = await suite.app({ f: { script: () => ok(1) } });
        const run = await app.outcome('f', 'Completed');
        const records = await suite.server.timeline(run.run_id);
        assert.deepEqual(records.map((record) => record.type),
            ['run.scheduled', 'run.started', 'attempt.started', 'attempt.finished', 'run.completed']);
        assert.deepEqual(records.map((record) => record.sequence), [...records.map((record) => record.sequence)].sort((a, b) => a - b));
        assert.equal(new Set(records.map((record) => record.sequence)).size, records.length);
        for (const [i, record] of records.entries()) {
            assert.equal(record.run_id, run.run_id);
            assert.ok(i === 0 || ms(record.at) >= ms(records[i - 1].at));
        }
        assert.equal(records[0].payload.source, 'event');
        assert.equal(records[3].payload.outcome, 'ok');
    });

    test('semantics 1.5: the times of an attempt are in their order, and so are those of its timeline', async () => {
        const app = await suite.app({ f: { retries: 1, script: (call) => (call.attempt === 0 ? fail('once') : ok(1)) } });
        const run = await app.outcome('f', 'Completed', {}, { deadline: 60_000 });
        const attempts = await suite.server.attempts(run.run_id);
        const keys = ['run_at', 'first_eligible_at', 'sent_at', 'connected_at', 'first_byte_at', 'responded_at', 'recorded_at'];
        for (const attempt of attempts) {
            const times = keys.map((key) => ms(attempt[key]));
            assert.deepEqual(times, [...times].sort((a, b) => a - b), JSON.stringify(attempt));
            assert.equal(attempt.finished_at, attempt.recorded_at);
            const { expected_ms: expected, constraint_wait_ms: wait, latency_ms: latency } = attempt.delays;
            assert.equal(ms(attempt.sent_at) - ms(attempt.enqueued_at), expected + wait + latency);
        }
        const [first, second] = attempts;
        assert.equal(first.delays.expected_ms, 0);
        assert.equal(second.run_at, first.next_attempt_at);
        assert.ok(second.delays.expected_ms >= 1000, JSON.stringify(second.delays));
        const records = await suite.server.timeline(run.run_id);
        const [started] = records.filter((record) => record.type === 'attempt.started');
        const [finished] = records.filter((record) => record.type === 'attempt.finished');
        assert.equal(started.at, first.sent_at);
        assert.match(started.payload.url, /^http:/);
        assert.equal(started.payload.job_id, first.job_id);
        assert.equal(finished.at, first.recorded_at);
        assert.equal(finished.payload.first_byte_us, first.timing.first_byte_us);
        assert.equal(finished.payload.duration_us, first.timing.total_us);
    });

    test('semantics 1.3: a step that fails twice has three attempts, 0 to 2', async () => {
        const app = await suite.app({ f: { retries: 2, script: (call) =>
            (call.has('a') ? ok(1) : ops([call.attempt < 2 ? stepError('a', { message: `no ${call.attempt}` }) : stepRun('a', 1)])) } });
        const run = await app.outcome('f', 'Completed');
        const steps = (await suite.server.timeline(run.run_id)).filter((record) => record.type.startsWith('step.'));
        assert.deepEqual(steps.map((record) => [record.type, record.attempt, record.step_id]),
            [['step.errored', 0, sha('a')], ['step.errored', 1, sha('a')], ['step.completed', 2, sha('a')]]);
        assert.equal(steps[1].payload.error.message, 'no 1');
        assert.ok(ms(steps[0].payload.next_attempt_at) > ms(steps[0].at));
    });

    test('semantics 1.4: attempts: the request is made again from event, memos and headers, the answer is there', async () => {
        const app = await suite.app({ f: { retries: 1, script: async (call) => {
            const target = ['a', 'b'].find((name) => sha(name) === call.step);
            if (target) {
                await pause(target === 'a' ? 100 : 0);
                return ops([stepRun(target, { from: target })], { 'x-custom': `of ${target}` });
            }
            if (!call.has('a'))
                return ops([planned('a'), planned('b')]);
            return call.attempt === 0 ? fail('once', { 'retry-after': '1' }) : ok({ end: 1 });
        } } });
        const run = await app.outcome('f', 'Completed', { q: { deep: [1, 2.0] } });
        const attempts = await suite.server.attempts(run.run_id);
        const calls = app.callsOf(run.run_id);
        assert.equal(attempts.length, calls.length);
        for (const call of calls) {
            const attempt = attempts.find((each) => each.request_id === call.body.ctx.request_id);
            assert.ok(attempt, call.body.ctx.request_id);
            assert.equal(attempt.run_id, run.run_id);
            assert.equal(attempt.job_id, call.body.ctx.job_id);
            assert.deepEqual([attempt.attempt, attempt.max_attempts, attempt.delivery, attempt.cycle], [call.attempt, 2, 0, 0]);
            assert.equal(attempt.request.method, 'POST');
            assert.equal(attempt.request.url, `http://localhost:${app.port}${call.url}`);
            assert.deepEqual(attempt.request.memo_ids, call.body.ctx.stack.stack);
            assert.deepEqual(attempt.request.body, call.body, 'the request as it was sent');
            const headers = Object.fromEntries(attempt.request.headers.map(([name, value]) => [name.toLowerCase(), value]));
            for (const [name, value] of Object.entries(headers))
                assert.equal(call.headers[name], value, name);
            for (const name of ['x-run-id', 'x-request-id', 'x-inngest-req-version', 'content-type'])
                assert.ok(name in headers, name);
            assert.ok(ms(attempt.sent_at) <= call.at + 2 && ms(attempt.finished_at) >= call.at - 2);
            assert.ok(attempt.timing.total_us > 0);
            assert.equal(attempt.timing.transfer_us, attempt.timing.total_us - attempt.timing.first_byte_us);
        }
        assert.deepEqual(attempts.at(-2).request.memo_ids, ['b', 'a'].map(sha));
        const of = (step) => attempts.find((each) => each.step_id === sha(step));
        assert.deepEqual([of('a').response.status, of('a').response.body], [206, null], 'a good answer is in its memos');
        assert.ok(of('a').response.size > 100);
        assert.ok(of('b').response.headers.some(([name, value]) => name.toLowerCase() === 'x-custom' && value === 'of b'));
        const failed = attempts.at(-2);
        assert.deepEqual([failed.outcome, failed.http_status, failed.error.message], ['retryable_error', 500, 'once']);
        assert.ok(ms(failed.next_attempt_at) - ms(failed.finished_at) >= 1000);
        assert.deepEqual([failed.response.status, JSON.parse(failed.response.body).message], [500, 'once']);
        assert.equal(failed.response.size, Buffer.byteLength(failed.response.body));
        assert.deepEqual([attempts.at(-1).outcome, attempts.at(-1).response.size], ['ok', Buffer.byteLength('{"end":1}')]);
    });

    test('semantics 1.6: planned steps and sleeps in the timeline; jobs while they last', async () => {
        const app = await suite.app({ f: { script: (call) => {
            if (call.step === sha('a'))
                return ops([stepRun('a', 1)]);
            return call.has('nap') ? ok(1) : ops([planned('a'), sleep('nap', '700ms')]);
        } } });
        const run = await app.begin('f');
        const jobs = await until('the sleep', async () => {
            const list = await suite.server.data('GET', `/v1/runs/${run}/jobs`);
            return list.length === 1 && list[0].kind === 'sleep' ? list : null;
        });
        assert.deepEqual([jobs[0].step, jobs[0].step_id], ['nap', sha('nap')]);
        await suite.server.waitForRun(run, 'Completed');
        assert.deepEqual(await suite.server.data('GET', `/v1/runs/${run}/jobs`), []);
        const records = await suite.server.timeline(run);
        const types = records.map((record) => record.type);
        for (const type of ['step.planned', 'step.sleeping', 'step.completed', 'step.woke'])
            assert.equal(types.filter((each) => each === type).length, 1, `${type} in ${types}`);
        const [slept, woke] = ['step.sleeping', 'step.woke'].map((type) => records.find((record) => record.type === type));
        assert.ok(ms(woke.at) >= ms(slept.payload.until));
        assert.ok(slept.payload.duration_ms >= 700 && slept.payload.duration_ms < 800, `${slept.payload.duration_ms}`);
        const plan = records.find((record) => record.type === 'step.planned').payload;
        assert.deepEqual([plan.name, plan.op, plan.user_id, plan.user_index], ['a', 'StepPlanned', 'a', 0]);
    });

    test('bad input: ids', async () => {
        for (const [method, target] of [['GET', ''], ['DELETE', ''], ['GET', '/jobs'], ['GET', '/timeline'], ['GET', '/attempts'], ['POST', '/rerun']]) {
            for (const id of ['bad', '8ZZZZZZZZZZZZZZZZZZZZZZZZZ', '01ARZ3NDEKTSV4RRFFQ69G5FAU0', '01ARZ3NDEKTSV4RRFFQ69G5FAL'])
                refusedV1(await suite.server.request(method, `/v1/runs/${id}${target}`), 400, /ULID/);
            refusedV1(await suite.server.request(method, `/v1/runs/${unknownUlid}${target}`), 404);
        }
        refusedV1(await suite.server.request('DELETE', '/v0/runs/bad'), 400, /ULID/);
        refusedV1(await suite.server.request('DELETE', `/v0/runs/${unknownUlid}`), 404);
        refusedV1(await suite.server.request('GET', '/v1/apps/nobody/functions'), 404, /nobody/);
    });
});

describe('cancel', { concurrency: 64 }, () => {
    test('row 110: DELETE /v1/runs/{id}: Cancelled at once, 200 and an empty body', async () => {
        const { app, run } = await hangingRun();
        const answer = await suite.server.cancel(run);
        assert.deepEqual([answer.status, answer.text], [200, '']);
        const now = await suite.server.run(run);
        assert.equal(now.status, 'Cancelled');
        assert.ok(now.ended_at);
        assert.equal(now.cancel_cause, 'manual');
        const types = (await suite.server.timeline(run)).map((record) => record.type);
        assert.ok(types.indexOf('run.cancel_requested') < types.indexOf('run.cancelled') && types.includes('run.cancel_requested'), `${types}`);
        const requested = (await suite.server.timeline(run)).find((record) => record.type === 'run.cancel_requested');
        assert.deepEqual(requested.payload, { cause: 'manual', actor: 'api' });
        assert.equal((await suite.server.cancel(run)).status, 200, 'semantics 7.5: idempotent');
        await pause(1300);
        assert.equal(app.callsOf(run).length, 1);
    });

    test('semantics 7.5: the late answer is discarded; function.cancelled, no function.failed', async () => {
        let release;
        const held = new Promise((resolve) => { release = resolve; });
        const app = await suite.app({ f: { script: async () => { await held; return ops([stepRun('a', 1)]); } } });
        const run = await app.begin('f', { k: 1 });
        await app.called('f');
        await suite.server.cancel(run);
        const { ended_at: ended } = await suite.server.run(run);
        release();
        await until('the late answer', async () => (await suite.server.attempts(run))[0].outcome === 'discarded');
        const now = await suite.server.run(run);
        assert.deepEqual([now.status, now.ended_at], ['Cancelled', ended]);
        assert.equal(app.callsOf(run).length, 1);
        const eventsOf = async (name) => (await suite.server.events(`?name=${name}&limit=50`)).filter((event) => event.data.run_id === run);
        const [cancelled, ...more] = await eventsOf('inngest/function.cancelled');
        assert.deepEqual([cancelled.id, cancelled.data.function_id, cancelled.data._inngest.status, cancelled.data.event.data, more.length],
            [run, app.slug('f'), 'Cancelled', { k: 1 }, 0]);
        assert.equal((await eventsOf('inngest/function.finished')).length, 1);
        assert.equal((await eventsOf('inngest/function.failed')).length, 0);
    });

    test('semantics 1.6: a sleeping and a delayed run are cancelled', async () => {
        const app = await suite.app({ f: { script: () => ops([sleep('nap', '1h')]) }, g: { script: () => ok(1) } });
        const sleeping = await app.begin('f');
        await until('the sleep', async () => (await suite.server.run(sleeping)).activity[0]?.kind === 'sleeping');
        const delayed = await app.begin('g', {}, { ts: Date.now() + 3_600_000 });
        for (const run of [sleeping, delayed]) {
            assert.equal((await suite.server.cancel(run)).status, 200);
            assert.equal((await suite.server.run(run)).status, 'Cancelled');
            assert.deepEqual(await suite.server.data('GET', `/v1/runs/${run}/jobs`), []);
        }
    });

    test('semantics 7.8: an ended run cannot be cancelled', async () => {
        const app = await suite.app({ f: { script: () => ok(1) }, g: { retries: 0, script: () => fail() } });
        for (const [fn, status] of [['f', 'Completed'], ['g', 'Failed']]) {
            const { run_id: run } = await app.outcome(fn, status);
            refusedV1(await suite.server.cancel(run), 409, new RegExp(status));
            refusedV1(await suite.server.request('DELETE', `/v0/runs/${run}`), 409, new RegExp(status));
            assert.equal((await suite.server.run(run)).status, status);
        }
    });

    test('protocol 12.4: DELETE /v0/runs/{id} is 204', async () => {
        const { run } = await hangingRun();
        const answer = await suite.server.request('DELETE', `/v0/runs/${run}`);
        assert.deepEqual([answer.status, answer.text], [204, '']);
        assert.equal((await suite.server.run(run)).status, 'Cancelled');
    });
});
