// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// The one journey that waits for the real back-off (semantics 2.4); the whole table is checked under the fake clock.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { Redrived } from '../lib/redrived.mjs';
import { until } from '../lib/wait.mjs';
import { App, label, usual } from './apps/app.mjs';
import { begin } from './apps/journey.mjs';
import { retries } from './apps/retries.mjs';

describe(`real back-off, ${label(usual)}`, { concurrency: 8 }, () => {
    let server;
    let app;

    before(async () => {
        server = await Redrived.start({ memory: true, retryInterval: null });
        app = await App.start({ server, functions: retries });
        await app.sync();
    });
    after(async () => {
        await app?.stop();
        await server?.stop();
    });

    for (const [name, what] of [['body-default', 'body'], ['step-default', 'charge']]) {
        test(`row 76: ${name}: the first retry comes after 15 to 45 s`, async () => {
            const run = await begin(server, app, name, { times: 1 });
            await until('the first attempt', () => app.journal.count(run, what) === 1);
            await server.waitForRun(run, 'Completed', { deadline: 60_000 });
            const [gap] = app.journal.gaps(run, what);
            assert.ok(gap >= 15_000 && gap < 46_500, `retried after ${gap} ms`);
        });
    }

    test('semantics 2.5: retry-after goes before the table', async () => {
        const run = await server.outcome(app.event('after-step'), { after: 'string' }, 'Completed');
        const [gap] = app.journal.gaps(run.run_id, 'call');
        assert.ok(gap >= 3000 && gap < 5500, `retried after ${gap} ms`);
    });
});
