// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Failure handlers, and functions that listen to the server's own events.

class PaymentError extends Error {
    constructor(message, options) {
        super(message, options);
        this.name = 'PaymentError';
    }
}

/** Notes what a handler or a listener was told, under the run that it is about. */
function told({ event, mark }) {
    mark('told', { about: event.data.run_id, event });
}

export function failures(define, app) {
    return [
        define('guarded', {
            retries: 1,
            onFailure: async (context) => {
                told(context);
                const { error, event, step, mark } = context;
                mark('handled', {
                    about: event.data.run_id,
                    original: event.data.event,
                    error: { name: error.name, message: error.message, stack: error.stack, cause: error.cause?.message },
                });
                return step.run('notify', () => {
                    mark('notify', { about: event.data.run_id });
                    return { told: event.data.event.data.order };
                });
            },
        }, async ({ event, mark }) => {
            mark('work');
            if (event.data.fail !== false)
                throw new PaymentError('card declined', { cause: new Error('limit reached') });
            return 'paid';
        }),
        define('guarded-step', { retries: 0, onFailure: async (context) => told(context) }, async ({ step }) =>
            step.run('charge', () => { throw new PaymentError('step declined'); })),
        define('unguarded', { retries: 0 }, async () => { throw new Error('nobody cares'); }),
        define('bad-handler', {
            retries: 0,
            onFailure: async (context) => {
                told(context);
                throw new Error('handler broken');
            },
        }, async () => { throw new Error('first'); }),
        define('sleeper', { onFailure: async (context) => told(context) }, async ({ step }) => step.sleep('long', '1h')),
        define('fine', {}, async () => ({ ok: true })),
        define('on-failed', { on: 'inngest/function.failed' }, told),
        define('on-finished', { on: 'inngest/function.finished' }, told),
        define('on-cancelled', { on: 'inngest/function.cancelled' }, told),
        define('invoked-only', { on: [] }, async ({ event }) => ({ name: event.name, x: event.data.x })),
        define('invoked-too', {}, async ({ event, step }) => {
            const doubled = await step.run('double', () => event.data.x * 2);
            return { name: event.name, doubled };
        }),
        define('echo', {}, async ({ event }) => ({ event })),
        define('first-of-two', { on: app.event('shared') }, async () => 'first'),
        define('second-of-two', { on: app.event('shared') }, async () => 'second'),
        define('either', { on: [app.event('one-way'), app.event('other-way')] }, async ({ event }) => event.name),
    ];
}
