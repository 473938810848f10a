// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What apps may answer, and what they may not (protocol 6, 7, 8.8, 16 D; semantics 5.1, 5.13).

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { cutShort, drop, fail, flood, hang, html, ok, ops, sha, sleep, stepRun, streamed, text } from '../lib/fakeapp.mjs';
import { until } from '../lib/wait.mjs';
import { isAlive, suiteServer } from './journey.mjs';

const suite = suiteServer();

/** The first answer of a run is `answer`, all others are 200. */
const first = (answer) => ({ retries: 1, script: (call) => (call.number === 0 ? answer : ok('recovered')) });

/** A run whose first attempt gets `answer` and fails with an error that `check` likes; it recovers at the second. */
async function failsOnce(answer, check) {
    const app = await suite.app({ f: first(answer) });
    const run = await app.outcome('f', 'Completed', {}, { deadline: 30_000 });
    assert.equal(run.output, 'recovered');
    assert.deepEqual(app.attemptsOf(run.run_id), [0, 1]);
    const [attempt] = await suite.server.attempts(run.run_id);
    assert.equal(attempt.outcome, 'retryable_error', JSON.stringify(attempt.error));
    assert.equal(typeof attempt.error.message, 'string');
    assert.ok(attempt.next_attempt_at);
    check(attempt);
    return attempt;
}

const headerOf = (attempt, wanted) => attempt.response.headers.find(([name]) => name.toLowerCase() === wanted)?.[1];

/** A head and the first part of a body, then the connection ends. */
const partly = (status, part, headers) => ({ action(response) {
    response.writeHead(status, { 'content-type': 'application/json', 'x-inngest-sdk': 'fake:v1', ...headers });
    response.write(part, () => response.socket.destroy());
} });

/** A run whose answer ends it at once, without another attempt. */
async function failsEarly(answer, name, message) {
    const app = await suite.app({ f: { script: () => answer } });
    const run = await app.outcome('f', 'Failed');
    assert.equal(run.output.name, name, JSON.stringify(run.output));
    assert.match(run.output.message, message);
    assert.deepEqual(app.attemptsOf(run.run_id), [0]);
    return run;
}

