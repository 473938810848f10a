// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Events over plain HTTP (protocol 3, 12.2, 16 B; semantics 3, 4.1, 12.1).

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';

import { ok } from '../lib/fakeapp.mjs';
import { pause, until } from '../lib/wait.mjs';
import { anyUlid, isAlive, journey, parse, raw, refusedV1, suiteServer, unknownUlid } from './journey.mjs';

const suite = suiteServer();
const echo = { script: (call) => ok(call.event) };

const post = (body, headers, key = 'test') => suite.server.request('POST', `/e/${key}`, body, headers);
const stored = async (name) => (await suite.server.events(`?name=${encodeURIComponent(name)}&limit=50`)).length;

/** What is sent as one event in `body` fails with 400 and this text, and is not stored. */
async function rejected(body, message) {
    const answer = await post(body);
    assert.equal(answer.status, 400, answer.text.slice(0, 200));
    assert.equal(answer.json.status, 400);
    assert.deepEqual(answer.json.ids, []);
    assert.match(answer.json.error, message);
}

describe('events', { concurrency: 64 }, () => {
    test('row 9: X-Inngest-Server-Kind is on every response', async () => {
        for (const [method, target] of [['GET', '/health'], ['POST', '/e/test'], ['GET', '/nowhere'], ['PATCH', '/dev'],
            ['GET', '/v1/events/x'], ['OPTIONS', '/v1/events'], ['DELETE', '/fn/remove']]) {
            const answer = await suite.server.request(method, target);
            assert.equal(answer.headers.get('x-inngest-server-kind'), 'dev', `${method} ${target}`);
        }
        const broken = parse(await raw(suite.server, 'NONSENSE\r\n\r\n'));
        assert.equal(broken.headers['x-inngest-server-kind'], 'dev');
        assert.equal(broken.status, 400);
    });

    test('row 24: one object and an array are accepted', async () => {
        const single = await post({ name: 'e/24', data: {} });
        assert.equal(single.status, 200, single.text);
        assert.equal(single.json.status, 200);
        assert.equal(single.json.ids.length, 1);
        const several = await post([{ name: 'e/24' }, { name: 'e/24' }, { name: 'e/24' }]);
        assert.equal(several.json.status, 200);
        assert.equal(new Set(several.json.ids).size, 3);
        const internal = (await suite.server.events('?name=e/24')).map((event) => event.internal_id);
        assert.deepEqual(internal, [...single.json.ids, ...several.json.ids].reverse());
    });

    test('row 24: JSON is recognised whatever the content type says', async () => {
        for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/octet-stream', '']) {
            const answer = await post(' \n{"name":"e/type"}', { 'content-type': type });
            assert.equal(answer.status, 200, `${type}: ${answer.text}`);
        }
    });

    test('protocol 3.3: an empty body and [] answer one empty id', async () => {
        for (const body of ['', '[]', '  ']) {
            const answer = await post(body);
            assert.deepEqual([answer.status, answer.json], [200, { ids: [''], status: 200 }]);
        }
    });

    test('row 25: ids are ULIDs, also with an id of the user', async () => {
        const answer = await post({ name: 'e/25', id: 'x' });
        assert.match(answer.json.ids[0], anyUlid);
        const event = await suite.server.data('GET', `/v1/events/${answer.json.ids[0]}`);
        assert.deepEqual([event.id, event.internal_id], ['x', answer.json.ids[0]]);
    });

    test('row 26: a missing name is refused', async () => {
        await rejected({ data: {} }, /name/);
        await rejected({ name: '' }, /name/);
        await rejected({ name: null }, /name/);
        await rejected({ name: 7 }, /name is a number/);
        await rejected({ name: 'n'.repeat(513) }, /513.*512/);
        assert.equal((await post({ name: 'n'.repeat(512) })).status, 200);
    });

    test('row 27: inngest/ names are refused in any case', async () => {
        await rejected({ name: 'Inngest/foo' }, /event name is reserved for internal use: Inngest\/foo/);
        await rejected({ name: 'inngest/function.failed' }, /reserved/);
        assert.equal((await post({ name: 'inngestive/x' })).status, 200);
    });

    test('rows 28, 40: absent data is {}, _inngest in it is removed; other fields are dropped', async () => {
        const app = await suite.app({ f: echo });
        const bare = await suite.server.waitForRun(await suite.server.runOf(
            (await post({ name: `${app.id}/f` })).json.ids[0]), 'Completed');
        assert.deepEqual([bare.output.data, bare.output.user], [{}, {}]);
        const sent = { name: `${app.id}/f`, data: { a: 1, _inngest: { fn_id: 'x' } }, extra: 1, v: '2', user: { u: 1 } };
        const full = await suite.server.waitForRun(await suite.server.runOf((await post(sent)).json.ids[0]), 'Completed');
        assert.deepEqual(full.output.data, { a: 1 });
        assert.equal(full.output.v, '2');
        assert.deepEqual(full.output.user, { u: 1 });
        assert.ok(!('extra' in full.output));
    });

    test('style 2.10: payload bytes reach the function unchanged', async () => {
        const app = await suite.app({ f: { script: () => ok(1) } });
        const data = '{"z":1.0,"a":12345678901234567890,"e":1E400,"u":"\\ud800","d":{"b":[ ],"a":null}}';
        const answer = await post(`{"name":"${app.id}/f","data":${data}}`);
        await suite.server.waitForRun(await suite.server.runOf(answer.json.ids[0]), 'Completed');
        assert.ok(app.calls[0].raw.includes(data), app.calls[0].raw);
    });

    test('row 29: ts defaults to now, a given one is kept', async () => {
        const before = Date.now();
        const [fresh, given] = await suite.server.sendAll([{ name: 'e/29' }, { name: 'e/29', ts: 1_700_000_000_123 }]);
        const { ts } = await suite.server.data('GET', `/v1/events/${fresh}`);
        assert.ok(ts >= before && ts <= Date.now(), `${ts}`);
        assert.equal((await suite.server.data('GET', `/v1/events/${given}`)).ts, 1_700_000_000_123);
    });

    test('row 30: ts out of range is refused', async () => {
        for (const ts of [5, -1, 315_532_799_999, 4_102_444_800_000, 1e18, 1.5, '1700000000000', true])
            await rejected({ name: 'e/30', ts }, /ts/);
        assert.equal((await post({ name: 'e/30', ts: 0 })).status, 200);
        assert.equal((await post({ name: 'e/30', ts: 315_532_800_000 })).status, 200);
        assert.equal(await stored('e/30'), 2);
    });

    test('row 31: a future ts delays the start', async () => {
        const app = await suite.app({ f: echo });
        const ts = Date.now() + 2000;
        const run = await app.begin('f', {}, { ts });
        const waiting = await suite.server.run(run);
        assert.equal(waiting.status, 'Scheduled');
        assert.deepEqual(waiting.activity.map((each) => each.kind), ['delayed']);
        assert.equal(new Date(waiting.scheduled_at).getTime(), ts);
        await suite.server.waitForRun(run, 'Completed');
        assert.ok(app.calls[0].at >= ts, `${app.calls[0].at - ts} ms early`);
        assert.ok(app.calls[0].at < ts + 500, `${app.calls[0].at - ts} ms late`);
    });

    test('row 32: the same id twice is two events and one run, and the second says why', async () => {
        const app = await suite.app({ f: echo });
        const events = [await app.send('f', {}, { id: 'order-7' }), await app.send('f', {}, { id: 'order-7' })];
        const run = await suite.server.runOf(events[0]);
        await suite.server.waitForRun(run, 'Completed');
        const third = await app.send('f', {}, { id: 'order-7' }); // also after the run has ended
        assert.equal(await stored(`${app.id}/f`), 3);
        for (const event of [events[1], third]) {
            const answer = await suite.server.request('GET', `/v1/events/${event}/runs`);
            assert.deepEqual(answer.json.data, []);
            const [skipped] = answer.json.metadata.skipped;
            assert.deepEqual([skipped.reason, skipped.run_id], ['idempotency', run]);
            assert.match(skipped.detail, /order-7/);
        }
        assert.equal(app.calls.length, 1);
    });

    test('semantics 3.1: the same id four times in one request and in parallel', async () => {
        const app = await suite.app({ f: echo });
        const event = { name: `${app.id}/f`, id: 'a' };
        await Promise.all([suite.server.sendAll([event, event]), suite.server.sendAll([event]), suite.server.sendAll([event])]);
        await app.called('f');
        await pause(200);
        assert.equal(app.calls.length, 1);
        assert.equal(await stored(`${app.id}/f`), 4);
    });

    test('row 33: the same id starts each function once', async () => {
        const app = await suite.app({ f: { ...echo, on: 'e/33' }, g: { ...echo, on: 'e/33' } });
        const event = await suite.server.send('e/33', {}, { id: 'x' });
        await suite.server.send('e/33', {}, { id: 'x' });
        const runs = await suite.server.runsOfEvent(event, 2);
        await Promise.all(runs.map((run) => suite.server.waitForRun(run.run_id, 'Completed')));
        await pause(200);
        assert.deepEqual(app.calls.map((call) => call.fn).sort(), ['f', 'g']);
    });

    test('row 34: the seed header makes ids repeatable', async () => {
        const app = await suite.app({ f: echo });
        const entropy = randomBytes(10);
        entropy.writeUInt32BE(0xfffffffe, 6); // the counter runs over
        const ms = Date.now();
        const seed = { 'x-inngest-event-id-seed': `${ms},${entropy.toString('base64')}` };
        const body = [{ name: `${app.id}/f`, data: { n: 1 } }, { name: `${app.id}/f`, data: { n: 2 } }];
        const first = await post(body, seed);
        const second = await post(body, seed);
        assert.deepEqual(second.json.ids, first.json.ids);
        assert.deepEqual(first.json.ids, [1, 2].map((index) => seededId(ms, entropy, index)));
        await app.called('f', 2);
        await pause(200);
        assert.equal(app.calls.length, 2);
        assert.equal(await stored(`${app.id}/f`), 2);
    });

    test('protocol 3.4: a malformed seed is ignored', async () => {
        for (const seed of ['x', '0,AAAAAAAAAAAAAA==', '-5,AAAAAAAAAAAAAA==', `${Date.now()},AAAA`, `${Date.now()},%%%`, ',']) {
            const answers = [await post({ name: 'e/seed' }, { 'x-inngest-event-id-seed': seed }),
                await post({ name: 'e/seed' }, { 'x-inngest-event-id-seed': seed })];
            assert.deepEqual(answers.map((each) => each.status), [200, 200], seed);
            assert.notEqual(answers[0].json.ids[0], answers[1].json.ids[0], seed);
        }
    });

    test('row 35: a form becomes an event of arrays', async () => {
        const answer = await post('a=1&name=e%2F35&a=2+x', { 'content-type': 'application/x-www-form-urlencoded' });
        assert.equal(answer.status, 200, answer.text);
        const event = await suite.server.data('GET', `/v1/events/${answer.json.ids[0]}`);
        assert.equal(event.name, 'e/35');
        assert.deepEqual(event.data, { a: ['1', '2 x'], name: ['e/35'] });
        const form = ['--b', 'Content-Disposition: form-data; name="name"', '', 'e/35m', '--b',
            'Content-Disposition: form-data; name="k"', '', 'line\r\ntwo', '--b--', ''].join('\r\n');
        const multipart = await post(form, { 'content-type': 'multipart/form-data; boundary=b' });
        assert.equal(multipart.status, 200, multipart.text);
        assert.deepEqual((await suite.server.data('GET', `/v1/events/${multipart.json.ids[0]}`)).data.k, ['line\r\ntwo']);
    });

    test('row 36: wildcard triggers', async () => {
        const app = await suite.app({ f: { ...echo, on: 'wild/*' }, g: { ...echo, on: 'wild/user.*' } });
        await suite.server.sendAll([{ name: 'wild/b' }, { name: 'wild/b/c' }, { name: 'wilder/c' }, { name: 'wild/user.made.v2' }]);
        await app.called('f', 3);
        await app.called('g', 1);
        await pause(200);
        assert.deepEqual(app.calls.map((call) => `${call.fn} ${call.event.name}`).sort(),
            ['f wild/b', 'f wild/b/c', 'f wild/user.made.v2', 'g wild/user.made.v2']);
    });

    test('row 38: two triggers that match are one run', async () => {
        const app = await suite.app({ f: { ...echo, on: ['twice/b', 'twice/*'] } });
        await suite.server.runsOfEvent(await suite.server.send('twice/b', {}));
        await app.called('f');
        await pause(200);
        assert.equal(app.calls.length, 1);
    });

    test('row 39: the runs of an event are listed by its id', async () => {
        const app = await suite.app({ f: echo });
        const event = await app.send('f');
        const [run] = await suite.server.runsOfEvent(event);
        assert.equal(run.event_id, event);
        assert.match(run.run_id, anyUlid);
    });

    test('row 41, semantics 12.2: 5000 events are accepted, 5001 refused as a whole', async () => {
        const many = (count) => Array.from({ length: count }, () => ({ name: 'e/41' }));
        const over = await post(many(5001));
        assert.equal(over.status, 400, over.text.slice(0, 200));
        assert.match(over.json.error, /5001.*5000/);
        assert.deepEqual(over.json.ids, []);
        assert.equal(await stored('e/41'), 0);
        const most = await post(many(5000));
        assert.equal(most.status, 200, most.text.slice(0, 200));
        assert.equal(new Set(most.json.ids).size, 5000);
    });

    test('semantics 4.16: the second of three is invalid: 400, one id, the first is processed', async () => {
        const app = await suite.app({ f: echo });
        const answer = await post([{ name: `${app.id}/f` }, { name: 'inngest/x' }, { name: `${app.id}/f` }]);
        assert.equal(answer.status, 400);
        assert.equal(answer.json.status, 400);
        assert.equal(answer.json.ids.length, 1);
        assert.match(answer.json.error, /event 2 of 3.*reserved/);
        await suite.server.waitForRun(await suite.server.runOf(answer.json.ids[0]), 'Completed');
        assert.equal(await stored(`${app.id}/f`), 1);
    });

    test('semantics 12.1: an event of 3 MiB is accepted, one byte more refused with both sizes and not stored', async () => {
        const limit = 3 * 1024 * 1024;
        const sized = (bytes) => {
            const frame = '{"name":"e/big","data":{"x":""}}';
            return frame.replace('""', `"${'x'.repeat(bytes - frame.length)}"`);
        };
        const over = await post(sized(limit + 1));
        assert.equal(over.status, 400, over.text.slice(0, 200));
        assert.match(over.json.error, new RegExp(`${limit + 1}.*${limit}`));
        assert.equal(await stored('e/big'), 0);
        const most = await post(sized(limit));
        assert.equal(most.status, 200, most.text.slice(0, 200));
    });

    test('semantics 12.1: 413 for a body over the limit of the route', async () => {
        const head = `POST /e/test HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${1 << 30}\r\n\r\n`;
        const answer = parse(await raw(suite.server, head));
        assert.equal(answer.status, 413);
        assert.match(answer.json.error, /\d/);
        await isAlive(suite.server);
    });

    test('bad input: bodies that are no events', async () => {
        for (const [body, message] of [
            ['{', /JSON/], ['{"name":"a/b"', /JSON/], ['{"name":"a/b"} x', /JSON/], ['[{"name":"a/b"},]', /JSON/],
            ['hello', /JSON|form/], ['"a/b"', /JSON|form|object/], ['42', /JSON|form|object/], ['null', /JSON|form|object/],
            ['{"name":"a\u0000b"}', /JSON/], ['[[]]', /object/], ['[1]', /object/], ['{"name":"a/b","data":[]}', /data is an array/],
            ['{"name":"a/b","data":"x"}', /data is a string/], ['{"name":"a/b","id":7}', /id is a number/],
            ['{"name":"a/b","user":[]}', /user/], ['{"name":"a/b","meta":7}', /meta/],
            [`${'['.repeat(100_000)}`, /JSON/], [Buffer.from('7b226e616d65223a22ff227d', 'hex'), /JSON/]]) {
            const answer = await post(body);
            assert.equal(answer.status, 400, `${body.slice(0, 60)}: ${answer.text.slice(0, 200)}`);
            assert.equal(answer.json.status, 400);
            assert.match(answer.json.error, message, `${body.slice(0, 60)}`);
        }
        await isAlive(suite.server);
    });
});

