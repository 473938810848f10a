// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// How apps become known and what their registrations may say (protocol 2, 16 A; semantics 4.5, 6.2, 12.3).

import assert from 'node:assert/strict';
import http from 'node:http';
import { describe, test } from 'node:test';

import { FakeApp, fail, ok, ops, sleep } from '../lib/fakeapp.mjs';
import { Redrived } from '../lib/redrived.mjs';
import { freePort, pause, until } from '../lib/wait.mjs';
import { journey, refused, suiteServer } from './journey.mjs';

const suite = suiteServer({ args: ['--no-poll'] });
const done = { script: () => ok('done') };

const post = (body, headers) => suite.server.request('POST', '/fn/register', body, headers);
const appData = (name) => suite.server.data('GET', `/v1/apps/${name}/functions`);
/** An address has one app. */
const urlOf = (appName) => `http://127.0.0.1:1/${appName}/api/inngest`;

/** A registration with one function of this configuration. */
const one = (appName, config) => ({ appName, url: urlOf(appName), sdk: 'js:v4.24.0', functions: [{
    id: `${appName}-f`, name: 'f', triggers: [{ event: `${appName}/f` }],
    steps: { step: { id: 'step', name: 'step', runtime: { type: 'http', url: `${urlOf(appName)}?fnId=${appName}-f&stepId=step` } } },
    ...config }] });

// As recorded from the TypeScript SDK 4.24 (protocol 2.4).
const captured = {
    url: 'http://127.0.0.1:3940/api/inngest', deployType: 'ping', framework: 'express', appName: 'demo-app', sdk: 'js:v4.24.0',
    v: '0.1', capabilities: { trust_probe: 'v1', connect: 'v1' }, appVersion: 'v-9',
    featureObservations: { sendEvents: { readinessReason: 'SEND_EVENTS_READINESS_REASON_READY', config: {} } },
    functions: [{
        id: 'demo-app-full-cfg', name: 'Full Config',
        triggers: [{ event: 'demo/full', expression: 'event.data.x > 1' }, { cron: '*/5 * * * *' }],
        steps: { step: { id: 'step', name: 'step',
            runtime: { type: 'http', url: 'http://127.0.0.1:3940/api/inngest?fnId=demo-app-full-cfg&stepId=step' },
            retries: { attempts: 7 } } },
        idempotency: 'event.data.id',
        rateLimit: { limit: 1, period: '1m', key: 'event.data.k' },
        throttle: { limit: 2, period: '10s', burst: 3, key: 'event.data.k' },
        concurrency: [{ limit: 3, key: 'event.data.user', scope: 'env' }, { limit: 5 }],
        debounce: { period: '5s', timeout: '1m', key: 'event.data.k' },
        priority: { run: 'event.data.p' },
        timeouts: { start: '10s', finish: '1m' },
        singleton: { key: 'event.data.k', mode: 'skip' },
        cancel: [{ event: 'demo/cancel', timeout: '1h', if: 'event.data.userId == async.data.userId' }],
    }, {
        id: 'demo-app-full-cfg-failure', name: 'Full Config (failure)',
        triggers: [{ event: 'inngest/function.failed', expression: "event.data.function_id == 'demo-app-full-cfg'" }],
        steps: { step: { id: 'step', name: 'step',
            runtime: { type: 'http', url: 'http://127.0.0.1:3940/api/inngest?fnId=demo-app-full-cfg-failure&stepId=step' },
            retries: { attempts: 1 } } },
    }],
};