describe('results', { concurrency: 64 }, () => {
    const results = {
        object: ['{"a":{"b":[1,2.50]},"c":null}', { a: { b: [1, 2.5] }, c: null }], array: ['[]', []], string: ['"x\\ny"', 'x\ny'],
        empty: ['""', ''], number: ['-0.5e3', -500], yes: ['true', true], null: ['null', null],
        nothing: ['', null], text: ['plain text <b>', 'plain text <b>'],
    };
    for (const [name, [body, output]] of Object.entries(results)) {
        test(`row 54: 200 with ${name}`, async () => {
            const app = await suite.app({ f: { script: () => text(200, body) } });
            const run = await app.outcome('f', 'Completed');
            assert.deepEqual(run.output, output);
            assert.ok(run.ended_at);
        });
    }

    test('row 56: RunComplete finishes with its data, as it is', async () => {
        for (const data of [{ data: 1 }, [1], 'x', null, { error: 'no error' }]) {
            const app = await suite.app({ f: { script: () => ops([{ op: 'RunComplete', id: sha('complete'), data }]) } });
            assert.deepEqual((await app.outcome('f', 'Completed')).output, data);
        }
    });

    test('protocol 7.10: steps in the array of a RunComplete are stored first', async () => {
        const list = [stepRun('a', 1), stepRun('b', 2), { op: 'RunComplete', id: sha('complete'), data: 'end' }];
        const app = await suite.app({ f: { script: () => ops(list) } });
        const run = await app.outcome('f', 'Completed');
        const steps = (await suite.server.timeline(run.run_id)).filter((record) => record.type === 'step.completed');
        assert.deepEqual(steps.map((record) => record.payload.name), ['a', 'b']);
        assert.equal(app.calls.length, 1);
    });

    test('row 61: sleep by name and by opts.duration; a date, an empty string and a past date', async () => {
        const naps = {
            name: [sleep('nap', '400ms'), 400], opts: [{ op: 'Sleep', id: sha('nap'), opts: { duration: '400ms' } }, 400],
            both: [sleep('nap', '1h', { opts: { duration: '300ms' } }), 300], blank: [sleep('nap', ''), 0], past: [sleep('nap', '2001-02-03T04:05:06Z'), 0],
            date: [(() => sleep('nap', new Date(Date.now() + 1600).toISOString())), 500], minus: [sleep('nap', '-5s'), 0],
        };
        await Promise.all(Object.entries(naps).map(async ([name, [nap, least]]) => {
            const app = await suite.app({ f: { script: (call) =>
                (call.has('nap') ? ok(call.memo('nap')) : ops([typeof nap === 'function' ? nap() : nap])) } });
            const run = await app.outcome('f', 'Completed');
            const [before, after, ...more] = app.callsOf(run.run_id);
            assert.deepEqual([run.output, more.length], [null, 0], name);
            assert.ok(after.at - before.answeredAt >= least - 2, `${name}: ${after.at - before.answeredAt} ms`);
            assert.ok(after.at - before.answeredAt <= least + 2000, `${name}: ${after.at - before.answeredAt} ms`);
        }));
    });

    test('row 61: a sleeping run says so and until when', async () => {
        const app = await suite.app({ f: { script: () => ops([sleep('nap', '1h')]) } });
        const run = await app.begin('f');
        const now = await until('sleeping', async () => {
            const each = await suite.server.run(run);
            return each.activity[0]?.kind === 'sleeping' ? each : null;
        });
        assert.equal(now.status, 'Running');
        const left = new Date(now.activity[0].until).getTime() - Date.now();
        assert.ok(left > 3_590_000 && left <= 3_600_000, `${left}`);
    });

    test('rows 70: streaming, body as text and as JSON; status and headers inside count', async () => {
        for (const asText of [true, false]) {
            const app = await suite.app({ f: { script: (call) => (call.has('a')
                ? streamed(200, { end: true }, { asText }) : streamed(206, [stepRun('a', 1)], { asText, headers: { 'x-inngest-req-version': '2' } })) } });
            const run = await app.outcome('f', 'Completed');
            assert.deepEqual(run.output, { end: true });
            assert.deepEqual(app.callsOf(run.run_id).map((call) => call.body.version), [-1, 2]);
        }
        const stop = streamed(400, { name: 'Stop', message: 'inner' }, { headers: { 'x-inngest-no-retry': 'true' } });
        const app = await suite.app({ f: { script: () => stop } });
        const run = await app.outcome('f', 'Failed');
        assert.deepEqual([run.output.name, run.output.message, app.calls.length], ['Stop', 'inner', 1]);
    });

    test('row 71: a gzip answer is decoded', async () => {
        const body = JSON.stringify({ text: 'x'.repeat(100_000) });
        const app = await suite.app({ f: { script: () => text(200, body, { 'content-encoding': 'gzip' }) } });
        const run = await app.outcome('f', 'Completed');
        assert.equal(run.output.text.length, 100_000);
        assert.match(app.calls[0].headers['accept-encoding'] ?? '', /gzip/);
    });

    test('row 73: [] and None drive the run again; a run that never moves is stopped', async () => {
        const nothing = [ops([]), ops([{ op: 'None', id: '' }]), text(206, '{"op":"None","id":""}')];
        const app = await suite.app({ f: { script: (call) => nothing[call.number] ?? ok('moved') } });
        const run = await app.outcome('f', 'Completed');
        assert.deepEqual(app.attemptsOf(run.run_id), [0, 0, 0, 0]);
        const stuck = await suite.app({ f: { script: () => ops([]) } });
        const failed = await stuck.outcome('f', 'Failed');
        assert.match(failed.output.message, /nothing to do|progress/);
    });

    test('row 74: members that nobody knows are ignored; a single object is an array of one; op in any case', async () => {
        const odd = { ...stepRun('a', 1), op: 'steprun', mode: 'x', rawArgs: [1], hashedId: 'h', promise: {}, fulfilled: false,
            handled: true, middleware: null, timing: { a: 1795321107934000000, b: 0 }, metadata: [{ kind: 'k', op: 'merge', values: {} }], opts: null };
        const app = await suite.app({ f: { script: (call) => (call.has('a') ? ok(1) : text(206, JSON.stringify(odd))) } });
        await app.outcome('f', 'Completed');
    });
});

