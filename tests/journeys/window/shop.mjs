// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// An app of the official SDK for the journeys through the window: usage: shop.mjs <server> <folder>.
// `charge` fails until the file <folder>/fixed exists. Each step writes a line `<run> <ms> <step>` to
// <folder>/log before it answers: the judge of what ran how often, and when. `audit` is in the middle of a step
// until the file <folder>/go exists.

import { appendFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { App } from '../sdk/apps/app.mjs';

const [server, folder] = process.argv.slice(2);

function note(run, step) {
    appendFileSync(path.join(folder, 'log'), `${run} ${Date.now()} ${step}\n`);
}

const app = await App.start({
    id: 'shop',
    server,
    functions: (define) => [
        define('order', { retries: 0 }, async ({ event, step, runId }) => {
            const order = await step.run('load', () => {
                note(runId, 'load');
                return { id: event.data.id, total: 12.5 };
            });
            const charge = await step.run('charge', () => {
                note(runId, 'charge');
                if (event.data.bad && !existsSync(path.join(folder, 'fixed')))
                    throw new Error('the card was declined');
                return { paid: order.total };
            });
            await step.run('ship', async () => {
                if (event.data.bad)
                    await delay(400); // what does not wait for it has begun meanwhile
                note(runId, 'ship');
                return charge;
            });
            return { shipped: order.id };
        }),
        define('audit', { retries: 3 }, async ({ step, runId }) => {
            await step.run('count', () => {
                note(runId, 'count');
                return 12;
            });
            return await step.run('compare', async () => {
                note(runId, 'compare');
                while (!existsSync(path.join(folder, 'go')))
                    await delay(20);
                return 'equal';
            });
        }),
    ],
});
await app.sync();
console.log(`ready ${app.event('order')}`);
