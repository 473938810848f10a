// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Waiting by polling: a journey never sleeps for a fixed time where it can ask.

import net from 'node:net';

/** Resolves after `ms` milliseconds. Only for "nothing more happens" checks. */
export function pause(ms) {
    return new Promise((resolve) => { setTimeout(resolve, ms); });
}

/**
 * Calls `probe` until it returns something truthy and returns that. Polls every 20 ms at first and
 * every 100 ms later, so that dozens of waiting journeys do not become the load themselves.
 * A probe that throws counts as "not yet", unless the error has `final: true`.
 */
export async function until(what, probe, { deadline = 20_000, every = 20 } = {}) {
    const end = Date.now() + deadline;
    let last;
    for (let gap = every; ; gap = Math.min(gap * 1.3, Math.max(every, 100))) {
        try {
            const value = await probe();
            if (value)
                return value;
            last = undefined;
        } catch (error) {
            if (error.final)
                throw error;
            last = error;
        }
        if (Date.now() >= end)
            throw new Error(`gave up after ${deadline} ms waiting for ${what}`, { cause: last });
        await pause(gap);
    }
}

/** An error that `until` passes on at once. */
export function final(message, cause) {
    return Object.assign(new Error(message, { cause }), { final: true });
}

/**
 * A loopback port that nobody listens on now, for addresses that must be known in advance or come back after a
 * restart. It lies below the range from which the kernel takes ports of outgoing connections.
 */
export async function freePort() {
    for (;;) {
        const port = 20_000 + Math.floor(Math.random() * 10_000);
        const free = await new Promise((resolve) => {
            const probe = net.createServer();
            probe.once('error', () => resolve(false));
            probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
        });
        if (free)
            return port;
    }
}
