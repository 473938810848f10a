// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Dead letters over HTTP (semantics 9.4 to 9.6, 9.8; issue 2 point 5).

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { fail, ok, ops, planned, sha, stepError, stepFailed, stepRun } from '../lib/fakeapp.mjs';
import { pause, until } from '../lib/wait.mjs';
import { journey, refusedV1, suiteServer, unknownUlid } from './journey.mjs';

const suite = suiteServer();

/** A function that stores step a, then fails with `message` as long as `app.broken`. */
const repairable = (message = 'not yet') => ({ retries: 0, script: (call, app) => {
    if (!call.has('a'))
        return ops([stepRun('a', { paid: 1 })]);
    return app.broken ? fail(message) : ok({ memo: call.memo('a') });
} });

/** An app whose function f has failed once; `{app, run}`. */
async function failedRun(functions = { f: repairable() }, data = { order: 7 }) {
    const app = await suite.app(functions);
    app.broken = true;
    const run = await app.outcome('f', 'Failed', data);
    return { app, run: run.run_id };
}

const action = (id, verb, body) => suite.server.letterAction(id, verb, body);
const idsOf = async (query) => (await suite.server.deadLetters(query)).map((letter) => letter.id);

describe('one letter', { concurrency: 64 }, () => {
    test('semantics 9.4: all fields', async () => {
        const functions = { f: { retries: 1, script: (call) => {
            const next = ['charge', 'settle'].find((name) => !call.has(name));
            if (next)
                return ops([stepRun(next, next)]);
            return call.has('ship') ? fail('uncaught', { 'x-inngest-no-retry': 'true' }, 400)
                : ops([stepError('ship', { message: `warehouse 17 offline`, stack: 'Error: x\n    at ship (/app/ship.js:3:7)' })]);
        } } };
        const { app, run } = await failedRun(functions);
        const letter = await suite.server.waitForLetter(run, 'open');
        assert.deepEqual([letter.id, letter.run_id, letter.function, letter.function_name, letter.version],
            [run, run, app.slug('f'), 'f', 1]);
        assert.match(letter.function_id, /^[0-9a-f-]{36}$/);
        assert.deepEqual([letter.state, letter.cycle, letter.resolution, letter.closed_at], ['open', 0, null, null]);
        assert.equal(letter.reason, 'attempts_exhausted', 'the step used up its attempts');
        assert.ok(Math.abs(new Date(letter.failed_at) - Date.now()) < 10_000);
        assert.equal(letter.error.message, 'uncaught');
        assert.ok(letter.fingerprint.length > 0);
        assert.deepEqual(letter.failed_step, { id: sha('ship'), name: 'ship', attempts: 2 });
        assert.deepEqual(letter.completed_steps, { count: 2, names: ['charge', 'settle'] });
        assert.deepEqual(letter.attempts.map((each) => [each.index, each.step, each.outcome, each.http_status]),
            [[0, 'charge', 'ok', 206], [0, 'settle', 'ok', 206], [0, 'ship', 'retryable_error', 206],
                [1, 'ship', 'final_error', 206], [0, null, 'final_error', 400]]);
        for (const each of letter.attempts)
            assert.ok(new Date(each.started_at) <= new Date(each.ended_at));
        assert.match(letter.attempts[2].error.stack, /ship\.js:3:7/);
        assert.deepEqual(letter.events.map((event) => event.data), [{ order: 7 }]);
        for (const reference of ['run_ref', 'timeline_ref', 'attempts_ref'])
            await suite.server.data('GET', letter[reference]);
        assert.deepEqual((await suite.server.data('GET', letter.payload_ref)).data, { order: 7 });
        assert.equal(letter.logs_ref, null);
        const listed = (await suite.server.deadLetters(`?function=${app.slug('f')}`))[0];
        const { attempts, events, ...rest } = letter;
        assert.deepEqual(listed, rest);
        assert.ok(attempts && events);
    });

    test('semantics 9.4: an error of the body has no failed step', async () => {
        const { run } = await failedRun();
        const letter = await suite.server.deadLetter(run);
        assert.equal(letter.failed_step, null);
        assert.deepEqual(letter.completed_steps, { count: 1, names: ['a'] });
    });

    test('semantics 9.8/9.4: a non-retriable error', async () => {
        const { run } = await failedRun({ f: { script: () => fail('never', { 'x-inngest-no-retry': 'true' }) } });
        const letter = await suite.server.deadLetter(run);
        assert.deepEqual([letter.reason, letter.attempts.length], ['non_retriable', 1]);
    });

    test('semantics 9.4: cancelled runs are no dead letters', async () => {
        const app = await suite.app({ f: { script: () => fail() } });
        const run = await app.begin('f');
        await app.called('f');
        assert.equal((await suite.server.cancel(run)).status, 200);
        await suite.server.waitForRun(run, 'Cancelled');
        refusedV1(await suite.server.request('GET', `/v1/dead-letters/${run}`), 404);
    });

    test('bad input: ids', async () => {
        for (const [method, target] of [['GET', ''], ['POST', '/retry'], ['POST', '/discard'], ['POST', '/restore']]) {
            const body = method === 'POST' ? { reason: 'x' } : undefined;
            refusedV1(await suite.server.request(method, `/v1/dead-letters/bad${target}`, body), 400, /ULID/);
            refusedV1(await suite.server.request(method, `/v1/dead-letters/${unknownUlid}${target}`, body), 404);
        }
    });
});