describe('registration', { concurrency: 64 }, () => {
    test('row 5: the reply is JSON with ok', async () => {
        const answer = await post(captured, { 'x-inngest-expected-server-kind': 'dev' });
        assert.equal(answer.status, 200, answer.text);
        assert.match(answer.headers.get('content-type'), /^application\/json/);
        assert.equal(answer.json.ok, true);
        assert.equal(answer.json.modified, true);
        assert.match(answer.json.app_id, /^[0-9a-f-]{36}$/);
        assert.match(answer.json.sync_id, /^[0-9a-f-]{36}$/);
        const stored = await appData('demo-app');
        assert.deepEqual(stored.functions.map((each) => [each.slug, each.retries]).sort(),
            [['demo-app-full-cfg', 7], ['demo-app-full-cfg-failure', 1]]);
    });

    test('row 6: a missing or empty appName is refused', async () => {
        const url = urlOf('nameless');
        for (const body of [{ url, functions: [] }, { appName: '', url, functions: [] }, { appName: null, url, functions: [] }])
            refused(await post(body), 400, /App ID required/);
    });

    test('row 7: appname in lower case is accepted', async () => {
        const answer = await post({ appname: 'py-app', url: urlOf('py-app'), sdk: 'py:v0.5.18', framework: 'flask', functions: [], v: '0.1',
            deploytype: 'ping', capabilities: {} });
        assert.equal(answer.status, 200, answer.text);
        assert.equal((await appData('py-app')).sdk, 'py:v0.5.18');
    });

    test('row 8: another expected server kind is refused', async () => {
        refused(await post(one('kind', {}), { 'x-inngest-expected-server-kind': 'cloud' }), 400, /Expected server kind/);
        assert.equal((await suite.server.request('GET', '/v1/apps/kind/functions')).status, 404);
    });

    test('row 10: Authorization: Bearer undefined is tolerated without a key', async () => {
        assert.equal((await post(one('bearer', {}), { authorization: 'Bearer undefined' })).status, 200);
        assert.equal((await suite.server.request('GET', '/v1/events', undefined, { authorization: 'Bearer ' })).status, 200);
    });

    test('row 11: a second equal sync is a no-op', async () => {
        const app = await suite.app({ f: done });
        const [before] = (await appData(app.id)).functions;
        const again = await app.register();
        assert.equal(again.ok, true);
        assert.ok(!again.modified, JSON.stringify(again));
        const noisy = { ...app.registration(), featureObservations: { sendEvents: { readinessReason: 'other' } } };
        assert.ok(!(await post(noisy)).json.modified, 'featureObservations count for the checksum');
        const [after] = (await appData(app.id)).functions;
        assert.deepEqual([after.id, after.version], [before.id, before.version]);
    });

    test('row 12: a changed configuration replaces the old one', async () => {
        const broken = { retries: 0, script: () => fail() };
        const app = await suite.app({ f: broken });
        const first = await app.outcome('f', 'Failed');
        assert.deepEqual(app.attemptsOf(first.run_id), [0]);
        assert.equal((await app.register({ f: { ...broken, retries: 1 } })).modified, true);
        assert.equal((await appData(app.id)).functions[0].version, 2);
        const second = await app.outcome('f', 'Failed');
        assert.deepEqual(app.attemptsOf(second.run_id), [0, 1]);
        assert.equal(second.function_version, 2);
    });

    test('rows 13, 14: a removed function is not started; back again it has its identity', async () => {
        const app = await suite.app({ f: done, g: done });
        const before = await app.outcome('g', 'Completed');
        await app.register({ f: done });
        const unheard = await app.send('g');
        await app.outcome('f', 'Completed');
        assert.deepEqual(await suite.server.runs(unheard), []);
        await app.register({ f: done, g: done });
        const after = await app.outcome('g', 'Completed');
        assert.equal(after.function_id, before.function_id);
        assert.notEqual(after.run_id, before.run_id);
    });

    test('an app that answers its calls with 401 is marked until it answers one, however often it registers', async () => {
        let isDev = false;
        const refused = { status: 401, body: '{"code":"sig_verification_failed"}' };
        const app = await suite.app({ f: { retries: 0, script: () => (isDev ? ok(1) : refused) } });
        assert.equal((await appData(app.id)).error ?? null, null);
        await app.outcome('f', 'Failed');
        assert.equal((await appData(app.id)).error, 'calls_refused');
        await app.register();
        assert.equal((await appData(app.id)).error, 'calls_refused');
        isDev = true;
        await app.outcome('f', 'Completed');
        assert.equal((await appData(app.id)).error ?? null, null);
    });

    test('row 15: equal function ids of two apps do not collide', async () => {
        const first = await suite.app({ f: { on: 'both/f', script: () => ok('first') } });
        const second = await suite.app({ f: { on: 'both/f', script: () => ok('second') } });
        const runs = await suite.server.runsOfEvent(await suite.server.send('both/f', {}), 2);
        const ended = await Promise.all(runs.map((run) => suite.server.waitForRun(run.run_id, 'Completed')));
        assert.deepEqual(ended.map((run) => run.output).sort(), ['first', 'second']);
        assert.notEqual(ended[0].function_id, ended[1].function_id);
        assert.deepEqual([first.calls.length, second.calls.length], [1, 1]);
    });

    test('row 16: 127.0.0.1:3000 and localhost:3000 are one app; deployId, probe and default ports do not count', async () => {
        const urls = ['http://127.0.0.1:3000/x', 'http://localhost:3000/x', 'http://0.0.0.0:3000/x?deployId=7&probe=trust'];
        for (const each of urls)
            assert.equal((await post({ appName: 'norm', url: each, functions: [] })).status, 200);
        await post({ appName: 'port', url: 'http://example.test:80/x', functions: [] });
        const { handlers } = (await suite.server.request('GET', '/dev')).json;
        assert.deepEqual(handlers.filter((app) => app.name === 'norm').map((app) => app.url), ['http://localhost:3000/x']);
        assert.deepEqual(handlers.filter((app) => app.name === 'port').map((app) => app.url), ['http://example.test/x']);
    });

    test('row 20: one invalid function refuses the whole sync, the version before remains', async () => {
        const app = await suite.app({ f: done, g: done });
        const before = await appData(app.id);
        const bad = { ...done, batchEvents: { maxSize: 5, timeout: '5s' }, cancel: [{ event: 'x/y' }] };
        app.functions = { f: { ...done, retries: 9 }, g: bad };
        refused(await post(app.registration()), 400, /At least one function is invalid.*app\d+-g.*(batch|cancel)/s);
        const now = await appData(app.id);
        assert.deepEqual(now.functions, before.functions);
        app.functions = { f: done, g: done };
        await app.outcome('g', 'Completed');
    });

    test('protocol 1.5: an expression that does not compile refuses the sync, the functions stay as they were', async () => {
        const app = await suite.app({ f: { ...done, on: 'cel/f' }, g: done });
        const before = await appData(app.id);
        app.functions = { f: { ...done, on: { event: 'cel/f', expression: 'event.data.x ==' } }, g: { ...done, retries: 9 }, h: done };
        refused(await post(app.registration()), 400, /app\d+-f: triggers\[0\]\.expression .* does not compile: column 16/);
        assert.deepEqual(await appData(app.id), before);
        app.functions = { f: { ...done, on: 'cel/f' }, g: done };
        await suite.server.send('cel/f', {});
        await until('a call of f', () => app.calls.some((call) => call.fn === 'f'));
    });

    test('row 21: null optional members count as absent', async () => {
        const nothing = Object.fromEntries(['rateLimit', 'idempotency', 'batchEvents', 'throttle', 'debounce', 'priority',
            'concurrency', 'singleton', 'timeouts', 'cancel', 'checkpoint', 'name', 'retries'].map((key) => [key, null]));
        const answer = await post({ ...one('nulls', nothing), framework: null, appVersion: null, deployId: null });
        assert.equal(answer.status, 200, answer.text);
        const [config] = (await appData('nulls')).functions;
        assert.deepEqual([config.name, config.retries, config.not_enforced], ['nulls-f', 4, []]);
    });

    test('row 23: GET /dev is 200 and a JSON object', async () => {
        const answer = await suite.server.request('GET', '/dev');
        assert.equal(answer.status, 200);
        for (const key of ['version', 'authed', 'startOpts', 'functions', 'handlers', 'isSingleNodeService', 'features'])
            assert.ok(key in answer.json, key);
        assert.equal(answer.json.startOpts.poll, false);
        assert.equal(answer.json.startOpts.retry_interval, 1);
    });

    test('protocol 2.5: SDK versions with a known hole are refused with a code', async () => {
        for (const [sdk, status] of [['js:v3.21.9', 200], ['js:v3.22.0', 400], ['js:v3.53.1', 400], ['js:v3.53.2', 200]]) {
            const answer = await post({ ...one('denied', {}), sdk });
            assert.equal(answer.status, status, `${sdk}: ${answer.text}`);
            assert.equal(answer.json.code, status === 400 ? 'sdk_version_denied' : undefined);
        }
    });

    test('protocol 2.8: DELETE /fn/remove takes the app away; 404 for an unknown one', async () => {
        const app = await suite.app({ f: done });
        const target = `/fn/remove?url=${encodeURIComponent(`http://127.0.0.1:${app.port}/api/inngest`)}`;
        assert.equal((await suite.server.request('DELETE', target)).status, 200);
        assert.equal((await suite.server.request('GET', `/v1/apps/${app.id}/functions`)).status, 404);
        const event = await app.send('f');
        assert.deepEqual(await suite.server.runs(event), []);
        refused(await suite.server.request('DELETE', target), 404);
        await app.register();
        await app.outcome('f', 'Completed');
    });

    const invalid = {
        'semantics 12.3: six cancelOn entries': [{ cancel: Array.from({ length: 6 }, (_, i) => ({ event: `c/${i}` })) }, /6/],
        'semantics 4.6: eleven triggers': [{ triggers: Array.from({ length: 11 }, (_, i) => ({ event: `t/${i}` })) }, /11 triggers/],
        'semantics 6.2: three concurrency entries': [{ concurrency: [{ limit: 1 }, { limit: 2 }, { limit: 3 }] }, /concurrency/],
        'semantics 6.2: env scope without key': [{ concurrency: [{ limit: 1, scope: 'env' }] }, /key/],
        'semantics 6.2: debounce and batch': [{ debounce: { period: '5s' }, batchEvents: { maxSize: 2, timeout: '5s' } }, /batch|debounce/],
        'semantics 6.2: singleton and batch': [{ singleton: { mode: 'skip' }, batchEvents: { maxSize: 2, timeout: '5s' } }, /batch|singleton/],
        'semantics 6.2: priority and batch': [{ priority: { run: '1' }, batchEvents: { maxSize: 2, timeout: '5s' } }, /batch|priority/],
        'semantics 6.2: debounce of 8 days': [{ debounce: { period: '8d' } }, /debounce/],
        'semantics 6.2: rate limit of 25 hours': [{ rateLimit: { limit: 1, period: '25h' } }, /rateLimit/],
        'semantics 6.2: rate limit of nothing': [{ rateLimit: { limit: 0, period: '1h' } }, /rateLimit/],
        'semantics 6.2: batch of one': [{ batchEvents: { maxSize: 1, timeout: '5s' } }, /batchEvents/],
        'protocol 1.5: batch timeout in days': [{ batchEvents: { maxSize: 2, timeout: '1d' } }, /batchEvents/],
        'semantics 6.2: trigger expression that does not compile': [{ triggers: [{ event: 'a/b', expression: 'event.data.x > (1' }] }, /does not compile/],
        'protocol 1.5: unfinished expression': [{ triggers: [{ event: 'a/b', expression: 'event.data.x ==' }] },
            /protocol15unfinishedexpression-f: triggers\[0\]\.expression "event\.data\.x ==" does not compile: column 16: expected a value, found the end/],
        'protocol 1.5: cancel expression with an unknown name': [{ cancel: [{ event: 'a/c', if: 'asink.data.x == 1' }] },
            /cancel\[0\]\.if .* column 1: asink is unknown/],
        'semantics 8.2: key with an unknown function': [{ rateLimit: { limit: 1, period: '1m', key: 'upper(event.data.x)' } },
            /rateLimit\.key .* no function upper\(\)/],
        'semantics 4.11: cron descriptor': [{ triggers: [{ cron: '@daily' }] }, /cron/],
        'semantics 4.3: cron of unknown zone': [{ triggers: [{ cron: 'TZ=Mars/Phobos * * * * *' }] }, /cron/],
        'semantics 4.2: the same trigger twice': [{ triggers: [{ event: 'a/b' }, { event: 'a/b' }] }, /repeats|duplicate/i],
        'semantics 4.2: inner wildcard': [{ triggers: [{ event: 'a/*/b' }] }, /wildcard/],
        'protocol 1.4: trigger name of 256 characters': [{ triggers: [{ event: 'a'.repeat(256) }] }, /255/],
        'protocol 2.6: no runtime URL': [{ steps: { step: { runtime: { type: 'http' } } } }, /url/],
        'protocol 2.6: no id': [{ id: '' }, /id/],
    };
    for (const [name, [config, message]] of Object.entries(invalid)) {
        test(`${name} is refused with the reason`, async () => {
            const appName = name.replaceAll(/[^a-z0-9]/g, '');
            const answer = await post(one(appName, config));
            refused(answer, 400, message);
            assert.match(answer.json.error, /At least one function is invalid/);
            assert.equal((await suite.server.request('GET', `/v1/apps/${appName}/functions`)).status, 404);
        });
    }

    test('semantics 12.3: five cancelOn entries are accepted', async () => {
        const answer = await post(one('five', { cancel: Array.from({ length: 5 }, (_, i) => ({ event: `c/${i}` })) }));
        assert.equal(answer.status, 200, answer.text);
    });
});

