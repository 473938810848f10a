// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Apps found by address, kept up to date and told apart (issue 2 point 2; protocol 2, 16 rows 1, 2, 11 to 15, 23).

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { Redrived } from '../lib/redrived.mjs';
import { freePort, pause, until } from '../lib/wait.mjs';
import { App, label, usual } from './apps/app.mjs';
import { begin, journey } from './apps/journey.mjs';

/** Functions of an app that changes: name → config. Each says which version of the code ran. */
const serving = (functions, version) => (define) => Object.entries(functions).map(([name, config]) =>
    define(name, config, async ({ mark, event }) => {
        mark('work', { version });
        if (event.data.fail)
            throw new Error('told to fail');
        return version;
    }));

const syncs = (app) => app.calls.filter((call) => call.method === 'PUT' && call.status === 200).length;

/** Restarts the app with other functions; back when the server has noticed by its poll. */
async function redeploy(app, functions, version) {
    await app.stop();
    const known = syncs(app);
    await app.listen({ functions: serving(functions, version) });
    await until('the server to notice the new code', () => syncs(app) > known, { deadline: 10_000 });
}

const plain = { one: {}, two: {} };

describe(`sync, ${label(usual)}`, { concurrency: 64 }, () => {
    journey('rows 1, 11: PUT registers the app, a second one changes nothing', { functions: serving(plain, 1) },
        async (server, app) => {
            const again = await app.sync();
            assert.match(again.message, /Successfully registered/);
            assert.ok(!again.modified, JSON.stringify(again));
            assert.equal((await server.waitForRun(await begin(server, app, 'one'), 'Completed')).output, 1);
        });

    test('row 2: an address given at start is polled until the app is there', async () => {
        const port = await freePort();
        const server = await Redrived.start({ pollInterval: 1, urls: [`127.0.0.1:${port}/api/inngest`] });
        let app;
        try {
            await pause(1500);
            app = await App.start({ port, server, functions: serving(plain, 1) });
            await until('the poll to find the app', () => syncs(app) > 0, { deadline: 3000 });
            assert.equal((await server.waitForRun(await begin(server, app, 'one'), 'Completed')).output, 1);
        } finally {
            await app?.stop();
            await server.stop();
        }
    });

    test('issue 2 point 2: an address given at start, app there first', async () => {
        const port = await freePort();
        const serverPort = await freePort();
        const app = await App.start({ port, server: `http://127.0.0.1:${serverPort}`, functions: serving(plain, 1) });
        let server;
        try {
            server = await Redrived.start({ port: serverPort, pollInterval: 30, urls: [app.url] });
            await until('the app to be registered', () => syncs(app) > 0, { deadline: 3000 });
            assert.equal((await server.waitForRun(await begin(server, app, 'two'), 'Completed')).output, 1);
        } finally {
            await app.stop();
            await server?.stop();
        }
    });

    journey('issue 2 point 2: new code and a new function are noticed without a PUT from outside',
        { functions: serving(plain, 1) }, async (server, app) => {
            await redeploy(app, { ...plain, three: {} }, 2);
            assert.equal((await server.waitForRun(await begin(server, app, 'one'), 'Completed')).output, 2);
            assert.equal((await server.waitForRun(await begin(server, app, 'three'), 'Completed')).output, 2);
        });

    journey('row 12: a changed number of retries counts for the next run', { functions: serving({ one: { retries: 0 } }, 1) },
        async (server, app) => {
            const first = await server.outcome(app.event('one'), { fail: true }, 'Failed');
            assert.equal(app.journal.count(first.run_id, 'work'), 1);
            await redeploy(app, { one: { retries: 2 } }, 2);
            const second = await server.outcome(app.event('one'), { fail: true }, 'Failed');
            assert.deepEqual(app.journal.attempts(second.run_id, 'work'), [0, 1, 2]);
        });

    journey('rows 13, 14: a removed function starts nothing; added again it has its old identity',
        { functions: serving(plain, 1) }, async (server, app) => {
            const before = await server.outcome(app.event('two'), {}, 'Completed');
            await redeploy(app, { one: {} }, 2);
            const unheard = await server.send(app.event('two'), {});
            await server.waitForRun(await begin(server, app, 'one'), 'Completed');
            assert.deepEqual(await server.runs(unheard), []);
            await redeploy(app, plain, 3);
            const after = await server.outcome(app.event('two'), {}, 'Completed');
            assert.equal(after.output, 3);
            assert.equal(after.function_id, before.function_id);
            assert.deepEqual(await server.runs(unheard), []);
        });

    journey('row 15: two apps with equal function ids do not collide', { functions: serving(plain, 'a'), app: { id: 'app-a' } },
        async (server, first) => {
            const second = await App.start({ id: 'app-b', server, functions: serving({ one: { on: 'app-a/one' } }, 'b') });
            try {
                await second.sync();
                const runs = await server.runsOfEvent(await server.send(first.event('one'), {}), 2);
                const done = await Promise.all(runs.map((run) => server.waitForRun(run.run_id, 'Completed')));
                assert.deepEqual(done.map((run) => run.output).sort(), ['a', 'b']);
                assert.notEqual(done[0].function_id, done[1].function_id);
            } finally {
                await second.stop();
            }
        });

    journey('semantics 10.6: after a restart the server still knows the functions, without any sync',
        { functions: serving(plain, 1), server: { args: ['--no-poll'] } }, async (server, app) => {
            const known = syncs(app);
            await server.kill();
            await server.restart();
            assert.equal((await server.waitForRun(await begin(server, app, 'one'), 'Completed')).output, 1);
            assert.equal(syncs(app), known);
        });

    journey('issue 2: a function that uses what comes later is accepted, and said so in the log',
        { functions: serving({ one: { concurrency: 2 }, two: {} }, 1) }, async (server, app) => {
            assert.equal((await server.waitForRun(await begin(server, app, 'two'), 'Completed')).output, 1);
            await until('a line about concurrency', () => /concurrency/i.test(server.log), { deadline: 5000 });
        });
});
