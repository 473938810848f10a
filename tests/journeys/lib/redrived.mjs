// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// The server under test as a child process, and what an HTTP client can ask of it.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';

import { final, until } from './wait.mjs';

const terminal = ['Completed', 'Failed', 'Cancelled', 'Skipped'];

/** What to start; see `argumentsOf`. A `retryInterval` of null leaves the back-off table alone. */
const defaults = {
    args: [],
    urls: [],
    env: {},
    port: 0,
    memory: false,
    retryInterval: 1,
    pollInterval: null,
    discovery: false,
    sample: false,
    data: null,
    bearer: null,
};

export class Redrived {
    /** Starts the binary of the environment variable REDRIVED and waits until it listens. */
    static async start(options = {}) {
        const server = new Redrived({ ...defaults, ...options });
        if (!server.options.memory && !server.options.data) {
            server.folder = await mkdtemp(path.join(os.tmpdir(), 'redrived-'));
            server.options.data = path.join(server.folder, 'redrive.db');
        }
        await server.launch();
        return server;
    }

    constructor(options) {
        this.options = options;
        this.logs = [];
        this.child = null;
        this.folder = null;
    }

    get url() { return `http://127.0.0.1:${this.port}`; }
    get dataFile() { return this.options.data; }
    get log() { return this.logs.join('\n'); }

    argumentsOf() {
        const { options } = this;
        const args = options.port === null ? [] : ['--port', String(this.port ?? options.port)];
        args.push(...(options.memory ? ['--memory'] : ['--data', options.data]));
        if (!options.sample)
            args.push('--no-sample');
        if (!options.discovery)
            args.push('--no-discovery');
        if (options.retryInterval !== null)
            args.push('--retry-interval', String(options.retryInterval));
        if (options.pollInterval !== null)
            args.push('--poll-interval', String(options.pollInterval));
        for (const url of options.urls)
            args.push('-u', url);
        return [...args, ...options.args];
    }