describe('GET /v1/events', { concurrency: 64 }, () => {
    test('row 141: paging by cursor, newest first, without gaps', async () => {
        const ids = await suite.server.sendAll(Array.from({ length: 23 }, (_, n) => ({ name: 'page/a', data: { n } })));
        await suite.server.sendAll(Array.from({ length: 5 }, () => ({ name: 'page/b' })));
        const seen = [];
        let cursor = '';
        for (let pages = 0; pages < 10; ++pages) {
            const page = await suite.server.events(`?name=page/a&limit=5${cursor && `&cursor=${cursor}`}`);
            seen.push(...page.map((event) => event.internal_id));
            if (page.length < 5)
                break;
            cursor = page.at(-1).internal_id;
        }
        assert.deepEqual(seen, [...ids].reverse());
        assert.equal((await suite.server.events('?name=page/a')).length, 20);
    });

    test('row 141: received_after and received_before', async () => {
        const [first] = await suite.server.sendAll([{ name: 'time/a' }]);
        await pause(20);
        const [second] = await suite.server.sendAll([{ name: 'time/a' }]);
        const at = (await suite.server.data('GET', `/v1/events/${second}`)).received_at;
        const idsOf = async (query) => (await suite.server.events(`?name=time/a&${query}`)).map((event) => event.internal_id);
        assert.deepEqual(await idsOf(`received_after=${encodeURIComponent(at)}`), [second]);
        assert.deepEqual(await idsOf(`received_before=${encodeURIComponent(at)}`), [first]);
        const shifted = new Date(new Date(at).getTime() + 7_200_000).toISOString().replace('Z', '+02:00');
        assert.deepEqual(await idsOf(`received_before=${encodeURIComponent(shifted)}`), [first]);
    });

    test('protocol 12.2: the event object and the envelope', async () => {
        const [id] = await suite.server.sendAll([{ name: 'obj/a', data: { k: [1] }, id: 'mine', v: '1' }]);
        const { json } = await suite.server.request('GET', `/v1/events/${id}`);
        for (const key of ['internal_id', 'account_id', 'environment_id', 'source', 'source_id', 'received_at', 'id', 'name',
            'data', 'user', 'ts', 'v'])
            assert.ok(key in json.data, key);
        assert.equal(json.data.account_id, '00000000-0000-4000-a000-000000000000');
        assert.equal(json.data.environment_id, '00000000-0000-4000-b000-000000000000');
        const [fetched, until] = ['fetched_at', 'cached_until'].map((key) => new Date(json.metadata[key]).getTime());
        assert.equal(until - fetched, 5000);
    });

    test('bad input: query values, ids', async () => {
        for (const query of ['limit=0', 'limit=51', 'limit=x', 'limit=-1', 'limit=', 'limit=1e1', 'received_after=yesterday',
            'received_before=2026-13-01T00:00:00Z', 'cursor=x', 'cursor=01ARZ3NDEKTSV4RRFFQ69G5FA'])
            refusedV1(await suite.server.request('GET', `/v1/events?${query}`), 400, new RegExp(query.split('=')[0] === 'cursor' ? 'ULID' : query.split('=')[0]));
        for (const id of ['x', 'ZZZZZZZZZZZZZZZZZZZZZZZZZZ', `${unknownUlid}A`, '%00', 'a%2Fb'])
            refusedV1(await suite.server.request('GET', `/v1/events/${id}`), 400, /ULID/);
        refusedV1(await suite.server.request('GET', `/v1/events/${unknownUlid}`), 404);
        refusedV1(await suite.server.request('GET', '/v1/events/x/runs'), 400, /ULID/);
        const [id] = await suite.server.sendAll([{ name: 'low/er' }]);
        assert.equal((await suite.server.data('GET', `/v1/events/${id.toLowerCase()}`)).internal_id, id);
    });
});

