// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// An app that speaks the call protocol without any SDK: it registers what it is told to, records every call, and
// answers what the script of a function says. It can also answer what no SDK would.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import http from 'node:http';
import zlib from 'node:zlib';

import { until } from './wait.mjs';

/** The id that SDKs give to a step (protocol 5.4). */
export function sha(name) {
    return createHash('sha1').update(name).digest('hex');
}

// ---- answers of a script; each may add or replace headers (null leaves one out)

export const ok = (value, headers = {}) => ({ status: 200, body: JSON.stringify(value), headers });
export const text = (status, body, headers = {}) => ({ status, body, headers });
export const ops = (list, headers = {}) => ({ status: 206, body: JSON.stringify(list), headers });
export const fail = (message = 'boom', headers = {}, status = 500, more = {}) => ({
    status, headers, body: JSON.stringify({ name: 'Error', message, stack: `Error: ${message}\n    at fake`, ...more }) });
/** Not from an SDK at all: a proxy, a framework's error page. */
export const html = (status, body = '<!doctype html><h1>Bad Gateway</h1>') => ({
    status, body, headers: { 'content-type': 'text/html', 'x-inngest-sdk': null } });
/** Never answers; the connection stays open. */
export const hang = { action: (response) => response.on('error', () => {}) };
/** Closes the connection without a byte. */
export const drop = { action: (response) => response.socket.destroy() };
/** Promises more bytes than it sends. */
export const cutShort = { action(response) {
    response.writeHead(200, { 'content-type': 'application/json', 'x-inngest-sdk': 'fake:v1', 'content-length': 1000 });
    response.write('{"half":', () => response.socket.destroy());
} };
/** A valid JSON string of `bytes` bytes, written as fast as the reader takes it. */
export const flood = (bytes) => ({ action(response) {
    response.on('error', () => {});
    response.writeHead(200, { 'content-type': 'application/json', 'x-inngest-sdk': 'fake:v1' });
    const block = Buffer.alloc(1 << 20, 'x');
    let left = bytes;
    const write = () => {
        while (left > 0 && !response.destroyed) {
            left -= block.length;
            if (!response.write(block))
                return response.once('drain', write);
        }
        return response.end('"');
    };
    response.write('"');
    write();
} });
/** 201 with blanks that keep the connection alive, then the real answer (protocol 6.3). */
export const streamed = (status, body, { headers = {}, asText = true, outer = {} } = {}) => ({ action(response) {
    response.writeHead(201, { 'content-type': 'application/json', 'x-inngest-sdk': 'fake:v1', ...outer });
    response.write('   \n');
    setTimeout(() => {
        response.write('  ');
        response.end(JSON.stringify({ status, headers, body: asText ? JSON.stringify(body) : body }));
    }, 50);
} });

// ---- ops

const op = (code, name, more) => ({ op: code, id: sha(name), name, displayName: name, opts: {}, userland: { id: name }, ...more });
export const stepRun = (name, data, more = {}) => op('StepRun', name, { data, ...more });
export const planned = (name, more = {}) => op('StepPlanned', name, { data: null, ...more });
export const sleep = (name, duration, more = {}) => op('Sleep', name, { name: duration, data: null, ...more });
export const stepError = (name, error, more = {}) =>
    op('StepError', name, { error: { name: 'Error', message: 'step boom', ...error }, data: null, ...more });
export const stepFailed = (name, error, more = {}) =>
    op('StepFailed', name, { error: { name: 'NonRetriableError', message: 'nope', ...error }, ...more });

const path = '/api/inngest';

export class FakeApp {
    /**
     * Starts the app and registers it with `server`. `functions`: short id → {on, retries, script, ...configuration};
     * `on` is an event name, a trigger, or an array of them. A script gets the recorded call and returns an answer.
     */
    static async start({ server, id = 'fake', functions = {}, port = 0, version = '2', register = true }) {
        const app = new FakeApp();
        Object.assign(app, { server, id, functions, port, version, calls: [], puts: 0, flying: new Map() });
        await app.open();
        if (register)
            await app.register();
        return app;
    }

    /** As the server writes it in what it stores (protocol 2.5). */
    get url() { return `http://localhost:${this.port}${path}`; }

