// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Nothing configured on either side: default port of the server, app on port 3000 (protocol 2.1, 2.3).
// Uses fixed ports, so nothing else may use them meanwhile.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { Redrived } from '../lib/redrived.mjs';
import { until } from '../lib/wait.mjs';
import { App, label, usual, version } from './apps/app.mjs';
import { begin } from './apps/journey.mjs';

const functions = (define) => [
    define('hello', {}, async ({ step, event }) => {
        const text = await step.run('greet', () => `Hello ${event.data.name}`);
        return { text };
    }),
];

describe(`auto-discovery, ${label(usual)}`, () => {
    let server;
    let app;

    before(async () => {
        server = await Redrived.start({ port: null, memory: true, discovery: true, pollInterval: 1 });
    });
    after(async () => {
        await app?.stop();
        await server?.stop();
    });

    test('issue 2 point 7: without --port the server listens on 8288', () => {
        assert.equal(server.port, 8288);
    });

    test('row 3: an app on port 3000 is found and runs; row 23: SDK v3 finds the server by itself', async () => {
        // v3 infers development from the environment and probes GET /dev; v4 has to be told.
        const client = version === 3 ? { isDev: undefined } : { isDev: true };
        app = await App.start({ id: 'found', port: 3000, client, functions });
        await until('the server to find the app', () => app.calls.some((call) => call.method === 'PUT' && call.status === 200),
            { deadline: 15_000 });
        const run = await server.waitForRun(await begin(server, app, 'hello', { name: 'you' }), 'Completed');
        assert.deepEqual(run.output, { text: 'Hello you' });
    });

    test('issue 2 point 3: the SDK sends events to the default address', async () => {
        const { ids } = await app.client.send({ name: app.event('hello'), data: { name: 'SDK' } });
        const run = await server.waitForRun(await server.runOf(ids[0]), 'Completed');
        assert.deepEqual(run.output, { text: 'Hello SDK' });
    });
});

test(`semantics 10.6: an app on another port is found although another is known from before, ${label(usual)}`, async () => {
    const options = { discovery: true, pollInterval: 1 };
    const server = await Redrived.start(options);
    let app = await App.start({ server, id: 'yesterday', port: 3000, functions });
    try {
        const wasAsked = () => app.calls.some((call) => call.method === 'PUT' && call.status === 200);
        await until('the server to find the first app', wasAsked, { deadline: 15_000 });
        await server.kill('SIGTERM');
        await app.stop();

        await server.restart();
        app = await App.start({ server, id: 'today', port: 3001, functions });
        await until('the server to find the second app', wasAsked, { deadline: 15_000 });
        const run = await server.waitForRun(await begin(server, app, 'hello', { name: 'again' }), 'Completed');
        assert.deepEqual(run.output, { text: 'Hello again' });
    } finally {
        await app.stop();
        await server.stop();
    }
});

/** What the server knows of the address of an app. */
const at = async (server, port) =>
    (await server.request('GET', '/dev')).json.handlers.find((handler) => handler.url.includes(`:${port}/`));

/** What people forget to set; the environment of the tests has none of it. */
const cloud = {
    'with a signing key': { isDev: false, signingKey: 'signkey-test-0123abcd' },
    'without one': { isDev: false },
};
for (const [which, client] of Object.entries(cloud)) {
    test(`an app in cloud mode, ${which}, is told beside one that has synced, ${label(usual)}`, async () => {
        const good = await App.start({ id: 'good', port: 3000, functions });
        const bad = await App.start({ id: 'bad', port: 3001, client, functions });
        const server = await Redrived.start({ port: null, memory: true, discovery: true, pollInterval: 1 });
        try {
            await until('the server to know both', async () => (await at(server, 3000))?.name === 'good'
                && (await at(server, 3001))?.error === 'cloud_mode', { deadline: 15_000 });
            const { error_detail: detail } = await at(server, 3001);
            assert.match(detail, /INNGEST_DEV=1/);
            assert.ok(!bad.calls.some((call) => call.method === 'PUT'), 'it would register with production');

            await bad.stop();
            await bad.listen({ client: { isDev: true } });
            await until('it to sync in dev mode', async () => (await at(server, 3001))?.name === 'bad', { deadline: 15_000 });
        } finally {
            await bad.stop();
            await good.stop();
            await server.stop();
        }
    });
}

for (const [which, client] of Object.entries(cloud)) {
    test(`an app that has synced and comes back in cloud mode, ${which}, is told to be so, ${label(usual)}`, async () => {
        const server = await Redrived.start({ pollInterval: 1 });
        const app = await App.start({ server, id: 'shop', port: 0, functions });
        const known = () => at(server, app.port);
        try {
            await app.sync();
            await until('it to be synced', async () => (await known())?.name === 'shop' && !(await known()).error);
            await app.stop();
            app.calls.length = 0;
            await app.listen({ client });
            await until('it to be told', async () => (await known())?.error === 'cloud_mode');
            assert.match((await known()).error_detail, /INNGEST_DEV=1/);
            const run = await server.runOf(await server.send('shop/hello', { name: 'you' }));
            const [attempt] = await until('a refused call', async () => {
                const all = (await server.data('GET', `/v1/runs/${run}/attempts`)).filter((each) => each.error);
                return all.length > 0 ? all : null;
            });
            assert.match(attempt.error.message, /runs in cloud mode and refused the call .*INNGEST_DEV=1/);
            assert.equal(attempt.outcome, 'app_offline'); // no attempt is used up
            await server.kill('SIGTERM');
            await server.restart();
            await until('it to be looked at', () => app.calls.filter((call) => call.method === 'GET').length > 3);
            assert.equal((await known()).error, 'cloud_mode');
            assert.ok(!app.calls.some((call) => call.method === 'PUT'), 'it would register with production');

            await app.stop();
            await app.listen({ client: { isDev: true } });
            await until('it to sync in dev mode', async () => !(await known()).error, { deadline: 15_000 });
            await server.waitForRun(run, 'Completed', { deadline: 60_000 });
        } finally {
            await app.stop();
            await server.stop();
        }
    });
}