describe('bad answers fail the attempt, which is retried', { concurrency: 64 }, () => {
    test('row 55: 200 without x-inngest-sdk', () => failsOnce(text(200, '{"fine":true}', { 'x-inngest-sdk': null }), (attempt) => {
        assert.equal(attempt.error.code, 'not_sdk');
        assert.match(attempt.error.message, /did not come from an Inngest SDK/);
        assert.equal(attempt.http_status, 200);
        assert.match(attempt.response.body, /fine/);
    }));

    test('row 93: HTML 502: Server returned a fatal error, with the page', () => failsOnce(html(502), (attempt) => {
        assert.equal(attempt.error.name, 'Server returned a fatal error');
        assert.equal(attempt.error.message, 'Your server returned HTTP 502 before the SDK responded.');
        assert.match(attempt.error.stack, /<h1>Bad Gateway/);
        assert.deepEqual([attempt.response.status, attempt.http_status], [502, 502]);
        assert.match(attempt.response.body, /doctype/);
        assert.ok(attempt.response.headers.some(([name, value]) => name.toLowerCase() === 'content-type' && value === 'text/html'));
    }));

    test('bad input: HTML with 200', () => failsOnce(html(200), (attempt) => assert.equal(attempt.error.code, 'not_sdk')));

    test('semantics 2.14: of a long page 8192 bytes are kept with the error', () =>
        failsOnce(html(500, `<p>${'\u20ac'.repeat(10_000)}</p>`), (attempt) => {
            const bytes = Buffer.byteLength(attempt.error.stack);
            assert.ok(bytes <= 8192 && bytes > 8180, `${bytes}`);
            assert.ok(!attempt.error.stack.includes('\ufffd'));
        }));

    const broken = {
        'row 72: an unknown op': [ops([{ op: 'Teleport', id: 'x' }]), /Teleport/],
        'protocol 6.6: 206 that is no JSON': [text(206, '[{"op":'), /JSON/],
        'protocol 6.6: 206 with a null element': [text(206, '[null]'), /null/],
        'semantics 5.1: 206 with an empty body': [text(206, ''), /./],
        'protocol 7.1: StepError without error': [ops([{ op: 'StepError', id: sha('a') }]), /error/],
        'protocol 7.3: input that is not an array': [ops([stepRun('a', 1, { opts: { input: { a: 1 } } })]), /input/],
        'protocol 7.1: an op without id': [ops([{ op: 'StepRun', data: 1 }]), /id/],
        'protocol 7.1: an op that is no object': [ops(['StepRun']), /./],
        'protocol 7.4: a sleep that cannot be read': [ops([sleep('nap', 'a while')]), /a while/],
        'protocol 6.3: a stream that ends in the middle': [{ action(response) {
            response.writeHead(201, { 'x-inngest-sdk': 'fake:v1' });
            response.end('   {"status":206,"bo');
        } }, /stream|JSON/],
        'protocol 6.3: a stream without status': [text(201, '{"body":"x"}'), /status/],
        'protocol 6.1: 204': [text(204, ''), /./],
    };
    for (const [name, [answer, message]] of Object.entries(broken))
        test(name, () => failsOnce(answer, (attempt) => assert.match(attempt.error.message, message)));

    test('semantics 5.13: a step output over 4 MiB', () => failsOnce(ops([stepRun('a', 'x'.repeat(4 * 1024 * 1024))]),
        (attempt) => assert.match(attempt.error.message, /4194304|4 MiB|limit|large/i)));

    test('semantics 12.5: a step output of exactly 4 MiB is accepted', async () => {
        const app = await suite.app({ f: { script: (call) =>
            (call.number > 0 ? ok(1) : ops([stepRun('a', 'x'.repeat(4 * 1024 * 1024 - 2))])) } });
        const run = await app.outcome('f', 'Completed');
        assert.deepEqual(app.attemptsOf(run.run_id), [0, 0]);
    });

    test('row 10.10: an app that closes without an answer uses up the attempt', () => failsOnce(drop, (attempt) => {
        assert.equal(attempt.http_status, 0);
        assert.equal(attempt.response, null);
        assert.ok(attempt.error.message.length > 5);
    }));

    test('semantics 10.10: an app that closes in the middle of its answer', () => failsOnce(cutShort, (attempt) =>
        assert.ok(attempt.error.message.length > 5)));

    test('bad input: an app that sends 100 MB is cut off at 8 MiB', async () => {
        const from = Date.now();
        const attempt = await failsOnce(flood(100 << 20), (each) => {
            assert.equal(each.error.code, 'output_too_large');
            assert.match(each.error.message, /8388608/);
        });
        assert.ok((attempt.response?.body ?? '').length < 1 << 20, 'the body of the flood was kept');
        assert.ok(Date.now() - from < 10_000);
        await isAlive(suite.server);
    });

    test('bad input: a bomb of 100 MB in gzip is cut off too', () =>
        failsOnce(text(200, `"${'x'.repeat(100 << 20)}"`, { 'content-encoding': 'gzip' }), (attempt) => {
            assert.equal(attempt.error.code, 'output_too_large');
            assert.equal(headerOf(attempt, 'content-encoding'), 'gzip');
            assert.ok(attempt.response.size > 8 << 20 && attempt.response.size < 100 << 20, `${attempt.response.size}`);
        }));

    const brokenOff = {
        'in the middle of its body': [cutShort, 'http_unreachable', 200, 8],
        'before its last chunk': [partly(418, '{"half":', { 'transfer-encoding': 'chunked' }), 'http_unreachable', 418, 8],
        'with more than it may send': [flood(9 << 20), 'output_too_large', 200, 8 << 20],
        'that announces more than it may send': [partly(500, 'x'.repeat(100), { 'content-length': 100 << 20 }), 'output_too_large', 500, 100],
    };
    for (const [name, [answer, code, status, size]] of Object.entries(brokenOff)) {
        test(`semantics 1.4: an answer broken off ${name} is recorded as far as it came`, () => failsOnce(answer, (attempt) => {
            assert.equal(attempt.error.code, code);
            assert.deepEqual([attempt.http_status, attempt.response.status], [status, status]);
            assert.equal(headerOf(attempt, 'x-inngest-sdk'), 'fake:v1');
            assert.ok(attempt.response.size >= size, `${attempt.response.size}`);
            assert.ok(attempt.response.body.length > 0 && attempt.response.body.length <= 65536);
            assert.ok(attempt.first_byte_at && attempt.responded_at >= attempt.first_byte_at);
        }));
    }

    test('protocol 8.8: what the head of a broken answer says of retries counts', async () => {
        const app = await suite.app({ f: { retries: 3, script: () => partly(500, '{', { 'content-length': 1000, 'x-inngest-no-retry': 'true' }) } });
        const run = await app.outcome('f', 'Failed');
        assert.deepEqual(app.attemptsOf(run.run_id), [0]);
        assert.equal((await suite.server.attempts(run.run_id))[0].no_retry, true);
    });

    test('bad input: an app that hangs disturbs nobody; when it closes the attempt has failed', async () => {
        const app = await suite.app({ slow: first(hang), quick: { script: () => ok(1) } });
        const run = await app.begin('slow');
        await app.called('slow');
        for (let i = 0; i < 3; ++i)
            await app.outcome('quick', 'Completed', {}, { deadline: 2000 });
        assert.deepEqual((await suite.server.run(run)).activity.map((each) => each.kind), ['executing']);
        await app.close();
        await until('the attempt to have failed', async () => (await suite.server.attempts(run))[0].outcome === 'retryable_error');
        await app.open();
        await suite.server.waitForRun(run, 'Completed');
        assert.deepEqual(app.attemptsOf(run), [0, 1]);
    });

    test('protocol 5.1: redirects are followed with the body', async () => {
        const app = await suite.app({ f: { script: (call) => (call.url.includes('hop=1') ? ok(call.body.event.data)
            : text(307, '', { location: `${call.url}&hop=1`, 'x-inngest-sdk': null })) } });
        const run = await app.outcome('f', 'Completed', { q: 1 });
        assert.deepEqual(run.output, { q: 1 });
    });
});

