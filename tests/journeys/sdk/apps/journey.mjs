// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// A journey with a server and an app of its own, for those that stop, kill or reconfigure them.

import { test } from 'node:test';

import { Redrived } from '../../lib/redrived.mjs';
import { freePort, until } from '../../lib/wait.mjs';
import { App } from './app.mjs';

/** Runs `steps(server, app)`; options: `functions`, `broken`, `app` and `server` (more options of each). */
export function journey(name, { functions, broken = false, app: appOptions = {}, server: serverOptions = {} }, steps) {
    test(name, async () => {
        const server = await Redrived.start({ port: await freePort(), pollInterval: 1, ...serverOptions });
        let app;
        try {
            app = await App.start({ server, functions, port: await freePort(), ...appOptions });
            app.broken = broken;
            await app.sync();
            await steps(server, app);
        } catch (error) {
            error.message += `\n--- server log\n${server.logs.slice(-30).join('\n')}`;
            throw error;
        } finally {
            await app?.stop();
            await server.stop();
        }
    });
}

/** Starts a run of the app's function and returns its id. */
export async function begin(server, app, name, data = {}) {
    return server.runOf(await server.send(app.event(name), data));
}

/** Waits until the app has executed `what` in the run. */
export function marked(app, run, what, count = 1) {
    return until(`${what} of ${run}`, () => app.journal.count(run, what) >= count);
}

/** Waits until the timeline of the run has a record of that type. */
export function recorded(server, run, type) {
    return until(`${type} of ${run}`, async () => (await server.timeline(run)).some((record) => record.type === type));
}

/** A promise that is settled from outside. */
export function gate() {
    let open;
    const promise = new Promise((resolve) => { open = resolve; });
    return { promise, open };
}