describe('POST /invoke', { concurrency: 64 }, () => {
    test('row 47: the function sees inngest/function.invoked with the data and our _inngest', async () => {
        const app = await suite.app({ f: { ...echo, on: [] } });
        const answer = await suite.server.request('POST', `/invoke/${app.slug('f')}`, { data: { q: 1, _inngest: { fn_id: 'forged' } }, name: 'other' });
        assert.equal(answer.status, 200, answer.text);
        assert.equal(answer.json.status, 200);
        const run = await suite.server.waitForRun(await suite.server.runOf(answer.json.id), 'Completed');
        assert.equal(run.output.name, 'inngest/function.invoked');
        assert.deepEqual([run.output.data.q, run.output.data._inngest.fn_id], [1, app.slug('f')]);
    });

    test('bad input: unknown function, bodies that are no object', async () => {
        refusedV1(await suite.server.request('POST', '/invoke/no-such', {}), 400, /could not find function with ID: no-such/);
        const app = await suite.app({ f: echo });
        for (const body of ['{', '[]', '[{},{}]', '7', '{"data":[]}', '{"ts":5}', '{"id":7}'])
            refusedV1(await suite.server.request('POST', `/invoke/${app.slug('f')}`, body), 400);
        assert.equal((await suite.server.request('POST', `/invoke/${app.slug('f')}`)).status, 200);
        await app.called('f');
        assert.equal(app.calls.length, 1);
    });
});