describe('what can be done', { concurrency: 64 }, () => {
    test('semantics 9.8/9.2: retry: 200 {run_id, cycle}, completed steps reused, then resolved', async () => {
        const { app, run } = await failedRun();
        app.broken = false;
        const answer = await action(run, 'retry');
        assert.equal(answer.status, 200, answer.text);
        assert.deepEqual(answer.json.data, { run_id: run, cycle: 1 });
        const done = await suite.server.waitForRun(run, 'Completed');
        assert.deepEqual(done.output, { memo: { data: { paid: 1 } } });
        assert.equal(done.cycle, 1);
        assert.equal(app.callsOf(run).length, 3);
        assert.equal(app.callsOf(run)[2].attempt, 0);
        const letter = await suite.server.waitForLetter(run, 'resolved');
        assert.ok(letter.closed_at);
        assert.deepEqual([letter.resolution.how, letter.resolution.by], ['retried', 'api']);
        assert.ok(suite.server.logs.some((line) => line.includes(run) && line.includes('resumed over the API')));
        for (const verb of ['retry', 'discard', 'restore'])
            refusedV1(await action(run, verb, { reason: 'x' }), 409, /resolved/);
    });

    test('semantics 9.5: a caught step stays, the failing one is executed again', async () => {
        const { app, run } = await failedRun({ f: { retries: 0, script: (call, self) => {
            if (!call.has('caught'))
                return ops([stepFailed('caught')]);
            if (!call.has('rollback'))
                return ops([stepRun('rollback', 1)]);
            if (!call.has('last'))
                return ops([self.broken ? stepFailed('last') : stepRun('last', 2)]);
            return call.memo('last').error ? fail('last', { 'x-inngest-no-retry': 'true' }, 400) : ok(Object.keys(call.steps).length);
        } } });
        const letter = await suite.server.deadLetter(run);
        assert.equal(letter.failed_step.name, 'last');
        app.broken = false;
        await action(run, 'retry');
        const done = await suite.server.waitForRun(run, 'Completed');
        assert.equal(done.output, 3);
        const resumed = app.callsOf(run)[4];
        assert.deepEqual(resumed.body.ctx.stack.stack, [sha('caught'), sha('rollback')]);
        assert.equal(resumed.memo('caught').error.message, 'nope');
    });

    test('semantics 9.8/9.3: a retry that fails again is open in the next cycle, both failures in the history', async () => {
        const { app, run } = await failedRun();
        for (const cycle of [1, 2]) {
            assert.deepEqual((await action(run, 'retry')).json.data, { run_id: run, cycle });
            await until(`cycle ${cycle}`, async () => {
                const letter = await suite.server.deadLetter(run);
                return letter.state === 'open' && letter.cycle === cycle;
            });
        }
        assert.equal(app.callsOf(run).length, 4);
        const letter = await suite.server.deadLetter(run);
        assert.deepEqual(letter.attempts.filter((each) => each.outcome === 'final_error').map((each) => each.cycle), [0, 1, 2]);
        const types = (await suite.server.timeline(run)).map((record) => record.type);
        assert.equal(types.filter((type) => type === 'run.failed').length, 3);
        assert.equal(types.filter((type) => type === 'run.resumed').length, 2);
        const failed = (await suite.server.events('?name=inngest/function.failed&limit=50')).filter((event) => event.data.run_id === run);
        assert.deepEqual(failed.map((event) => event.id), [`${run}-2`, `${run}-1`, run]);
        assert.equal((await idsOf(`?function=${app.slug('f')}`)).length, 1);
    });

    test('semantics 9.5: 409 with the state while it is retrying', async () => {
        let release;
        const held = new Promise((resolve) => { release = resolve; });
        const { run } = await failedRun({ f: { retries: 0, script: async (call, app) => {
            if (app.broken)
                return fail();
            await held;
            return ok(1);
        } } }).then((each) => { each.app.broken = false; return each; });
        assert.equal((await action(run, 'retry')).status, 200);
        for (const verb of ['retry', 'discard', 'restore'])
            refusedV1(await action(run, verb, { reason: 'x' }), 409, /retrying/);
        assert.equal((await suite.server.deadLetter(run)).state, 'retrying');
        assert.equal((await suite.server.run(run)).status, 'Running');
        assert.equal((await suite.server.run(run)).ended_at, null);
        release();
        await suite.server.waitForLetter(run, 'resolved');
    });

    test('semantics 9.5: two retries at once: one is taken', async () => {
        const { app, run } = await failedRun();
        app.broken = false;
        const answers = await Promise.all(Array.from({ length: 5 }, () => action(run, 'retry')));
        assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 409, 409, 409, 409]);
        await suite.server.waitForRun(run, 'Completed');
        assert.equal(app.callsOf(run).length, 3);
    });

    test('semantics 9.8/9.6: discard needs a reason; the run stays failed; restore opens it again', async () => {
        const { app, run } = await failedRun();
        for (const body of [undefined, '', {}, { reason: '' }, { reason: '   ' }, { reason: 7 }, { reason: null }, [], '"x"', '{"reason"'])
            refusedV1(await suite.server.request('POST', `/v1/dead-letters/${run}/discard`, body), 400, /reason/);
        refusedV1(await action(run, 'discard', { reason: 'old', foo: 1 }), 400, /"foo" is not supported/);
        assert.equal((await suite.server.deadLetter(run)).state, 'open');
        refusedV1(await action(run, 'restore'), 409, /open/);

        const answer = await action(run, 'discard', { reason: 'customer "left" \u20ac' });
        assert.equal(answer.status, 200, answer.text);
        const letter = await suite.server.deadLetter(run);
        assert.equal(letter.state, 'discarded');
        assert.equal(letter.resolution.reason, 'customer "left" \u20ac');
        assert.equal(letter.resolution.by, 'api');
        assert.ok(letter.closed_at);
        assert.equal((await suite.server.run(run)).status, 'Failed');
        for (const verb of ['retry', 'discard'])
            refusedV1(await action(run, verb, { reason: 'x' }), 409, /discarded/);

        assert.equal((await action(run, 'restore')).status, 200);
        const restored = await suite.server.deadLetter(run);
        assert.deepEqual([restored.state, restored.resolution, restored.closed_at], ['open', null, null]);
        app.broken = false;
        assert.equal((await action(run, 'retry')).status, 200);
        await suite.server.waitForRun(run, 'Completed');
    });

    test('semantics 9.6: rerun: 201 {run_id, original_run_id}, nothing reused, the first of the chain is named', async () => {
        const { app, run } = await failedRun();
        app.broken = false;
        const answer = await suite.server.request('POST', `/v1/runs/${run}/rerun`, {});
        assert.equal(answer.status, 201, answer.text);
        const { run_id: second, original_run_id: original } = answer.json.data;
        assert.equal(original, run);
        assert.notEqual(second, run);
        const done = await suite.server.waitForRun(second, 'Completed');
        assert.equal(done.original_run_id, run);
        assert.deepEqual(app.callsOf(second).map((call) => Object.keys(call.steps).length), [0, 1]);
        assert.deepEqual(app.callsOf(second)[0].event, app.callsOf(run)[0].event);
        const third = await suite.server.rerun(second);
        assert.equal(third.original_run_id, run);
        await suite.server.waitForRun(third.run_id, 'Completed');
        assert.equal((await suite.server.deadLetter(run)).state, 'open');
        assert.equal((await suite.server.runs(done.event_id)).length, 3);
    });

    test('semantics 3.11: a rerun is not de-duplicated by the id of the event', async () => {
        const app = await suite.app({ f: { script: () => ok(1) } });
        const run = await app.begin('f', {}, { id: 'once' });
        await suite.server.waitForRun(run, 'Completed');
        const { run_id: again } = await suite.server.rerun(run);
        await suite.server.waitForRun(again, 'Completed');
        assert.equal(app.calls.length, 2);
    });

    test('semantics 9.5: a function that is gone: the retry waits with activity no_handler and goes on when it is back', async () => {
        const app = await suite.app({ f: { retries: 0, script: (call, on) => (on.broken ? fail() : ok('mended')) } });
        app.broken = true;
        const { run_id: run } = await app.outcome('f', 'Failed');
        const { f } = app.functions;
        await app.register({});
        assert.equal((await action(run, 'retry')).status, 200);
        const kinds = (await suite.server.run(run)).activity.map((each) => each.kind);
        assert.deepEqual(kinds, ['no_handler']);
        app.broken = false;
        await app.register({ f });
        assert.equal((await suite.server.waitForRun(run, 'Completed')).output, 'mended');
        assert.deepEqual(app.attemptsOf(run), [0, 0]);
    });

    test('bad input: what retry, restore and rerun do not take is refused, and nothing is done', async () => {
        const app = await suite.app({ f: { retries: 0, script: () => fail() } });
        const { run_id: run } = await app.outcome('f', 'Failed');
        for (const target of [`/v1/dead-letters/${run}/retry`, `/v1/dead-letters/${run}/restore`, `/v1/runs/${run}/rerun`]) {
            for (const [body, message] of [['{', /JSON object/], ['[]', /JSON object/], ['null', /JSON object/], ['"x"', /JSON object/],
                [{ payload: {} }, /"payload" is not supported/], [{ reset: true }, /"reset"/], [{ from_step: 'a' }, /"from_step"/]])
                refusedV1(await suite.server.request('POST', target, body), 400, message);
        }
        assert.equal((await suite.server.deadLetter(run)).state, 'open');
        assert.equal(app.callsOf(run).length, 1);
        assert.equal((await suite.server.request('POST', `/v1/dead-letters/${run}/retry`)).status, 200, 'no body at all is fine');
    });

    test('bad input: rerun of an unknown run, a bad id, a live run, a function that is gone', async () => {
        const rerun = (id) => suite.server.request('POST', `/v1/runs/${id}/rerun`, {});
        refusedV1(await rerun('bad'), 400, /ULID/);
        refusedV1(await rerun(unknownUlid), 404);
        const app = await suite.app({ f: { script: () => ok(1) }, g: { script: () => new Promise(() => {}) } });
        const live = await app.begin('g');
        await app.called('g');
        refusedV1(await rerun(live), 409, /Running/i);
        const done = await app.outcome('f', 'Completed');
        await app.register({ g: app.functions.g });
        refusedV1(await rerun(done.run_id), 409, /registered/);
    });
});