describe('what ends a run at once', { concurrency: 64 }, () => {
    const unsupported = {
        WaitForEvent: { name: 'demo/reply', opts: { event: 'demo/reply', timeout: '2d' } },
        WaitForSignal: { name: 'sig', opts: { signal: 'sig', timeout: '5m' } },
        InvokeFunction: { opts: { function_id: 'x-y', payload: {} } },
        Gateway: { opts: { url: 'http://example.test/' } },
        AIGateway: { opts: { url: 'http://example.test/', body: {} } },
        SyncRunComplete: { data: { status: 200, body: 'done' } },
        DeferAdd: { opts: { fn_slug: 'x-y', input: {} } },
        DeferAbort: { opts: { target_hashed_id: sha('d') } },
    };
    for (const [op, more] of Object.entries(unsupported)) {
        test(`issue 2: ${op} is not handled yet and the error names it`, async () => {
            const run = await failsEarly(ops([{ op, id: sha('w'), displayName: 'w', ...more }]), 'UnsupportedOpcode', new RegExp(op, 'i'));
            const letter = await suite.server.waitForLetter(run.run_id, 'open');
            assert.equal(letter.reason, 'non_retriable');
        });
    }

    test('protocol 8.8: a sleep of 367 days; semantics 12.4: 366 days are accepted', async () => {
        await failsEarly(ops([sleep('nap', '367d')]), 'InngestErrTimeoutTooLong', /sleeps may last at most one year/);
        const app = await suite.app({ f: { script: () => ops([sleep('nap', '366d')]) } });
        const run = await app.begin('f');
        await until('sleeping', async () => (await suite.server.run(run)).activity[0]?.kind === 'sleeping');
    });

    test('protocol 8.8: 1001 ops in one answer', () => failsEarly(
        ops(Array.from({ length: 1001 }, (_, n) => stepRun(`s${n}`, n))), 'InngestErrFunctionOverflowed', /exceeded the step limit of 1000/));

    test('semantics 5.13: 1000 ops in one answer are stored, and the next request is over the limit', async () => {
        const list = Array.from({ length: 1000 }, (_, n) => stepRun(`s${n}`, n));
        const app = await suite.app({ f: { script: () => ops(list) } });
        const run = await app.outcome('f', 'Failed');
        assert.equal(run.output.name, 'InngestErrFunctionOverflowed');
        assert.equal(app.calls.length, 1);
        const letter = await suite.server.waitForLetter(run.run_id, 'open');
        assert.deepEqual([letter.reason, letter.completed_steps.count], ['limit_exceeded', 1000]);
        const retry = await suite.server.letterAction(run.run_id, 'retry');
        assert.equal(retry.status, 409, retry.text);
    });

    test('semantics 5.13: more than 32 MiB of state', async () => {
        const app = await suite.app({ f: { script: (call) => ops([stepRun(`s${call.number}`, 'x'.repeat(3_900_000))]) } });
        const run = await app.outcome('f', 'Failed', {}, { deadline: 30_000 });
        assert.equal(run.output.name, 'InngestErrStateOverflowed');
        assert.match(run.output.message, /33554432/);
        assert.ok(app.calls.length <= 10);
    });

    test('row 77: no-retry true on a 200 is an error', async () => {
        const app = await suite.app({ f: { script: () => ok({ message: 'no more' }, { 'x-inngest-no-retry': 'true' }) } });
        const run = await app.outcome('f', 'Failed');
        assert.deepEqual([run.output.name, run.output.message], ['NonRetriableError', 'no more']);
        assert.equal(app.calls.length, 1);
    });
});

test('bad input: after all that the server answers', async () => {
    await isAlive(suite.server);
    const app = await suite.app({ f: { script: (call) => (call.number === 0 ? fail() : ok(1)) } });
    await app.outcome('f', 'Completed');
});