describe('what is not there yet is not silent', { concurrency: 64 }, () => {
    test('features that are not enforced are named once in the log and with the function', async () => {
        const app = await suite.app({ f: { ...done, concurrency: 2, debounce: { period: '5s' }, triggers: [{ cron: '0 0 1 1 *' }] } });
        const line = await until('the line', () => suite.server.logs.find((each) => each.includes(` ${app.id}-f (`)));
        assert.match(line, /concurrency/);
        assert.match(line, /debounce/);
        assert.match(line, /cron.*; a cron trigger does not start its function/);
        assert.match(line, /does not enforce/);
        await app.register();
        await app.register({ ...app.functions, g: done });
        await app.outcome('g', 'Completed');
        assert.equal(suite.server.logs.filter((each) => each.includes(` ${app.id}-f (`)).length, 1);
        const { not_enforced: names } = (await appData(app.id)).functions.find((each) => each.slug === `${app.id}-f`);
        for (const name of ['concurrency', 'debounce', 'cron'])
            assert.ok(names.includes(name), `${names}`);
    });

    test('an expression that cannot be evaluated yet starts nothing, and the answer about the runs says so', async () => {
        const app = await suite.app({
            filtered: { ...done, on: { event: 'ex/f', expression: 'event.data.x > 1' } },
            plain: { ...done, on: 'ex/f' } });
        const event = await suite.server.send('ex/f', { x: 2 });
        const [run] = await suite.server.runsOfEvent(event);
        await suite.server.waitForRun(run.run_id, 'Completed');
        const answer = await suite.server.request('GET', `/v1/events/${event}/runs`);
        assert.equal(answer.json.data.length, 1);
        const [skipped, ...others] = answer.json.metadata.skipped;
        assert.deepEqual(others, []);
        assert.equal(skipped.reason, 'filter_not_supported');
        assert.match(skipped.detail, /event\.data\.x > 1/);
        assert.notEqual(skipped.function_id, run.function_id);
        await until('a line about it', () => suite.server.log.includes(event));
        assert.deepEqual(app.calls.map((call) => call.fn), ['plain']);
    });

    test('semantics 13.8: an event that nothing listens to is stored and has no runs', async () => {
        await suite.app({ f: { ...done, on: 'shop/order.created' } });
        const event = await suite.server.send('shop/order.craeted', {});
        assert.deepEqual(await suite.server.runs(event), []);
        assert.equal((await suite.server.data('GET', `/v1/events/${event}`)).name, 'shop/order.craeted');
    });
});

