// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Functions that are somewhere in the middle when the server or the app goes away.
// The app object carries what a journey switches: `broken` (the cause of failures), `gate` (a promise).

export function recovery(define, app) {
    const broken = () => app.broken ?? false;
    return [
        define('sleeper', {}, async ({ step, event, mark }) => {
            await step.run('before', () => { mark('before'); });
            await step.sleep('nap', event.data.nap);
            return step.run('after', () => {
                mark('after');
                return 'rested';
            });
        }),
        define('in-flight', { retries: 0 }, async ({ step, mark }) => {
            const a = await step.run('a', () => {
                mark('a');
                return 'a';
            });
            const b = await step.run('b', async () => {
                mark('b');
                await app.gate;
                return 'b';
            });
            return a + b;
        }),
        define('branches', { retries: 0 }, async ({ step, mark }) => Promise.all(['quick', 'held'].map((name) =>
            step.run(name, async () => {
                mark(name);
                if (name === 'held')
                    await app.gate;
                return name;
            })))),
        define('backing-off', { retries: 1 }, async ({ step, attempt, mark, kit }) => {
            await step.run('before', () => { mark('before'); });
            return step.run('call', () => {
                mark('call');
                if (attempt === 0)
                    throw new kit.RetryAfterError('busy', '4s');
                return { attempt };
            });
        }),
        define('plain', { retries: 0 }, async ({ event, mark }) => {
            mark('work');
            return event.data.n ?? null;
        }),
        define('breaks', { retries: 1 }, async ({ step, attempt, mark }) => {
            await step.run('before', () => { mark('before'); });
            return step.run('call', async () => {
                mark('call');
                if (attempt === 0)
                    await app.stop();
                return { attempt };
            });
        }),
        define('order', { retries: 1 }, async ({ step, event, mark }) => {
            const paid = await step.run('charge', () => {
                mark('charge');
                return { receipt: `r-${event.data.order ?? 0}` };
            });
            await step.sleep('settle', '1s');
            const shipped = await step.run('ship', () => {
                mark('ship');
                if (broken())
                    throw new Error(`warehouse 17 offline, order ${event.data.order ?? 0}`);
                return 'shipped';
            });
            await step.run('mail', () => { mark('mail'); });
            return { paid, shipped };
        }),
        define('body-broken', { retries: 3 }, async ({ step, mark, kit }) => {
            await step.run('first', () => { mark('first'); });
            mark('after');
            if (broken())
                throw new kit.NonRetriableError('bad configuration');
            return 'fine';
        }),
        define('caught-then-broken', { retries: 0 }, async ({ step, mark }) => {
            try {
                await step.run('primary', () => {
                    mark('primary');
                    throw new Error('primary down');
                });
            } catch {
                await step.run('undo', () => { mark('undo'); });
            }
            return step.run('last', () => {
                mark('last');
                if (broken())
                    throw new Error('last down');
                return 'done';
            });
        }),
    ];
}