    async launch() {
        const binary = process.env.REDRIVED;
        assert.ok(binary, 'REDRIVED must name the redrived binary');
        const child = spawn(binary, this.argumentsOf(),
            { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...this.options.env } });
        this.child = child;
        this.exited = new Promise((resolve) => {
            child.once('error', (error) => resolve({ error }));
            child.once('exit', (code, signal) => resolve({ code, signal }));
        });
        const reap = () => child.kill('SIGKILL');
        process.once('exit', reap);
        this.exited.then(() => process.removeListener('exit', reap));
        this.port = await this.listening(child);
    }

    listening(child) {
        return new Promise((resolve, reject) => {
            const late = setTimeout(() => reject(new Error(`redrived did not listen within 15 s\n${this.log}`)), 15_000);
            for (const stream of [child.stdout, child.stderr]) {
                readline.createInterface({ input: stream }).on('line', (line) => {
                    this.logs.push(line);
                    const match = /redrived listening on https?:\/\/\S*?:(\d+)/.exec(line);
                    if (match) {
                        clearTimeout(late);
                        resolve(Number(match[1]));
                    }
                });
            }
            this.exited.then((how) => {
                clearTimeout(late);
                reject(new Error(`redrived ended before it listened: ${JSON.stringify(how)} ${how.error ?? ''}\n${this.log}`));
            });
        });
    }

    /** Sends the signal and waits for the end; returns {code, signal, took} with `took` in ms. */
    async kill(signal = 'SIGKILL') {
        const from = Date.now();
        this.child.kill(signal);
        const how = await this.exited;
        return { ...how, took: Date.now() - from };
    }

    /** Starts again on the same port and the same data; call `kill` before. */
    async restart(changes = {}) {
        Object.assign(this.options, changes);
        await this.launch();
    }

    /** Ends the server and removes its data. */
    async stop() {
        if (this.child?.exitCode === null && this.child?.signalCode === null)
            await this.kill('SIGKILL');
        if (this.folder)
            await rm(this.folder, { recursive: true, force: true });
    }

    // ---- plain HTTP

    /** One request; `body` is sent as JSON unless it is a string or a buffer. */
    async request(method, target, body, headers = {}) {
        const raw = body === undefined || typeof body === 'string' || Buffer.isBuffer(body);
        const response = await fetch(new URL(target, this.url), {
            method,
            body: raw ? body : JSON.stringify(body),
            headers: {
                ...(body === undefined ? {} : { 'content-type': 'application/json' }),
                ...(this.options.bearer ? { authorization: `Bearer ${this.options.bearer}` } : {}),
                ...headers,
            },
        });
        const text = await response.text();
        let json;
        try {
            json = JSON.parse(text);
        } catch {
            json = undefined;
        }
        return { status: response.status, headers: response.headers, text, json };
    }

    /** The `data` of the envelope (protocol 1.3); anything but `status` is an error. */
    async data(method, target, { body, status = 200 } = {}) {
        const answer = await this.request(method, target, body);
        if (answer.status !== status)
            throw new Error(`${method} ${target}: ${answer.status} instead of ${status}: ${answer.text.slice(0, 500)}`);
        assert.ok(answer.json && 'data' in answer.json, `${method} ${target}: no envelope: ${answer.text.slice(0, 500)}`);
        return answer.json.data;
    }

    // ---- events

    /** Sends one event and returns its internal id. */
    async send(name, data, more = {}) {
        const [id] = await this.sendAll([{ name, data, ...more }]);
        return id;
    }

    /** Sends an array of events and returns their internal ids, in order. */
    async sendAll(events) {
        const answer = await this.request('POST', '/e/test', events);
        assert.equal(answer.status, 200, `POST /e/test: ${answer.text.slice(0, 500)}`);
        assert.equal(answer.json.ids.length, events.length);
        return answer.json.ids;
    }

    events(query = '') { return this.data('GET', `/v1/events${query}`); }
    runs(eventId) { return this.data('GET', `/v1/events/${eventId}/runs`); }

    /** The runs of an event, as soon as there are `count` of them. */
    runsOfEvent(eventId, count = 1, options = {}) {
        return until(`${count} run(s) of event ${eventId}`, async () => {
            const runs = await this.runs(eventId);
            return runs.length >= count ? runs : null;
        }, options);
    }

    /** Id of the first run of an event. */
    async runOf(eventId, options = {}) {
        const [run] = await this.runsOfEvent(eventId, 1, options);
        return run.run_id;
    }

    /** Sends an event and returns its run once it has `status`. */
    async outcome(name, data, status, options = {}) {
        return this.waitForRun(await this.runOf(await this.send(name, data)), status, options);
    }

    // ---- runs

    run(runId) { return this.data('GET', `/v1/runs/${runId}`); }

    /** The run, once it has `status`. Another final status is an error at once. */
    async waitForRun(runId, status, options = {}) {
        try {
            return await this.#runWithStatus(runId, status, options);
        } catch (error) {
            error.message += await this.#story(runId).catch((reason) => `\n(${reason.message})`);
            throw error;
        }
    }

    /** What the server tells about a run, for the message of a failed journey. */
    async #story(runId) {
        const [run, jobs, attempts] = await Promise.all([
            this.run(runId), this.data('GET', `/v1/runs/${runId}/jobs`), this.attempts(runId)]);
        const calls = attempts.map((entry) => [entry.kind, entry.step, entry.attempt, entry.outcome, entry.http_status,
            entry.sent_at, entry.finished_at, entry.next_attempt_at].join(' '));
        const log = this.logs.filter((line) => line.includes(runId)).slice(-20);
        return `\n--- at ${new Date().toISOString()}\n${JSON.stringify({ ...run, output: undefined })}\n${JSON.stringify(jobs)}\n${
            [...calls, ...log].join('\n')}`;
    }

    #runWithStatus(runId, status, options) {
        return until(`run ${runId} to be ${status}`, async () => {
            const run = await this.run(runId);
            if (run.status === status)
                return run;
            if (terminal.includes(run.status))
                throw final(`run ${runId} is ${run.status}, not ${status}: ${JSON.stringify(run.output)?.slice(0, 500)}`);
            return null;
        }, options);
    }

    cancel(runId) { return this.request('DELETE', `/v1/runs/${runId}`); }
    rerun(runId) { return this.data('POST', `/v1/runs/${runId}/rerun`, { body: {}, status: 201 }); }
    timeline(runId) { return this.data('GET', `/v1/runs/${runId}/timeline`); }
    attempts(runId) { return this.data('GET', `/v1/runs/${runId}/attempts`); }

    // ---- dead letters

    deadLetters(query = '') { return this.data('GET', `/v1/dead-letters${query}`); }
    deadLetterGroups(query = '') { return this.data('GET', `/v1/dead-letters/groups${query}`); }
    deadLetter(id) { return this.data('GET', `/v1/dead-letters/${id}`); }

    /** The dead letter of a run, once it has `state`. */
    waitForLetter(runId, state, options = {}) {
        return until(`the dead letter of ${runId} to be ${state}`, async () => {
            const letter = await this.deadLetter(runId);
            return letter.state === state ? letter : null;
        }, options);
    }

    /** `action` is retry, discard or restore; returns the raw answer. */
    letterAction(id, action, body = {}) {
        return this.request('POST', `/v1/dead-letters/${id}/${action}`, body);
    }
}
