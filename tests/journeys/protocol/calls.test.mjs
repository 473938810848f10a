// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What the server sends to apps, and when (protocol 5, 8.3, 8.4, 14.3, 16 C and D).

import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { describe, test } from 'node:test';

import { fail, ok, ops, planned, sha, sleep, stepRun } from '../lib/fakeapp.mjs';
import { pause, until } from '../lib/wait.mjs';
import { anyUlid, journey, refusedV1, suiteServer, unknownUlid } from './journey.mjs';

const suite = suiteServer();

/** Steps one after the other, then the answer; a step is [name, data]. */
const inSequence = (steps, result = 'done') => (call) => {
    const next = steps.find(([name]) => !call.has(name));
    return next ? ops([stepRun(...next)]) : ok(result);
};

/** A group of planned steps that take `delays` ms, then the answer. */
const inParallel = (delays) => async (call) => {
    const names = Object.keys(delays);
    const target = names.find((name) => sha(name) === call.step);
    if (target) {
        await pause(delays[target]);
        return ops([stepRun(target, target)]);
    }
    const open = names.filter((name) => !call.has(name));
    return open.length > 0 ? ops(open.map((name) => planned(name))) : ok('joined');
};

const discoveries = (calls) => calls.filter((call) => call.step === 'step');

/** The strict model of the Python SDK (protocol 5.2), and what the others rely on. */
function assertBody(body) {
    const { ctx } = body;
    assert.match(ctx.run_id, anyUlid);
    assert.equal(ctx.env, '');
    assert.equal(typeof ctx.step_id, 'string');
    for (const key of ['attempt', 'max_attempts', 'generation_id'])
        assert.ok(Number.isInteger(ctx[key]), key);
    for (const key of ['disable_immediate_execution', 'use_api'])
        assert.equal(typeof ctx[key], 'boolean', key);
    assert.ok(Array.isArray(ctx.stack.stack) && ctx.stack.stack.every((id) => typeof id === 'string'));
    assert.equal(ctx.stack.current, ctx.stack.stack.length);
    for (const key of ['request_id', 'job_id'])
        assert.ok(typeof ctx[key] === 'string' && ctx[key].length > 0, key);
    assert.ok(!('fn_id' in ctx), 'ctx.fn_id switches checkpointing on');
    assert.ok(!('qi_id' in ctx), 'ctx.qi_id belongs to checkpointing');
    for (const event of [body.event, ...body.events]) {
        assert.equal(typeof event.name, 'string');
        assert.equal(typeof event.id, 'string');
        assert.ok(Number.isInteger(event.ts));
        for (const key of ['data', 'user'])
            assert.ok(event[key] !== null && typeof event[key] === 'object' && !Array.isArray(event[key]), key);
    }
    assert.deepEqual(body.event, body.events[0]);
    assert.equal(body.events.length, 1);
    assert.ok(body.steps !== null && typeof body.steps === 'object' && !Array.isArray(body.steps));
    assert.deepEqual(body.defers, {});
    assert.ok(Number.isInteger(body.version));
    assert.equal(body.use_api, false);
    assert.deepEqual(Object.keys(body).sort(), ['ctx', 'defers', 'event', 'events', 'steps', 'use_api', 'version']);
}