    open() {
        this.sockets = new Set();
        this.http = http.createServer((request, response) => this.#serve(request, response));
        this.http.on('connection', (socket) => {
            this.sockets.add(socket);
            socket.on('close', () => this.sockets.delete(socket));
        });
        return new Promise((resolve, reject) => {
            this.http.once('error', reject);
            this.http.listen(this.port, () => {
                this.port = this.http.address().port;
                resolve();
            });
        });
    }

    /** Nobody listens afterwards, and all connections are cut. */
    close() {
        for (const socket of this.sockets)
            socket.destroy();
        return new Promise((resolve) => { this.http.close(resolve); });
    }

    /** Resolves once nobody is connected: after a kill, everything that the dead server had sent is recorded by then. */
    deserted() { return until('the connections of the dead server to end', () => this.sockets.size === 0); }

    slug(name) { return `${this.id}-${name}`; }

    /** What SDKs send to /fn/register (protocol 2.4). */
    registration() {
        return {
            url: this.url, deployType: 'ping', framework: 'fake', appName: this.id, sdk: 'fake:v1.0.0', v: '0.1',
            capabilities: { trust_probe: 'v1', connect: 'v1' },
            functions: Object.entries(this.functions).map(([name, config]) => this.configOf(name, config)),
        };
    }

    configOf(name, { on = `${this.id}/${name}`, retries, script, ...more }) {
        const triggers = [on].flat().map((each) => (typeof each === 'string' ? { event: each } : each));
        const slug = this.slug(name);
        const runtime = { type: 'http', url: `${this.url}?fnId=${slug}&stepId=step` };
        return {
            id: slug, name, triggers,
            steps: { step: { id: 'step', name: 'step', runtime, ...(retries === undefined ? {} : { retries: { attempts: retries } }) } },
            ...more,
        };
    }

    /** Registers as an SDK does when it is told to by a PUT; returns the server's reply. */
    async register(functions = this.functions) {
        this.functions = functions;
        const answer = await this.server.request('POST', '/fn/register', this.registration());
        assert.equal(answer.status, 200, answer.text);
        return answer.json;
    }

    async #serve(request, response) {
        const bytes = [];
        try {
            for await (const chunk of request)
                bytes.push(chunk);
        } catch {
            return;
        }
        if (request.method === 'POST') {
            await this.#call(request, response, Buffer.concat(bytes));
        } else if (request.method === 'PUT') {
            ++this.puts;
            await this.register().catch(() => {});
            this.#answer(response, ok({ message: 'Successfully registered', modified: true }));
        } else {
            this.#answer(response, ok({ mode: 'dev', function_count: Object.keys(this.functions).length }));
        }
    }

    async #call(request, response, bytes) {
        const url = new URL(request.url, this.url);
        const raw = bytes.toString();
        const body = JSON.parse(raw);
        const slug = url.searchParams.get('fnId');
        const call = {
            url: request.url, headers: request.headers, raw, body, fn: slug.slice(this.id.length + 1), at: Date.now(),
            step: url.searchParams.get('stepId'), run: body.ctx.run_id, attempt: body.ctx.attempt, event: body.event,
            steps: body.steps, has: (name) => sha(name) in body.steps, memo: (name) => body.steps[sha(name)],
        };
        call.number = this.callsOf(call.run).length;
        const item = `${call.run} ${call.step}`;
        call.concurrent = (this.flying.get(item) ?? 0) + 1;
        this.flying.set(item, call.concurrent);
        response.once('close', () => this.flying.set(item, this.flying.get(item) - 1));
        this.calls.push(call);
        let answer;
        try {
            answer = await this.functions[call.fn].script(call, this);
        } catch (error) {
            this.error ??= error;
            answer = fail(`script: ${error.stack}`, { 'x-inngest-no-retry': 'true' });
        }
        call.answeredAt = Date.now();
        this.#answer(response, answer);
    }

    #answer(response, answer) {
        if (answer.action)
            return answer.action(response);
        const headers = {
            'content-type': 'application/json', 'x-inngest-sdk': 'fake:v1.0.0', 'x-inngest-req-version': this.version,
            ...answer.headers };
        const present = Object.entries(headers).filter(([, value]) => value !== null);
        response.writeHead(answer.status, Object.fromEntries(present));
        return response.end(headers['content-encoding'] === 'gzip' ? zlib.gzipSync(answer.body) : answer.body);
    }

    // ---- what was recorded

    callsOf(run) { return this.calls.filter((call) => call.run === run); }
    attemptsOf(run) { return this.callsOf(run).map((call) => call.attempt); }
    /** Calls of a function, as soon as there are `count` of them. */
    called(fn, count = 1, options = {}) {
        return until(`${count} call(s) of ${fn}`, () => {
            const calls = this.calls.filter((call) => call.fn === fn);
            return calls.length >= count ? calls : null;
        }, options);
    }

    // ---- shorthands for journeys

    send(fn, data = {}, more = {}) { return this.server.send(`${this.id}/${fn}`, data, more); }

    /** Sends the function's event and returns its run id. */
    async begin(fn, data = {}, more = {}) {
        return this.server.runOf(await this.send(fn, data, more));
    }

    /** Sends the function's event and returns its run once it has `status`. */
    async outcome(fn, status, data = {}, options = {}) {
        return this.server.waitForRun(await this.begin(fn, data), status, options);
    }
}