describe('event keys', () => {
    journey('row 139: the event key is checked when configured', { args: ['--event-key', 'k1', '--event-key', 'k2'] }, async (server) => {
        const send = (key) => server.request('POST', `/e${key}`, { name: 'a/b' });
        for (const key of ['/k1', '/k2'])
            assert.equal((await send(key)).status, 200);
        for (const [key, message] of [['/k3', /Event key not found/], ['/K1', /Event key not found/], ['', /Event key is required/], ['/', /Event key is required/]]) {
            const answer = await send(key);
            assert.equal(answer.status, 401, `"${key}": ${answer.text}`);
            assert.match(answer.json.error, message);
        }
        assert.equal((await server.events()).length, 2);
    });
});

describe('source', () => {
    const sourceOf = async (server, id) => (await server.data('GET', `/v1/events/${id}`)).source;
    const post = async (server, headers, name = 'who/sent') =>
        (await server.request('POST', '/e/test', { name }, headers)).json.ids[0];

    journey('ui 9: an event says who sent it, also after a restart', {}, async (server, appOf) => {
        const app = await appOf({ f: { async script(call) {
            const headers = { 'x-inngest-sdk': 'inngest-fake:v1.0.0', traceparent: call.headers.traceparent };
            return ok(await post(server, headers));
        } } });
        const expected = new Map([
            [await post(server, { 'user-agent': 'curl/8.5.0' }), 'curl'],
            [await post(server, { 'user-agent': 'Wget/1.21.3' }), 'http Wget'],
            [await post(server, { 'x-inngest-sdk': 'inngest-fake:v1.0.0' }), `app ${app.id}`],
            [await post(server, { 'x-inngest-sdk': 'inngest-other:v2' }), 'app (inngest-other:v2)'],
        ]);
        const run = await server.waitForRun(await app.begin('f'), 'Completed');
        expected.set(run.output, `function ${app.slug('f')}`);
        const [ended] = await server.events('?name=inngest/function.finished');
        expected.set(ended.internal_id, 'redrive');
        const check = async () => {
            for (const [id, source] of expected)
                assert.equal(await sourceOf(server, id), source);
        };
        await check();
        await server.kill();
        await server.restart();
        await check();
    });
});

describe('durable before acknowledged', () => {
    journey('semantics 10.2: what was answered 200 is there after SIGKILL', { }, async (server) => {
        const ids = (await Promise.all(Array.from({ length: 20 }, () => server.sendAll([{ name: 'keep/a' }, { name: 'keep/a' }])))).flat();
        await server.kill();
        await server.restart();
        const there = await server.events('?name=keep/a&limit=50');
        assert.deepEqual(there.map((event) => event.internal_id).sort(), [...ids].sort());
        await until('the server to go on', () => server.send('keep/a', {}));
    });
});

/** The id of protocol 3.4: the last four bytes of the entropy are counted up. */
function seededId(ms, entropy, index) {
    const bytes = Buffer.alloc(16);
    bytes.writeUIntBE(ms, 0, 6);
    entropy.copy(bytes, 6);
    bytes.writeUInt32BE((entropy.readUInt32BE(6) + index) >>> 0, 12);
    let value = BigInt(`0x${bytes.toString('hex')}`);
    let ulid = '';
    for (let i = 0; i < 26; ++i, value >>= 5n)
        ulid = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[Number(value & 31n)] + ulid;
    return ulid;
}