describe('calls', { concurrency: 64 }, () => {
    test('row 42: the body has all fields with the right types, the headers say the same', async () => {
        const app = await suite.app({ f: { script: inSequence([['a', 1], ['b', { v: null }]]) } });
        const run = (await app.outcome('f', 'Completed', { k: [1] })).run_id;
        const calls = app.callsOf(run);
        assert.equal(calls.length, 3);
        for (const { body, headers, url } of calls) {
            assertBody(body);
            assert.equal(url, `/api/inngest?fnId=${app.slug('f')}&stepId=step`);
            assert.equal(headers['content-type'], 'application/json');
            assert.equal(headers['x-run-id'], run);
            assert.equal(headers['x-request-id'], body.ctx.request_id);
            assert.match(headers['x-request-id'], anyUlid);
            assert.equal(headers['x-inngest-job-id'], body.ctx.job_id);
            assert.equal(headers['x-inngest-step-id'], 'step');
            assert.equal(headers['x-inngest-req-version'], String(body.version));
            assert.equal(headers['x-inngest-generation-id'] ?? '0', String(body.ctx.generation_id));
            assert.equal(headers['account-id'], '00000000-0000-4000-a000-000000000000');
            assert.equal(headers['x-inngest-signature'], undefined);
            assert.match(headers.traceparent, /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
            assert.equal(headers.tracestate, `redrive=${run}`);
        }
        assert.equal(new Set(calls.map((call) => call.headers.traceparent.split('-')[1])).size, 1, 'one trace for each run');
        assert.equal(new Set(calls.map((call) => call.headers.traceparent)).size, 3);
        assert.equal(new Set(calls.map((call) => call.body.ctx.request_id)).size, 3);
        const generations = calls.map((call) => call.body.ctx.generation_id);
        assert.deepEqual(generations, [...generations].sort((a, b) => a - b));
    });

    test('row 43: version -1 first, then what the app said in its first 206', async () => {
        const app = await suite.app({ f: { script: inSequence([['a', 1], ['b', 2]]) } }, { version: '2' });
        const old = await suite.app({ f: { script: inSequence([['a', 1], ['b', 2]]) } }, { version: '1' });
        for (const [each, version] of [[app, 2], [old, 1]]) {
            const run = await each.outcome('f', 'Completed');
            assert.deepEqual(each.callsOf(run.run_id).map((call) => call.body.version), [-1, version, version]);
        }
    });

    test('row 43: later answers and errors do not change the version', async () => {
        const answers = [fail('x', { 'x-inngest-req-version': '7' }), ops([stepRun('a', 1)]),
            ops([stepRun('b', 1)], { 'x-inngest-req-version': '9' }), ok(1)];
        const app = await suite.app({ f: { script: (call) => answers[call.number] } });
        const run = await app.outcome('f', 'Completed');
        assert.deepEqual(app.callsOf(run.run_id).map((call) => call.body.version), [-1, -1, 2, 2]);
    });

    test('row 44: attempt from 0, max_attempts is retries + 1', async () => {
        const failing = { script: () => fail() };
        const app = await suite.app({ none: { ...failing, retries: 0 }, two: { ...failing, retries: 2 }, many: { script: () => ok(1), retries: 50 } });
        const most = { none: 1, two: 3, many: 21 };
        await Promise.all(Object.keys(most).map((fn) => app.outcome(fn, fn === 'many' ? 'Completed' : 'Failed')));
        for (const [fn, max] of Object.entries(most)) {
            const calls = app.calls.filter((call) => call.fn === fn);
            assert.deepEqual(calls.map((call) => call.attempt), [...calls.keys()]);
            assert.deepEqual(new Set(calls.map((call) => call.body.ctx.max_attempts)), new Set([max]));
            assert.equal(calls.length, fn === 'many' ? 1 : max);
        }
    });

    test('row 44: a new step begins with attempt 0 again', async () => {
        const app = await suite.app({ f: { retries: 1, script: (call) => {
            if (call.attempt === 0)
                return fail();
            return call.has('a') ? ok(1) : ops([stepRun('a', 1)]);
        } } });
        const run = await app.outcome('f', 'Completed');
        assert.deepEqual(app.attemptsOf(run.run_id), [0, 1, 0, 1]);
    });

    test('row 45: the stack is in the order of completion, steps are those on the stack', async () => {
        const app = await suite.app({ f: { script: inParallel({ a: 300, b: 150, c: 0 }) } });
        const run = await app.outcome('f', 'Completed');
        const last = app.callsOf(run.run_id).at(-1);
        assert.deepEqual(last.body.ctx.stack, { stack: ['c', 'b', 'a'].map(sha), current: 3 });
        assert.deepEqual(last.steps, Object.fromEntries(['a', 'b', 'c'].map((name) => [sha(name), { data: name }])));
        for (const { body } of app.callsOf(run.run_id))
            assert.deepEqual(Object.keys(body.steps).sort(), [...body.ctx.stack.stack].sort());
    });

    test('row 51: stepId is the hashed id for planned steps', async () => {
        const app = await suite.app({ f: { script: inParallel({ a: 0, b: 0 }) } });
        const run = await app.outcome('f', 'Completed');
        const targeted = app.callsOf(run.run_id).filter((call) => call.step !== 'step');
        assert.deepEqual(targeted.map((call) => call.step).sort(), [sha('a'), sha('b')].sort());
        for (const call of targeted) {
            assert.equal(call.headers['x-inngest-step-id'], call.step);
            assert.deepEqual(call.steps, {});
            assert.equal(call.attempt, 0);
        }
    });

    test('row 53: never two requests in flight for one item, each step is called once', async () => {
        const delays = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`s${n}`, (n * 7) % 50]));
        const app = await suite.app({ f: { script: inParallel(delays) } });
        await Promise.all(Array.from({ length: 5 }, () => app.outcome('f', 'Completed')));
        assert.equal(app.calls.length, 5 * 22);
        assert.equal(Math.max(...app.calls.map((call) => call.concurrent)), 1);
        for (const run of new Set(app.calls.map((call) => call.run))) {
            const targets = app.callsOf(run).map((call) => call.step).filter((step) => step !== 'step');
            assert.equal(new Set(targets).size, 20);
        }
    });

    test('row 57: a step comes back as {"data": …}, in the bytes that the app sent', async () => {
        const data = '{"v": 1.0, "e":1E3, "x":[1,\t2]}';
        const app = await suite.app({ f: { script: (call) => (call.has('a') ? ok(call.memo('a')) : {
            status: 206, headers: {}, body: `[{"op":"StepRun","id":"${sha('a')}","name":"a","data":${data}}]` }) } });
        const run = await app.outcome('f', 'Completed');
        assert.deepEqual(run.output, { data: { v: 1, e: 1000, x: [1, 2] } });
        assert.ok(app.callsOf(run.run_id)[1].raw.includes(`"${sha('a')}":{"data":${data}}`), app.callsOf(run.run_id)[1].raw);
    });

    test('rows 58, 59: missing data is null; 0, "", false and null are kept', async () => {
        const steps = [['none', undefined], ['zero', 0], ['blank', ''], ['no', false], ['null', null]];
        const app = await suite.app({ f: { script: inSequence(steps) } });
        const run = await app.outcome('f', 'Completed');
        const last = app.callsOf(run.run_id).at(-1);
        for (const [name, data] of steps)
            assert.deepEqual(last.memo(name), { data: data === undefined ? null : data }, name);
    });

    test('row 49: events and steps over 4 MiB: use_api, and both endpoints give them', async () => {
        const big = (n) => String(n).repeat(1_000_000);
        const names = [1, 2, 3, 4, 5].map((n) => [`s${n}`, big(n)]);
        const state = {};
        const app = await suite.app({ f: { script: async (call) => {
            if (!call.body.use_api)
                return inSequence(names)(call);
            for (const what of ['batch', 'actions'])
                state[what] = await suite.server.request('GET', `/v0/runs/${call.run}/${what}`);
            return ok('fetched');
        } } });
        const run = await app.outcome('f', 'Completed', { q: 1 });
        assert.equal(run.output, 'fetched');
        const { body } = app.callsOf(run.run_id).at(-1);
        assert.deepEqual([body.ctx.use_api, body.events, body.steps, body.event.data], [true, [], {}, { q: 1 }]);
        assert.deepEqual(state.batch.json.map((event) => event.data), [{ q: 1 }]);
        assert.deepEqual(Object.keys(state.actions.json).sort(), names.map(([name]) => sha(name)).sort());
        assert.equal(state.actions.json[sha('s5')].data, big(5));
        refusedV1(await suite.server.request('GET', `/v0/runs/${run.run_id}/actions`), 410);
    });

    test('row 50: /v0/runs/{id}/batch and /actions: 400 for a bad id, 410 for one that is gone', async () => {
        for (const what of ['batch', 'actions']) {
            refusedV1(await suite.server.request('GET', `/v0/runs/bad/${what}`), 400, /ULID/);
            refusedV1(await suite.server.request('GET', `/v0/runs/${unknownUlid}/${what}`), 410);
        }
    });
});

