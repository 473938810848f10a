// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What the guides on errors and retries promise, one function each.

class CardError extends Error {
    constructor(message, options) {
        super(message, options);
        this.name = 'CardError';
    }
}

/** Functions whose body or single step fails as often as `event.data.times` says (default: always). */
function failing(define) {
    const body = async ({ event, attempt }) => {
        if (attempt < (event.data.times ?? Infinity))
            throw new CardError(`declined ${attempt}`);
        return { attempt };
    };
    const step = async ({ step: tools, event, attempt, mark }) => tools.run('charge', () => {
        mark('charge');
        if (attempt < (event.data.times ?? Infinity))
            throw new CardError(`declined ${attempt}`);
        return { attempt };
    });
    return [
        define('body-default', {}, body),
        define('step-default', {}, step),
        define('body-10', { retries: 10 }, body),
        define('step-10', { retries: 10 }, step),
        define('body-0', { retries: 0 }, body),
        define('step-0', { retries: 0 }, step),
        define('step-1', { retries: 1 }, step),
    ];
}

function alone(define) {
    return [
        define('two-steps', {}, async ({ step, attempt, mark }) => {
            const first = await step.run('first', () => {
                mark('first');
                return { id: 7 };
            });
            const second = await step.run('second', () => {
                mark('second');
                if (attempt < 2)
                    throw new Error(`second ${attempt}`);
                return first.id + 1;
            });
            return { first, second };
        }),
        define('both-flaky', { retries: 2 }, async ({ step, attempt, mark }) => {
            for (const name of ['first', 'second']) {
                await step.run(name, () => {
                    mark(name);
                    if (attempt < 2)
                        throw new Error(`${name} ${attempt}`);
                });
            }
            return 'done';
        }),
        define('step-then-body', {}, async ({ step, attempt, mark }) => {
            await step.run('work', () => {
                mark('work');
                if (attempt < 2)
                    throw new Error(`work ${attempt}`);
            });
            mark('after');
            if (attempt < 1)
                throw new Error(`after ${attempt}`);
            return 'done';
        }),
        define('body-then-step', {}, async ({ step, attempt, mark }) => {
            if (attempt === 0)
                throw new Error('body first');
            return step.run('work', () => {
                mark('work');
                if (attempt === 1)
                    throw new Error('work once');
                return { attempt };
            });
        }),
    ];
}

function nonRetriable(define) {
    return [
        define('final-step-caught', {}, async ({ step, mark, kit }) => {
            try {
                await step.run('order', () => {
                    mark('order');
                    throw new kit.NonRetriableError('no such customer');
                });
            } catch (error) {
                mark('caught', { message: error.message });
                return { caught: error.message, name: error.name };
            }
            return 'not reached';
        }),
        define('final-step', {}, async ({ step, mark, kit }) => step.run('order', () => {
            mark('order');
            throw new kit.NonRetriableError('no such customer');
        })),
        define('final-body', {}, async ({ step, mark, kit }) => {
            await step.run('look', () => { mark('look'); });
            mark('after');
            throw new kit.NonRetriableError('no such order', { cause: new Error('deleted') });
        }),
    ];
}

/** `event.data.after` names the form of the delay of 3 s. */
function retryAfter(define) {
    const delay = (form) => ({
        number: 3000,
        string: '3s',
        date: new Date(Date.now() + 3000),
        past: new Date(Date.now() - 60_000),
    })[form];
    return [
        define('after-step', {}, async ({ step, event, attempt, mark, kit }) => step.run('call', () => {
            mark('call');
            if (attempt === 0)
                throw new kit.RetryAfterError('rate limited', delay(event.data.after));
            return { attempt };
        })),
        define('after-body', {}, async ({ event, attempt, kit }) => {
            if (attempt === 0)
                throw new kit.RetryAfterError('rate limited', delay(event.data.after));
            return { attempt };
        }),
        define('after-exhausted', { retries: 1 }, async ({ kit }) => {
            throw new kit.RetryAfterError('rate limited', '1s');
        }),
    ];
}

/** Fallback and rollback: plain control flow around a step that failed for good. */
function rollback(define) {
    return [
        define('fallback', { retries: 1 }, async ({ step, mark }) => {
            try {
                return await step.run('primary', () => {
                    mark('primary');
                    throw new Error('provider down');
                });
            } catch (error) {
                return step.run('secondary', () => {
                    mark('secondary');
                    return { from: 'secondary', because: error.message };
                });
            }
        }),
        define('fallback-then', { retries: 1 }, async ({ step, mark }) => {
            const picture = await step
                .run('primary', () => {
                    mark('primary');
                    throw new Error('provider down');
                })
                .catch((error) => step.run('secondary', () => {
                    mark('secondary');
                    return error.message;
                }));
            return { picture };
        }),
        define('rollback', { retries: 1 }, async ({ step, attempt, mark }) => {
            await step.run('reserve', () => { mark('reserve'); });
            try {
                await step.run('charge', () => {
                    mark('charge');
                    throw new CardError('declined');
                });
            } catch {
                await step.run('release', () => {
                    mark('release');
                    if (attempt === 0)
                        throw new Error('release once');
                });
                return { rolledBack: true };
            }
            return { rolledBack: false };
        }),
    ];
}

export function retries(define) {
    return [failing, alone, nonRetriable, retryAfter, rollback].flatMap((part) => part(define));
}
