// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// How apps with the Python SDK register: asked by the server, changed, with a signing key, and when it is refused. This
// SDK passes the answer of /fn/register on with status 200, whatever it is (protocol 2.5).

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { Redrived } from '../lib/redrived.mjs';
import { until } from '../lib/wait.mjs';
import { PythonApp } from './pythonapp.mjs';

// Made-up keys of the documented form, for these tests only.
const [key, otherKey] = ['5', '6'].map((digit) => `signkey-test-${digit.repeat(64)}`);

/** What the server says of the address of an app, once it is as wanted. */
function listed(server, app, wanted) {
    const own = app.url.replace('127.0.0.1', 'localhost');
    return until(`${own} in /dev`, async () => {
        const { handlers } = (await server.request('GET', '/dev')).json;
        const found = handlers.find((each) => each.url === own);
        return found && wanted(found) ? found : null;
    });
}

/** A server that knows the addresses of the apps, and apps that wait to be asked. */
function scene({ server: options = {}, apps }) {
    const scene = { apps: {} };
    before(async () => {
        const own = Object.entries(apps);
        // The apps are told the address of the server, and the server theirs.
        scene.server = await Redrived.start({ pollInterval: 1, ...options });
        await Promise.all(own.map(async ([id, more]) => {
            scene.apps[id] = await PythonApp.start({ server: scene.server, id, ...more });
        }));
        await scene.server.kill();
        await scene.server.restart({ urls: Object.values(scene.apps).map((app) => app.url) });
    });
    after(async () => {
        await Promise.all(Object.values(scene.apps).map((app) => app.stop()));
        await scene.server?.stop();
    });
    return scene;
}

const isRegistered = (app) => app.name && !app.error;

describe('Python: registration at a server with a signing key', { concurrency: 8 }, () => {
    const keyed = (signingKey) => ({ INNGEST_SIGNING_KEY: signingKey, INNGEST_EVENT_KEY: 'test' });
    const it = scene({
        server: { args: ['--signing-key', key], bearer: key },
        apps: {
            cloud: { functions: 'steps', isCloud: true, env: keyed(key) },
            dev: { functions: 'steps', env: keyed(key) },
            keyless: { functions: 'steps' },
            stranger: { functions: 'steps', isCloud: true, env: keyed(otherKey) },
        },
    });

    for (const id of ['cloud', 'dev']) {
        test(`rows 2, 136: an app in ${id} mode with the key registers when the server asks it`, async () => {
            const { name, sdk } = await listed(it.server, it.apps[id], isRegistered);
            assert.deepEqual([name, sdk], [id, 'py:v0.5.19']);
            const run = await it.server.outcome(it.apps[id].event('two'), {}, 'Completed');
            assert.deepEqual(run.output, { a: { v: 1 }, b: 42 });
        });
    }

    test('row 52: an app in cloud mode accepts the signed calls; its answers are signed', async () => {
        const app = it.apps.cloud;
        await listed(it.server, app, isRegistered);
        const result = { pi: 3.14159, text: 'zażółć', deep: { b: 1, a: [1e21, -0.5] } };
        const run = await it.server.outcome(app.event('result'), { result }, 'Completed');
        assert.deepEqual(run.output, result);
        for (const attempt of await it.server.attempts(run.run_id))
            assert.equal(attempt.response.signature, 'valid');
    });

    test('rows 49, 136: state over 4 MiB is fetched with the key', async () => {
        const app = it.apps.cloud;
        await listed(it.server, app, isRegistered);
        const run = await it.server.outcome(app.event('large'), {}, 'Completed');
        assert.deepEqual(run.output, { total: 6 * 1024 * 1024 });
    });

    for (const id of ['keyless', 'stranger']) {
        test(`an app that registers without the key is named with the reason: ${id}`, async () => {
            const { error, error_detail: detail } = await listed(it.server, it.apps[id], (app) => app.error !== 'unreachable');
            assert.equal(error, 'unauthorized');
            assert.match(detail, /signing key|bearer/i);
            assert.doesNotMatch(detail, /INNGEST_DEV/);
        });
    }
});

describe('Python: registration that changes or is refused', { concurrency: 8 }, () => {
    const it = scene({
        apps: {
            changing: { functions: 'recovery' },
            refused: { functions: 'refused' },
            lost: { functions: 'steps', env: { INNGEST_DEV: 'http://127.0.0.1:9' } },
        },
    });

    test('rows 12, 13: the functions of an app that was changed take the place of the old ones', async () => {
        const { server, apps: { changing: app } } = it;
        await listed(server, app, isRegistered);
        assert.equal((await server.outcome(app.event('body-broken'), {}, 'Completed')).output, 'fine');
        await app.kill();
        await app.listen({ functions: 'failures' });
        await until('the new functions', async () =>
            (await server.request('GET', '/dev')).json.functions.some((one) => one.slug === app.slug('fine')));
        assert.deepEqual((await server.outcome(app.event('good'), {}, 'Completed')).output, { ok: app.event('good') });
        assert.deepEqual(await server.runs(await server.send(app.event('body-broken'), {})), []);
    });

    test('row 20: a function that is refused is named with the reason', async () => {
        const { error, error_detail: detail } = await listed(it.server, it.apps.refused, (app) => app.error !== 'unreachable');
        assert.equal(error, 'bad_request');
        assert.match(detail, /batch/i);
        await until('the log to say so', () => it.server.logs.some((line) => line.includes(detail)));
    });

    test('an app that looks for another server: the log names the address to give it', async () => {
        await until('the line', () => it.server.logs.some((line) =>
            line.includes('127.0.0.1:9/fn/register') && line.includes(`INNGEST_DEV=http://localhost:${it.server.port} `)));
    });
});