describe('parallel steps', { concurrency: 64 }, () => {
    test('row 64: version 2: one discovery after the last step of the group', async () => {
        const app = await suite.app({ f: { script: inParallel({ a: 0, b: 100, c: 200 }) } });
        const run = await app.outcome('f', 'Completed');
        const calls = app.callsOf(run.run_id);
        assert.equal(discoveries(calls).length, 2);
        assert.equal(calls.length, 5);
        const last = calls.at(-1);
        assert.equal(last.step, 'step');
        assert.ok(calls.slice(0, -1).every((call) => call.answeredAt <= last.at));
    });

    test('row 64: a sleep is a member of the group', async () => {
        const app = await suite.app({ f: { script: (call) => {
            if (call.step === sha('a'))
                return ops([stepRun('a', 1)]);
            return call.has('nap') && call.has('a') ? ok(1) : ops([planned('a'), sleep('nap', '300ms')]);
        } } });
        const run = await app.outcome('f', 'Completed');
        assert.deepEqual(app.callsOf(run.run_id).map((call) => call.step), ['step', sha('a'), 'step']);
    });

    test('row 65: version 1: a discovery after each step, what is reported again runs once', async () => {
        const app = await suite.app({ f: { script: inParallel({ a: 0, b: 150, c: 300 }) } }, { version: '1' });
        const run = await app.outcome('f', 'Completed');
        const calls = app.callsOf(run.run_id);
        assert.equal(discoveries(calls).length, 4);
        assert.deepEqual(calls.filter((call) => call.step !== 'step').map((call) => call.step).sort(), ['a', 'b', 'c'].map(sha).sort());
        assert.deepEqual(new Set(calls.slice(1).map((call) => call.body.ctx.disable_immediate_execution)), new Set([true]));
    });

    test('row 66: opts.parallelMode race: a discovery after every step of a group of version 2', async () => {
        const race = (name) => planned(name, { opts: { parallelMode: 'race' } });
        const app = await suite.app({ f: { script: async (call) => {
            const target = ['fast', 'slow'].find((name) => sha(name) === call.step);
            if (target === 'slow')
                await pause(1500);
            if (target)
                return ops([stepRun(target, target)]);
            return call.has('fast') ? ok('fast won') : ops([race('fast'), race('slow')]);
        } } });
        const from = Date.now();
        const run = await app.outcome('f', 'Completed');
        assert.equal(run.output, 'fast won');
        assert.ok(Date.now() - from < 1400, 'the run waited for the loser');
        await pause(1500); // the late answer of the loser changes nothing
        const after = await suite.server.run(run.run_id);
        assert.deepEqual([after.status, after.ended_at], [run.status, run.ended_at]);
        const outcomes = (await suite.server.attempts(run.run_id)).map((attempt) => attempt.outcome);
        assert.equal(outcomes.filter((outcome) => outcome === 'discarded').length, 1, `${outcomes}`);
    });

    test('row 67: the step plan is forced during a group of version 2, and no more afterwards', async () => {
        const app = await suite.app({ f: { script: (call) => {
            const target = ['a', 'b'].find((name) => sha(name) === call.step);
            if (target)
                return ops([stepRun(target, target)]);
            if (!call.has('a'))
                return ops([planned('a'), planned('b')]);
            return call.has('after') ? ok(1) : ops([stepRun('after', 1)]);
        } } });
        const run = await app.outcome('f', 'Completed');
        assert.deepEqual(app.callsOf(run.run_id).map((call) => [call.step === 'step', call.body.ctx.disable_immediate_execution]),
            [[true, false], [false, true], [false, true], [true, false], [true, false]]);
    });

    test('protocol 8.3: the first result of a step wins', async () => {
        const app = await suite.app({ f: { script: (call) => {
            if (call.number === 0)
                return ops([stepRun('a', 'first')]);
            return call.number === 1 ? ops([stepRun('a', 'second'), stepRun('b', 1)]) : ok(call.memo('a'));
        } } });
        assert.deepEqual((await app.outcome('f', 'Completed')).output, { data: 'first' });
    });

    test('semantics 1.8: two branches end the run: one end, one set of events', async () => {
        const app = await suite.app({ f: { script: async (call) => {
            if (call.step === 'step')
                return ops([planned('a'), planned('b')]);
            await pause(100);
            return ops([{ op: 'RunComplete', id: sha('complete'), data: call.step }]);
        } } });
        const run = await app.outcome('f', 'Completed');
        await pause(300);
        const types = (await suite.server.timeline(run.run_id)).map((record) => record.type);
        assert.equal(types.filter((type) => type === 'run.completed').length, 1);
        const finished = await suite.server.events('?name=inngest/function.finished&limit=50');
        assert.equal(finished.filter((event) => event.data.run_id === run.run_id).length, 1);
    });
});