describe('lists', { concurrency: 1 }, () => {
    const letters = [];
    let app;

    test('five letters of two functions and three errors', async () => {
        app = await suite.app({
            f: { retries: 0, script: (call) => fail(call.event.data.message) }, g: { retries: 0, script: () => fail('other function') } });
        for (const [fn, message] of [['f', 'order 17 lost'], ['f', 'order 4 lost'], ['f', 'disk broken'], ['g', ''], ['f', 'order 99 lost']]) {
            const run = await app.outcome(fn, 'Failed', { message });
            letters.unshift(await suite.server.deadLetter(run.run_id));
            await pause(5);
        }
        assert.deepEqual((await idsOf('?limit=100')).filter((id) => letters.some((letter) => letter.id === id)),
            letters.map((letter) => letter.id), 'newest first');
    });

    test('filter function', async () => {
        assert.deepEqual(await idsOf(`?function=${app.slug('g')}`), [letters[1].id]);
        assert.equal((await idsOf(`?function=${app.slug('f')}`)).length, 4);
        assert.deepEqual(await idsOf('?function=no-such'), []);
    });

    test('filter fingerprint: errors that differ in numbers only are one group', async () => {
        const [lost, other, disk] = [letters[0], letters[1], letters[2]].map((letter) => letter.fingerprint);
        assert.equal(new Set([lost, other, disk]).size, 3);
        assert.deepEqual(await idsOf(`?fingerprint=${lost}`), [letters[0].id, letters[3].id, letters[4].id]);
        assert.deepEqual(await idsOf(`?fingerprint=${lost}&function=${app.slug('g')}`), []);
    });

    test('filters after and before: from, and up to but without', async () => {
        const own = `function=${app.slug('f')}`;
        const at = encodeURIComponent(letters[2].failed_at);
        assert.deepEqual(await idsOf(`?${own}&after=${at}`), [letters[0].id, letters[2].id]);
        assert.deepEqual(await idsOf(`?${own}&before=${at}`), [letters[3].id, letters[4].id]);
        assert.deepEqual(await idsOf(`?${own}&after=${at}&before=${at}`), []);
    });

    test('filter state', async () => {
        await action(letters[0].id, 'discard', { reason: 'known' });
        const own = `function=${app.slug('f')}`;
        assert.deepEqual(await idsOf(`?${own}&state=discarded`), [letters[0].id]);
        assert.equal((await idsOf(`?${own}&state=open`)).length, 3);
        for (const state of ['retrying', 'resolved'])
            assert.deepEqual(await idsOf(`?${own}&state=${state}`), []);
    });

    test('cursor: all pages together are the list, and a page in the middle is stable', async () => {
        const seen = [];
        let cursor = '';
        do {
            const { json } = await suite.server.request('GET',
                `/v1/dead-letters?function=${app.slug('f')}&limit=1${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
            assert.ok(json.data.length <= 1);
            seen.push(...json.data.map((letter) => letter.id));
            cursor = json.metadata.next_cursor ?? '';
            assert.ok(seen.length <= 5);
        } while (cursor);
        assert.deepEqual(seen, letters.filter((letter) => letter.function === app.slug('f')).map((letter) => letter.id));
    });

    test('groups: count, first and last seen, the error of the newest; same filters', async () => {
        const groups = await suite.server.deadLetterGroups(`?function=${app.slug('f')}`);
        assert.deepEqual(groups.map((group) => [group.fingerprint, group.count, group.error.message]),
            [[letters[0].fingerprint, 3, 'order 99 lost'], [letters[2].fingerprint, 1, 'disk broken']]);
        const [lost] = groups;
        assert.deepEqual([lost.first_seen, lost.last_seen, lost.function], [letters[4].failed_at, letters[0].failed_at, app.slug('f')]);
        const open = await suite.server.deadLetterGroups(`?function=${app.slug('f')}&state=open&fingerprint=${lost.fingerprint}`);
        assert.deepEqual(open.map((group) => [group.count, group.error.message]), [[2, 'order 4 lost']]);
        const late = await suite.server.deadLetterGroups(`?function=${app.slug('f')}&after=${encodeURIComponent(letters[0].failed_at)}`);
        assert.deepEqual(late.map((group) => group.count), [1]);
    });

    test('bad input: query values', async () => {
        for (const [query, message] of [['limit=101', /limit.*1 to 100/], ['limit=0', /limit/], ['limit=-1', /limit/], ['limit=ten', /limit/],
            ['limit=99999999999', /limit/], ['state=closed', /state/], ['state=OPEN', /state/], ['after=now', /after/], ['before=2026-02-30T00:00:00Z', /before/],
            ['cursor=x', /cursor/], ['cursor=AAAA', /cursor/]])
            refusedV1(await suite.server.request('GET', `/v1/dead-letters?${query}`), 400, message);
        for (const [query, message] of [['state=closed', /state/], ['after=now', /after/]])
            refusedV1(await suite.server.request('GET', `/v1/dead-letters/groups?${query}`), 400, message);
        for (const path of ['/v1/dead-letters', '/v1/dead-letters/groups']) {
            for (const [query, name] of [['bogus=1', 'bogus'], ['state=open&functoin=x', 'functoin'], ['State=open', 'State'], ['bo%67us', 'bogus']])
                refusedV1(await suite.server.request('GET', `${path}?${query}`), 400, new RegExp(`"${name}" is not supported`));
            assert.equal((await suite.server.request('GET', `${path}?&state=open&`)).status, 200);
        }
        refusedV1(await suite.server.request('GET', '/v1/dead-letters/groups?limit=1'), 400, /"limit"/);
        assert.equal((await suite.server.request('GET', '/v1/dead-letters?limit=100')).status, 200);
    });
});

journey('semantics 10.3: letters, their resolutions and a retry under way survive SIGKILL', {}, async (server, appOf) => {
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    const app = await appOf({ f: { retries: 0, script: async (call, self) => {
        if (!call.has('a'))
            return ops([stepRun('a', 1)]);
        if (self.broken)
            return fail('kept');
        await held;
        return ok('mended');
    } }, p: { retries: 0, script: (call) => (call.step === 'step' && !call.has('y') ? ops([planned('x'), planned('y')])
        : call.step === 'step' ? fail('both', { 'x-inngest-no-retry': 'true' }) : ops([stepFailed(call.step === sha('x') ? 'x' : 'y')])) } });
    app.broken = true;
    const runs = (await Promise.all(['f', 'f', 'f', 'p'].map((fn) => app.outcome(fn, 'Failed')))).map((run) => run.run_id);
    await server.letterAction(runs[1], 'discard', { reason: 'because' });
    app.broken = false;
    await server.letterAction(runs[2], 'retry');
    await until('the retry to be out', () => app.callsOf(runs[2]).length === 3);
    await server.kill();
    await server.restart();
    const states = await Promise.all(runs.map((run) => server.deadLetter(run)));
    assert.deepEqual(states.map((letter) => letter.state), ['open', 'discarded', 'retrying', 'open']);
    assert.equal(states[1].resolution.reason, 'because');
    release();
    await server.waitForRun(runs[2], 'Completed');
    await server.waitForLetter(runs[2], 'resolved');
    assert.equal(app.callsOf(runs[2]).filter((call) => !call.has('a')).length, 1, 'a completed step ran again');
    assert.equal((await server.letterAction(runs[0], 'retry')).status, 200);
    await server.waitForRun(runs[0], 'Completed');
});

describe('many letters', { concurrency: 64 }, () => {
    const retry = (body) => suite.server.request('POST', '/v1/dead-letters/retry', body);
    const failures = async (app, count) => (await Promise.all(Array.from({ length: count }, () => app.outcome('f', 'Failed')))).map((run) => run.run_id);

    test('semantics 9.5: one first, then the rest', async () => {
        const app = await suite.app({ f: repairable() });
        app.broken = true;
        const runs = await failures(app, 5);
        app.broken = false;
        const answer = await retry({ function: app.slug('f'), per_second: 100 });
        assert.equal(answer.status, 202, answer.text);
        assert.equal(answer.json.data.letters, 5);
        assert.match(answer.json.data.operation_id, /^[0-9A-HJKMNP-TV-Z]{26}$/);
        await Promise.all(runs.map((run) => suite.server.waitForLetter(run, 'resolved')));
        const words = 'resumed by a bulk retry';
        await until('the log to say who retried', () => suite.server.logs.some((line) => line.includes(runs[0]) && line.includes(words)));
        for (const run of runs)
            assert.equal(app.callsOf(run).filter((call) => !call.has('a')).length, 1, 'a completed step ran again');
    });

    test('semantics 9.5: the first one fails again, the others are left alone', async () => {
        const app = await suite.app({ f: repairable() });
        app.broken = true;
        const runs = await failures(app, 3);
        assert.equal((await retry({ ids: runs })).status, 202);
        await until('the first one to fail again', async () => (await suite.server.deadLetter(runs[0])).cycle === 1);
        await pause(300);
        const letters = await Promise.all(runs.map((run) => suite.server.deadLetter(run)));
        assert.deepEqual(letters.map((letter) => [letter.state, letter.cycle]), [['open', 1], ['open', 0], ['open', 0]]);
    });

    test('bad input: bodies', async () => {
        for (const [body, message] of [[{}, /ids, function or fingerprint/], [{ ids: 'x' }, /ids/], [{ ids: [unknownUlid], function: 'x' }, /leave out function/], [{ ids: ['x'] }, /x/], [{ ids: [] }, /at least one/],
            [{ ids: [unknownUlid], per_second: -1 }, /per_second/], [{ ids: [unknownUlid], per_second: 2000 }, /1000/],
            [{ function: 7, fingerprint: 'x' }, /function must be a text/], [{ function: 'x', fingerprint: {} }, /fingerprint must be a text/],
            [{ ids: [unknownUlid], title: [] }, /title must be a text/], [{ ids: [unknownUlid], reset: true }, /"reset" is not supported/], [{ ids: [unknownUlid], one_first: 1 }, /one_first/], [{ ids: [unknownUlid], stop_after_same: 'x' }, /stop_after_same/], [[], /object/]])
            refusedV1(await retry(body), 400, message);
    });
});
