// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// The judgement of the SIGKILL test: compares what the restarted server says with what its client
// was told and what its app saw. Everything through public routes.

import http from 'node:http';

import { expectedStatus } from './app.mjs';
import { request } from './sender.mjs';

const drainLimitMs = 60_000;
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

export class Judge {
    violations = [];
    checked = { acknowledged: 0, events: 0, runs: 0, failedRuns: 0, systemEvents: 0 };
    #app;
    #sender;
    #port;
    #agent = new http.Agent({ keepAlive: true, maxSockets: 16 });

    constructor(app, sender, port) {
        this.#app = app;
        this.#sender = sender;
        this.#port = port;
    }

    async judge() {
        await this.#drain();
        const stored = await this.#listEvents();
        this.#checkEvents(stored);
        const runs = await this.#checkRuns(stored);
        await this.#checkFailures(stored, runs);
        await this.#checkSingleEvents(stored);
        this.#checkCalls();
        this.#agent.destroy();
        return [...this.#sender.violations, ...this.violations, ...this.#app.violations];
    }

    async #get(path) {
        const reply = await request(this.#agent, this.#port, { path });
        return { status: reply.status, data: reply.status === 200 ? JSON.parse(reply.text).data : undefined };
    }

    /// Runs \p check over \p items, 16 at a time.
    async #forEach(items, check) {
        const rest = items.values();
        await Promise.all(Array.from({ length: 16 }, async () => {
            for (const item of rest)
                await check(item);
        }));
    }

    /// Waits until the app is no longer called: all that is still to come is a timer within 2 s.
    async #drain() {
        const app = this.#app;
        const begin = Date.now();
        let quietSince = begin;
        let executions = -1;
        while (Date.now() - begin < drainLimitMs) {
            const isQuiet = app.executions === executions && app.openCalls.size === 0
                && app.sleepingRuns() === 0 && app.backingOffRuns() === 0;
            if (!isQuiet)
                quietSince = Date.now();
            const needed = app.unfinishedRuns() === 0 ? 2000 : 10_000;
            if (Date.now() - quietSince > needed)
                return;
            executions = app.executions;
            await pause(50);
        }
    }

    async #listEvents() {
        const stored = [];
        let cursor = '';
        while (true) {
            const { status, data } = await this.#get(`/v1/events?limit=50${cursor}`);
            if (status !== 200)
                throw new Error(`GET /v1/events was answered ${status}`);
            stored.push(...data);
            if (data.length < 50)
                return stored;
            cursor = `&cursor=${data.at(-1).internal_id}`;
        }
    }

    #checkEvents(stored) {
        const ids = new Set();
        const keys = new Map();
        for (const event of stored) {
            if (ids.has(event.internal_id))
                this.violations.push(`event ${event.internal_id} is listed twice`);
            ids.add(event.internal_id);
            if (!event.name.startsWith('crash/'))
                continue;
            ++this.checked.events;
            if (keys.has(event.data.key))
                this.violations.push(`event with key ${event.data.key} is stored twice: `
                    + `${keys.get(event.data.key)} and ${event.internal_id}`);
            keys.set(event.data.key, event.internal_id);
        }
        for (const [id, { key }] of this.#sender.acknowledged) {
            ++this.checked.acknowledged;
            if (!ids.has(id))
                this.violations.push(`acknowledged event ${id} is lost`);
            else if (keys.get(key) !== id)
                this.violations.push(`acknowledged event ${id} holds other data`);
        }
    }

    /// Every stored event that is due a run has exactly one, ended as it should. By run id.
    async #checkRuns(stored) {
        const runs = new Map();
        const due = stored.filter(({ name }) => name.replace('crash/', '') in expectedStatus);
        await this.#forEach(due, async (event) => {
            const { status, data } = await this.#get(`/v1/events/${event.internal_id}/runs`);
            ++this.checked.runs;
            if (status !== 200 || data.length !== 1) {
                this.violations.push(`event ${event.internal_id} (${event.name}) has `
                    + `${data?.length} runs (status ${status})`);
                return;
            }
            const wanted = expectedStatus[event.name.replace('crash/', '')];
            if (data[0].status !== wanted || !data[0].ended_at)
                this.violations.push(`run ${data[0].run_id} of ${event.name} is `
                    + `${data[0].status}, not ${wanted}`);
            runs.set(data[0].run_id, { ...data[0], key: event.data.key });
        });
        return runs;
    }

    async #checkFailures(stored, runs) {
        const announced = new Map();
        for (const event of stored.filter(({ name }) => name === 'inngest/function.failed'))
            announced.set(event.data.run_id, (announced.get(event.data.run_id) ?? 0) + 1);
        this.checked.systemEvents = announced.size;
        const failed = [...runs.values()].filter(({ status }) => status === 'Failed');
        await this.#forEach(failed, async ({ run_id: id }) => {
            ++this.checked.failedRuns;
            // Whether system events are listed is the server's choice; then the handler alone tells.
            if (announced.size > 0 && announced.get(id) !== 1)
                this.violations.push(`failed run ${id} has ${announced.get(id)} function.failed`);
            const handlers = [...this.#app.handlerRuns.get(id) ?? []];
            if (handlers.length !== 1) {
                this.violations.push(`failed run ${id} has ${handlers.length} handler runs`);
                return;
            }
            const { data } = await this.#get(`/v1/runs/${handlers[0]}`);
            if (data?.status !== 'Completed')
                this.violations.push(`handler run ${handlers[0]} is ${data?.status}`);
        });
        for (const id of this.#app.handlerRuns.keys()) {
            if (!failed.some(({ run_id: failedId }) => failedId === id))
                this.violations.push(`function.failed for run ${id}, which did not fail`);
        }
    }

    async #checkSingleEvents(stored) {
        const all = stored.filter(({ name }) => name.startsWith('crash/'));
        const share = Math.max(1, Math.floor(all.length / 2000));
        await this.#forEach(all.filter((_, index) => index % share === 0), async (event) => {
            const { status, data } = await this.#get(`/v1/events/${event.internal_id}`);
            if (status !== 200 || data.data.key !== event.data.key)
                this.violations.push(`GET of event ${event.internal_id} was answered ${status}`);
        });
    }

    /// The app must not have been called for two runs of one event.
    #checkCalls() {
        const runOfKey = new Map();
        for (const run of this.#app.runs.values()) {
            if (run.name === 'fail-failure')
                continue;
            if (runOfKey.has(run.key))
                this.violations.push(`event with key ${run.key} was run as ${run.id} and `
                    + runOfKey.get(run.key));
            runOfKey.set(run.key, run.id);
        }
    }
}