describe('signing', () => {
    const key = 'signkey-test-0123456789abcdef';
    const stripped = '0123456789abcdef';
    const canonical = (value) => {
        if (Array.isArray(value))
            return `[${value.map(canonical).join(',')}]`;
        if (value === null || typeof value !== 'object')
            return JSON.stringify(value);
        return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
    };
    const assertSigned = (headers, text) => {
        const [, t, s] = /^t=(\d+)&s=([0-9a-f]{64})$/.exec(headers['x-inngest-signature']);
        assert.ok(Math.abs(Number(t) - Date.now() / 1000) < 60);
        assert.equal(s, createHmac('sha256', stripped).update(text).update(t).digest('hex'));
    };

    journey('row 52: calls are signed over the canonical body; the signature of an altered one differs',
        { args: ['--signing-key', key], bearer: key }, async (server, appOf) => {
            const app = await appOf({ f: { script: (call) => (call.has('a') ? ok(1) : ops([stepRun('a', { z: 1.5, a: 'é \u20ac' })])) } });
            const answer = await server.request('POST', '/e/test',
                `{"name":"${app.id}/f","data":{"z":1.0,"a":{"y":1e21,"x":"\\u00e9\\ud83d\\ude00\\n"},"\u20ac":0.000001,"n":333333333.33333329}}`);
            await server.waitForRun(await server.runOf(answer.json.ids[0]), 'Completed');
            for (const call of app.calls) {
                assertSigned(call.headers, canonical(call.body));
                assert.throws(() => assertSigned(call.headers, canonical({ ...call.body, version: 99 })));
            }
            assert.equal(app.calls.length, 2);
        });

    journey('rows 136, 138: the bearer is the key, raw or hashed, with or without prefix',
        { args: ['--signing-key', key], bearer: null }, async (server) => {
            const hashed = createHash('sha256').update(Buffer.from(stripped, 'hex')).digest('hex');
            const status = async (token, target = '/v1/events', method = 'GET') => (await server.request(method, target, undefined,
                token === null ? {} : { authorization: token })).status;
            for (const token of [key, stripped, hashed, `signkey-test-${hashed}`])
                assert.equal(await status(`Bearer ${token}`), 200, token);
            for (const token of [null, '', 'Bearer', 'Bearer ', 'Bearer undefined', `Bearer ${hashed}0`, `Bearer ${stripped.slice(1)}`,
                `Basic ${key}`, key, 'Bearer signkey-test-0123456789abcdee'])
                assert.equal(await status(token), 401, `${token}`);
            for (const [method, target] of [['GET', '/dev'], ['POST', '/fn/register'], ['DELETE', '/fn/remove'], ['GET', '/v0/runs/x/batch'],
                ['GET', '/v1/runs/x'], ['GET', '/v1/dead-letters'], ['DELETE', '/v1/runs/x'], ['POST', '/v1/runs/x/rerun']]) {
                const answer = await server.request(method, target);
                refusedV1(answer, 401, /signing key|bearer/i);
            }
            assert.equal(await status(null, '/health'), 200);
            assert.equal((await server.request('POST', '/e/any', { name: 'a/b' })).status, 200);
        });
});

test('semantics 10.6: an app that is away does not hold up others', async () => {
    const away = await suite.app({ f: { script: () => ok(1) } });
    const here = await suite.app({ f: { script: () => ok(1) } });
    await away.close();
    const waiting = await Promise.all(Array.from({ length: 10 }, () => away.begin('f')));
    await here.outcome('f', 'Completed', {}, { deadline: 2000 });
    await until('app_offline', async () =>
        (await suite.server.run(waiting[0])).activity.some((each) => each.kind === 'app_offline'));
    await away.open();
    await Promise.all(waiting.map((run) => suite.server.waitForRun(run, 'Completed')));
    assert.deepEqual(new Set(away.calls.map((call) => call.attempt)), new Set([0]));
});
