// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Steps and what they return, repeated ids, sleeps, parallel steps, large state.

const range = (count) => Array.from({ length: count }, (_, index) => index);

function values(define) {
    return [
        define('two', {}, async ({ step, mark }) => {
            const a = await step.run('a', () => {
                mark('a');
                return { v: 1 };
            });
            const b = await step.run('b', () => {
                mark('b');
                return 42;
            });
            return { a, b };
        }),
        define('result', {}, async ({ event }) => event.data.result),
        define('nothing', {}, async () => {}),
        define('falsy', {}, async ({ step }) => {
            const seen = {};
            for (const [name, value] of [['undefined', undefined], ['null', null], ['zero', 0], ['empty', ''],
                ['false', false], ['list', []]])
                seen[name] = await step.run(name, () => value);
            return seen;
        }),
        define('repeated', {}, async ({ step, mark }) => {
            const seen = [];
            for (const index of range(4)) {
                seen.push(await step.run('same', () => {
                    mark('same', { index });
                    return index;
                }));
            }
            return seen;
        }),
        define('large', {}, async ({ step, mark }) => {
            let total = 0;
            for (const index of range(6)) {
                const text = await step.run(`block ${index}`, () => {
                    mark('block', { index });
                    return String(index).repeat(1024 * 1024);
                });
                total += text.length;
            }
            return { total };
        }),
        define('many', {}, async ({ step, mark }) => {
            for (const index of range(50)) {
                await step.run(`step ${index}`, () => {
                    mark('step');
                    return index;
                });
            }
            return 'done';
        }),
        define('fan-out', {}, async ({ step, event }) => {
            const sent = await step.sendEvent('tell', { name: event.name.replace('fan-out', 'result'), data: { result: 'told' } });
            return sent;
        }),
    ];
}

function sleeps(define) {
    return [
        define('sleep', {}, async ({ step, event, mark }) => {
            await step.run('before', () => { mark('before'); });
            await step.sleep('nap', event.data.nap);
            mark('awake');
            return step.run('after', () => {
                mark('after');
                return 'rested';
            });
        }),
        define('sleep-past', {}, async ({ step, mark }) => {
            await step.sleepUntil('yesterday', new Date(Date.now() - 86_400_000));
            mark('awake');
            return 'rested';
        }),
        define('sleep-until', {}, async ({ step, event, mark }) => {
            await step.sleepUntil('then', new Date(event.data.until));
            mark('awake');
            return 'rested';
        }),
    ];
}

function parallel(define) {
    const work = (step, mark, name, value = name) => step.run(name, () => {
        mark(name);
        return value;
    });
    return [
        define('all', {}, async ({ step, mark }) => {
            const [p1, p2] = await Promise.all([work(step, mark, 'p1', 1), work(step, mark, 'p2', 2), step.sleep('p3', '1s')]);
            const last = await work(step, mark, 'after', p1 + p2);
            return { p1, p2, last };
        }),
        define('twenty', {}, async ({ step, mark }) =>
            Promise.all(range(20).map((index) => work(step, mark, `p${index}`, index)))),
        define('chains', {}, async ({ step, mark }) => {
            const chain = async (name) => {
                await work(step, mark, `${name}1`);
                return work(step, mark, `${name}2`);
            };
            return Promise.all([chain('a'), chain('b')]);
        }),
        define('one-branch-fails', { retries: 1 }, async ({ step, mark }) => {
            const settled = await Promise.allSettled([
                work(step, mark, 'good'),
                step.run('bad', () => {
                    mark('bad');
                    throw new Error('bad branch');
                }),
                work(step, mark, 'fine'),
            ]);
            return settled.map((item) => item.status);
        }),
        define('all-rejects', { retries: 0 }, async ({ step, mark }) => Promise.all([
            work(step, mark, 'good'),
            ...['bad', 'worse'].map((name) => step.run(name, () => {
                mark(name);
                throw new Error('branch failed');
            })),
        ])),
        define('race-plain', {}, async ({ step, mark }) => Promise.race([
            work(step, mark, 'quick'),
            step.sleep('slow', '2s').then(() => 'slow'),
        ])),
        define('race', {}, async ({ step, group, mark }) => {
            const winner = await group.parallel({ mode: 'race' }, () => Promise.race([
                work(step, mark, 'quick'),
                step.sleep('slow', '5s').then(() => 'slow'),
            ]));
            return work(step, mark, 'after', winner);
        }),
        define('optimised', { optimizeParallelism: true }, async ({ step, mark }) => {
            const all = await Promise.all(range(4).map((index) => work(step, mark, `p${index}`, index)));
            return work(step, mark, 'after', all);
        }),
    ];
}

export function steps(define) {
    return [values, sleeps, parallel].flatMap((part) => part(define));
}