describe('discovery and poll', { concurrency: 64 }, () => {
    test('row 4: discovery ignores a server without x-inngest-sdk', async () => {
        const port = await freePort();
        const asked = [];
        const headers = {};
        const plain = http.createServer((request, response) => {
            asked.push(`${request.method} ${request.url}`);
            response.writeHead(200, { 'content-type': 'text/html', ...headers });
            response.end('<h1>hello</h1>');
        });
        await new Promise((resolve) => { plain.listen(port, resolve); });
        const server = await Redrived.start({ discovery: true, pollInterval: 1, env: { PORT: String(port) } });
        try {
            const atPort = async () => (await server.request('GET', '/dev')).json.handlers.filter((app) => app.url.includes(`:${port}/`));
            await until('two rounds of discovery',
                () => asked.filter((line) => line === 'GET /api/inngest').length >= 2, { deadline: 15_000 });
            assert.deepEqual(await atPort(), []);
            assert.deepEqual(asked.filter((line) => line.startsWith('PUT')), []);
            headers['x-inngest-sdk'] = 'fake:v1'; // the check itself can fail: now it is an app
            await until('the app to be found', () => asked.some((line) => line.startsWith('PUT')), { deadline: 15_000 });
        } finally {
            await server.stop();
            plain.closeAllConnections();
            plain.close();
        }
    });

    journey('row 22: an app that goes down stays registered, its runs wait and go on', { pollInterval: 1 }, async (server, appOf) => {
        const app = await appOf({ f: { ...done, retries: 0 } });
        await app.close();
        const run = await app.begin('f');
        const waiting = await until('app_offline', async () => {
            const now = await server.run(run);
            return now.activity.some((each) => each.kind === 'app_offline') ? now : null;
        });
        assert.notEqual(waiting.status, 'Failed');
        await until('the poll to notice', async () =>
            (await server.data('GET', `/v1/apps/${app.id}/functions`)).error === 'unreachable');
        assert.equal((await server.data('GET', `/v1/apps/${app.id}/functions`)).functions.length, 1);
        await app.open();
        await server.waitForRun(run, 'Completed');
        assert.deepEqual(app.attemptsOf(run), [0]);
        await until('the error to be cleared', async () =>
            (await server.data('GET', `/v1/apps/${app.id}/functions`)).error === null);
    });

    journey('protocol 2.5: an app of another name at the address takes its place, and is asked alone', { pollInterval: 1 }, async (server, appOf) => {
        const script = (call) => (call.has('nap') ? ok('woken') : ops([sleep('nap', '1s')]));
        const app = await appOf({ f: { script } });
        const { id: before } = app;
        const run = await app.begin('f');
        await until('the nap', async () => (await server.run(run)).activity[0]?.kind === 'sleeping');

        app.id = 'renamed';
        await app.register({ f: done });
        assert.equal((await server.request('GET', `/v1/apps/${before}/functions`)).status, 404);
        await until('the log to say so', () => server.logs.some((line) => line.includes(`where app ${before} was`)));
        assert.deepEqual(await server.runs(await server.send(`${before}/f`, {})), []);
        await app.outcome('f', 'Completed');
        const { handlers } = (await server.request('GET', '/dev')).json;
        assert.deepEqual(handlers.filter((each) => each.url === app.url).map((each) => each.name), ['renamed']);
        const { puts } = app;
        await pause(3500);
        assert.ok(app.puts - puts <= 4, `${app.puts - puts} polls in 3.5 s`);

        await until('the old run to wait', async () => (await server.run(run)).activity[0]?.kind === 'no_handler');
        await appOf({ f: { script } }, { id: before }); // on a port of its own
        assert.equal((await server.waitForRun(run, 'Completed')).output, 'woken');
    });

    journey('protocol 2.3: the poll is a PUT with the server kind and the URL', { pollInterval: 1 }, async (server) => {
        const polls = [];
        const odd = http.createServer(async (request, response) => {
            let body = '';
            for await (const chunk of request)
                body += chunk;
            polls.push({ method: request.method, headers: request.headers, body });
            response.writeHead(403, { 'content-type': 'application/json' });
            response.end('{"message":"go away"}');
        });
        await new Promise((resolve) => { odd.listen(0, resolve); });
        const own = `http://localhost:${odd.address().port}/api/inngest`;
        try {
            assert.equal((await server.request('POST', '/fn/register', { appName: 'odd', url: own, functions: [] })).status, 200);
            await until('two polls', () => polls.length >= 4); // each looks first who is there
            assert.deepEqual(polls.slice(0, 4).map((poll) => poll.method), ['GET', 'PUT', 'GET', 'PUT']);
            assert.deepEqual(polls.map((poll) => poll.headers['x-inngest-server-kind']).filter((kind) => kind !== 'dev'), []);
            assert.deepEqual(JSON.parse(polls[1].body), { url: own });
            const app = await until('the error', async () => {
                const now = await server.data('GET', '/v1/apps/odd/functions');
                return now.error ? now : null;
            });
            assert.equal(app.error, 'forbidden');
            assert.match(app.error_detail, /go away/);
        } finally {
            odd.closeAllConnections();
            odd.close();
        }
    });

    test('an address where an app in cloud mode answers: it is not told to register until it is in dev mode', async () => {
        let isCloud = true;
        const asked = [];
        const app = http.createServer((request, response) => {
            asked.push(request.method);
            response.writeHead(isCloud ? 401 : 200, { 'content-type': 'application/json' });
            response.end(isCloud ? '{"message":"Unauthorized"}' : '{"mode":"dev"}');
        });
        await new Promise((resolve) => { app.listen(0, resolve); });
        const own = `http://localhost:${app.address().port}/api/inngest`;
        const server = await Redrived.start({ urls: [own], pollInterval: 0.5, args: ['--no-poll'] });
        try {
            await until('three looks', () => asked.length >= 3);
            assert.deepEqual(asked.filter((method) => method !== 'GET'), []);
            const { handlers } = (await server.request('GET', '/dev')).json;
            assert.deepEqual(handlers.map((each) => [each.url, each.error]), [[own, 'cloud_mode']]);
            assert.ok(server.logs.some((line) => line.includes('INNGEST_DEV=1') && line.includes('--signing-key')), server.log);
            isCloud = false;
            await until('the app to be told', () => asked.includes('PUT'));
        } finally {
            await server.stop();
            app.closeAllConnections();
            app.close();
        }
    });

    test('protocol 2.1: /dev lists an address where nobody registered yet, and half a second', async () => {
        const own = `http://localhost:${await freePort()}/api/inngest`;
        const server = await Redrived.start({ urls: [own], pollInterval: 0.5 });
        const dev = async () => (await server.request('GET', '/dev')).json;
        try {
            const { handlers, startOpts } = await dev();
            assert.deepEqual(handlers.map((app) => [app.name, app.url, app.error]), [['', own, 'unreachable']]);
            assert.equal(startOpts.poll_interval, 0.5);
            assert.equal((await server.request('DELETE', `/fn/remove?url=${own}`)).status, 200);
            assert.deepEqual((await dev()).handlers, []);
        } finally {
            await server.stop();
        }
    });

    test('issue 2: an app of -u that cannot be reached, and one that answers and does not register', async () => {
        const port = await freePort();
        const polls = [];
        const odd = http.createServer((request, response) => {
            polls.push(request.method);
            response.writeHead(200, { 'content-type': 'application/json', 'x-inngest-sdk': 'py:v0.5.18' });
            response.end('{"message":"Successfully registered"}');
        });
        const own = `http://localhost:${port}/api/inngest`;
        const server = await Redrived.start({ pollInterval: 1, urls: [own], args: ['--no-poll'] });
        const lines = (text) => server.logs.filter((line) => line.includes(own) && line.includes(text));
        try {
            await until('the line', () => lines('cannot reach').length === 1);
            await new Promise((resolve) => { odd.listen(port, resolve); });
            await until('the other line', () => lines('did not register').length === 1);
            assert.match(lines('did not register')[0], new RegExp(`INNGEST_DEV=http://localhost:${server.port} `));
            const asked = polls.length;
            await until('two more polls', () => polls.length >= asked + 2); // it may register yet
            const refusal = { appName: 'odd', url: own, functions: [{ id: 'odd-f', triggers: [{}] }] };
            for (let i = 0; i < 3; ++i)
                refused(await server.request('POST', '/fn/register', refusal), 400);
            const said = () => server.logs.filter((line) => /the registration of app odd was refused: .*neither or both/.test(line));
            await until('the refusal', () => said().length === 1);
            const later = polls.length;
            await until('two polls after it', () => polls.length >= later + 2);
            assert.deepEqual([said().length, lines('neither or both').length], [1, 1], server.log);
            assert.deepEqual([lines('cannot reach').length, lines('did not register').length], [1, 1]);
        } finally {
            await server.stop();
            odd.closeAllConnections();
            odd.close();
        }
    });

    test('an app that looks for another port: the log names the address to give it', async () => {
        const lost = http.createServer((request, response) => {
            response.writeHead(500, { 'content-type': 'application/json', 'x-inngest-sdk': 'js:v4.24.0' });
            response.end('{"message":"Failed to register; fetch failed"}');
        });
        const port = await freePort();
        await new Promise((resolve) => { lost.listen(port, resolve); });
        const server = await Redrived.start({ pollInterval: 1, urls: [`http://localhost:${port}/api/inngest`] });
        try {
            await until('the line', () => server.logs.some((line) =>
                line.includes(`fetch failed; start it with INNGEST_DEV=http://localhost:${server.port} `)));
        } finally {
            await server.stop();
            lost.closeAllConnections();
            lost.close();
        }
    });

    test('README: what is not enforced is named at log level warning, too', async () => {
        const server = await Redrived.start({ args: ['--log-level', 'warning'] });
        const app = await FakeApp.start({ server, id: 'quiet', functions: { f: { ...done, rateLimit: { limit: 1, period: '1m' } } } });
        try {
            await until('the notice', () => server.logs.some((line) => line.includes('quiet-f (rateLimit)')));
            await app.outcome('f', 'Completed');
            assert.deepEqual(server.logs.filter((line) => line.includes('scheduled') || line.includes('synced')), []);
        } finally {
            await app.close();
            await server.stop();
        }
    });

    test('issue 2: --no-poll asks no app that is fine', async () => {
        const server = await Redrived.start({ pollInterval: 1, args: ['--no-poll'] });
        const app = await FakeApp.start({ server, functions: { f: done } });
        try {
            await pause(2500);
            assert.equal(app.puts, 0);
        } finally {
            await app.close();
            await server.stop();
        }
    });
});
